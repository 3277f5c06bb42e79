"""What chance does to a shop whose true rate is known: how often a good one is over, how long a bad one stays unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

import numpy as np
from numpy.typing import NDArray

from helpers.rows import VerdictRow
from helpers.scenarios import courses
from helpers.scenarios.futures import Futures, listed
from helpers.scenarios.known import OLDEST, Floats, Known, Rule

GOOD, BAD = 0.5, 2.0  # true rate of a good and of a bad shop, in targets
YEAR = 365
# Sellers by their true rate in targets: name → {rate: share}. The first is the one of the kit's own promise.
POPULATIONS: Mapping[str, Mapping[float, float]] = MappingProxyType(
    {
        "half of all sellers far under the target": {0.4: 0.5, 0.8: 0.3, 1.5: 0.2},
        "nearly all of them good": {0.4: 0.8, 0.8: 0.15, 1.5: 0.05},
        "many of them bad": {0.4: 0.2, 0.8: 0.4, 1.5: 0.4},
    }
)


@dataclass(frozen=True)
class ByChance:
    """What chance does under one rule, to shops of one volume: without reporting delay and lag, and as the marketplace sees it.

    good_over, good_over_seen   chance that a shop at half the target is over on some day of a year
    bad_seen                    chance that a good shop that turns to twice the target is over within a year of it
    bad_days, bad_days_seen     the day by which half of such shops are; None where that is not within a year
    flagged_good                population → of the shops the marketplace sees over at one look, the share truly on target
    """

    good_over: float
    good_over_seen: float
    bad_seen: float
    bad_days: int | None
    bad_days_seen: int | None
    flagged_good: Mapping[str, float]


def of(rule: Rule, share: Floats, orders: float, *, paths: int = 1_000) -> ByChance:
    """For so many orders a day.

    share   [age] of the bad ones of a day, the share reported by each age of its orders
    """
    target = float(rule.limit.share)
    at_once = Rule(rule.limit, rule.window, 0, rule.least), np.ones(OLDEST + 1)
    good, bad = GOOD * target, min(BAD * target, 1.0)
    over, over_seen = (first_missed(*one, orders, good, paths=paths) > 0 for one in (at_once, (rule, share)))
    bare, seen = (first_missed(*one, orders, bad, before=good, paths=paths) for one in (at_once, (rule, share)))
    flagged = {name: _flagged(population, rule, share, orders) for name, population in POPULATIONS.items()}
    return ByChance(
        float(over.mean()), float(over_seen.mean()), float((seen > 0).mean()), _half(bare), _half(seen), flagged
    )


def first_missed(
    rule: Rule,
    share: Floats,
    orders: float,
    rate: float,
    days: int = YEAR,
    *,
    before: float | None = None,
    paths: int = 1_000,
    seed: int = 1,
) -> NDArray[np.int64]:
    """[shop] the first missed day of a shop of a steady rate, its windows all full; 0 where none is.

    before   its rate until the day before the first one judged, where that was another
    """
    generator = np.random.default_rng(seed)
    full = rule.window + rule.lag
    nothing = np.zeros(full + OLDEST, np.int64)
    verdict = cast("VerdictRow", {})  # a shop nobody judged yet
    known = Known(verdict, rule, nothing, nothing, nothing == 0, share, 0.0, 1)
    coming = generator.poisson(orders, (paths, full + days))
    rates = np.full(full + days, rate)
    rates[: full - 1] = rate if before is None else before
    counts = np.minimum(generator.poisson(coming * rates), coming)
    drawn = listed(known, counts, np.zeros(0, np.int64), generator, low=0.0)
    futures = Futures(known, full + days - 1, coming, *drawn, np.full(paths, rate))
    is_missed = courses.of(futures).is_missed[:, full - 1 :]
    return np.where(is_missed.any(axis=1), is_missed.argmax(axis=1) + 1, 0)


def _half(first: NDArray[np.int64]) -> int | None:
    days = np.sort(np.where(first > 0, first, 10**6))
    half = int(days[len(days) // 2])
    return half if half < 10**6 else None


def _flagged(
    population: Mapping[float, float], rule: Rule, share: Floats, orders: float, looks: int = 100_000
) -> float:
    """Of the shops over at one look, the share whose true rate is on target: bad ones seen and all others are independent."""
    target, generator = float(rule.limit.share), np.random.default_rng(2)
    age = np.arange(rule.lag, rule.lag + rule.window)
    reported = float(share[np.minimum(age, OLDEST)].sum())
    over = {}
    for times, weight in population.items():
        seen = generator.poisson(orders * times * target * reported, looks)
        others = generator.poisson(orders * (rule.window - times * target * reported), looks)
        over[times] = weight * float(rule.is_missed(seen, seen + others).mean())
    total = sum(over.values())
    return sum(part for times, part in over.items() if times < 1) / total if total else 0.0
