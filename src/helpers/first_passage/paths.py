"""Shops drawn day by day: the first day each is missed on."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from helpers.first_passage import laws
from helpers.first_passage.compiler import loops
from helpers.first_passage.problem import Chance, Problem

ERROR = 0.01  # of the chance: where drawing ends
PILOT = 2_000  # shops
MOST = 4_000_000
FULL = 45.0  # orders a window, on average, from which one without any comes less than once in 10¹⁹
CELLS = 3_000_000  # shop-days held at once without a compiler


def chance(problem: Problem, seed: int) -> Chance:
    """The chance of at least one missed day, from as many shops as bring its standard error to 1 % of it."""
    draw = _drawing(problem, seed)
    draws, missed, wanted = 0, 0, PILOT
    while draws < wanted:
        first = draw(wanted - draws)
        draws, missed = draws + len(first), missed + int((first > 0).sum())
        share = (missed + 0.5) / (draws + 1)
        wanted = min(MOST, int((1 - share) / share / ERROR**2) + 1)
    value = missed / draws
    return Chance(value, (value * (1 - value) / draws) ** 0.5, "simulated", draws)


def first_missed(problem: Problem, shops: int, seed: int) -> NDArray[np.int32]:
    """[shop] the first missed day, from 1 on; 0 where none is."""
    draw, found, left = _drawing(problem, seed), [], shops
    while left > 0:
        found.append(draw(left))
        left -= len(found[-1])
    return np.concatenate(found)[:shops]


def tables(problem: Problem) -> tuple[NDArray, ...]:
    """What the loops draw a day from: own, other, bad, orders of the first part; own, other, good of the second."""
    first, *rest = laws.of_day(problem)
    second = rest[0] if rest else laws.Part(np.ones(1), np.zeros(1, np.int64), np.zeros(1, np.int64))
    return (*laws.alias(first.chance), first.bad, first.orders, *laws.alias(second.chance), second.orders)


def known(problem: Problem) -> NDArray[np.int64]:
    """[2, day] bad ones and orders of the days before; no day where they are random."""
    if problem.bad is None or problem.placed is None:
        return np.zeros((2, 0), np.int64)
    return np.array([problem.bad, problem.placed], np.int64)


def _drawing(problem: Problem, seed: int) -> Callable[[int], NDArray[np.int32]]:
    """A function that draws so many further shops, or as many as memory holds: the first missed day of each."""
    compiled, before = loops(), known(problem)
    generator = np.random.default_rng(seed)
    if compiled is None:
        most = max(CELLS // (problem.days + problem.window_days), 1)
        return lambda shops: _by_numpy(problem, min(max(shops, PILOT), most), generator)
    if problem.least <= 1 and problem.mean * problem.window_days >= FULL:
        return _of_sums(compiled, problem, generator)
    drawn_from = tables(problem)
    rules = (problem.days, problem.window_days, *problem.weights, max(problem.least, 1), before)

    def draw(shops: int) -> NDArray[np.int32]:
        state = generator.integers(2**64, dtype=np.uint64)
        return compiled.first_missed(state, max(shops, PILOT), *rules, *drawn_from)

    return draw


def _of_sums(
    compiled: ModuleType, problem: Problem, generator: np.random.Generator
) -> Callable[[int], NDArray[np.int32]]:
    """The same where no window is ever empty: the sums b · bad − a · orders say all."""
    a, b, c = problem.weights
    start, law = laws.of_sum(problem)
    bad, orders = known(problem)
    rules = (problem.days, problem.window_days, c, b * bad - a * orders, start, *laws.alias(law))
    return lambda shops: compiled.first_reached(generator.integers(2**64, dtype=np.uint64), max(shops, PILOT), *rules)


def _by_numpy(problem: Problem, shops: int, generator: np.random.Generator) -> NDArray[np.int32]:
    bad, orders = days(problem, shops, generator)
    is_missed = problem.is_missed(*(windows(one, problem.window_days) for one in (bad, orders)))
    first = is_missed.argmax(axis=1) + 1
    return np.where(is_missed.any(axis=1), first, 0).astype(np.int32)


def days(problem: Problem, shops: int, generator: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """[shop, day] bad ones and orders: the window before the last judged day of the past, then the days to come."""
    before = known(problem)
    random = problem.days + (0 if before.shape[1] else problem.window_days - 1)
    parts = laws.of_day(problem)
    if len(parts) == 2:
        mean = problem.mean
        bad = generator.poisson(mean * problem.rate, (shops, random))
        orders = bad + generator.poisson(mean * (1 - problem.rate), (shops, random))
    else:
        drawn = generator.choice(len(parts[0].chance), (shops, random), p=parts[0].chance / parts[0].chance.sum())
        bad, orders = parts[0].bad[drawn], parts[0].orders[drawn]
    if before.shape[1]:
        bad, orders = (
            np.hstack([np.tile(row[1:], (shops, 1)), one]) for row, one in zip(before, (bad, orders), strict=True)
        )
    return bad, orders


def windows(counts: NDArray[np.int64], days: int) -> NDArray[np.int64]:
    """[shop, day] sums over so many days, from the first whole one on."""
    upto = np.pad(counts.cumsum(axis=1), ((0, 0), (1, 0)))
    return upto[:, days:] - upto[:, :-days]
