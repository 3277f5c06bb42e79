"""Where bad ones come from: every level of every factor beside the rest, in one register: the `drivers` frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from helpers.drivers import factors, levels, selection, strata
from helpers.frames import SCHEMAS, span
from helpers.history import Comparison
from helpers.intervals import LEVEL
from helpers.maturity import Curve
from helpers.vocabulary import Account

RIPE = 0.95  # share of bad ones reported from which on orders are looked at
FEWEST_OTHER = 5  # claims and returns of a level that can contradict its feedback


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


def _register(told: pl.DataFrame, placed: pl.DataFrame, day: date) -> list[dict[str, object]]:
    """The rows of one kind of bad one."""
    is_bad = told.get_column("is_bad").to_numpy().astype(float)
    first, _ = span(told.get_column("day"))
    days = (told.get_column("day") - first).dt.total_days().to_numpy()
    coded = {name: levels.coded(told, placed, name) for name in factors.STRATA}
    rho = levels.rho_of(days, is_bad)
    found: list[levels.Level] = []
    for name in factors.FACTORS:
        one = coded[name]
        if len(one.levels) > 1:
            others = [coded[other] for other in factors.STRATA if other != name]
            found += levels.rows(one, others, days, is_bad, rho, day)
    return _selected(found)


def _selected(found: list[levels.Level]) -> list[dict[str, object]]:
    """The rows with what the whole register decides: which are more than chance, and how many bad ones that comes to.

    Both comparisons of a level stand in the register; the one within strata decides where there is one.
    """
    tested = [one for one in found if one.is_tested]
    p = [one.p for one in tested] + [one.p_within for one in tested if one.is_within]
    held = selection.adjusted(p).tolist()
    plain, inner = held[: len(tested)], iter(held[len(tested) :])
    decided = {id(one): (next(inner) if one.is_within else q, q) for one, q in zip(tested, plain, strict=True)}
    chosen = {key for key, (q, _) in decided.items() if q <= selection.Q}
    level = selection.level_after(len(chosen), len(tested))
    rows = []
    for one in found:
        q, crude = decided.get(id(one), (None, 1.0))
        is_chosen = id(one) in chosen
        at = level if is_chosen else LEVEL
        is_reversed = one.is_within and (one.ratio > 1) != (one.within > 1) and (is_chosen or crude <= selection.Q)
        decision = {"q": q, "is_selected": is_chosen, "is_reversed": is_reversed, "level_of_interval": at}
        rows.append(one.told | decision | _excess(one, at))
    return rows


def _excess(one: levels.Level, level: float) -> dict[str, float]:
    """The bad ones of a level beyond those it would have at the rate of the rest, and the interval of that."""
    (x, n, effect), (y, m, _) = one.own, one.rest
    if one.is_within:
        ratio, many = one.within, np.array([effect])
        ends = strata.Adjusted(np.array([ratio]), np.array([one.error]), many).interval(level, many)
    else:
        ratio = one.ratio
        ends = Comparison.of(one.own, one.rest).ratio_at(level)
    low, high = (float(np.ravel(end)[0]) for end in ends)
    reference = x / n / ratio if x > 0 and 0 < ratio < np.inf else y / m if m else 0.0
    least, most = (float(np.clip(n * reference * (end - 1) if np.isfinite(end) else n, -n, n)) for end in (low, high))
    return {"excess": float(n * (one.likely - reference)), "excess_low": least, "excess_high": most}


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
