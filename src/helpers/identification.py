"""Three ways to learn what silence hides: ask everyone at random, look at what every order shows, compare lists.

Each returns a set or a share of orders with its interval, and a sentence that names what it assumes. Without one of
these, or a response ratio, feedback only bounds the dissatisfied share (`helpers.feedback.bounds`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import exp, nan, sqrt

import polars as pl
from scipy.special import ndtri

from helpers import intervals
from helpers.feedback.arguments import confidence
from helpers.feedback.response import NEGATIVE
from helpers.feedback.sampling import bounds_interval, ends, estimated_tail, tail
from helpers.feedback.silence import Range, bounds
from helpers.sentences import say
from helpers.wording import counted, percent, percent_range


@dataclass(frozen=True)
class Identified:
    """The dissatisfied share of orders, as far as the data and one named assumption take it.

    estimate           lowest and highest share that fits; the same number twice when it is a point
    interval           the same with chance, at `level`
    is_contradicted    whether the data refuse the assumption, chance allowed for
    finding            the result and its assumption as a sentence
    """

    estimate: Range
    interval: Range
    level: float
    is_contradicted: bool
    finding: str


@dataclass(frozen=True)
class Proxy:
    """What a sign known for every order, checked against those who spoke, says of those who did not.

    sensitivity, false_flags   share of dissatisfied, and of satisfied, speakers whose order has the sign
    propensity_*, response_ratio   who speaks, now estimated
    """

    dissatisfied: Identified
    sensitivity: float
    false_flags: float
    propensity_dissatisfied: float
    propensity_satisfied: float
    response_ratio: float


def by_solicitation(arms: pl.DataFrame, *, level: float = 0.95) -> Identified:
    """The dissatisfied share when orders were asked, or asked later, at random: it lies in every arm's bounds.

    arms   one row an arm: `orders`, `positive`, `negative`
    Assumes that asking changes who speaks and not what was lived or said. The estimate crosses the bounds
    [max M/N, min 1−P/N] (Manski 2003, Partial Identification of Probability Distributions, section 2.3); it can be
    empty by chance: then low is above high. Each arm's end gets its part of the tail (Bonferroni), chosen as Imbens
    and Manski do, with Stoye's test of a width near zero. Raises ValueError as `bounds`, and without arms.
    """
    if arms.is_empty():
        raise ValueError("expected at least one arm")
    rows = arms.select("orders", "positive", "negative").rows()
    sets = [bounds(*row) for row in rows]
    estimate = Range(max(each.low for each in sets), min(each.high for each in sets))
    orders = min(n for n, _, _ in rows)
    spread = max(sqrt(end * (1 - end) / n) for (n, _, _), set_ in zip(rows, sets, strict=True) for end in set_)
    each = estimated_tail(estimate.high - estimate.low, spread, orders, level) / len(rows)
    lows, highs = zip(*((ends(m, n, each)[0], ends(n - p, n, each)[1]) for n, p, m in rows), strict=True)
    interval = Range(max(lows), min(highs))
    asked = {"arms": len(rows), "orders": counted(sum(n for n, _, _ in rows), "order")}
    if interval.low > interval.high:
        finding = say("identified.arms_contradict", **asked)
    else:
        finding = say("identified.arms", share=percent_range(*interval), **asked)
    return Identified(estimate, interval, level, interval.low > interval.high, finding)


def by_known_proxy(
    flagged: int,
    orders: int,
    sensitivity: float | tuple[float, float],
    specificity: float | tuple[float, float],
    *,
    level: float = 0.95,
) -> Identified:
    """The dissatisfied share from a sign known for every order, with its error rates known or known to lie in ranges.

    sensitivity, specificity   share of the dissatisfied with the sign, of the satisfied without; or (low, high)
    q = (p + specificity − 1)/(sensitivity + specificity − 1), p the flagged share, cut to 0…1: Rogan and Gladen 1978,
    American Journal of Epidemiology 107:71. Extreme at a corner of the ranges. Raises ValueError when the sign may be
    no better than chance.
    """
    pairs = [value if isinstance(value, tuple) else (value, value) for value in (sensitivity, specificity)]
    corners = list(product(*pairs))
    if not all(a + b > 1 and a <= 1 and b <= 1 for a, b in corners):
        raise ValueError("expected a sensitivity and specificity that sum to more than 1, each at most 1")
    if not 0 <= flagged <= orders or not orders:
        raise ValueError(f"expected at most {orders} flagged of {orders} orders, found {flagged}")

    def corrected(share: float) -> list[float]:
        return [(share + b - 1) / (a + b - 1) for a, b in corners]

    raw = corrected(flagged / orders)
    spread = sqrt((flagged + 0.5) * (orders - flagged + 0.5) / orders**3) / min(a + b - 1 for a, b in corners)
    low, high = ends(flagged, orders, tail(max(raw) - min(raw), spread, level))
    estimate = Range(_cut(min(raw)), _cut(max(raw)))
    interval = Range(_cut(min(corrected(low))), _cut(max(corrected(high))))
    is_contradicted = max(corrected(high)) < 0 or min(corrected(low)) > 1
    seen = {"flagged": flagged, "orders": counted(orders, "order")}
    if is_contradicted:
        finding = say("identified.known_sign_impossible", **seen)
    else:
        finding = say("identified.known_sign", share=percent_range(*interval), **seen)
    return Identified(estimate, interval, level, is_contradicted, finding)


def by_proxy(orders: pl.DataFrame, *, level: float = 0.95) -> Proxy:
    """The dissatisfied share from a sign known for every order (a return, a refund, a late parcel) and from feedback.

    orders   one row an order: `is_flagged`, `stars` (null: silent)
    The sign's errors are read off those who spoke and carried over to the silent: assumes that, the experience given,
    speaking has nothing to do with the sign. q = (p − false)/(sensitivity − false), cut to the worst-case bounds; the
    interval is every q with |p − q·sens − (1−q)·false| within its error, put together from three Wilson intervals (Zou and
    Donner 2008, Statistics in Medicine 27:1693), and the worst-case interval when the sign does not tell the two apart.
    Raises ValueError when nobody of one side spoke.
    """
    if orders.get_column("is_flagged").null_count():
        raise ValueError("expected is_flagged to be known for every order")
    flagged, n = int(orders.get_column("is_flagged").sum()), orders.height
    bad = orders.filter(pl.col("stars") <= NEGATIVE).get_column("is_flagged")
    good = orders.filter(pl.col("stars") > NEGATIVE).get_column("is_flagged")
    m, p = len(bad), len(good)
    if not m or not p:
        raise ValueError(f"expected negative and other feedback, found {m} and {p}")
    hits, false, share = int(bad.sum()) / m, int(good.sum()) / p, flagged / n
    worst, wide = bounds(n, p, m), bounds_interval(n, p, m, level=level)
    point = (share - false) / (hits - false) if hits > false else nan
    q = min(max(point, worst.low), worst.high)
    estimate = worst if hits <= false else Range(q, q)
    flags = ((int(bad.sum()), m), (int(good.sum()), p), (flagged, n))
    interval = _proxy_interval(flags, _cut(point), level) if hits > false else wide
    is_contradicted = interval is None
    interval = wide if interval in (None, Range(0.0, 1.0)) else interval
    if is_contradicted:
        finding = say("identified.sign_contradicted", share=percent(share), orders=counted(n, "order"))
    else:
        finding = say(
            "identified.sign",
            share=percent_range(*interval),
            orders=counted(n, "order"),
            on_negative=percent(hits),
            negative=m,
            on_other=percent(false),
            other=p,
        )
    return Proxy(
        Identified(estimate, interval, level, is_contradicted, finding),
        sensitivity=hits,
        false_flags=false,
        propensity_dissatisfied=m / (n * q) if q > 0 else nan,
        propensity_satisfied=p / (n * (1 - q)) if q < 1 else nan,
        response_ratio=m * (1 - q) / (p * q) if q > 0 else nan,
    )


def by_lists(orders: pl.DataFrame, *, level: float = 0.95) -> pl.DataFrame:
    """How many orders went wrong, from how much lists of bad orders overlap: one row for each pair of lists.

    orders   one row an order, one boolean column a list (negative feedback, claims, returns for a fault)
    Columns `first`, `second`, `in_first`, `in_second`, `in_both`, `estimate`, `low`, `high` (orders), `rate`,
    `rate_low`, `rate_high` (of all orders), `finding`. Chapman 1951: (n₁+1)(n₂+1)/(m+1) − 1; interval: Sadinle 2009,
    Communications in Statistics 38:1909. It takes the lists to be independent: a buyer on one may be likelier to be on the
    other, and then it is too low. It is an estimate, over the truth about as often as under it, and never "at least".
    Raises ValueError for a list with nulls, without orders, and for a level that is not between 0 and 1.
    """
    confidence(level)
    if orders.is_empty():
        raise ValueError("expected at least one order")
    if sum(orders.null_count().row(0)):
        raise ValueError("expected every list to be known for every order")
    z, rows = float(ndtri((1 + level) / 2)), []
    for first, second in combinations(orders.columns, 2):
        one, two = (int(orders.get_column(name).sum()) for name in (first, second))
        both = int((orders.get_column(first) & orders.get_column(second)).sum())
        estimate = (one + 1) * (two + 1) / (both + 1) - 1
        a, b, c = both + 0.5, one - both + 0.5, two - both + 0.5
        spread = exp(z * sqrt(1 / a + 1 / b + 1 / c + a / (b * c)))
        known = one + two - both
        low, high = max(known, known - 0.5 + b * c / a / spread), min(orders.height, known - 0.5 + b * c / a * spread)
        finding = say(
            "went-wrong",
            estimate=round(min(estimate, orders.height)),
            low=round(low),
            high=round(high),
            known=known,
            one=one,
            two=two,
            both=both,
            orders=counted(orders.height, "order"),
        )
        counts = (min(estimate, orders.height), low, high)
        rows.append((first, second, one, two, both, *counts, *(x / orders.height for x in counts), finding))
    names = ["first", "second", "in_first", "in_second", "in_both", "estimate", "low", "high"]
    return pl.DataFrame(rows, schema=[*names, "rate", "rate_low", "rate_high", "finding"], orient="row")


def _proxy_interval(flags: tuple[tuple[int, int], ...], q: float, level: float) -> Range | None:
    """Every share q that p = q·sensitivity + (1−q)·false allows, chance counted; None when not even `q` is.

    flags   with the sign, and in all: of the dissatisfied who spoke, of the satisfied who spoke, of all orders
    """
    rates = [x / n for x, n in flags]
    limits = [tuple(map(float, intervals.wilson(x, n, level))) for x, n in flags]
    # The share of all orders holds the speakers' flags: its covariance with their rate is that rate's variance times
    # their part of the orders.
    overlaps = [n / flags[-1][1] for _, n in flags[:-1]] + [0.0]

    def fits(share: float) -> bool:
        weights = (-share, share - 1, 1.0)
        gap = sum(weight * rate for weight, rate in zip(weights, rates, strict=True))
        room = 0.0
        for weight, rate, limit, overlap in zip(weights, rates, limits, overlaps, strict=True):
            far = limit[(weight > 0) == (gap < 0)] - rate  # to the end of the interval that closes the gap
            room += (weight**2 + 2 * weight * overlap) * far**2
        return gap**2 <= room

    def end(outer: float) -> float:
        if fits(outer):
            return outer
        inner = q
        for _ in range(50):
            middle = (inner + outer) / 2
            inner, outer = (middle, outer) if fits(middle) else (inner, middle)
        return inner

    return Range(end(0.0), end(1.0)) if fits(q) else None


def _cut(share: float) -> float:
    return min(max(share, 0.0), 1.0)
