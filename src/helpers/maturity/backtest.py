"""Nowcasts of an account's own past beside what came: how often the interval held it, and how far off they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.maturity.curve import Curve
from helpers.maturity.nowcast import Nowcast, level, nowcast
from helpers.maturity.reports import Reports

LENGTH = 30  # days of orders looked at each time
RIPE = (
    90  # days after which almost nothing is reported any more: the most accurate view, by the marketplace's own words
)
USUAL = 5.0  # nowcasts taken to vary as they say, before the account's own are looked at
YEAR = 365


@dataclass(frozen=True)
class Tried:
    """One nowcast of the past, and what the orders had in the end.

    day     the day it would have been made on
    final   bad ones in the end
    """

    day: int
    found: Nowcast
    final: int

    @property
    def is_held(self) -> bool:
        """Whether the interval holds what came."""
        low, high = self.found.interval
        return low <= self.final <= high


def tried(reports: Reports, curve_on: Sequence[tuple[int, Curve]], typical: float) -> list[Tried]:
    """The nowcasts of the past, newest first: of the last 30 days of orders on each of these days, as known then.

    curve_on   the days, newest first, each with the curve as it was known on it
    Each is made with the spread learned from those that were ripe by its own day.
    """
    found: list[Tried] = []
    for day, curve in reversed(curve_on):
        days = np.arange(max(day - LENGTH + 1, 0), day + 1)
        if not reports.orders[days].sum():
            continue
        known = level(reports, curve, day, int(days[0]), typical)
        spread_then = spread([one for one in found if one.day + RIPE <= day])
        made = nowcast(reports, curve, day, days, known, spread_then)
        found.append(Tried(day, made, int(reports.visible(np.iinfo(np.int64).max)[days].sum())))
    return found[::-1]


def spread(past: Sequence[Tried]) -> float:
    """How much more past nowcasts varied than they would say by themselves: 1 where there are none."""
    off = sum((one.final - one.found.expected) ** 2 / one.found.variance for one in past if one.found.variance > 0)
    number = sum(one.found.variance > 0 for one in past)
    return (off + USUAL) / (number + USUAL)


def dates(day: int, first: int = 0) -> list[int]:
    """The days on which the past is tried, newest first: every 30 days, the newest 90 days ago, over a year at most."""
    return [then for then in range(day - RIPE, max(day - RIPE - YEAR, first + LENGTH), -LENGTH)]
