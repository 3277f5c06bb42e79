"""Trailing windows and targets → one judged row a metric, with its sentence.

Status is what the platform sees, evidence is what the data can bear (docs/contracts.md section 2).
All comparisons are in whole numbers: a target a/b is missed by `bad` of `n` when bad·b ≥ a·n (strict) or > (not).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl
from scipy.special import bdtr

from helpers import intervals
from helpers.frames import KEY, SCHEMAS, empty
from helpers.targets import Rules, Target
from helpers.vocabulary import METRICS, MUST_BE_LABEL, Metric, Status
from helpers.wording import count, day, fulfilled_by, plural, probability, share, target_percent

STRONG = 0.95  # probability_met at or over this, or at or under its complement, is strong evidence
SURE = 0.9  # how sure `orders_to_recover_sustained` is
ON_TARGET = "The rate is exactly on the target: the marketplace's text and its screens differ on whether that passes."
LONGEST_RECOVERY = 100_000  # orders; beyond this a recovery by volume is no answer


@dataclass(frozen=True)
class Limit:
    """A target as the share of bad ones it allows: bad/n < share when strict, else bad/n ≤ share."""

    share: Fraction
    is_strict: bool

    @classmethod
    def of(cls, target: Target) -> Limit:
        is_high = target.must_be in ("above", "at_least")
        return cls(1 - target.limit if is_high else target.limit, target.must_be in ("above", "below"))

    def is_met(self, bad: int, n: int) -> bool:
        a, b = self.share.as_integer_ratio()
        return bad * b < a * n if self.is_strict else bad * b <= a * n

    def allowed(self, n: int) -> int:
        """The most bad ones among n that still meet the target; −1 when none would."""
        a, b = self.share.as_integer_ratio()
        return (a * n - 1) // b if self.is_strict else a * n // b

    def smallest(self) -> int | None:
        """The fewest orders at which one bad one still meets the target; None when no number does."""
        return self.needed(1)

    def needed(self, bad: int) -> int | None:
        """The fewest orders at which `bad` bad ones meet the target."""
        a, b = self.share.as_integer_ratio()
        if a == 0:
            return 0 if bad == 0 and not self.is_strict else None
        return bad * b // a + 1 if self.is_strict else -(-bad * b // a)


def status(bad: int, n: int, limit: Limit, *, min_count: int | None, is_covered: bool, is_mature: bool) -> Status:
    """The verdict word, decided in the order of docs/contracts.md section 2."""
    if n == 0 or not is_covered:
        return "no_data"
    if not is_mature:
        return "not_mature"
    if min_count is not None and n < min_count:
        return "too_few_orders"
    if not limit.is_met(bad, n):
        return "breached"
    smallest = limit.smallest()
    return "too_few_orders" if smallest is not None and n < smallest else "met"


def orders_to_recover_sustained(bad: int, n: int, rate: float, limit: Limit) -> int | None:
    """Further orders after which the target is met with 90 % chance, and stays so for every larger number,
    when new orders turn bad at `rate`; None when that never happens within 100,000 orders.

    The chance is saw-toothed in the number of orders (each further bad one allowed is a jump), so the last
    dip counts, not the first success. 8 of 600 at 0.5 % gives 1,101.
    """
    if rate >= limit.share:
        return None
    k = np.arange(LONGEST_RECOVERY + 1)
    a, b = limit.share.as_integer_ratio()
    allowed = ((a * (n + k) - 1) // b if limit.is_strict else a * (n + k) // b) - bad
    chance = np.where(allowed < 0, 0.0, bdtr(np.clip(allowed, 0, k), k, rate))
    failing = np.flatnonzero(chance < SURE)
    if len(failing) == 0:
        return 0
    return None if failing[-1] == LONGEST_RECOVERY else int(failing[-1] + 1)


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

    trailing   metrics.trailing; roll_off (metrics.roll_off) gives `clear_on`; coverage (coverage.of_metrics) gives
               `exactness`; compared (referee.compare) gives `rate_reported` and `discrepancy`
    Windows without a judged target are absent: they are told from `trailing`.
    """
    rows = [
        _row(window, target, as_of, trailing, roll_off, coverage, compared)
        for window in trailing.filter(pl.col("day") == as_of).iter_rows(named=True)
        if (target := _target(window, rules, as_of)) is not None
    ]
    if not rows:
        return empty("verdicts")
    urgency = pl.col("status").replace_strict(_URGENCY, return_dtype=pl.Int8)
    rank = pl.col("metric").replace_strict({key: n for n, key in enumerate(METRICS)}, return_dtype=pl.Int8)
    frame = pl.DataFrame(rows, schema=dict(SCHEMAS["verdicts"]))
    return frame.sort(urgency, rank, "probability_met", *KEY, nulls_last=True, maintain_order=True)


