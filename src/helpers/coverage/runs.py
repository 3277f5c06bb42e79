"""Days as runs: spans into days, quiet times bridged, and the runs of days that are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

import numpy as np
import polars as pl

from helpers.frames import span

GAP_CHANCE = 0.01  # a time without an entry that chance leaves more rarely than this is a missing file
ONE = timedelta(days=1)
Run = tuple[date, date]  # its first and its last day


def spans(told: Iterable[tuple[date | None, date | None]]) -> pl.Series:
    """The days inside any of the spans, sorted; a span without an end is none."""
    named = {a + n * ONE for a, b in told if a is not None and b is not None for n in range((b - a).days + 1)}
    return pl.Series("day", sorted(named), pl.Date)


def together(*days: pl.Series) -> pl.Series:
    """The days that are in any of the columns, sorted, each once."""
    return pl.concat([pl.Series("day", [], pl.Date), *(one.alias("day") for one in days)]).unique().sort()


def quiet(days: int, entries: int) -> int:
    """The longest run of days without an entry that is no surprise where so many entries fell on so many days.

    The chance that a run of d days holds none is exp(−d · entries / days): 1 % or more is no surprise.
    """
    return int(-np.log(GAP_CHANCE) * days / max(entries, 1))


def longest_gap(days: pl.Series) -> int:
    """The same of a column that has a day for every entry, from its first day to its last."""
    first, last = span(days)
    return quiet((last - first).days + 1, len(days))


def bridged(days: pl.Series, longest: int, *, until: date | None = None) -> pl.Series:
    """The days, and every run of at most so many days between two of them; with `until` also the run after the last."""
    if days.is_empty():
        return days
    stop = days[-1] + ONE if until is None else max(days[-1], until) + ONE
    runs = days.to_frame("day").with_columns(following=pl.col("day").shift(-1, fill_value=stop))
    is_quiet = (pl.col("following") - pl.col("day")).dt.total_days() - 1 <= longest
    ends = pl.when(is_quiet).then("following").otherwise(pl.col("day") + pl.duration(days=1))
    return runs.select(pl.date_ranges("day", ends, closed="left")).explode("day").to_series()


def missing(days: Collection[date], first: date, last: date) -> list[Run]:
    """The runs of days from first to last that are not among the days, in their order."""
    runs: list[Run] = []
    for day in (first + number * ONE for number in range((last - first).days + 1)):
        if day not in days:
            is_next = bool(runs) and runs[-1][1] == day - ONE
            runs[-1:] = [(runs[-1][0], day)] if is_next else [*runs[-1:], (day, day)]
    return runs


def inside(days: pl.Series) -> list[Run]:
    """The runs of days that are missing between the first and the last."""
    return missing(frozenset(days), *span(days)) if len(days) else []
