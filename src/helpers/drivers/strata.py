"""A group beside the rest within strata of another factor: the Mantel-Haenszel ratio, its test, how entangled both are.

A carrier that takes the easy parcels looks better than it is. Within each region, compared with the others there, it does
not: where both comparisons point to different sides (Simpson), the one within strata is the fair one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtri

Floats = NDArray[np.float64]


class Adjusted(NamedTuple):
    """One value a group: the ratio of its rate to that of the rest, the standard error of its logarithm, the p of no
    difference (two-sided). nan where no stratum holds both."""

    ratio: Floats
    error: Floats
    p: Floats

    def interval(self, level: float, effect: Floats) -> tuple[Floats, Floats]:
        """The ends of the ratio at a level, of counts worth 1/effect of so many."""
        half = ndtri(0.5 + level / 2) * self.error * np.sqrt(effect)
        return self.ratio * np.exp(-half), self.ratio * np.exp(half)


def mantel_haenszel(x: Floats, n: Floats, effect: Floats) -> Adjusted:
    """Each group beside all others, within strata.

    x, n     [group, stratum] bad ones and orders of all groups, so that the rest of a group is what is left
    effect   [group] design effect: χ² and error are of counts divided by it
    Sources: Mantel and Haenszel 1959, JNCI 22:719; variance: Greenland and Robins 1985, Biometrics 41:55.
    """
    bad, all_orders = x.sum(axis=0), n.sum(axis=0)
    rest_x, rest_n = bad - x, all_orders - n
    share = np.divide(1.0, all_orders, out=np.zeros_like(all_orders), where=all_orders > 0)
    up, down = (x * rest_n * share).sum(axis=1), (rest_x * n * share).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = up / down
        spread = ((n * rest_n * bad * share**2 - x * rest_x * share).sum(axis=1)) / (up * down)
        variance = (n * rest_n * bad * (all_orders - bad) * share**2 / np.maximum(all_orders - 1, 1)).sum(axis=1)
        beyond = np.maximum(np.abs((x - n * bad * share).sum(axis=1)) - 0.5, 0.0)
        chi = np.where(variance > 0, beyond**2 / variance / effect, np.nan)
    return Adjusted(
        np.where((up > 0) | (down > 0), ratio, np.nan), np.sqrt(np.maximum(spread, 0.0)), chdtrc(1, np.nan_to_num(chi))
    )


def entangled(n: Floats) -> Floats:
    """[group] how unevenly each group and the rest lie on the strata: Cramér's V of the two, 0 alike to 1 apart.

    n   [group, stratum] orders. It looks at no bad one, so what it chooses stays a fair test.
    """
    total, strata = n.sum(), n.sum(axis=0)
    own = n.sum(axis=1)
    expected = own[:, None] * strata / total
    rest = (total - own)[:, None] * strata / total
    off = (n - expected) ** 2
    chi = np.divide(off, expected, out=np.zeros_like(off), where=expected > 0) + np.divide(
        off, rest, out=np.zeros_like(off), where=rest > 0
    )
    return np.sqrt(chi.sum(axis=1) / total)
