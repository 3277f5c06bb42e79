"""Two shares of bad ones, told apart or not: the test of x | x + y, the interval of their ratio, Holm over many tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from helpers import intervals

Floats = NDArray[np.float64]
MOST_RAISED = 0.1  # of a larger common share the correction would be bolder than the law it stands for


@dataclass(frozen=True)
class Comparison:
    """x bad ones of n now beside y of m before, each after division by its design effect; arrays or single numbers.

    Given x + y, x of two equal rates is hypergeometric. Deflated counts are not whole, so its tails are those of the
    binomial law, as regularised beta functions, of counts raised by 1 / (1 − (x + y)/(n + m)): drawn without
    replacement they vary by that much less. At whole counts a p of 0.05 is then at most 0.01 under the hypergeometric one,
    and over it where more than a tenth are bad.
    """

    x: Floats
    n: Floats
    y: Floats
    m: Floats

    @classmethod
    def of(cls, now: Sequence[ArrayLike], before: Sequence[ArrayLike]) -> Comparison:
        """From bad ones, orders and design effect of either side. Raises ValueError unless 0 ≤ x ≤ n and the effect is
        at least 1."""
        (x, n, d), (y, m, e) = ([np.asarray(each, float) for each in side] for side in (now, before))
        if not np.all((x >= 0) & (x <= n) & (y >= 0) & (y <= m) & (d >= 1) & (e >= 1)):
            raise ValueError("expected 0 ≤ bad ones ≤ orders on either side, and design effects of at least 1")
        return cls(x / d, n / d, y / e, m / e)

    @property
    def tails(self) -> tuple[Floats, Floats]:
        """P(at most so many now), P(at least so many now), were both rates the same; 1 and 1 without orders on a side."""
        x, y = self._raised()
        here = np.divide(self.n, self.n + self.m, out=np.full(np.shape(x), 0.5), where=self.n + self.m > 0)
        fewer = np.where(y > 0, betainc(np.where(y > 0, y, 1), x + 1, 1 - here), 1.0)
        more = np.where(x > 0, betainc(np.where(x > 0, x, 1), y + 1, here), 1.0)
        is_told = (self.n > 0) & (self.m > 0)
        return np.where(is_told, fewer, 1.0), np.where(is_told, more, 1.0)

    @property
    def p(self) -> Floats:
        """Two-sided, as twice the smaller tail."""
        return np.minimum(1.0, 2 * np.minimum(*self.tails))

    @property
    def ratio(self) -> intervals.Interval:
        """The 90 % interval of the rate now over the rate before; 0 to ∞ where nothing is known of it."""
        return self.ratio_at(intervals.LEVEL)

    def ratio_at(self, level: float) -> intervals.Interval:
        """The same interval at another level."""
        x, y = self._raised()
        is_told = (self.n > 0) & (self.m > 0) & (x + y > 0)
        x, y = np.where(is_told, x, 0.0), np.where(is_told, y, 0.0)
        low, high = intervals.clopper_pearson(x, x + y, level)
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = (np.where(is_told, end / (1 - end) * self.m / self.n, np.nan) for end in (low, high))
        return np.where(np.isnan(low), 0.0, low), np.where(np.isnan(high), np.inf, high)

    def _raised(self) -> tuple[Floats, Floats]:
        orders = self.n + self.m
        share = np.divide(self.x + self.y, orders, out=np.zeros(np.shape(orders)), where=orders > 0)
        raised = 1 / (1 - np.minimum(share, MOST_RAISED))
        return self.x * raised, self.y * raised


def holm(families: Sequence[Sequence[float]]) -> list[list[float]]:
    """Adjusted p of tests in families: one of equal things is told wrongly in at most 5 % where those up to 5 % are told.

    Holm over the families, each by its smallest p times its number of tests (Bonferroni within it), so that two windows
    of one rate weigh as one rate. Source: Holm 1979, Scandinavian Journal of Statistics 6:65.
    """
    weighted = [[len(tests) * p for p in tests] for tests in families]
    order = sorted((n for n, tests in enumerate(weighted) if tests), key=lambda n: min(weighted[n]))
    adjusted: list[list[float]] = [[] for _ in families]
    least = 0.0
    for place, n in enumerate(order):
        adjusted[n] = [min(1.0, max(least, (len(order) - place) * p)) for p in weighted[n]]
        least = min(adjusted[n])
    return adjusted
