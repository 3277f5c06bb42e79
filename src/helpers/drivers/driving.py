"""Where bad ones come from: every level of every factor beside the rest, in one register: the `drivers` frame."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers import clustering
from helpers.drivers import factors, selection, shrinkage, strata
from helpers.frames import SCHEMAS
from helpers.history import Comparison
from helpers.intervals import LEVEL
from helpers.maturity import Curve
from helpers.vocabulary import Account

FEWEST = 20  # orders of a level: smaller ones are folded into one, so that none points at a buyer
ENTANGLED = 0.1  # Cramér's V from which on a level is also compared within another factor
RIPE = 0.95  # share of bad ones reported from which on orders are looked at
MOSTLY = 0.8  # share of orders a factor must be told of: a list of late ones alone knows the carriers of late ones
GONE = 60  # days without an order after which a level is no longer sold
FEWEST_OTHER = 5  # claims and returns of a level that can contradict its feedback

Floats = NDArray[np.float64]


def drivers(account: Account, curves: Mapping[str, Curve], day: date) -> pl.DataFrame:
    """Every level of every factor that the files tell, tested or not: the `drivers` frame, the largest excess first.

    curves   by rate, the share of bad ones reported by age (Audit.curves)
    Stores and channels are factors here, so all orders of the account stand together. Tests of one kind of bad one are held
    to 10 % wrong ones among those called causes (Benjamini and Hochberg), in counts deflated by the design effect of the
    level; intervals are right after that choice. Levels under 20 orders are folded into one, which is not tested; nor is a
    level so small that not one bad one is due, or a factor the files tell of under 80 % of the orders.
    """
    if account.orders.is_empty():
        return pl.DataFrame(schema=dict(SCHEMAS["drivers"]))
    placed = factors.orders(account)
    ripe = curves["order_defect_rate"].age_of(RIPE) if "order_defect_rate" in curves else 0
    rows = []
    for outcome, bad in factors.outcomes(account, ripe, day).items():
        told = placed.join(bad, on="order_id", maintain_order="left")
        rows += [{"account": account.id, "outcome": outcome} | row for row in _register(told, placed, day)]
    found = pl.DataFrame(rows, schema=dict(SCHEMAS["drivers"]), orient="row")
    return _compared(found).sort("outcome", "excess", descending=[False, True], nulls_last=True, maintain_order=True)


@dataclass(frozen=True)
class _Factor:
    """A factor's levels, with counts by day: [level, day]."""

    name: str
    levels: list[str]
    folded: int
    code: NDArray[np.int64]  # of each order; the last level holds what is folded or not told
    last_day: list[date]  # of any order of the level, however young
    told_share: float


def _register(told: pl.DataFrame, placed: pl.DataFrame, day: date) -> list[dict[str, object]]:
    """The rows of one kind of bad one."""
    is_bad = told.get_column("is_bad").to_numpy().astype(float)
    first = told.get_column("day").min()
    days = (told.get_column("day") - first).dt.total_days().to_numpy()
    coded = {name: _coded(told, placed, name) for name in factors.STRATA}
    rho = _rho(days, is_bad)
    rows: list[dict[str, object]] = []
    for name in factors.FACTORS:
        one = coded[name]
        if len(one.levels) > 1:
            others = [coded[other] for other in factors.STRATA if other != name]
            rows += _rows(one, others, days, is_bad, rho, day)
    return _selected(rows)


def _coded(told: pl.DataFrame, placed: pl.DataFrame, name: str) -> _Factor:
    last = placed.group_by(name).agg(last=pl.col("day").max())
    counts = told.group_by(name).agg(pl.len()).drop_nulls(name).join(last, on=name)
    kept = counts.filter(pl.col("len") >= FEWEST).sort("len", name, descending=[True, False])
    levels = kept.get_column(name).to_list()
    number = {level: place for place, level in enumerate(levels)}
    code = told.get_column(name).replace_strict(number, default=len(levels), return_dtype=pl.Int64).to_numpy()
    share = 1 - told.get_column(name).null_count() / told.height
    return _Factor(name, levels, counts.height - kept.height, code, kept.get_column("last").to_list(), share)


def _rho(days: NDArray[np.int64], is_bad: Floats) -> Floats:
    """How alike the orders of a day and of a week are."""
    n, x = np.bincount(days).astype(float), np.bincount(days, is_bad)
    return np.array(
        [
            float(clustering.correlation(clustering.lumps(n, size), clustering.lumps(x, size)))
            for size in clustering.SIZES
        ]
    )


def _effects(counts: Floats, rho: Floats) -> Floats:
    """[level] the design effect of orders that lie so on their days."""
    total = counts.sum(axis=1)
    squares = np.stack([(clustering.lumps(counts, size) ** 2).sum(axis=1) for size in clustering.SIZES], axis=-1)
    share = np.divide(squares, total[:, None] ** 2, out=np.zeros_like(squares), where=total[:, None] > 0)
    return clustering.Clustering(np.broadcast_to(rho, share.shape), share).effect(total)


def _table(one: _Factor, other: NDArray[np.int64], width: int, weight: Floats | None = None) -> Floats:
    """[level, other] sums of orders, of the folded and untold as well, in the last row."""
    height = len(one.levels) + 1
    return np.bincount(one.code * width + other, weight, height * width).reshape(height, width).astype(float)


