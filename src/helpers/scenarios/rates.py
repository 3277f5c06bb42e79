"""How well the account's true rate is known today, and how it drifts: drawn, one of each a path.

The logarithm of the rate of a block of 60 days is a level of the account's own and what the block is apart from it; of that a
part stays until the next block, and the rest is new (a stationary autoregression of first order). A bad month is followed by
better ones, as it is with real sellers: a rate that only wanders would carry it on for ever. How far blocks are apart and how
much of it stays is learnt from the account and shrunk to the laws of real sellers (LAWS). Counts are deflated by the design
effect, young days count for the share of their bad ones that has been reported.

Where a turn is proved (scenarios.turns) the blocks end there, and the level takes a step of any size (an intervention: West and
Harrison 1997, Bayesian Forecasting and Dynamic Models, section 11.2); beside it stands the same record read without a step, and
each is drawn as often as its counts speak for it. One pass over a grid of levels and distances for each law: the forward filter
of a hidden Markov chain (Zucchini and MacDonald 2009, chapter 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from helpers.scenarios.known import OLDEST, YEAR, Floats, Known

BLOCK = 60  # days
WIDTH = 0.1  # of a cell of the grid, in log rates
LEVELS: Floats = np.linspace(-4.5, 3.5, 81)  # about the logarithm of the year's mean rate
APART: Floats = np.linspace(-3.2, 3.2, 65)  # of a block from the level
# Standard deviation of what blocks are apart, the part of it that stays until the next one, and how often it is so: of half of
# the largest sellers of the Olist set, their low reviews, late deliveries and late shipments (benchmarks/forecasts.py --laws).
LAWS = np.array(
    [(0.2, 0.3, 0.18), (0.2, 0.8, 0.20), (0.5, 0.3, 0.13), (0.5, 0.8, 0.13), (1.0, 0.3, 0.27), (1.0, 0.8, 0.09)]
)
SPREAD, STAYS, OFTEN = LAWS.T
NEW = SPREAD * np.sqrt(1 - STAYS**2)  # standard deviation of what is new in a block
# Standard deviation of the step across a proved turn: as likely to under a third, or over three times, as not.
TURNED = 1.0
MOST = 0.95  # no rate is drawn higher


@dataclass(frozen=True)
class Drawn:
    """[path] the rate of the last block, the level it belongs to, and the place of its law in LAWS."""

    rate: Floats
    level: Floats
    law: NDArray[np.int64]

    def ahead(self, days: int, generator: np.random.Generator) -> Floats:
        """[path, day] the rate of each order day to come: the first new block begins tomorrow."""
        stays, new = STAYS[self.law], NEW[self.law]
        apart, blocks = np.log(self.rate / self.level), []
        for _ in range(-(-days // BLOCK)):
            apart = stays * apart + new * generator.standard_normal(len(apart))
            blocks.append(self.level * np.exp(apart))
        return np.minimum(np.repeat(np.stack(blocks, axis=1), BLOCK, axis=1)[:, :days], MOST)


def drawn(known: Known, paths: int, generator: np.random.Generator) -> Drawn:
    """So many paths, from what is known of a rate."""
    weight = posterior(known)
    upto = weight.ravel().cumsum()
    cells = np.searchsorted(upto, upto[-1] * generator.random(paths), side="right")
    law, apart, level = np.unravel_index(np.minimum(cells, weight.size - 1), weight.shape)
    at = _usual(known) + LEVELS[level]
    rate = at + APART[apart] + WIDTH * (generator.random(paths) - 0.5)
    return Drawn(np.minimum(np.exp(rate), MOST), np.exp(at), law)


def posterior(known: Known) -> Floats:
    """[law, apart, level] chances of the grid, from the prior of contracts section 3 and the blocks of the year."""
    target = float(known.rule.limit.share)
    level = _usual(known) + LEVELS
    p = np.minimum(np.exp(level), MOST)
    before = 0.5 * level + ((1 - target) / (2 * target) - 1) * np.log1p(-p)  # Beta(½, (1 − τ)/(2τ)), of the log rate
    at = level + APART[:, None]
    likelihood = [(bad * at - exposed * np.exp(at)) / known.effect for bad, exposed in blocks(known)]
    turned = _turned(known)
    state, fit = _filtered(before, likelihood, None)
    if turned is None:
        return state
    other, fits = _filtered(before, likelihood, turned)
    return state * np.exp(min(fit - fits, 0.0)) + other * np.exp(min(fits - fit, 0.0))


def _usual(known: Known) -> float:
    """The logarithm of the year's mean rate, as if half a bad one more were seen: the middle of the grid."""
    bad, exposed = np.sum(blocks(known), axis=0)
    return float(np.log((bad + 0.5) / (exposed + 0.5 / float(known.rule.limit.share))))


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


def _filtered(before: Floats, likelihood: list[Floats], turned: int | None) -> tuple[Floats, float]:
    """[law, apart, level] the chance of each cell in the last block; and the logarithm of how well all blocks are explained."""
    level = np.exp(before - before.max())
    state = OFTEN[:, None, None] * _apart()[:, :, None] * (level / level.sum())
    scale = 0.0
    for place, each in enumerate(likelihood):
        if place:
            state = _moved() @ state
        if place and place == turned:
            state = state @ _normal(LEVELS[:, None] - LEVELS, TURNED).T
        state = state * np.exp(each - each.max())
        scale += float(np.log(state.sum()))
        state /= state.sum()
    return state, scale


@cache
def _apart() -> Floats:
    """[law, apart] the chance of each distance of a block nothing is known of."""
    return np.stack([_normal(APART[:, None], spread)[:, 0] for spread in SPREAD])


@cache
def _moved() -> Floats:
    """[law, to, from] the chance of each distance of the next block."""
    return np.stack([_normal(APART[:, None] - stays * APART, new) for stays, new in zip(STAYS, NEW, strict=True)])


def _normal(away: Floats, spread: float) -> Floats:
    """Chances of cells so far from the mean of a normal law, each column adding up to 1."""
    weight = np.exp(-0.5 * (away / spread) ** 2)
    return weight / weight.sum(axis=0)
