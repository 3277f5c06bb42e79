"""Orders of each day and the days on which their bad ones were reported: what a nowcast is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.maturity.curve import Delays
from helpers.metrics import calendar

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Reports:
    """One rate of one store and channel. Days are numbered from 0.

    orders                [day]
    placed, seen, count   [report] the day of the order, the day it was seen on, how many bad ones
    """

    orders: Whole
    placed: Whole
    seen: Whole
    count: Whole

    @classmethod
    def of(cls, daily: pl.DataFrame) -> tuple[date, Reports]:
        """From the `daily` frame of one series, with the day that is number 0. Raises ValueError when it has no rows."""
        counts = calendar.arrays(daily)
        if len(counts.series) != 1:
            raise ValueError(f"expected the counts of one series, found {len(counts.series)}")
        return counts.first, cls(counts.denominator[0], counts.placed, counts.seen, counts.numerator)

    def until(self, day: int) -> Reports:
        """The same as it was known on a day."""
        known = self.seen <= day
        return Reports(self.orders, self.placed[known], self.seen[known], self.count[known])

    def visible(self, day: int) -> Whole:
        """[order day] bad ones seen by a day."""
        known = self.seen <= day
        return np.bincount(self.placed[known], self.count[known], len(self.orders)).astype(np.int64)

    def delays(self, day: int) -> Delays:
        """The delays known on a day."""
        known = (self.seen <= day) & (self.placed <= day)
        delay = np.maximum(self.seen[known] - self.placed[known], 0)
        return Delays.of(delay, day - self.placed[known], self.count[known])
