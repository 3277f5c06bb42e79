"""How well the account's true rate is known today, and how it drifts: drawn, one pair a path.

The year before is read in blocks of 60 days. The rate of a block is that of the one before times a log-normal step; how large
steps are is learnt from the account and shrunk to the usual. Counts are deflated by the design effect, young days count for
the share of their bad ones that has been reported. Where a turn is proved (scenarios.turns) the blocks end there, and the step
across it may be of any size: the days before it stay as a prior worth little (an intervention: West and Harrison 1997, Bayesian
Forecasting and Dynamic Models, section 11.2), and teach nothing about how the rate drifts by itself. One pass over a grid of rates for each size of step: the forward filter
of a hidden Markov chain (Zucchini and MacDonald 2009, chapter 2).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from helpers.scenarios.known import OLDEST, YEAR, Floats, Known

BLOCK = 60  # days
GRID = np.linspace(np.log(1e-6), np.log(0.999), 300)  # of log rates
STEPS = np.array([0.05, 0.1, 0.2, 0.3, 0.45, 0.7, 1.0])  # standard deviations of a step; never 0
TURNED = (
    1.0  # standard deviation of the step across a proved turn: as likely to under a third, or over three times, as not
)
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
    turned = _turned(known)
    return np.stack([_filtered(before, likelihood, step, turned) * _beforehand(step) for step in STEPS])


def blocks(known: Known) -> list[tuple[float, float]]:
    """Bad ones and orders (times the share of their bad ones reported by now) of each block of the year, the oldest first."""
    exposed = np.where(known.is_told, known.orders, 0) * known.share[np.minimum(known.age, OLDEST)]
    bad = np.where(known.is_told, known.bad, 0)
    return [(float(bad[span].sum()), float(exposed[span].sum())) for span in _spans(known)]


def _spans(known: Known) -> list[slice]:
    """The order days of each block, the oldest first; none lies across a turn."""
    size = len(known.orders)
    first, at = max(size - YEAR, 0), known.turned_at
    ends = [size] if at is None or not first < at < size else [size, at]
    spans = []
    for last, least in zip(ends, [*ends[1:], first], strict=True):
        spans += [slice(max(end - BLOCK, least), end) for end in range(last, least, -BLOCK)]
    return spans[::-1]


def _turned(known: Known) -> int | None:
    """The number of the first block since the turn; None where no block is on either side of one."""
    starts = [span.start for span in _spans(known)]
    return starts.index(known.turned_at) if known.turned_at in starts[1:] else None


def _beforehand(step: float) -> float:
    return float(np.exp(-0.5 * (np.log(step / USUAL) / SPREAD) ** 2))


def _filtered(before: Floats, likelihood: list[Floats], step: float, turned: int | None) -> Floats:
    """[rate] the chance of each rate of the last block, times how well the steps explain all of them."""
    moved = _moved(step)
    state = np.exp(before - before.max())
    state /= state.sum()
    level = 0.0
    for place, each in enumerate(likelihood):
        if place:
            state = (_moved(TURNED) if place == turned else moved) @ state
        state = state * np.exp(each - each.max())
        level += np.log(state.sum()) + each.max()
        state /= state.sum()
    return state * np.exp(level - _best(likelihood))


@cache
def _moved(step: float) -> Floats:
    """[to, from] the chance of each rate of the next block."""
    moved = np.exp(-0.5 * ((GRID[:, None] - GRID[None, :]) / max(step, GRID[1] - GRID[0])) ** 2)
    return moved / moved.sum(axis=0)


def _best(likelihood: list[Floats]) -> float:
    return float(sum(each.max() for each in likelihood))


def paths_of(rate: Floats, step: Floats, days: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """[path, day] the rate of each order day to come: a step a block, the first from tomorrow on, as likely up as down."""
    steps = -(-days // BLOCK)
    moves = step[:, None] * generator.standard_normal((len(rate), steps))
    return np.minimum(np.repeat(rate[:, None] * np.exp(moves.cumsum(axis=1)), BLOCK, axis=1)[:, :days], 0.95)
