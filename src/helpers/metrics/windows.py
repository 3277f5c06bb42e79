"""Counts a day → trailing windows, with their interval.

A defect on order day o, seen on day v, stands in the window judged on day d exactly while

    max(o + lag, v) ≤ d ≤ o + lag + window − 1

so every window is a sum of such stays: one difference and one running total a series, never a rolling window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from helpers import clustering, intervals, windows
from helpers.frames import KEY, SCHEMAS, SERIES, empty
from helpers.metrics.calendar import EPOCH, Counts, arrays
from helpers.targets import Rules

RHO = ("rho_days", "rho_weeks")  # of the `lumps` frame, as clustering.SIZES
ASKED = ("marketplace", "metric", "fulfilment")  # what a target is looked up by


def visible(daily: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The counts the platform could have shown on `as_of`: orders placed and defects seen by that day."""
    return daily.filter(pl.col("day") <= as_of, pl.col("seen_on").is_null() | (pl.col("seen_on") <= as_of))


def spans(series: pl.DataFrame, rules: Rules, as_of: date) -> pl.DataFrame:
    """The windows each series is judged or shown over on `as_of`: its key, `window_days` and `lag_days`.

    series   any frame with the columns of a series; each is asked for once
    """
    each = series.select(SERIES).unique()
    rows = []
    for said in each.select(ASKED).unique().iter_rows(named=True):
        found = windows.of(said["metric"], said["marketplace"], said["fulfilment"], as_of, rules)
        rows += [said | {"window_days": window.days, "lag_days": window.lag_days} for window in found]
    asked = pl.DataFrame(rows, schema={name: KEY[name] for name in (*ASKED, "window_days")} | {"lag_days": pl.Int32})
    return each.join(asked, on=list(ASKED)).select(*KEY, "lag_days").sort(*KEY)


def trailing(daily: pl.DataFrame, rules: Rules, as_of: date, lumps: pl.DataFrame | None = None) -> pl.DataFrame:
    """Every window's counts, rate and 90 % interval on every day: the `trailing` frame.

    lumps   metrics.lumps: how the bad ones of each key cluster; intervals are of counts deflated by it (Clopper-Pearson,
            docs/contracts.md section 3). Without it there are no intervals
    The row of day d says what the platform would judge on d: orders placed from d − lag − window + 1 to d − lag,
    defects seen by d. Days after `as_of` (up to the lag) hold the windows not yet judged, with what `as_of` knows.
    """
    known = visible(daily, as_of)
    if known.is_empty():
        return empty("trailing")
    return pl.concat([empty("trailing"), *trailing_of(arrays(known), rules, as_of, lumps)]).sort(*KEY, "day")


def trailing_of(
    counts: Counts, rules: Rules, as_of: date, lumps: pl.DataFrame | None = None, *, series_at_once: int = 1000
) -> Iterator[pl.DataFrame]:
    """The `trailing` frame of counts (metrics.count), in parts: one a window and `series_at_once` series."""
    if counts.series.is_empty() or counts.first > as_of:
        return
    judged = spans(counts.series, rules, as_of).join(
        counts.series.with_row_index("row"), on=list(SERIES), nulls_equal=True, maintain_order="left"
    )
    if lumps is not None:
        judged = judged.join(
            lumps.select(*KEY, *RHO), on=list(KEY), how="left", nulls_equal=True, maintain_order="left"
        )
    for (window, lag), part in judged.group_by("window_days", "lag_days", maintain_order=True):
        for start in range(0, part.height, series_at_once):
            yield _trailing_of(counts, part[start : start + series_at_once], window, lag, as_of)


