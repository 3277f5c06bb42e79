"""What chance alone does to a small seller: more negative than positive feedback, or a missed target at one look.

All exact laws, no simulation; the chance over many looks is another question (`scenarios`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammaln, xlog1py, xlogy

from helpers.feedback.arguments import chance, number
from helpers.feedback.response import NEGATIVE, POSITIVE, Response
from helpers.feedback.silence import exact


@dataclass(frozen=True)
class Standing:
    """Chances of each way a feedback record can stand; they sum to 1. `tie` is of at least one on either side."""

    more_negative: float
    tie: float
    none: float
    more_positive: float


def probability_more_negative(
    satisfied: int, dissatisfied: int, *, propensity_satisfied: float, propensity_dissatisfied: float
) -> Standing:
    """Chance that negative feedback outnumbers positive, with so many buyers of each kind.

    Positive ~ Bin(satisfied, a), negative ~ Bin(dissatisfied, b), independent; the double sum, exactly. 50 satisfied
    at 2 % and 2 dissatisfied who always speak: 73.6 % more negative, 18.6 % a tie. Raises ValueError for what is no
    chance, and for more buyers than memory can hold the law of.
    """
    for buyers in (satisfied, dissatisfied):
        number("buyers", buyers)
    chance("propensity_satisfied", propensity_satisfied)
    chance("propensity_dissatisfied", propensity_dissatisfied)
    positive, negative = _binomial(satisfied, propensity_satisfied), _binomial(dissatisfied, propensity_dissatisfied)
    fewer = np.concatenate([[0.0], np.cumsum(positive)])  # fewer[k] = P(positive < k)
    behind = fewer[np.minimum(np.arange(negative.size), positive.size)]
    both = min(positive.size, negative.size)
    none = float(positive[0] * negative[0])
    ties = float(positive[:both] @ negative[:both]) - none
    more = float(negative @ behind)
    return Standing(more, max(ties, 0.0), none, max(1 - more - ties - none, 0.0))


def probability_standing(orders: int, response: Response) -> Standing:
    """The same for orders of a model, where how many buyers are dissatisfied is chance as well.

    Of K who speak on one side or the other, K ~ Bin(orders, u + v), the negative ones are Bin(K, u/(u + v)); u and v
    are the chances an order brings one or two, and four or five stars. Three stars stand on neither side. Raises
    ValueError for more orders than memory can hold the law of.
    """
    number("orders", orders)
    u, v = float(response.told(best=NEGATIVE)), float(response.told(worst=POSITIVE))
    spoke = np.arange(orders + 1)
    law = _binomial(orders, u + v)
    if u + v == 0:
        return Standing(0.0, 0.0, 1.0, 0.0)
    more = float(law @ _at_least(spoke // 2 + 1, spoke, u / (u + v)))
    less = float(law @ _at_least(spoke // 2 + 1, spoke, v / (u + v)))
    none = float(law[0])
    return Standing(more, max(1 - more - less - none, 0.0), none, less)


def grid(
    orders: Iterable[int],
    dissatisfied: Iterable[float],
    propensity_satisfied: Iterable[float],
    propensity_dissatisfied: Iterable[float],
) -> pl.DataFrame:
    """Chances computed beforehand for a page without a kernel: one row for each combination of the four inputs.

    Columns: the four inputs (`orders`, `dissatisfied`, …) and `more_negative`, `tie`, `none`, `more_positive`.
    """
    rows = []
    for n, q, a, b in product(orders, dissatisfied, propensity_satisfied, propensity_dissatisfied):
        model = Response.two_levels(dissatisfied=q, propensity_dissatisfied=b, propensity_satisfied=a)
        inputs = {"orders": n, "dissatisfied": q, "propensity_satisfied": a, "propensity_dissatisfied": b}
        rows.append(inputs | asdict(probability_standing(n, model)))
    return pl.DataFrame(rows)


def one_look(
    orders: ArrayLike,
    rate: float,
    target: str | float | Fraction,
    must_be: Literal["below", "at_most"] = "below",
) -> pl.DataFrame:
    """Chance that a seller whose true rate is `rate` misses the target at one look, by volume: one row a volume.

    orders   orders in the window, each bad with chance `rate` independently
    Columns `orders`, `allowed` (most bad orders that still meet the target; counted in whole numbers, so at 1 % of 600
    the rule "below" allows 5 and "at most" 6) and `probability_missed`. The chance is saw-toothed in the volume.
    Raises ValueError for another `must_be`, a rate or target outside 0 to 1, and orders below 0 or too many to count
    in whole numbers.
    """
    if must_be not in ("below", "at_most"):
        raise ValueError(f"expected must_be below or at_most, found {must_be}")
    t = exact(target)
    chance("rate", rate)
    chance("target", t)
    most = np.iinfo(np.int64).max // max(t.numerator, 1)
    for volume in np.atleast_1d(np.asarray(orders)).tolist():
        number("orders", volume, most)
    n = np.atleast_1d(np.asarray(orders, np.int64))
    allowed = np.maximum((n * t.numerator - (must_be == "below")) // t.denominator, 0)
    return pl.DataFrame({"orders": n, "allowed": allowed, "probability_missed": _at_least(allowed + 1, n, rate)})


def _binomial(n: int, p: float) -> NDArray[np.float64]:
    """The law of Bin(n, p): chances of 0 to n."""
    k = np.arange(n + 1)
    return np.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + xlogy(k, p) + xlog1py(n - k, -p))


def _at_least(k: NDArray, n: NDArray, p: float) -> NDArray[np.float64]:
    """P(Bin(n, p) ≥ k) for k of at least 1; 0 where k is above n."""
    return np.where(k > n, 0.0, betainc(k, np.maximum(n - k + 1, 1), p))
