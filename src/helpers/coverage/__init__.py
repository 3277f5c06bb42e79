"""What the files can prove: which days they speak for, and each metric exactly, as a bound, or not at all.

runs        days as runs: spans, quiet times, what is missing between
days        which days the files tell in full, a function a kind of file
case        one metric over its windows, what a proof is, the kinds of file
shops       shops side by side: the files of one say nothing of another
gaps        the days a window needs and files do not tell      unread    rows that told nothing
rules       how exactly the files can prove a rate, a rule a family     defects   of the order defect rate
proof       all rates at once, as the frames of coverage and of gaps    holes     every hole, older ones too
report_day  the day a report looks at, and the questions it must wait for
"""

from helpers.coverage.case import KINDS, asking
from helpers.coverage.days import (
    DAYS,
    feedback_days,
    files_with_all,
    has_only_bad_stars,
    late_list_days,
    order_days,
    snapshot_days,
)
from helpers.coverage.holes import days_of_kinds, holes
from helpers.coverage.proof import Proved, advice, gaps, of_metrics, proofs, table
from helpers.coverage.report_day import day_looked_at, demand_answers, read_day
from helpers.coverage.runs import longest_gap, together
from helpers.coverage.shops import all_shops, channels, each, of_shop, shop

__all__ = [
    "DAYS",
    "KINDS",
    "Proved",
    "advice",
    "all_shops",
    "asking",
    "channels",
    "day_looked_at",
    "days_of_kinds",
    "demand_answers",
    "each",
    "feedback_days",
    "files_with_all",
    "gaps",
    "has_only_bad_stars",
    "holes",
    "late_list_days",
    "longest_gap",
    "of_metrics",
    "of_shop",
    "order_days",
    "proofs",
    "read_day",
    "shop",
    "snapshot_days",
    "table",
    "together",
]
