"""Forecasts of real sellers beside what came: calibration, and the Brier score against climatology and the naive rule.

    KIT_REALDATA=… python benchmarks/forecasts.py          the tables of FORECASTS.md
    KIT_REALDATA=… python benchmarks/forecasts.py --laws   how often each law of a rate's drift is so (scenarios.rates.LAWS)
    python benchmarks/forecasts.py --samples 10            the record of made-up accounts beside an account's own, written into
                                                           the package: each profile of helpers.sample with so many seeds

Sellers of the Olist set, by size: the second, fourth, … are scored, and nothing was chosen by what came of them; the laws
are those of the first, third, … Low reviews (of the day of the order, reported late, 60 days, 14 days' lag), late deliveries (of
the day promised) and late shipments (of the day due; both 30 days, no lag), each against two targets. Only rates that are met
on the day of the forecast are scored. Days of forecasts of one seller are 30 days apart, 90 for 90 days ahead; those of the
next seller are a week later. The set ends with August 2018.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers import audit, clustering, scenarios
from helpers.maturity import Delays, curve
from helpers.rows import VerdictRow
from helpers.sample.folders import write
from helpers.sample.profiles import PROFILES
from helpers.scenarios import Ahead, rates, reliability
from helpers.scenarios.known import OLDEST, Known, Rule
from helpers.verdicts import Limit
from words import table

HORIZONS = (30, 90)
PATHS = 2_000
LEAST_ORDERS = 90  # in the 90 days before a forecast
FIRST, EVERY, STAGGER = 240, 30, 7  # days
LAST = date(2018, 8, 29)
ENDS = (0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0001)
SCORED, LEARNT = 1, 0  # places of sellers by size, modulo 2


@dataclass(frozen=True)
class Kind:
    """A rate: its name, the day its orders belong to, whether all of them count (else those that arrived, or left)."""

    name: str
    day: str
    counts: pl.Expr
    window: int
    lag: int
    targets: tuple[str, str]


KINDS = {
    "low": Kind("low reviews", "day", pl.lit(value=True), 60, 14, ("0.15", "0.2")),
    "late": Kind("late deliveries", "promised", pl.col("delivered_at").is_not_null(), 30, 0, ("0.04", "0.1")),
    "sent": Kind("late shipments", "due", pl.col("carrier_at").is_not_null(), 30, 0, ("0.04", "0.1")),
}


def rows(folder: Path) -> pl.DataFrame:
    """One row an order and seller: its days, and the days on which a low review and lateness were seen."""
    orders, items, reviews = (
        pl.read_parquet(folder / f"olist_{name}.parquet") for name in ("orders", "items", "reviews")
    )
    last = reviews.sort("answered_at", "review_key", nulls_last=False).group_by("order_key", maintain_order=True).last()
    pairs = items.group_by("order_key", "seller_key", maintain_order=True).agg(pl.col("shipping_limit_date").max())
    return (
        pairs.join(orders, on="order_key")
        .join(last, on="order_key", how="left")
        .with_columns(
            day=pl.col("purchased_at").dt.date(),
            promised="estimated_delivery_date",
            due=pl.col("shipping_limit_date").dt.date(),
        )
        .with_columns(
            low=pl.when(pl.col("review_score") <= 2).then(pl.col("answered_at").dt.date()),
            late=pl.when(pl.col("delivered_at").dt.date() > pl.col("promised")).then("promised"),
            sent=pl.when(pl.col("carrier_at") > pl.col("shipping_limit_date")).then("due"),
        )
    )


@dataclass(frozen=True)
class Seller:
    """One rate of a seller, from the first day of the set: orders [day]; bad ones by order day, and the day each was seen."""

    kind: str
    orders: NDArray[np.int64]
    placed: NDArray[np.int64]
    seen: NDArray[np.int64]

    @classmethod
    def of(cls, frame: pl.DataFrame, kind: str, first: date) -> Seller:
        def days(column: str, of: pl.DataFrame) -> NDArray[np.int64]:
            return (of[column] - first).dt.total_days().to_numpy()

        dated = KINDS[kind].day
        frame = frame.filter(KINDS[kind].counts, pl.col(dated).is_between(first, LAST))
        bad = frame.filter(pl.col(kind).is_not_null())
        placed = days(dated, bad)
        orders = np.bincount(days(dated, frame), minlength=(LAST - first).days + 1)
        return cls(kind, orders, placed, np.maximum(days(kind, bad), placed))

    def judged(self, rule: Rule, day: int) -> tuple[int, int]:
        """Bad ones and orders of the window judged on a day, as seen by then."""
        last = day - rule.lag
        inside = (self.placed > last - rule.window) & (self.placed <= last) & (self.seen <= day)
        return int(inside.sum()), int(self.orders[max(last - rule.window + 1, 0) : last + 1].sum())

    def is_missed(self, rule: Rule, day: int) -> bool:
        bad, orders = self.judged(rule, day)
        return bool(rule.is_missed(np.array(bad), np.array(orders)))

    def known(self, rule: Rule, day: int) -> Known:
        """What was known of the rate on a day."""
        is_known = self.seen <= day
        delays = Delays.of((self.seen - self.placed)[is_known], day - self.placed[is_known])
        ages = np.arange(OLDEST + 1)
        share = curve("negative_feedback_rate", delays).share(ages) if rule.lag else np.ones(OLDEST + 1)
        orders = self.orders[: day + 1]
        bad = np.minimum(np.bincount(self.placed[is_known], minlength=day + 1)[: day + 1], orders)
        judged = max(day + 1 - rule.lag, 1)
        found = clustering.of(orders[:judged], bad[:judged], rule.window)
        n = self.judged(rule, day)[1]
        size = int(np.argmax(found.rho * (found.concentration * n - 1)))
        verdict = {"status": "met", "must_be": "below", "design_effect": float(found.effect(n)), "as_of": LAST}
        length = max(day + 1, 365 + rule.window + rule.lag)
        before = length - day - 1
        filled = (np.pad(each, (before, 0)) for each in (orders, bad, np.ones(day + 1, bool)))
        return Known(cast("VerdictRow", verdict), rule, *filled, share, float(found.rho[size]), clustering.SIZES[size])


@dataclass(frozen=True)
class Tried:
    """One forecast: its cell of the table, its day, the chance told (NaN where it was not drawn), and whether it came."""

    kind: str
    target: str
    days: int
    on: date
    told: float
    came: bool


def tried(seller: Seller, target: str, first: date, place: int, *, is_drawn: bool) -> Iterator[Tried]:
    """Each forecast of a seller against one target."""
    kind = KINDS[seller.kind]
    rule = Rule(Limit(Fraction(target), is_strict=True), kind.window, kind.lag, 1)
    start = FIRST + STAGGER * (place // 2 % 4)
    for number, day in enumerate(range(start, len(seller.orders) - min(HORIZONS), EVERY)):
        if seller.orders[day - 90 : day].sum() < LEAST_ORDERS or seller.judged(rule, day)[1] == 0:
            continue
        if seller.is_missed(rule, day):
            continue
        horizons = [days for days in HORIZONS if day + days < len(seller.orders) and number % (days // EVERY) == 0]
        ahead = Ahead.of(seller.known(rule, day), max(horizons), paths=PATHS) if is_drawn and horizons else None
        for days in horizons:
            came = any(seller.is_missed(rule, day + n) for n in range(1, days + 1))
            told = float(ahead.by_day[days - 1]) if ahead else np.nan
            yield Tried(seller.kind, target, days, first + timedelta(days=day), told, came)


def scored(found: list[Tried], others: list[Tried]) -> str:
    """The table of Brier scores: a row a rate, target and horizon, and all of them together."""
    cells = []
    for key, group in groupby(sorted(found, key=_cell), key=_cell):
        one = list(group)
        elsewhere = [each.came for each in others if _cell(each) == key]
        cells.append((f"{KINDS[key[0]].name}, {float(key[1]):.0%}, {key[2]} days", one, float(np.mean(elsewhere))))
    lines = []
    squares: list[NDArray] = []
    for name, one, usual in cells:
        came, told = np.array([each.came for each in one], float), np.array([each.told for each in one])
        squares.append(
            np.stack([(told - came) ** 2, (came.mean() - came) ** 2, (usual - came) ** 2, came]) if one else np.empty(0)
        )
        lines.append(_line(name, told, came, squares[-1]))
    told, came = (
        np.array([getattr(each, name) for _, one, _ in cells for each in one], float) for name in ("told", "came")
    )
    lines.append(_line("**all**", told, came, np.hstack(squares)))
    head = (
        "rate, target, ahead",
        "forecasts",
        "came",
        "chance told, mean",
        "Brier",
        "usual share",
        "of other sellers",
        "never",
    )
    return table(head, lines)


def _cell(one: Tried) -> tuple[str, str, int]:
    return one.kind, one.target, one.days


def _line(name: str, told: NDArray, came: NDArray, squares: NDArray) -> list[object]:
    return [name, len(told), int(came.sum()), f"{told.mean():.2f}", *(f"{each:.3f}" for each in squares.mean(axis=1))]


def by_chance_told(found: list[Tried]) -> str:
    """How often it came of each chance told."""
    told, came = (np.array([getattr(each, name) for each in found], float) for name in ("told", "came"))
    lines = []
    for low, high in pairwise(ENDS):
        inside = (told >= low) & (told < high)
        if inside.any():
            means = (f"{each[inside].mean():.2f}" for each in (told, came))
            lines.append([f"{low:.2f}–{min(high, 1):.2f}", inside.sum(), *means])
    return table(("chance told", "forecasts", "mean told", "came"), lines)


def by_month(found: list[Tried]) -> str:
    """Late deliveries 30 days ahead, by the month of the forecast."""
    of = sorted((one for one in found if (one.kind, one.days) == ("late", 30)), key=lambda one: one.on)
    lines = []
    for month, group in groupby(of, key=lambda one: f"{one.on:%B %Y}"):
        one = list(group)
        means = (f"{np.mean([getattr(each, name) for each in one]):.2f}" for name in ("told", "came"))
        lines.append([month, len(one), *means])
    return table(("month", "forecasts", "mean told", "came"), lines)


def laws(sellers: list[Seller]) -> NDArray[np.float64]:
    """[law] how often each is so: those that explain the years of these sellers best together (maximum likelihood by EM,
    Laird 1978), from two years of each, two sellers more taken of each law."""
    found = []
    for seller in sellers:
        rule = Rule(Limit(Fraction(1, 20), is_strict=True), KINDS[seller.kind].window, KINDS[seller.kind].lag, 1)
        for day in (len(seller.orders) - 366, len(seller.orders) - 1):
            if seller.orders[max(day - 364, 0) : day + 1].sum() >= 150:
                found.append(rates.posterior(seller.known(rule, day)).sum(axis=(1, 2)) / rates.OFTEN)
    explained = np.array(found) / np.max(found, axis=1, keepdims=True)
    often = np.full(len(rates.LAWS), 1 / len(rates.LAWS))
    for _ in range(200):
        shares = explained * often
        often = (shares / shares.sum(axis=1, keepdims=True)).sum(axis=0) + 2
        often /= often.sum()
    return often


def of_samples(seeds: int) -> pl.DataFrame:
    """The forecasts of made-up accounts beside what came, by the chance told."""
    found = []
    for profile in PROFILES:
        for seed in range(1, seeds + 1):
            with TemporaryDirectory() as folder:
                write(replace(profile, seed=1000 * seed + profile.seed), Path(folder) / profile.id)
                outlook = scenarios.of(audit.of(Path(folder) / profile.id, today="2026-11-01"))
                found.append(scenarios.tried(outlook))
    return reliability.by_chance_told(pl.concat(found))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sellers", type=int, default=120)
    parser.add_argument("--laws", action="store_true")
    parser.add_argument("--samples", type=int, metavar="SEEDS")
    asked = parser.parse_args()
    if asked.samples:
        frame = of_samples(asked.samples).with_columns(pl.col("told").round(1), pl.col("error").round(4))
        frame.write_csv(Path(reliability.__file__).with_name(reliability.FILE))
        print(frame)
        return
    every = rows(Path(os.environ["KIT_REALDATA"]))
    first = cast("date", every["day"].min())
    largest = every.group_by("seller_key").len().sort("len", "seller_key", descending=True).head(asked.sellers)
    places = {place: every.filter(seller_key=key) for place, key in enumerate(largest["seller_key"])}
    sellers = {(place, kind): Seller.of(frame, kind, first) for place, frame in places.items() for kind in KINDS}
    if asked.laws:
        often = laws([seller for (place, _), seller in sellers.items() if place % 2 == LEARNT])
        for (spread, stays, _), share in zip(rates.LAWS, often, strict=True):
            print(f"apart {spread}, stays {stays}: {share:.2f}")
        return
    sides: list[list[Tried]] = [[], []]
    for (place, kind), seller in sellers.items():
        for target in KINDS[kind].targets:
            sides[place % 2] += tried(seller, target, first, place, is_drawn=place % 2 == SCORED)
    print(scored(sides[SCORED], sides[LEARNT]))
    print(by_chance_told(sides[SCORED]))
    print(by_month(sides[SCORED]))


if __name__ == "__main__":
    main()
