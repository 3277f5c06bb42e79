"""How well the account's true rate is known today, and how it drifts: drawn, one pair a path.

The year before is read in blocks of 60 days. The rate of a block is that of the one before times a log-normal step; how large
steps are is learnt from the account and shrunk to the usual. Counts are deflated by the design effect, young days count for
the share of their bad ones that has been reported. One pass over a grid of rates for each size of step: the forward filter
of a hidden Markov chain (Zucchini and MacDonald 2009, chapter 2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from helpers.scenarios.known import OLDEST, YEAR, Floats, Known

BLOCK = 60  # days
GRID = np.linspace(np.log(1e-6), np.log(0.999), 300)  # of log rates
STEPS = np.array([0.05, 0.1, 0.2, 0.3, 0.45, 0.7, 1.0])  # standard deviations of a step; never 0
USUAL, SPREAD = 0.35, 0.8  # median of the steps taken beforehand, and the standard deviation of its logarithm


def drawn(known: Known, paths: int, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """[path] the rate of the last block, and the standard deviation of its steps."""
    weight = posterior(known)
    cells = generator.choice(weight.size, paths, p=weight.ravel() / weight.sum())
    step, place = np.unravel_index(cells, weight.shape)
    width = GRID[1] - GRID[0]
    return np.exp(GRID[place] + width * (generator.random(paths) - 0.5)), STEPS[step]


def posterior(known: Known) -> Floats:
    """[step, rate] chances of the grid, from the prior of contracts section 3 and the blocks of the year."""
    target = float(known.rule.limit.share)
    p = np.exp(GRID)
    before = 0.5 * GRID + ((1 - target) / (2 * target) - 1) * np.log1p(-p)  # Beta(½, (1 − τ)/(2τ)), of the log rate
    likelihood = [(bad * GRID - exposed * p) / known.effect for bad, exposed in blocks(known)]
    return np.stack([_filtered(before, likelihood, step) * _beforehand(step) for step in STEPS])


def blocks(known: Known) -> list[tuple[float, float]]:
    """Bad ones and orders (times the share of their bad ones reported by now) of each block of the year, the oldest first."""
    exposed = np.where(known.is_told, known.orders, 0) * known.share[np.minimum(known.age, OLDEST)]
    bad = np.where(known.is_told, known.bad, 0)
    size = len(exposed)
    first = max(size - YEAR, 0)
    ends = range(size, first, -BLOCK)
    spans = [slice(max(end - BLOCK, first), end) for end in ends][::-1]
    return [(float(bad[span].sum()), float(exposed[span].sum())) for span in spans]


def _beforehand(step: float) -> float:
    return float(np.exp(-0.5 * (np.log(step / USUAL) / SPREAD) ** 2))


def _filtered(before: Floats, likelihood: list[Floats], step: float) -> Floats:
    """[rate] the chance of each rate of the last block, times how well the steps explain all of them."""
    moved = np.exp(-0.5 * ((GRID[:, None] - GRID[None, :]) / max(step, GRID[1] - GRID[0])) ** 2)
    moved /= moved.sum(axis=0)
    state = np.exp(before - before.max())
    state /= state.sum()
    level = 0.0
    for place, each in enumerate(likelihood):
        state = state if place == 0 else moved @ state
        state = state * np.exp(each - each.max())
        level += np.log(state.sum()) + each.max()
        state /= state.sum()
    return state * np.exp(level - _best(likelihood))


def _best(likelihood: list[Floats]) -> float:
    return float(sum(each.max() for each in likelihood))


def paths_of(rate: Floats, step: Floats, days: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """[path, day] the rate of each order day to come: a step a block, the first from tomorrow on, as likely up as down."""
    steps = -(-days // BLOCK)
    moves = step[:, None] * generator.standard_normal((len(rate), steps))
    return np.minimum(np.repeat(rate[:, None] * np.exp(moves.cumsum(axis=1)), BLOCK, axis=1)[:, :days], 0.95)
