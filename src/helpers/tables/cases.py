"""Tables of the lesson: two roads to one number, and the published cases with their sources."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import polars as pl
from IPython.display import HTML

from helpers.tables.layout import DASH, or_dash, table
from helpers.wording import percent, share, times

ROADS = {
    "dissatisfied": "Unhappy buyers, of the orders",
    "response_rate": "Feedback, of the orders",
    "negative_of_feedback": "Negative, of the feedback",
    "negative_of_orders": "Negative feedback, of the orders",
}
GRADES = {
    "illustration": "made up for teaching",
    "primary": "read at the source",
    "secondary": "quoted by another source",
    "vendor": "a firm’s own poll",
    "computed": "computed from published figures",
}


READINGS = {
    "score": "The feedback taken for all buyers",
    "ratio": "Who writes how readily is known",
    "bounds": "Nothing is known but the counts",
}


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
            "Share": label,
            "Formula": percent(getattr(expected, name)),
            "Simulated": percent(getattr(counted, name)),
            "Difference": _points(getattr(counted, name) - getattr(expected, name)),
        }
        for name, label in ROADS.items()
    ]
    return table(rows, "two-roads", right=["Formula", "Simulated", "Difference"])


def published(cases: pl.DataFrame) -> HTML:
    """The cases of charts.directions with source, grade and what is assumed (feedback.published)."""
    rows = [
        {
            "Case": row["title"],
            "Who writes more readily": louder(row["response_ratio"]),
            "Source": row["source"],
            "How it is known": GRADES[row["grade"]],
            "Assumed": row["assumed"],
        }
        for row in cases.iter_rows(named=True)
    ]
    return table(rows, "published", right=())


def known_truth(read: pl.DataFrame) -> HTML:
    """How often each reading's 95 % interval holds a truth that is known (feedback.known_truth)."""
    rows = [
        {
            "Reading": READINGS[row["reading"]],
            "Off by, on average": or_dash(row["mean_error"], lambda error: _points(error).removeprefix("+")),
            "Interval holds the truth": share(row["covered"], row["shops"], "shop") if row["shops"] else DASH,
            "Interval is wide": or_dash(row["mean_width"], lambda width: _points(width).removeprefix("+")),
        }
        for row in read.iter_rows(named=True)
    ]
    right = ["Off by, on average", "Interval holds the truth", "Interval is wide"]
    return table(rows, "known-truth", right=right, nothing="No shop was read.")


def louder(ratio: float) -> str:
    """Whose propensity is the higher one, and by which factor."""
    if ratio == 1:
        return "both alike"
    return f"the unhappy, {times(ratio)} times" if ratio > 1 else f"the happy, {times(1 / ratio)} times"


def _points(difference: float) -> str:
    """A difference of two shares, in percentage points."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + percent(abs(difference)).replace("%", "points")
