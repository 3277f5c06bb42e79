"""The marketplace's own words on an account: GOOD, BAD, AT RISK, beside its figure and its target, also without counts.

They are no verdicts of ours. They are told as they stand, so that a page can never be calmer than the marketplace is.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

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


def _mark(row: DatedRow, as_of: date) -> dict:
    status = (row["status_reported"] or "").replace("_", " ").strip().upper()[:40] or None
    is_measured = row["denominator"] != 0
    is_flagged = is_measured and (_misses(row) or (status is not None and status not in CALM))
    return {
        "marketplace": row["marketplace"],
        "metric": row["metric"],
        "fulfilment": row["fulfilment"],
        "window_days": row["window_days"],
        "status": status,
        "is_flagged": is_flagged,
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
        "finding": _finding(row, status),
    }


def _misses(row: DatedRow) -> bool:
    """Whether the figure misses the target that its own file prints beside it."""
    figure = row["numerator"] if _is_counter(row) else row["rate_reported"]
    misses = MISSED.get(row["must_be_reported"] or "")
    if figure is None or row["target_reported"] is None or misses is None:
        return False
    return misses(Fraction(repr(figure)), Fraction(row["target_reported"]))


def _is_counter(row: DatedRow) -> bool:
    return row["metric"] not in METRICS and row["rate_reported"] is None and row["denominator"] is None


def _finding(row: DatedRow, status: str | None) -> str:
    """The mark as one sentence: `The marketplace marks the late shipment rate (…) BAD: 3.33 % (1 of 30 orders), …`."""
    store = row["marketplace"] or ""
    if row["metric"] == ACCOUNT_STATUS:
        return say("mark.account", store=store, status=status or "")
    what = METRICS[row["metric"]].name if row["metric"] in METRICS else row["metric"].replace("_", " ")
    if _is_counter(row):
        told, figure = (
            ("nothing", "") if row["numerator"] is None else ("count", f"{count(row['numerator'])}{_aim(row)}")
        )
        said = say("mark-of", of="counter", what=what, store=store)
    else:
        told, figure = "figure", f"{_figure(row)}{_aim(row)}{_window(row)}"
        said = say("mark-of", of="rate", what=what, store=store, ships=fulfilled_by(row["fulfilment"]))
    if status:
        return say("mark.marked", what=said, status=status, told=told, figure=figure)
    return say("mark.printed", what=said, told=told, figure=figure)


def _figure(row: DatedRow) -> str:
    x, n, rate = row["numerator"], row["denominator"], row["rate_reported"]
    one_is = METRICS[row["metric"]].one_is if row["metric"] in METRICS else "order"
    if n == 0:
        return say("mark-figure.unmeasured", of=counted(0, one_is))
    if rate is None:
        return say("mark-figure.missing")
    if x is not None and n is not None and x <= n:
        return share(x, n, one_is)
    return say("mark-figure.printed", rate=percent(rate), orders=n or 0, of=counted(n or 0, one_is))


def _aim(row: DatedRow) -> str:
    if row["target_reported"] is None or row["must_be_reported"] is None:
        return ""
    target = row["target_reported"] if _is_counter(row) else target_percent(row["target_reported"])
    aim = say(f"aim.{row['must_be_reported']}", target=target)
    return f", {say('figure-aim', aim=aim)}"


def _window(row: DatedRow) -> str:
    if row["window_start"] is None or row["window_end"] is None:
        return ""
    return f", {say('days', first=short_day(row['window_start']), last=short_day(row['window_end']))}"
