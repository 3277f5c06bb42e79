"""That a rate has turned where its window cannot tell: by an event of the account, or by weeks of its orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl

from helpers.actions import ActionRow
from helpers.actions.words import by_age
from helpers.answer.names import listed, name, rates
from helpers.audit import Audit
from helpers.maturity import MaturityRow
from helpers.rows import KeyRow, VerdictRow, rows_of
from helpers.targets import Target
from helpers.verdicts import Limit
from helpers.vocabulary import METRICS
from helpers.wording import about, count, day, fulfilled_by, plural

MOST_NAMED = 2  # rates in one sentence


def mended(audit: Audit, missed: Sequence[VerdictRow]) -> list[tuple[VerdictRow, ActionRow | MaturityRow]]:
    """The missed rates that do better since an event, or else since some week of orders; each with what says so."""
    acted = {
        _series(row): row for row in rows_of(audit.actions.filter(pl.col("word") == "helped").reverse(), ActionRow)
    }
    turned = {_series(row): row for row in rows_of(audit.maturity.filter(pl.col("turned") == "down"), MaturityRow)}
    # Of a bound some bad ones may be missing: that fewer turn bad is then not seen.
    whole = [row for row in missed if row["exactness"] == "exact"]
    found = [(row, acted.get(_series(row)) or turned.get(_series(row))) for row in whole]
    return [(row, by) for row, by in found if by is not None]


def since(audit: Audit, missed: Sequence[VerdictRow]) -> str:
    """What a headline adds of missed rates: that the worst of those that do better does, with counts; empty where none."""
    for row, by in mended(audit, missed):
        whose = "It" if len(rates(missed)) == 1 else f"The {METRICS[row['metric']].label.lower()}"
        return f" {whose} has turned{_better(by)}."
    return ""


def kept(audit: Audit, missed: Sequence[VerdictRow]) -> tuple[list[str], list[VerdictRow]]:
    """What is to be done about missed rates whose orders of late would meet the target by themselves: nothing more; and
    the rates it is said of."""
    better = [row for row, by in mended(audit, missed) if _is_enough(row, by)]
    if not better:
        return [], []
    names = rates(better)
    named = listed(names) if len(names) <= MOST_NAMED else f"{count(len(names))} rates"
    has, it, its = ("has", "it", "its target") if len(names) == 1 else ("have", "them", "their targets")
    return [f"Change nothing more for now: the {named} {has} turned, and older orders keep {it} from {its}."], better


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
        head = f"After “{first['what']}” ({day(first['on'])})"
        clear = [
            row for row in rows if row["word"] in ("helped", "worse") and (row["is_meant"] or row["word"] == "worse")
        ]
        said += [f"{head}, the {_place(row)}: {row['finding'][0].lower()}{row['finding'][1:]}" for row in clear]
        for word, how in (
            ("no_change", "no change is seen in"),
            ("measuring", "it is too early to tell of"),
            ("cannot_tell", "nothing can be told yet of"),
        ):
            of = [_place(row) for row in rows if row["word"] == word and row["is_meant"]]
            if of:
                said.append(f"{head} {how} the {listed(list(dict.fromkeys(of))[:6])}.")
    for row in rows_of(audit.maturity.filter(pl.col("turned").is_not_null()), MaturityRow):
        better = "fewer" if row["turned"] == "down" else "more"
        said.append(f"By weeks of orders, {better} turn bad, beyond chance, {name(row)}: {_weeks(row)}.")
    return said


def _better(by: ActionRow | MaturityRow) -> str:
    if "finding" in by:
        row = cast("ActionRow", by)
        one_is = METRICS[row["metric"]].one_is
        age = f", {said}" if (said := by_age(row)) else ""
        return (
            f" since {day(row['on'])}: {count(row['after_bad'])} of {plural(row['after_orders'], one_is)} bad, "
            f"{count(row['before_bad'])} of {count(row['before_orders'])} before{age}"
        )
    return f" by weeks of orders: {_weeks(cast('MaturityRow', by))}"


def _weeks(row: MaturityRow) -> str:
    seen, expected, first = row["turned_visible"], row["turned_expected"], row["turned_from"]
    if seen is None or expected is None or first is None:
        return ""
    return (
        f"{count(seen)} of the orders since {day(first)} known to be bad, about {about(round(expected, 1))} would be at the "
        "rate before"
    )


def _by_event(actions: pl.DataFrame) -> list[list[ActionRow]]:
    return [list(rows_of(part, ActionRow)) for _, part in actions.group_by("on", "what", maintain_order=True)]


def _place(row: ActionRow) -> str:
    of = ", ".join(filter(None, [row["marketplace"], fulfilled_by(row["fulfilment"]), row["group"]]))
    return f"{METRICS[row['metric']].label.lower()} ({of})"


def _series(row: KeyRow | ActionRow) -> tuple[object, ...]:
    return tuple(row[name] for name in ("account", "marketplace", "metric", "fulfilment", "group"))
