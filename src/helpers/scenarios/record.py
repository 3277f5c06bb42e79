"""How forecasts of the account's own past did, and what chance alone does to a shop of its size: frames for a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.rows import KeyRow, VerdictRow, key_of
from helpers.scenarios import by_chance
from helpers.scenarios.ahead import Ahead
from helpers.scenarios.known import Known
from helpers.scenarios.outlook import Outlook
from helpers.scenarios.told import _frame

WITHIN = (30, 90)  # days of the forecasts that are tried
LEAST_PAST = 180  # days before the first origin
PATHS = 500


class RecordRow(KeyRow):
    """Forecasts of one rate beside what came: Brier scores (0 is perfect, 0.25 says nothing); null where none was tried."""

    days: int
    origins: int
    events: int
    brier: float | None
    climatology: float | None
    naive: float | None


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


def track_record(outlook: Outlook) -> pl.DataFrame:
    """A row a rate and horizon (RecordRow): forecasts from origins a horizon apart, of which none overlaps another.

    What was seen by each origin is what the forecast had; the delay curve and the clustering are those of today. A
    turn was not proved then, and is not known to it.
    """
    rows = [row for one in outlook.ahead for row in _tried(one.known, outlook)]
    return _frame(rows, RecordRow)


def _tried(known: Known, outlook: Outlook) -> list[dict]:
    rows, seen = [], outlook.seen(known)
    for within in WITHIN:
        told, came, over = [], [], []
        for back in range(within, known.history_days - LEAST_PAST + 1, within):
            then = _as_known(known, back, seen)
            if then is None:
                continue
            later = _shown(known, back, within, seen)
            ahead = Ahead.of(then, within, paths=PATHS)
            is_over = bool(_shown(known, back + 1, 1, seen)[0])
            told.append(1.0 if is_over else float(ahead.by_day[within - 1]))
            came.append(float(later.any()))
            over.append(float(is_over))
        rows.append(
            {**key_of(known.verdict), "days": within, "origins": len(told), "events": int(sum(came))}
            | _scores(told, came, over)
        )
    return [row for row in rows if row["origins"]]


def _scores(told: list[float], came: list[float], over: list[float]) -> dict[str, float | None]:
    if not told:
        return {"brier": None, "climatology": None, "naive": None}
    chance, event, now = np.array(told), np.array(came), np.array(over)
    usual = event.mean()
    return {
        "brier": float(((chance - event) ** 2).mean()),
        "climatology": float(usual * (1 - usual)),
        "naive": float(((now - event) ** 2).mean()),
    }


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
                "others": " and ".join(f"{round(100 * share)}" for share in others) + " under two others",
            }
        )
    return _frame(rows, ChanceAloneRow)
