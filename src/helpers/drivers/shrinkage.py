"""Rates of many groups, each drawn towards all of them as far as its own orders do not tell (empirical Bayes)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv, betaln, gammaln

Floats = NDArray[np.float64]
FIRMNESS = np.geomspace(2, 1e6, 240)  # α + β that are tried: in how many orders the groups' common rate is worth
TAIL = 0.05


def log_likelihood(x: ArrayLike, n: ArrayLike, alpha: ArrayLike, beta: ArrayLike) -> Floats:
    """The log likelihood of groups whose rates are Beta(α, β), binomial coefficients included; groups along the last axis.

    Source: beta-binomial law, Griffiths 1973, Biometrics 29:637.
    """
    x, n, alpha, beta = (np.asarray(each, float) for each in (x, n, alpha, beta))
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    return (ways + betaln(x + alpha, n - x + beta) - betaln(alpha, beta)).sum(axis=-1)


def fitted(x: ArrayLike, n: ArrayLike) -> tuple[float, float]:
    """α and β: their mean is the common rate, their sum the likeliest of those tried. Nothing bad: Beta(½, the orders)."""
    x, n = np.asarray(x, float), np.asarray(n, float)
    common = (x.sum() + 0.5) / (n.sum() + 1)
    alpha, beta = FIRMNESS * common, FIRMNESS * (1 - common)
    best = int(log_likelihood(x, n, alpha[:, None], beta[:, None]).argmax())
    return float(alpha[best]), float(beta[best])


def shrunken(x: ArrayLike, n: ArrayLike, prior: tuple[float, float]) -> tuple[Floats, Floats, Floats]:
    """The mean and the ends of the 90 % interval of each group's rate: Beta(x + α, n − x + β)."""
    x, n = np.asarray(x, float), np.asarray(n, float)
    alpha, beta = x + prior[0], n - x + prior[1]
    return alpha / (alpha + beta), betaincinv(alpha, beta, TAIL), betaincinv(alpha, beta, 1 - TAIL)


def over(x: ArrayLike, n: ArrayLike, prior: tuple[float, float], rate: float) -> Floats:
    """The chance that each group's rate is over `rate`."""
    x, n = np.asarray(x, float), np.asarray(n, float)
    return 1 - betainc(x + prior[0], n - x + prior[1], rate)
