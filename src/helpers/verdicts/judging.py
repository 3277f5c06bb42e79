"""Trailing windows and targets → one judged row a metric.

Status is what the platform sees, evidence is what the data can bear (docs/contracts.md section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, TypedDict

import polars as pl

from helpers import intervals
from helpers.frames import KEY, SCHEMAS, empty
from helpers.rows import Evidence, KeyRow, RollOffRow, Row, TrailingRow, VerdictRow, key_of, rows_of
from helpers.targets import Rules, Target
from helpers.verdicts.findings import finding
from helpers.verdicts.limits import Limit, bears, status
from helpers.verdicts.recovery import Waiting, by_waiting, orders_to_recover_sustained, record
from helpers.vocabulary import METRICS, Exactness

STRONG = 0.95  # probability_met at or over this, or at or under its complement, is strong evidence


def judge(
    trailing: pl.DataFrame,
    rules: Rules,
    as_of: date,
    *,
    roll_off: pl.DataFrame | None = None,
    coverage: pl.DataFrame | None = None,
    compared: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One row for every window a target judges on `as_of`: the `verdicts` frame, worst first.

    trailing   metrics.trailing; roll_off (metrics.roll_off) gives `clear_on` and its like; coverage (coverage.of_metrics) gives
               `exactness`; compared (referee.compare) gives `rate_reported` and `discrepancy`
    Windows without a judged target are absent: they are told from `trailing`.
    """
    rows = [
        _row(window, target, as_of, trailing, roll_off, coverage, compared)
        for window in rows_of(trailing.filter(pl.col("day") == as_of), TrailingRow)
        if (target := _target(window, rules, as_of)) is not None
    ]
    if not rows:
        return empty("verdicts")
    urgency = pl.col("status").replace_strict(_URGENCY, return_dtype=pl.Int8)
    rank = pl.col("metric").replace_strict({key: n for n, key in enumerate(METRICS)}, return_dtype=pl.Int8)
    frame = pl.DataFrame(rows, schema=dict(SCHEMAS["verdicts"]))
    return frame.sort(urgency, rank, "probability_met", *KEY, nulls_last=True, maintain_order=True)


_URGENCY = {"breached": 0, "too_few_orders": 1, "met": 2, "not_mature": 3, "no_data": 4}


def _target(window: TrailingRow, rules: Rules, as_of: date) -> Target | None:
    judged = [
        target
        for target in rules(window["metric"], window["marketplace"], window["fulfilment"], as_of)
        if target.is_judged
    ]
    same = [target for target in judged if (target.window_days or window["window_days"]) == window["window_days"]]
    if not same and window["source"] == "marketplace":
        same = judged  # the marketplace judges over the window it prints
    return same[0] if same else None


class _Judgement(TypedDict):
    """What a verdict has besides its figure; all null where none was reached."""

    evidence: Evidence | None
    is_on_target: bool | None
    probability_met: float | None
    headroom: int | None
    orders_to_recover: int | None
    orders_to_recover_sustained: int | None


_NEVER: Waiting = {"clear_on": None, "clear_from": None, "unjudged_from": None}
_NONE: _Judgement = {
    "evidence": None,
    "is_on_target": None,
    "probability_met": None,
    "headroom": None,
    "orders_to_recover": None,
    "orders_to_recover_sustained": None,
}


def _row(
    window: TrailingRow,
    target: Target,
    as_of: date,
    trailing: pl.DataFrame,
    roll_off: pl.DataFrame | None,
    coverage: pl.DataFrame | None,
    compared: pl.DataFrame | None,
) -> VerdictRow:
    metric, limit = METRICS[window["metric"]], Limit.of(target)
    x, n = window["window_numerator"], window["window_denominator"]
    bad = metric.bad_of(x, n)
    key = key_of(window)
    word = status(
        bad, n, limit, min_count=target.min_count, is_covered=window["is_covered"], is_mature=window["is_mature"]
    )
    exactness: Exactness = (
        _only(coverage, key, ("account", "marketplace", "metric", "fulfilment"), "exactness") or "exact"
    )
    if window["source"] == "marketplace":
        exactness = "exact"
    if exactness == "impossible":
        word = "no_data"
    judgement: _Judgement = _NONE
    waiting: Waiting = _NEVER
    if word in ("met", "breached", "too_few_orders"):
        met = float(intervals.probability_below(bad, n, float(limit.share)))
        recovering = word == "breached"
        is_strong = (met >= STRONG or met <= 1 - STRONG) and bears(word, exactness, metric)
        judgement = {
            "evidence": "strong" if is_strong else "weak",
            "is_on_target": Fraction(bad, n) == limit.share,
            "probability_met": met,
            "headroom": max(0, limit.allowed(n) - bad),
            "orders_to_recover": max(0, needed - n) if (needed := limit.needed(bad)) is not None else None,
            "orders_to_recover_sustained": (
                orders_to_recover_sustained(bad, n, record(_rows(trailing, key, TrailingRow), window, metric), limit)
                if recovering
                else 0
            ),
        }
        if recovering and roll_off is not None and window["source"] == "files":
            waiting = by_waiting(_rows(roll_off, key, RollOffRow), limit, metric, target.min_count)
    row: VerdictRow = {
        **key,
        **judgement,
        **waiting,
        "as_of": as_of,
        "window_start": window["window_start"],
        "window_end": window["window_end"],
        "status": word,
        "exactness": exactness,
        "source": window["source"],
        "numerator": x,
        "denominator": n,
        "rate": window["rate"],
        "rate_low": window["rate_low"],
        "rate_high": window["rate_high"],
        "target": target.known,
        "must_be": target.must_be,
        "rate_reported": _only(compared, key, KEY, "rate_reported"),
        "discrepancy": _only(compared, key, KEY, "discrepancy"),
        "finding": "",
    }
    row["finding"] = finding(row, target, metric, is_covered=window["is_covered"])
    return row


def _only(frame: pl.DataFrame | None, key: KeyRow, names: Iterable[str], column: str) -> Any:
    if frame is None or frame.is_empty():
        return None
    found = frame.filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in names)
    return found.item(0, column) if found.height else None


def _rows(frame: pl.DataFrame, key: KeyRow, row: type[Row]) -> Iterator[Row]:
    """The rows of one key, by day."""
    same = frame.filter(pl.col(name).eq_missing(pl.lit(value)) for name, value in key.items())
    return rows_of(same.sort("day"), row)
