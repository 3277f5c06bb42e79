"""How forecasts of the account's own past did, and what chance alone does to a shop of its size: frames for a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.frames import KEY
from helpers.rows import KeyRow, VerdictRow, key_of
from helpers.scenarios import by_chance
from helpers.scenarios.ahead import Ahead
from helpers.scenarios.known import Known, known
from helpers.scenarios.outlook import Outlook
from helpers.scenarios.told import _frame
from helpers.sentences import say

WITHIN = (30, 90)  # days of the forecasts that are tried
LEAST_PAST = 180  # days before the first origin
PATHS = 500


class TriedRow(KeyRow):
    """One forecast of the account's past: the chance told on a day of a miss within so many days, and whether it came. Where the
    target was missed on that day already the chance is 1 and `is_over` holds."""

    days: int
    on: date
    told: float
    came: bool
    is_over: bool


class RecordRow(KeyRow):
    """Forecasts of one rate beside what came: Brier scores (0 is perfect, 0.25 says nothing)."""

    days: int
    origins: int
    events: int
    brier: float
    climatology: float
    naive: float


class ChanceAloneRow(KeyRow):
    """What chance does to shops of this volume (by_chance.ByChance), without and with the lag and late reports."""

    orders_a_day: float
    good_over: float
    good_over_seen: float
    bad_seen: float
    bad_days: int | None
    bad_days_seen: int | None
    flagged_good: float
    others: str


def tried(outlook: Outlook) -> pl.DataFrame:
    """A row a forecast (TriedRow), from origins a horizon apart, of which none overlaps another.

    What was seen by each origin is what the forecast had; the delay curve and the clustering are those of today. A turn that is
    proved today is known from the origin on by which it was proved.
    """

    @cache
    def knew(day: date, metric: str) -> list[Known]:
        return known(outlook.audit.on(day, [metric]))

    return _frame([row for one in known(outlook.audit) for row in _tried(one, outlook.seen(one), knew)], TriedRow)


def _tried(known: Known, seen: NDArray, knew: Callable[[date, str], list[Known]]) -> Iterator[TriedRow]:
    """knew   what an audit of the account on an earlier day knows of a metric."""
    for within in WITHIN:
        for back in range(within, known.history_days - LEAST_PAST + 1, within):
            then = _as_known(known, back, seen)
            if then is None:
                continue
            is_over = bool(_shown(known, back + 1, 1, seen)[0])
            if not is_over and known.turned is not None and known.turned <= then.day:
                then = replace(then, turned=_turned(known, knew(then.day, known.verdict["metric"])))
            told = 1.0 if is_over else float(Ahead.of(then, within, paths=PATHS).by_day[within - 1])
            came = bool(_shown(known, back, within, seen).any())
            yield {
                **key_of(known.verdict),
                "days": within,
                "on": then.day,
                "told": told,
                "came": came,
                "is_over": is_over,
            }


def _turned(one: Known, then: list[Known]) -> date | None:
    """The turn of a rate as it was proved by then; None where it was not."""
    return next((each.turned for each in then if key_of(each.verdict) == key_of(one.verdict)), None)


def track_record(tried: pl.DataFrame) -> pl.DataFrame:
    """A row a rate and horizon (RecordRow).

    tried   scenarios.tried
    """
    rate = [*(name for name in TriedRow.__annotations__ if name in KEY), "days"]
    came, now = pl.col("came").cast(pl.Float64), pl.col("is_over").cast(pl.Float64)
    scores = tried.group_by(rate, maintain_order=True).agg(
        origins=pl.len().cast(pl.Int64),
        events=pl.col("came").sum().cast(pl.Int64),
        brier=((pl.col("told") - came) ** 2).mean(),
        climatology=came.mean() * (1 - came.mean()),
        naive=((now - came) ** 2).mean(),
    )
    return scores.select(*RecordRow.__annotations__)


def _as_known(known: Known, back: int, seen: NDArray) -> Known | None:
    """What was known so many days ago; None where the days before are not all told."""
    size = len(known.orders) - back
    first = size - known.rule.window - known.rule.lag
    if first < 0 or not known.is_told[first:size].all():
        return None
    told = {"orders": known.orders[:size], "bad": seen[back, :size], "is_told": known.is_told[:size]}
    return replace(as_met(known, known.day - timedelta(days=back)), **told)


def as_met(known: Known, day: date) -> Known:
    """A rate on another day of its account, or of one like it, its target met and no turn known."""
    verdict = cast("VerdictRow", {**known.verdict, "as_of": day, "status": "met"})
    return replace(known, verdict=verdict, turned=None)


def _shown(known: Known, back: int, days: int, seen: NDArray) -> NDArray[np.bool_]:
    """[day] whether each of the days after the one so many days ago was on the wrong side, as it stood."""
    rule, size = known.rule, len(known.orders)
    found = []
    for ago in range(back - 1, back - 1 - days, -1):
        end = size - ago - rule.lag
        span = slice(max(end - rule.window, 0), end)
        found.append(rule.is_missed(np.array(seen[ago][span].sum()), np.array(known.orders[span].sum())))
    return np.array(found, bool)


def chance_alone(outlook: Outlook) -> pl.DataFrame:
    """A row a rate (ChanceAloneRow)."""
    rows = []
    for one in outlook.ahead:
        known = one.known
        pace = float(known.orders[len(known.orders) - known.untold - 28 : len(known.orders) - known.untold].mean())
        found = by_chance.of(known.rule, known.share, pace)
        first, *others = found.flagged_good.values()
        rows.append(
            {
                **key_of(known.verdict),
                "orders_a_day": pace,
                "good_over": found.good_over,
                "good_over_seen": found.good_over_seen,
                "bad_seen": found.bad_seen,
                "bad_days": found.bad_days,
                "bad_days_seen": found.bad_days_seen,
                "flagged_good": first,
                "others": say("other-populations", others=[f"{round(100 * share)}" for share in others]),
            }
        )
    return _frame(rows, ChanceAloneRow)