def _rows(
    one: _Factor, others: list[_Factor], days: NDArray[np.int64], is_bad: Floats, rho: Floats, day: date
) -> list[dict[str, object]]:
    width = int(days.max()) + 1
    by_day = _table(one, days, width)
    n, x = by_day.sum(axis=1), _table(one, days, width, is_bad).sum(axis=1)
    effect, rest_effect = _effects(by_day, rho), _effects(by_day.sum(axis=0) - by_day, rho)
    rest_n, rest_x = n.sum() - n, x.sum() - x
    crude = Comparison.of((x, n, effect), (rest_x, rest_n, rest_effect))
    prior = shrinkage.fitted(x[:-1], n[:-1])
    mean, low, high = shrinkage.shrunken(x, n, prior)
    within, named = _within(one, others, is_bad, effect)
    rate = x.sum() / n.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(n > 0, x / n, np.nan) / np.where(rest_n > 0, rest_x / rest_n, np.nan)
    fewest = math.ceil(1 / rate)
    rows = []
    for place, level in enumerate(one.levels):
        is_judgeable = min(n[place], rest_n[place]) >= max(FEWEST, fewest)
        rows.append(
            {
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
                "p": float(crude.p[place]),
                "ratio_adjusted": _number(within.ratio[place]),
                "adjusted_for": named[place],
                "p_adjusted": float(within.p[place]) if named[place] else None,
                "is_tested": bool(is_judgeable and one.told_share >= MOSTLY),
                "told_share": one.told_share,
                "fewest_orders": max(FEWEST, fewest),
                "levels_folded": one.folded,
                "last_day": one.last_day[place],
                "is_gone": one.last_day[place] < day - timedelta(days=GONE),
                "_crude": (x[place], n[place], effect[place], rest_x[place], rest_n[place], rest_effect[place]),
                "_error": float(within.error[place]),
            }
        )
    return rows


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _within(
    one: _Factor, others: list[_Factor], is_bad: Floats, effect: Floats
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
    is_told = np.isfinite(ratio)
    named = [others[place].name if place >= 0 and told else None for place, told in zip(chosen, is_told, strict=True)]
    return strata.Adjusted(ratio, error, p), named


def _selected(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows with what the whole register decides: which are more than chance, and how many bad ones that comes to.

    Both comparisons of a level stand in the register; the one within strata decides where there is one.
    """
    tests = [
        (place, name)
        for place, row in enumerate(rows)
        if row["is_tested"]
        for name in ("p", "p_adjusted")
        if row[name] is not None
    ]
    held = dict(zip(tests, selection.adjusted([float(rows[place][name]) for place, name in tests]), strict=True))
    deciding = {
        place: held[place, "p_adjusted" if row["adjusted_for"] else "p"]
        for place, row in enumerate(rows)
        if row["is_tested"]
    }
    chosen = {place for place, q in deciding.items() if q <= selection.Q}
    level = selection.level_after(len(chosen), max(len(deciding), 1))
    told = []
    for place, row in enumerate(rows):
        crude, error = row.pop("_crude"), row.pop("_error")
        q = deciding.get(place)
        is_crude = held.get((place, "p"), 1.0) <= selection.Q
        told.append(
            row
            | _excess(row, crude, error, level if place in chosen else LEVEL)
            | {
                "q": None if q is None else float(q),
                "is_selected": place in chosen,
                "is_reversed": _is_reversed(row, place in chosen, is_crude),
                "level_of_interval": level if place in chosen else LEVEL,
            }
        )
    return told


def _is_reversed(row: Mapping[str, object], is_chosen: bool, is_crude: bool) -> bool:
    """Whether the comparison within strata points to the other side than the plain one, and one of both is beyond chance."""
    crude, adjusted = row["ratio"], row["ratio_adjusted"]
    if crude is None or adjusted is None or not (is_chosen or is_crude):
        return False
    return (crude > 1) != (adjusted > 1)


def _excess(row: Mapping[str, object], crude: tuple[float, ...], error: float, level: float) -> dict[str, float | None]:
    """The bad ones of a level beyond those it would have at the rate of the rest, and the interval of that."""
    x, n, d, y, m, e = crude
    effect = np.array([d])
    if row["adjusted_for"]:
        ratio = float(row["ratio_adjusted"])
        low, high = (
            float(end[0])
            for end in strata.Adjusted(np.array([ratio]), np.array([error]), effect).interval(level, effect)
        )
    else:
        ratio = float(row["ratio"] or 0.0)
        low, high = (float(end) for end in Comparison.of((x, n, d), (y, m, e)).ratio_at(level))
    reference = x / n / ratio if x > 0 and ratio > 0 else y / m if m else 0.0
    likely = float(row["rate_shrunk"])
    ends = (n * reference * (end - 1) if np.isfinite(end) else float(n) for end in (low, high))
    least, most = (float(np.clip(end, -n, n)) for end in ends)
    return {"excess": float(n * (likely - reference)), "excess_low": least, "excess_high": most}


def _compared(found: pl.DataFrame) -> pl.DataFrame:
    """The causes of defects beside what claims and returns alone say of the same levels.

    `same`, `against` or `cannot_tell`: feedback is written by whom it pleases, so a level can differ in who writes.
    """
    other = found.filter(outcome="claims_and_returns").select(
        "factor", "level", other="ratio", other_bad="numerator", other_p="p"
    )
    joined = found.join(other, on=["factor", "level"], how="left", maintain_order="left")
    is_defect = (pl.col("outcome") == "order_defect_rate") & pl.col("is_selected")
    ratio = pl.coalesce("ratio_adjusted", "ratio")
    is_alike = ((pl.col("other") > 1) == (ratio > 1)) & (pl.col("other_p") <= 0.05)
    is_against = ((pl.col("other") > 1) != (ratio > 1)) & (pl.col("other_bad") >= FEWEST_OTHER)
    word = (
        pl.when(is_defect & is_alike)
        .then(pl.lit("same"))
        .when(is_defect & is_against)
        .then(pl.lit("against"))
        .when(is_defect)
        .then(pl.lit("cannot_tell"))
    )
    return joined.with_columns(claims_and_returns=word).select(*SCHEMAS["drivers"])
