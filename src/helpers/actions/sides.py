"""The days before and since an action, by the day of the order, with the bad ones both had by the same age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.coverage import days_of_kinds
from helpers.frames import first_day, last_day
from helpers.maturity import Curve, Reports
from helpers.maturity.priors import OLDEST
from helpers.vocabulary import METRICS, Account

YEAR = 365  # days on either side, at most
LEAST_SHARE = 0.25  # of the bad ones, reported by the age both sides are counted at
NEARLY = 0.98  # of the most reported bad ones: a month of waiting for the last of them shows no more
LEAST = 28  # days that prompt an action, at least

Run = tuple[date, date]


@dataclass(frozen=True)
class Series:
    """One rate of a store and channel, with what its sides are made of.

    key           account, marketplace, metric, fulfilment, group
    first         day number 0
    reports       orders and dated bad ones
    is_covered    [day] whether the files tell the orders of the day
    curve         its delay curve
    window, lag   days of its longest judged window, and of its lag
    starts, ends  the days between which files of every kind it needs speak; the day looked at at most
    """

    key: Mapping[str, str | None]
    first: date
    reports: Reports
    is_covered: NDArray[np.bool_]
    curve: Curve
    window: int
    lag: int
    starts: date
    ends: date

    @property
    def metric(self) -> str:
        return str(self.key["metric"])

    def number(self, day: date) -> int:
        return (day - self.first).days

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def bad(self, age: int) -> NDArray[np.float64]:
        """[day] bad ones of each day's orders that were reported by this age; never more than orders."""
        orders, reports = self.reports.orders, self.reports
        early = reports.seen - reports.placed <= age
        told = np.bincount(reports.placed[early], reports.count[early], len(orders))
        bad = orders - told if METRICS[self.metric].good_is == "high" else told
        return np.clip(bad, 0, orders).astype(float)

    def holes(self, days: slice) -> list[Run]:
        """The days of a stretch that no order file tells, as runs."""
        missing = np.flatnonzero(~self.is_covered[days]) + days.start
        runs = np.split(missing, np.flatnonzero(np.diff(missing) > 1) + 1) if len(missing) else []
        return [(self.day(int(run[0])), self.day(int(run[-1]))) for run in runs]


@dataclass(frozen=True)
class Sides:
    """Day numbers of the sides; each empty where there is none.

    before       the level: the year up to the days that prompted the action
    prompting    the judged window as it stood on the day before the action, and its lag: on neither side
    after        from the action to the last day whose orders are as old as `age`
    age          days: a bad one counts on either side when it was reported by this age of its order
    is_over      whether no later day will be added: another event followed, or a year has passed
    """

    before: slice
    prompting: slice
    after: slice
    age: int
    is_over: bool = False

    @property
    def every(self) -> slice:
        return slice(min(self.before.start, self.prompting.start), max(self.after.stop, self.prompting.stop))


def of(series: Series, on: date, after: date, since: date | None, ends: date | None) -> Sides:
    """The sides of an action done from `on`, whose days since begin on `after`.

    since, ends   the first day after the event before, and the last before the next
    The age is the one at which the days since hold most reported bad ones, by the curve: old orders few, young ones unripe.
    """
    start = max(series.number(max(series.starts, since) if since else series.starts), 0)
    last = min(series.number(ends) if ends else series.number(series.ends), len(series.reports.orders) - 1)
    number, first = series.number(on), series.number(after)
    age = _age(series, first, last)
    stop = min(last, series.number(series.ends) - age, first + YEAR - 1) + 1
    prompted = max(number - max(series.window, LEAST) - series.lag, start)
    level = max(prompted - YEAR, start)
    return Sides(
        slice(level, max(prompted, level)),
        slice(min(prompted, number), number),
        slice(first, max(stop, first)),
        age,
        stop == first + YEAR or (ends is not None and stop == series.number(ends) + 1),
    )


def _age(series: Series, first: int, last: int) -> int:
    """The youngest age at which orders of the days since, so old by now, hold nearly the most reported bad ones.

    Never so young that less than a quarter is reported: there the delays decide, not the orders.
    """
    ages = np.arange(series.curve.age_of(LEAST_SHARE), OLDEST + 1)
    orders = np.concatenate([[0], series.reports.orders.cumsum()])
    stops = np.clip(np.minimum(last, series.number(series.ends) - ages) + 1, first, len(orders) - 1)
    held = (orders[stops] - orders[min(first, len(orders) - 1)]) * series.curve.share(ages)
    return int(ages[(held >= NEARLY * held.max()).argmax()]) if held.any() else int(series.curve.age_of(0.5))


def spoken_for(account: Account, metric: str, day: date) -> Run | None:
    """The first and the last day files of every kind a rate needs speak for, as far as they are there, up to a day."""
    ends = []
    for days in days_of_kinds(account, metric).values():
        told = days.filter(days <= day)
        first, last = first_day(told), last_day(told)
        if first is not None and last is not None:
            ends.append((first, last))
    return (max(first for first, _ in ends), min(last for _, last in ends)) if ends else None


def touching(holes: pl.DataFrame, gaps: pl.DataFrame, series: Series, kinds: Sequence[str], run: Run) -> list[Run]:
    """The holes and gaps of files a rate needs that touch some days, each once, oldest first."""
    marketplace, metric, fulfilment = (series.key[name] for name in ("marketplace", "metric", "fulfilment"))
    of_kind = holes.filter(
        pl.col("kind").is_in(list(kinds)), pl.col("marketplace").is_null() | (pl.col("marketplace") == marketplace)
    )
    of_rate = gaps.filter(marketplace=marketplace, metric=metric, fulfilment=fulfilment)
    both = pl.concat([each.select("first_day", "last_day") for each in (of_kind, of_rate)])
    inside = both.filter(pl.col("first_day") <= run[1], pl.col("last_day") >= run[0])
    return sorted(set(inside.rows()))
