"""What the list of one day promises, measured: `python benchmarks/portfolio.py` prints the table and writes PORTFOLIO.md.

All drawn, with a fixed seed; delays, design effect and exposure are estimated as in an account's files.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers.portfolio.listed import cut
from helpers.signals import alarm, delays
from helpers.signals.steady import Steady, drawn

TARGET, WINDOW, LAG, DAYS = 0.01, 60, 14, 500
FEEDBACK = delays.prior(["negative_feedback_rate"])
SHARES = tuple((FEEDBACK / FEEDBACK.sum()).cumsum().tolist())
LUMPS = {
    "one by one": (0.0, 1),
    "day batches, ρ 0.02": (0.02, 1),
    "day batches, ρ 0.05": (0.05, 1),
    "weeks, ρ 0.02": (0.02, 7),
}
KEEP, MISS = 30, 10  # rates of a list's portfolio exactly on target, and at twice it


def log_e(
    rng: np.random.Generator, level: float, accounts: int, rho: float, lump: int, a_day: float
) -> NDArray[np.float64]:
    like = Steady(a_day, level, TARGET, True, rho, lump, WINDOW, LAG, SHARES)
    found = alarm.watched(drawn(rng, like, accounts, DAYS), TARGET, WINDOW, FEEDBACK, every=28)
    return alarm.log_e_value(found.counts, found.exposure * TARGET, found.effect)


def lists(accounts: int, repeats: int) -> Iterator[list[str]]:
    rng = np.random.default_rng(3)
    for name, (rho, lump) in LUMPS.items():
        for a_day in (5, 50):
            keep = log_e(rng, TARGET, accounts, rho, lump, a_day)
            miss = log_e(rng, 2 * TARGET, accounts // 3, rho, lump, a_day)
            wrong, found = np.zeros(repeats), np.zeros(repeats)
            for n in range(repeats):
                drawn_now = np.concatenate(
                    [rng.choice(keep, KEEP, replace=False), rng.choice(miss, MISS, replace=False)]
                )
                order = np.argsort(-drawn_now)
                on_list = order[: cut(list(drawn_now[order]))]
                wrong[n] = (on_list < KEEP).sum() / max(len(on_list), 1)
                found[n] = (on_list >= KEEP).sum() / MISS
            yield [
                name,
                f"{a_day}",
                f"{np.exp(keep).mean():.1f}",
                f"{100 * wrong.mean():.1f} %",
                f"{100 * found.mean():.0f} %",
            ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=600)
    asked = parser.parse_args()
    head = [
        "bad ones",
        "orders a day",
        "mean e-value on target",
        "of the list, keep their target",
        "of those at twice it, found",
    ]
    rows = "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *lists(asked.accounts, 1000)))
    text = (
        "# One list on one day\n\nWritten by `python benchmarks/portfolio.py`. 1,000 lists, each of 30 rates exactly on their "
        f"target of 1 % and 10 at twice it, drawn from {asked.accounts} and {asked.accounts // 3} simulated rates. Promised: on "
        "average at most 10 % of a list keep their target. Where whole weeks are bad the e-value of a rate on target is over 1 "
        f"on average, and the list still keeps its promise here.\n\n{rows}\n"
    )
    print(text)
    (Path(__file__).parent / "PORTFOLIO.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
