"""The marketplace's own figures beside ours, over the marketplace's own window, with the gap explained."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from helpers import clustering, intervals, windows
from helpers.frames import KEY, SCHEMAS, SERIES
from helpers.rows import ComparedRow, OurRow, TheirRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import capital, counted, share

PARTS = ("negative_feedback_rate", "a_to_z_claims", "chargebacks")


def newest(snapshots: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The newest snapshot of each key taken no later than the day after `as_of`, with a rate that was measured."""
    seen = snapshots.filter(pl.col("taken_on") <= as_of + timedelta(days=1), pl.col("rate_reported").is_not_null())
    return seen.sort("taken_on").unique(list(KEY), keep="last", maintain_order=True)


def as_trailing(snapshots: pl.DataFrame, trailing: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The marketplace's own figures as rows of the `trailing` frame on `as_of`, where the files give none of their own.

    Only figures printed with their counts and their window, in a file at most a week old; `source` is "marketplace".
    """
    ours = trailing.filter(pl.col("day") == as_of, "is_covered", "is_mature", pl.col("window_denominator") > 0)
    recent = snapshots.filter(pl.col("taken_on") > as_of - timedelta(days=windows.MOST_AGE))
    theirs = newest(recent, as_of).filter(pl.col("metric").is_in(list(METRICS)), pl.col("denominator") > 0)
    theirs = theirs.drop_nulls(["numerator", "window_days"]).filter(pl.col("numerator") <= pl.col("denominator"))
    theirs = theirs.join(ours, on=["marketplace", "metric", "fulfilment"], how="anti")
    effect = [
        float(clustering.usual(days).effect(n)) for days, n in theirs.select("window_days", "denominator").iter_rows()
    ]
    x, n = (theirs.get_column(name).to_numpy() / np.array(effect) for name in ("numerator", "denominator"))
    low, high = intervals.clopper_pearson(x, n)
    rows = theirs.with_columns(
        day=pl.lit(as_of),
        window_numerator="numerator",
        window_denominator="denominator",
        rate=pl.col("numerator") / pl.col("denominator"),
        rate_low=pl.Series(low),
        rate_high=pl.Series(high),
        is_mature=pl.lit(True),
        is_covered=pl.lit(True),
        source=pl.lit("marketplace"),
    )
    return rows.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["trailing"].items())


def compare(daily: pl.DataFrame, snapshots: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Ours beside the marketplace's: each newest snapshot with our counts over its printed window.

    daily      metrics.daily. Returns the snapshot's columns with `numerator_reported`, `denominator_reported`, and
               ours as `numerator`, `denominator`, `rate`, `discrepancy` (ours − theirs), `is_covered`, `explanation`.
    Our figure uses the defects visible the day before the snapshot was taken. Where the order files do not cover the
    whole window ours is null and the explanation says so: such a pair is never compared.
    """
    theirs = newest(snapshots, as_of).rename({"numerator": "numerator_reported", "denominator": "denominator_reported"})
    theirs = theirs.filter(
        pl.col("metric").is_in(
            [key for key, metric in METRICS.items() if metric.rows in ("orders", "lateness", "packages")]
        )
    )
    rows: list[ComparedRow] = [{**row, **_ours(daily, row), "explanation": ""} for row in rows_of(theirs, TheirRow)]
    told = set(daily.filter(pl.col("seen_on").is_null()).select("marketplace", "metric", "fulfilment").unique().rows())
    for row in rows:
        is_told = (row["marketplace"], row["metric"], row["fulfilment"]) in told
        said = [_explanation(row, rows, is_told=is_told), _beside_shorter(row, rows)]
        row["explanation"] = " ".join(filter(None, said))
    ours = {"numerator": pl.Int64, "denominator": pl.Int64, "rate": pl.Float64, "discrepancy": pl.Float64}
    schema = dict(theirs.schema) | ours | {"is_covered": pl.Boolean, "explanation": pl.String}
    return pl.DataFrame(rows, schema=schema)


_NONE: OurRow = {"numerator": None, "denominator": None, "rate": None, "discrepancy": None, "is_covered": False}


def _ours(daily: pl.DataFrame, row: TheirRow) -> OurRow:
    if row["window_start"] is None or row["window_end"] is None:
        return _NONE
    same = daily.filter(pl.col(name).eq_missing(pl.lit(row[name])) for name in SERIES)
    x, n, covered = over(same, row["window_start"], row["window_end"], row["taken_on"])
    if not covered or n == 0:
        return {**_NONE, "is_covered": covered}
    gap = x / n - row["rate_reported"]
    return {"numerator": x, "denominator": n, "rate": x / n, "discrepancy": gap, "is_covered": True}


def over(series: pl.DataFrame, first: date, last: date, taken_on: date) -> tuple[int, int, bool]:
    """Numerator and denominator of one series of `daily` over a window, with what was seen before `taken_on`; and
    whether the files tell every day of it."""
    same = series.filter(pl.col("day").is_between(first, last))
    seen = same.filter(pl.col("seen_on").is_null() | (pl.col("seen_on") < taken_on))
    covered = same.filter(pl.col("seen_on").is_null()).height == (last - first).days + 1
    return int(seen.get_column("numerator").sum()), int(seen.get_column("denominator").sum()), covered


def _explanation(row: ComparedRow, rows: list[ComparedRow], *, is_told: bool) -> str:
    """Why the two figures differ, from the counts; the parts of the order defect rate say which kind is missing.

    is_told   whether the account's files tell the orders of this rate on any day
    """
    if METRICS[row["metric"]].group:
        return say("not-compared.group", group=say(f"group.{METRICS[row['metric']].group}"))
    if row["window_start"] is None or row["window_end"] is None:
        return say("not-compared.window")
    if not row["is_covered"]:
        return say("not-compared.uncovered" if is_told else "not-compared.untold")
    if row["denominator"] is None:
        return say("not-compared.no_order")
    if row["numerator_reported"] is None or row["denominator_reported"] is None:
        return say("theirs-without-counts")
    if (row["numerator"], row["denominator"]) == (row["numerator_reported"], row["denominator_reported"]):
        return say("both-same")
    reasons = []
    orders = row["denominator"] - row["denominator_reported"]
    if orders:
        more = "more" if orders > 0 else "fewer"
        reasons.append(say("other-orders", orders=counted(abs(orders), "order"), more=more))
    if row["metric"] == "order_defect_rate" and row["numerator"] != row["numerator_reported"]:
        parts = [part for part in rows if part["metric"] in PARTS and _is_beside(part, row)]
        told = [(part, theirs) for part in parts if (theirs := part["numerator_reported"]) is not None]
        reasons += [
            say("other-part", part=METRICS[part["metric"]].name, counts=_both(theirs, part["numerator"]))
            for part, theirs in told
            if theirs != part["numerator"]
        ]
        if len(told) < len(parts):  # a part printed without its count says nothing of the gap
            reasons.append(_both(row["numerator_reported"], row["numerator"]))
    elif row["numerator"] != row["numerator_reported"]:
        reasons.append(_both(row["numerator_reported"], row["numerator"]))
    return capital(say("compared", reasons="; ".join(reasons) or say("other-overlap")))


def _beside_shorter(row: ComparedRow, rows: list[ComparedRow]) -> str:
    """Why the marketplace prints another figure for a shorter window of the same rate, where it lies in this one's end."""
    whole, one_is = _counts(row), METRICS[row["metric"]].one_is
    same = [one for one in rows if one["metric"] == row["metric"] and _is_beside(one, row)]
    ends = [counts for one in same if one["window_end"] == row["window_end"] and (counts := _counts(one))]
    short = min(ends, default=whole)
    if whole is None or short is None or short[0] == whole[0]:
        return ""
    days, x, n = (a - b for a, b in zip(whole, short, strict=True))
    if not 0 <= x <= n or n == 0:
        return say("shorter-contradicts", last=short[0], days=whole[0])
    lately, before = share(*short[1:], one_is), share(x, n, one_is)
    return say("shorter-holds", days=whole[0], last=short[0], lately=lately, first=days, before=before)


def _counts(row: ComparedRow) -> tuple[int, int, int] | None:
    """Days, numerator and denominator of a window the marketplace prints with its counts; None for any other."""
    days, x, n = row["window_days"], row["numerator_reported"], row["denominator_reported"]
    return None if days is None or x is None or not n or row["window_end"] is None else (days, x, n)


def _both(theirs: int, ours: int | None) -> str:
    return say("both-count", theirs=theirs, ours=ours or 0)


def _is_beside(part: ComparedRow, row: ComparedRow) -> bool:
    return all(part[name] == row[name] for name in ("marketplace", "fulfilment", "taken_on"))
