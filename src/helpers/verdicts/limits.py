"""A target as the share of bad ones it allows: what meets it, what is left, how many orders bring a rate back.

All comparisons are in whole numbers: a target a/b is missed by `bad` of `n` when bad·b ≥ a·n (strict) or > (not).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.special import bdtr

from helpers.targets import Target
from helpers.vocabulary import Metric, Status

SURE = 0.9  # how sure `orders_to_recover_sustained` is
LONGEST_RECOVERY = 100_000  # orders; beyond this a recovery by volume is no answer


@dataclass(frozen=True)
class Limit:
    """A target as the share of bad ones it allows: bad/n < share when strict, else bad/n ≤ share."""

    share: Fraction
    is_strict: bool

    @classmethod
    def of(cls, target: Target) -> Limit:
        is_high = target.must_be in ("above", "at_least")
        return cls(1 - target.limit if is_high else target.limit, target.must_be in ("above", "below"))

    def is_met(self, bad: int, n: int) -> bool:
        a, b = self.share.as_integer_ratio()
        return bad * b < a * n if self.is_strict else bad * b <= a * n

    def allowed(self, n: int) -> int:
        """The most bad ones among n that still meet the target; −1 when none would."""
        a, b = self.share.as_integer_ratio()
        return (a * n - 1) // b if self.is_strict else a * n // b

    def smallest(self) -> int | None:
        """The fewest orders at which one bad one still meets the target; None when no number does."""
        return self.needed(1)

    def needed(self, bad: int) -> int | None:
        """The fewest orders at which `bad` bad ones meet the target."""
        a, b = self.share.as_integer_ratio()
        if a == 0:
            return 0 if bad == 0 and not self.is_strict else None
        return bad * b // a + 1 if self.is_strict else -(-bad * b // a)


def status(bad: int, n: int, limit: Limit, *, min_count: int | None, is_covered: bool, is_mature: bool) -> Status:
    """The verdict word, decided in the order of docs/contracts.md section 3."""
    if n == 0 or not is_covered:
        return "no_data"
    if not is_mature:
        return "not_mature"
    if min_count is not None and n < min_count:
        return "too_few_orders"
    if not limit.is_met(bad, n):
        return "breached"
    smallest = limit.smallest()
    return "too_few_orders" if smallest is not None and n < smallest else "met"


def orders_to_recover_sustained(bad: int, n: int, rate: float, limit: Limit) -> int | None:
    """Further orders after which the target is met with 90 % chance, and stays so for every larger number,
    when new orders turn bad at `rate`; None when that never happens within 100,000 orders.

    The chance is saw-toothed in the number of orders (each further bad one allowed is a jump), so the last
    dip counts, not the first success. 8 of 600 at 0.5 % gives 1,101.
    """
    if rate >= limit.share:
        return None
    k = np.arange(LONGEST_RECOVERY + 1)
    a, b = limit.share.as_integer_ratio()
    allowed = ((a * (n + k) - 1) // b if limit.is_strict else a * (n + k) // b) - bad
    chance = np.where(allowed < 0, 0.0, bdtr(np.clip(allowed, 0, k), k, rate))
    failing = np.flatnonzero(chance < SURE)
    if len(failing) == 0:
        return 0
    return None if failing[-1] == LONGEST_RECOVERY else int(failing[-1] + 1)


def bears(status: str, exactness: str, metric: Metric) -> bool:
    """Whether a figure that is only a bound can bear its verdict: at least so many bad ones prove a miss and never a
    met target; at most so many prove a met target and never a miss."""
    proves = {"exact": ("met", "breached", "too_few_orders"), "lower_bound": ("breached",), "upper_bound": ("met",)}
    if metric.good_is == "high":
        proves |= {"lower_bound": ("met",), "upper_bound": ("breached",)}
    return status in proves.get(exactness, ())
