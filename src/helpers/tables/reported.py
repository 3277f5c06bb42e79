"""The marketplace's own figures as a series: what account-health downloads of different days said of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import polars as pl
from IPython.display import HTML

from helpers.frames import KEY
from helpers.tables.layout import folded, table, words
from helpers.vocabulary import METRICS
from helpers.wording import capital, count, percent, plural, short_day, where

UNMEASURED = "not measured"  # a rate of no orders


def reported(snapshots: pl.DataFrame, as_of: date) -> HTML:
    """A row a figure that downloads of at least two days tell, up to the day after `as_of`; equal neighbours are one value
    with its first and its last day. Nothing where each figure is told on one day alone; one that was never measured is none.

    snapshots   the account's: each download of a marketplace that keeps no history
    """
    key = list(KEY)
    seen = snapshots.filter(pl.col("taken_on") <= as_of + timedelta(days=1)).unique([*key, "taken_on"], keep="last")
    told = seen.filter(pl.col("taken_on").n_unique().over(key) > 1).sort(
        "marketplace", "metric", "fulfilment", "window_days", "taken_on", nulls_last=True
    )
    every = [list(rows) for _, rows in groupby(told.iter_rows(named=True), lambda row: tuple(row[one] for one in key))]
    series = [rows for rows in every if any(_value(row) != UNMEASURED for row in rows)]
    if not series:
        return HTML("")
    rows = [{"Figure": _figure(one[0]), "As downloads told it": _values(one)} for one in series]
    days = plural(told.get_column("taken_on").n_unique(), "download day")
    of = f"{plural(len(rows), 'figure')} of the marketplace over {days}"
    return folded(table(rows, "reported"), len(rows), of, always=True, is_proof=False)


def _figure(row: Mapping[str, Any]) -> str:
    metric = METRICS.get(row["metric"])
    said = f"{metric.label if metric else capital(words(row['metric']))}, {where(row)}"
    window = f"{row['window_days']} days"
    return said if row["window_days"] is None or window in said else f"{said}, {window}"


def _values(rows: Iterable[Mapping[str, Any]]) -> str:
    runs = [(value, [row["taken_on"] for row in same]) for value, same in groupby(rows, _value)]
    return "; ".join(f"{value} ({_when(days)})" for value, days in runs)


def _when(days: list[date]) -> str:
    return short_day(days[0]) if len(days) == 1 else f"{short_day(days[0])} to {short_day(days[-1])}"


def _value(row: Mapping[str, Any]) -> str:
    rate, x, n = row["rate_reported"], row["numerator"], row["denominator"]
    if rate is not None:
        return f"{percent(rate)}, {count(x)} of {count(n)}" if x is not None and n is not None else percent(rate)
    if x is not None and n is None:
        return count(x)
    return UNMEASURED if row["metric"] in METRICS else words(row["status_reported"] or "no word").lower()
