"""What it costs that a forecast assumes no season: `python benchmarks/season.py` prints the table of FORECASTS.md.

A shop at half its target, or at four fifths of it (1 %, 60 days, two weeks' lag), is looked at on the twenty-first day of a peak of
1.7 times its usual orders. The forecast goes on with the pace of the last four weeks. The same futures, with eight more days of the
peak and the usual orders after them (the fall of the kit's own samples), say what it should have told.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import cast

import numpy as np

from helpers.rows import VerdictRow
from helpers.scenarios import Ahead
from helpers.scenarios.courses import Effect
from helpers.scenarios.known import OLDEST, Known, Rule
from helpers.verdicts import Limit
from words import table

PEAK, SINCE, LEFT = 1.7, 21, 8  # times the usual orders, days so far, days to come
DAYS = (30, 60, 90, 180)


def at_the_peak(usual: int, rate: float) -> Known:
    """A shop of so many orders a day, its bad ones as evenly spread as whole numbers can be and known at once."""
    orders = np.full(400, usual)
    orders[-SINCE:] = round(usual * PEAK)
    bad = np.diff(np.floor((orders * rate).cumsum()).astype(int), prepend=0)
    verdict = {"status": "met", "must_be": "below", "design_effect": 1.0, "as_of": date(2026, 12, 10)}
    rule = Rule(Limit(Fraction(1, 100), is_strict=True), 60, 14, 1)
    return Known(cast("VerdictRow", verdict), rule, orders, bad, orders > 0, np.ones(OLDEST + 1), 0.0, 1)


def main() -> None:
    """Print the table."""
    rows = []
    for rate in (0.005, 0.008):
        for usual in (10, 20, 50):
            known = at_the_peak(usual, rate)
            told = Ahead.of(known, max(DAYS), paths=4_000)
            pace = known.orders[-28:].mean()
            day = np.arange(told.futures.orders.shape[1])
            factor = np.minimum(np.where(day < LEFT, PEAK, 1.0) * usual / pace, 1.0)
            so = replace(told, effect=Effect(factor, factor))
            chances = (f"{told.by_day[days - 1]:.3f} · {so.by_day[days - 1]:.3f}" for days in DAYS)
            rows.append([f"{100 * rate:.1f} %", usual, *chances])
    print(table(["true rate", "usual orders a day", *(f"{days} days: told · so" for days in DAYS)], rows))


if __name__ == "__main__":
    main()
