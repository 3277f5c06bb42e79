"""Trailing windows and targets → one judged row a metric.

Status is what the platform sees, evidence is what the data can bear (docs/contracts.md section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, TypedDict

import polars as pl

from helpers import clustering
from helpers.clustering import Clustering
from helpers.frames import KEY, SCHEMAS, empty
from helpers.rows import Evidence, KeyRow, RollOffRow, Row, TrailingRow, VerdictRow, key_of, rows_of
from helpers.targets import Rules, Target
from helpers.verdicts import evidence
from helpers.verdicts.findings import finding
from helpers.verdicts.limits import Limit, bears, status
from helpers.verdicts.recovery import Waiting, by_waiting, orders_to_recover_sustained, usual
from helpers.vocabulary import METRICS, Exactness


def judge(
    trailing: pl.DataFrame,
    rules: Rules,
    as_of: date,
    *,
    roll_off: pl.DataFrame | None = None,
    coverage: pl.DataFrame | None = None,
    compared: pl.DataFrame | None = None,
    lumps: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One row for every window a target judges on `as_of`: the `verdicts` frame, worst first.

    trailing   metrics.trailing; roll_off (metrics.roll_off) gives `clear_on` and its like; coverage (coverage.of_metrics)
               gives `exactness`; compared (referee.compare) gives `rate_reported` and `discrepancy`; lumps (metrics.lumps)
               how the bad ones cluster: without it, and for the marketplace's own counts, as is usual (clustering.usual)
    Windows without a judged target are absent: they are told from `trailing`.
    """
    rows = [
        _row(window, target, as_of, trailing, roll_off, coverage, compared, lumps)
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
    lumps: pl.DataFrame | None,
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
    own, spread = _spread(lumps, window)
    judgement: _Judgement = _NONE
    waiting: Waiting = _NEVER
    if word in ("met", "breached", "too_few_orders"):
        recovering, share = word == "breached", float(limit.share)
        judgement = {
            "evidence": evidence.evidence(word, bad, n, share, is_borne=bears(word, exactness, metric), **spread),
            "probability_met": evidence.probability_met(word, bad, n, share, spread["effect"]),
            "is_on_target": Fraction(bad, n) == limit.share,
            "headroom": max(0, limit.allowed(n) - bad),
            "orders_to_recover": max(0, needed - n) if (needed := limit.needed(bad)) is not None else None,
            "orders_to_recover_sustained": 0,
        }
        if recovering:
            x_usual, n_usual = usual(_rows(trailing, key, TrailingRow), window, metric)
            record = (x_usual / spread["effect"], n_usual / spread["effect"])
            judgement["orders_to_recover_sustained"] = orders_to_recover_sustained(bad, n, record, limit)
        if recovering and roll_off is not None and window["source"] == "files":
            waiting = by_waiting(_rows(roll_off, key, RollOffRow), limit, metric, target.min_count)
    low, high = evidence.standing_ends(exactness, window["rate_low"], window["rate_high"])
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
        "rate_low": low,
        "rate_high": high,
        "design_effect": spread["effect"],
        "target": target.known,
        "must_be": target.must_be,
        "rate_reported": _only(compared, key, KEY, "rate_reported"),
        "discrepancy": _only(compared, key, KEY, "discrepancy"),
        "finding": "",
    }
    to_prove = _to_prove(n, float(limit.share), own) if word == "met" else None
    is_one_day = (
        (word, judgement["evidence"]) == ("breached", "weak")
        and bears(word, exactness, metric)
        and bool(evidence.proves_missed(bad, n, float(limit.share), spread["effect"]))
    )
    row["finding"] = finding(
        row, target, metric, is_covered=window["is_covered"], to_prove=to_prove, is_one_day=is_one_day
    )
    return row


class _Spread(TypedDict):
    """How the bad ones of a window lie on its days (evidence.evidence); None and 1 where only their number is known."""

    effect: float
    bad_days: int | None
    worst_day: int
    worst_day_orders: int


def _spread(lumps: pl.DataFrame | None, window: TrailingRow) -> tuple[Clustering, _Spread]:
    """How the bad ones of a window cluster, and how they lie on its days."""
    n = window["window_denominator"]
    if lumps is not None and window["source"] == "files":
        found = lumps.filter(pl.col(name).eq_missing(pl.lit(window[name])) for name in KEY)
        for row in found.iter_rows(named=True):
            own = clustering.of_row(row)
            return own, {
                "effect": float(own.effect(n)),
                "bad_days": row["bad_days"],
                "worst_day": row["worst_day"],
                "worst_day_orders": row["worst_day_orders"],
            }
    usual = clustering.usual(window["window_days"])
    return usual, {"effect": float(usual.effect(n)), "bad_days": None, "worst_day": 1, "worst_day_orders": 1}


def _to_prove(n: int, share: float, own: Clustering) -> int | None:
    """How many orders without a bad one would prove the target met, where this window's would not."""
    if not 0 < share < 1 or evidence.proves_met(0, n, share, own.effect(n)):
        return None
    return evidence.orders_to_prove(share, own)


def _only(frame: pl.DataFrame | None, key: KeyRow, names: Iterable[str], column: str) -> Any:
    if frame is None or frame.is_empty():
        return None
    found = frame.filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in names)
    return found.item(0, column) if found.height else None


def _rows(frame: pl.DataFrame, key: KeyRow, row: type[Row]) -> Iterator[Row]:
    """The rows of one key, by day."""
    same = frame.filter(pl.col(name).eq_missing(pl.lit(value)) for name, value in key.items())
    return rows_of(same.sort("day"), row)
