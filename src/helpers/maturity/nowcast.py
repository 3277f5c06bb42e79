"""How many bad ones the orders of some days will have in the end, from those reported by now.

The rate of the days is a draw round the account's own level, R reported of the exposure E = Σ n F(age) update it, and what
is still to come of H = Σ n (1 − F(age)) is negative binomial: the mean

    μ = H (k + R) / (k / p + E)

of a Gamma law of shape k round the level p. Source: Höhle and an der Heiden 2014, Biometrics 70:993. Its variance has three
parts more: how alike stretches of days have been (k), how well the curve is known, and how far off nowcasts of the
account's past were (maturity.backtest).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, pdtr

from helpers.intervals import LEVEL
from helpers.maturity.curve import Curve
from helpers.maturity.reports import Reports

BLOCK = 28  # days
YEAR = 365  # days before the orders that tell the level
ALIKE = (
    0.15  # variance of the rates of blocks of one account, over the square of its level, before they are looked at …
)
UNSTEADY = (
    1.0  # delays of some weeks are not those of the year: the share F is off by F (1 − F), at F = ½ by a half of it
)
FIRM = 10.0  # … as firm as blocks with so many expected bad ones, squared and added up


@dataclass(frozen=True)
class Level:
    """What is known of an account's rate before the orders looked at.

    rate      bad ones an order, in the end
    shape     of the Gamma law of the rate of some days round it: the larger, the more alike
    """

    rate: float
    shape: float


@dataclass(frozen=True)
class Nowcast:
    """Bad ones of some order days.

    orders    how many there are
    visible   reported so far
    share     of the bad ones that has been reported by now, as the curve has it
    mean      still to come, expected
    variance  of what is to come
    """

    orders: int
    visible: int
    share: float
    mean: float
    variance: float

    def __add__(self, other: Nowcast) -> Nowcast:
        """That of both together, as if what is to come of either told nothing of the other."""
        orders = self.orders + other.orders
        share = (self.share * self.orders + other.share * other.orders) / orders if orders else 1.0
        both = self.visible + other.visible, share, self.mean + other.mean, self.variance + other.variance
        return Nowcast(orders, *both)

    @property
    def expected(self) -> float:
        """In the end."""
        return self.visible + self.mean

    @property
    def interval(self) -> tuple[int, int]:
        """In the end, 90 %: 5 % on either side at most."""
        low, high = to_come(self.mean, self.variance)
        return self.visible + low, min(self.visible + high, max(self.orders, self.visible))


def to_come(mean: float, variance: float, level: float = LEVEL) -> tuple[int, int]:
    """The ends of the interval of a negative binomial count; of a Poisson count where it varies no more."""
    if mean <= 0:
        return 0, 0
    most = int(mean + 12 * np.sqrt(max(variance, mean)) + 20)
    counts = np.arange(most + 1)
    if variance > mean * (1 + 1e-9):
        upto = betainc(mean**2 / (variance - mean), counts + 1.0, mean / variance)
    else:
        upto = pdtr(counts, mean)
    tail = (1 - level) / 2
    low, high = (int(np.searchsorted(upto, end)) for end in (tail, 1 - tail))
    return low, high


def level(reports: Reports, curve: Curve, day: int, before: int, typical: float) -> Level:
    """The account's level, from the orders of the year before order day `before`, as known on `day`.

    typical   the rate taken before any order: half a bad one of as many orders as hold half a one at that rate
    """
    first = max(before - YEAR, 0)
    days = np.arange(first, max(before, first))
    exposure, seen = _blocks(reports.orders[days] * curve.share(day - days)), _blocks(reports.visible(day)[days])
    rate = (seen.sum() + 0.5) / (exposure.sum() + 0.5 / typical)
    expected = rate * exposure
    beyond = ((seen - expected) ** 2).sum() - expected.sum()
    unlike = max(beyond + FIRM * ALIKE, 0.0) / ((expected**2).sum() + FIRM)
    return Level(float(rate), float(1 / max(unlike, 1e-3)))


def _blocks(daily: NDArray) -> NDArray[np.float64]:
    """Sums of 28 days, counted back from the last."""
    padded = np.pad(np.asarray(daily, float), (-len(daily) % BLOCK, 0))
    return padded.reshape(-1, BLOCK).sum(axis=1)


def nowcast(
    reports: Reports, curve: Curve, day: int, days: NDArray[np.int64], known: Level, spread: float = 1.0
) -> Nowcast:
    """The bad ones of the orders of `days` as known on `day`.

    known    the account's level (level)
    spread   how much more nowcasts of the account's past varied than they said (backtest.spread)
    """
    orders, age = reports.orders[days].astype(float), day - days
    share = curve.share(age)
    exposure = float(orders @ share)
    error = float(orders @ np.hypot(curve.error(age), UNSTEADY * share * (1 - share)))
    total = float(orders.sum())
    rest, seen = max(total - exposure, 0.0), int(reports.visible(day)[days].sum())
    weight = known.shape / known.rate + exposure
    rate = (known.shape + seen) / weight
    mean = rate * rest
    variance = mean + rest**2 * rate / weight + (rate * error * (1 + rest / weight)) ** 2
    return Nowcast(int(total), seen, exposure / total if total else 1.0, mean, variance * spread)
