"""The marketplace's own figures as a series: what account-health downloads of different days said of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import polars as pl
from IPython.display import HTML

from helpers.frames import KEY
from helpers.sentences import say
from helpers.tables.layout import folded, period, table, words
from helpers.vocabulary import METRICS
from helpers.wording import capital, count, percent, short_day, where


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
    series = [rows for rows in every if any(_value(row) != say("not-measured") for row in rows)]
    if not series:
        return HTML("")
    rows = [{"figure": _figure(one[0]), "values": _values(one)} for one in series]
    of = say("reported", figures=len(rows), days=told.get_column("taken_on").n_unique())
    return folded(table(rows, "reported"), len(rows), of, always=True, is_proof=False)


def _figure(row: Mapping[str, Any]) -> str:
    metric = METRICS.get(row["metric"])
    said = f"{metric.label if metric else capital(words(row['metric']))}, {where(row)}"
    window = "" if row["window_days"] is None else say("window", days=row["window_days"])
    return said if window in said else ", ".join([said, window])


def _values(rows: Iterable[Mapping[str, Any]]) -> str:
    runs = [(value, [row["taken_on"] for row in same]) for value, same in groupby(rows, _value)]
    return "; ".join(f"{value} ({_when(days)})" for value, days in runs)


def _when(days: list[date]) -> str:
    return short_day(days[0]) if len(days) == 1 else period(days[0], days[-1])


def _value(row: Mapping[str, Any]) -> str:
    rate, x, n = row["rate_reported"], row["numerator"], row["denominator"]
    if rate is not None:
        counts = [say("part", part=x, of=count(n))] if x is not None and n is not None else []
        return ", ".join([percent(rate), *counts])
    if x is not None and n is None:
        return count(x)
    if row["metric"] in METRICS:
        return say("not-measured")
    return words(row["status_reported"]).lower() if row["status_reported"] else say("no-word")
