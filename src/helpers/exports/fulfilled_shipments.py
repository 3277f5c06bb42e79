"""Fulfilled Shipments report (shipped by Amazon) → the `items` frame, and `shipments`, one row a parcel.

It holds what was shipped, not what was ordered: it covers no period, and All Orders always knows better.
Source: fulfilment reports documentation of the marketplace's API; columns seen in real files.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from helpers.exports import flat
from helpers.exports.content import Content
from helpers.exports.items import local_day
from helpers.exports.reading import ORDER_ID, Known, Reading, counted, days
from helpers.frames import MOMENT, SCHEMAS, last_day
from helpers.vocabulary import AMAZON

# our column → the report's; nothing about the buyer is among them, so nothing about the buyer is read
COLUMNS = {
    "order_id": "amazon-order-id",
    "shipment_id": "shipment-id",
    "purchased_at": "purchase-date",
    "shipped_at": "shipment-date",
    "promised_by": "estimated-arrival-date",
    "sku": "sku",
    "units": "quantity-shipped",
    "value": "item-price",
    "currency": "currency",
    "carrier": "carrier",
    "tracking_id": "tracking-number",
    "marketplace": "sales-channel",
    "ship_service": "ship-service-level",
    "ship_country": "ship-country",
    "ship_state": "ship-state",
}


def recognises(content: Content) -> bool:
    return content.has("amazon-order-id", "shipment-id", "shipment-date")


def read(text: bytes, known: Known) -> Reading:
    """The file's items, and its parcels beside them. An order without a readable time of purchase is only a parcel."""
    cells, _ = flat.chosen(text, COLUMNS)
    told = cells.get_column("purchased_at").is_not_null()
    rows = cells.with_columns(
        pl.col("order_id").fill_null(""),
        *(flat.moment(name) for name in ("purchased_at", "shipped_at", "promised_by")),
        pl.col("marketplace").str.to_lowercase().fill_null(""),
        pl.col("units").cast(pl.Int64, strict=False),
        pl.col("value").cast(pl.Decimal(18, 2), strict=False),
        is_told=told,
    )
    unread = rows.filter(pl.col("is_told"), pl.col("purchased_at").is_null()).height
    rows = rows.with_columns(pl.col("purchased_at").max().over("order_id"))
    stores = rows.get_column("marketplace")
    rows = rows.with_columns(
        local_day("purchased_at", known.settings, stores).alias("day"),
        local_day("shipped_at", known.settings, stores).alias("shipped_on"),
    )
    fault = (
        pl.when(~pl.col("order_id").str.contains(ORDER_ID))
        .then(pl.lit("no order number (cut line?)"))
        .when(pl.max_horizontal("day", "shipped_on") > known.latest)
        .then(pl.lit("date in the future"))
    )
    rows = rows.with_columns(fault.alias("reason"))
    good = rows.filter(pl.col("reason").is_null())
    ordered = good.drop_nulls("day")
    first, _ = days(ordered, "day")
    last = last_day(good.get_column("shipped_on"))
    nameless = good.filter(pl.col("day").is_null())
    damaged = good.filter(pl.col("tracking_id").str.contains(r"^\d(?:[.,]\d+)?E\+\d+$")).height
    return Reading(
        rows=_items(ordered),
        rejected=tuple(rows.filter(pl.col("reason").is_not_null()).select(flat.LINE, "reason").iter_rows()),
        also={"shipments": _parcels(good)},
        kept=good.height,
        first_day=first,
        last_day=last,
        reaches=last - timedelta(days=1) if last else None,
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        warnings=counted(unread, "purchase times not readable, taken from another row of the order where there is one")
        + counted(nameless.get_column("order_id").n_unique(), "orders without a purchase time, in no rate")
        + counted(damaged, "tracking numbers damaged by a spreadsheet (5.8E+13)"),
    )


def _items(rows: pl.DataFrame) -> pl.DataFrame:
    told = {name: pl.col(name) for name in SCHEMAS["items"] if name in rows.columns}
    told |= {"updated_on": pl.col("day"), "fulfilment": pl.lit(AMAZON), "is_replacement": pl.lit(False)}
    told |= {"status": pl.lit("shipped"), "item_status": pl.lit("shipped")}
    return rows.select(told.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["items"].items())


def _parcels(rows: pl.DataFrame) -> pl.DataFrame:
    """One row an order and parcel. A row without a parcel's number is a parcel of its own."""
    own = pl.coalesce("shipment_id", pl.col(flat.LINE).cast(pl.String))
    parcels = rows.group_by("order_id", own.alias("shipment_id"), maintain_order=True).agg(
        pl.col("marketplace", "day", "shipped_at", "promised_by", "carrier", "tracking_id").first(),
        pl.col("units").sum(),
    )
    told = {name: pl.col(name) for name in SCHEMAS["shipments"] if name in parcels.columns}
    told |= {"order_day": pl.col("day"), "fulfilment": pl.lit(AMAZON), "shipped_at": pl.col("shipped_at").cast(MOMENT)}
    return parcels.select(
        told.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["shipments"].items()
    )
