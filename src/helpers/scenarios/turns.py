"""Since when a rate is another one, where an event of the account or weeks of its orders prove it.

A forecast drawn with the rate of a year would go on with what has ended: from the day of a turn on the rate is read anew, as far
as its counts speak for that (scenarios.rates), and every sentence says since when.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers.audit import Audit
from helpers.frames import SERIES
from helpers.rows import VerdictRow

PROVED = ("helped", "worse")


def of(audit: Audit, row: VerdictRow) -> date | None:
    """The first order day of the rate as it is now; None where nothing proves a turn.

    The newest event of which “helped” or “worse since” is said; else the week of orders from which the rate has turned. Of a
    bound some bad ones may be missing: that its rate turned is then not seen.
    """
    if row["exactness"] != "exact":
        return None
    of_rate = [pl.col(name).eq_missing(pl.lit(row[name])) for name in SERIES]
    acted = audit.actions.filter(*of_rate, pl.col("word").is_in(PROVED)).get_column("after_first")
    turned = audit.maturity.filter(*of_rate, pl.col("turned").is_not_null()).get_column("turned_from")
    days = [day for day in (*acted.sort(descending=True), *turned) if day is not None and day <= row["as_of"]]
    return days[0] if days else None
