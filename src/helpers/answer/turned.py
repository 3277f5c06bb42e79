"""That a rate has turned where its window cannot tell: by an event of the account, or by weeks of its orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl

from helpers.actions import ActionRow
from helpers.actions.words import is_by_age
from helpers.answer.names import name, named, rates
from helpers.audit import Audit
from helpers.maturity import MaturityRow
from helpers.rows import KeyRow, VerdictRow, rows_of
from helpers.sentences import Value, say
from helpers.targets import Target
from helpers.verdicts import Limit
from helpers.vocabulary import METRICS
from helpers.wording import about, count, counted, day, fulfilled_by

MOST_NAMED = 2  # rates in one sentence


def mended(
    actions: pl.DataFrame, maturity: pl.DataFrame, missed: Sequence[VerdictRow]
) -> list[tuple[VerdictRow, ActionRow | MaturityRow]]:
    """The missed rates that do better since an event, or else since some week of orders; each with what says so."""
    acted = {_series(row): row for row in rows_of(actions.filter(pl.col("word") == "helped").reverse(), ActionRow)}
    turned = {_series(row): row for row in rows_of(maturity.filter(pl.col("turned") == "down"), MaturityRow)}
    # Of a bound some bad ones may be missing: that fewer turn bad is then not seen.
    whole = [row for row in missed if row["exactness"] == "exact"]
    found = [(row, acted.get(_series(row)) or turned.get(_series(row))) for row in whole]
    return [(row, by) for row, by in found if by is not None]


def since(actions: pl.DataFrame, maturity: pl.DataFrame, missed: Sequence[VerdictRow]) -> list[str]:
    """What a headline adds of missed rates: that the worst of those that do better does, with counts; none where none does."""
    whose = "it" if len(rates(missed)) == 1 else "rate"
    better = mended(actions, maturity, missed)[:1]
    return [say("turned", whose=whose, rate=METRICS[row["metric"]].name, **_better(by)) for row, by in better]


def kept(audit: Audit, missed: Sequence[VerdictRow]) -> tuple[list[str], list[VerdictRow]]:
    """What is to be done about missed rates whose orders of late would meet the target by themselves: nothing more; and
    the rates it is said of."""
    better = [row for row, by in mended(audit.actions, audit.maturity, missed) if _is_enough(row, by)]
    if not better:
        return [], []
    names = named(rates(better))
    naming = "few" if len(names) <= MOST_NAMED else "many"
    return [say("keep", naming=naming, rates=names, number=len(names))], better


def _is_enough(row: VerdictRow, by: ActionRow | MaturityRow) -> bool:
    """Whether the orders since, once all their bad ones are reported, would meet the target at the rate seen."""
    if "finding" in by:
        acted = cast("ActionRow", by)
        bad, orders = acted["after_bad"], acted["after_orders"] * acted["share"]
    else:
        turned = cast("MaturityRow", by)
        bad, orders = turned["turned_visible"] or 0, turned["turned_exposure"] or 0.0
    target = Target(row["metric"], (row["marketplace"],), row["fulfilment"], row["must_be"], "", "", row["target"])
    return orders > 0 and bad / orders < float(Limit.of(target).share)


def acted(audit: Audit) -> list[str]:
    """What came of each event, the newest first, and which rates have turned by weeks of their orders; a sentence each."""
    said: list[str] = []
    for rows in _by_event(audit.actions):
        first = rows[0]
        event = {"what": first["what"], "day": day(first["on"])}
        clear = [
            row for row in rows if row["word"] in ("helped", "worse") and (row["is_meant"] or row["word"] == "worse")
        ]
        for row in clear:
            finding = f"{row['finding'][0].lower()}{row['finding'][1:]}"
            said.append(say("acted", word="clear", rates=_whose(row), finding=finding, **event))
        for word in ("no_change", "measuring", "cannot_tell"):
            of = [_whose(row) for row in rows if row["word"] == word and row["is_meant"]]
            if of:
                said.append(say("acted", word=word, rates=list(dict.fromkeys(of))[:6], **event))
    for row in rows_of(audit.maturity.filter(pl.col("turned").is_not_null()), MaturityRow):
        said.append(say("by-weeks", turned=row["turned"] or "", rate=name(row), **_weeks(row)))
    return said


def _better(by: ActionRow | MaturityRow) -> dict[str, Value]:
    """What says that a rate does better, for a sentence."""
    if "finding" not in by:
        return {"by": "weeks", **_weeks(cast("MaturityRow", by))}
    row = cast("ActionRow", by)
    after = counted(row["after_orders"], METRICS[row["metric"]].one_is)
    return {
        "by": "event",
        "day": day(row["on"]),
        "after": say("part", part=row["after_bad"], of=after),
        "before": say("part", part=row["before_bad"], of=count(row["before_orders"])),
        "age": "told" if is_by_age(row) else "whole",
        "age_days": row["age_days"],
        "untold": row["left_out"] or 0,
    }


def _weeks(row: MaturityRow) -> dict[str, Value]:
    seen, expected, first = row["turned_visible"], row["turned_expected"], row["turned_from"]
    if seen is None or expected is None or first is None:
        raise ValueError(f"expected a rate that has turned, with its counts; found {row}")
    return {"seen": seen, "since": day(first), "expected": about(round(expected, 1))}


def _by_event(actions: pl.DataFrame) -> list[list[ActionRow]]:
    return [list(rows_of(part, ActionRow)) for _, part in actions.group_by("on", "what", maintain_order=True)]


def _whose(row: ActionRow) -> str:
    of = ", ".join(filter(None, [row["marketplace"], fulfilled_by(row["fulfilment"]), row["group"]]))
    return say("rate-of", rate=METRICS[row["metric"]].name, of=of)


def _series(row: KeyRow | ActionRow) -> tuple[object, ...]:
    return tuple(row[name] for name in ("account", "marketplace", "metric", "fulfilment", "group"))
