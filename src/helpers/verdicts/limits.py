"""A target as the share of bad ones it allows: what meets it, what is left, how many orders it takes.

All comparisons are in whole numbers: a target a/b is missed by `bad` of `n` when bad·b ≥ a·n (strict) or > (not).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from helpers.targets import Target
from helpers.vocabulary import Metric, MustBe, Status


@dataclass(frozen=True)
class Limit:
    """A target as the share of bad ones it allows: bad/n < share when strict, else bad/n ≤ share."""

    share: Fraction
    is_strict: bool

    @classmethod
    def of(cls, target: Target) -> Limit:
        """The share a judged target allows; of one that is met only when equal, none (Target.is_judged)."""
        if target.must_be == "equal":
            return cls(Fraction(0), is_strict=False)
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
    if not is_covered:
        return "no_data"
    if not is_mature:
        return "not_mature"
    if n == 0:
        return "no_data"
    if min_count is not None and n < min_count:
        return "too_few_orders"
    if not limit.is_met(bad, n):
        return "breached"
    smallest = limit.smallest()
    return "too_few_orders" if smallest is not None and n < smallest else "met"


def bears(status: str, exactness: str, metric: Metric) -> bool:
    """Whether a figure that is only a bound can bear its verdict: at least so many bad ones prove a miss and never a
    met target; at most so many prove a met target and never a miss."""
    proves = {"exact": ("met", "breached", "too_few_orders"), "lower_bound": ("breached",), "upper_bound": ("met",)}
    if metric.good_is == "high":
        proves |= {"lower_bound": ("met",), "upper_bound": ("breached",)}
    return status in proves.get(exactness, ())


def untold(verdicts: pl.DataFrame) -> tuple[str, ...]:
    """The metrics that have a store and channel of which files name the rate and no window has data, in the order of the frame."""
    of = ("marketplace", "metric", "fulfilment")
    empty = verdicts.group_by(of, maintain_order=True).agg(is_empty=(pl.col("status") == "no_data").all())
    return tuple(dict.fromkeys(empty.filter("is_empty").get_column("metric")))


def is_on_target(target: str, must_be: MustBe) -> pl.Expr:
    """Whether each window of a `trailing` frame lies on the good side of a target, in whole numbers."""
    a, b = Fraction(target).as_integer_ratio()
    is_, allowed = pl.col("window_numerator") * b, pl.col("window_denominator") * a
    sides = {"below": is_ < allowed, "at_most": is_ <= allowed, "above": is_ > allowed, "at_least": is_ >= allowed}
    return sides.get(must_be, is_ == allowed)
