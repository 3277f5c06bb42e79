"""How many of the bad ones of an order day have been reported by each age: delays of the account's own, pooled with a prior.

Young orders show short delays only, so the shares of the delays seen so far would call every order nearly ripe. The
reverse-time hazard does not: of the delays up to x days that could have been as long as x, the share that is x,

    g(x) = #{L = x, T ≥ x} / #{L ≤ x, T ≥ x},   F(x) = Π_{y > x} (1 − g(y)),

T being the age the order had when it was last looked at. Source: Kalbfleisch and Lawless 1989, JASA 84:360.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.maturity import priors
from helpers.maturity.priors import OLDEST, Prior

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Delays:
    """Delays of bad ones with a day of their own: the days from the order to the report, and how old the order is.

    delay, age   [one] days; age is that of the order on the day looked at, so delay ≤ age
    count        [one] how many bad ones
    """

    delay: NDArray[np.int64]
    age: NDArray[np.int64]
    count: NDArray[np.int64]

    @classmethod
    def of(cls, delay: ArrayLike, age: ArrayLike, count: ArrayLike = 1) -> Delays:
        """Raises ValueError where a delay is under 0 or longer than its order is old."""
        delay, age, count = (np.asarray(each, np.int64) for each in np.broadcast_arrays(delay, age, count))
        if not np.all((delay >= 0) & (delay <= age) & (count >= 0)):
            raise ValueError("expected 0 ≤ delay ≤ age of its order, and counts from 0")
        return cls(delay, age, count)

    @classmethod
    def none(cls) -> Delays:
        return cls.of([], [], [])

    @property
    def total(self) -> int:
        """How many delays are known."""
        return int(self.count.sum())


@dataclass(frozen=True)
class Curve:
    """The share of the bad ones of a day that has been reported by each age of its orders.

    kind       a key of METRICS
    reported   [age] 0 to OLDEST days; rises to 1
    spread     [age] standard error of it: of the account's own delays and of how firm the prior is
    own        how many delays of the account's own it rests on
    sources    of the priors it is pooled with
    """

    kind: str
    reported: Floats
    spread: Floats
    own: int
    sources: tuple[str, ...]

    def share(self, age_days: ArrayLike) -> Floats:
        """The share reported by this age of an order, in whole days: 0 before the order, 1 from OLDEST days on."""
        return self._at(self.reported, age_days, 1.0)

    def error(self, age_days: ArrayLike) -> Floats:
        """The standard error of `share`."""
        return self._at(self.spread, age_days, 0.0)

    def age_of(self, share: float) -> int:
        """The youngest age, in days, by which this share has been reported."""
        return int(np.searchsorted(self.reported, share))

    @staticmethod
    def _at(each: Floats, age_days: ArrayLike, end: float) -> Floats:
        age = np.asarray(age_days, np.int64)
        inside = each[np.clip(age, 0, OLDEST)]
        return np.where(age < 0, 0.0, np.where(age >= OLDEST, end, inside))


def curve(kind: str, delays: Delays, prior: Prior | None = None) -> Curve:
    """The curve of one kind of bad ones: never of the account's own delays alone.

    prior   that of the kind by default (maturity.priors); it counts as so many delays, each followed to its end
    """
    prior = prior or priors.of(kind)
    reported, spread = pooled(delays, prior.masses * prior.worth)
    return Curve(kind, reported, spread, delays.total, (prior.source,))


def pooled(delays: Delays, prior: ArrayLike) -> tuple[Floats, Floats]:
    """[age] the share reported by each age and its standard error, from delays and a prior's count of each delay.

    The error is Greenwood's for the reversed hazard: F² Σ_{y > x} g / (m (1 − g)), m being the delays at risk.
    """
    prior = np.asarray(prior, float)
    oldest = len(prior) - 1
    delay, age = np.minimum(delays.delay, oldest), np.minimum(delays.age, oldest)
    of = np.bincount(delay, delays.count, oldest + 1) + prior
    # At risk of x: delays up to x of orders that are x days old, so all that began by x less those last seen before it.
    begun = np.bincount(delay, delays.count, oldest + 1).cumsum()
    gone = np.concatenate([[0.0], np.bincount(age, delays.count, oldest + 1).cumsum()[:-1]])
    at_risk = begun - gone + prior.cumsum()
    hazard = np.divide(of, at_risk, out=np.zeros(oldest + 1), where=at_risk > 0)
    later = np.append(hazard[1:], 0.0)
    risk = np.append(at_risk[1:], 1.0)
    reported = np.minimum(1 - later, 1.0)[::-1].cumprod()[::-1]
    each = np.divide(later, risk * (1 - later), out=np.zeros(oldest + 1), where=(later < 1) & (risk > 0))
    return reported, reported * np.sqrt(each[::-1].cumsum()[::-1])


def mixed(kind: str, parts: Mapping[str, Curve], seen: Mapping[str, tuple[float, float]]) -> Curve:
    """The curve of a rate whose bad ones are of several kinds: theirs, by how many of each there will be.

    seen   kind → bad ones reported, and the mean share of such that has been reported by now
    """
    weights = {}
    for part in parts:
        count, share = seen.get(part, (0.0, 1.0))
        weights[part] = (count + MIXTURE.get(part, 0.0)) / max(share, LEAST_SHARE)
    total = sum(weights.values()) or 1.0
    reported = sum((weights[part] / total * one.reported for part, one in parts.items()), np.zeros(OLDEST + 1))
    spread = sum((weights[part] / total * one.spread for part, one in parts.items()), np.zeros(OLDEST + 1))
    sources = tuple(dict.fromkeys(source for one in parts.values() for source in one.sources))
    return Curve(kind, reported, spread, sum(one.own for one in parts.values()), sources)


# Of 1,085 defects in the marketplace's own example of a report: 628 feedback, 442 claims, 15 chargebacks; as ten orders.
MIXTURE = {"negative_feedback_rate": 5.8, "a_to_z_claims": 4.1, "chargebacks": 0.1}
LEAST_SHARE = 0.05  # of orders younger than that nothing is learned
