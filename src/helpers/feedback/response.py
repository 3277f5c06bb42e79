"""Who is satisfied and who speaks: a model of both, and what the platform would then show.

Every order has an experience, named by the stars its buyer would give, and every experience its own chance of being
told. One or two stars is `dissatisfied`; three stars is never a defect. Inputs may be Fractions: results are then exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import exp, inf, nan

import polars as pl

Number = float | Fraction

SATISFIED, DISSATISFIED = "satisfied", "dissatisfied"
NEGATIVE, POSITIVE = 2, 4  # at most, at least so many stars (help page G97692EVY8H3CZY9)


@dataclass(frozen=True)
class Response:
    """The experiences of an account's buyers and how readily each is told.

    stars              the experiences, from worst to best: (1, 5) for two levels, (1, 2, 3, 4, 5) for five
    shares             share of orders with each experience; they sum to 1
    propensities       chance that a buyer with it leaves feedback, while the order is fresh
    attrition          how fast that readiness fades, per day: propensity · e^(−attrition · days); none when empty
    asked_after_days   the age of the order when its buyer writes or is asked
    There is no default: nobody outside knows a marketplace's numbers. Raises ValueError for impossible ones.
    Source of the fading: Brandes, Godes and Mayzlin 2022, Journal of Marketing Research, 10.1177/00222437211073579.
    """

    stars: tuple[int, ...]
    shares: tuple[Number, ...]
    propensities: tuple[Number, ...]
    attrition: tuple[Number, ...] = ()
    asked_after_days: Number = 0

    def __post_init__(self) -> None:
        lengths = {len(self.stars), len(self.shares), len(self.propensities), len(self.attrition or self.stars)}
        if len(lengths) != 1 or not set(self.stars) <= {1, 2, 3, 4, 5} or list(self.stars) != sorted(set(self.stars)):
            raise ValueError(f"expected one share and one propensity for each of rising stars 1 to 5, found {self}")
        if not all(0 <= share <= 1 for share in self.shares) or abs(sum(self.shares) - 1) > 1e-9:
            raise ValueError(f"expected shares from 0 to 1 that sum to 1, found {self.shares}")
        if not all(0 <= chance <= 1 for chance in self.propensities):
            raise ValueError(f"expected propensities from 0 to 1, found {self.propensities}")
        if not all(0 <= number < inf for number in (self.asked_after_days, *self.attrition)):
            raise ValueError(
                f"expected days and attrition of at least 0, found {self.asked_after_days} and {self.attrition}"
            )

    @classmethod
    def two_levels(
        cls, *, dissatisfied: Number, propensity_dissatisfied: Number, propensity_satisfied: Number
    ) -> Response:
        """The model of two kinds of buyers: one star or five."""
        return cls((1, 5), (dissatisfied, 1 - dissatisfied), (propensity_dissatisfied, propensity_satisfied))

    @classmethod
    def five_levels(
        cls,
        shares: tuple[Number, ...],
        propensities: tuple[Number, ...],
        attrition: tuple[Number, ...] = (),
        asked_after_days: Number = 0,
    ) -> Response:
        """The model of one to five stars, in that order."""
        return cls((1, 2, 3, 4, 5), shares, propensities, attrition, asked_after_days)

    @property
    def response_rates(self) -> tuple[Number, ...]:
        """Chance of feedback for each experience at the age the buyer is asked: ρ · e^(−δt)."""
        fading = self.attrition or (0,) * len(self.stars)
        return tuple(
            rho * exp(-delta * self.asked_after_days) if delta * self.asked_after_days else rho
            for rho, delta in zip(self.propensities, fading, strict=True)
        )

    def of_orders(self, worst: int = 1, best: int = 5) -> Number:
        """Share of orders whose experience lies between these stars."""
        return sum(share for star, share in zip(self.stars, self.shares, strict=True) if worst <= star <= best)

    def told(self, worst: int = 1, best: int = 5) -> Number:
        """Share of orders whose experience lies between these stars and is told."""
        rows = zip(self.stars, self.shares, self.response_rates, strict=True)
        return sum(share * rate for star, share, rate in rows if worst <= star <= best)

    @property
    def response_ratio(self) -> Number:
        """How much likelier the dissatisfied speak than the others: 1 no bias, above 1 the unhappy are louder."""
        dissatisfied, others = self.of_orders(best=NEGATIVE), self.of_orders(worst=NEGATIVE + 1)
        return _over(self.told(best=NEGATIVE) * others, self.told(worst=NEGATIVE + 1) * dissatisfied)


@dataclass(frozen=True)
class Outcome:
    """Both denominators at once: what the feedback says and what the orders were. Fractions; nan where nothing is.

    dissatisfied           share of orders with one or two stars lived
    response_rate          feedback per order
    negative_of_feedback   one and two stars among feedback: what the public score is made of
    negative_of_orders     one and two stars per order: what the order defect rate is made of
    positive_of_feedback   four and five stars among feedback: the public score
    positive_of_orders     four and five stars per order: "effective percent positive", Nosko and Tadelis 2015
    stars_of_feedback      mean stars shown
    stars_of_orders        mean stars lived
    """

    dissatisfied: Number
    response_rate: Number
    negative_of_feedback: Number
    negative_of_orders: Number
    positive_of_feedback: Number
    positive_of_orders: Number
    stars_of_feedback: Number
    stars_of_orders: Number

    @property
    def reporting_bias(self) -> Number:
        """Dissatisfied share among feedback minus dissatisfied share among orders."""
        return self.negative_of_feedback - self.dissatisfied


def expected(response: Response) -> Outcome:
    """The closed form of what would be shown: over many orders, what each share comes to.

    s = qb / (qb + (1−q)a) with q the dissatisfied share, b and a the two propensities. Over few orders the share among
    feedback is a ratio of two chances and scatters round this: `probability_standing` and `simulated` say how far.
    """
    told, rows = response.told(), list(zip(response.stars, response.shares, response.response_rates, strict=True))
    return Outcome(
        dissatisfied=response.of_orders(best=NEGATIVE),
        response_rate=told,
        negative_of_feedback=_over(response.told(best=NEGATIVE), told),
        negative_of_orders=response.told(best=NEGATIVE),
        positive_of_feedback=_over(response.told(worst=POSITIVE), told),
        positive_of_orders=response.told(worst=POSITIVE),
        stars_of_feedback=_over(sum(star * share * rate for star, share, rate in rows), told),
        stars_of_orders=sum(star * share for star, share, _ in rows),
    )


def by_stars(response: Response) -> pl.DataFrame:
    """The same, one row an experience: `stars`, `experience`, `of_orders`, `response_rate`, `of_feedback`."""
    told = response.told()
    rates, shares = response.response_rates, response.shares
    return pl.DataFrame(
        {
            "stars": pl.Series(response.stars, dtype=pl.Int8),
            "experience": [DISSATISFIED if star <= NEGATIVE else SATISFIED for star in response.stars],
            "of_orders": [float(share) for share in shares],
            "response_rate": [float(rate) for rate in rates],
            "of_feedback": [float(_over(share * rate, told)) for share, rate in zip(shares, rates, strict=True)],
        }
    )


def _over(part: Number, whole: Number) -> Number:
    return part / whole if whole else nan
