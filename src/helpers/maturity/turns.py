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
SIGNS: tuple[tuple[Direction, float], ...] = (("down", -1.0), ("up", 1.0))


@dataclass(frozen=True)
class Turn:
    """A rate that has turned.

    to        down, up
    first     number of the first order day of the new rate
    visible   bad ones of the orders since that are reported
    expected  how many would be reported by now at the rate before
    p         chance of that, times the weeks and the two directions tried; over rates of several stores Bonferroni once more
    """

    to: Direction
    first: int
    visible: int
    expected: float
    p: float


def turn(reports: Reports, curve: Curve, day: int) -> Turn | None:
    """The likeliest turn of a rate as known on a day, told only by its p; None where fewer than 24 weeks tell the level.

    The exposure of young orders is taken at the end of the curve's error that makes a turn less likely.
    """
    starts = day + 1 - WEEK * np.arange(1, WEEKS + 1)
    begun = int((reports.orders > 0).argmax())
    if starts[-1] - begun < LEVEL or day >= len(reports.orders):
        return None
    days = np.arange(max(int(starts[-1]) - 365, begun), day + 1)
    orders, bad = reports.orders[days].astype(float), np.minimum(reports.visible(day)[days], reports.orders[days])
    share, error = curve.share(day - days), curve.error(day - days)
    rho = clustering.of(orders, bad, WEEK).rho
    found: list[Turn] = []
    for start in starts:
        new = days >= start
        for to, sign in SIGNS:
            seen = orders * np.clip(share + sign * error, 0.0, 1.0)
            then = _side(bad[~new], (orders * share)[~new], rho)
            now = _side(bad[new], seen[new], rho)
            tails = Comparison.of(now, then).tails
            p = float(tails[0 if to == "down" else 1]) * len(starts) * len(SIGNS)
            level = then[0] / then[1] if then[1] else 0.0
            found.append(Turn(to, int(start), int(now[0]), level * float((orders * share)[new].sum()), min(p, 1.0)))
    return min(found, key=lambda one: one.p)


def _side(bad: np.ndarray, exposure: np.ndarray, rho: np.ndarray) -> tuple[float, float, float]:
    """Bad ones, exposure and design effect of some days."""
    seen, total = float(bad.sum()), float(exposure.sum())
    squares = [(clustering.lumps(exposure, size) ** 2).sum() for size in clustering.SIZES]
    effect = Clustering(rho, np.array(squares) / max(total, 1.0) ** 2).effect(total)
    return seen, max(total, seen), float(effect)
