"""What "strong" promises, measured: `python benchmarks/evidence.py` prints the tables and writes them to EVIDENCE.md.

Tables 1 and 2 are exact, over every volume; 3 to 5 are drawn, with fixed seeds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc

from helpers import clustering
from helpers.verdicts import evidence
from words import percent, table

VOLUMES = np.arange(1, 5_001)
SHARES = {"1 %": 0.01, "2.5 %": 0.025, "4 %": 0.04, "95 %": 0.05, "90 %": 0.10}  # target → share of bad ones
SELLERS = ((0.5, 0.4), (0.3, 0.8), (0.2, 1.5))  # part of the sellers, their rate in targets
JUDGED = {
    "1 %, 60 days": (0.01, 60),
    "4 %, 30 days": (0.04, 30),
    "4 %, 10 days": (0.04, 10),
    "2.5 %, 7 days": (0.025, 7),
}
A_DAY = (5, 20, 50, 200)
ACCOUNTS = 4_000


def decided(share: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each volume the fewest bad ones that are a strong miss, and the most that are strongly met (−1: not even none)."""
    fewest, most = VOLUMES + 1, np.full_like(VOLUMES, -1)
    for bad in range(int(share * VOLUMES[-1] * 1.5)):
        n = np.maximum(VOLUMES, bad)
        is_in = bad <= VOLUMES
        fewest[is_in & (fewest > VOLUMES) & evidence.proves_missed(bad, n, share)] = bad
        most[is_in & evidence.proves_met(bad, n, share)] = bad
    return fewest, most


def called(rate: float, fewest: NDArray, most: NDArray) -> tuple[NDArray, NDArray]:
    """The chance of a strong miss and of a strongly met target at each volume, of a shop whose true rate is `rate`."""
    missed = np.where(fewest > VOLUMES, 0, bdtrc(fewest - 1, VOLUMES, rate))
    return missed, np.where(most < 0, 0, bdtr(np.maximum(most, 0), VOLUMES, rate))


def every_volume() -> str:
    """Table 1: the worst of all volumes, for shops exactly on their target."""
    rows = []
    for name, share in SHARES.items():
        missed, met = called(share, *decided(share))
        rows.append(
            [name, *(f"{percent(each.max())} ({VOLUMES[each.argmax()]})" for each in (missed, met, missed + met))]
        )
    return table(["target", "called missed, strong", "called met, strong", "either"], rows)


def population() -> str:
    """Table 2: who is meant by "strong" among sellers of known rates, target 1 %."""
    fewest, most = decided(0.01)
    told = [(part, times, called(times * 0.01, fewest, most)) for part, times in SELLERS]
    missed = np.array([part * each[0] for part, _, each in told])
    met = np.array([part * each[1] for part, _, each in told])
    under = missed[:2].sum(axis=0) / np.maximum(missed.sum(axis=0), 1e-12)
    over = met[2] / np.maximum(met.sum(axis=0), 1e-12)
    rows = []
    for first in (15, 200, 400, 600):
        worst = [(each * (first <= VOLUMES)).argmax() for each in (under, over)]
        rows.append([first, *(f"{percent(e[w])} ({VOLUMES[w]})" for e, w in zip((under, over), worst, strict=True))])
    return table(["orders from", "of missed, strong: truly under", "of met, strong: truly over"], rows)


