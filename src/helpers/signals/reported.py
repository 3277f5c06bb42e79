"""Bad ones by the day they were reported, beside the orders they can come from: what an alarm counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from helpers import clustering
from helpers.signals import delays

EVERY = 7  # days for which delays, clustering and own level stand, as they were known before the first of them
YEAR = 365
RECENT = 60  # days left out of the own level: a change must not become its own measure
LEAST = 90  # days of exposure an own level needs


@dataclass(frozen=True)
class Reported:
    """Orders and reports of several series on one calendar.

    orders     [series, day] orders placed; 0 on a day the files do not tell
    is_told    [series, day] whether the files tell what was reported on the day
    row, placed, seen, number   bad ones with a day of their own: series, order's day, day reported, how many
    undated    [series, day] bad ones dated by nothing but their file, on the day of the file: left out of the counts, and
               their share out of the exposure
    """

    orders: NDArray[np.float64]
    is_told: NDArray[np.bool_]
    row: NDArray[np.int64]
    placed: NDArray[np.int64]
    seen: NDArray[np.int64]
    number: NDArray[np.float64]
    undated: NDArray[np.float64]

    def counts(self, ages: int) -> NDArray[np.float64]:
        """[series, day] bad ones reported on each told day, of orders younger than so many days."""
        is_in = (self.seen < self.orders.shape[1]) & (self.seen - self.placed < ages)
        counts = np.zeros(self.orders.shape)
        np.add.at(counts, (self.row[is_in], self.seen[is_in]), self.number[is_in])
        return counts * self.is_told


@dataclass(frozen=True)
class Known:
    """What was known of each series before day `start`, and holds until `stop` (not included).

    shares    [series, age] share reported by age
    effect    [series] design effect of the window that ended on the day before
    is_dated  [series] share of bad ones with a day of their own
    """

    start: int
    stop: int
    shares: NDArray[np.float64]
    effect: NDArray[np.float64]
    is_dated: NDArray[np.float64]


def known(reports: Reported, window: int, prior: NDArray[np.float64], every: int = EVERY) -> Iterator[Known]:
    """What was known at the start of each stretch of `every` days, oldest first; nothing later enters.

    window   days of the judged window, for the design effect
    prior    [age] bad ones reported at each age as if known before the account's own (delays.prior)
    """
    ages = len(prior)
    series, days = reports.orders.shape
    order = np.argsort(reports.seen, kind="stable")
    row, placed, seen = reports.row[order], reports.placed[order], reports.seen[order]
    number = reports.number[order]
    age = seen - placed
    bad, by_delay = np.zeros((series, days)), np.zeros((series, ages))
    undated, dated, upto = np.maximum(reports.undated.cumsum(axis=1), 0), np.zeros(series), 0
    for start in range(0, days, every):
        until = int(np.searchsorted(seen, start))
        new = slice(upto, until)
        is_in = age[new] < ages
        np.add.at(bad.reshape(-1), row[new] * days + placed[new], number[new])
        np.add.at(by_delay.reshape(-1), (row[new] * ages + age[new])[is_in], number[new][is_in])
        dated += np.bincount(row[new], number[new], series)
        upto = until
        without_day = undated[:, start - 1] if start else np.zeros(series)
        yield Known(
            start,
            min(start + every, days),
            delays.shares(by_delay, _waited(bad, start, ages), prior),
            _effect(reports.orders[:, :start], bad[:, :start], window),
            1 - without_day / (without_day + dated + 1),
        )


def _waited(bad: NDArray[np.float64], start: int, ages: int) -> NDArray[np.float64]:
    """[series, age] the bad ones of orders so young, by the age of the order the day before `start`."""
    recent = bad[:, max(start - ages, 0) : start][:, ::-1]
    return np.pad(recent, ((0, 0), (0, ages - recent.shape[1])))


def _effect(orders: NDArray[np.float64], bad: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """[series] the design effect of the window that ends with the last day."""
    if not orders.shape[1]:
        return np.ones(len(orders))
    return lumps_of(orders, bad, window).effect(orders[:, -window:].sum(axis=1))


def lumps_of(orders: NDArray[np.float64], bad: NDArray[np.float64], window: int) -> clustering.Clustering:
    """The clustering of the window that ends with the last day."""
    orders, bad = orders[:, -clustering.YEAR :], bad[:, -clustering.YEAR :]
    return clustering.of(orders, np.minimum(bad, orders), window)


def exposure(reports: Reported, stretch: Known) -> NDArray[np.float64]:
    """[series, day of the stretch] orders whose bad ones are due to be reported on each day: Σ n_s f(t − s), of the share
    that carries a day; 0 on a day the files do not tell."""
    due = np.diff(stretch.shares, prepend=0.0, axis=1)[:, None, ::-1].copy()  # [series, 1, age] the oldest first
    length, ages = stretch.stop - stretch.start, due.shape[2]
    before = max(ages - 1 - stretch.start, 0)  # days before the first, on which nothing was ordered
    orders = np.pad(reports.orders[:, max(stretch.start - ages + 1, 0) : stretch.stop], ((0, 0), (before, 0)))
    found = np.vecdot(sliding_window_view(orders, ages, axis=1)[:, :length], due)
    return found * stretch.is_dated[:, None] * reports.is_told[:, stretch.start : stretch.stop]
