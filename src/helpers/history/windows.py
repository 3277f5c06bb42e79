"""The windows before a judged one, each as it stood on its own day, judged by the rules of that day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeGuard

import numpy as np
import polars as pl

from helpers.clustering import USUAL, Clustering, usual
from helpers.frames import KEY, SCHEMAS, SERIES, empty
from helpers.history.rows import EarlierRow, JudgedEarlierRow
from helpers.rows import KeyRow, LumpsRow, Row, VerdictRow, key_of, rows_of
from helpers.targets import Rules, Target
from helpers.verdicts import Limit
from helpers.vocabulary import METRICS, Exactness

YEAR = 365  # days before the judged window that are looked at
LEAST_BLOCK = 28  # days: shorter windows are put together, so that a quiet week is no month
Key = tuple[object, ...]  # the values of KEY
OF_PROOF = ("account", "marketplace", "metric", "fulfilment")


@dataclass(frozen=True)
class Day:
    """What was known of an account on one day: the rules in force, the counts by their readings, what files prove."""

    rules: Rules
    daily: pl.DataFrame
    covered: pl.DataFrame

    @cached_property
    def exactness(self) -> dict[Key, Exactness]:
        """How exact each rate of a store and channel is, by the columns OF_PROOF."""
        return {row[:-1]: row[-1] for row in self.covered.select(*OF_PROOF, "exactness").iter_rows()}


On = Callable[[date, tuple[str, ...]], Day]  # an earlier day, with these rates


def earlier(verdicts: pl.DataFrame, daily: pl.DataFrame, on: On) -> pl.DataFrame:
    """The disjoint windows of the year before each judged window: the `earlier` frame, newest first within a key.

    verdicts   verdicts.judge: one judged window a key
    daily      the counts of the day looked at
    on         what was known on an earlier day; its `daily` is the same frame while the same readings were in force
    A window that ended on day e counts what was seen by e + lag, as the judged one does: what came later would make
    every earlier window look worse than it stood.
    """
    spans = _spans(verdicts)
    if spans.is_empty():
        return empty("earlier")
    metrics = {day: tuple(sorted(of.get_column("metric").unique())) for (day,), of in spans.group_by("day")}
    then = {day: on(day, of) for day, of in metrics.items()}
    counts = {id(one.daily): one.daily for one in then.values()}
    parts = []
    for own, counted in counts.items():
        days = [day for day, one in then.items() if id(one.daily) == own]
        parts.append(_counted(counted, spans.filter(pl.col("day").is_in(days)), is_alike=counted is daily))
    rows = [_told(row, then[row["day"]]) for row in rows_of(pl.concat(parts), _CountedRow)]
    told = pl.DataFrame(rows, schema=dict(SCHEMAS["earlier"]))
    return told.sort(*KEY, "day", descending=[False] * len(KEY) + [True])


def _spans(verdicts: pl.DataFrame) -> pl.DataFrame:
    """A row an earlier window: key, `number` (0 the one just before), `block`, first and last day, the day judged."""
    windows, blocks = pl.col("window_days"), pl.col("windows_in_block")
    told = verdicts.drop_nulls(["window_start", "window_end"]).unique(list(KEY), keep="first", maintain_order=True)
    return (
        told.select(*KEY, "as_of", latest_start="window_start", latest_end="window_end")
        .with_columns(windows_in_block=(LEAST_BLOCK + windows - 1) // windows)
        .with_columns(number=pl.int_ranges(YEAR // (windows * blocks) * blocks))
        .explode("number", empty_as_null=False)
        .with_columns(window_end=pl.col("latest_start") - pl.duration(days=1 + pl.col("number") * windows))
        .with_columns(
            block=pl.col("number") // blocks,
            window_start=pl.col("window_end") - pl.duration(days=windows - 1),
            day=pl.col("window_end") + (pl.col("as_of") - pl.col("latest_end")),
        )
        .select(*KEY, "number", "block", "window_start", "window_end", "day", "latest_start")
    )


def _counted(daily: pl.DataFrame, spans: pl.DataFrame, *, is_alike: bool) -> pl.DataFrame:
    """The spans with what stood in each on its day, the days covered, and the squares of its daily and weekly orders."""
    row = [*KEY, "number"]
    back = (pl.col("latest_start") - pl.col("of_day")).dt.total_days() - 1
    cells = daily.rename({"day": "of_day"}).join(
        spans.select(*KEY, "latest_start").unique(), on=list(SERIES), nulls_equal=True
    )
    cells = cells.filter(back >= 0).with_columns(number=back // pl.col("window_days"))
    cells = cells.join(spans.select(*row, "window_end", "day"), on=row, nulls_equal=True)
    cells = cells.filter(pl.col("seen_on").is_null() | (pl.col("seen_on") <= pl.col("day")))
    week = (pl.col("window_end") - pl.col("of_day")).dt.total_days() // 7
    weeks = cells.group_by(*row, week=week).agg(pl.col("denominator").sum())
    sums = cells.group_by(row).agg(
        pl.col("numerator", "denominator").sum(),
        days=pl.col("seen_on").is_null().sum(),
        squares_days=pl.col("denominator").pow(2).sum(),
    )
    squares = weeks.group_by(row).agg(squares_weeks=pl.col("denominator").pow(2).sum())
    found = spans.join(sums, on=row, how="left", nulls_equal=True).join(squares, on=row, how="left", nulls_equal=True)
    filled = pl.col("numerator", "denominator", "days", "squares_days", "squares_weeks").fill_null(0)
    return found.with_columns(filled, is_alike=pl.lit(is_alike))


class _CountedRow(KeyRow):
    number: int
    block: int
    window_start: date
    window_end: date
    day: date
    latest_start: date
    numerator: int
    denominator: int
    days: int
    squares_days: int
    squares_weeks: int
    is_alike: bool


def _told(row: _CountedRow, then: Day) -> dict[str, object]:
    """A counted window with what the files of its day prove of it and the target it was judged by, if it was."""
    exactness = then.exactness.get(tuple(row[name] for name in OF_PROOF), "exact")
    target = _judging(row, then.rules)
    return {
        **row,
        "exactness": exactness,
        "is_known": row["days"] == row["window_days"] and exactness != "impossible",
        "target": target.value if target else None,
        "must_be": target.must_be if target else None,
    }


def _judging(row: _CountedRow, rules: Rules) -> Target | None:
    """The target that judged a window of this length on its own day; None when none did, or its floor was not reached."""
    for target in rules(row["metric"], row["marketplace"], row["fulfilment"], row["day"]):
        if target.is_judged and (target.window_days or row["window_days"]) == row["window_days"]:
            return target if row["denominator"] >= max(target.min_count or 0, 1) else None
    return None


@dataclass(frozen=True)
class Sum:
    """Windows put together: counts, the days they cover, squares of their daily and weekly orders, how exact they are."""

    numerator: int
    denominator: int
    days: int
    squares: tuple[int, int]
    exactness: Exactness

    @classmethod
    def of(cls, rows: Sequence[EarlierRow]) -> Sum:
        """Of rows of `earlier`; none make a sum of no days, which is exact."""
        return cls(
            sum(row["numerator"] for row in rows),
            sum(row["denominator"] for row in rows),
            sum(row["window_days"] for row in rows),
            (sum(row["squares_days"] for row in rows), sum(row["squares_weeks"] for row in rows)),
            together(row["exactness"] for row in rows),
        )

    @classmethod
    def of_verdict(cls, row: VerdictRow) -> Sum:
        """The judged window itself, whose squares are not asked for: its design effect stands with its lumps."""
        return cls(row["numerator"], row["denominator"], row["window_days"], (0, 0), row["exactness"])

    def bad(self, metric: str) -> int:
        """What counts against the account; never more than there are."""
        of_good = METRICS[metric].good_is == "high"
        return min(max(self.denominator - self.numerator if of_good else self.numerator, 0), self.denominator)

    def effect(self, rho: Sequence[float]) -> float:
        """The design effect of these windows, from how alike the orders of a day and of a week are."""
        if self.denominator == 0:
            return 1.0
        concentration = np.array(self.squares) / self.denominator**2
        return float(Clustering(np.array(rho), concentration).effect(self.denominator))


def together(found: Iterable[Exactness]) -> Exactness:
    """How exact a sum is: one part that is a bound makes it one, bounds to both sides make it approximate."""
    kinds = set(found)
    is_lower, is_upper = kinds & {"lower_bound", "approximate"}, kinds & {"upper_bound", "approximate"}
    if is_lower and is_upper:
        return "approximate"
    return "lower_bound" if is_lower else "upper_bound" if is_upper else "exact"


def by_key(frame: pl.DataFrame, row: type[Row]) -> dict[Key, list[Row]]:
    """The rows of each key, in their order."""
    return {key: list(rows_of(part, row)) for key, part in frame.group_by(*KEY, maintain_order=True)}


def place_of(row: KeyRow) -> Key:
    """Where the rows of a row's key stand in `by_key`."""
    return tuple(key_of(row).values())


def rho_of(lumps: Mapping[Key, list[LumpsRow]], row: KeyRow) -> tuple[float, float]:
    """How alike the orders of one day and of one week are; the usual where the files' days are not known."""
    told = lumps.get(place_of(row))
    return (told[0]["rho_days"], told[0]["rho_weeks"]) if told else (USUAL, USUAL)


def effect_now(lumps: Mapping[Key, list[LumpsRow]], row: VerdictRow) -> float:
    """The design effect of the judged window itself."""
    told = lumps.get(place_of(row))
    return told[0]["design_effect"] if told else float(usual(row["window_days"]).effect(row["denominator"]))


def limit_of(row: VerdictRow | JudgedEarlierRow) -> Limit:
    """The target of a row that names one, as the share of bad ones it allows."""
    named = Target(row["metric"], (row["marketplace"],), row["fulfilment"], row["must_be"], "", "", row["target"])
    return Limit.of(named)


def is_judged(row: EarlierRow) -> TypeGuard[JudgedEarlierRow]:
    """Whether a target judged the window on its own day."""
    return row["target"] is not None