_URGENCY = {"breached": 0, "too_few_orders": 1, "met": 2, "not_mature": 3, "no_data": 4}


def _target(window: dict, rules: Rules, as_of: date) -> Target | None:
    judged = [
        target
        for target in rules(window["metric"], window["marketplace"], window["fulfilment"], as_of)
        if target.is_judged
    ]
    same = [target for target in judged if (target.window_days or window["window_days"]) == window["window_days"]]
    if not same and window["source"] == "marketplace":
        same = judged  # the marketplace judges over the window it prints
    return same[0] if same else None


def _row(
    window: dict,
    target: Target,
    as_of: date,
    trailing: pl.DataFrame,
    roll_off: pl.DataFrame | None,
    coverage: pl.DataFrame | None,
    compared: pl.DataFrame | None,
) -> dict:
    metric, limit = METRICS[window["metric"]], Limit.of(target)
    x, n = window["window_numerator"], window["window_denominator"]
    bad = n - x if metric.good_is == "high" else x
    key = {name: window[name] for name in KEY}
    word = status(
        bad, n, limit, min_count=target.min_count, is_covered=window["is_covered"], is_mature=window["is_mature"]
    )
    exactness = _only(coverage, key, ("account", "marketplace", "metric", "fulfilment"), "exactness") or "exact"
    if window["source"] == "marketplace":
        exactness = "exact"
    if exactness == "impossible":
        word = "no_data"
    is_judged = word in ("met", "breached", "too_few_orders")
    row = key | {
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
        "target": target.value,
        "must_be": target.must_be,
        "rate_reported": _only(compared, key, KEY, "rate_reported"),
        "discrepancy": _only(compared, key, KEY, "discrepancy"),
    }
    if is_judged:
        met = float(intervals.probability_below(bad, n, float(limit.share)))
        recovering = word == "breached"
        row |= {
            "is_on_target": Fraction(bad, n) == limit.share,
            "probability_met": met,
            "evidence": "strong" if met >= STRONG or met <= 1 - STRONG else "weak",
            "headroom": max(0, limit.allowed(n) - bad),
            "orders_to_recover": max(0, needed - n) if (needed := limit.needed(bad)) is not None else None,
            "orders_to_recover_sustained": (
                orders_to_recover_sustained(bad, n, _usual_rate(trailing, key, metric), limit) if recovering else 0
            ),
            "clear_on": _clear_on(roll_off, key, limit, metric) if recovering else None,
        }
    return row | {"finding": finding(row, target, metric)}


def _only(frame: pl.DataFrame | None, key: dict, names: tuple[str, ...], column: str) -> object:
    if frame is None or frame.is_empty():
        return None
    found = frame.filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in names)
    return found.item(0, column) if found.height else None


def _usual_rate(trailing: pl.DataFrame, key: dict, metric: Metric) -> float:
    """The account's own rate over every full window the files hold: what new orders are taken to turn bad at."""
    same = trailing.filter(pl.col(name).eq_missing(pl.lit(value)) for name, value in key.items())
    whole = same.filter("is_mature").select("window_numerator", "window_denominator").sum()
    if not whole.item(0, 1):
        return 0.0
    rate = whole.item(0, 0) / whole.item(0, 1)
    return 1 - rate if metric.good_is == "high" else rate


def _clear_on(roll_off: pl.DataFrame | None, key: dict, limit: Limit, metric: Metric) -> date | None:
    if roll_off is None:
        return None
    same = roll_off.filter(pl.col(name).eq_missing(pl.lit(value)) for name, value in key.items())
    for when, x, n in same.select("day", "numerator", "denominator").iter_rows():
        if n and limit.is_met(n - x if metric.good_is == "high" else x, n):
            return when
    return None


