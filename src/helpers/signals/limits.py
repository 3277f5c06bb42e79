"""Control limits of disjoint cohorts: p, Laney's p′, exact binomial limits, and g for rare events.

For the eye. Never on the rolling rate: neighbouring windows share their orders, and on an unchanged process every chart of
them signals within 90 days.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik

TAIL = 0.00135  # one side of three standard deviations of a normal law
D2 = 1.128  # mean moving range of two over the standard deviation, to the digits charts print
FEW = 10  # expected bad ones under which limits are exact

Floats = NDArray[np.float64]


class Limits(NamedTuple):
    """The centre of a chart and the limits of each point."""

    centre: float
    low: Floats
    high: Floats


def p(x: ArrayLike, n: ArrayLike, baseline: ArrayLike | None = None) -> Limits:
    """p̄ ± 3 √(p̄ (1 − p̄) / n), cut at 0 and 1.

    x, n       bad ones and orders of each cohort · baseline  which cohorts make the centre; all by default
    Source: Montgomery, Introduction to Statistical Quality Control, equation 7.8.
    """
    x, n = np.asarray(x, float), np.asarray(n, float)
    centre = _centre(x, n, baseline)
    return _around(centre, 3 * _sigma(centre, n))


def p_prime(x: ArrayLike, n: ArrayLike, baseline: ArrayLike | None = None) -> tuple[Limits, float]:
    """Laney's limits, p̄ ± 3 σ_i σ_z, and σ_z, how much more cohorts differ than chance alone makes them.

    Source: Laney 2002, Quality Engineering 14:531; σ_z about 1 means that plain limits are right.
    """
    x, n = np.asarray(x, float), np.asarray(n, float)
    centre = _centre(x, n, baseline)
    spread = sigma_z(x, n, baseline)
    return _around(centre, 3 * _sigma(centre, n) * spread), spread


def sigma_z(x: ArrayLike, n: ArrayLike, baseline: ArrayLike | None = None) -> float:
    """Mean moving range of z = (x/n − p̄)/σ over 1.128; 1 where fewer than two cohorts differ from nothing."""
    x, n = np.asarray(x, float), np.asarray(n, float)
    centre = _centre(x, n, baseline)
    sigma = _sigma(centre, n)
    if len(x) < 2 or not (sigma > 0).all():
        return 1.0
    z = (x / n - centre) / sigma
    used = z if baseline is None else z[np.asarray(baseline, bool)]
    return float(np.abs(np.diff(used)).mean() / D2) if len(used) > 1 else 1.0


def exact(n: ArrayLike, centre: float) -> Limits:
    """The lowest and highest rate still inside: what lies beyond has a chance of at most 0.135 % on either side.

    At 0.5 % of 600 orders 9 bad ones are inside and 10 are not; three standard deviations stop at 8.2.
    """
    n = np.asarray(n, float)
    most = bdtrik(1 - TAIL, n, centre) if 0 < centre < 1 else n * centre
    least = np.maximum(np.nan_to_num(bdtrik(TAIL, n, centre)), 0) if 0 < centre < 1 else n * centre
    return Limits(centre, np.maximum(np.ceil(least - 1e-9), 0.0) / n, np.ceil(most - 1e-9) / n)


def g(between: ArrayLike, baseline: ArrayLike | None = None) -> Limits:
    """The orders between two bad ones, whose law is geometric: ḡ ± 3 √(ḡ (ḡ + 1)), cut at 0.

    Source: Kaminsky, Benneyan, Davis and Burke 1992, Journal of Quality Technology 24:63.
    """
    between = np.asarray(between, float)
    used = between if baseline is None else between[np.asarray(baseline, bool)]
    centre = float(used.mean()) if len(used) else 0.0
    half = np.full(between.shape, 3 * np.sqrt(centre * (centre + 1)))
    return Limits(centre, np.maximum(centre - half, 0.0), centre + half)


def _centre(x: Floats, n: Floats, baseline: ArrayLike | None) -> float:
    used = np.ones(x.shape, bool) if baseline is None else np.asarray(baseline, bool)
    orders = n[used].sum()
    return float(x[used].sum() / orders) if orders else 0.0


def _sigma(centre: float, n: Floats) -> Floats:
    return np.sqrt(centre * (1 - centre) / n)


def _around(centre: float, half: Floats) -> Limits:
    return Limits(centre, np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0))
