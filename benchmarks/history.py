"""What movement and the record sentence promise, measured: `python benchmarks/history.py` writes HISTORY.md.

Drawn with fixed seeds; ten thousand reports a cell take a few minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers import clustering
from helpers.history import comparison
from helpers.history.record import explained
from helpers.verdicts import Limit, evidence

YEAR = 365
WEEK = 7


@dataclass(frozen=True)
class Rate:
    """One rate of a report: its target as a share of bad ones, its windows, its part of the orders."""

    family: str
    share: float
    windows: tuple[int, ...]
    part: float = 1.0


RATES = (
    Rate("order defects", 0.01, (60,)),
    Rate("late shipments", 0.04, (10, 30)),
    Rate("cancellations", 0.025, (7,)),
    Rate("valid tracking", 0.05, (30,), 0.7),
    Rate("valid tracking", 0.05, (30,), 0.3),
    Rate("on-time delivery", 0.10, (14,)),
)
VOLUMES = (2, 5, 20, 50, 200, 1000)
LUMPS = {"one by one": 0.0, "day batches, rho 0.02": 0.02, "day batches, rho 0.05": 0.05, "storm weeks": None}


def orders(rng: np.random.Generator, accounts: int, days: int, a_day: float, *, is_peak: bool = False) -> NDArray:
    """[account, day] orders, Poisson; with a peak three times as many in 45 of the days before the last 20."""
    mean = np.full(days, float(a_day))
    if is_peak:
        mean[-65:-20] *= 3
    return rng.poisson(mean, (accounts, days))


def bad(rng: np.random.Generator, n: NDArray, rate: NDArray | float, rho: float | None) -> NDArray:
    """[account, day] bad ones among n: one by one, in batches of a day (beta-binomial), or in storm weeks (gamma of
    variance 1 on the rate of a week)."""
    rate = np.broadcast_to(rate, n.shape)
    if rho is None:
        weeks = rng.gamma(1.0, 1.0, (n.shape[0], n.shape[1] // WEEK + 1))
        rate = np.minimum(rate * np.repeat(weeks, WEEK, axis=1)[:, -n.shape[1] :], 1.0)
    elif rho:
        size = 1 / rho - 1
        rate = rng.beta(rate * size, (1 - rate) * size)
    return rng.binomial(n, rate)


@dataclass(frozen=True)
class Windows:
    """Of many accounts: the window that ends with the last day, the one before, and the year before; deflated by D."""

    now: tuple[NDArray, NDArray, NDArray]
    before: tuple[NDArray, NDArray, NDArray]
    year: tuple[NDArray, NDArray, NDArray]

    @classmethod
    def of(cls, n: NDArray, x: NDArray, window: int) -> Windows:
        rho = clustering.of(n, x, window).rho
        count = YEAR // (window * -(-28 // window)) * -(-28 // window)
        size = n.shape[1]

        def stretch(first: int, last: int) -> tuple[NDArray, NDArray, NDArray]:
            """Bad ones, orders and D of the windows of these numbers, the judged one being 0."""
            total, squares = np.zeros(len(n)), np.zeros((len(n), len(clustering.SIZES)))
            hurt = np.zeros(len(n))
            for number in range(first, last):
                days = slice(size - (number + 1) * window, size - number * window)
                total, hurt = total + n[:, days].sum(axis=1), hurt + x[:, days].sum(axis=1)
                for place, lump in enumerate(clustering.SIZES):
                    squares[:, place] += (clustering.lumps(n[:, days], lump) ** 2).sum(axis=1)
            concentration = squares / np.maximum(total, 1)[:, None] ** 2
            return hurt, total, clustering.Clustering(rho, concentration).effect(total)

        return cls(stretch(0, 1), stretch(1, 2), stretch(1, 1 + count))


def false_movements(accounts: int, a_day: float, rho: float | None, times: float, *, is_peak: bool, seed: int) -> float:
    """The share of reports of unchanged accounts in which a movement of any rate is told; rates in targets."""
    rng = np.random.default_rng(seed)
    families: dict[str, list[NDArray]] = {}
    for rate in RATES:
        n = orders(rng, accounts, YEAR + max(rate.windows), a_day * rate.part, is_peak=is_peak)
        x = bad(rng, n, rate.share * times, rho)
        for window in rate.windows:
            found = Windows.of(n, x, window)
            for then in (found.before, found.year):
                families.setdefault(rate.family, []).append(comparison.Comparison.of(found.now, then).p)
    told = 0
    for account in range(accounts):
        adjusted = comparison.holm([[p[account] for p in tests] for tests in families.values()])
        told += min(p for tests in adjusted for p in tests) <= 0.05
    return told / accounts


def comforted(
    accounts: int, a_day: float, before: float, after: float, *, window: int = 60, share: str = "0.01", seed: int = 7
) -> dict[str, float]:
    """What is said of misses of shops whose rate turned from `before` to `after` on a day inside the window.

    `missed`: the share of windows that miss; of those `weak`, and `told`: explained by the record.
    """
    rng = np.random.default_rng(seed)
    days = YEAR + window
    n = orders(rng, accounts, days, a_day)
    since = rng.integers(0, window, accounts)
    rate = np.where(np.arange(days)[None, :] >= (days - window + since)[:, None], after, before)
    x = bad(rng, n, rate, 0.0)
    limit = Limit(Fraction(share), is_strict=True)
    found = Windows.of(n, x, window)
    missed = weak = told = 0
    for account in range(accounts):
        now, year = ([int(side[0][account]), int(side[1][account]), side[2][account]] for side in (found.now, found.year))
        if limit.is_met(now[0], now[1]):
            continue
        missed += 1
        days_of = x[account, -window:]
        spread = {"bad_days": int((days_of > 0).sum()), "worst_day": int(days_of.max())}
        if evidence.proves_missed(now[0], now[1], float(limit.share), now[2], **spread):
            continue
        weak += 1
        told += explained(tuple(now), tuple(year), limit)["is_told"]
    return {"missed": missed / accounts, "weak": weak / max(missed, 1), "told": told / max(missed, 1)}
