"""What a verdict says: one or two plain sentences with rate, counts, window, as-of day, target and evidence."""

from __future__ import annotations

from helpers.rows import JudgedRow, VerdictRow, is_judged
from helpers.targets import Target
from helpers.verdicts.evidence import chance_bound
from helpers.verdicts.limits import Limit, bears
from helpers.vocabulary import Metric
from helpers.wording import aimed, bound, bounded, count, day, fulfilled_by, plural, share

ON_TARGET = "The rate is exactly on the target: the marketplace's text and its screens differ on whether that passes."


OF_ALL = "of all categories together: one of them can miss the target."

_ONLY = {"lower_bound": "at least so high", "upper_bound": "at most so high", "approximate": "near this only"}


def finding(
    row: VerdictRow,
    target: Target,
    metric: Metric,
    *,
    is_covered: bool = True,
    to_prove: int | None = None,
    is_one_day: bool = False,
) -> str:
    """What the row says, in one or two plain sentences: rate, counts, window, as-of day, target, evidence.

    to_prove     of a window in which even no bad one proves the target met: how many such orders would
    is_one_day   whether the miss would be proved, were its worst day not looked at apart
    """
    subject = f"{metric.label}, {fulfilled_by(row['fulfilment'], row['marketplace'])}, {row['marketplace']}"
    if row["group"]:
        subject += f", {row['group']}"
    aim = aimed(target.must_be, row["target"])
    if is_judged(row):
        whose = "the marketplace's own figure, " if row["source"] == "marketplace" else ""
        together = f" The figure is {OF_ALL}" if is_of_all(row, metric) else ""
        said = _said(row, target, metric, aim, to_prove, is_one_day)
        return f"{subject}: {whose}{_counted(row, metric)}. {said}{together}"
    return f"{subject}: {_not_judged(row, target, metric, aim, is_covered)}"


def is_of_all(row: VerdictRow, metric: Metric) -> bool:
    """Whether a met figure is one of all categories where the target holds for each: the marketplace prints no other."""
    return metric.group is not None and row["group"] is None and row["status"] == "met"


def _counted(row: VerdictRow, metric: Metric) -> str:
    return (
        f"{bound(row['exactness'])}{share(row['numerator'], row['denominator'], metric.one_is)} {metric.numerator_is}, "
        f"{row['window_days']} days to {day(row['window_end'])}, as of {day(row['as_of'])}"
    )


def _said(row: JudgedRow, target: Target, metric: Metric, aim: str, to_prove: int | None, is_one_day: bool) -> str:
    n, limit = row["denominator"], Limit.of(target)
    tail = f" {ON_TARGET}" if row["is_on_target"] else ""
    if row["status"] == "too_few_orders":
        needed = max(limit.smallest() or 0, target.min_count or 0)
        return (
            f"Too few orders to tell: with {plural(n, metric.one_is)} a single bad one would miss the target "
            f"of {aim}; {count(needed)} are needed.{tail}"
        )
    found = "missed" if row["status"] == "breached" else "met"
    if not bears(row["status"], row["exactness"], metric):
        return (
            f"As far as the files show the target of {aim} is {found}, but they cannot prove it: the figure is "
            f"{_ONLY[row['exactness']]}, and what is missing can turn it.{tail}"
        )
    if row["evidence"] is None:  # a target of none or all: there is nothing between
        return f"The target of {aim} is {found}.{tail}"
    why = "without its worst day it would not be proved" if is_one_day else _why(row, metric, limit, to_prove)
    how = "and the evidence is strong" if row["evidence"] == "strong" else "but the evidence is weak"
    return f"The target of {aim} is {found}, {how}{f': {why}' if why else ''}.{tail}"


def _why(row: JudgedRow, metric: Metric, limit: Limit, to_prove: int | None) -> str:
    """What the evidence rests on: the chance that the true rate meets the target, or why there can be none."""
    n = row["denominator"]
    bad = n - row["numerator"] if metric.good_is == "high" else row["numerator"]
    if row["evidence"] == "weak" and row["status"] == "met" and to_prove is not None:
        return f"this window is too small to prove more ({plural(to_prove, metric.one_is)} without a bad one would be)"
    if row["evidence"] == "weak" and row["status"] == "breached" and bad == 1 and limit.is_met(0, n):
        return "one bad one is enough at this volume"
    side = chance_bound(row["exactness"], metric)
    if row["probability_met"] is None or side is None:
        return ""
    chance = bounded(side, row["probability_met"])
    return f"the chance that the true rate meets it is {chance}" if chance else ""


def _not_judged(row: VerdictRow, target: Target, metric: Metric, aim: str, is_covered: bool) -> str:
    window = f"the {row['window_days']} days to {day(row['window_end'])}"
    as_of = f"as of {day(row['as_of'])}"
    if row["status"] == "not_mature":
        return f"not yet judged; the files do not reach the end of {window} ({as_of}, target {aim})."
    if row["denominator"] == 0 and row["numerator"]:
        return _without_denominator(row, target, metric, aim, window, as_of)
    if row["denominator"] == 0 and is_covered:
        return f"no {metric.one_is} in {window} ({as_of}, target {aim})."
    if row["exactness"] == "impossible":
        return f"no figure; a file it needs is missing ({as_of}, target {aim})."
    return (
        f"no verdict; the order files do not cover all of {window}. Not covered in full: "
        f"{count(row['numerator'])} of {count(row['denominator'])} ({as_of}, target {aim})."
    )


def _without_denominator(row: VerdictRow, target: Target, metric: Metric, aim: str, window: str, as_of: str) -> str:
    """Bad orders are known and the orders they belong to are not: what the window must hold to meet the target."""
    known = f"{plural(row['numerator'], metric.one_is)} {metric.numerator_is}"
    needed = Limit.of(target).needed(row["numerator"]) if metric.good_is == "low" else None
    least = f" The target of {aim} is met only if at least {count(needed)} were placed in it." if needed else ""
    return f"no rate; the files name {known} in {window}, and not how many orders there were ({as_of}).{least}"
