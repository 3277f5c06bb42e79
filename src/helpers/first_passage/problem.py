"""The question and the answer of a first passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from helpers.verdicts import Limit

Method = Literal["exact", "simulated", "union of windows"]


@dataclass(frozen=True)
class Chance:
    """A chance, how it was found and how sure it is.

    error    standard error of the simulation; 0 where it is exact
    draws    shops drawn; 0 where none were
    """

    value: float
    error: float
    method: Method
    draws: int = 0


@dataclass(frozen=True)
class Problem:
    """A shop whose orders go wrong one by one at a known rate, judged every day over a rolling window.

    orders        a day: the mean of a Poisson law; exactly so many where `is_fixed`; or, as a sequence, the chances of 0, 1,
                  2 … orders
    rate          the chance that an order is bad
    limit         what meets the target (verdicts.Limit)
    window_days   over which the rate stands
    days          judged, from tomorrow on
    bad, placed   bad ones and orders of each of the last `window_days` days, the oldest first. Without them the days before
                  tomorrow follow the same law, and nothing is judged on them
    least         orders a window must hold to be judged
    Raises ValueError for what cannot be meant.
    """

    orders: float | Sequence[float]
    rate: float
    limit: Limit
    window_days: int
    days: int
    bad: Sequence[int] | None = None
    placed: Sequence[int] | None = None
    is_fixed: bool = False
    least: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise ValueError(f"expected a rate between 0 and 1, found {self.rate}")
        if not 0 < self.limit.share < 1:
            raise ValueError(f"expected a target between none and all, found {self.limit.share}")
        if self.window_days < 1 or self.days < 1:
            raise ValueError(f"expected at least one day, found {self.window_days} of window, {self.days} to come")
        if np.any(np.asarray(self.orders) < 0) or (self.is_fixed and self.orders != int(np.sum(self.orders))):
            raise ValueError(f"expected orders a day of at least 0, whole where they are fixed, found {self.orders}")
        if (self.bad is None) != (self.placed is None):
            raise ValueError("expected bad ones and orders of the days before, or neither")
        if self.bad is not None and self.placed is not None:
            bad, placed = np.asarray(self.bad), np.asarray(self.placed)
            if not len(bad) == len(placed) == self.window_days or np.any((bad < 0) | (bad > placed)):
                raise ValueError(f"expected {self.window_days} days before, with 0 ≤ bad ones ≤ orders on each")

    @property
    def mean(self) -> float:
        """The mean number of orders a day."""
        chances = np.atleast_1d(np.asarray(self.orders, float))
        return float(
            chances[0] if isinstance(self.orders, (int, float)) else chances @ np.arange(len(chances)) / chances.sum()
        )

    @property
    def weights(self) -> tuple[int, int, int]:
        """(a, b, c): a window is missed when b · bad − a · orders ≥ c."""
        a, b = self.limit.share.as_integer_ratio()
        return a, b, 0 if self.limit.is_strict else 1

    @property
    def before(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """[day] bad ones and orders known to be in the window judged on each day to come."""
        found = []
        for known in (self.bad, self.placed):
            left = np.zeros(self.days, np.int64)
            if known is not None:
                ends = np.cumsum(np.asarray(known, np.int64)[::-1])[::-1][1:]
                left[: len(ends)] = ends[: self.days]
            found.append(left)
        return found[0], found[1]

    def is_missed(self, bad: NDArray, orders: NDArray) -> NDArray[np.bool_]:
        """Whether windows of so many bad ones of so many orders miss the target, where they are judged."""
        a, b, c = self.weights
        return (orders >= max(self.least, 1)) & (b * bad - a * orders >= c)
