"""What chance alone does: how often a window of some size misses its target, from what is known of the rate."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import bdtrc, betaln, gammaln

from helpers.verdicts import Limit


def of_missing(n: int, limit: Limit, mean: float, weight: float = math.inf, effect: float = 1.0) -> float:
    """The chance that a window of n orders misses its target.

    mean, weight   what is known of the share of bad ones: a Beta law of this mean, worth so many orders; a known share
                   weighs infinitely much
    effect         the design effect of such a window: bad ones that come in lumps
    Beta-binomial, with one correlation for both: r' = (D (1 − r) + n r − 1) / (n − 1), r = 1 / (weight + 1).
    """
    allowed = limit.allowed(n)
    if allowed >= n or mean <= 0:
        return 0.0
    if allowed < 0 or mean >= 1:
        return 1.0
    r = 1 / (weight + 1)
    alike = (effect * (1 - r) + n * r - 1) / (n - 1) if n > 1 else 0.0
    if alike <= 0:
        return float(bdtrc(allowed, n, mean))
    if alike >= 1:
        return mean
    orders = 1 / alike - 1
    a, b = mean * orders, (1 - mean) * orders
    k = np.arange(allowed + 1)
    choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    met = np.exp(choose + betaln(k + a, n - k + b) - betaln(a, b)).sum()
    return float(np.clip(1 - met, 0.0, 1.0))
