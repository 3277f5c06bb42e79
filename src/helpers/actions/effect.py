"""Before and after, in counts at equal maturity: did fewer turn bad than chance explains, and what could have been seen.

A shop acts when its rate looks bad, and a rate that looks bad by chance looks better the next time whatever is done. So the
days that prompted the action stand on neither side: the days before them are the level. Only where those days were worse than
the level beyond what picking the worst of a year explains, the after is compared with them as well, shrunk towards the
level under a beta-binomial of the blocks before: regression to the mean is subtracted. Measured in benchmarks/ACTIONS.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainccinv, gammaln

from helpers import clustering
from helpers.clustering import Clustering
from helpers.history.comparison import Comparison

Floats = NDArray[np.float64]
BLOCK = 28  # days
LEAST_BLOCKS = 6  # of the level: how alike an account's months are is not known from fewer
SURE = 0.05  # one-sided: an action that did nothing is called a help at most so often
ROSE = 0.0001  # the days before the action were worse than the level: so rarely by chance that the worst of a year is no reason
SEEN = 0.8  # a fall that "could have been seen" would have been in four of five cases
LEVELS = 60  # days for which a level holds, before it wanders: blocks of helpers.scenarios.rates
SIZES = (*clustering.SIZES, LEVELS)
SPREADS = np.geomspace(0.03, 1.2, 40)  # standard deviations of the levels, in shares of the rate; never 0
USUAL, FIRM = 0.15, 1.2  # median of those taken beforehand, and the standard deviation of its logarithm
SHOWN = 2 / 3  # of the variance of levels of 60 days, by blocks of 60 days that begin on any of their days
TAKEN = 0.8  # of the spreads that explain the account's blocks, the one as large as so many of them: too much rather than too little


@dataclass(frozen=True)
class Stretch:
    """Bad ones and orders of some days, and their design effect D: lumps of days, weeks and months."""

    bad: int
    orders: int
    effect: float

    @property
    def counts(self) -> tuple[int, int, float]:
        return self.bad, self.orders, self.effect

    @property
    def rate(self) -> float:
        return self.bad / self.orders if self.orders else 0.0


@dataclass(frozen=True)
class Effect:
    """What an action did to one rate.

    before, prompting, after   the level, the days that prompted the action, the days since
    blocks      how many of 28 days the level is known from
    better      chance of so few bad ones since, had nothing changed
    worse       chance of so many
    ratio       90 % interval of the rate since over the level
    has_risen   whether the prompting days were worse than the level beyond what picking them explains
    expected    bad ones of the days since, had nothing been done: the level, or the prompting days shrunk towards it
    smallest    a fall to so many times the level, or further, would have been seen in four of five cases; None: none would
    planned     the same for as many days as the judged window, told on the day of the action
    needed      orders since, all good, until a fall can be told; None: no number does
    """

    before: Stretch
    prompting: Stretch
    after: Stretch
    blocks: int
    better: float
    worse: float
    ratio: tuple[float, float]
    has_risen: bool
    expected: float
    smallest: float | None
    planned: float | None
    needed: int | None


def measured(n: Floats, x: Floats, before: slice, prompting: slice, after: slice, window: int) -> Effect:
    """The effect on one rate, from orders and bad ones of each day; bad ones at equal maturity (actions.sides).

    n, x     [day]
    window   days of the judged window
    """
    own = clustering.of(n[before.start : after.stop], x[before.start : after.stop], window).rho
    blocks = [clustering.lumps(each[before], BLOCK) for each in (n, x)]
    whole = (before.stop - before.start) // BLOCK
    levels = _stretch(n[before], x[before], np.append(own, 0.0))
    wandering = wander(*(clustering.lumps(each[before], LEVELS) / levels.effect for each in (n, x)))
    rho = np.append(own, alike(wandering, levels.rate))
    prior, prompted, since = (_stretch(n[days], x[days], rho) for days in (before, prompting, after))
    beside = Comparison.of(since.counts, prior.counts)
    better, worse = (float(tail) for tail in beside.tails)
    has_risen = float(Comparison.of(prompted.counts, prior.counts).tails[1]) <= ROSE
    rate = prior.rate
    if has_risen:
        shrunk = _shrunk(prior, prompted, *blocks)
        rate = shrunk[0] / shrunk[1]
        better = min(better, float(Comparison.of(since.counts, (*shrunk, 1.0)).tails[0]))
    a_day = prior.orders / max(before.stop - before.start, 1)
    evenly = Clustering(rho, np.array([1 / max(window / size, 1) for size in SIZES]))
    plan = Stretch(0, round(a_day * window), float(evenly.effect(a_day * window)))
    low, high = (float(end) for end in beside.ratio)
    return Effect(
        prior,
        prompted,
        since,
        whole,
        better,
        worse,
        (low, high),
        has_risen,
        rate * since.orders,
        smallest(prior, since),
        smallest(prior, plan),
        needed(prior, since if since.orders else plan),
    )


def between(n: Floats, x: Floats) -> float:
    """The correlation of two orders of one block beyond that of two orders of different ones: months of an account differ.

    (C − E) / (V + 50), as in helpers.clustering, with E = S X (X − 1) / (N (N − 1)) of all blocks together; 0 to 1.
    """
    orders, bad = n.sum(), x.sum()
    if orders < 2:
        return 0.0
    pairs, rate = (n * (n - 1)).sum(), bad / orders
    beyond = (x * (x - 1)).sum() - pairs * bad * (bad - 1) / (orders * (orders - 1))
    return float(np.clip(beyond / (rate * (1 - rate) * pairs + clustering.WEIGHT), 0.0, 1.0))


def wander(n: Floats, x: Floats) -> float:
    """How far the levels of an account wander by themselves: their standard deviation in shares of the rate, as large as TAKEN
    of those that explain its blocks, weighed by what is usual.

    n, x   [block] deflated counts, of blocks of LEVELS days. The bad ones of a block are negative binomial about the rate of all,
           which is learned from the same blocks: (k − 1)/k of the variance of k. Levels change inside blocks as well as
           between them: blocks show SHOWN of it.
    """
    mean, shape = np.maximum(x.sum() / max(n.sum(), 1e-12) * n, 1e-12), 1 / SPREADS[:, None] ** 2
    law = (
        gammaln(x + shape) - gammaln(shape) + shape * np.log(shape / (shape + mean)) + x * np.log(mean / (shape + mean))
    )
    log = law.sum(axis=1) - 0.5 * (np.log(SPREADS / USUAL) / FIRM) ** 2
    weight = np.exp(log - log.max()).cumsum()
    seen = float(SPREADS[np.searchsorted(weight, TAKEN * weight[-1])])
    return seen * (len(n) / max(len(n) - 1, 1) / SHOWN) ** 0.5


def alike(wandering: float, rate: float) -> float:
    """The correlation of two orders of one level: its variance over that of one order, at most 1."""
    return min(wandering**2 * rate / max(1 - rate, 1e-9), 1.0)


def _stretch(n: Floats, x: Floats, rho: Floats) -> Stretch:
    orders = n.sum()
    squares = [(clustering.lumps(n, size) ** 2).sum() for size in SIZES]
    concentration = np.array(squares) / max(orders, 1.0) ** 2
    return Stretch(int(x.sum()), int(orders), float(Clustering(rho, concentration).effect(orders)))


def _shrunk(prior: Stretch, prompted: Stretch, n: Floats, x: Floats) -> tuple[float, float]:
    """Bad ones and orders of a record as good as what is known of the rate on the day of the action: a Beta law round the
    level, worth 1/ρ − 1 orders, ρ being how unlike the blocks are with the prompting days among them; and those days."""
    unlike = between(np.append(n, prompted.orders), np.append(x, prompted.bad))
    worth = 1 / unlike - 1 if unlike else prior.orders / prior.effect
    worth = min(worth, prior.orders / prior.effect)
    bad, orders, effect = prompted.counts
    return worth * prior.rate + bad / effect, worth + orders / effect


def smallest(prior: Stretch, since: Stretch) -> float | None:
    """The fall, as a ratio of the rates, that so many orders since would show in four of five cases; None where even no
    bad one would not."""
    if not since.orders or not prior.bad:
        return None
    most = int(prior.rate * since.orders) + 1
    counts = np.arange(min(most, since.orders) + 1)
    sides = (counts, np.full(len(counts), since.orders), np.full(len(counts), since.effect))
    told = Comparison.of(sides, tuple(np.full(len(counts), each) for each in prior.counts)).tails[0] <= SURE
    if not told[0]:
        return None
    last = int(np.flatnonzero(told)[-1]) / since.effect
    mean = float(gammainccinv(last + 1, SEEN))  # the Poisson mean at which so few are seen in four of five cases
    return min(mean * since.effect / (prior.rate * since.orders), 1.0)


def needed(prior: Stretch, since: Stretch) -> int | None:
    """So many orders since, with no bad one, would show a fall: (m / (m + n))^y ≤ 5 %, of deflated counts."""
    if not prior.bad:
        return None
    m, y = prior.orders / prior.effect, prior.bad / prior.effect
    return int(np.ceil(m * (SURE ** (-1 / y) - 1) * since.effect))
