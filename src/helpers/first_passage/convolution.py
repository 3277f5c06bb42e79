"""Exact: days already known leave a window, so up to one window ahead the sum of the new ones is all that matters.

With x = b · bad − a · orders the window judged on day t is missed when the new days' sum and what is left of the known days
come to c or more: a random walk on whole numbers with an absorbing barrier that moves in a known way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from helpers.first_passage import laws
from helpers.first_passage.problem import Chance, Problem

LOST = 1e-15  # chance that may be cut off at the ends, a day


def applies(problem: Problem) -> bool:
    """Whether the days before are known, reach far enough, and leave no window's floor open."""
    if problem.placed is None or problem.days > problem.window_days:
        return False
    return problem.least <= 1 or bool(np.all(problem.before[1] >= problem.least))


def chance(problem: Problem) -> Chance:
    """The chance of at least one missed day, exactly."""
    return Chance(float(by_day(problem)[-1]), 0.0, "exact")


def by_day(problem: Problem) -> NDArray[np.float64]:
    """[day] the chance of at least one missed day up to each."""
    a, b, c = problem.weights
    first, law = laws.of_sum(problem)
    empty = _empty(problem)
    known_bad, known_orders = problem.before
    walk, start, none = np.zeros(0), 0, 1.0  # chances by sum, the least sum, the chance that no order has come
    missed, found = 0.0, np.zeros(problem.days)
    for t in range(problem.days):
        barrier = c - (b * int(known_bad[t]) - a * int(known_orders[t]))
        moved = laws.convolved(walk, law)
        arrived = none * _without(law, first, empty)  # the first orders come today
        walk, start = _added(moved, start + first, arrived, first)
        none *= empty
        over = max(barrier - start, 0)
        missed += walk[over:].sum()
        walk, start = _trimmed(walk[:over], start)
        if known_orders[t] and barrier <= 0:
            missed, none = missed + none, 0.0
        found[t] = missed
    return found


def _empty(problem: Problem) -> float:
    """The chance of a day without orders."""
    return float(np.prod([part.chance[part.orders == 0].sum() for part in laws.of_day(problem)]))


def _without(law: NDArray[np.float64], first: int, empty: float) -> NDArray[np.float64]:
    """The law of a day on which at least one order comes, not scaled."""
    some = law.copy()
    if empty and 0 <= -first < len(some):
        some[-first] = max(some[-first] - empty, 0.0)
    return some


def _added(
    one: NDArray[np.float64], at: int, other: NDArray[np.float64], other_at: int
) -> tuple[NDArray[np.float64], int]:
    """Two laws on whole numbers, each from its own least value on, as one."""
    if not len(one):
        return other, other_at
    start, end = min(at, other_at), max(at + len(one), other_at + len(other))
    both = np.zeros(end - start)
    both[at - start : at - start + len(one)] += one
    both[other_at - start : other_at - start + len(other)] += other
    return both, start


def _trimmed(walk: NDArray[np.float64], start: int) -> tuple[NDArray[np.float64], int]:
    """The law without the lower end that no longer matters."""
    cut = int((np.cumsum(walk) < LOST).sum()) if len(walk) else 0
    return walk[cut:], start + cut
