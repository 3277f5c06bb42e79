"""A year to come, drawn many times: orders, bad ones and the days on which each is reported and leaves its window.

Every bad one has a mark, uniform between 0 and 1: a scenario in which fewer come keeps those whose mark is under its factor,
so that all scenarios of a rate are of the same shops (common random numbers). Those with a mark between 1 and 2 come only
where more do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helpers.scenarios import rates, volume
from helpers.scenarios.known import OLDEST, Floats, Known

PATHS = 5_000
LEAST_PATHS = 2_000
MOST_BAD = 12_000_000  # bad ones drawn at most, before fewer shops are: memory and time
HORIZON = 365
SEED = 20261128


@dataclass(frozen=True)
class Futures:
    """Drawn days of one rate.

    orders                      [path, order day] after the last day told
    path, placed, enters, mark  [bad one] not yet reported today: whose, the order day (from `orders`; below 0: placed before),
                                the judged day from which it counts (1 = tomorrow), its mark
    rate                        [path] of bad ones today
    """

    known: Known
    days: int
    orders: NDArray[np.integer]
    path: NDArray[np.int32]
    placed: NDArray[np.int32]
    enters: NDArray[np.int32]
    mark: NDArray[np.float32]
    rate: Floats

    @property
    def paths(self) -> int:
        return len(self.orders)

    @property
    def first(self) -> int:
        """The judged day on which the first order day of `orders` enters the window."""
        return 1 - self.known.untold + self.known.rule.lag


def drawn(
    known: Known, days: int = HORIZON, *, paths: int | None = None, seed: int = SEED, more: bool = False
) -> Futures:
    """The futures of a rate as it is known.

    more   also bad ones that come only in scenarios with more of them (marks from 1 to 2), in draws of their own: the others
           are the same with and without
    """
    generator = np.random.default_rng(seed)
    coming = max(days - known.rule.lag + known.untold, 0)
    pace = volume.pace(known)
    usual = max(float(known.bad.sum()) / max(float(known.orders.sum()), 1.0), 1e-4)
    if paths is None:
        paths = int(np.clip(MOST_BAD / max(pace * usual * coming, 1.0), LEAST_PATHS, PATHS))
    now = rates.drawn(known, paths, generator)
    rate = now.rate
    orders = volume.drawn(known, paths, coming, generator)
    intensity = _intensity(known, orders, now.ahead(max(coming, 1), generator), generator)
    young, expected = _young(known, rate)
    counts = np.hstack([generator.poisson(expected), np.minimum(generator.poisson(intensity), orders)])
    drawings = [listed(known, counts, young, generator, low=0.0)]
    if more:
        apart = np.random.default_rng(seed + 1)
        further = np.hstack([np.zeros_like(expected, int), np.minimum(apart.poisson(intensity), orders)])
        drawings.append(listed(known, further, young, apart, low=1.0))
    path, placed, enters, mark = (np.concatenate(parts) for parts in zip(*drawings, strict=True))
    return Futures(known, days, orders, path, placed, enters, mark, rate)


def _intensity(known: Known, orders: NDArray, rate: Floats, generator: np.random.Generator) -> Floats:
    """[path, order day] bad ones expected: orders times the rate times the frailty of the day, or of the week, that the
    account's bad ones share: Gamma with mean 1, its variance ρ (1 − p) / p."""
    mean = float(np.clip(rate.mean(), 1e-6, 0.9))
    variance = min(known.rho * (1 - mean) / mean, 50.0)
    wanted = orders * rate[:, : orders.shape[1]]
    if variance < 1e-6 or not orders.size:
        return wanted
    lumps = -(-orders.shape[1] // known.lump_days)
    frailty = generator.standard_gamma(1 / variance, (len(orders), lumps)) * variance
    return wanted * np.repeat(frailty, known.lump_days, axis=1)[:, : orders.shape[1]]


def _young(known: Known, rate: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The ages of order days whose bad ones are not all reported, and [path, day] how many are still expected."""
    age = known.age[(known.age <= OLDEST) & (known.orders > 0)]
    left = 1 - known.share[age]
    age = age[left > 1e-4]
    orders = known.orders[len(known.orders) - 1 - age]
    return age, rate[:, None] * (orders * (1 - known.share[age]))[None, :]


def listed(
    known: Known, counts: NDArray, young: NDArray[np.int64], generator: np.random.Generator, *, low: float
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Each bad one by itself: path, order day, the judged day from which it counts, mark."""
    path, column = np.nonzero(counts)
    times = counts[path, column]
    path, column = np.repeat(path, times), np.repeat(column, times)
    is_young = column < len(young)
    age = np.where(is_young, young[np.minimum(column, max(len(young) - 1, 0))] if len(young) else 0, -1)
    # Reported after today: the delay of a young one is longer than its order is old.
    told = np.where(is_young, known.share[np.maximum(age, 0)], 0.0)
    u = told + (1 - told) * generator.random(len(path))
    delay = np.searchsorted(known.share, u, side="left")
    placed = np.where(is_young, -age, column - len(young) + 1 - known.untold)  # 0 = the day looked at
    enters = np.maximum(placed + known.rule.lag, placed + delay)
    kept = enters < placed + known.rule.lag + known.rule.window
    mark = low + generator.random(len(path), np.float32)
    placed, enters = placed[kept].astype(np.int32), enters[kept].astype(np.int32)
    return path[kept].astype(np.int32), placed, enters, mark[kept]
