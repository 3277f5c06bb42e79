"""What one row of each frame of signals is once it travels by itself, as in helpers.rows."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypedDict

WatchName = Literal["target", "own_level"]
ChartName = Literal["p", "g"]
AlertKind = Literal["breach", "alarm", "nowcast", "forecast", "gap"]


class SeriesRow(TypedDict):
    """The columns a series of counts is known by."""

    account: str
    marketplace: str
    metric: str
    fulfilment: str
    group: str | None


class SignalRow(SeriesRow):
    watch: WatchName
    day: date
    statistic: float
    alarm_at: float
    is_marked: bool
    marked_since: date | None
    is_borne: bool
    days: int
    reported: int
    expected: float
    level: float
    orders_a_day: float
    design_effect: float
    dated_share: float
    share_marked: float
    share_breached: float
    share_nowcast: float
    share_fixed_step: float
    log_e_value: float | None


class WatchedRow(SeriesRow):
    day: date
    reported: int
    due: float
    expected: float
    statistic: float
    is_marked: bool


class ControlRow(SeriesRow):
    chart: ChartName
    phase: int
    first_day: date
    last_day: date
    numerator: int
    denominator: int
    value: float
    centre: float
    low: float
    high: float
    sigma_z: float | None
    low_prime: float | None
    high_prime: float | None
    is_outside: bool
    is_outside_prime: bool | None
    is_exact: bool
    is_trial: bool
    rules: list[str]


class AlertRow(SeriesRow):
    window_days: int | None
    kind: AlertKind
    since: date
    sentence: str
    share_marked: float | None
    fixed_step: str | None
    share_fixed_step: float | None
