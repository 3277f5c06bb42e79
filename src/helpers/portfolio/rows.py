"""What one row of each frame of a portfolio is once it travels by itself, as in helpers.rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypedDict

Reason = Literal[
    "missed_strong",
    "missed_weak",
    "will_miss",
    "alarm",
    "flagged",
    "unproved",
    "failed",
    "unread",
    "ends_early",
    "open",
    "fine",
]
NewsKind = Literal["missed", "met_again", "stronger", "flagged", "gap", "first_report", "no_report"]
Side = Literal["over", "within", "under"]
Told = Literal["made", "unchanged", "failed", "not_reached"]


class WhoRow(TypedDict):
    """The columns an account is known by."""

    account: str
    name: str


class PortfolioRow(WhoRow):
    reason: Reason
    rates: int
    brief: str
    sentence: str
    also: list[str]
    place: int
    as_of: date | None
    report: str | None


class NightRow(WhoRow):
    notebook: str
    folder: str
    started_at: datetime
    status: Told
    code: int
    said: str
    flags: list[str]
    seconds: float


class NewsRow(WhoRow):
    kind: NewsKind
    sentence: str


class ListedRow(WhoRow):
    marketplace: str
    metric: str
    fulfilment: str
    group: str | None
    reported: int
    expected: float
    log_e_value: float
    is_listed: bool


class FunnelRow(WhoRow):
    marketplace: str
    metric: str
    fulfilment: str
    group: str | None
    window_days: int
    bad: int
    orders: int
    worth: float
    rate: float
    allowed: float
    side: Side


class LetterRow(WhoRow):
    case: str
    kind: str
    received_on: date
    deadline: date | None
    is_confirmed: bool
