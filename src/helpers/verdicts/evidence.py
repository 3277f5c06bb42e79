"""What a verdict can bear: strong or weak, and the chance that the true rate meets its target.

Counts are of bad ones; `effect` is the design effect D of their clustering (helpers.clustering): test, posterior and
interval take x/D of n/D. The rule stands in docs/contracts.md section 3.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers import intervals
from helpers.clustering import Clustering
from helpers.rows import Evidence
from helpers.vocabulary import Exactness, Metric

SURE = 0.95  # what strong evidence needs of the test on its side, and of the posterior for a miss


def posterior_met(bad: ArrayLike, n: ArrayLike, share: ArrayLike, effect: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Probability that the true share of bad ones is within `share`, under Beta(½, (1 − τ)/(2τ)).

    The prior's mean is the target, its weight 1/(2τ) orders: 50 at 1 %. A flat or Jeffreys prior, with its mean of one
    half, takes one bad order in 17 for strong evidence of a miss. Raises ValueError when a share is not between 0 and 1.
    """
    share, effect = _share(share), _effect(effect)
    prior = (0.5, (1 - share) / (2 * share))
    return intervals.probability_below(np.asarray(bad) / effect, np.asarray(n) / effect, share, prior)


def probability_met(status: str, bad: int, n: int, share: float, effect: float = 1.0) -> float | None:
    """The probability a page may print: None where there is no verdict, too few orders for one, or the prior would
    weigh more than the orders do (n/D under 1/(2τ))."""
    if status not in ("met", "breached") or not 0 < share < 1 or n / effect < 1 / (2 * share):
        return None
    return float(posterior_met(bad, n, share, effect))


def proves_met(bad: ArrayLike, n: ArrayLike, share: ArrayLike, effect: ArrayLike = 1.0) -> NDArray[np.bool_]:
    """Whether the exact test at 5 % says the true share of bad ones is within `share`: the upper end of the interval is."""
    return _ends(bad, n, effect)[1] <= _share(share)


def proves_missed(
    bad: ArrayLike,
    n: ArrayLike,
    share: ArrayLike,
    effect: ArrayLike = 1.0,
    *,
    bad_days: ArrayLike | None = None,
    worst_day: ArrayLike = 1,
    worst_day_orders: ArrayLike = 1,
) -> NDArray[np.bool_]:
    """Whether a miss is more than chance and more than one bad day.

    bad_days          the days the bad ones lie on; None when not known, then at least two bad ones are asked for
    worst_day         the bad ones of the day with most
    worst_day_orders  its orders, which leave with it; 1 leaves them in
    The exact test at 5 % and the posterior both say so, still do when the worst day counts as one order, a bad one, and
    the bad ones lie on at least two days.
    """
    bad, n = np.asarray(bad, float), np.asarray(n, float)
    less = np.maximum(np.asarray(worst_day, float) - 1, 0)
    rest = n - np.maximum(np.asarray(worst_day_orders, float) - 1, 0)
    is_spread = (bad if bad_days is None else np.asarray(bad_days)) >= 2
    return is_spread & _is_over(bad, n, share, effect) & _is_over(bad - less, rest, share, effect)


def evidence(
    status: str,
    bad: int,
    n: int,
    share: float,
    effect: float = 1.0,
    *,
    bad_days: int | None = None,
    worst_day: int = 1,
    worst_day_orders: int = 1,
    is_borne: bool = True,
) -> Evidence | None:
    """`strong` or `weak`; None where no verdict was reached, or the target allows none or all, as a counter's does.

    is_borne   whether the figure bears the verdict (limits.bears): a bound that does not is never strong
    """
    if status not in ("met", "breached") or not 0 < share < 1:
        return None
    is_missed = status == "breached"
    spread = {"bad_days": bad_days, "worst_day": worst_day, "worst_day_orders": worst_day_orders}
    is_proved = proves_missed(bad, n, share, effect, **spread) if is_missed else proves_met(bad, n, share, effect)
    return "strong" if is_borne and is_proved else "weak"


def orders_to_prove(share: float, clustering: Clustering | None = None) -> int | None:
    """The fewest orders that prove a target met when none of them is bad: 299 for 1 % when they go wrong one by one.

    With the clustering of a window, orders of that window spread as its own are; None when no number of orders in so few
    days could. Raises ValueError when the share is not between 0 and 1.
    """
    deflated = math.log(1 - SURE) / math.log1p(-float(_share(share)))
    return math.ceil(deflated) if clustering is None else clustering.orders_worth(deflated)


def standing_ends(exactness: str, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The ends of a rate's interval that a figure bears: "at least" the lower one, "at most" the upper one, "about" none."""
    return (
        low if exactness in ("exact", "lower_bound") else None,
        high if exactness in ("exact", "upper_bound") else None,
    )


def chance_bound(exactness: str, metric: Metric) -> Exactness | None:
    """How exact the chance is that the true rate meets its target; None where nothing can be said of it.

    At least so many bad ones leave the chance at most so high; of a rate that is good when high the figure counts good ones.
    """
    turned: dict[str, Exactness] = {"exact": "exact", "lower_bound": "upper_bound", "upper_bound": "lower_bound"}
    same: dict[str, Exactness] = {"exact": "exact", "lower_bound": "lower_bound", "upper_bound": "upper_bound"}
    return (same if metric.good_is == "high" else turned).get(exactness)


def _is_over(bad: ArrayLike, n: ArrayLike, share: ArrayLike, effect: ArrayLike) -> NDArray[np.bool_]:
    """Whether test and posterior say that the true share of bad ones is over `share`."""
    is_rejected = _ends(bad, n, effect)[0] >= _share(share)
    return is_rejected & (posterior_met(bad, n, share, effect) <= 1 - SURE)


def _ends(bad: ArrayLike, n: ArrayLike, effect: ArrayLike) -> intervals.Interval:
    effect = _effect(effect)
    return intervals.clopper_pearson(np.asarray(bad) / effect, np.asarray(n) / effect)


def _share(share: ArrayLike) -> NDArray[np.float64]:
    share = np.asarray(share, float)
    if not np.all((share > 0) & (share < 1)):
        raise ValueError("expected a share of bad ones between 0 and 1, neither included")
    return share


def _effect(effect: ArrayLike) -> NDArray[np.float64]:
    effect = np.asarray(effect, float)
    if not np.all(effect >= 1):
        raise ValueError("expected a design effect of at least 1")
    return effect
