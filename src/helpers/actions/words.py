"""What is said of an action: one sentence a rate, with its counts; and why nothing can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from helpers.actions.effect import BLOCK, LEAST_BLOCKS
from helpers.actions.rows import ActionRow
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import (
    about,
    bound,
    capital,
    counted,
    day,
    days,
    percent,
    percent_range,
    short_day,
    times,
    where,
)

SOON = 3  # days: of a rate known sooner the day of the order says it all
MOST_HOLES = 2  # named in a sentence


def place(key: Mapping[str, str | None]) -> str:
    """A store and channel: `amazon.de, seller ships`."""
    return where(key)


def why(reason: str) -> str:
    """Why nothing can be told, where the reason needs no figure: a key of the templates `fix-why`."""
    return say(f"fix-why.{reason}")


def only_a_bound(exactness: str) -> str:
    return say("fix-why.bound", bound=bound(exactness).rstrip() or "none")


def holes(runs: Sequence[tuple[date, date]]) -> str:
    more = len(runs) - MOST_HOLES
    named = "; ".join(days(*run) for run in runs[:MOST_HOLES])
    return say("fix-why.holes", days=named, more=max(more, 0))


def too_short(blocks: int) -> str:
    return say("fix-why.short", blocks=blocks, days=BLOCK, needed=LEAST_BLOCKS)


def fell_there_too(other: str) -> str:
    return say("fix-why.fell_there_too", place=other)


def across(first: date, last: date, what: str) -> str:
    """Something the marketplace did, with its days: `15 Nov 2025 to 15 Jan 2026: the busy weeks of the year`."""
    ends = short_day(first) if first == last else say("days", first=short_day(first), last=short_day(last))
    return f"{ends}: {what}"


def finding(row: ActionRow, rows: Sequence[ActionRow]) -> str:
    """The sentence of one rate.

    rows   all rates of the action: where another one became worse, a rate that is mended is only half the answer
    """
    return " ".join([_said(row), *_more(row, rows)])


def besides(row: ActionRow, rows: Sequence[ActionRow]) -> str:
    """What the counts of one rate do not say: why nothing can be told or when it will, and what they leave out."""
    said = []
    if row["word"] == "cannot_tell" and row["why"]:
        said.append(f"{capital(row['why'])}.")
    if row["word"] == "measuring" and row["tells_from"]:
        said.append(say("fix-tells-from", day=day(row["tells_from"])))
    return " ".join([*said, *_more(row, rows)])


def _more(row: ActionRow, rows: Sequence[ActionRow]) -> list[str]:
    said = []
    if row["word"] == "helped" and row["is_meant"]:
        worse = [METRICS[other["metric"]].name for other in rows if other["word"] == "worse"]
        if worse:
            rates = ", ".join(say("the-rate", rate=rate) for rate in dict.fromkeys(worse))
            said.append(say("fix-moved", rates=rates))
    if row["compared_with"] and row["word"] != "measuring":
        said.append(say("fix-beside", place=row["compared_with"], **_sides(row, "compared_")))
    if row["left_out"]:
        said.append(say("fix-left-out", bad=row["left_out"]))
    return said


def is_by_age(row: ActionRow) -> bool:
    """Whether a bad one counts by an age of its order, alike on both sides; else the day of the order says it all."""
    return row["age_days"] > SOON and bool(row["after_orders"])


def by_age(row: ActionRow) -> str:
    """By which; empty where the day of the order says it all."""
    return say("known-by", age_days=row["age_days"]) if is_by_age(row) else ""


def _sides(row: ActionRow, of: str = "") -> dict[str, str]:
    """The counts since and before: of the rate itself, or (`compared_`) of where nothing was done."""
    one_is = METRICS[row["metric"]].one_is
    return {
        side: say("part", part=row[f"{of}{name}_bad"] or 0, of=counted(row[f"{of}{name}_orders"] or 0, one_is))
        for side, name in (("since", "after"), ("before", "before"))
    }


def _said(row: ActionRow) -> str:
    age = {"age": "told" if is_by_age(row) else "whole", "age_days": row["age_days"]}
    both = say("fix-both", **_sides(row), **age)
    match row["word"]:
        case "measuring":
            if row["tells_from"] is None:
                return say("fix.never_tells", both=both)
            return " ".join([say("fix.measuring", both=both), say("fix-tells-from", day=day(row["tells_from"]))])
        case "cannot_tell":
            return say("fix.cannot_tell", both=both, why=row["why"] or "")
        case "helped" if row["has_risen"] and (row["ratio_high"] is None or row["ratio_high"] >= 1):
            return say("fix.fell_again", both=both, expected=about(round(row["expected"], 1)))
        case "helped":
            return say("fix.helped", both=both, ratio=_ratio(row))
        case "worse":
            return say("fix.worse", both=both, ratio=_ratio(row))
        case _:
            seen = [] if row["smallest"] is None else [say("fix-smallest", rate=percent(row["smallest"]))]
            return " ".join([say("fix.no_change", both=both), *seen])


def _ratio(row: ActionRow) -> str:
    """The interval of the ratio: a fall in per cents, a rise in times."""
    low, high = row["ratio_low"], row["ratio_high"]
    if high is None:
        return say("fix-ratio.at_least", low=times(low))
    if high <= 1:
        return say("fix-ratio.fall", ends=percent_range(low, high))
    return say("fix-ratio.rise", low=times(low), high=times(high))
