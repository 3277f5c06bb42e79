"""The truth → settlement reports (V2, 24 columns): every posting of two weeks, adding up to the total exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import polars as pl

from helpers.sample.profiles import LAST_DAY, Profile

HEADER = [
    "settlement-id",
    "settlement-start-date",
    "settlement-end-date",
    "deposit-date",
    "total-amount",
    "currency",
    "transaction-type",
    "order-id",
    "merchant-order-id",
    "adjustment-id",
    "shipment-id",
    "marketplace-name",
    "amount-type",
    "amount-description",
    "amount",
    "fulfillment-id",
    "posted-date",
    "posted-date-time",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "promotion-id",
]
MANY, LENGTH = 8, timedelta(days=14)  # the marketplace lists about ninety days of them
ENDS = datetime.combine(LAST_DAY - timedelta(days=1), time(14), UTC)  # of the newest
STAMP = "%d.%m.%Y %H:%M:%S UTC"  # in Europe
ADJUSTMENTS = (  # type, day of the money, the letter of its adjustment number
    ("Refund", "refunded_on", "R"),
    ("A-to-z Guarantee Refund", "claim_paid_on", "A"),
    ("Chargeback Refund", "charged_on", "C"),
)


def settlements(truth: pl.DataFrame, profile: Profile) -> Iterator[tuple[date, str]]:
    """The settlements, oldest first: the day each ends and its text. Amounts are whole pence until they are written."""
    posted = postings(truth)
    for n in range(MANY):
        start, end = (ENDS - LENGTH * (MANY - n - k) for k in (0, 1))
        inside = posted.filter(pl.col("posted_at") >= start, pl.col("posted_at") < end)
        yield end.date(), _text(inside, start, end, 99_000_000_101 + n, profile)


def postings(truth: pl.DataFrame) -> pl.DataFrame:
    """Every posting: posted_at, type, order_id, adjustment, amount_type, description, pence, item, sku, quantity."""
    items = truth.filter("is_ours").with_columns(line=pl.int_ranges(1, pl.col("lines") + 1)).explode("line")
    number = pl.col("order_id").str.slice(-7)
    price = (pl.col("product") + 3) * pl.col("units") * 400 + 50
    items = items.with_columns(
        price=price,
        commission=(price * 15 + 50) // 100,
        item=pl.lit("0000") + number + pl.col("line").cast(pl.String).str.zfill(2),
        sku=pl.lit("EX-") + pl.col("product").cast(pl.String).str.zfill(4),
    )
    price, commission = pl.col("price"), pl.col("commission")
    parts = [
        _posted(items, "Order", pl.col("settled_at"), None, "ItemPrice", "Principal", price),
        _posted(items, "Order", pl.col("settled_at"), None, "ItemFees", "Commission", -commission),
    ]
    # A fee that only sounds like a chargeback, on an ordinary order whose buyer paid for the shipping.
    fee = items.filter(pl.col("line") == 1, number.cast(pl.Int64) % 40 == 0)
    for kind, name, pence in (("ItemPrice", "Shipping", 399), ("ItemFees", "ShippingChargeback", -399)):
        parts.append(_posted(fee, "Order", pl.col("settled_at"), None, kind, name, pl.lit(pence)))
    for name, day, letter in ADJUSTMENTS:
        found = items.filter(pl.col(day).is_not_null())
        at = pl.col(day).cast(pl.Datetime("us")).dt.replace_time_zone("UTC") + timedelta(hours=11, minutes=30)
        adjustment = pl.lit(f"EXAMPLE-{letter}") + number
        parts.append(_posted(found, name, at, adjustment, "ItemPrice", "Principal", -price))
        parts.append(_posted(found, name, at, adjustment, "ItemFees", "Commission", commission))
        kept = -((commission * 20 + 50) // 100)
        parts.append(_posted(found, name, at, adjustment, "ItemFees", "RefundCommission", kept))
    paid = items.filter(pl.col("reimbursed_on").is_not_null(), pl.col("line") == 1)
    at = pl.col("reimbursed_on").cast(pl.Datetime("us")).dt.replace_time_zone("UTC") + timedelta(hours=9)
    name = "SAFE-T Reimbursement"
    parts.append(_posted(paid, name, at, None, "other-transaction", name, pl.lit(REIMBURSED)))
    return pl.concat(parts).sort("posted_at", "order_id", "item", "type", maintain_order=True)


REIMBURSED = 500  # pence, always


def _posted(
    items: pl.DataFrame, name: str, at: pl.Expr, adjustment: pl.Expr | None, kind: str, said: str, pence: pl.Expr
) -> pl.DataFrame:
    return items.select(
        at.cast(pl.Datetime("us", "UTC")).alias("posted_at"),
        pl.lit(name).alias("type"),
        "order_id",
        (pl.lit("") if adjustment is None else adjustment).alias("adjustment"),
        pl.lit(kind).alias("amount_type"),
        pl.lit(said).alias("description"),
        pence.cast(pl.Int64).alias("pence"),
        "item",
        "sku",
        pl.col("units").cast(pl.String).alias("quantity"),
        store=pl.lit("Amazon") + pl.col("marketplace").str.strip_prefix("amazon"),
    )


def _text(inside: pl.DataFrame, start: datetime, end: datetime, number: int, profile: Profile) -> str:
    subscription = -3000 if profile.currency == "GBP" else -3900
    rows = inside.select(
        pl.lit(profile.currency).alias("currency"),
        pl.col("type").alias("transaction-type"),
        pl.col("order_id").alias("order-id"),
        pl.col("adjustment").alias("adjustment-id"),
        pl.col("store").alias("marketplace-name"),
        pl.col("amount_type").alias("amount-type"),
        pl.col("description").alias("amount-description"),
        _money(pl.col("pence"), profile).alias("amount"),
        pl.when(pl.col("amount_type") != "other-transaction").then(pl.lit("MFN")).alias("fulfillment-id"),
        pl.col("posted_at").dt.strftime("%d.%m.%Y").alias("posted-date"),
        pl.col("posted_at").dt.strftime(STAMP).alias("posted-date-time"),
        pl.col("item").alias("order-item-code"),
        "sku",
        pl.col("quantity").alias("quantity-purchased"),
    )
    summary = {
        "settlement-start-date": start.strftime(STAMP),
        "settlement-end-date": end.strftime(STAMP),
        "deposit-date": (end + timedelta(days=2)).strftime(STAMP),
        "total-amount": _one(int(inside.get_column("pence").sum()) + subscription, profile),
        "currency": profile.currency,
    }
    fee_at = end - timedelta(hours=5)
    fee = {
        "currency": profile.currency,
        "transaction-type": "ServiceFee",
        "amount-type": "other-transaction",
        "amount-description": "Subscription Fee",
        "amount": _one(subscription, profile),
        "posted-date": fee_at.strftime("%d.%m.%Y"),
        "posted-date-time": fee_at.strftime(STAMP),
    }
    table = pl.concat([pl.DataFrame([summary]), rows, pl.DataFrame([fee])], how="diagonal")
    named = {"settlement-id": pl.lit(str(number))}
    known = {name: pl.col(name) for name in table.columns} | named
    whole = table.select(known.get(name, pl.lit("")).fill_null("").alias(name) for name in HEADER)
    return whole.write_csv(separator="\t", quote_style="never")


def _money(pence: pl.Expr, profile: Profile) -> pl.Expr:
    mark = "," if profile.currency == "EUR" else "."
    sign = pl.when(pence < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    whole, rest = pence.abs() // 100, (pence.abs() % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(sign, whole.cast(pl.String), pl.lit(mark), rest)


def _one(pence: int, profile: Profile) -> str:
    return pl.select(_money(pl.lit(pence, pl.Int64), profile)).item()
