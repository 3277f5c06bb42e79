"""How far chance moves what feedback implies: intervals round bounds, implied shares and breakdown ratios.

An interval for a share that is only known to lie in a set need not cover the set, only the share: when the set is wide
against chance, one tail at each end is enough, and when it shrinks to a point both are needed (Imbens and Manski 2004,
Econometrica 72:1845). Where the width itself is estimated and may be near zero by luck, it is taken as zero first
(Stoye 2009, Econometrica 77:1299). The ends are Clopper-Pearson tails, so small counts keep the promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from math import exp, inf, log, prod, sqrt

import numpy as np
import polars as pl
from scipy.special import betaincinv, ndtr, ndtri

from helpers import intervals
from helpers.feedback.arguments import confidence
from helpers.feedback.silence import Range, bounds, exact, feasible_ratios, implied, implied_stars

_CUT = 50  # the part of the error that a cut by the worst-case bounds may add


def tail(width: float, standard_error: float, level: float = 0.95) -> float:
    """The chance each end may miss so that the share is covered with `level`: from (1 − level)/2 up to 1 − level.

    width            distance between the two ends of the set
    standard_error   of the less certain end, in the same units
    Solves Φ(C + width/se) − Φ(−C) = level by bisection and gives 1 − Φ(C): Imbens and Manski 2004. Raises ValueError for
    a level that is not between 0 and 1.
    """
    confidence(level)
    apart = inf if standard_error == 0 and width > 0 else 0.0 if standard_error == 0 else max(width, 0) / standard_error
    low, high = ndtri(level), ndtri((1 + level) / 2)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if ndtr(middle + apart) - ndtr(-middle) < level else (low, middle)
    return float(ndtr(-high))


def estimated_tail(width: float, standard_error: float, observations: int, level: float = 0.95) -> float:
    """The same where the width is itself an estimate: a width within √(ln n) standard errors of zero counts as zero.

    The pre-test of Stoye 2009, section 3; both tails at a width of zero hold whatever the two ends' correlation.
    """
    near = width <= standard_error * sqrt(log(max(observations, 2)))
    return tail(0 if near else width, standard_error, level)


def ends(x: int, n: int, each: float) -> tuple[float, float]:
    """Clopper-Pearson ends of a rate that each miss with at most the chance `each`."""
    low, high = intervals.clopper_pearson(x, n, 1 - 2 * each)
    return float(low), float(high)


def bounds_interval(orders: int, positive: int, negative: int, *, level: float = 0.95) -> Range:
    """Interval for the dissatisfied share of orders when silence says nothing: the bounds, widened by chance.

    Covers the share with at least about `level`, wherever in the bounds it lies. The width of the bounds is the silent
    share, which cannot be near zero by luck without being near zero: Imbens and Manski's condition holds.
    """
    set_ = bounds(orders, positive, negative)
    spread = max(sqrt(end * (1 - end) / orders) for end in set_)
    each = tail(set_.high - set_.low, spread, level)
    return Range(ends(negative, orders, each)[0], ends(orders - positive, orders, each)[1])


def implied_interval(
    positive: int,
    negative: int,
    ratio: float | tuple[float, float],
    *,
    orders: int | None = None,
    level: float = 0.95,
) -> Range:
    """Interval for the dissatisfied share of orders when the response ratio is given, or known to lie in a range.

    The share among feedback is a rate of counts; the ratio carries its interval over (log-odds minus log r).
    orders   when given, the worst-case bounds cut it: it is never wider than without. An end at which the bound clearly
             binds (the ratio beyond what these counts allow by √(ln n) standard errors, Stoye's pre-test) has the bound's
             own error; at any other the cut may add a fiftieth of the error. A ratio that contradicts the counts beyond
             chance raises ValueError
    """
    low, high = ratio if isinstance(ratio, tuple) else (ratio, ratio)
    implied(positive, negative, (low, high))  # refuses what cannot be
    spread = sqrt(1 / (positive + 0.5) + 1 / (negative + 0.5))
    shares = ends(negative, positive + negative, tail(log(high / low), spread, level))
    found = Range(shares[0] / (shares[0] + high * (1 - shares[0])), shares[1] / (shares[1] + low * (1 - shares[1])))
    if orders is None:
        return found
    least, most = feasible_ratios(orders, positive, negative)
    clearly = exp(spread * sqrt(log(max(positive + negative, 2))))
    binding, other = (bounds_interval(orders, positive, negative, level=1 - (1 - level) / part) for part in (1, _CUT))
    cut = Range(
        max(found.low, (binding if high > most * clearly else other).low),
        min(found.high, (binding if low * clearly < least else other).high),
    )
    if cut.low > cut.high:
        raise ValueError(f"expected a ratio these counts allow, found {ratio}: {positive} and {negative} of {orders}")
    return cut


def implied_stars_interval(
    stars: Mapping[int, int], readiness: Mapping[int, float | tuple[float, float]], *, level: float = 0.95
) -> Range:
    """Interval for the dissatisfied share of orders that feedback by stars implies (`implied_stars`).

    readiness   for every number of stars a buyer can give, also those that nobody gave
    Each side's weighted counts stand for as many plain ones as have the same error, (Σn/ρ)²/Σ(n/ρ²); the side an end
    leans towards gets one more feedback of its largest weight (Fay and Feuer 1997, Statistics in Medicine 16:791). With
    equal weights that is Clopper-Pearson.
    """
    implied_stars(stars, readiness)  # refuses what cannot be
    given, corners = sorted(readiness), []
    for chosen in product(
        *(value if isinstance(value, tuple) else (value,) for value in map(readiness.__getitem__, given))
    ):
        weights = {star: 1 / rho for star, rho in zip(given, chosen, strict=True)}
        corners.append([_plain(stars, weights, side) for side in ((1, 2), (3, 4, 5))])
    spread = max(sqrt(1 / (bad[0][0] + 0.5) + 1 / (good[0][0] + 0.5)) for bad, good in corners)
    points = [log(prod(bad[0]) / prod(good[0])) for bad, good in corners if bad[0][0] and good[0][0]]
    each = tail(max(points) - min(points) if points else 0.0, spread, level)
    low = min(_mixed(bad[0], good[1], each) for bad, good in corners)
    return Range(low, max(1 - _mixed(good[0], bad[1], each) for bad, good in corners))


def breakdown_interval(positive: int, negative: int, target: str | float | Fraction, *, level: float = 0.95) -> Range:
    """Interval for the response ratio at which the account stands at its target, counts being a sample.

    Truly under the target with this confidence when the ratio is above the high end. Infinite when it has no end.
    """
    confidence(level)
    t = exact(target)
    if not 0 < t < 1 or not min(positive, negative) >= 0 or not positive + negative:
        raise ValueError(f"expected feedback and a target between 0 and 1, found {positive}, {negative} and {target}")
    odds = [
        inf if share == 1 else share / (1 - share) for share in ends(negative, positive + negative, (1 - level) / 2)
    ]
    return Range(*(float((1 - t) / t) * odd for odd in odds))


def ratios_not_ruled_out(orders: int, positive: int, negative: int, *, level: float = intervals.LEVEL) -> Range:
    """The response ratios these counts do not rule out, chance taken in; any other is wrongly ruled out in at most
    (1 − level)/2 of shops.

    With a ratio r above 1 a happy buyer writes with a chance of at most 1/r, and at most N − M buyers were happy: r is ruled
    out when P is too many for Bin(N − M, 1/r). With r below 1 an unhappy one writes with at most r, and at most N − P were
    unhappy: it is when M is too many for Bin(N − P, r). Both ends are Clopper-Pearson's lower ones. Without chance it is
    `feasible_ratios`, which leaves out a true ratio of 60 in 6 of 10 shops of 52 orders.
    """
    feasible_ratios(orders, positive, negative)  # refuses what cannot be
    each = (1 - level) / 2
    happy = ends(positive, orders - negative, each)[0] if positive else 0.0
    unhappy = ends(negative, orders - positive, each)[0] if negative else 0.0
    return Range(unhappy, 1 / happy if happy else inf)


def curve(
    orders: int, positive: int, negative: int, ratios: Iterable[float] | None = None, *, level: float = 0.95
) -> pl.DataFrame:
    """The implied share for every response ratio: one row a ratio, for a chart.

    ratios   default: from 1/100 to 100, equally far apart in factors, 1 (no bias) in the middle
    Columns `response_ratio`, `dissatisfied`, `low`, `high` (chance included), `is_feasible` (these counts allow it).
    """
    allowed = feasible_ratios(orders, positive, negative)
    chosen = list(np.geomspace(0.01, 100, 81) if ratios is None else ratios)
    spans = [implied_interval(positive, negative, ratio, level=level) for ratio in chosen]
    return pl.DataFrame(
        {
            "response_ratio": [float(ratio) for ratio in chosen],
            "dissatisfied": [implied(positive, negative, float(ratio)) for ratio in chosen],
            "low": [span.low for span in spans],
            "high": [span.high for span in spans],
            "is_feasible": [allowed.low <= ratio <= allowed.high for ratio in chosen],
        }
    )


def _plain(
    stars: Mapping[int, int], weights: Mapping[int, float], side: tuple[int, ...]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Weighted counts of one side as so many plain ones of one weight: as they are, and with one more feedback."""
    told = [(stars.get(star, 0), weights[star]) for star in side if star in weights]
    most = max((weight for _, weight in told), default=1.0)
    total, square = sum(n * weight for n, weight in told), sum(n * weight**2 for n, weight in told)
    more, larger = total + most, square + most**2
    return (total**2 / square, square / total) if total else (0.0, most), (more**2 / larger, larger / more)


def _mixed(part: tuple[float, float], rest: tuple[float, float], each: float) -> float:
    """The low end for the weighted share of `part`, each side given as plain counts and their weight."""
    share = betaincinv(part[0], rest[0], each) if part[0] else 0.0
    return float(share * part[1] / (share * part[1] + (1 - share) * rest[1]))
