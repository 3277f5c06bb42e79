"""How many orders are to come: the pace of the last four weeks, its weekdays where the data show them, and how it scatters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from helpers.scenarios.known import Floats, Known

PACE = 28  # days whose mean is the pace
WEEKS = 12  # looked at for weekdays and scatter
SHOWN = 0.01  # p of equal weekdays under which the data show that they differ
BLOCK = 28  # days between steps of the pace
USUAL, WEIGHT = 0.15, 4.0  # standard deviation of a step of the logarithm, taken beforehand as firmly as so many steps


def pace(known: Known) -> float:
    """Orders a day, as lately."""
    told = known.orders[: len(known.orders) - known.untold][-PACE:]
    return float(told.mean()) if len(told) else 0.0


def drawn(known: Known, paths: int, days: int, generator: np.random.Generator) -> NDArray[np.int32]:
    """[path, day] orders of the days after the last one told."""
    told = known.orders[: len(known.orders) - known.untold]
    lately = pace(known)
    if lately == 0:
        return np.zeros((paths, days), np.int32)
    factors = weekdays(told)
    mean = lately * np.resize(factors, days)  # the day after the last told has its own weekday first
    steps = -(-days // BLOCK)
    # The pace itself is known from 28 days only, and it goes on stepping.
    size = step_of(told)
    moves = size * generator.standard_normal((paths, steps)).cumsum(axis=1) - size**2 * np.arange(1, steps + 1) / 2
    level = np.repeat(np.exp(moves), BLOCK, axis=1)[:, :days]
    over = scatter(told, factors)
    if over > 1.05:  # a negative binomial day: its variance is `over` times its mean
        shape = np.maximum(mean / (over - 1), 1e-3)
        level = level * generator.standard_gamma(np.broadcast_to(shape, level.shape)) / shape
    return generator.poisson(np.minimum(mean * level, 1e7)).astype(np.int32)


def weekdays(told: np.ndarray) -> Floats:
    """[7] factors of the seven days after the last one told; all 1 where equal weekdays explain the counts."""
    whole = told[len(told) % 7 :][-7 * WEEKS :].reshape(-1, 7).astype(float)
    total = whole.sum()
    if len(whole) < 4 or total == 0:
        return np.ones(7)
    sums, expected = whole.sum(axis=0), total / 7
    over = max(((whole - whole.mean(axis=0)) ** 2).sum() / max(len(whole) - 1, 1) / 7 / (total / whole.size), 1.0)
    is_shown = chdtrc(6, ((sums - expected) ** 2 / expected).sum() / over) < SHOWN
    return sums / expected if is_shown else np.ones(7)


def scatter(told: np.ndarray, factors: Floats) -> float:
    """Variance of a day's orders over its mean, about the mean of its week; at least 1."""
    whole = told[len(told) % 7 :][-7 * WEEKS :].reshape(-1, 7).astype(float)
    expected = whole.mean(axis=1, keepdims=True) * factors
    held = expected > 0
    if held.sum() < 14:
        return 1.0
    return max(float(((whole - expected)[held] ** 2 / expected[held]).sum() / (held.sum() * 6 / 7)), 1.0)


def step_of(told: np.ndarray) -> float:
    """Standard deviation of a step of the logarithm of the pace between blocks of four weeks, beyond chance."""
    whole = told[len(told) % BLOCK :].reshape(-1, BLOCK).sum(axis=1).astype(float)[-13:]
    whole = whole[np.argmax(whole > 0) :] if whole.any() else whole[:0]
    moves = np.diff(np.log(whole + 0.5))
    chance = (1 / (whole[1:] + 0.5) + 1 / (whole[:-1] + 0.5)).sum() if len(whole) > 1 else 0.0
    own = max(float((moves**2).sum() - chance), 0.0)
    return float(np.sqrt((WEIGHT * USUAL**2 + own) / (WEIGHT + len(moves))))
