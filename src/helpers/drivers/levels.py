"""One level of one factor beside the rest: its counts, its shrunken rate, the plain comparison and the one within strata."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers import clustering
from helpers.drivers import shrinkage, strata
from helpers.history import Comparison

FEWEST = 20  # orders of a level: smaller ones are folded into one, so that none points at a buyer
ENTANGLED = 0.1  # Cramér's V from which on a level is also compared within another factor
MOSTLY = 0.8  # share of orders a factor must be told of: a list of late ones alone knows the carriers of late ones
GONE = 60  # days without an order after which a level is no longer sold

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Factor:
    """A factor's levels, the most frequent first, and which of them each order is of.

    code        of each order: a place in `levels`; one more for what is folded or not told
    folded      levels too small to stand alone
    told_share  share of the orders of which the files tell the factor
    """

    name: str
    levels: list[str]
    folded: int
    code: NDArray[np.int64]
    last_day: list[date]  # of any order of the level, however young
    told_share: float


def coded(told: pl.DataFrame, placed: pl.DataFrame, name: str) -> Factor:
    """A factor of the orders told. placed: every order of the account, for the day a level was last sold."""
    last = placed.group_by(name).agg(last=pl.col("day").max())
    counts = told.group_by(name).agg(pl.len()).drop_nulls(name).join(last, on=name)
    kept = counts.filter(pl.col("len") >= FEWEST).sort("len", name, descending=[True, False])
    levels = kept.get_column(name).to_list()
    number = {level: place for place, level in enumerate(levels)}
    code = told.get_column(name).replace_strict(number, default=len(levels), return_dtype=pl.Int64).to_numpy()
    share = 1 - told.get_column(name).null_count() / told.height
    return Factor(name, levels, counts.height - kept.height, code, kept.get_column("last").to_list(), share)


def rho_of(days: NDArray[np.int64], is_bad: Floats) -> Floats:
    """How alike the orders of a day and of a week are."""
    n, x = np.bincount(days).astype(float), np.bincount(days, is_bad)
    return clustering.rho(n, x)


def _effects(counts: Floats, rho: Floats) -> Floats:
    """[level] the design effect of orders that lie so on their days."""
    total = counts.sum(axis=1)
    squares = np.stack([(clustering.lumps(counts, size) ** 2).sum(axis=1) for size in clustering.SIZES], axis=-1)
    share = np.divide(squares, total[:, None] ** 2, out=np.zeros_like(squares), where=total[:, None] > 0)
    return clustering.Clustering(np.broadcast_to(rho, share.shape), share).effect(total)


def _table(one: Factor, other: NDArray[np.int64], width: int, weight: Floats | None = None) -> Floats:
    """[level, other] sums of orders, of the folded and untold as well, in the last row."""
    height = len(one.levels) + 1
    return np.bincount(one.code * width + other, weight, height * width).reshape(height, width).astype(float)


@dataclass(frozen=True)
class Level:
    """One level beside the rest, before the register decides.

    told      the columns of its row that stand already
    own, rest bad ones, orders, design effect
    likely    its shrunken rate
    """

    told: dict[str, object]
    own: tuple[float, float, float]
    rest: tuple[float, float, float]
    likely: float
    ratio: float
    p: float
    within: float
    error: float
    p_within: float
    is_within: bool
    is_tested: bool


def rows(
    one: Factor, others: list[Factor], days: NDArray[np.int64], is_bad: Floats, rho: Floats, day: date
) -> list[Level]:
    """Every level of a factor beside the rest.

    others   the factors it may be compared within · days  [order] numbered · is_bad  [order] · rho  rho_of
    """
    width = int(days.max()) + 1
    by_day = _table(one, days, width)
    n, x = by_day.sum(axis=1), _table(one, days, width, is_bad).sum(axis=1)
    effect, rest_effect = _effects(by_day, rho), _effects(by_day.sum(axis=0) - by_day, rho)
    rest_n, rest_x = n.sum() - n, x.sum() - x
    p = Comparison.of((x, n, effect), (rest_x, rest_n, rest_effect)).p
    mean, low, high = shrinkage.shrunken(x, n, shrinkage.fitted(x[:-1], n[:-1]))
    within, named = _within(one, others, is_bad, effect)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (x / n) / (rest_x / rest_n)
    fewest = max(FEWEST, math.ceil(n.sum() / x.sum()))
    found = []
    for place, level in enumerate(one.levels):
        is_tested = bool(min(n[place], rest_n[place]) >= fewest and one.told_share >= MOSTLY)
        told: dict[str, object] = {
            "factor": one.name,
            "level": level,
            "numerator": int(x[place]),
            "denominator": int(n[place]),
            "rate": float(x[place] / n[place]),
            "rate_shrunk": float(mean[place]),
            "shrunk_low": float(low[place]),
            "shrunk_high": float(high[place]),
            "numerator_rest": int(rest_x[place]),
            "denominator_rest": int(rest_n[place]),
            "design_effect": float(effect[place]),
            "ratio": _number(ratio[place]),
            "p": float(p[place]),
            "ratio_adjusted": _number(within.ratio[place]),
            "adjusted_for": named[place],
            "p_adjusted": float(within.p[place]) if named[place] else None,
            "told_share": one.told_share,
            "is_tested": is_tested,
            "fewest_orders": fewest,
            "levels_folded": one.folded,
            "last_day": one.last_day[place],
            "is_gone": one.last_day[place] < day - timedelta(days=GONE),
        }
        own, rest = (x[place], n[place], effect[place]), (rest_x[place], rest_n[place], rest_effect[place])
        found.append(
            Level(
                told,
                own,
                rest,
                likely=float(mean[place]),
                ratio=float(ratio[place]),
                p=float(p[place]),
                within=float(within.ratio[place]),
                error=float(within.error[place]),
                p_within=float(within.p[place]),
                is_within=named[place] is not None,
                is_tested=is_tested,
            )
        )
    return found


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _within(
    one: Factor, others: list[Factor], is_bad: Floats, effect: Floats
) -> tuple[strata.Adjusted, list[str | None]]:
    """Each level compared within the factor it is most entangled with, if with any; chosen without a look at what is bad."""
    height = len(one.levels) + 1
    best, chosen = np.full(height, ENTANGLED), np.full(height, -1)
    tables = []
    for place, other in enumerate(others):
        width = len(other.levels) + 1
        n = _table(one, other.code, width)
        tables.append((n, _table(one, other.code, width, is_bad)))
        v = strata.entangled(n) if len(other.levels) > 1 else np.zeros(height)
        chosen, best = np.where(v > best, place, chosen), np.maximum(v, best)
    ratio, error, p = (np.full(height, np.nan) for _ in range(3))
    for place in set(chosen[chosen >= 0].tolist()):
        n, x = tables[place]
        found, here = strata.mantel_haenszel(x, n, effect), chosen == place
        ratio[here], error[here], p[here] = found.ratio[here], found.error[here], found.p[here]
    is_told = np.isfinite(ratio) & (ratio > 0) & np.isfinite(error)  # none bad on one side: the plain comparison tells
    ratio, error, p = (np.where(is_told, each, np.nan) for each in (ratio, error, p))
    named = [others[place].name if place >= 0 and told else None for place, told in zip(chosen, is_told, strict=True)]
    return strata.Adjusted(ratio, error, p), named