# --- the sentence ----------------------------------------------------------------------------------------


def finding(row: dict, target: Target, metric: Metric) -> str:
    """What the row says, in one or two plain sentences: rate, counts, window, as-of day, target, evidence."""
    subject = f"{metric.label}, {fulfilled_by(row['fulfilment'])}, {row['marketplace']}"
    if row["group"]:
        subject += f", {row['group']}"
    aim = f"{MUST_BE_LABEL[target.must_be]} {target_percent(target.value)}"
    if row["status"] in ("met", "breached", "too_few_orders"):
        whose = "the marketplace's own figure, " if row["source"] == "marketplace" else ""
        return f"{subject}: {whose}{_counted(row, metric)}. {_said(row, target, metric, aim)}"
    return f"{subject}: {_not_judged(row, target, metric, aim)}"


def _counted(row: dict, metric: Metric) -> str:
    bound = {"lower_bound": "at least ", "upper_bound": "at most ", "approximate": "about "}.get(row["exactness"], "")
    return (
        f"{bound}{share(row['numerator'], row['denominator'], metric.one_is)} {metric.numerator_is}, "
        f"{row['window_days']} days to {day(row['window_end'])}, as of {day(row['as_of'])}"
    )


def _said(row: dict, target: Target, metric: Metric, aim: str) -> str:
    met, n, limit = row["probability_met"], row["denominator"], Limit.of(target)
    odds = f"the chance that the true rate meets it is {probability(met)}"
    on_target = (
        " The rate is exactly on the target: the marketplace's text and its screens differ on whether that passes."
    )
    tail = on_target if row["is_on_target"] else ""
    if row["status"] == "too_few_orders":
        needed = max(limit.smallest() or 0, target.min_count or 0)
        return (
            f"Too few orders to tell: with {plural(n, metric.one_is)} a single bad one would miss the target "
            f"of {aim}; {count(needed)} are needed.{tail}"
        )
    if row["status"] == "met":
        if row["evidence"] == "strong":
            return f"The target of {aim} is met, and the evidence is strong: {odds}.{tail}"
        return f"The target of {aim} is met, but the evidence is weak: {odds}.{tail}"
    if row["evidence"] == "strong":
        return f"The target of {aim} is missed, and the evidence is strong: {odds}.{tail}"
    bad = n - row["numerator"] if metric.good_is == "high" else row["numerator"]
    why = "one bad one is enough at this volume" if limit.is_met(bad - 1, n) and bad == 1 else odds
    return f"The target of {aim} is missed, but the evidence is weak: {why}.{tail}"


def _not_judged(row: dict, target: Target, metric: Metric, aim: str) -> str:
    window = f"the {row['window_days']} days to {day(row['window_end'])}"
    as_of = f"as of {day(row['as_of'])}"
    if row["status"] == "not_mature":
        return f"not yet judged; the files do not reach the end of {window} ({as_of}, target {aim})."
    if row["denominator"] == 0 and row["numerator"]:
        return _without_denominator(row, target, metric, aim, window, as_of)
    if row["exactness"] == "impossible":
        return f"no figure; a file it needs is missing ({as_of}, target {aim})."
    if row["denominator"] == 0:
        return f"no orders in {window} ({as_of}, target {aim})."
    return (
        f"no verdict; the order files do not cover all of {window}. Not covered in full: "
        f"{count(row['numerator'])} of {count(row['denominator'])} ({as_of}, target {aim})."
    )


def _without_denominator(row: dict, target: Target, metric: Metric, aim: str, window: str, as_of: str) -> str:
    """Bad orders are known and the orders they belong to are not: what the window must hold to meet the target."""
    known = f"{plural(row['numerator'], metric.one_is)} {metric.numerator_is}"
    needed = Limit.of(target).needed(row["numerator"]) if metric.good_is == "low" else None
    least = f" The target of {aim} is met only if at least {count(needed)} were placed in it." if needed else ""
    return f"no rate; the files name {known} in {window}, and not how many orders there were ({as_of}).{least}"
