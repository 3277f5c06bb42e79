"""Tables of the lesson: two roads to one number, and the published cases with their sources."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import polars as pl
from IPython.display import HTML

from helpers.sentences import say
from helpers.tables.layout import DASH, or_dash, table
from helpers.wording import THIN, percent, share, times

ROADS = ("dissatisfied", "response_rate", "negative_of_feedback", "negative_of_orders")


class Shares(Protocol):
    """What both roads give: the shares of ROADS (feedback.Outcome)."""

    @property
    def dissatisfied(self) -> float | Fraction: ...
    @property
    def response_rate(self) -> float | Fraction: ...
    @property
    def negative_of_feedback(self) -> float | Fraction: ...
    @property
    def negative_of_orders(self) -> float | Fraction: ...


def two_roads(expected: Shares, counted: Shares) -> HTML:
    """The closed form beside a simulation of the same model, and how far the two lie apart.

    expected   feedback.expected · counted   feedback.counted of simulated orders
    """
    rows = [
        {
            "share": say(f"road.{name}"),
            "formula": percent(getattr(expected, name)),
            "simulated": percent(getattr(counted, name)),
            "difference": _points(getattr(counted, name) - getattr(expected, name)),
        }
        for name in ROADS
    ]
    return table(rows, "two-roads", right=["formula", "simulated", "difference"])


def published(cases: pl.DataFrame) -> HTML:
    """The cases of charts.directions with source, grade and what is assumed (feedback.published)."""
    rows = [
        {
            "case": row["title"],
            "louder": louder(row["response_ratio"]),
            "source": row["source"],
            "grade": say(f"case-grade.{row['grade']}"),
            "assumed": row["assumed"],
        }
        for row in cases.iter_rows(named=True)
    ]
    return table(rows, "published", right=())


def known_truth(read: pl.DataFrame) -> HTML:
    """How often each reading's 95 % interval holds a truth that is known (feedback.known_truth)."""
    rows = [
        {
            "reading": say(f"case-reading.{row['reading']}"),
            "off_by": or_dash(row["mean_error"], lambda error: _points(error).removeprefix("+")),
            "holds": share(row["covered"], row["shops"], "shop") if row["shops"] else DASH,
            "wide": or_dash(row["mean_width"], lambda width: _points(width).removeprefix("+")),
        }
        for row in read.iter_rows(named=True)
    ]
    right = ["off_by", "holds", "wide"]
    return table(rows, "known-truth", right=right, nothing=say("no-known-truth"))


def louder(ratio: float) -> str:
    """Whose propensity is the higher one, and by which factor."""
    if ratio == 1:
        return say("more-readily.alike")
    return (
        say("more-readily.unhappy", times=times(ratio))
        if ratio > 1
        else say("more-readily.happy", times=times(1 / ratio))
    )


def _points(difference: float) -> str:
    """A difference of two shares, in percentage points."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return say("points", number=sign + percent(abs(difference)).removesuffix(f"{THIN}%"))
