"""The first screen of a report: one verdict sentence, three figures, what to do by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from helpers.verdicts import bears
from helpers.vocabulary import METRICS, MUST_BE_LABEL, STATUS_LABEL, Account
from helpers.wording import bound, count, day, percent, percent_range, plural, target_percent, where

MOST_FIGURES = 3
MOST_ACTIONS = 3


@dataclass(frozen=True)
class Figure:
    """One number of the first screen, with what it needs to be read: counts, interval, target, verdict.

    `low`, `high`, `value` and `target` are fractions; `top` is where the drawn scale ends.
    """

    label: str
    value: float
    low: float
    high: float
    target: float
    top: float
    text: str
    counts: str
    interval: str
    aim: str
    status: str
    word: str


@dataclass(frozen=True)
class Answer:
    """What the first screen says, as text: it is put on the page by tables.front."""

    kicker: str
    headline: str
    figures: tuple[Figure, ...]
    actions: tuple[str, ...]


def first_screen(account: Account, verdicts: pl.DataFrame, coverage: pl.DataFrame, as_of: date) -> Answer:
    """The answer of the monthly report, from its verdicts (worst first) and what the files can prove."""
    rows = verdicts.to_dicts()
    return Answer(
        kicker=f"{account.name} · {', '.join(account.marketplaces)} · as of {day(as_of)}",
        headline=_headline(rows),
        figures=tuple(_figure(row) for row in _shown(rows)),
        actions=tuple(_actions(account, rows, coverage))[:MOST_ACTIONS],
    )


def _name(row: dict) -> str:
    return f"{METRICS[row['metric']].label.lower()} ({where(row)})"


def _headline(rows: list[dict]) -> str:
    missed = [row for row in rows if row["status"] == "breached"]
    met = [row for row in rows if row["status"] == "met"]
    if not rows or all(row["status"] in ("no_data", "not_mature") for row in rows):
        return "The files do not allow a verdict yet."
    if missed:
        return _missed(missed)
    unproved = [row for row in met if not bears(row["status"], row["exactness"], METRICS[row["metric"]])]
    if unproved:
        return f"No rate is seen to miss its target, but the files cannot prove it for {_of(unproved, rows)}."
    return "Every rate that can be judged meets its target." if met else "Too few orders to tell."


def _of(some: list[dict], rows: list[dict]) -> str:
    return f"{count(len(some))} of {plural(len(rows), 'rate')}"


def _missed(missed: list[dict]) -> str:
    is_luck = all(row["evidence"] == "weak" and row["exactness"] in ("exact", "upper_bound") for row in missed)
    luck = "; it can be bad luck" if is_luck else ""
    if len(missed) == 1:
        return f"The {_name(missed[0])} misses its target{luck}."
    first = f"{METRICS[missed[0]['metric']].label.lower()} of {missed[0]['marketplace']}"
    return f"{count(len(missed))} rates miss their targets, first the {first}{luck}."


def _shown(rows: list[dict]) -> list[dict]:
    """The figures of the first screen: missed targets first, then one of each metric before a second of any."""
    with_figure = [row for row in rows if row["status"] in ("breached", "met", "too_few_orders")]
    first_of = {row["metric"]: n for n, row in reversed(list(enumerate(with_figure)))}
    is_second = {n: n != first_of[row["metric"]] for n, row in enumerate(with_figure)}
    order = sorted(is_second, key=lambda n: (with_figure[n]["status"] != "breached", is_second[n], n))
    return [with_figure[n] for n in order[:MOST_FIGURES]]


def _figure(row: dict) -> Figure:
    metric, target = METRICS[row["metric"]], float(row["target"])
    high = max(row["rate_high"], row["rate"])
    return Figure(
        label=f"{metric.label}, {where(row)}",
        value=row["rate"],
        low=row["rate_low"],
        high=row["rate_high"],
        target=target,
        top=min(1.0, max(1.15 * high, 1.6 * target)),
        text=bound(row["exactness"]) + percent(row["rate"]),
        counts=f"{count(row['numerator'])} of {plural(row['denominator'], metric.one_is)}",
        interval=percent_range(row["rate_low"], row["rate_high"]),
        aim=f"target {MUST_BE_LABEL[row['must_be']]} {target_percent(row['target'])}",
        status=row["status"],
        word=verdict_word(row),
    )


def verdict_word(row: dict) -> str:
    """The verdict with how well the data bear it: `Target missed, weak evidence`."""
    word = STATUS_LABEL[row["status"]]
    return word if row["status"] not in ("met", "breached") else f"{word}, {row['evidence']} evidence"


def _actions(account: Account, rows: list[dict], coverage: pl.DataFrame) -> list[str]:
    """What to do, most urgent first: what a breach needs, what the files leave open, what is still missing."""
    missed = [row for row in rows if row["status"] == "breached"]
    said = [_for_breach(row) for row in missed[:2]]
    said += [f"Answer the question about {question.path}: {question.text}" for question in account.questions]
    gaps = coverage.filter(pl.col("exactness") != "exact").explode("download").drop_nulls("download")
    counted = gaps.group_by("download", maintain_order=True).len().sort("len", descending=True, maintain_order=True)
    said += [f"Download what is missing: {download}." for download in counted.get_column("download")]
    if not missed and rows:
        close = [row for row in rows if row["status"] == "met" and row["headroom"] is not None]
        close = [row for row in close if bears("met", row["exactness"], METRICS[row["metric"]])]
        tight = min(close, key=lambda row: row["headroom"], default=None)
        if tight is not None:
            said.insert(0, f"Nothing is urgent. In the {_name(tight)}, {_room(tight['headroom'])}.")
    return said


def _room(headroom: int) -> str:
    if headroom == 0:
        return "the next bad order would miss the target"
    return f"{plural(headroom, 'more bad order')} can come before the target is missed"


def _for_breach(row: dict) -> str:
    name = _name(row)
    if row["clear_on"] is None:
        return f"Find the cause: the {name} does not clear by waiting."
    if row["exactness"] in ("exact", "upper_bound"):
        return f"{_capital(name)} clears on {day(row['clear_on'])} without a new defect."
    return f"{_capital(name)} clears on {day(row['clear_on'])} at the earliest; defects may be missing."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
