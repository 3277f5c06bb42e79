"""What a verdict says: one or two plain sentences with rate, counts, window, as-of day, target and evidence."""

from __future__ import annotations

from helpers.rows import JudgedRow, VerdictRow, is_judged
from helpers.sentences import say
from helpers.targets import Target
from helpers.verdicts.evidence import chance_bound
from helpers.verdicts.limits import Limit, bears
from helpers.vocabulary import Metric
from helpers.wording import aimed, bound, bounded, counted, day, fulfilled_by, share, uncounted


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
    whose = fulfilled_by(row["fulfilment"], row["marketplace"]), row["marketplace"], row["group"]
    subject = ", ".join(filter(None, [metric.label, *whose]))
    aim = aimed(target.must_be, row["target"])
    if not is_judged(row):
        return say("finding", subject=subject, said=_not_judged(row, target, metric, aim, is_covered))
    said = [f"{_counted(row, metric)}.", *_said(row, target, metric, aim, to_prove, is_one_day)]
    together = [say("finding-of-all")] if is_of_all(row, metric) else []
    return say("finding", subject=subject, said=" ".join([*said, *together]))


def is_of_all(row: VerdictRow, metric: Metric) -> bool:
    """Whether a met figure is one of all categories where the target holds for each: the marketplace prints no other."""
    return metric.group is not None and row["group"] is None and row["status"] == "met"


def _counted(row: JudgedRow, metric: Metric) -> str:
    return say(
        "finding-counted",
        source=row["source"],
        figure=bound(row["exactness"]) + share(row["numerator"], row["denominator"], metric.one_is),
        are=metric.numerator_is,
        days=row["window_days"],
        end=day(row["window_end"]),
        day=day(row["as_of"]),
    )


def _said(
    row: JudgedRow, target: Target, metric: Metric, aim: str, to_prove: int | None, is_one_day: bool
) -> list[str]:
    n, limit = row["denominator"], Limit.of(target)
    tail = [say("on-target")] if row["is_on_target"] else []
    if row["status"] == "too_few_orders":
        needed = max(limit.smallest() or 0, target.min_count or 0)
        return [say("found.too_few", orders=counted(n, metric.one_is), aim=aim, needed=needed), *tail]
    found = {"aim": aim, "met": "no" if row["status"] == "breached" else "yes"}
    if not bears(row["status"], row["exactness"], metric):
        return [say("found.not_proved", exactness=row["exactness"], **found), *tail]
    # of a target of none or all there is no evidence: there is nothing between
    why = {"why": "unsaid"} if row["evidence"] is None else _why(row, metric, limit, to_prove, is_one_day)
    return [say("found.judged", evidence=row["evidence"] or "none", **found, **why), *tail]


def _why(row: JudgedRow, metric: Metric, limit: Limit, to_prove: int | None, is_one_day: bool) -> dict[str, str]:
    """What the evidence rests on: the chance that the true rate meets the target, or why there can be none."""
    n = row["denominator"]
    bad = n - row["numerator"] if metric.good_is == "high" else row["numerator"]
    if is_one_day:
        return {"why": "one_day"}
    if row["evidence"] == "weak" and row["status"] == "met" and to_prove is not None:
        return {"why": "small", "orders": counted(to_prove, metric.one_is)}
    if row["evidence"] == "weak" and row["status"] == "breached" and bad == 1 and limit.is_met(0, n):
        return {"why": "one_bad"}
    side = chance_bound(row["exactness"], metric)
    chance = "" if row["probability_met"] is None or side is None else bounded(side, row["probability_met"])
    return {"why": "chance" if chance else "unsaid", "chance": chance}


def _not_judged(row: VerdictRow, target: Target, metric: Metric, aim: str, is_covered: bool) -> str:
    window = {"days": row["window_days"], "end": day(row["window_end"]), "day": day(row["as_of"])}
    if row["status"] == "not_mature":
        return say("not-judged.not_mature", aim=aim, **window)
    if row["denominator"] == 0 and row["numerator"]:
        # bad orders are known and the orders they belong to are not: what the window must hold to meet the target
        needed = Limit.of(target).needed(row["numerator"]) if metric.good_is == "low" else None
        bad = {"bad": counted(row["numerator"], metric.one_is), "are": metric.numerator_is}
        return say("not-judged.no_orders", aim=aim, needed=needed or 0, **bad, **window)
    is_impossible = row["exactness"] == "impossible"  # of no order, or of files that could not be read
    if row["denominator"] == 0 and is_covered:
        key = "no_order_read" if is_impossible else "no_order"
        return say(f"not-judged.{key}", what=uncounted(metric.one_is), aim=aim, **window)
    if is_impossible:
        return say("not-judged.missing", aim=aim, day=window["day"])
    return say("not-judged.not_covered", aim=aim, part=row["numerator"], of=row["denominator"], **window)
