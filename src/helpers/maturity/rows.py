"""What one row of each frame of young orders is once it travels by itself, as in helpers.rows."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypedDict

from helpers.maturity.turns import Direction
from helpers.rows import KeyRow

Decided = Literal["missed", "met", "open"]


class CohortRow(TypedDict):
    account: str
    marketplace: str
    metric: str
    fulfilment: str
    group: str | None
    first_day: date
    last_day: date
    orders: int
    visible: int
    share: float
    expected: float
    low: int
    high: int


class MaturityRow(KeyRow):
    window_start: date
    window_end: date
    orders: int
    visible: int
    share: float
    expected: float
    low: int
    high: int
    own_delays: int
    sources: list[str]
    tried: int
    held: int
    visible_then: int
    expected_then: float
    came: int
    removed: int
    feedback_told: int
    turned: Direction | None
    turned_from: date | None
    turned_visible: int | None
    turned_expected: float | None
    turned_exposure: float | None


class DecidedRow(KeyRow):
    day: date
    window_start: date
    window_end: date
    orders: int
    visible: int
    expected: float
    low: int
    high: int
    allowed: int
    word: Decided
