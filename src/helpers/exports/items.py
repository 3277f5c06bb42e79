"""Items of orders from all files → one row an order; the words of an order; the store-local day of a moment."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from helpers import targets
from helpers.exports.settings import Settings
from helpers.frames import SCHEMAS, span
from helpers.targets import time_zone
from helpers.vocabulary import AMAZON, MERCHANT

FULFILMENT = {"amazon": AMAZON, "afn": AMAZON, "fba": AMAZON}
FULFILMENT |= dict.fromkeys(("merchant", "mfn", "fbm", "seller", "verkäufer"), MERCHANT)
STATUSES = (
    "pending",
    "unshipped",
    "partiallyshipped",
    "shipping",
    "shipped",
    "cancelled",
    "unfulfillable",
    "invoiceunconfirmed",
)


def status(name: str) -> pl.Expr:
    """An order status in our spelling: what stands before ` - `, lower-case, without blanks; empty where unknown."""
    word = pl.col(name).str.split(" - ").list.first().str.to_lowercase().str.replace_all(r"[\s_-]", "")
    return word.replace("canceled", "cancelled").fill_null("").alias(name)


def is_by_last_update(items: pl.DataFrame) -> bool:
    """A download by last update returns old orders again: purchases over months, updates over days."""
    if items.is_empty():
        return False
    ends = (span(items.get_column(name)) for name in ("day", "updated_on"))
    bought, updated = (last - first for first, last in ends)
    return bought > timedelta(days=31) and updated < bought / 4


def local_day(moment: str, settings: Settings, stores: pl.Series) -> pl.Expr:
    """The day of a moment [UTC] in the zone of the row's own `marketplace`; in the account's where that is unknown.

    stores   the marketplaces of the rows, so that only their zones are worked out
    """
    return targets.local_day(moment, zone(settings), stores)


def zone(settings: Settings) -> str:
    """The account's own time zone: as it says, else that of its first store."""
    return settings.time_zone or time_zone(settings.marketplaces[0], "UTC")


def orders(items: pl.DataFrame, account: str) -> pl.DataFrame:
    """One row an order from the items of all files: the `orders` frame.

    Of each order all rows of the file with the newest last-updated-date are taken, and no others; on a tie the first
    file by name. A file that does not say when an order last changed never wins over one that does. sku and asin are
    those of its first item.
    """
    versions = items.group_by("order_id", "source_file").agg(pl.col("updated_at").max())
    newest = versions.sort("order_id", "updated_at", "source_file", descending=[False, True, False], nulls_last=True)
    chosen = newest.unique("order_id", keep="first", maintain_order=True).select("order_id", "source_file")
    of_order = items.join(chosen, on=["order_id", "source_file"], how="semi").sort("source_file", "line")
    same = ("marketplace", "fulfilment", "purchased_at", "updated_at", "day", "updated_on", "status", "currency")
    same += ("sku", "asin", "ship_service", "ship_country", "ship_state", "source_file")
    is_cancelled = pl.col("status").first() == "cancelled"
    grouped = of_order.group_by("order_id", maintain_order=True).agg(
        *(pl.col(name).first() for name in same if name != "currency"),
        pl.col("currency").drop_nulls().first(),
        pl.col("units").sum(),
        pl.col("value").sum(),
        account=pl.lit(account),
        is_cancelled=is_cancelled,
        is_buyer_requested=pl.col("is_buyer_requested").any(ignore_nulls=False),
        has_cancelled_item=~is_cancelled & (pl.col("item_status") == "cancelled").any(),
        is_replacement=pl.col("is_replacement").any(),
    )
    return grouped.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["orders"].items()).sort(
        "purchased_at", "order_id"
    )
