"""Misses so rare that hardly a drawn shop has one: choose the window that is missed, then draw the rest around it.

A miss on some day is the union of misses of single windows, whose chances are known exactly. A window is chosen in proportion
to its chance and drawn as missed; of the days around it K windows come out missed. Σ P(window) · mean(1 / K) is the chance
of the union, without bias, and its error does not grow with rarity (Karp and Luby 1983; Owen, Maximov, Chertkov 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlog1py, xlogy

from helpers.first_passage import laws, paths
from helpers.first_passage.compiler import loops
from helpers.first_passage.problem import Chance, Problem

BATCH = 4_000
MOST = 120_000
ERROR = 0.01


@dataclass(frozen=True)
class Windows:
    """The judged windows: how likely each is missed, and what it then holds.

    chance   [window]
    totals   of a window that is missed: (bad ones, good ones) drawn, for windows and as many uniform numbers twice
    """

    chance: NDArray[np.float64]
    laws: list[_Window]


@dataclass(frozen=True)
class _Window:
    """What the random days of one window hold when it is missed.

    bad, weight   numbers of bad ones and the chance of each together with the miss
    good, upto    numbers of good ones and the chance of at most so many · low, high   the places between which they lie
    """

    bad: NDArray[np.int64]
    weight: NDArray[np.float64]
    good: NDArray[np.int64]
    upto: NDArray[np.float64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]


def applies(problem: Problem) -> bool:
    """Whether the law of a window's total is at hand: a Poisson or a fixed volume."""
    return isinstance(problem.orders, (int, float))


def of(problem: Problem) -> Windows:
    """The law of each judged window. Windows with the same days known and to come share one."""
    known_bad, known_orders = problem.before
    found: dict[tuple[int, int, int], _Window] = {}
    each = []
    for day in range(problem.days):
        random = problem.window_days if problem.bad is None else min(day + 1, problem.window_days)
        key = (random, int(known_bad[day]), int(known_orders[day]))
        if key not in found:
            found[key] = _window(problem, *key)
        each.append(found[key])
    return Windows(np.array([one.weight.sum() for one in each]), each)


def chance(problem: Problem, seed: int, windows: Windows | None = None) -> Chance:
    """The chance of at least one missed day, to a standard error of 1 % of it."""
    windows = of(problem) if windows is None else windows
    total = float(windows.chance.sum())
    if total == 0:
        return Chance(0.0, 0.0, "union of windows")
    generator = np.random.default_rng(seed)
    shares: list[NDArray[np.float64]] = []
    while True:
        chosen = generator.choice(problem.days, BATCH, p=windows.chance / total)
        bad, good = _totals(windows, chosen, generator)
        shares.append(1 / _counted(problem, chosen, bad, good, generator))
        drawn = np.concatenate(shares)
        mean, error = drawn.mean(), drawn.std() / len(drawn) ** 0.5
        if error <= ERROR * mean or len(drawn) >= MOST:
            return Chance(total * float(mean), total * float(error), "union of windows", len(drawn))


def _window(problem: Problem, random: int, known_bad: int, known_orders: int) -> _Window:
    """The law of so many random days, with those known beside them, together with the miss."""
    a, b, c = problem.weights
    least = max(problem.least, 1) - known_orders
    barrier = c - (b * known_bad - a * known_orders)
    mean = problem.mean * random
    if problem.is_fixed:
        n = int(mean)
        d = np.arange(n + 1)
        law = np.exp(
            gammaln(n + 1)
            - gammaln(d + 1)
            - gammaln(n - d + 1)
            + xlogy(d, problem.rate)
            + xlog1py(n - d, -problem.rate)
        )
        weight = np.where((b * d - a * n >= barrier) & (n >= least), law, 0.0)
        one = np.zeros(len(d), np.int64)
        return _Window(d, weight, np.zeros(1, np.int64), np.array([0.0, 1.0]), one, one + 1)
    d, law = laws.poisson(mean * problem.rate, tails=40)
    good, of_good = laws.poisson(mean * (1 - problem.rate), tails=40)
    upto = np.concatenate([[0.0], np.cumsum(of_good)])
    most = (d * (b - a) - barrier) // a  # good ones with which it is still missed
    low = np.clip(least - d - good[0], 0, len(good))
    high = np.clip(most + 1 - good[0], 0, len(good))
    weight = law * np.where(high > low, upto[high] - upto[low], 0.0)
    return _Window(d, weight, good, upto, low, high)


def _totals(windows: Windows, chosen: NDArray, generator: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Bad and good ones of each chosen window, given that it is missed."""
    bad, good = np.empty(len(chosen), np.int64), np.empty(len(chosen), np.int64)
    of_law: dict[int, list[int]] = {}
    for draw, window in enumerate(chosen.tolist()):
        of_law.setdefault(id(windows.laws[window]), []).append(draw)
    law_of = {id(one): one for one in windows.laws}
    for key, draws in of_law.items():
        law, u, v = law_of[key], generator.random(len(draws)), generator.random(len(draws))
        upto = np.cumsum(law.weight)
        at = np.minimum(np.searchsorted(upto, u * upto[-1], side="right"), len(upto) - 1)
        low, high = law.upto[law.low[at]], law.upto[law.high[at]]
        place = np.searchsorted(law.upto, low + v * (high - low), side="right") - 1
        bad[draws], good[draws] = law.bad[at], law.good[np.clip(place, law.low[at], law.high[at] - 1)]
    return bad, good


def _counted(
    problem: Problem, chosen: NDArray, bad: NDArray, good: NDArray, generator: np.random.Generator
) -> NDArray[np.int64]:
    """[draw] how many judged windows are missed."""
    compiled = loops()
    if compiled is not None:
        fixed = int(problem.mean) if problem.is_fixed else -1
        rules = (problem.days, problem.window_days, *problem.weights, max(problem.least, 1), paths.known(problem))
        return compiled.windows_missed(
            generator.integers(2**64, dtype=np.uint64), chosen, bad, good, fixed, *rules, *paths.tables(problem)
        )
    d, n = paths.days(problem, len(chosen), generator)
    last = chosen + problem.window_days - 1
    begun = 0 if problem.bad is None else problem.window_days - 1
    place = np.arange(d.shape[1])
    inside = (place > (last - problem.window_days)[:, None]) & (place <= last[:, None]) & (place >= begun)
    for draws in _alike(inside.sum(axis=1)):
        at = inside[draws]
        length = int(at[0].sum())
        new_bad = _spread(bad[draws], length, problem, generator)
        one_bad, one_n = d[draws], n[draws]
        one_bad[at] = new_bad.ravel()
        if problem.is_fixed:
            one_n[at] = int(problem.mean)
        else:
            one_n[at] = (new_bad + generator.multinomial(good[draws], np.full(length, 1 / length))).ravel()
        d[draws], n[draws] = one_bad, one_n
    missed = problem.is_missed(*(paths.windows(one, problem.window_days) for one in (d, n)))
    return missed.sum(axis=1)


def _alike(lengths: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The places of equal numbers."""
    return [np.flatnonzero(lengths == length) for length in np.unique(lengths)]


def _spread(total: NDArray, days: int, problem: Problem, generator: np.random.Generator) -> NDArray[np.int64]:
    """[draw, day] bad ones on so many days, given their sum."""
    if not problem.is_fixed:
        return generator.multinomial(total, np.full(days, 1 / days))
    each, left, found = int(problem.mean), total.copy(), []
    for day in range(days):
        others = each * (days - day - 1)
        found.append(generator.hypergeometric(each, others, left) if others else left.copy())
        left = left - found[-1]
    return np.stack(found, axis=1)
