"""A scenario and a rate → what it does to that rate, day by day; how much of a lever is enough."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from helpers.scenarios import courses
from helpers.scenarios.ahead import FAN, Ahead
from helpers.scenarios.courses import Effect
from helpers.scenarios.futures import SEED, Futures
from helpers.scenarios.levers import KINDS, Lever, Scenario, does

SURE = (0.5, 0.8, 0.95)
STRENGTHS = np.linspace(0, 1, 21)
ENOUGH_PATHS = 1_000  # for the search; the figures of a chosen scenario are of all futures


def of(scenario: Scenario, futures: Futures, parts: dict[str, float]) -> Effect:
    """What a scenario does to a rate.

    parts   of the bad ones of the order defect rate, the share that is of each part of it (Outlook.parts)
    """
    days, verdict = futures.orders.shape[1], futures.known.verdict
    orders, bad = np.ones(days), np.ones(days)
    removed: list[tuple[int, int, float]] = []
    generator = np.random.default_rng(SEED + 2)
    for lever in scenario.levers:
        strength = generator.random(futures.paths)  # drawn also for levers that do not move it: alike for all rates
        if not lever.moves(verdict["metric"], verdict["fulfilment"]):
            continue
        ramp, share = _ramp(lever, futures), _share(lever, strength)
        weight = _weight(lever, futures, parts)
        taken = weight * share * ramp
        leave = share * lever.part.of_orders if lever.part and KINDS[lever.kind].takes_orders else -lever.orders
        orders = orders * (1 - leave * ramp)
        bad = bad * (1 + taken if lever.kind == "ask_everyone" else 1 - taken)
        if not KINDS[lever.kind].takes_orders:
            bad = bad * (1 + lever.orders * ramp)
        if lever.removed[0]:
            removed.append((lever.removed[0], _starts(lever, futures), lever.removed[1]))
    return Effect(orders, bad, tuple(removed))


def under(ahead: Ahead, scenario: Scenario, parts: dict[str, float]) -> Ahead:
    """The same futures under a scenario."""
    return replace(ahead, scenario=scenario.name, effect=of(scenario, ahead.futures, parts))


def under_lever(ahead: Ahead, lever: Lever, parts: dict[str, float]) -> Ahead:
    """The same futures under one lever."""
    return under(ahead, Scenario(does(lever.kind), (lever,)), parts)


def few(ahead: Ahead) -> Ahead:
    """The first futures alone: enough to search and to draw with."""
    return replace(ahead, futures=_few(ahead.futures))


@dataclass(frozen=True)
class Enough:
    """How much of a lever brings a rate to its target by a day: the least strength for each of SURE; None: not even all of it."""

    lever: Lever
    day: int
    least: tuple[float | None, ...]


def enough(ahead: Ahead, lever: Lever, day: int, parts: dict[str, float]) -> Enough:
    """The smallest strength of a lever with which the target is met on a day to come (of a target met today: on every day
    until then), for each of SURE. `lever` is taken at shares 0 to 1; all are of the same futures."""
    few = _few(ahead.futures)

    @cache
    def chance(place: int) -> float:
        strength = float(STRENGTHS[place])
        pulled = (
            replace(lever, orders=strength) if lever.kind == "volume" else replace(lever, share=(strength, strength))
        )
        found = courses.of(few, of(Scenario("", (pulled,)), few, parts)).is_missed
        return float((~found[:, day - 1] if ahead.is_over else ~found[:, :day].any(axis=1)).mean())

    # The chance never falls with the strength of a lever that takes bad ones away: half the places are ruled out at a time. One
    # that takes good orders with them can make it worse first.
    every = range(len(STRENGTHS))
    if KINDS[lever.kind].takes_orders:
        places = (next((at for at in every if chance(at) >= sure), len(every)) for sure in SURE)
    else:
        places = (bisect_left(every, sure, key=chance) for sure in SURE)
    return Enough(lever, day, tuple(float(STRENGTHS[at]) if at < len(STRENGTHS) else None for at in places))


def rises(base: Ahead, changed: Ahead) -> int | None:
    """The first judged day on which the rate of bad ones is higher than when nothing changes, by one in twenty on average of the
    futures; None when it never is."""
    few = slice(FAN)
    rate = [(one.courses.bad[few] / np.maximum(one.courses.orders[few], 1)).mean(axis=0) for one in (base, changed)]
    higher = rate[1] > rate[0] * 1.05 + 1e-9
    return int(higher.argmax()) + 1 if higher.any() else None


def _few(futures: Futures) -> Futures:
    if futures.paths <= ENOUGH_PATHS:
        return futures
    kept = futures.path < ENOUGH_PATHS
    first = slice(ENOUGH_PATHS)
    return replace(
        futures,
        orders=futures.orders[first],
        rate=futures.rate[first],
        path=futures.path[kept],
        placed=futures.placed[kept],
        enters=futures.enters[kept],
        mark=futures.mark[kept],
    )


def _share(lever: Lever, strength: NDArray) -> NDArray | float:
    """The share of the bad ones that goes: one number, or [path, 1] where it is not known well."""
    low, high = lever.share
    return low if low == high else (low + (high - low) * strength)[:, None]


def _weight(lever: Lever, futures: Futures, parts: dict[str, float]) -> NDArray | float:
    """Of which share of the bad ones `share` is said: of all, of a part of them, or of those of a cause, as well as it is known:
    [path, 1], the same for each lever that names the cause."""
    if lever.part:
        spread = lever.part.of_bad if KINDS[lever.kind].takes_orders else lever.part.beyond
        return spread.at(np.random.default_rng(SEED + 3).random(futures.paths))[:, None]
    part, metric = KINDS[lever.kind].of_part, futures.known.verdict["metric"]
    return parts.get(part, 0.0) if part and metric == "order_defect_rate" else 1.0


def _starts(lever: Lever, futures: Futures) -> int:
    """The day a lever begins, 1 being tomorrow."""
    first = futures.known.day + timedelta(days=1)
    return max(((lever.starts or first) - first).days + 1, 1)


def _ramp(lever: Lever, futures: Futures) -> NDArray[np.float64]:
    """[order day] how far the lever works: 0 before it starts, 1 when it works in full."""
    day = np.arange(futures.orders.shape[1]) + 1 - futures.known.untold
    since = day - _starts(lever, futures) + 1
    return np.clip(since / max(lever.ramp_days, 1), 0, 1)


def parts_of(counts: Sequence[tuple[str, int]]) -> dict[str, float]:
    """The share of each part among all the parts' bad ones; empty where there are none."""
    total = sum(number for _, number in counts)
    return {part: number / total for part, number in counts} if total else {}
