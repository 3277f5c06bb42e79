"""An account's rates under both watches: the `signals` and the `watched` frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers import clustering, coverage, maturity, metrics, windows
from helpers.frames import SCHEMAS, SERIES, span
from helpers.signals import alarm, delays
from helpers.signals.reported import Reported, lumps_of
from helpers.signals.steady import Marked, Steady, marked
from helpers.targets import Rules
from helpers.verdicts import Limit, bears
from helpers.vocabulary import A_TO_Z_CLAIM, CHARGEBACK, METRICS, NEGATIVE_FEEDBACK, Account, Metric

LATELY = 28  # days whose reports stand beside what was expected of them
RECENT = 90  # days whose mean is the account's volume


@dataclass(frozen=True)
class Watch:
    """One rate of a store and channel under both watches.

    key          the columns of a series · first  its first day
    reported     what was counted · watched  what the watches showed
    limit        the strictest target in force on the day looked at · window  the longest window judged by one
    """

    key: dict[str, str | None]
    first: date
    reported: Reported
    watched: alarm.Watched
    limit: Limit
    window: windows.Window


def watches(account: Account, daily: pl.DataFrame, rules: Rules, day: date) -> list[Watch]:
    """Every judged rate of a day under both watches, over the last three years.

    daily   the `daily` frame of the account; rules  targets.rules, of the same day
    Claims count on the day they were reported, refused later or not, for nobody knows that on the day. Bad ones dated by
    their file alone are left out, and their share is taken from what is expected. Parts of a rate are not watched.
    """
    known = metrics.visible(_dated(account, daily), day).filter(pl.col("day") > day - timedelta(days=alarm.WATCHED))
    parts = known.group_by(*SERIES, maintain_order=True)
    found = (_watch(account, dict(zip(SERIES, key, strict=True)), part, daily, rules, day) for key, part in parts)
    return [one for one in found if one is not None and one.watched.exposure.any()]


def signals(found: list[Watch], covered: pl.DataFrame, day: date) -> pl.DataFrame:
    """What both watches say of each rate on the day: the `signals` frame. covered: coverage.of_metrics of the day."""
    rows = [row for one in found for row in _rows(one, covered, day)]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["signals"]), orient="row")


def watched(found: list[Watch]) -> pl.DataFrame:
    """What was reported on each day, beside what the target and the own level let expect: the `watched` frame."""
    parts = [pl.DataFrame(schema=dict(SCHEMAS["watched"]))]
    for one in found:
        due = one.watched.exposure[0]
        days = [one.first + timedelta(days=n) for n in range(len(due))]
        columns = {
            "day": days,
            "reported": one.watched.counts[0].astype(np.int64),
            "due": due,
            "expected": due * float(one.limit.share),
            "statistic": one.watched.target[0],
            "is_marked": alarm.is_marked(one.watched.target, float(np.log(alarm.ALARM_AT)))[0],
        }
        of_key = [pl.lit(value, pl.String).alias(name) for name, value in one.key.items()]
        parts.append(pl.DataFrame(columns).with_columns(of_key).select(*SCHEMAS["watched"]))
    return pl.concat(parts)


def _dated(account: Account, daily: pl.DataFrame) -> pl.DataFrame:
    """The counts with the order defects that have a day of their own alone, claims refused later among them."""
    of_dated = maturity.with_dated_defects(account)
    options = {**account.options, "claims_rule": "every_claim"}
    anew = metrics.daily(replace(of_dated, options=options), ("order_defect_rate",))
    anew = anew.join(daily.select(SERIES).unique(), on=list(SERIES), how="semi", nulls_equal=True)
    return pl.concat([daily.filter(pl.col("metric") != "order_defect_rate"), anew])


def _watch(
    account: Account, key: dict[str, str], part: pl.DataFrame, daily: pl.DataFrame, rules: Rules, day: date
) -> Watch | None:
    """One series under watch; None where no target judges it or it holds nothing."""
    metric = METRICS[key["metric"]]
    where = (metric.key, key["marketplace"], key["fulfilment"], day)
    limits = [limit for limit in (Limit.of(row) for row in rules(*where) if row.is_judged) if 0 < limit.share < 1]
    judged = windows.of(*where, rules)
    if metric.part_of or not limits or not judged or part.get_column("denominator").sum() == 0:
        return None
    whole = daily.filter(pl.col(name).eq_missing(pl.lit(value)) for name, value in key.items())
    first, last = span(part.get_column("day"))
    reported = _reported(part, whole, first, (day - first).days + 1)
    if metric.good_is == "high":
        reported = _of_good(reported)
    kinds = _kinds(account) if metric.proof == "defects" else (metric.key,)
    reported = replace(reported, is_told=_told(account, metric, first, last, day))
    limit, window = min(limits, key=lambda limit: limit.share), max(judged)
    found = alarm.watched(reported, float(limit.share), window.days, delays.prior(kinds))
    return Watch(dict(key), first, reported, found, limit, window)


def _told(account: Account, metric: Metric, first: date, last: date, day: date) -> NDArray[np.bool_]:
    """[1, day] whether the files tell what was reported on each day: of defects those of feedback, where there is any."""
    days = pl.Series([first + timedelta(days=n) for n in range((day - first).days + 1)])
    if metric.proof == "defects" and not account.feedback.is_empty():
        return days.is_in(coverage.DAYS["feedback"](account).get_column("day").implode()).to_numpy()[None, :]
    return (days <= last).to_numpy()[None, :]


def _kinds(account: Account) -> tuple[str, ...]:
    """The parts of the order defect rate that carry a day in these files."""
    has_day = pl.col("is_dated").fill_null(value=True)
    told = set(account.defects.filter(has_day).get_column("kind").unique())
    named = {NEGATIVE_FEEDBACK: "negative_feedback_rate", A_TO_Z_CLAIM: "a_to_z_claims", CHARGEBACK: "chargebacks"}
    return tuple(key for kind, key in named.items() if kind in told) or ("negative_feedback_rate",)


def _reported(dated: pl.DataFrame, whole: pl.DataFrame, first: date, days: int) -> Reported:
    """The counts of one series as reports; `whole` has the bad ones without a day of their own as well."""
    calendar = dated.filter(pl.col("seen_on").is_null())
    bad = dated.filter(pl.col("seen_on").is_not_null())
    orders = np.zeros((1, days))
    orders[0, _number(calendar, "day", first)] = calendar.get_column("denominator").to_numpy()
    placed, seen = _number(bad, "day", first), _number(bad, "seen_on", first)
    number = bad.get_column("numerator").to_numpy().astype(float)
    every = whole.filter(pl.col("seen_on").is_not_null(), pl.col("day") >= first)
    undated = np.zeros(days)
    np.add.at(undated, _number(every, "seen_on", first).clip(0, days - 1), every.get_column("numerator").to_numpy())
    np.subtract.at(undated, seen.clip(0, days - 1), number)
    row = np.zeros(len(placed), np.int64)
    return Reported(orders, np.ones((1, days), bool), row, placed, np.maximum(seen, placed), number, undated[None, :])


def _of_good(reports: Reported) -> Reported:
    """The bad ones of a rate that counts good ones: what is not good, known on its own day."""
    good = np.zeros(reports.orders.shape)
    np.add.at(good, (reports.row, reports.placed), reports.number)
    bad = np.maximum(reports.orders - good, 0)
    row, placed = np.nonzero(bad)
    return replace(reports, row=row, placed=placed, seen=placed, number=bad[row, placed], undated=np.zeros(bad.shape))


def _number(frame: pl.DataFrame, name: str, first: date) -> NDArray[np.int64]:
    return (frame.get_column(name) - first).dt.total_days().to_numpy().astype(np.int64)


def _rows(one: Watch, covered: pl.DataFrame, day: date) -> Iterator[dict[str, object]]:
    """Both rows of a series; that of the own level only where it is known."""
    metric, found, allowed = METRICS[str(one.key["metric"])], one.watched, float(one.limit.share)
    due, counts = found.exposure[0], found.counts[0]
    proof = covered.filter(pl.col(name) == one.key[name] for name in ("marketplace", "metric", "fulfilment"))
    exactness = proof.item(0, "exactness") if proof.height else "exact"
    orders = float(one.reported.orders[0, -RECENT:].mean())
    level = float(found.level[0, -1])
    against_target = float(alarm.log_e_value(counts[None], due[None] * allowed, found.effect[:1])[0])
    mark = _marked(one, orders, allowed if np.isnan(level) else min(level, allowed))
    shared = {
        **one.key,
        "day": day,
        "is_borne": bears("breached", exactness, metric),
        "days": int((due > 0).sum()),
        "reported": int(counts[-LATELY:].sum()),
        "orders_a_day": orders,
        "design_effect": float(found.effect[0, -1]),
        "dated_share": float(found.is_dated[0]),
        "share_breached": mark.breached,
        "share_nowcast": mark.nowcast,
        "share_fixed_step": mark.fixed_step,
    }
    watches = (
        ("target", found.target, float(np.log(alarm.ALARM_AT)), allowed, mark.target),
        ("own_level", found.own, float(np.log(alarm.RUN_LENGTH)), level, mark.own_level),
    )
    for name, statistic, alarm_at, share, marked_share in watches:
        if np.isnan(share):
            continue
        is_marked = alarm.is_marked(statistic, alarm_at)[0]
        run = int(is_marked[::-1].argmin()) if not is_marked.all() else len(is_marked)
        yield {
            **shared,
            "watch": name,
            "statistic": float(statistic[0, -1]),
            "alarm_at": alarm_at,
            "is_marked": bool(is_marked[-1]),
            "marked_since": day - timedelta(days=run - 1) if run else None,
            "expected": float(due[-LATELY:].sum() * share),
            "level": share,
            "share_marked": marked_share,
            "log_e_value": against_target if name == "target" else None,
        }


def _marked(one: Watch, orders: float, level: float) -> Marked:
    """What each watch marks of steady accounts like this one, its traits rounded so that like accounts share a result."""
    known = np.zeros(one.reported.orders.shape)
    np.add.at(known, (one.reported.row, one.reported.placed), one.reported.number)
    own = lumps_of(one.reported.orders, known, one.window.days)
    size = int((own.rho * own.concentration)[0].argmax())
    like = Steady(
        orders_a_day=float(f"{max(orders, 0.01):.2g}"),
        level=float(f"{level:.2g}"),
        allowed=float(one.limit.share),
        is_strict=one.limit.is_strict,
        rho=round(float(own.rho[0, size]), 3),
        lump=clustering.SIZES[size],
        window=one.window.days,
        lag=one.window.lag_days,
        reported=tuple(np.round(one.watched.shares[0], 2).tolist()),
    )
    return marked(like)
