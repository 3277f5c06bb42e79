"""What the words on an action, a nowcast and a turn promise, measured: `python benchmarks/actions.py` prints the tables and writes ACTIONS.md.

Drawn with fixed seeds; the last table needs the real orders KIT_REALDATA names, and is left out without them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers import clustering
from helpers.actions.effect import SURE, Effect, measured
from helpers.maturity import Curve, Delays, Nowcast, Reports, backtest, curve
from helpers.maturity.nowcast import level, nowcast
from helpers.maturity.turns import turn
from helpers.rows import VerdictRow
from helpers.scenarios import rates
from helpers.scenarios.known import Known, Rule
from helpers.verdicts import Limit
from history import percent, table

ACCOUNTS = 300
WINDOW, LAG, BEFORE, SPAN = 60, 14, 6 * 28, 500
VOLUMES = (5, 25, 100)  # orders a day
KIND = "negative_feedback_rate"
SHOPS: dict[str, float | str] = {
    "one by one": 0.0,
    "day batches, ρ 0.02": 0.02,
    "day batches, ρ 0.05": 0.05,
    "storm weeks": "weeks",
    "months that wander by a third": "months",
}


def bad(rng: np.random.Generator, n: NDArray, rate: NDArray | float, shop: float | str) -> NDArray:
    """[account, day] bad ones: one by one, in batches of a day, in weeks (gamma of variance 1 on the rate), or with a
    rate of its own every 60 days (gamma of variance 0.1: a third up or down)."""
    rate = np.broadcast_to(rate, n.shape).astype(float)
    if isinstance(shop, str):
        length, shape = (7, 1.0) if shop == "weeks" else (60, 10.0)
        times = rng.gamma(shape, 1 / shape, (n.shape[0], n.shape[1] // length + 1))
        rate = np.minimum(rate * np.repeat(times, length, axis=1)[:, -n.shape[1] :], 1.0)
    elif shop:
        size = 1 / shop - 1
        rate = rng.beta(rate * size, (1 - rate) * size)
    return rng.binomial(n, rate)


def told(
    shop: float | str,
    a_day: int,
    after: int,
    *,
    is_worst: bool = True,
    now: float = 1.0,
    rose: float = 1.0,
    seed: int = 1,
) -> tuple[float, float]:
    """The share of accounts at 1 % of which "helped", and "worse since", is said of so many days since.

    is_worst   the action follows the worst of the 60-day windows of a year, else any day
    now, rose  times the rate since, and times the rate in the days that prompted it
    """
    rng = np.random.default_rng(seed)
    n = rng.poisson(a_day, (ACCOUNTS, SPAN + after))
    x = bad(rng, n, 0.01, shop)
    helped = worse = 0
    for account, day in enumerate(acted_on(rng, n, x, is_worst=is_worst)):
        prompted = slice(day - LAG - WINDOW, day)
        if rose != 1:
            x[account, prompted] = rng.binomial(n[account, prompted], 0.01 * rose)
        if now != 1:
            x[account, day:] = bad(rng, n[[account], day:], 0.01 * now, shop)[0]
        found = effect_of(n[account], x[account], day, after)
        helped += found.better <= SURE
        worse += found.worse <= SURE
    return helped / ACCOUNTS, worse / ACCOUNTS


def acted_on(rng: np.random.Generator, n: NDArray, x: NDArray, *, is_worst: bool) -> list[int]:
    """[account] the day of an action: after the worst of the 60-day windows of a year, else any day."""
    on = np.arange(BEFORE + WINDOW + LAG, SPAN)
    last, first = on - LAG - 1, on - LAG - WINDOW - 1
    orders, hurt = n.cumsum(axis=1), x.cumsum(axis=1)
    seen = (hurt[:, last] - hurt[:, first]) / np.maximum(orders[:, last] - orders[:, first], 1)
    return [int(day) for day in (on[seen.argmax(axis=1)] if is_worst else rng.choice(on, len(n)))]


def effect_of(n: NDArray, x: NDArray, day: int, after: int) -> Effect:
    """What came of an action of one account, so many days later."""
    prompted = slice(day - LAG - WINDOW, day)
    before = slice(max(prompted.start - 365, 0), prompted.start)
    counts = n.astype(float), x.astype(float)
    return measured(*counts, before, prompted, slice(day, day + after), WINDOW)


def looks() -> str:
    """Table 3: the first report that says "helped" of an action that did nothing, looked at each month."""
    rows = []
    for name, shop in SHOPS.items():
        cells = []
        for a_day in VOLUMES:
            rng = np.random.default_rng(5)
            n = rng.poisson(a_day, (ACCOUNTS, SPAN + 360))
            x = bad(rng, n, 0.01, shop)
            first = [
                next((k for k in range(1, 13) if effect_of(n[one], x[one], day, 30 * k).better <= SURE), 99)
                for one, day in enumerate(acted_on(rng, n, x, is_worst=True))
            ]
            cells.append(" · ".join(percent((np.array(first) <= most).mean()) for most in (3, 6, 12)))
        rows.append([name, *cells])
    return table(["bad ones", *(f"{a_day} a day" for a_day in VOLUMES)], rows)


def forecasts_since() -> str:
    """Table 4: the next 60 days of accounts of which "helped" is said 60 days after an action."""
    rows = []
    for name, (now, shop, accounts) in {
        "half": (0.5, 0.0, ACCOUNTS),
        "a quarter": (0.25, 0.0, ACCOUNTS),
        "half, storm weeks": (0.5, "weeks", ACCOUNTS),
        "none: said of nothing, ρ 0.05": (1.0, 0.05, 8 * ACCOUNTS),
        "none, storm weeks": (1.0, "weeks", 8 * ACCOUNTS),
        "none, months that wander": (1.0, "months", 8 * ACCOUNTS),
    }.items():
        for a_day in (25, 100):
            rng = np.random.default_rng(6)
            n = rng.poisson(a_day, (accounts, SPAN + 120))
            x = bad(rng, n, 0.01, shop)
            past = slice(None, SPAN + 60)
            found = []
            for one, day in enumerate(acted_on(rng, n[:, past], x[:, past], is_worst=now == 1)):
                if now != 1:
                    x[one, day:] = bad(rng, n[[one], day:], 0.01 * now, shop)[0]
                if effect_of(n[one], x[one], day, 60).better <= SURE:
                    known = as_known(n[one, : day + 60], x[one, : day + 60], 60)
                    came, coming = (int(each[one, day + 60 : day + 120].sum()) for each in (x, n))
                    told = [_next_days(each, coming, rng) for each in (known, replace(known, turned=None))]
                    found.append([came, *(number for each in told for number in np.quantile(each, (0.05, 0.5, 0.95)))])
            if found:
                came, low, middle, high, blind_low, blind, blind_high = np.array(found).T
                sides = (low, middle, high), (blind_low, blind, blind_high)
                said = (
                    f"{m.sum() / came.sum():.2f} · {percent(((a <= came) & (came <= b)).mean())}" for a, m, b in sides
                )
                rows.append([name, a_day, len(found), accounts, *said])
    return table(
        ["fell to", "orders a day", "helped", "of", "knows the turn: told · held", "does not: told · held"], rows
    )


def _next_days(known: Known, orders: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """[path] bad ones among so many orders of the next 60 days, as a forecast draws them; they come as clustered as before."""
    expected = orders * rates.drawn(known, 2_000, rng).ahead(60, rng)[:, 0]
    spread = max(known.effect - 1, 1e-6)  # variance over mean, less one
    return rng.poisson(rng.gamma(expected / spread, spread))


def as_known(n: NDArray, x: NDArray, since: int) -> Known:
    """What a forecast knows of an account on the last day, its rate another one for so many days."""
    found = clustering.of(n[-365:], x[-365:], WINDOW)
    day = date(2026, 10, 31)
    effect = float(found.effect(n[-WINDOW:].sum()))
    verdict = cast("VerdictRow", {"as_of": day, "design_effect": effect})
    rule, told = Rule(Limit(Fraction(1, 100), is_strict=True), WINDOW, LAG, 1), np.ones(len(n), bool)
    return Known(verdict, rule, n, x, told, np.ones(181), float(found.rho[0]), 1, day - timedelta(days=since - 1))


def nothing_helped() -> str:
    """Table 1."""
    rows = [
        [name, after, *(" · ".join(map(percent, told(shop, a_day, after))) for a_day in VOLUMES)]
        for name, shop in SHOPS.items()
        for after in (30, 90, 200)
    ]
    return table(["bad ones", "days since", *(f"{a_day} a day" for a_day in VOLUMES)], rows)


def something_helped() -> str:
    """Table 2."""
    cases = {
        "half the rate since": {"now": 0.5},
        "a quarter of it since": {"now": 0.25},
        "three times before the action, as ever since": {"rose": 3.0},
    }
    rows = [
        [name, after, *(percent(told(0.0, a_day, after, is_worst=False, seed=2, **case)[0]) for a_day in VOLUMES)]
        for name, case in cases.items()
        for after in (30, 90, 200)
    ]
    return table(["what was done", "days since", *(f"{a_day} a day" for a_day in VOLUMES)], rows)


def reported(
    rng: np.random.Generator, a_day: int, shop: float | str = 0.0, *, stretch: float = 1.0, now: float = 1.0
) -> Reports:
    """500 days of one account at 1 %: delays log-normal with median 20 · stretch, the rate `now` times in the last 50."""
    n = rng.poisson(a_day, (1, 500))
    rate = np.full((1, 500), 0.01)
    rate[:, -50:] *= now
    placed = np.repeat(np.arange(500), bad(rng, n, rate, shop)[0])
    delay = np.round(rng.lognormal(np.log(20 * stretch), 0.42, len(placed))).astype(int)
    return Reports(n[0], placed, placed + delay, np.ones(len(placed), np.int64))


def own(reports: Reports, day: int) -> Curve:
    """The curve of an account as known on a day."""
    return curve(KIND, reports.delays(day))


def turns() -> str:
    """Table 5."""
    prior = curve(KIND, Delays.none())
    cases: dict[str, dict] = {name: {"shop": shop} for name, shop in SHOPS.items() if shop != "months"}
    cases |= {f"delays {stretch:g} times the curve": {"stretch": stretch} for stretch in (0.7, 1.2)}
    cases |= {f"turned to {now:g} times 50 days ago": {"now": now} for now in (0.25, 0.5, 2.0, 3.0)}
    rows = []
    for name, case in cases.items():
        cells = []
        for a_day in VOLUMES:
            rng, down, up = np.random.default_rng(3), 0, 0
            for _ in range(ACCOUNTS // 3):
                reports = reported(rng, a_day, **case).until(499)
                found = turn(reports, prior if "stretch" in case else own(reports, 499), 499)
                is_told = found is not None and found.p <= SURE
                down += is_told and found is not None and found.to == "down"
                up += is_told and found is not None and found.to == "up"
            cells.append(f"{percent(3 * down / ACCOUNTS)} · {percent(3 * up / ACCOUNTS)}")
        rows.append([name, *cells])
    return table(["account", *(f"{a_day} a day" for a_day in VOLUMES)], rows)


def made(reports: Reports, day: int, typical: float) -> Nowcast:
    """The nowcast of the last 30 days of orders, with what was learned from the past by then."""
    past = backtest.tried(reports.until(day), [(then, own(reports, then)) for then in backtest.dates(day)], typical)
    days, known = np.arange(day - 29, day + 1), own(reports, day)
    return nowcast(reports, known, day, days, level(reports, known, day, day - 29, typical), backtest.spread(past))


def scored(found: list[tuple[Nowcast, int]]) -> list[str]:
    """Of nowcasts beside what came: how many, how often the interval held, mean errors of the visible and the nowcast."""
    final = np.array([came for _, came in found], float)
    low, high = np.array([one.interval for one, _ in found]).T
    errors = []
    for name in ("visible", "expected"):
        off = final - np.array([getattr(one, name) for one, _ in found])
        errors.append(f"{off.mean():.2f} · {np.abs(off).mean():.2f}")
    return [f"{len(found):,}", f"{final.mean():.2f}", percent(((low <= final) & (final <= high)).mean()), *errors]


HEAD = ("seller-days", "bad ones in the end", "interval held", "visible: missing · off by", "nowcast: missing · off by")


def nowcasts() -> str:
    """Table 6."""
    rows = []
    for name, shop in SHOPS.items():
        for a_day in VOLUMES:
            rng, found = np.random.default_rng(4), []
            for _ in range(ACCOUNTS // 4):
                reports = reported(rng, a_day, shop)
                found.append((made(reports, 399, 0.01), int(reports.visible(10**6)[370:400].sum())))
            rows.append([name, a_day, *scored(found)])
    return table(["bad ones", "orders a day", *HEAD], rows)


def sellers(folder: Path) -> Iterator[Reports]:
    """The low reviews of each real seller with thirty orders and more; day 0 is 1 January 2017."""
    reviews = pl.read_parquet(folder / "olist_reviews.parquet")
    last = reviews.sort("answered_at", "review_key", nulls_last=False).group_by("order_key", maintain_order=True).last()
    placed = pl.read_parquet(folder / "olist_orders.parquet").select("order_key", "purchased_at")
    of = pl.read_parquet(folder / "olist_items.parquet").select("order_key", "seller_key").unique()
    start = pl.lit(date(2017, 1, 1))
    rows = (
        of.join(placed, on="order_key")
        .join(last.select("order_key", "review_score", "answered_at"), on="order_key", how="left")
        .with_columns(
            day=(pl.col("purchased_at").dt.date() - start).dt.total_days(),
            seen=(pl.col("answered_at").dt.date() - start).dt.total_days(),
        )
        .filter(pl.col("day") >= 0)
        .sort("seller_key")
    )
    days = rows.select(pl.col("day").max()).item() + 1
    for _, one in rows.group_by("seller_key", maintain_order=True):
        if one.height >= 30:
            low = one.filter(pl.col("review_score") <= 2, pl.col("seen").is_not_null())
            day, seen = low.select("day", "seen").to_numpy().T
            orders = np.bincount(one["day"].to_numpy(), minlength=days)
            yield Reports(orders, day, np.maximum(seen, day), np.ones(len(day), np.int64))


def real() -> str:
    """Table 7."""
    folder = Path(os.environ.get("KIT_REALDATA", "/nonexistent"))
    if not (folder / "olist_orders.parquet").exists():
        return "Not looked at: KIT_REALDATA names no folder with them.\n"
    found: list[tuple[Nowcast, int]] = []
    for reports in sellers(folder):
        for day in range(240, len(reports.orders) - 100, 30):
            if reports.orders[day - 29 : day + 1].sum():
                came = int(reports.visible(10**6)[day - 29 : day + 1].sum())
                found.append((made(reports, day, 0.1), came))
    rows = [
        ["all", *scored(found)],
        ["with a low review in the end", *scored([one for one in found if one[1]])],
        ["under 10 orders", *scored([one for one in found if one[0].orders < 10])],
        ["10 to 29", *scored([one for one in found if 10 <= one[0].orders < 30])],
        ["30 and more", *scored([one for one in found if one[0].orders >= 30])],
    ]
    return table(["orders of 30 days", *HEAD], rows)


PARTS = (
    (
        "An action that did nothing",
        f"Share of {ACCOUNTS} accounts at 1 % of which “helped” · “worse since” is said, where the action follows the worst "
        "60-day window of a year. Promised of “helped”: at most 5 %, where levels wander by themselves as well.",
        nothing_helped,
    ),
    ("An action that helped", "Share of which “helped” is said.", something_helped),
    (
        "The same nothing, looked at each month",
        "Share of accounts of which “helped” is said in at least one of the first 3 · 6 · 12 monthly reports since. The promise "
        "is one of each report, and of one only.",
        looks,
    ),
    (
        "What a forecast tells after a help",
        "Accounts of which “helped” is said 60 days after an action; in the last three kinds nothing was done, and the action "
        "followed the worst window of a year. Bad ones of the next 60 days: the middle of what is told over what came, all "
        "accounts together, and how often the 90 % interval held what came; for a forecast that knows the turn, and for one that "
        "reads the year as it is.",
        forecasts_since,
    ),
    (
        "A turn by weeks of orders",
        "Share told a turn down · up. Promised of steady accounts: at most 5 % together, with a curve wrong by −30 … +20 % too.",
        turns,
    ),
    ("Nowcasts of made-up accounts", "The last 30 days of orders; 90 % intervals.", nowcasts),
    (
        "Nowcasts of real low reviews",
        "Olist, Brazil, sellers with thirty orders and more: the last 30 days of orders every 30 days from September 2017. "
        "November 2017 is in it: twice the orders, late parcels, later reviews.",
        real,
    ),
)


def main() -> None:
    """Print every table, and write them."""
    text = f"# Actions, turns and nowcasts\n\nWritten by `python benchmarks/actions.py`. {__doc__.splitlines()[2]}\n"
    for number, (title, said, part) in enumerate(PARTS, 1):
        text += f"\n## {number}. {title}\n\n{said}\n\n{part()}"
        print(text.rpartition("\n## ")[2], flush=True)
    (Path(__file__).parent / "ACTIONS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
