"""Returns and refunds by SKU and reason: the `returned` frame."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from helpers.drivers.factors import DAYS
from helpers.drivers.levels import FEWEST
from helpers.frames import SCHEMAS
from helpers.sentences import say
from helpers.vocabulary import Account

FEWEST_RETURNS = 5  # of one SKU and reason: fewer are folded into one line


def returned(account: Account, day: date) -> pl.DataFrame:
    """Return requests of the last 365 days by SKU and reason: the `returned` frame, the most frequent first.

    SKUs of under 20 orders are left out; reasons with fewer than five requests stand as one. A request is of one order,
    however many lines it has; a SKU the request does not name is that of its order. Orders that were refunded are those
    whose payments post a negative amount besides fees: the files name no SKU there, so it is that of the order.
    """
    first = day - timedelta(days=DAYS - 1)
    sold = account.orders.filter(pl.col("day").is_between(first, day), ~pl.col("is_cancelled")).select(
        "order_id", "sku"
    )
    by_sku = sold.drop_nulls("sku").group_by("sku").agg(orders=pl.len()).filter(pl.col("orders") >= FEWEST)
    asked = account.returns.filter(pl.col("requested_on").is_between(first, day))
    asked = asked.join(account.orders.select("order_id", of_order="sku"), on="order_id", how="left")
    asked = asked.with_columns(
        sku=pl.coalesce("sku", "of_order"), reason=pl.col("reason").fill_null(say("reasons.untold"))
    )
    asked = asked.unique(["order_id", "sku", "reason"], maintain_order=True)
    whole = asked.group_by("sku").agg(returns=pl.col("order_id").n_unique())
    counted = asked.group_by("sku", "reason").agg(numerator=pl.col("order_id").n_unique())
    folded = pl.when(pl.col("numerator") < FEWEST_RETURNS).then(pl.lit(say("reasons.other"))).otherwise("reason")
    counted = counted.with_columns(reason=folded).group_by("sku", "reason").agg(pl.col("numerator").sum())
    found = counted.join(whole, on="sku").join(by_sku, on="sku").join(_refunded(account, sold), on="sku", how="left")
    return (
        found.with_columns(account=pl.lit(account.id), refunded=pl.col("refunded"), denominator="orders")
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["returned"].items())
        .sort("returns", "sku", "numerator", "reason", descending=[True, False, True, False])
    )


def _refunded(account: Account, sold: pl.DataFrame) -> pl.DataFrame:
    """By SKU, the orders whose payments post a refund; null for every SKU where the files hold no payments."""
    money = account.money.drop_nulls("order_id")
    if money.is_empty():
        return pl.DataFrame(schema={"sku": pl.String, "refunded": pl.Int64})
    back = money.filter(
        pl.col("type").str.to_lowercase().str.contains("refund|erstattung|remboursement|rimborso|reembolso")
    )
    refunded = sold.join(back.select("order_id").unique(), on="order_id", how="semi")
    none = sold.drop_nulls("sku").select("sku").unique().with_columns(refunded=pl.lit(0, pl.Int64))
    counted = refunded.group_by("sku").agg(counted=pl.len().cast(pl.Int64))
    return none.join(counted, on="sku", how="left").select("sku", refunded=pl.coalesce("counted", "refunded"))
