"""What a verdict says: one or two plain sentences with rate, counts, window, as-of day, target and evidence."""

from __future__ import annotations

from helpers.rows import JudgedRow, VerdictRow, is_judged
from helpers.targets import Target
from helpers.verdicts.limits import Limit, bears
from helpers.vocabulary import MUST_BE_LABEL, Metric
from helpers.wording import bound, count, day, fulfilled_by, plural, probability, share, target_percent

ON_TARGET = "The rate is exactly on the target: the marketplace's text and its screens differ on whether that passes."


_ONLY = {"lower_bound": "at least so high", "upper_bound": "at most so high", "approximate": "near this only"}


def finding(row: VerdictRow, target: Target, metric: Metric, *, is_covered: bool = True) -> str:
    """What the row says, in one or two plain sentences: rate, counts, window, as-of day, target, evidence."""
    subject = f"{metric.label}, {fulfilled_by(row['fulfilment'])}, {row['marketplace']}"
    if row["group"]:
        subject += f", {row['group']}"
    aim = f"{MUST_BE_LABEL[target.must_be]} {target_percent(row['target'])}"
    if is_judged(row):
        whose = "the marketplace's own figure, " if row["source"] == "marketplace" else ""
        return f"{subject}: {whose}{_counted(row, metric)}. {_said(row, target, metric, aim)}"
    return f"{subject}: {_not_judged(row, target, metric, aim, is_covered)}"


def _counted(row: VerdictRow, metric: Metric) -> str:
    return (
        f"{bound(row['exactness'])}{share(row['numerator'], row['denominator'], metric.one_is)} {metric.numerator_is}, "
        f"{row['window_days']} days to {day(row['window_end'])}, as of {day(row['as_of'])}"
    )


def _said(row: JudgedRow, target: Target, metric: Metric, aim: str) -> str:
    met, n, limit = row["probability_met"], row["denominator"], Limit.of(target)
    odds = f"the chance that the true rate meets it is {probability(met)}"
    tail = f" {ON_TARGET}" if row["is_on_target"] else ""
    if row["status"] == "too_few_orders":
        needed = max(limit.smallest() or 0, target.min_count or 0)
        return (
            f"Too few orders to tell: with {plural(n, metric.one_is)} a single bad one would miss the target "
            f"of {aim}; {count(needed)} are needed.{tail}"
        )
    if not bears(row["status"], row["exactness"], metric) and row["exactness"] != "exact":
        found = "missed" if row["status"] == "breached" else "met"
        return (
            f"As far as the files show the target of {aim} is {found}, but they cannot prove it: the figure is "
            f"{_ONLY[row['exactness']]}, and what is missing can turn it.{tail}"
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
