"""What feedback can say about the buyers who left none: bounds, a ratio that closes them, the ratio that decides.

N orders, P feedback of satisfied buyers, M of dissatisfied ones, N−P−M silent; q the dissatisfied share of orders,
a and b the chances that a satisfied and a dissatisfied buyer speaks, r = b/a. Two equations (P = N(1−q)a, M = Nqb) in
three unknowns: without r, or another source (`helpers.identification`), q is only bounded. Three stars is never a
defect, so it counts under P. Sources: Manski 1989, Journal of Human Resources 24:343; Horowitz and Manski 1995,
Econometrica 63:281.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import inf
from typing import Literal, NamedTuple, overload

from helpers.sentences import Value, say
from helpers.wording import counted, target_percent, times

STARS = (1, 2, 3, 4, 5)


class Range(NamedTuple):
    """A set from `low` to `high`, both included."""

    low: float
    high: float


@dataclass(frozen=True)
class Breakdown:
    """The response ratio at which an account stands exactly at its target.

    ratio           r* = (M/P)(1−t)/t, exact; None when no satisfied buyer spoke (no ratio is large enough)
    feasible        the ratios these counts allow: [M/(N−P), (N−M)/P]
    is_attainable   whether r* is among them
    truly_under     `always` or `never`, whatever the silent think; `depends`: exactly when the ratio is above r*
    finding         the same as a sentence
    """

    ratio: Fraction | None
    feasible: Range
    is_attainable: bool
    truly_under: Literal["always", "depends", "never"]
    finding: str


def bounds(orders: int, positive: int, negative: int) -> Range:
    """Where the dissatisfied share of orders must lie when silence says nothing: [M/N, 1−P/N].

    As wide as the silent share. Raises ValueError when there is more feedback than orders, or no order.
    """
    _check(orders, positive, negative)
    return Range(negative / orders, (orders - positive) / orders)


def bounds_of_stars(orders: int, stars: Mapping[int, int]) -> Range:
    """Where the mean stars over all orders must lie: every silent buyer at one star, or every one at five.

    stars   feedback of each number of stars
    """
    _check_stars(stars)
    spoke, total = sum(stars.values()), sum(star * n for star, n in stars.items())
    _check(orders, spoke, 0)
    return Range((total + orders - spoke) / orders, (total + 5 * (orders - spoke)) / orders)


@overload
def implied(positive: int, negative: int, ratio: float, *, orders: int | None = None) -> float: ...
@overload
def implied(positive: int, negative: int, ratio: tuple[float, float], *, orders: int | None = None) -> Range: ...
def implied(
    positive: int, negative: int, ratio: float | tuple[float, float], *, orders: int | None = None
) -> float | Range:
    """Dissatisfied share of orders that this feedback implies: q = M / (M + rP), the bias undone.

    ratio    the response ratio r: a number gives a number, (low, high) the range of shares for every ratio between
    orders   when given, ratios of a range that so many orders do not allow are left out, so the range is sharp
    Raises ValueError for a ratio not above 0, without feedback, or when no ratio of a range is possible.
    Log-odds of q = log-odds among feedback − log r.
    """
    if not isinstance(ratio, tuple):
        return _implied(positive, negative, ratio)
    low, high = ratio
    if not low <= high:
        raise ValueError(f"expected a range from low to high, found {ratio}")
    if orders is not None:
        least, most = feasible_ratios(orders, positive, negative)
        if low > most or high < least:
            raise ValueError(
                f"expected a ratio between {least:.3g} and {most:.3g}, as these counts need, found {ratio}"
            )
        low, high = max(low, least), min(high, most)
    return Range(_implied(positive, negative, high), _implied(positive, negative, low))


def implied_stars(stars: Mapping[int, int], readiness: Mapping[int, float | tuple[float, float]]) -> dict[str, Range]:
    """Dissatisfied share and mean stars over all orders that feedback by stars implies: shares n/ρ, made to sum to 1.

    stars       feedback of each number of stars
    readiness   each one's chance of being told, on any common scale; a pair is every value between
    Returns `dissatisfied` and `stars`, both sharp: a ratio of sums is extreme at a corner. A point has low = high.
    Raises ValueError for a readiness not above 0, or without feedback. Source: Hájek 1971 weights.
    """
    _check_stars(stars)
    told = [star for star in STARS if stars.get(star)]
    choices = [value if isinstance(value, tuple) else (value,) for value in (readiness[star] for star in told)]
    if not told or not all(0 < rho < inf for choice in choices for rho in choice):
        raise ValueError("expected at least one feedback, and a readiness above 0 for each of its stars")
    shares, means = [], []
    for corner in product(*choices):
        weights = [stars[star] / rho for star, rho in zip(told, corner, strict=True)]
        shares.append(sum(weight for star, weight in zip(told, weights, strict=True) if star <= 2) / sum(weights))
        means.append(sum(star * weight for star, weight in zip(told, weights, strict=True)) / sum(weights))
    return {"dissatisfied": Range(min(shares), max(shares)), "stars": Range(min(means), max(means))}


def feasible_ratios(orders: int, positive: int, negative: int) -> Range:
    """The response ratios these counts allow: neither chance of speaking may exceed 1."""
    _check(orders, positive, negative)
    low = negative / (orders - positive) if orders > positive else inf if negative else 0.0
    return Range(low, (orders - negative) / positive if positive else inf)


def breakdown_ratio(orders: int, positive: int, negative: int, target: str | float | Fraction) -> Breakdown:
    """How much louder the dissatisfied must be for the account to be truly under its target, exactly and in words.

    target   a rate between 0 and 1 that the dissatisfied share of orders must be below; 0.01 and "0.01" mean 1/100
    Raises ValueError for counts that cannot be or a target outside (0, 1).
    """
    _check(orders, positive, negative)
    t = exact(target)
    if not 0 < t < 1:
        raise ValueError(f"expected a target between 0 and 1, found {target}")
    ratio = Fraction(negative, positive) * (1 - t) / t if positive else None
    least, most = Fraction(negative, orders), Fraction(orders - positive, orders)
    under = "always" if most < t else "depends" if least < t else "never"
    word = under if under != "depends" else "no_ratio" if ratio is None else "depends" if negative else "no_negative"
    found: dict[str, Value] = {"target": target_percent(str(float(t))), "negative": negative}
    found["orders"] = counted(orders, "order")
    if word != "never":
        found["feedback"] = positive + negative
    if word == "depends" and ratio is not None:
        found["ratio"] = times(ratio)
    finding = say(f"breakdown.{word}", **found)
    is_attainable = ratio is not None and least <= t <= most
    return Breakdown(ratio, feasible_ratios(orders, positive, negative), is_attainable, under, finding)


def exact(value: str | float | Fraction) -> Fraction:
    """A number as it is written: 0.1 is one tenth, not the nearest binary fraction. Raises ValueError for nan and inf."""
    if isinstance(value, Fraction):
        return value
    try:
        return Fraction(str(value))
    except ValueError as error:
        raise ValueError(f"expected a number such as 0.01 for 1 %, found {value}") from error


def _implied(positive: int, negative: int, ratio: float) -> float:
    if not 0 < ratio < inf or not min(positive, negative) >= 0 or not positive + negative:
        raise ValueError(f"expected a ratio above 0 and feedback, found {ratio}, {positive} and {negative}")
    return negative / (negative + ratio * positive)


def _check(orders: int, positive: int, negative: int) -> None:
    if not (0 < orders < inf and min(positive, negative) >= 0 and positive + negative <= orders):
        raise ValueError(f"expected at most {orders} feedback on {orders} orders, found {positive} and {negative}")


def _check_stars(stars: Mapping[int, int]) -> None:
    if not set(stars) <= set(STARS) or not all(0 <= n < inf for n in stars.values()):
        raise ValueError(f"expected feedback of one to five stars, at least 0 of each, found {dict(stars)}")
