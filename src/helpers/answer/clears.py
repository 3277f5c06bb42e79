"""When a missed target is met again, and the one word for how sure that day is: on cards, in the table and in the chart."""

from __future__ import annotations

import polars as pl

from helpers.audit import Audit
from helpers.coverage import feedback_days
from helpers.rows import VerdictRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS


def is_exact(audit: Audit, row: VerdictRow) -> bool:
    """Whether the day is met at best; else it is the earliest, for bad ones may be missing of the window, or of the orders
    after it, which no defect list tells."""
    if row["exactness"] not in ("exact", "upper_bound"):
        return False
    if METRICS[row["metric"]].proof != "defects" or row["source"] != "files":
        return True
    received = feedback_days(audit.account).covered
    return len(received) > 0 and received[-1] >= audit.day


def surely(is_exact: bool) -> str:
    """`at best`, or `at the earliest`."""
    return say(f"sure.{'at_best' if is_exact else 'at_the_earliest'}")


def surely_first(audit: Audit, verdicts: pl.DataFrame) -> str:
    """The same of the first of these rates; `at best` where there is none."""
    return surely(next((is_exact(audit, row) for row in rows_of(verdicts.head(1), VerdictRow)), True))
