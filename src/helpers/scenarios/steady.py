"""How many steady accounts a forecast would mark: as large, as clustered and as late as this one, looked at each month of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from helpers.scenarios.ahead import Ahead
from helpers.scenarios.known import OLDEST, Known
from helpers.scenarios.record import as_met

SHOPS, LOOKS, MONTH = 60, 12, 30  # simulated accounts, reports of a year, days between two
PATHS = 200  # of a forecast: it is compared with a level, not printed
SEED = 20261128


def share_over(known: Known, days: int, level: float) -> float:
    """Of steady accounts at this one's rate, or at the target if that is less, the share that a forecast of so many days says
    at least once in a year of monthly reports to be over with a chance of `level` or more. A report that finds the target
    missed already says nothing."""
    generator = np.random.default_rng(SEED)
    length = len(known.orders)
    told = known.orders[known.is_told][-365:]
    exposed = float((known.orders * known.share[np.minimum(known.age, OLDEST)])[known.is_told][-365:].sum())
    rate = (float(known.bad[known.is_told][-365:].sum()) + 0.5) / (exposed + 1)
    rate = min(rate, float(known.rule.limit.share))
    shape = (length + LOOKS * MONTH,)
    marked = sum(
        _is_marked(known, generator.poisson(told.mean(), shape), rate, days, level, generator) for _ in range(SHOPS)
    )
    return marked / SHOPS


def _is_marked(
    known: Known, orders: NDArray[np.int64], rate: float, days: int, level: float, generator: np.random.Generator
) -> bool:
    """Whether one simulated account is marked in any month."""
    variance = known.rho * (1 - rate) / rate
    lumps = -(-len(orders) // known.lump_days)
    frailty = generator.gamma(1 / variance, variance, lumps) if variance > 1e-6 else np.ones(lumps)
    bad = np.minimum(generator.poisson(orders * rate * frailty.repeat(known.lump_days)[: len(orders)]), orders)
    placed = np.repeat(np.arange(len(orders)), bad)
    seen = placed + np.searchsorted(known.share, generator.random(len(placed)))
    length = len(known.orders)
    for look in range(LOOKS):
        day = look * MONTH + length - 1
        is_seen = (seen <= day) & (placed <= day) & (placed > day - length)
        counts = np.bincount(placed[is_seen] - (day - length + 1), minlength=length)
        window = slice(length - known.rule.lag - known.rule.window, length - known.rule.lag)
        now = orders[day - length + 1 : day + 1]
        if known.rule.is_missed(counts[window].sum(), now[window].sum()):
            continue
        then = as_met(known, known.day + timedelta(days=look * MONTH))
        then = replace(then, orders=now, bad=counts, is_told=np.ones(length, bool))
        if Ahead.of(then, days, paths=PATHS, seed=SEED + look).by_day[days - 1] >= level:
            return True
    return False
