"""Which way to the answer, by rule: exact where it can be, else shops day by day, else, for rare misses, the union of windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from helpers.first_passage import convolution, paths, rare
from helpers.first_passage.compiler import is_compiled, loops
from helpers.first_passage.problem import Chance, Method, Problem

RARE = 1e-9  # under it the rounding of a transform would show
FEW = {True: 1.0, False: 10.0}  # missed windows expected, with and without a compiler, under which the union is faster


def chance(problem: Problem, *, seed: int = 1, method: Method | None = None) -> Chance:
    """The chance that at least one of the days to come is missed.

    method   another way than the rule's, where it applies: two that apply agree within their errors
    The rule: exact up to one window ahead of known days, unless the chance is under 1e-9; the union of windows where under
    one missed window is expected (ten without a compiler); else shops drawn day by day. Raises ValueError for a method that
    does not apply.
    """
    if method not in (None, "simulated") and not {"exact": convolution, "union of windows": rare}[method].applies(
        problem
    ):
        raise ValueError(f"expected a method that applies, found {method!r}")
    if method == "exact" or (method is None and convolution.applies(problem)):
        found = convolution.chance(problem)
        if method == "exact" or found.value >= RARE or not rare.applies(problem):
            return found
        return rare.chance(problem, seed)
    if method == "simulated" or not rare.applies(problem):
        return paths.chance(problem, seed)
    windows = rare.of(problem)
    if method is None and windows.chance.sum() >= FEW[is_compiled()]:
        return paths.chance(problem, seed)
    return rare.chance(problem, seed, windows)


def curve(problem: Problem, rates: Sequence[float], *, shops: int = 2_500, seed: int = 1) -> NDArray[np.float64]:
    """[rate] the chance at each true rate in place of the problem's, from one set of shops: the same orders, marked bad in
    the same order (standard error at most ½ / √shops). For shops of which nothing before is known, without a floor.
    """
    most = max(rates)
    top = replace(problem, rate=most)
    compiled = loops()
    if compiled is None:
        return np.array([(paths.first_missed(replace(problem, rate=rate), shops, seed) > 0).mean() for rate in rates])
    rules = (problem.days, problem.window_days, *problem.weights, most)
    state = np.random.default_rng(seed).integers(2**64, dtype=np.uint64)
    critical = compiled.critical_rates(state, shops, *rules, *paths.tables(top))
    return np.searchsorted(np.sort(critical), np.asarray(rates), side="right") / shops
