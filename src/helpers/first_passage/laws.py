"""The counts of a day, and of the days a window shares, as tables of chances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import next_fast_len
from scipy.special import gammaln, xlog1py, xlogy

from helpers.first_passage.problem import Problem

DIRECT = 20_000_000  # products up to which a sum is taken term by term, without the rounding of a transform
TINY = 1e-18  # chances under it are cut off at both ends of a table


@dataclass(frozen=True)
class Part:
    """One of the independent parts a day's counts are the sum of: outcomes with their chances."""

    chance: NDArray[np.float64]
    bad: NDArray[np.int64]
    orders: NDArray[np.int64]


def of_day(problem: Problem) -> list[Part]:
    """The counts of a day. Of a Poisson volume bad and good ones are two independent parts (thinning); else one."""
    if isinstance(problem.orders, (int, float)) and not problem.is_fixed:
        bad = poisson(problem.mean * problem.rate)
        good = poisson(problem.mean * (1 - problem.rate))
        return [Part(bad[1], bad[0], bad[0]), Part(good[1], np.zeros_like(good[0]), good[0])]
    volumes = _volumes(problem)
    parts = [(n, chance, binomial(n, problem.rate)) for n, chance in volumes if chance > 0]
    return [
        Part(
            np.concatenate([chance * law for _, chance, law in parts]),
            np.concatenate([np.arange(n + 1) for n, _, _ in parts]),
            np.concatenate([np.full(n + 1, n) for n, _, _ in parts]),
        )
    ]


def of_sum(problem: Problem) -> tuple[int, NDArray[np.float64]]:
    """The law of b · bad − a · orders on one day: its least value and the chances from there on."""
    a, b, _ = problem.weights
    first, law = 0, np.ones(1)
    for part in of_day(problem):
        x = b * part.bad - a * part.orders
        least = int(x.min())
        first, law = first + least, convolved(law, np.bincount(x - least, part.chance).astype(float))
    return first, law


def convolved(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The law of the sum of two independent whole numbers, each from its least value on."""
    if not len(one) or not len(other):
        return np.zeros(0)
    if len(one) * len(other) <= DIRECT:
        return np.convolve(one, other)
    size = len(one) + len(other) - 1
    fast = next_fast_len(size, real=True)
    return np.maximum(np.fft.irfft(np.fft.rfft(one, fast) * np.fft.rfft(other, fast), fast)[:size], 0.0)


def _volumes(problem: Problem) -> list[tuple[int, float]]:
    if isinstance(problem.orders, (int, float)):
        return [(int(problem.orders), 1.0)]
    chances = np.asarray(problem.orders, float)
    return list(enumerate((chances / chances.sum()).tolist()))


def poisson(mean: float, tails: float = 12.0) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Outcomes and chances of a Poisson law, as far as `tails` standard deviations and no chance under TINY."""
    low = max(0, int(mean - tails * mean**0.5) - 12)
    k = np.arange(low, int(mean + tails * mean**0.5) + 40)
    chance = np.exp(xlogy(k, mean) - mean - gammaln(k + 1))
    kept = chance >= (TINY if tails <= 12 else 0)
    return k[kept], chance[kept]


def binomial(n: int, p: float) -> NDArray[np.float64]:
    """Chances of 0 to n."""
    k = np.arange(n + 1)
    return np.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + xlogy(k, p) + xlog1py(n - k, -p))


def alias(chance: NDArray[np.float64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Walker's alias table: of each cell the share, in 2³², that is its own outcome, and the outcome of the rest."""
    size = len(chance)
    scaled = (chance / chance.sum() * size).tolist()
    own, other = np.full(size, 2**32, np.uint64), np.arange(size)
    small = [k for k, share in enumerate(scaled) if share < 1]
    large = [k for k, share in enumerate(scaled) if share >= 1]
    while small and large:
        low, high = small.pop(), large[-1]
        own[low], other[low] = int(scaled[low] * 2**32), high
        scaled[high] -= 1 - scaled[low]
        if scaled[high] < 1:
            small.append(large.pop())
    return own, other
