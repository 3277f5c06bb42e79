"""How many orders bring feedback, month by month, cut where the way to rate changed: no trend is read across the cut.

Since 2025-08-04 buyers can leave stars without a text (option `break_date`). An order placed shortly before could be
rated either way, so three parts stand apart: before, across, since.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from helpers import coverage, intervals
from helpers.frames import last_day, span
from helpers.metrics import facts
from helpers.sentences import say
from helpers.vocabulary import METRICS, Account
from helpers.wording import day as written
from helpers.wording import share, where

KEY = ("marketplace", "fulfilment")
SCHEMA = {"marketplace": pl.String, "fulfilment": pl.String, "month": pl.Date, "part": pl.String}
SCHEMA |= {"orders": pl.Int64, "responded": pl.Int64}
RATES = {"rate": pl.Float64, "rate_low": pl.Float64, "rate_high": pl.Float64}


def response_rates(account: Account, as_of: date) -> pl.DataFrame:
    """Feedback per order by the month of the order: one row a store, fulfilment, part and month.

    Columns: `marketplace`, `fulfilment`, `month` (its first day), `part` (before, across, since the break), `orders`,
    `responded` (with feedback that stands), `rate`, `rate_low`, `rate_high` (90 %, Clopper-Pearson), `is_settled` (every buyer's
    time to write, option `feedback_days`, is over). Orders older than the oldest feedback in the files are left out:
    theirs may be missing. Empty when a file holds one to three stars only.
    """
    received = account.feedback.filter(~pl.col("is_struck"), pl.col("received_on") <= as_of)
    if received.is_empty() or coverage.has_only_bad_stars(account):
        return pl.DataFrame(schema={**SCHEMA, **RATES, "is_settled": pl.Boolean})
    first, newest = span(received.get_column("received_on"))
    cut = date.fromisoformat(account.option("break_date"))
    reaches = last_day(account.files.filter(report="feedback").get_column("reaches"))
    last = min(as_of, reaches or newest)
    wait = timedelta(days=int(account.option("feedback_days")))
    known = facts.orders(account)
    counts = METRICS["order_defect_rate"].under(account.option).denominator
    placed = known.joined().filter(counts, pl.col("day").is_between(first, as_of))
    part = pl.when(pl.col("day") >= cut).then(pl.lit("since")).when(pl.col("day") + wait < cut).then(pl.lit("before"))
    told = placed.with_columns(
        month=pl.col("day").dt.truncate("1mo"),
        part=part.otherwise(pl.lit("across")),
        responded=pl.col("order_id").is_in(received.get_column("order_id").implode()),
    )
    months = told.group_by(*KEY, "month", "part").agg(
        orders=pl.len().cast(pl.Int64),
        responded=pl.col("responded").sum().cast(pl.Int64),
        is_settled=pl.col("day").max() + wait <= last,
    )
    return _rated(months.sort(*KEY, "month", "part")).select(*SCHEMA, *RATES, "is_settled")


def response_by_part(rates: pl.DataFrame, account: Account) -> pl.DataFrame:
    """The response rate before, across and since the break, each on its own: one row a store, fulfilment and part.

    rates   `response_rates`; months not settled are left out
    Columns: `marketplace`, `fulfilment`, `part`, `orders`, `responded`, `rate`, `rate_low`, `rate_high`, `finding`.
    """
    settled = rates.filter("is_settled").group_by(*KEY, "part", maintain_order=True)
    found = _rated(settled.agg(pl.col("orders", "responded").sum()))
    cut = date.fromisoformat(account.option("break_date"))
    findings = [_finding(row, cut) for row in found.iter_rows(named=True)]
    return found.with_columns(finding=pl.Series(findings, dtype=pl.String))


def _rated(counts: pl.DataFrame) -> pl.DataFrame:
    x, n = (counts.get_column(name).to_numpy() for name in ("responded", "orders"))
    low, high = intervals.clopper_pearson(x, n)
    return counts.with_columns(rate=pl.col("responded") / pl.col("orders"), rate_low=low, rate_high=high)


def _finding(row: dict, cut: date) -> str:
    told = share(row["responded"], row["orders"], "order")
    return say("response", where=where(row), share=told, part=row["part"], day=written(cut))
