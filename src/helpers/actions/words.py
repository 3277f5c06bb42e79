"""What is said of an action: one sentence a rate, with its counts; and why nothing can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from helpers.actions.effect import BLOCK, LEAST_BLOCKS
from helpers.actions.rows import ActionRow
from helpers.vocabulary import METRICS
from helpers.wording import (
    about,
    bound,
    capital,
    count,
    day,
    days,
    percent,
    percent_range,
    plural,
    short_day,
    times,
    where,
)

SOON = 3  # days: of a rate known sooner the day of the order says it all
MOST_HOLES = 2  # named in a sentence
NO_BAD_ONE = "there was no bad one before, so no fall can be seen"
ENDED = "the days since ended too soon to show a fall"
TOO_FEW = "a fall to half would not show in so few orders"


def place(key: Mapping[str, str | None]) -> str:
    """A store and channel: `amazon.de, seller ships`."""
    return where(key)


def only_a_bound(exactness: str) -> str:
    return f"the files tell {bound(exactness).rstrip() or 'nothing of'} so many bad ones, and two such figures cannot be compared"


def holes(runs: Sequence[tuple[date, date]]) -> str:
    more = len(runs) - MOST_HOLES
    named = "; ".join(days(*run) for run in runs[:MOST_HOLES])
    return f"files are missing of {named}" + (f"; and of {count(more)} more times" if more > 0 else "")


def too_short(blocks: int) -> str:
    known = plural(blocks, "stretch", "stretches")
    return (
        f"before the days that prompted it the files tell {known} of {BLOCK} days, and {LEAST_BLOCKS} are needed to know "
        "how much the rate varies by itself"
    )


def fell_there_too(other: str) -> str:
    return f"the rate fell in {other} as well, where nothing was done"


def across(first: date, last: date, what: str) -> str:
    """Something the marketplace did, with its days: `15 Nov 2025 to 15 Jan 2026: the busy weeks of the year`."""
    ends = short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"
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
        said.append(f"At the earliest on {day(row['tells_from'])} it can be told.")
    return " ".join([*said, *_more(row, rows)])


def _more(row: ActionRow, rows: Sequence[ActionRow]) -> list[str]:
    said = []
    if row["word"] == "helped" and row["is_meant"]:
        worse = [METRICS[other["metric"]].name for other in rows if other["word"] == "worse"]
        if worse:
            said.append(f"Moved, not mended: the {', the '.join(dict.fromkeys(worse))} rose.")
    if row["compared_with"] and row["word"] != "measuring":
        said.append(f"Where nothing was done ({row['compared_with']}): {_beside(row)}.")
    if row["left_out"]:
        said.append(f"Left out on both sides, for no file tells their day: {plural(row['left_out'], 'bad one')}.")
    return said


def counts(bad: int, orders: int, one_is: str) -> str:
    """`9 of 850 orders`."""
    return f"{count(bad)} of {plural(orders, one_is)}"


def by_age(row: ActionRow) -> str:
    """By which age of the order a bad one counts, alike on both sides; empty where the day of the order says it all."""
    return f"each known by day {row['age_days']} of the order" if row["age_days"] > SOON and row["after_orders"] else ""


def _said(row: ActionRow) -> str:
    one_is = METRICS[row["metric"]].one_is
    both = f"{counts(row['after_bad'], row['after_orders'], one_is)} bad since, {counts(row['before_bad'], row['before_orders'], one_is)} before"
    both += f" ({age})" if (age := by_age(row)) else ""
    match row["word"]:
        case "measuring":
            if row["tells_from"] is None:
                return f"Too early to tell, and so few turn bad that a year would not: {both}."
            return f"Too early to tell: {both}. At the earliest on {day(row['tells_from'])} it can be told."
        case "cannot_tell":
            return f"Cannot be told yet, for {row['why']}: {both}."
        case "helped" if row["has_risen"] and (row["ratio_high"] is None or row["ratio_high"] >= 1):
            return (
                f"It rose beyond chance before this and has fallen again: {both}. Had nothing been done, about "
                f"{about(round(row['expected'], 1))} would be bad."
            )
        case "helped":
            return f"Fewer turn bad than chance explains: {both}; {_ratio(row)}."
        case "worse":
            return f"It did not help, and more turn bad than chance explains: {both}; {_ratio(row)}."
        case _:
            return f"No change seen: {both}. {_seen(row)}"


def _seen(row: ActionRow) -> str:
    if row["smallest"] is None:
        return ""
    return f"A fall to {percent(row['smallest'])} of the rate before would have shown in four of five cases."


def _ratio(row: ActionRow) -> str:
    """The interval of the ratio: a fall in per cents, a rise in times."""
    low, high = row["ratio_low"], row["ratio_high"]
    if high is None:
        return f"at least {times(low)} times the rate before"
    if high <= 1:
        return f"{percent_range(low, high)} of the rate before"
    return f"{times(low)} to {times(high)} times the rate before"


def _beside(row: ActionRow) -> str:
    one_is = METRICS[row["metric"]].one_is
    since = counts(row["compared_after_bad"] or 0, row["compared_after_orders"] or 0, one_is)
    return (
        f"{since} since, {counts(row['compared_before_bad'] or 0, row['compared_before_orders'] or 0, one_is)} before"
    )