def drawn(
    random: np.random.Generator, rate: float, rho: float, a_day: int, days: int, lump: int
) -> tuple[NDArray, NDArray]:
    """Orders and bad ones of each day; every `lump` days have a rate of their own, shared by two of its orders as `rho`."""
    n = random.poisson(a_day, (ACCOUNTS, days))
    if rho == 0:
        return n, random.binomial(n, rate)
    weight = (1 - rho) / rho
    own = random.beta(rate * weight, (1 - rate) * weight, (ACCOUNTS, -(-days // lump) + 1)).repeat(lump, axis=1)
    first = random.integers(lump, size=(ACCOUNTS, 1))  # bad weeks begin on any day
    return n, random.binomial(n, np.take_along_axis(own, first + np.arange(days), axis=1))


def words(n: NDArray, x: NDArray, share: float, window: int) -> tuple[NDArray, NDArray]:
    """Which accounts are called missed, strong and met, strong on their last day."""
    of_day, own = n[:, -window:], x[:, -window:]
    orders, bad, worst = of_day.sum(axis=1), own.sum(axis=1), (np.arange(len(n)), own.argmax(axis=1))
    effect = clustering.of(n, x, window).effect(orders)
    spread = {"bad_days": (own > 0).sum(axis=1), "worst_day": own[worst], "worst_day_orders": of_day[worst]}
    missed = evidence.proves_missed(bad, orders, share, effect, **spread)
    return missed, evidence.proves_met(bad, orders, share, effect)


def in_lumps() -> str:
    """Table 3: shops exactly on their target whose bad ones come in lumps, each with so much of a year known."""
    random, rows = np.random.default_rng(1), []
    for name, (share, window) in JUDGED.items():
        for lump, known in ((1, 365), (1, 3 * window), (1, window), (7, 365)):
            for rho in (0.02, 0.05, 0.1):
                cells = [drawn(random, share, rho, a_day, known, lump) for a_day in A_DAY]
                each = [words(n, x, share, window) for n, x in cells]
                means = [f"{percent(missed.mean())} / {percent(met.mean())}" for missed, met in each]
                rows.append([name, "days" if lump == 1 else "weeks", rho, known, *means])
    head = ["target", "lumps", "ρ", "days known", *(f"{a_day} orders a day" for a_day in A_DAY)]
    return table(head, rows)


def found() -> str:
    """Table 4: how often shops over and under their target are told so; bad ones one by one, a year known."""
    random, rows = np.random.default_rng(2), []
    for name, (share, window) in JUDGED.items():
        for times in (0.25, 0.5, 1.5, 2, 3):
            cells = []
            for a_day in A_DAY:
                n, x = drawn(random, times * share, 0, a_day, 365, 1)
                orders, bad = n[:, -window:].sum(axis=1), x[:, -window:].sum(axis=1)
                missed, met = words(n, x, share, window)
                effect = clustering.of(n, x, window).effect(orders)
                if times > 1:
                    alone, deflated = (evidence.proves_missed(bad, orders, share, d) for d in (1.0, effect))
                    cells.append(f"{percent(missed.mean())} ({percent(alone.mean())}; {percent(deflated.mean())})")
                else:
                    cells.append(f"{percent(met.mean())} ({percent(evidence.proves_met(bad, orders, share).mean())})")
            rows.append([name, times, *cells])
    return table(["target", "true rate, in targets", *(f"{a_day} orders a day" for a_day in A_DAY)], rows)


def in_a_year() -> str:
    """Table 5: shops just inside or on their target called missed, strong at least once in twelve monthly reports."""
    random, rows = np.random.default_rng(3), []
    for name, (share, window) in JUDGED.items():
        for times in (0.9, 0.99, 1.0):
            cells = []
            for a_day in A_DAY:
                n, x = drawn(random, times * share, 0, a_day, 365 + 335, 1)
                once, alone = np.zeros(ACCOUNTS, bool), np.zeros(ACCOUNTS, bool)
                for last in range(365, 701, 30):
                    year, bad = n[:, last - 365 : last], x[:, last - 365 : last]
                    once |= words(year, bad, share, window)[0]
                    sums = (each[:, -window:].sum(axis=1) for each in (bad, year))
                    alone |= evidence.proves_missed(*sums, share)
                cells.append(f"{percent(once.mean())} ({percent(alone.mean())})")
            rows.append([name, times, *cells])
    return table(["target", "true rate, in targets", *(f"{a_day} orders a day" for a_day in A_DAY)], rows)


PARTS = (
    (
        "On the target, bad ones one by one: the worst of every volume from 1 to 5,000",
        "In brackets the volume. Promised: each side at most 5 %, either at most 10 %.",
        every_volume,
    ),
    (
        "A population of sellers, target 1 %",
        "Half at 0.4 times the target, 30 % at 0.8, 20 % at 1.5 times. Promised: 28, 13, 7.5 and 5.5 %; and 1.5 %.",
        population,
    ),
    (
        "On the target, bad ones in lumps: missed, strong / met, strong",
        f"{ACCOUNTS:,} accounts a cell, their true rate the target. Promised for days and weeks: each side at most 5 %. "
        "A window alone has no history; its ρ is taken as 0.02.",
        in_lumps,
    ),
    (
        "Told when it is so",
        "Share of accounts called strong on their own side. In brackets by the test alone; for a miss then by deflated counts, "
        "so that the rest is the price of the rule of the worst day.",
        found,
    ),
    (
        "Called missed, strong at least once in twelve monthly reports",
        "Shops inside or on their target. In brackets by the test alone, neither deflated nor without the worst day.",
        in_a_year,
    ),
)


def main() -> None:
    """Print every table, and write them."""
    text = f"# Evidence\n\nWritten by `python benchmarks/evidence.py`. {__doc__.splitlines()[2]}\n"
    for number, (title, said, part) in enumerate(PARTS, 1):
        text += f"\n## {number}. {title}\n\n{said}\n\n{part()}"
        print(text.rpartition("\n## ")[2], flush=True)
    (Path(__file__).parent / "EVIDENCE.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
