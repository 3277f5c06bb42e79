"""The chance of a missed day to 1 %, beside plain ways: `python benchmarks/first_passage.py` prints the table.

    plain per day     numpy: days of many shops at once, sums of windows
    plain per order   numpy: every order of a shop, one shop at a time; timed on few shops and scaled to the same error
Times of plain ways are those of as many shops as the same standard error takes. Ratios of one run; the kernel is compiled.
"""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np

from helpers import first_passage
from helpers.first_passage import Problem, paths
from helpers.verdicts import Limit

LIMIT = Limit(Fraction(1, 100), is_strict=True)
CASES = ((10, 0.002), (10, 0.005), (50, 0.005), (50, 0.008), (200, 0.005), (200, 0.008), (1000, 0.0095), (5000, 0.0095))
SHOPS = 2_000


def seconds(what) -> float:
    begun = time.process_time()
    what()
    return time.process_time() - begun


def per_day(problem: Problem) -> float:
    """Seconds a shop."""
    shops = max(SHOPS // 4, 1)
    return seconds(lambda: paths._by_numpy(problem, shops, np.random.default_rng(1))) / shops


def per_order(problem: Problem) -> float:
    """Seconds a shop."""
    generator, shops = np.random.default_rng(1), 5

    def run() -> None:
        for _ in range(shops):
            n = generator.poisson(problem.mean, problem.days + problem.window_days - 1)
            day = np.repeat(np.arange(len(n)), n)
            bad = np.bincount(day[generator.random(len(day)) < problem.rate], minlength=len(n))
            problem.is_missed(*(paths.windows(one[None], problem.window_days) for one in (bad, n))).any()

    return seconds(run) / shops


def main() -> None:
    for days in (30, 180, 365):
        first_passage.chance(Problem(10, 0.005, LIMIT, 60, days))  # compiled before it is timed
        first_passage.chance(Problem(10, 0.001, LIMIT, 60, days))
        print(f"\n{days} days, {'compiled' if first_passage.is_compiled() else 'without a compiler'}\n")
        print("| orders a day | rate | chance | method | error | seconds | per day ÷ this | per order ÷ this |")
        print("|---|---|---|---|---|---|---|---|")
        for orders, rate in CASES:
            problem = Problem(orders, rate, LIMIT, 60, days)
            found = first_passage.chance(problem)
            took = seconds(lambda problem=problem: first_passage.chance(problem))
            shops = max((1 - found.value) / max(found.value, 1e-300) / 0.01**2, 1)
            ratios = (f"{shops * one(problem) / took:,.3g}" for one in (per_day, per_order))
            print(
                f"| {orders:,} | {rate:.2%} | {found.value:.3g} | {found.method} | {found.error / found.value:.1%} | {took:.3f} | "
                + " | ".join(ratios)
                + " |",
                flush=True,
            )


if __name__ == "__main__":
    main()
