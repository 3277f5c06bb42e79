"""Frames of what is visible and what there will be: by week of orders, by judged window, by day to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.frames import SCHEMAS, SERIES
from helpers.maturity import backtest
from helpers.maturity.curve import Curve
from helpers.maturity.delays import curves
from helpers.maturity.nowcast import Level, Nowcast, level, nowcast, to_come
from helpers.maturity.removals import OF, Removals
from helpers.maturity.reports import Reports
from helpers.maturity.turns import SURE, Turn, turn
from helpers.rows import JudgedRow, TrailingRow, VerdictRow, is_judged, key_of, rows_of
from helpers.sentences import say
from helpers.targets import Target
from helpers.verdicts import Limit
from helpers.vocabulary import METRICS

WEEK = 7
WEEKS = 13  # of orders: 91 days, after which almost nothing is reported any more
NEW = 0.5  # shape of the law of a rate since its turn: hardly known before its own orders are looked at
LEVEL_DAYS = 365  # before a turn: what the days since are told beside
SLOW = 7  # days: of a rate whose bad ones are known sooner nothing has to ripen


@dataclass(frozen=True)
class Ripening:
    """One rate of a store and channel whose bad ones are reported late, on one day.

    series            the key without a window
    first, day        of day number 0, and the number of the day looked at
    reports, dated    all bad ones, and those with a day of their own
    is_covered        [day] whether the files tell the orders of the day
    curve, typical    the delay curve, and the bad share the target allows
    past              nowcasts of the account's own past (maturity.backtest)
    turn              how it turned (maturity.turns), and the day of the first orders since; None where it is not told
    """

    series: Mapping[str, object]
    first: date
    day: int
    reports: Reports
    is_covered: NDArray[np.bool_]
    curve: Curve
    typical: float
    past: list[backtest.Tried]
    turn: tuple[date, Turn] | None

    def of(self, first: int, last: int) -> Nowcast:
        """The nowcast of the orders of some days, both included. Days since a turn have a level of their own."""
        days = np.arange(max(first, 0), min(last, self.day, len(self.reports.orders) - 1) + 1)
        known = level(self.reports, self.curve, self.day, max(int(first), 0), self.typical)
        spread = backtest.spread(self.past)
        since = self.number(self.turn[0]) if self.turn else self.day + 1
        old = nowcast(self.reports, self.curve, self.day, days[days < since], known, spread)
        if last < since:
            return old
        new = Level(known.rate, NEW)
        return old + nowcast(self.reports, self.curve, self.day, days[days >= since], new, spread)

    def number(self, day: date) -> int:
        """The number of a day."""
        return (day - self.first).days


def ripenings(
    verdicts: pl.DataFrame, daily: pl.DataFrame, dated: pl.DataFrame, found: Mapping[str, Curve], day: date
) -> list[Ripening]:
    """The rates that ripen, of judged ones and their parts: those whose bad ones are reported late.

    daily, dated   all bad ones, and those with a day of their own (Audit.daily, Audit.dated)
    found          the curves as known on the day (maturity.curves)
    """
    allowed = {}
    for row in rows_of(verdicts.filter(source="files"), VerdictRow):
        if is_judged(row) and METRICS[row["metric"]].good_is == "low":
            parts = [key for key, metric in METRICS.items() if metric.part_of == row["metric"]]
            for metric in (row["metric"], *parts):
                allowed.setdefault((row["account"], row["marketplace"], metric, row["fulfilment"], row["group"]), row)
    by_series = {key: of for key, of in daily.group_by(*SERIES, maintain_order=True)}
    with_day = {key: of for key, of in dated.group_by(*SERIES, maintain_order=True)}
    ripe = {
        key: found[str(key[2])]
        for key in allowed
        if key in by_series and str(key[2]) in found and found[str(key[2])].age_of(0.95) > SLOW
    }
    tried = sum(METRICS[str(key[2])].part_of is None for key in ripe if key in with_day)
    known: dict[date, dict[str, Curve]] = {}
    made = []
    for key, curve in ripe.items():
        row = allowed[key]
        first, reports = Reports.of(by_series[key])
        typical = max(float(_limit(row).share), 1e-3)
        past, turned = [], None
        if key in with_day:
            since, own = Reports.of(with_day[key])
            last = (day - since).days
            dates = backtest.dates(last)
            for then in (*(since + timedelta(days=one) for one in dates), day):
                if then not in known:
                    known[then] = curves(dated, dated, then)
            by_day = [(one, known[since + timedelta(days=one)][str(key[2])]) for one in dates]
            past = backtest.tried(own.until(last), by_day, typical)
            best = turn(own, known[day][str(key[2])], last)
            if best is not None and best.p * tried <= SURE:
                turned = since + timedelta(days=best.first), best
        told = by_series[key].filter(pl.col("seen_on").is_null()).get_column("day")
        is_covered = np.zeros(len(reports.orders), bool)
        is_covered[[(one - first).days for one in told]] = True
        number = (day - first).days
        made.append(
            Ripening(
                dict(zip(SERIES, key, strict=True)), first, number, reports, is_covered, curve, typical, past, turned
            )
        )
    return made


def cohorts(ripening: list[Ripening]) -> pl.DataFrame:
    """Weeks of orders with what is visible of each and what there will be: the `cohorts` frame, oldest first.

    Weeks are counted back from the day looked at, thirteen of them; one with a day that no file tells is left out.
    """
    rows = [row for one in ripening for row in _weeks(one)]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["cohorts"]))


def _weeks(one: Ripening) -> Iterator[dict[str, object]]:
    for week in reversed(range(WEEKS)):
        last = one.day - week * WEEK
        first = last - WEEK + 1
        if first < 0 or last >= len(one.is_covered) or not one.is_covered[first : last + 1].all():
            continue
        span = {"first_day": one.first + timedelta(days=first), "last_day": one.first + timedelta(days=last)}
        yield {**one.series, **span, **_told(one.of(first, last))}


def maturity(ripening: list[Ripening], verdicts: pl.DataFrame, removed: Removals) -> pl.DataFrame:
    """What is visible of each judged window and what its orders will have in the end: the `maturity` frame.

    Beside it how nowcasts of the account's own past did: how many were tried, how many intervals held what came, and
    how many bad ones all of them together missed that were visible at the time.
    """
    rows = []
    for row, one in _judged(ripening, verdicts):
        found = one.of(one.number(row["window_start"]), one.number(row["window_end"]))
        counted = removed if row["metric"] in OF else Removals(0, 0)
        low, high = found.interval
        rows.append(
            {
                **key_of(row),
                "window_start": row["window_start"],
                "window_end": row["window_end"],
                **_told(found),
                "low": max(low - counted.most(found.visible), 0),
                "high": high,
                "own_delays": one.curve.own,
                "sources": [say(f"prior.{source}") for source in one.curve.sources],
                "tried": len(one.past),
                "held": sum(each.is_held for each in one.past),
                "visible_then": sum(each.found.visible for each in one.past),
                "expected_then": sum(each.found.expected for each in one.past),
                "came": sum(each.final for each in one.past),
                "removed": counted.removed,
                "feedback_told": counted.told,
                **_turned(one),
            }
        )
    return pl.DataFrame(rows, schema=dict(SCHEMAS["maturity"]))


def decided(ripening: list[Ripening], verdicts: pl.DataFrame, trailing: pl.DataFrame) -> pl.DataFrame:
    """The days to come whose windows hold only orders already placed: the `decided` frame, each in order of days.

    trailing   the windows counted from the files; its days after the one looked at hold what is known of them (metrics.trailing)
    What can still change them is a late report. The interval is that of a fixed day: reports up to it.
    """
    rows = []
    for row, one in _judged(ripening, verdicts):
        limit = _limit(row)
        coming = trailing.filter(
            pl.all_horizontal(pl.col(name).eq_missing(pl.lit(value)) for name, value in key_of(row).items()),
            pl.col("day") > row["as_of"],
            "is_covered",
        ).sort("day")
        for said in rows_of(coming, TrailingRow):
            rows.append({**key_of(row), **_on(said, one, limit)})
    return pl.DataFrame(rows, schema=dict(SCHEMAS["decided"]))


def _judged(ripening: list[Ripening], verdicts: pl.DataFrame) -> list[tuple[JudgedRow, Ripening]]:
    """The verdicts of rates that ripen, each with its rate."""
    of = {tuple(one.series.values()): one for one in ripening}
    rows = [row for row in rows_of(verdicts.filter(source="files"), VerdictRow) if is_judged(row)]
    keyed = [(row, of.get(tuple(row[name] for name in SERIES))) for row in rows]
    return [(row, one) for row, one in keyed if one is not None]


def _turned(one: Ripening) -> dict[str, object]:
    """How a rate has turned, in the bad ones its weeks show: those without a day of their own are no part of the test, and
    are known to be bad all the same."""
    if one.turn is None:
        return {name: None for name in SCHEMAS["maturity"] if name.startswith("turned")}
    first, found = one.turn
    days = np.arange(max(one.number(first) - LEVEL_DAYS, 0), min(one.day, len(one.reports.orders) - 1) + 1)
    is_new = days >= one.number(first)
    bad = one.reports.visible(one.day)[days]
    exposed = one.reports.orders[days] * one.curve.share(one.day - days)
    exposure, before = float(exposed[is_new].sum()), float(exposed[~is_new].sum())
    return {
        "turned": found.to,
        "turned_from": first,
        "turned_visible": int(bad[is_new].sum()),
        "turned_expected": float(bad[~is_new].sum()) / before * exposure,
        "turned_exposure": exposure,
    }


def _on(said: TrailingRow, one: Ripening, limit: Limit) -> dict[str, object]:
    """One day to come: its window, what stands in it, and what late reports will add by then."""
    days = np.arange(
        max(one.number(said["window_start"]), 0),
        min(one.number(said["window_end"]), len(one.reports.orders) - 1) + 1,
    )
    found = one.of(int(days[0]), int(days[-1])) if len(days) else Nowcast(0, 0, 1.0, 0.0, 0.0)
    now, then = one.curve.share(one.day - days), one.curve.share(one.number(said["day"]) - days)
    rest = float(one.reports.orders[days] @ (1 - now))
    part = float(one.reports.orders[days] @ (then - now)) / rest if rest else 0.0
    mean, spread = found.mean * part, found.variance / found.mean if found.mean else 1.0
    low, high = to_come(mean, mean * (1 + max(spread - 1, 0.0) * part))
    standing, allowed = said["window_numerator"], limit.allowed(said["window_denominator"])
    return {
        "day": said["day"],
        "window_start": said["window_start"],
        "window_end": said["window_end"],
        "orders": said["window_denominator"],
        "visible": standing,
        "expected": standing + mean,
        "low": standing + low,
        "high": standing + high,
        "allowed": allowed,
        "word": "missed" if standing > allowed else "met" if standing + high <= allowed else "open",
    }


def _told(found: Nowcast) -> dict[str, object]:
    low, high = found.interval
    return {
        "orders": found.orders,
        "visible": found.visible,
        "share": found.share,
        "expected": found.expected,
        "low": low,
        "high": high,
    }


def _limit(row: VerdictRow) -> Limit:
    return Limit.of(
        Target(row["metric"], (row["marketplace"],), row["fulfilment"], row["must_be"], "", "", row["target"])
    )
