"""Counts of many series on one calendar: a row a series, a column a day, and the triangle of the bad ones beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.frames import SCHEMAS, SERIES, first_day, last_day, span

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Counts:
    """The `daily` frame of some series as arrays: what windows are summed from. Days are numbered from `first`.

    series       a row a series: account, marketplace, metric, fulfilment, group
    is_covered   [series, day] whether the files tell that day in full
    denominator  [series, day]
    row, placed, seen, numerator   the bad ones: their row of `series`, the day that puts them in a window, the day they
                 became visible, and how many
    """

    series: pl.DataFrame
    first: date
    is_covered: NDArray[np.bool_]
    denominator: NDArray[np.int64]
    row: NDArray[np.int64]
    placed: NDArray[np.int64]
    seen: NDArray[np.int64]
    numerator: NDArray[np.int64]


def since(first: date, day: pl.Expr | pl.Series) -> pl.Expr | pl.Series:
    """The number of a day, from `first`."""
    return day.to_physical().cast(pl.Int64) - (first - EPOCH).days


def with_series(counts: Counts, series: pl.DataFrame) -> Counts:
    """The counts with further series of which nothing was counted."""
    new = series.join(counts.series, on=list(SERIES), how="anti", nulls_equal=True)
    more = ((0, new.height), (0, 0))
    return replace(
        counts,
        series=pl.concat([counts.series, new]),
        is_covered=np.pad(counts.is_covered, more),
        denominator=np.pad(counts.denominator, more),
    )


def on_days(counts: Counts, covered: pl.DataFrame) -> Counts:
    """The counts on the days the files tell in full, from the first day of which anything is known.

    covered   account, day, and marketplace where stores differ. On other days nothing is known; of an account without
              any the bad ones still are: how many, but not of how many.
    """
    known = covered.join(counts.series.select("account").unique(), on="account", how="semi")
    ends = first_day(known.get_column("day")) or counts.first, last_day(known.get_column("day")) or counts.first
    before = max((counts.first - ends[0]).days, 0)
    after = max((ends[1] - counts.first).days + 1 - counts.denominator.shape[1], 0)
    denominator = np.pad(counts.denominator, ((0, 0), (before, after)))
    first, placed = counts.first - timedelta(days=before), counts.placed + before
    is_covered = _is_covered(counts.series, known, first, denominator.shape[1])
    denominator[~is_covered] = 0
    is_known = is_covered[counts.row, placed] | ~np.logical_or.reduce(is_covered, axis=1)[counts.row]
    is_told = np.logical_or.reduce(is_covered, axis=0)
    is_told[placed[is_known]] = True
    start = int(is_told.argmax())
    return Counts(
        counts.series,
        first + timedelta(days=start),
        is_covered[:, start:],
        denominator[:, start:],
        counts.row[is_known],
        placed[is_known] - start,
        counts.seen[is_known] + before - start,
        counts.numerator[is_known],
    )


def _is_covered(series: pl.DataFrame, covered: pl.DataFrame, first: date, days: int) -> NDArray[np.bool_]:
    """[series, day] whether the files of its account, or of its store in it, tell the day in full."""
    key = [name for name in ("account", "marketplace") if name in covered.columns]
    told = covered.select(key).unique(maintain_order=True).with_row_index("place")
    at = covered.join(told, on=key).select(pl.col("place").cast(pl.Int64), since(first, pl.col("day")))
    of_place = np.zeros((told.height + 1, days), bool)  # the last row: those without a day
    of_place[*at.to_numpy().T] = True
    place = series.join(told, on=key, how="left", maintain_order="left").get_column("place")
    return of_place[place.fill_null(told.height).to_numpy()]


def nothing(first: date) -> Counts:
    """The counts of no series at all."""
    none = np.zeros(0, np.int64)
    series = pl.DataFrame(schema={name: SCHEMAS["daily"][name] for name in SERIES})
    return Counts(series, first, np.zeros((0, 0), bool), np.zeros((0, 0), np.int64), none, none, none, none)


def frame(counts: Counts) -> pl.DataFrame:
    """The counts as the `daily` frame, sorted."""
    row, placed = np.nonzero(counts.is_covered)
    calendar = _rows(counts, row, placed, denominator=counts.denominator[row, placed], numerator=np.zeros_like(row))
    bad = _rows(counts, counts.row, counts.placed, denominator=np.zeros_like(counts.row), numerator=counts.numerator)
    bad = bad.with_columns(seen_on=_day(counts, counts.seen))
    both = pl.concat([calendar.with_columns(seen_on=pl.lit(None, pl.Date)), bad], how="diagonal")
    order = ("account", "marketplace", "fulfilment", "group", "day", "seen_on")
    return both.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["daily"].items()).sort(order)


def _rows(counts: Counts, row: NDArray, placed: NDArray, **columns: NDArray) -> pl.DataFrame:
    return counts.series[row].with_columns(
        _day(counts, placed).alias("day"), **{k: pl.Series(v) for k, v in columns.items()}
    )


def _day(counts: Counts, number: NDArray) -> pl.Series:
    return pl.Series((number + (counts.first - EPOCH).days).astype(np.int32)).cast(pl.Date)


def arrays(daily: pl.DataFrame) -> Counts:
    """The `daily` frame as arrays: the inverse of `frame`. Raises ValueError when it has no rows."""
    if daily.is_empty():
        raise ValueError("expected a daily frame with at least one row")
    first, last = span(daily.get_column("day"))
    series = daily.select(SERIES).unique(maintain_order=True)
    coded = daily.join(series.with_row_index("row"), on=list(SERIES), nulls_equal=True, maintain_order="left")
    start = pl.lit((first - EPOCH).days)
    coded = coded.select(
        pl.col("row").cast(pl.Int64),
        (pl.col("day", "seen_on").to_physical().cast(pl.Int64) - start),
        "numerator",
        "denominator",
    )
    told, bad = coded.filter(pl.col("seen_on").is_null()), coded.filter(pl.col("seen_on").is_not_null())
    shape = (series.height, (last - first + timedelta(days=1)).days)
    is_covered, denominator = np.zeros(shape, bool), np.zeros(shape, np.int64)
    at = told.get_column("row").to_numpy(), told.get_column("day").to_numpy()
    is_covered[at], denominator[at] = True, told.get_column("denominator").to_numpy()
    parts = (bad.get_column(name).to_numpy() for name in ("row", "day", "seen_on", "numerator"))
    return Counts(series, first, is_covered, denominator, *parts)
