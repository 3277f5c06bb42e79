"""What one row of a frame is once it travels by itself: a dict of the frame's columns, each with its type.

`X | None` is a column that may be null; docs/frames.md says what null means. A test holds the keys to the frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict, TypeGuard, TypeVar, cast

import polars as pl

from helpers.vocabulary import Exactness, MustBe, Status

if TYPE_CHECKING:
    from typing_extensions import ReadOnly  # a column some rows are known to fill: they are a narrower type

Row = TypeVar("Row")
# What rows lack that could have told something: they could not be read, lack a mark, have an odd store or an odd word.
Lack = Literal["unread", "unsaid", "unknown", "wordless"]
Evidence = Literal["strong", "weak"]  # what the data can bear of a verdict


def rows_of(frame: pl.DataFrame, row: type[Row]) -> Iterator[Row]:
    """The rows of a frame one by one, as the type that says what its columns are."""
    return cast("Iterator[Row]", frame.iter_rows(named=True))


class KeyRow(TypedDict):
    """The columns every judged figure is known by."""

    account: str
    marketplace: str
    metric: str
    fulfilment: str
    group: str | None
    window_days: int


def key_of(row: KeyRow) -> KeyRow:
    """The key alone of a row that has more columns."""
    return {
        "account": row["account"],
        "marketplace": row["marketplace"],
        "metric": row["metric"],
        "fulfilment": row["fulfilment"],
        "group": row["group"],
        "window_days": row["window_days"],
    }


class TrailingRow(KeyRow):
    day: date
    window_start: date
    window_end: date
    window_numerator: int
    window_denominator: int
    rate: ReadOnly[float | None]
    rate_low: ReadOnly[float | None]
    rate_high: ReadOnly[float | None]
    is_mature: bool
    is_covered: bool
    source: str


class RatedRow(TrailingRow):
    """A window that holds something."""

    rate: ReadOnly[float]
    rate_low: ReadOnly[float]
    rate_high: ReadOnly[float]


class ChangeRow(KeyRow):
    day_before: date
    day: date
    numerator_before: int
    denominator_before: int
    new_defects: int
    rolled_off: int
    order_change: int
    numerator: int
    denominator: int
    is_covered: bool


class RollOffRow(KeyRow):
    day: date
    leaves: int
    numerator: int
    denominator: int
    rate: float | None


class GapRow(TypedDict):
    account: str
    marketplace: str
    metric: str
    fulfilment: str
    kind: str
    first_day: date
    last_day: date
    why: str
    download: str


class HoleRow(TypedDict):
    kind: str
    marketplace: str | None
    first_day: date
    last_day: date
    download: str


class VerdictRow(KeyRow):
    as_of: date
    window_start: date
    window_end: date
    status: Status
    evidence: Evidence | None
    exactness: Exactness
    source: str
    numerator: int
    denominator: int
    rate: ReadOnly[float | None]
    rate_low: float | None
    rate_high: float | None
    design_effect: float
    target: str
    must_be: MustBe
    is_on_target: ReadOnly[bool | None]
    probability_met: float | None
    headroom: ReadOnly[int | None]
    orders_to_recover: int | None
    orders_to_recover_sustained: int | None
    clear_on: date | None
    clear_from: date | None
    unjudged_from: date | None
    rate_reported: float | None
    discrepancy: float | None
    finding: str


class JudgedRow(VerdictRow):
    """A verdict that was reached: none of these is null."""

    rate: ReadOnly[float]
    is_on_target: ReadOnly[bool]
    headroom: ReadOnly[int]


def is_judged(row: VerdictRow) -> TypeGuard[JudgedRow]:
    """Whether a verdict was reached."""
    return row["status"] in ("met", "breached", "too_few_orders")


class LumpsRow(KeyRow):
    rho_days: float
    rho_weeks: float
    concentration_days: float
    concentration_weeks: float
    design_effect: float
    bad_days: int
    worst_day: int
    worst_day_orders: int


class FileRow(TypedDict):
    path: str
    report: str | None
    encoding: str | None
    rows_kept: int
    rows_rejected: int
    rows_waiting: int
    first_day: date | None
    last_day: date | None
    reaches: date | None
    covers: str | None
    rows_are: str | None
    marketplaces: list[str]
    warnings: list[str]
    sha256: str | None


class UntoldRow(TypedDict):
    """Rows of a file that could have told something: what they lack, and the sentence with their count."""

    file: str
    lack: Lack
    said: str


class CoverageRow(TypedDict):
    """A row of coverage.of_metrics."""

    account: str
    marketplace: str
    metric: str
    fulfilment: str
    is_judged: bool
    exactness: Exactness
    is_told: bool
    missing: list[str]
    download: list[str]
    instead: list[str]
    rows: list[UntoldRow]


class ReportedRow(TypedDict):  # whose figure of the marketplace it is, and over which window
    taken_on: ReadOnly[date | None]
    account: str
    marketplace: str | None
    metric: str
    fulfilment: str
    group: str | None
    window_days: int | None
    window_start: date | None
    window_end: date | None


class TheirRow(ReportedRow):
    """A figure of the marketplace that can stand beside ours: a row of `snapshots`, its counts named as reported."""

    taken_on: ReadOnly[date]
    numerator_reported: int | None
    denominator_reported: int | None
    rate_reported: float
    target_reported: str | None
    must_be_reported: MustBe | None
    status_reported: str | None
    source_file: str


class OurRow(TypedDict):
    """Our figure over the same window; null where there is none to compare."""

    numerator: int | None
    denominator: int | None
    rate: float | None
    discrepancy: float | None
    is_covered: bool


class ComparedRow(TheirRow, OurRow):
    """A row of referee.compare."""

    explanation: str
