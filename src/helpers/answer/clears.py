"""When a missed target is met again, and the one word for how sure that day is: on cards, in the table and in the chart."""

from __future__ import annotations

import polars as pl

from helpers.audit import Audit
from helpers.coverage import feedback_days
from helpers.rows import VerdictRow, rows_of
from helpers.vocabulary import METRICS

AT_BEST, EARLIEST = "at best", "at the earliest"


def surely(audit: Audit, row: VerdictRow) -> str:
    """`at best`; `at the earliest` where bad ones may be missing of the window, or of the orders after it, which no defect
    list tells."""
    if row["exactness"] not in ("exact", "upper_bound"):
        return EARLIEST
    if METRICS[row["metric"]].proof != "defects" or row["source"] != "files":
        return AT_BEST
    received = feedback_days(audit.account).covered
    return AT_BEST if len(received) > 0 and received[-1] >= audit.day else EARLIEST


def surely_first(audit: Audit, verdicts: pl.DataFrame) -> str:
    """The same of the first of these rates; `at best` where there is none."""
    return next((surely(audit, row) for row in rows_of(verdicts.head(1), VerdictRow)), AT_BEST)
