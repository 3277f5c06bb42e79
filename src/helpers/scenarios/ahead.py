"""How a judged rate goes on: the chance of a miss, the fan, what is left of the budget, the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.frames import SCHEMAS
from helpers.rows import key_of
from helpers.scenarios import courses
from helpers.scenarios.courses import Courses, Effect
from helpers.scenarios.futures import Futures, drawn
from helpers.scenarios.known import Known

HORIZONS = (7, 30, 60, 90, 180, 365)  # days
FOR_GOOD = 60  # further days a target is met before it is called met for good
BASELINE = "nothing changes"
FAN = 2_000  # futures the fan is drawn from: quantiles need no more
PARTS = 10  # of the paths, by the rate they were drawn with: what a horizon beyond the history is told by


@dataclass(frozen=True)
class Chance:
    """The chance of at least one judged day on the wrong side within so many days.

    error      standard error of the drawing
    low, high  where it lies when today's rate is as low, or as high, as nine in ten of what the record allows
    is_range   the history is shorter than the horizon: only low and high are told
    is_over    the target is missed today
    """

    days: int
    value: float
    error: float
    low: float
    high: float
    is_range: bool
    is_over: bool


@dataclass(frozen=True)
class WayBack:
    """Days, from tomorrow (1) on, until a missed target is met; None where that is not within the horizon.

    first, for_good   [10, 50, 90 % of the futures] the first day met; the first from which it is met on 60 days in a row
    """

    first: tuple[int | None, int | None, int | None]
    for_good: tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Ahead:
    """One judged rate, drawn ahead, when nothing changes or under a scenario."""

    futures: Futures
    scenario: str = BASELINE
    effect: Effect | None = None

    @classmethod
    def of(cls, known: Known, days: int = 365, **drawing) -> Ahead:
        return cls(drawn(known, days, **drawing))

    @property
    def known(self) -> Known:
        return self.futures.known

    @cached_property
    def courses(self) -> Courses:
        return courses.of(self.futures, self.effect)

    def on(self, day: int) -> date:
        """The day of a number: 1 is tomorrow."""
        return self.known.day + timedelta(days=int(day))

    @property
    def is_over(self) -> bool:
        return self.known.verdict["status"] == "breached"

    @cached_property
    def by_day(self) -> NDArray[np.float64]:
        """[day] the chance of at least one missed day up to each."""
        if self.is_over:
            return np.ones(self.futures.days)
        first = self.courses.first
        return np.bincount(first[first > 0] - 1, minlength=self.futures.days).cumsum() / self.futures.paths

    def chance(self, days: int) -> Chance:
        """The chance within so many days."""
        value = float(self.by_day[days - 1])
        parts = np.array_split(np.argsort(self.futures.rate), min(PARTS, self.futures.paths))
        is_in = self.is_over | ((self.courses.first > 0) & (self.courses.first <= days))
        low, high = sorted(float(is_in[part].mean()) for part in (parts[0], parts[-1]))
        error = (value * (1 - value) / self.futures.paths) ** 0.5
        return Chance(days, value, error, low, high, days > self.known.history_days, self.is_over)

    @property
    def chances(self) -> list[Chance]:
        return [self.chance(days) for days in HORIZONS if days <= self.futures.days]

    @cached_property
    def left(self) -> NDArray[np.int64]:
        """[path, day] bad ones that may still come: allowed minus those there; below 0 once missed."""
        return self.known.rule.allowed(self.courses.orders) - self.courses.bad

    def gone_by(self, chance: float) -> date | None:
        """The day by which the budget is gone with this chance; None where that is not within the horizon."""
        reached = self.by_day >= chance
        return self.on(int(reached.argmax()) + 1) if reached.any() else None

    @cached_property
    def way_back(self) -> WayBack:
        is_met = ~self.courses.is_missed & (self.courses.orders >= self.known.rule.least)
        return WayBack(self._days(_first(is_met)), self._days(_first(_lasting(is_met, FOR_GOOD))))

    def met_on(self, day: int) -> float:
        """The chance that the target is met on a day."""
        return float(1 - self.courses.is_missed[:, day - 1].mean())

    def met_by_rate(self, day: int) -> tuple[float, float]:
        """The chance that the target is met on a day in the tenth of the futures with the highest rate today, and the lowest."""
        is_met = ~self.courses.is_missed[:, day - 1]
        parts = np.array_split(np.argsort(self.futures.rate), min(PARTS, self.futures.paths))
        low, high = sorted(float(is_met[part].mean()) for part in (parts[0], parts[-1]))
        return low, high

    def _days(self, first: NDArray[np.int64]) -> tuple[int | None, int | None, int | None]:
        days = np.sort(np.where(first > 0, first, 10**6))
        found = (int(days[min(int(share * len(days)), len(days) - 1)]) for share in (0.1, 0.5, 0.9))
        one, two, three = (day if day < 10**6 else None for day in found)
        return one, two, three

    @cached_property
    def projection(self) -> pl.DataFrame:
        """Each day to come: the `projection` frame."""
        with np.errstate(invalid="ignore", divide="ignore"):
            orders = self.courses.orders[:FAN]
            bad = self.courses.bad[:FAN] / np.where(orders > 0, orders, np.nan)
        is_high = self.known.verdict["must_be"] in ("above", "at_least")
        rate = np.nan_to_num(1 - bad if is_high else bad, nan=1.0 if is_high else 0.0)
        low, middle, high = np.quantile(rate, (0.05, 0.5, 0.95), axis=0)
        left = np.quantile(self.left[:FAN], (0.1, 0.5, 0.9), axis=0)
        error = np.sqrt(self.by_day * (1 - self.by_day) / self.futures.paths)
        columns = {
            **{name: [value] * self.futures.days for name, value in key_of(self.known.verdict).items()},
            "scenario": [self.scenario] * self.futures.days,
            "day": [self.on(day) for day in range(1, self.futures.days + 1)],
            "rate_p05": low,
            "rate_p50": middle,
            "rate_p95": high,
            "left_p10": np.floor(left[0]).astype(int),
            "left_p50": np.floor(left[1]).astype(int),
            "left_p90": np.floor(left[2]).astype(int),
            "breach_probability": self.by_day,
            "breach_probability_se": error,
            "method": ["already over" if self.is_over else f"simulated, {self.futures.paths} futures"]
            * self.futures.days,
        }
        return pl.DataFrame(columns, schema=dict(SCHEMAS["projection"]))


def _first(is_met: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.where(is_met.any(axis=1), is_met.argmax(axis=1) + 1, 0)


def _lasting(is_met: NDArray[np.bool_], days: int) -> NDArray[np.bool_]:
    """Whether each day and all of so many after it are met; a day too near the end is not known and is none."""
    upto = np.pad((~is_met).cumsum(axis=1), ((0, 0), (1, 0)))
    size = is_met.shape[1]
    if size <= days:
        return np.zeros_like(is_met)
    found = np.zeros_like(is_met)
    found[:, : size - days] = upto[:, days + 1 :] == upto[:, : size - days]
    return found
