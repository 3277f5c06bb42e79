"""The marketplace's own words on an account: GOOD, BAD, AT RISK, beside its figure and its target, also without counts.

They are no verdicts of ours. They are told as they stand, so that a page can never be calmer than the marketplace is.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict

import polars as pl

from helpers.frames import SCHEMAS
from helpers.rows import ReportedRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS, MustBe
from helpers.windows import MOST_AGE
from helpers.wording import count, counted, fulfilled_by, percent, share, short_day, target_percent

if TYPE_CHECKING:
    from typing_extensions import ReadOnly

ACCOUNT_STATUS = "account_status"
CALM = frozenset({"GOOD", "GREAT", "NORMAL", "HEALTHY", "NONE"})  # words that ask for nothing
MISSED = MappingProxyType(
    {
        "below": lambda figure, target: figure >= target,
        "above": lambda figure, target: figure <= target,
        "equal": lambda figure, target: figure != target,
    }
)
SCHEMA = {
    **{name: SCHEMAS["snapshots"][name] for name in ("marketplace", "metric", "fulfilment", "window_days")},
    "status": pl.String,  # the marketplace's word, in capitals; null: it gives none
    "is_flagged": pl.Boolean,  # the word is none of CALM, or the figure misses the target printed beside it
    "rate": pl.Float64,  # as printed
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "target": pl.String,
    "must_be": pl.String,
    "window_start": pl.Date,
    "window_end": pl.Date,
    "taken_on": pl.Date,
    "is_recent": pl.Boolean,  # taken at most a week before the day looked at
    "source_file": pl.String,
    "finding": pl.String,
}


class SnapshotRow(ReportedRow):
    numerator: int | None
    denominator: int | None
    rate_reported: float | None
    target_reported: str | None
    must_be_reported: MustBe | None
    status_reported: str | None
    source_file: str


class DatedRow(SnapshotRow):
    """A figure of a file whose day is known."""

    taken_on: ReadOnly[date]


class MarkRow(TypedDict):
    """A row of SCHEMA."""

    marketplace: str | None
    metric: str
    fulfilment: str
    window_days: int | None
    status: str | None
    is_flagged: bool
    rate: float | None
    numerator: int | None
    denominator: int | None
    target: str | None
    must_be: MustBe | None
    window_start: date | None
    window_end: date | None
    taken_on: date
    is_recent: bool
    source_file: str
    finding: str


def of(snapshots: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """What the newest file of each store says on `as_of`, flagged first: columns of SCHEMA, one row a figure.

    snapshots   the account's; files of the day after `as_of` still speak for it
    Figures with neither a word nor a target of their own are left out.
    """
    seen = snapshots.filter(pl.col("taken_on") <= as_of + timedelta(days=1))
    newest = seen.filter(pl.col("taken_on") == pl.col("taken_on").max().over("marketplace"))
    told = newest.filter(pl.any_horizontal(pl.col("status_reported", "target_reported").is_not_null()))
    rows = [_mark(row, as_of) for row in rows_of(told, DatedRow)]
    return pl.DataFrame(rows, schema=SCHEMA).sort("is_flagged", descending=True, maintain_order=True)


def _mark(row: DatedRow, as_of: date) -> MarkRow:
    status = (row["status_reported"] or "").replace("_", " ").strip().upper()[:40] or None
    is_measured = row["denominator"] != 0
    mark: MarkRow = {
        "marketplace": row["marketplace"],
        "metric": row["metric"],
        "fulfilment": row["fulfilment"],
        "window_days": row["window_days"],
        "status": status,
        "is_flagged": False,
        "rate": row["rate_reported"],
        "numerator": row["numerator"],
        "denominator": row["denominator"],
        "target": row["target_reported"],
        "must_be": row["must_be_reported"],
        "window_start": row["window_start"],
        "window_end": row["window_end"],
        "taken_on": row["taken_on"],
        "is_recent": row["taken_on"] > as_of - timedelta(days=MOST_AGE),
        "source_file": row["source_file"],
        "finding": "",
    }
    mark["is_flagged"] = is_measured and (_misses(mark) or (status is not None and status not in CALM))
    mark["finding"] = said(mark)
    return mark


def _misses(row: MarkRow) -> bool:
    """Whether the figure misses the target that its own file prints beside it."""
    figure = row["numerator"] if _is_counter(row) else row["rate"]
    misses = MISSED.get(row["must_be"] or "")
    if figure is None or row["target"] is None or misses is None:
        return False
    return misses(Fraction(repr(figure)), Fraction(row["target"]))


def _is_counter(row: MarkRow) -> bool:
    return row["metric"] not in METRICS and row["rate"] is None and row["denominator"] is None


def said(row: MarkRow, *, who: str = "sentence", stores: str = "several") -> str:
    """A mark in words: `The marketplace marks the late shipment rate (…) BAD: 3.33 % (1 of 30 orders), …`.

    who      sentence; or in a list of marks, where it is no sentence of its own: first, next
    stores   one: the store is the only one of the account, and said already
    """
    store, status = row["marketplace"] or "", row["status"]
    where = {"store": store, "stores": stores}
    if row["metric"] == ACCOUNT_STATUS:
        return say("mark.account", who=who, status=status or "", **where)
    metric = METRICS.get(row["metric"])
    what = metric.name if metric else row["metric"].replace("_", " ")
    if _is_counter(row):
        told, figure = (
            ("nothing", "") if row["numerator"] is None else ("count", f"{count(row['numerator'])}{_aim(row)}")
        )
        of = say("mark-of", of="counter", what=what, **where)
    else:
        told, figure = "figure", f"{_figure(row)}{_aim(row)}{_window(row)}"
        of = say("mark-of", of="rate", what=what, store=store, ships=fulfilled_by(row["fulfilment"]))
    if status:
        return say("mark.marked", who=who, what=of, status=status, told=told, figure=figure)
    return say("mark.printed", who=who, what=of, told=told, figure=figure)


def _figure(row: MarkRow) -> str:
    x, n, rate = row["numerator"], row["denominator"], row["rate"]
    one_is = METRICS[row["metric"]].one_is if row["metric"] in METRICS else "order"
    if n == 0:
        return say("mark-figure.unmeasured", of=counted(0, one_is))
    if rate is None:
        return say("mark-figure.missing")
    if x is not None and n is not None and x <= n:
        return share(x, n, one_is)
    return say("mark-figure.printed", rate=percent(rate), orders=n or 0, of=counted(n or 0, one_is))


def _aim(row: MarkRow) -> str:
    if row["target"] is None or row["must_be"] is None:
        return ""
    target = row["target"] if _is_counter(row) else target_percent(row["target"])
    is_number = _is_counter(row) and row["must_be"] == "equal"  # of a count the number says it: “target 0”
    aim = target if is_number else say(f"aim.{row['must_be']}", target=target)
    return f", {say('figure-aim', aim=aim)}"


def _window(row: MarkRow) -> str:
    if row["window_start"] is None or row["window_end"] is None:
        return ""
    return f", {say('days', first=short_day(row['window_start']), last=short_day(row['window_end']))}"
