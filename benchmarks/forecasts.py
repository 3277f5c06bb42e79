"""Forecasts of real sellers beside what came: calibration, and the Brier score against climatology and the naive rule.

    KIT_REALDATA=… python benchmarks/forecasts.py

Sellers of the Olist set, disjoint origins; low reviews (order-dated, reported late, 60 days, 14 days' lag) and late
deliveries (30 days, no lag), each against two targets. Only rates that are met on the day of the forecast are scored.
"""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import polars as pl

from helpers import clustering
from helpers.maturity import Delays, curve
from helpers.rows import VerdictRow
from helpers.scenarios import Ahead
from helpers.scenarios.known import OLDEST, Known, Rule
from helpers.verdicts import Limit

HORIZONS = (30, 90)
PATHS = 1_000
LEAST_ORDERS = 90  # in the 90 days before an origin


def rows(folder: Path) -> pl.DataFrame:
    """One row an order and seller: day, and the days on which a low review and a late delivery were seen."""
    orders, items, reviews = (
        pl.read_parquet(folder / f"olist_{name}.parquet") for name in ("orders", "items", "reviews")
    )
    last = reviews.sort("answered_at").group_by("order_key", maintain_order=True).last()
    pairs = items.select("order_key", "seller_key").unique(maintain_order=True)
    joined = pairs.join(orders, on="order_key").join(last, on="order_key", how="left")
    return joined.select(
        "seller_key",
        day=pl.col("purchased_at").dt.date(),
        promised=pl.col("estimated_delivery_date"),
        low=pl.when(pl.col("review_score") <= 2).then(pl.col("answered_at").dt.date()),
        late=pl.when(pl.col("delivered_at").dt.date() > pl.col("estimated_delivery_date")).then(
            pl.col("estimated_delivery_date")
        ),
    )


def judged(placed, seen, count, orders, rule, day):
    """Bad ones and orders of the window judged on a day, as seen by then."""
    last = day - rule.lag
    inside = (placed > last - rule.window) & (placed <= last) & (seen <= day)
    return count[inside].sum(), orders[max(last - rule.window + 1, 0) : last + 1].sum()


def forecasts(seller: pl.DataFrame, kind: str, rule: Rule, first, days: int):
    """Each origin of a seller: (chance by horizon, came by horizon, share of earlier days missed)."""
    at = (seller["day"] - first).dt.total_days().to_numpy()
    orders = np.bincount(at, minlength=days)[:days]
    bad = seller.filter(pl.col(kind).is_not_null())
    placed = (bad["day"] - first).dt.total_days().to_numpy()
    seen = np.maximum((bad[kind] - first).dt.total_days().to_numpy(), placed)
    one = np.ones(len(placed), int)
    for origin in range(240, days - max(HORIZONS), max(HORIZONS)):
        if orders[origin - 90 : origin].sum() < LEAST_ORDERS:
            continue
        x, n = judged(placed, seen, one, orders, rule, origin)
        if n == 0 or rule.is_missed(np.array(x), np.array(n)):
            continue
        known = seen <= origin
        delays = Delays.of(seen[known] - placed[known], origin - placed[known])
        share = (
            curve("negative_feedback_rate", delays).share(np.arange(OLDEST + 1)) if rule.lag else np.ones(OLDEST + 1)
        )
        visible = np.bincount(placed[known], minlength=origin + 1)[: origin + 1]
        until = orders[: origin + 1]
        of = clustering.of(until[-365:], np.minimum(visible, until)[-365:], rule.window)
        effect = float(of.effect(n))
        lumps = of.rho * (of.concentration * n - 1)
        size = int(np.argmax(lumps))
        verdict = cast("VerdictRow", {"status": "met", "must_be": "below", "design_effect": effect, "as_of": first})
        held = np.zeros(max(origin + 1, 365 + rule.window + rule.lag), int)
        filled = [np.concatenate([held, one])[-len(held) :] for one in (until, visible)]
        told = np.concatenate([np.zeros(len(held), bool), np.ones(origin + 1, bool)])[-len(held) :]
        ahead = Ahead.of(Known(verdict, rule, *filled, told, share, float(of.rho[size]), (1, 7)[size]), 90, paths=PATHS)
        came = [
            any(
                rule.is_missed(*map(np.array, judged(placed, seen, one, orders, rule, origin + n)))
                for n in range(1, horizon + 1)
            )
            for horizon in HORIZONS
        ]
        before = [
            bool(rule.is_missed(*map(np.array, judged(placed, seen, one, orders, rule, origin - n))))
            for n in range(0, 150, 10)
        ]
        yield [float(ahead.by_day[horizon - 1]) for horizon in HORIZONS], came, float(np.mean(before))


def main() -> None:
    folder = Path(os.environ["KIT_REALDATA"])
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    every = rows(folder)
    first, last = every["day"].min(), every["day"].max()
    days = (last - first).days + 1
    largest = every.group_by("seller_key").len().sort("len", "seller_key", descending=True).head(most)["seller_key"]
    print("| rate | target | days ahead | forecasts | came | chance told, mean | Brier | climatology | naive (never) |")
    print("|---|---|---|---|---|---|---|---|---|")
    told: list[tuple[float, bool]] = []
    for kind, lag, window, targets in (("low", 14, 60, ("0.15", "0.2")), ("late", 0, 30, ("0.04", "0.1"))):
        # A late delivery belongs to the day it was promised, a low review to the day of its order.
        dated = every if kind == "low" else every.with_columns(day="promised").filter(pl.col("day") <= last)
        for target in targets:
            rule = Rule(Limit(Fraction(target), True), window, lag, 1)
            found = [one for key in largest for one in forecasts(dated.filter(seller_key=key), kind, rule, first, days)]
            for place, horizon in enumerate(HORIZONS):
                chance = np.array([one[0][place] for one in found])
                came = np.array([one[1][place] for one in found], float)
                base = came.mean()
                scores = ((chance - came) ** 2).mean(), base * (1 - base), came.mean()
                print(
                    f"| {kind} | {float(target):.0%} | {horizon} | {len(found)} | {int(came.sum())} | {chance.mean():.2f} | "
                    + " | ".join(f"{score:.3f}" for score in scores)
                    + " |",
                    flush=True,
                )
                told += list(zip(chance.tolist(), came.astype(bool).tolist(), strict=True))
    print("\n| chance told | forecasts | mean told | came |\n|---|---|---|---|")
    chance, came = (np.array(each) for each in zip(*told, strict=True))
    ends = (0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0001)
    for low, high in pairwise(ends):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            print(
                f"| {low:.2f}–{min(high, 1):.2f} | {inside.sum()} | {chance[inside].mean():.2f} | {came[inside].mean():.2f} |"
            )


if __name__ == "__main__":
    main()
