"""What is known of a judged rate on the day looked at: its orders and bad ones by order day, and the rule that judges it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.answer import clears
from helpers.audit import Audit
from helpers.frames import SERIES
from helpers.metrics.calendar import arrays
from helpers.metrics.windows import visible
from helpers.rows import LumpsRow, VerdictRow, key_of, rows_of
from helpers.scenarios import turns
from helpers.verdicts import Limit
from helpers.vocabulary import METRICS

YEAR = 365
JUDGED = ("met", "breached", "too_few_orders")
OLDEST = 180  # days after the order: nothing is reported later (maturity.priors)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rule:
    """How a rate is judged: each day, over the window that ends `lag` days before it, from `least` orders on."""

    limit: Limit
    window: int
    lag: int
    least: int

    def is_missed(self, bad: NDArray, orders: NDArray) -> NDArray[np.bool_]:
        """Whether windows of so many bad ones of so many orders are judged and miss the target."""
        a, b = self.limit.share.as_integer_ratio()
        over = b * bad - a * orders
        return (orders >= self.least) & (over >= 0 if self.limit.is_strict else over > 0)

    def allowed(self, orders: NDArray) -> NDArray[np.int64]:
        """The most bad ones that still meet the target."""
        a, b = self.limit.share.as_integer_ratio()
        return np.maximum((a * orders - self.limit.is_strict) // b, 0)


@dataclass(frozen=True)
class Known:
    """One judged rate on the day looked at.

    verdict            its row · rule  how it is judged
    orders, bad        [order day] the days up to the one looked at, the last one last; bad ones seen by then
    is_told            [order day] whether the files tell the day
    share              [age] of the bad ones of a day, the share reported by each age of its orders
    rho, lump_days     how alike the orders of a lump are, and the days of a lump: of the size that weighs more
    turned             first order day of the rate as it is now, where a turn is proved (scenarios.turns)
    clears_at_best     whether the day it is met again is the one at best, not the earliest (answer.clears)
    """

    verdict: VerdictRow
    rule: Rule
    orders: NDArray[np.int64]
    bad: NDArray[np.int64]
    is_told: NDArray[np.bool_]
    share: Floats
    rho: float
    lump_days: int
    turned: date | None = None
    clears_at_best: bool = True

    @property
    def day(self) -> date:
        """The day looked at."""
        return self.verdict["as_of"]

    @property
    def history_days(self) -> int:
        """Days from the first order the files tell to the day looked at: how far ahead more than a range is told."""
        return len(self.orders) - int((self.orders > 0).argmax()) if self.orders.any() else 0

    @property
    def untold(self) -> int:
        """Days before the day looked at of which the files tell nothing yet: they are to come as well."""
        return int(np.argmax(self.is_told[::-1])) if self.is_told.any() else len(self.is_told)

    @property
    def turned_at(self) -> int | None:
        """The place of the first order day since the turn in `orders`; None without one."""
        return None if self.turned is None else max(len(self.orders) - 1 - (self.day - self.turned).days, 0)

    @property
    def age(self) -> NDArray[np.int64]:
        """[order day] in days."""
        return np.arange(len(self.orders))[::-1]

    @property
    def effect(self) -> float:
        return max(self.verdict["design_effect"], 1.0)


def known(audit: Audit) -> list[Known]:
    """The judged rates that can be looked ahead of, worst first: those counted from the files day by day, with orders.

    A verdict from the marketplace's own figure has no days; a window that is not covered has no verdict.
    """
    rows = audit.verdicts.filter(pl.col("status").is_in(JUDGED), source="files").filter(pl.col("denominator") > 0)
    return [one for row in rows_of(rows, VerdictRow) if (one := _known(audit, row)) is not None]


def _known(audit: Audit, row: VerdictRow) -> Known | None:
    key = key_of(row)
    lag = (row["as_of"] - row["window_end"]).days
    target = next(
        (
            one
            for one in audit.rules(row["metric"], row["marketplace"], row["fulfilment"], row["as_of"])
            if one.is_judged and (one.window_days or row["window_days"]) == row["window_days"]
        ),
        None,
    )
    if target is None or not 0 < Limit.of(target).share < 1:
        return None
    of = visible(audit.daily, row["as_of"]).filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in SERIES)
    if of.is_empty():  # judged from figures that have no days
        return None
    counts = arrays(of)
    days = (row["as_of"] - counts.first + timedelta(days=1)).days
    length = max(days, YEAR + row["window_days"] + lag)
    orders, told, seen = (np.zeros(length, kind) for kind in (np.int64, bool, np.int64))
    first = length - days
    orders[first : first + counts.denominator.shape[1]] = counts.denominator[0][:days]
    told[first : first + counts.is_covered.shape[1]] = counts.is_covered[0][:days]
    np.add.at(seen, first + counts.placed, counts.numerator)
    is_high = METRICS[row["metric"]].good_is == "high"
    bad = np.clip(np.where(is_high, orders - seen, seen), 0, None)
    share = np.ones(OLDEST + 1) if is_high else audit.curves[row["metric"]].share(np.arange(OLDEST + 1))
    rho, lump = _lumps(audit, key)
    rule = Rule(Limit.of(target), row["window_days"], lag, max(target.min_count or 1, 1))
    return Known(row, rule, orders, bad, told, share, rho, lump, turns.of(audit, row), clears.is_exact(audit, row))


def _lumps(audit: Audit, key) -> tuple[float, int]:
    """ρ and the days of a lump, of the size whose lumps make the window's counts worth less."""
    found = audit.lumps.filter(pl.col(name).eq_missing(pl.lit(value)) for name, value in key.items())
    for row in rows_of(found, LumpsRow):
        n = 1 / max(row["concentration_days"], 1e-9), 1 / max(row["concentration_weeks"], 1e-9)
        return (row["rho_days"], 1) if row["rho_days"] / n[0] >= row["rho_weeks"] / n[1] else (row["rho_weeks"], 7)
    return 0.02, 1
