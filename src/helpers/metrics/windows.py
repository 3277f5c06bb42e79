"""Counts a day → trailing windows, with their interval.

A defect on order day o, seen on day v, stands in the window judged on day d exactly while

    max(o + lag, v) ≤ d ≤ o + lag + window − 1

so every window is a sum of such stays: one difference and one running total a series, never a rolling window.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from helpers import intervals
from helpers.frames import KEY, SCHEMAS, SERIES, empty
from helpers.targets import Rules
from helpers.vocabulary import METRICS


def visible(daily: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The counts the platform could have shown on `as_of`: orders placed and defects seen by that day."""
    return daily.filter(pl.col("day") <= as_of, pl.col("seen_on").is_null() | (pl.col("seen_on") <= as_of))


def windows(daily: pl.DataFrame, rules: Rules, as_of: date) -> pl.DataFrame:
    """The windows each series is judged or shown over on `as_of`: its key, `window_days` and `lag_days`."""
    rows = []
    for series in daily.select(SERIES).unique().iter_rows(named=True):
        metric = METRICS[series["metric"]]
        found = rules(metric.key, series["marketplace"], series["fulfilment"], as_of)
        named = {(t.window_days, metric.lag_days if t.lag_days is None else t.lag_days) for t in found if t.window_days}
        for window_days, lag_days in named or {(w, metric.lag_days) for w in metric.windows}:
            rows.append(series | {"window_days": window_days, "lag_days": lag_days})
    return pl.DataFrame(rows, schema={**KEY, "lag_days": pl.Int32}).sort(*KEY)


def trailing(daily: pl.DataFrame, rules: Rules, as_of: date) -> pl.DataFrame:
    """Every window's counts, rate and 95 % Wilson interval on every day: the `trailing` frame.

    The row of day d says what the platform would judge on d: orders placed from d − lag − window + 1 to d − lag,
    defects seen by d. Days after `as_of` (up to the lag) hold the windows not yet judged, with what `as_of` knows.
    """
    known = visible(daily, as_of)
    if known.is_empty():
        return empty("trailing")
    spans = windows(known, rules, as_of)
    parts = [_trailing_of(known, part, as_of) for _, part in spans.group_by("window_days", "lag_days")]
    return pl.concat(parts).sort(*KEY, "day")


def _trailing_of(daily: pl.DataFrame, spans: pl.DataFrame, as_of: date) -> pl.DataFrame:
    window, lag = spans.row(0, named=True)["window_days"], spans.row(0, named=True)["lag_days"]
    first = daily.get_column("day").min()
    days = pl.date_range(first + timedelta(days=lag), as_of + timedelta(days=lag), eager=True).alias("day")
    series = spans.select(*KEY).with_row_index("series")
    rows = daily.join(series.select("series", *SERIES), on=list(SERIES), nulls_equal=True)
    standing = _standing(rows, series.height, first, len(days), window, lag)
    frame = series.join(days.to_frame(), how="cross", maintain_order="left_right").with_columns(
        pl.Series(name, values.ravel()) for name, values in standing.items()
    )
    x, n = (frame.get_column(f"window_{part}").to_numpy() for part in ("numerator", "denominator"))
    # refunds of a quiet day can outnumber what was sold on it: then there is a figure, and no interval
    low, high = intervals.wilson(np.minimum(x, n), n)
    low, high = (np.where(x > n, np.nan, end) for end in (low, high))
    end = pl.col("day") - pl.duration(days=lag)
    return frame.with_columns(
        window_start=end - pl.duration(days=window - 1),
        window_end=end,
        rate=pl.Series(np.divide(x, n, out=np.full(len(x), np.nan), where=n > 0)).fill_nan(None),
        rate_low=pl.Series(low).fill_nan(None),
        rate_high=pl.Series(high).fill_nan(None),
        is_mature=(pl.col("day") <= as_of) & pl.col("reaches_end"),
        source=pl.lit("files"),
    ).select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["trailing"].items())


def _standing(rows: pl.DataFrame, series: int, first: date, days: int, window: int, lag: int) -> dict[str, np.ndarray]:
    """What stands in the window of each series (rows) on each day (columns), from first + lag on."""
    code = rows.get_column("series").to_numpy().astype(np.int64)
    placed = (rows.get_column("day") - first).dt.total_days().to_numpy()
    seen = (rows.get_column("seen_on") - first).dt.total_days().fill_null(0).to_numpy().astype(np.int64) - lag
    start, end = np.maximum(placed, seen), placed + window  # in days after first + lag; end is the day it leaves

    def total(weights: np.ndarray) -> np.ndarray:
        stays = (start < end) & (start < days) & (weights > 0)
        width = days + 1
        enter = np.bincount(code[stays] * width + start[stays], weights[stays], series * width)
        leave = np.bincount(code[stays] * width + np.minimum(end[stays], days), weights[stays], series * width)
        return (enter - leave).reshape(series, width)[:, :-1].cumsum(axis=1).round().astype(np.int64)

    is_calendar = rows.get_column("seen_on").is_null().to_numpy()
    covered_in_window = total(is_calendar.astype(float))
    reached = np.zeros(series, np.int64)
    np.maximum.at(reached, code[is_calendar], placed[is_calendar])
    reaches_end = reached[:, None] >= np.arange(days)[None, :]
    missing_at_end = np.maximum(np.arange(days)[None, :] - reached[:, None], 0)
    return {
        "window_numerator": total(rows.get_column("numerator").to_numpy().astype(float)),
        "window_denominator": total(rows.get_column("denominator").to_numpy().astype(float)),
        "is_covered": covered_in_window + missing_at_end >= window,
        "reaches_end": reaches_end,
    }
