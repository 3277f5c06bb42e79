"""Settlement report, V1 (33 or 36 columns; gone since 11 November 2026) and V2 (24 columns) → the `money` frame.

The first row of a settlement is its summary: period and total. All other amounts add up to that total exactly, so a
file that was cut, or joined from several, gives itself away. Source: settlement documentation of the marketplace's
API; columns, padded amounts and short rows seen in real files.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import polars as pl

from helpers.exports import flat, posted, postings, repeated
from helpers.exports.content import Content
from helpers.exports.dates import TOMORROW
from helpers.exports.items import zone
from helpers.exports.reading import Known, Reading
from helpers.frames import MOMENT, first_day, last_day
from helpers.targets import time_zone
from helpers.wording import money

COLUMNS = {
    "settlement_id": "settlement-id",
    "starts_at": "settlement-start-date",
    "ends_at": "settlement-end-date",
    "total": "total-amount",
    "currency": "currency",
    "type": "transaction-type",
    "order_id": "order-id",
    "marketplace": "marketplace-name",
    "fulfilment": "fulfillment-id",
    "posted_at": "posted-date-time",
    "posted_on": "posted-date",  # V1 has the moment here
}
AMOUNTS = ("amount", "shipment-fee-amount", "order-fee-amount", "price-amount", "item-related-fee-amount")
AMOUNTS += ("misc-fee-amount", "other-fee-amount", "promotion-amount", "direct-payment-amount", "other-amount")
NAMES = ("amount-type", "amount-description", "shipment-fee-type", "order-fee-type", "price-type")
NAMES += ("item-related-fee-type", "other-fee-reason-description", "promotion-type", "direct-payment-type")


def recognises(content: Content) -> bool:
    return content.has("settlement-id", "total-amount") and (content.has("amount-type") or content.has("price-type"))


def read(text: bytes, known: Known) -> Reading:
    """The file's postings, one row each: the `money` frame. The summary rows are checked and counted as kept."""
    wanted = COLUMNS | {name: name for name in (*AMOUNTS, *NAMES)}
    cells, present = flat.chosen(text, wanted)
    amounts = [name for name in AMOUNTS if name in present] or ["amount"]
    mark = posted.decimal_mark([cells.get_column(name) for name in ("total", *amounts)])
    read_as = {name: f"{name} as a number" for name in ("total", *amounts)}
    said = cells.with_columns(posted.amount(name, mark).alias(number) for name, number in read_as.items())
    said = said.with_columns(
        currency=pl.when(pl.col("currency").str.contains(repeated.CURRENCY)).then("currency"),
        description=_joined(NAMES),
        posted_at=pl.coalesce("posted_at", "posted_on"),
        amount=pl.when(pl.any_horizontal(pl.col(name).is_not_null() for name in amounts)).then(
            pl.sum_horizontal(read_as[name] for name in amounts).cast(posted.FINE)
        ),
        is_unread=pl.any_horizontal(
            pl.col(name).is_not_null() & pl.col(number).is_null() for name, number in read_as.items()
        ),
        reason=pl.when(pl.col("settlement_id").is_null() | (pl.col("type").is_null() & pl.col("total").is_null()))
        .then(pl.lit("no transaction type (cut line?)"))
        .when(flat.is_over())
        .then(pl.lit("more fields than columns (a tab inside a text?)")),
        total=read_as["total"],
    )
    is_summary = pl.col("total").is_not_null() & pl.col("type").is_null() & ~pl.col("is_unread") & ~flat.is_over()
    summary, body = said.filter(is_summary), said.filter(~is_summary)
    currency = summary.unique("settlement_id", keep="first").select("settlement_id", paid_in="currency")
    body = body.join(currency, on="settlement_id", how="left", maintain_order="left")
    reading = postings.read(body.with_columns(pl.coalesce("currency", "paid_in").alias("currency")), known, zone="UTC")
    if reading.question:
        return replace(reading, waiting=reading.waiting + summary.height)
    doubts = _doubts(summary, body)
    reading = replace(
        reading,
        kept=reading.rows.height + summary.height,
        covers=None if doubts else reading.covers,
        warnings=doubts + reading.warnings,
    )
    return _over_its_period(reading, summary, known)


def _joined(names: tuple[str, ...]) -> pl.Expr:
    text = pl.concat_str(names, separator=", ", ignore_nulls=True)
    return pl.when(text != "").then(text)


def _doubts(summary: pl.DataFrame, body: pl.DataFrame) -> tuple[str, ...]:
    """The settlements whose amounts do not add up to their total, and those without a total, in words."""
    totals = summary.group_by("settlement_id").agg(pl.col("total", "currency").first(), pl.col(flat.LINE).min())
    sums = body.drop_nulls("settlement_id").group_by("settlement_id")
    sums = sums.agg(pl.col("amount").sum(), begins=pl.col(flat.LINE).min())
    both = totals.join(sums, on="settlement_id", how="full", coalesce=True)
    both = both.with_columns(begins=pl.min_horizontal(flat.LINE, "begins")).sort("begins")
    wrong = both.filter(pl.col("total").ne_missing(pl.col("amount").fill_null(0)))
    why = "the file was cut, or joined from several; download it again"
    return tuple(
        f"the settlement from line {line} on: the row with its total is missing; {why}"
        if total is None
        else f"the settlement from line {line} on: its amounts add up to {money(amount or Decimal(0), currency)} and its "
        f"total says {money(total, currency)}; {why}"
        for line, total, amount, currency in wrong.select("begins", "total", "amount", "currency").iter_rows()
    )


def _over_its_period(reading: Reading, summary: pl.DataFrame, known: Known) -> Reading:
    """The reading with the days of the printed period: it ends within a day, and the next settlement begins there."""
    store = next((name for name in reading.marketplaces if not name.startswith("non-amazon")), None)
    ends = {
        name: posted.moments(summary.get_column(name), "UTC")
        .cast(MOMENT)
        .dt.convert_time_zone(time_zone(store or "", zone(known.settings)))
        for name in ("starts_at", "ends_at")
    }
    first, end = first_day(ends["starts_at"].dt.date()), last_day(ends["ends_at"].dt.date())
    if first is None or end is None or first > end or end > known.today + TOMORROW:
        return reading
    last = max(first, end - timedelta(days=1))
    return replace(reading, first_day=first, last_day=last, reaches=last)
