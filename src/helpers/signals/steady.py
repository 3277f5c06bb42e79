"""Of accounts like this one that do not change, how many does each watch mark in a year: simulated, with a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from helpers.signals import alarm
from helpers.signals.reported import YEAR, Reported

ACCOUNTS = 200  # a share is known to 3.5 points either way, at most
SEED = 12
SHAPE = 6.7  # of the law of a rate round the own level, as maturity.nowcast takes it before blocks are looked at
STRETCH = 28  # days between two looks at delays, clustering and level
MOST_REPORTS = 20  # a day: where more come, they come in parcels of one delay
STEP, STEP_DAYS = 0.25, 30  # the fixed-step rule: the judged rate rose by a quarter of its target within 30 days


@dataclass(frozen=True)
class Steady:
    """Accounts that do not change, as alike an account as a watch can know it.

    orders_a_day   mean
    level          share of bad ones
    allowed        share of bad ones the target allows · is_strict  whether so many miss it
    rho, lump      how alike the orders of a lump are, and its days
    window, lag    days of the judged window
    reported       [age] share reported by age
    """

    orders_a_day: float
    level: float
    allowed: float
    is_strict: bool
    rho: float
    lump: int
    window: int
    lag: int
    reported: tuple[float, ...]


@dataclass(frozen=True)
class Marked:
    """Shares of such accounts that are marked at least once in a year.

    target, own_level   by either watch
    breached, nowcast   by the judged rate, or the lower end of its nowcast, missing the target on any day
    fixed_step          by the fixed-step rule
    """

    target: float
    own_level: float
    breached: float
    nowcast: float
    fixed_step: float


@cache
def marked(like: Steady) -> Marked:
    """How many of so many steady accounts each watch marks in the second of two years, all estimated as in the files."""
    reports = drawn(np.random.default_rng(SEED), like, ACCOUNTS, 2 * YEAR)
    delays = np.diff(np.array(like.reported), prepend=0.0) * 20
    found = alarm.watched(reports, like.allowed, like.window, delays, every=STRETCH)
    bad, orders = judged(reports, like.window, like.lag)
    rate = np.divide(bad, orders, out=np.zeros_like(bad), where=orders > 0)
    least = _least(reports, found, like, bad)
    return Marked(
        _share(found.target[:, YEAR:] >= np.log(alarm.ALARM_AT) - 1e-9),
        _share(found.own[:, YEAR:] >= np.log(alarm.RUN_LENGTH) - 1e-9),
        _share(_misses(bad, orders, like)[:, YEAR:]),
        _share(_misses(least, orders, like)[:, YEAR:]),
        _share(rate[:, YEAR:] - rate[:, YEAR - STEP_DAYS : -STEP_DAYS] >= STEP * like.allowed),
    )


def drawn(rng: np.random.Generator, like: Steady, accounts: int, days: int) -> Reported:
    """So many such accounts: orders Poisson, bad ones in lumps (beta-binomial), reported after the delays of the curve."""
    orders = rng.poisson(like.orders_a_day, (accounts, days))
    rate = np.full((accounts, -(-days // like.lump)), like.level)
    if like.rho > 0:
        size = 1 / like.rho - 1
        rate = rng.beta(np.maximum(rate * size, 1e-9), (1 - rate) * size)
    bad = rng.binomial(orders, np.repeat(rate, like.lump, axis=1)[:, :days])
    parcel = max(1, round(like.orders_a_day * like.level / MOST_REPORTS))
    row, placed = np.nonzero(bad)
    parcels = -(-bad[row, placed] // parcel)
    number = np.full(parcels.sum(), float(parcel))
    number[parcels.cumsum() - 1] = bad[row, placed] - (parcels - 1) * parcel
    row, placed = np.repeat(row, parcels), np.repeat(placed, parcels)
    delay = np.searchsorted(np.array(like.reported), rng.random(len(row)), side="right")
    seen = placed + np.minimum(delay, len(like.reported) - 1)
    return Reported(
        orders.astype(float), np.ones(orders.shape, bool), row, placed, seen, number, np.zeros(orders.shape)
    )


def judged(reports: Reported, window: int, lag: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """[series, day] bad ones and orders of the window the marketplace would judge: what was seen by the day, of orders old
    enough."""
    series, days = reports.orders.shape
    enters = np.maximum(reports.placed + lag, reports.seen)
    leaves = reports.placed + lag + window
    stays = (enters < leaves) & (enters < days)
    moved = np.zeros((series, days + 1))
    np.add.at(moved, (reports.row[stays], enters[stays]), reports.number[stays])
    np.add.at(moved, (reports.row[stays], np.minimum(leaves[stays], days)), -reports.number[stays])
    upto = np.pad(reports.orders.cumsum(axis=1), ((0, 0), (window + lag, 0)))
    orders = upto[:, window : window + days] - upto[:, :days]
    return moved[:, :-1].cumsum(axis=1), orders


def _misses(bad: NDArray[np.float64], orders: NDArray[np.float64], like: Steady) -> NDArray[np.bool_]:
    over = bad >= like.allowed * orders - 1e-9 if like.is_strict else bad > like.allowed * orders + 1e-9
    return over & (orders > 0)


def _least(reports: Reported, found: alarm.Watched, like: Steady, bad: NDArray[np.float64]) -> NDArray[np.float64]:
    """[series, day] the lower end of the nowcast of the judged window, about: its mean as in maturity.nowcast, of a rate
    drawn from the own level, less 1.645 standard deviations."""
    days = bad.shape[1]
    padded = np.pad(reports.orders, ((0, 0), (like.window + like.lag, 0)))
    due, rest, part = (np.zeros(bad.shape) for _ in range(3))
    for age in range(like.lag, like.lag + like.window):
        share = like.reported[min(age, len(like.reported) - 1)]
        placed = padded[:, like.window + like.lag - age :][:, :days]
        due += np.multiply(share, placed, out=part)
        rest += np.multiply(1 - share, placed, out=part)
    level = np.where(np.isnan(found.level), like.allowed, found.level)
    weight = SHAPE / level + due
    rate = (SHAPE + bad) / weight
    mean, variance = rest * rate, rest * rate + rest**2 * rate / weight
    return bad + np.maximum(np.floor(mean - 1.645 * np.sqrt(variance)), 0.0)


def _share(marks: NDArray[np.bool_]) -> float:
    return float(marks.any(axis=1).mean())
