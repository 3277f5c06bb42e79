"""What the files can prove: which days they speak for, and each metric exactly, as a bound, or not at all.

days        which days the files tell in full
case        one metric over the window judged on one day     defects · proof   how exactly the files can prove it
report_day  the day a report looks at, and the questions it must wait for
"""

from helpers.coverage.case import DOWNLOAD
from helpers.coverage.days import DAYS, files_with_all, has_only_bad_stars, late_list_days, longest_gap, order_days
from helpers.coverage.proof import of_metrics
from helpers.coverage.report_day import day_looked_at, demand_answers, read_day

__all__ = [
    "DAYS",
    "DOWNLOAD",
    "day_looked_at",
    "demand_answers",
    "files_with_all",
    "has_only_bad_stars",
    "late_list_days",
    "longest_gap",
    "of_metrics",
    "order_days",
    "read_day",
]
