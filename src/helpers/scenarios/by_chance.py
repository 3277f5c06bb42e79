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
    """What chance does under one rule, to shops of one volume.

    good_over       chance that a shop at half the target is over on some day of a year
    bad_seen        chance that a shop at twice the target is; bad_days  the day by which half of those are
    with_lag        the same three as the marketplace sees it, late reports and lag included
    flagged_good    population → of the shops over at one look, the share truly on target
    """

    good_over: float
    bad_seen: float
    bad_days: int | None
    with_lag: tuple[float, float, int | None]
    flagged_good: Mapping[str, float]


def of(rule: Rule, share: Floats, orders: float, *, paths: int = 2_000) -> ByChance:
    """For so many orders a day.

    share   [age] of the bad ones of a day, the share reported by each age of its orders
    A shop that begins to be good or bad has nothing behind it: it is judged once a whole window is placed.
    """
    target = float(rule.limit.share)
    at_once = Rule(rule.limit, rule.window, 0, rule.least)
    bare = [first_missed(at_once, np.ones(OLDEST + 1), orders, times * target, paths=paths) for times in (GOOD, BAD)]
    seen = [first_missed(rule, share, orders, times * target, paths=paths) for times in (GOOD, BAD)]
    good_over, bad_seen, bad_days = _told(*bare)
    flagged = {name: _flagged(population, rule, share, orders, paths) for name, population in POPULATIONS.items()}
    return ByChance(good_over, bad_seen, bad_days, _told(*seen), flagged)


def first_missed(
    rule: Rule, share: Floats, orders: float, rate: float, days: int = YEAR, *, paths: int = 2_000, seed: int = 1
) -> NDArray[np.int64]:
    """[shop] the first missed day of a shop of a steady rate whose windows are all full; 0 where none is."""
    is_missed = _steady(rule, share, orders, rate, days, paths, seed)
    return np.where(is_missed.any(axis=1), is_missed.argmax(axis=1) + 1, 0)


def _told(good: NDArray, bad: NDArray) -> tuple[float, float, int | None]:
    seen = float((bad > 0).mean())
    days = np.sort(np.where(bad > 0, bad, 10**6))
    half = int(days[len(days) // 2])
    return float((good > 0).mean()), seen, half if half < 10**6 else None


def _flagged(population: Mapping[float, float], rule: Rule, share: Floats, orders: float, paths: int) -> float:
    """Of the shops over at one look, the share whose true rate is on target."""
    target = float(rule.limit.share)
    over = {
        times: weight * float(_steady(rule, share, orders, times * target, 1, 4 * paths, 2).mean())
        for times, weight in population.items()
    }
    total = sum(over.values())
    return sum(part for times, part in over.items() if times < 1) / total if total else 0.0


def _steady(
    rule: Rule, share: Floats, orders: float, rate: float, days: int, paths: int, seed: int
) -> NDArray[np.bool_]:
    """[shop, day] whether each day is missed, from the first whole window on."""
    generator = np.random.default_rng(seed)
    before = rule.window + rule.lag
    nothing = np.zeros(before + OLDEST, np.int64)
    verdict = cast("VerdictRow", {})  # a shop nobody judged yet
    known = Known(verdict, rule, nothing, nothing, nothing == 0, share, 0.0, 1)
    coming = generator.poisson(orders, (paths, before + days))
    counts = np.minimum(generator.poisson(coming * rate), coming)
    drawn = listed(known, counts, np.zeros(0, np.int64), generator, low=0.0)
    futures = Futures(known, before + days - 1, coming, *drawn, np.full(paths, rate))
    return courses.of(futures).is_missed[:, before - 1 :]
