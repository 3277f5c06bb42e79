"""What movement and the record sentence promise, measured: `python benchmarks/history.py` prints the tables and writes HISTORY.md.

All drawn, with fixed seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers import clustering
from helpers.history import comparison
from helpers.history.record import explained
from helpers.verdicts import Limit, evidence
from words import percent, table

YEAR = 365
WEEK = 7


@dataclass(frozen=True)
class Rate:
    """One rate of a report: its target as a share of bad ones, its windows, its part of the orders."""

    family: str
    share: float
    windows: tuple[int, ...]
    part: float = 1.0


RATES = (
    Rate("order defects", 0.01, (60,)),
    Rate("late shipments", 0.04, (10, 30)),
    Rate("cancellations", 0.025, (7,)),
    Rate("valid tracking", 0.05, (30,), 0.7),
    Rate("valid tracking", 0.05, (30,), 0.3),
    Rate("on-time delivery", 0.10, (14,)),
)
VOLUMES = (2, 5, 20, 50, 200, 1000)  # orders a day
REPORTS = 2_000
LUMPS = {"one by one": 0.0, "day batches, ρ 0.02": 0.02, "day batches, ρ 0.05": 0.05, "storm weeks": None}


def orders(rng: np.random.Generator, accounts: int, days: int, a_day: float, *, is_peak: bool = False) -> NDArray:
    """[account, day] orders, Poisson; with a peak three times as many in 45 of the days before the last 20."""
    mean = np.full(days, float(a_day))
    if is_peak:
        mean[-65:-20] *= 3
    return rng.poisson(mean, (accounts, days))


def bad(rng: np.random.Generator, n: NDArray, rate: NDArray | float, rho: float | None) -> NDArray:
    """[account, day] bad ones among n: one by one, in batches of a day (beta-binomial), or in storm weeks (gamma of
    variance 1 on the rate of a week)."""
    rate = np.broadcast_to(rate, n.shape)
    if rho is None:
        weeks = rng.gamma(1.0, 1.0, (n.shape[0], n.shape[1] // WEEK + 1))
        rate = np.minimum(rate * np.repeat(weeks, WEEK, axis=1)[:, -n.shape[1] :], 1.0)
    elif rho:
        size = 1 / rho - 1
        rate = rng.beta(rate * size, (1 - rate) * size)
    return rng.binomial(n, rate)


@dataclass(frozen=True)
class Windows:
    """Of many accounts: the window that ends with the last day, the one before, and the year before; deflated by D."""

    now: tuple[NDArray, NDArray, NDArray]
    before: tuple[NDArray, NDArray, NDArray]
    year: tuple[NDArray, NDArray, NDArray]

    @classmethod
    def of(cls, n: NDArray, x: NDArray, window: int) -> Windows:
        rho = clustering.of(n, x, window).rho
        count = YEAR // (window * -(-28 // window)) * -(-28 // window)
        size = n.shape[1]

        def stretch(first: int, last: int) -> tuple[NDArray, NDArray, NDArray]:
            """Bad ones, orders and D of the windows of these numbers, the judged one being 0."""
            total, squares = np.zeros(len(n)), np.zeros((len(n), len(clustering.SIZES)))
            hurt = np.zeros(len(n))
            for number in range(first, last):
                days = slice(size - (number + 1) * window, size - number * window)
                total, hurt = total + n[:, days].sum(axis=1), hurt + x[:, days].sum(axis=1)
                for place, lump in enumerate(clustering.SIZES):
                    squares[:, place] += (clustering.lumps(n[:, days], lump) ** 2).sum(axis=1)
            concentration = squares / np.maximum(total, 1)[:, None] ** 2
            return hurt, total, clustering.Clustering(rho, concentration).effect(total)

        return cls(stretch(0, 1), stretch(1, 2), stretch(1, 1 + count))


def moved(
    accounts: int, a_day: float, rho: float | None, times: float, *, now: float = 1.0, is_peak: bool = False, seed: int
) -> float:
    """The share of reports in which a movement of any rate is told.

    times   the true rates, in targets; now: by how much they differ within the judged window
    """
    rng = np.random.default_rng(seed)
    families: dict[str, list[NDArray]] = {}
    for rate in RATES:
        size = YEAR + max(rate.windows)
        n = orders(rng, accounts, size, a_day * rate.part, is_peak=is_peak)
        true = np.full(size, rate.share * times)
        true[-min(rate.windows) :] *= now
        x = bad(rng, n, true, rho)
        for window in rate.windows:
            found = Windows.of(n, x, window)
            for then in (found.before, found.year):
                families.setdefault(rate.family, []).append(comparison.Comparison.of(found.now, then).p)
    told = 0
    for account in range(accounts):
        adjusted = comparison.holm([[float(p[account]) for p in tests] for tests in families.values()])
        told += min(p for tests in adjusted for p in tests) <= 0.05
    return told / accounts


def comforted(
    accounts: int, a_day: float, before: float, after: float, *, is_at_start: bool = False, seed: int = 7
) -> tuple[float, float, float]:
    """Of shops whose rate turned from `before` to `after` on a day inside the window of 60 days, target 1 %: the share
    that miss; and of these misses, the share of weak ones, and of those the record explains.

    is_at_start   it turned on the first day of the window, not on any
    """
    rng = np.random.default_rng(seed)
    window = 60
    days = YEAR + window
    n = orders(rng, accounts, days, a_day)
    since = np.zeros(accounts, int) if is_at_start else rng.integers(0, window, accounts)
    rate = np.where(np.arange(days)[None, :] >= (days - window + since)[:, None], after, before)
    x = bad(rng, n, rate, 0.0)
    limit = Limit(Fraction(1, 100), is_strict=True)
    found = Windows.of(n, x, window)
    missed = weak = told = 0
    for account in range(accounts):
        now, year = (
            [int(side[0][account]), int(side[1][account]), side[2][account]] for side in (found.now, found.year)
        )
        if limit.is_met(now[0], now[1]):
            continue
        missed += 1
        days_of = x[account, -window:]
        worst = int(days_of.argmax())
        spread = {"bad_days": int((days_of > 0).sum()), "worst_day": int(days_of[worst])}
        spread["worst_day_orders"] = int(n[account, -window:][worst])
        if evidence.proves_missed(now[0], now[1], float(limit.share), now[2], **spread):
            continue
        weak += 1
        told += explained(tuple(now), tuple(year), limit)["is_told"]
    return missed / accounts, weak / max(missed, 1), told / max(missed, 1)


def unchanged() -> str:
    """Table 1."""
    kinds = {
        "half the target": (0.5, False),
        "on the target": (1.0, False),
        "half the target, after a peak": (0.5, True),
    }
    rows = []
    for lumps, rho in LUMPS.items():
        for kind, (times, is_peak) in kinds.items():
            shares = [moved(REPORTS, a_day, rho, times, is_peak=is_peak, seed=3) for a_day in VOLUMES]
            rows.append([lumps, kind, *map(percent, shares)])
    return table(["bad ones", "rates", *(f"{a_day} a day" for a_day in VOLUMES)], rows)


def found() -> str:
    """Table 2."""
    rows = []
    for lumps, rho in LUMPS.items():
        for now in (2.0, 4.0):
            shares = [moved(REPORTS // 4, a_day, rho, 0.5, now=now, seed=4) for a_day in VOLUMES]
            rows.append([lumps, f"{now:g} times", *map(percent, shares)])
    return table(["bad ones", "rates now", *(f"{a_day} a day" for a_day in VOLUMES)], rows)


def explained_misses() -> str:
    """Table 3."""
    shops = {
        "turned from 0.5 to 2 % on any day": (0.005, 0.02, False),
        "turned from 0.5 to 2 % on the first day": (0.005, 0.02, True),
        "unchanged at 0.5 %": (0.005, 0.005, False),
        "unchanged at 0.8 %": (0.008, 0.008, False),
        "unchanged at 1.5 %": (0.015, 0.015, False),
    }
    rows = [
        [shop, a_day, *map(percent, comforted(2 * REPORTS, a_day, before, after, is_at_start=is_at_start))]
        for shop, (before, after, is_at_start) in shops.items()
        for a_day in (1, 2, 5, 10, 20, 50)
    ]
    return table(["shop", "orders a day", "miss", "of these weak", "of these explained by the record"], rows)


PARTS = (
    (
        "A false movement told of an unchanged account",
        f"Share of {REPORTS:,} reports in which any of six rates (order defects, late shipments over 10 and 30 days, "
        "cancellations, two categories of valid tracking, on-time delivery) is called rising or falling. Promised: at most "
        "5 %. The peak is 45 days of three times the orders, ended 20 days before the day looked at.",
        unchanged,
    ),
    (
        "A movement told when it is so",
        "All rates at half their targets before, and so many times that since the first day of the shortest window.",
        found,
    ),
    (
        "Misses the record explains",
        "Order defects over 60 days, target 1 %. Promised of shops that turned inside the window: at most 15 % of misses at "
        "5 orders a day, 5 % at 10.",
        explained_misses,
    ),
)


def main() -> None:
    """Print every table, and write them."""
    text = f"# History and movement\n\nWritten by `python benchmarks/history.py`. {__doc__.splitlines()[2]}\n"
    for number, (title, said, part) in enumerate(PARTS, 1):
        text += f"\n## {number}. {title}\n\n{said}\n\n{part()}"
        print(text.rpartition("\n## ")[2], flush=True)
    (Path(__file__).parent / "HISTORY.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
