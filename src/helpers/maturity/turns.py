"""Whether a rate has turned inside its window: weeks of orders beside the year before, each by what could be reported by now.

A window that holds days of two rates shows neither. Every week of the last twelve is tried as the first of a new rate; the
least likely one is told where its chance, times the number tried, leaves 5 % or less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from helpers import clustering
from helpers.clustering import Clustering
from helpers.history.comparison import Comparison
from helpers.maturity.curve import Curve
from helpers.maturity.reports import Reports

WEEK = 7
WEEKS = 12  # the last of which are tried
LEVEL = 168  # days before them, at least: the level
SURE = 0.05


Direction = Literal["down", "up"]
DIRECTIONS: tuple[Direction, ...] = ("down", "up")
SLOWER, SOONER = 1.2, 0.7  # how far delays of late may differ from those the curve was learned from


@dataclass(frozen=True)
class Turn:
    """A rate that has turned.

    to        down, up
    first     number of the first order day of the new rate
    visible   bad ones of the orders since that are reported
    expected  how many would be reported by now at the rate before
    exposure  the orders since, each by the share of its bad ones that is reported by now
    p         chance of that, times the weeks and the two directions tried; over rates of several stores Bonferroni once more
    """

    to: Direction
    first: int
    visible: int
    expected: float
    exposure: float
    p: float


def turn(reports: Reports, curve: Curve, day: int) -> Turn | None:
    """The likeliest turn of a rate as known on a day, told only by its p; None where fewer than 24 weeks tell the level.

    The exposure of young orders is taken where it makes a turn less likely: at the end of the curve's error, and at least as if
    reports came in 0.7 times the days (a turn up) or 1.2 times the days (down) the curve has them.
    """
    starts = day + 1 - WEEK * np.arange(1, WEEKS + 1)
    begun = int((reports.orders > 0).argmax())
    if starts[-1] - begun < LEVEL or day >= len(reports.orders):
        return None
    days = np.arange(max(int(starts[-1]) - 365, begun), day + 1)
    orders, bad = reports.orders[days].astype(float), np.minimum(reports.visible(day)[days], reports.orders[days])
    age = day - days
    share, error = curve.share(age), curve.error(age)
    exposed = {
        "down": np.minimum(np.maximum(share - error, 0.0), curve.share(np.floor(age / SLOWER))),
        "up": np.maximum(np.minimum(share + error, 1.0), curve.share(np.ceil(age / SOONER))),
    }
    rho = clustering.of(orders, bad, WEEK).rho
    found: list[Turn] = []
    for start in starts:
        new = days >= start
        for to in DIRECTIONS:
            then = _side(bad[~new], (orders * share)[~new], rho)
            now = _side(bad[new], (orders * exposed[to])[new], rho)
            tails = Comparison.of(now, then).tails
            p = float(tails[0 if to == "down" else 1]) * len(starts) * len(DIRECTIONS)
            level = then[0] / then[1] if then[1] else 0.0
            exposure = float((orders * share)[new].sum())
            found.append(Turn(to, int(start), int(now[0]), level * exposure, exposure, min(p, 1.0)))
    return min(found, key=lambda one: one.p)


def _side(bad: np.ndarray, exposure: np.ndarray, rho: np.ndarray) -> tuple[float, float, float]:
    """Bad ones, exposure and design effect of some days."""
    seen, total = float(bad.sum()), float(exposure.sum())
    squares = [(clustering.lumps(exposure, size) ** 2).sum() for size in clustering.SIZES]
    effect = Clustering(rho, np.array(squares) / max(total, 1.0) ** 2).effect(total)
    return seen, max(total, seen), float(effect)
