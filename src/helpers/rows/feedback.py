"""The rows of an account's own feedback (helpers.own_feedback)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict, TypeGuard

from helpers.vocabulary import Exactness

if TYPE_CHECKING:
    from typing_extensions import ReadOnly


class WindowRow(TypedDict):
    """The columns a window of an account's own feedback is known by."""

    marketplace: str
    fulfilment: str
    window_days: int
    as_of: date
    window_start: date
    window_end: date


class HeardRow(WindowRow):
    """A row of own_feedback.heard; null is what the files do not tell."""

    exactness: Exactness
    orders: int
    positive: int | None
    neutral: int | None
    negative: ReadOnly[int | None]
    silent: int | None
    still_open: int | None
    left_out: int
    low: ReadOnly[float | None]
    high: ReadOnly[float | None]
    low_95: ReadOnly[float | None]
    high_95: ReadOnly[float | None]
    finding: str


class BoundedRow(HeardRow):
    """A window with orders whose negative feedback is told: the share of dissatisfied buyers has bounds."""

    negative: ReadOnly[int]
    low: ReadOnly[float]
    high: ReadOnly[float]
    low_95: ReadOnly[float]
    high_95: ReadOnly[float]


def is_bounded(row: HeardRow) -> TypeGuard[BoundedRow]:
    """Whether a window has orders, and the files tell their negative feedback."""
    return row["orders"] > 0 and row["negative"] is not None


class DisplayedRow(TypedDict):
    """A row of own_feedback.displayed; null is what a file of bad stars only does not tell."""

    marketplace: str
    source: str
    window_days: int
    window_start: date | None
    window_end: date
    positive: int | None
    neutral: int
    negative: int
    received: int | None
    positive_percent: int | None
    neutral_percent: int | None
    negative_percent: int | None
    is_covered: bool
    is_shown: bool
    finding: str | None