def _trailing_of(counts: Counts, spans: pl.DataFrame, window: int, lag: int, as_of: date) -> pl.DataFrame:
    days = (as_of - counts.first).days + 1  # of orders; the window that ends on day i is judged on first + lag + i
    row = spans.get_column("row").to_numpy()
    end = np.tile(np.arange(days, dtype=np.int32) + (counts.first - EPOCH).days, len(row))
    standing = {name: values.ravel() for name, values in _standing(counts, row, days, window, lag).items()}
    x, n = standing["window_numerator"], standing["window_denominator"]
    low, high = _interval(counts, spans, window, days, x, n)
    is_mature = standing.pop("reaches_end") & (end <= (as_of - EPOCH).days - lag)
    rate = np.divide(x, n, out=np.full(len(x), np.nan), where=n > 0)
    key = spans.select(*KEY)[np.repeat(np.arange(len(row), dtype=np.uint32), days)]
    moments = {"day": end + lag, "window_start": end - (window - 1), "window_end": end}
    rates = {"rate": rate, "rate_low": low, "rate_high": high}
    return key.with_columns(
        *(pl.Series(name, values).cast(pl.Date) for name, values in moments.items()),
        *(pl.Series(name, values) for name, values in standing.items()),
        *(pl.Series(name, values, nan_to_null=True) for name, values in rates.items()),
        pl.Series("is_mature", is_mature),
        source=pl.lit("files"),
    ).select(*SCHEMAS["trailing"])


def _interval(
    counts: Counts, spans: pl.DataFrame, window: int, days: int, x: np.ndarray, n: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the interval of each series on each day; nan where there is none."""
    low, high = np.full(len(x), np.nan), np.full(len(x), np.nan)
    if RHO[0] not in spans.columns:
        return low, high
    rho = spans.select(pl.col(RHO).fill_null(clustering.USUAL)).to_numpy()
    orders = _ended(counts.denominator[spans.get_column("row").to_numpy()], days)
    effect = clustering.effects(rho, orders, window).ravel()
    told = (n > 0) & (x <= n)  # refunds of a quiet day can outnumber what was sold on it: a figure, and no interval
    low[told], high[told] = intervals.clopper_pearson(x[told] / effect[told], n[told] / effect[told])
    return low, high


def _ended(each: np.ndarray, days: int) -> np.ndarray:
    """[series, day] for so many days; days that are not there are 0."""
    return np.pad(each[:, :days], ((0, 0), (0, max(days - each.shape[1], 0))))


def _standing(counts: Counts, row: np.ndarray, days: int, window: int, lag: int) -> dict[str, np.ndarray]:
    """What stands in the window of each series (rows) on each day (columns), from first + lag on."""
    is_covered = counts.is_covered[row, :days]
    last = np.where(is_covered.any(axis=1), is_covered.shape[1] - 1 - is_covered[:, ::-1].argmax(axis=1), 0)
    after_last = np.arange(days)[None, :] - last[:, None]
    return {
        "window_numerator": _bad_standing(counts, row, days, window, lag),
        "window_denominator": _sums(counts.denominator[row, :days], days, window),
        "is_covered": _sums(is_covered, days, window) + np.maximum(after_last, 0) >= window,
        "reaches_end": after_last <= 0,
    }


def _sums(each: np.ndarray, days: int, window: int) -> np.ndarray:
    """[series, day] sums of the last `window` days, for `days` days; days that are not there are 0."""
    total = np.zeros((len(each), days + 1), np.int64)
    np.cumsum(each, axis=1, out=total[:, 1 : each.shape[1] + 1])
    total[:, each.shape[1] + 1 :] = total[:, [each.shape[1]]]
    sums = total[:, 1:].copy()
    sums[:, window:] -= total[:, 1 : max(days + 1 - window, 1)]
    return sums


def _bad_standing(counts: Counts, row: np.ndarray, days: int, window: int, lag: int) -> np.ndarray:
    """[series, day] bad ones that stand, by the days on which each enters and leaves: the formula above."""
    place = np.full(len(counts.series), -1)
    place[row] = np.arange(len(row))
    code, width = place[counts.row], days + 1
    start, end = np.maximum(counts.placed, counts.seen - lag), counts.placed + window
    stays = (code >= 0) & (start < end) & (start < days) & (counts.seen < days)
    code, start, end, weight = code[stays], start[stays], end[stays], counts.numerator[stays]
    enter = np.bincount(code * width + start, weight, len(row) * width)
    leave = np.bincount(code * width + np.minimum(end, days), weight, len(row) * width)
    return (enter - leave).reshape(-1, width)[:, :-1].cumsum(axis=1).round().astype(np.int64)
