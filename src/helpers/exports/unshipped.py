"""Unshipped Orders report, a snapshot of the open orders the seller fulfils → the `shipments` frame, one row an item.

A confirmed or cancelled order leaves the report, so an order that is still in it after its promise is late; one that
is not yet due says nothing. The report cannot be had again: the days between two snapshots are unseen.
Source: order reports documentation of the marketplace's API; columns seen in real files.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from helpers.exports import flat
from helpers.exports.content import Content
from helpers.exports.dates import TOMORROW
from helpers.exports.items import local_day, zone
from helpers.exports.reading import ORDER_ID, Known, Reading, counted
from helpers.frames import SCHEMAS
from helpers.targets import marketplaces, time_zone
from helpers.vocabulary import MERCHANT

# our column → the report's; nothing about the buyer is among them, so nothing about the buyer is read
COLUMNS = {
    "order_id": "order-id",
    "purchased_at": "purchase-date",
    "reported_at": "reporting-date",
    "ship_by": "promise-date",
    "days_past": "days-past-promise",
    "units": "quantity-to-ship",
    "ship_service": "ship-service-name",
    "marketplace": "sales-channel",  # only in some layouts; it goes before the ship service
}


def recognises(content: Content) -> bool:
    return content.has("order-id", "promise-date", "days-past-promise")


def read(text: bytes, known: Known) -> Reading:
    """The open items of the file: `is_late` true when overdue, null when not yet due."""
    cells, _ = flat.chosen(text, COLUMNS)
    named = {name: _store(name) for name in cells.get_column("ship_service").unique().drop_nulls()}
    items = cells.with_columns(
        pl.col("order_id").fill_null(""),
        *(flat.moment(name) for name in ("purchased_at", "reported_at", "ship_by")),
        pl.col("days_past").cast(pl.Int16, strict=False),  # 90 years
        pl.col("units").cast(pl.Int64, strict=False),
        marketplace=pl.coalesce(
            pl.col("marketplace").str.to_lowercase(),
            pl.col("ship_service").replace_strict(named, default=None, return_dtype=pl.String),
        ),
    )
    day = local_day("purchased_at", known.settings, items.get_column("marketplace"))
    fault = (
        pl.when(~pl.col("order_id").str.contains(ORDER_ID))
        .then(pl.lit("no order number (cut line?)"))
        .when(pl.col("ship_by").is_null())
        .then(pl.lit("promise date not readable"))
        .when(day > known.latest)
        .then(pl.lit("purchase date in the future"))
    )
    items = items.with_columns(day.alias("order_day"), fault.alias("reason"))
    open_items = items.filter(pl.col("reason").is_null())
    earliest, latest = taken_between(open_items)
    taken_on = known.taken_on
    stores = open_items.get_column("marketplace").drop_nulls().unique()
    if taken_on is None and earliest is not None:
        here = time_zone(stores[0], zone(known.settings)) if len(stores) == 1 else zone(known.settings)
        # A promise ends in the last second of a day: a file a day before or after it was made after that second.
        told_on = (earliest + timedelta(seconds=1)).astimezone(ZoneInfo(here)).date()
        taken_on = told_on if told_on <= known.today + TOMORROW else None
    told = {"fulfilment": pl.lit(MERCHANT), "outcome": pl.lit("open"), "known_on": pl.lit(taken_on)}
    told |= {"is_late": pl.when(pl.col("days_past") >= 0).then(True)}
    told |= {name: pl.col(name) for name in ("order_id", "marketplace", "order_day", "ship_by", "units")}
    return Reading(
        rows=open_items.select(
            told.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["shipments"].items()
        ),
        rejected=tuple(items.filter(pl.col("reason").is_not_null()).select(flat.LINE, "reason").iter_rows()),
        first_day=taken_on,
        last_day=taken_on,
        reaches=taken_on - timedelta(days=1) if taken_on else None,
        covers="unshipped" if taken_on else None,
        marketplaces=tuple(sorted(stores)),
        warnings=_warnings(open_items, earliest, latest),
    )


def _store(service: str) -> str | None:
    """The store a ship service names: `Std UK Dom_1` is one of amazon.co.uk, wherever the parcel goes."""
    countries = {store.country: store.name for store in marketplaces().values()}
    words = ["GB" if word == "UK" else word for word in re.split(r"[^A-Za-z]+", service)]
    return next((countries[word] for word in words if word in countries), None)


def taken_between(items: pl.DataFrame) -> tuple[datetime | None, datetime | None]:
    """When the file was taken: not before the first moment [UTC], before the second; None where no row tells.

    `days_past` is the floor of (now - promise) in days, so every row pins the moment to one day.
    """
    counted_days = pl.duration(days=pl.col("days_past"))
    ends = items.select(
        earliest=pl.max_horizontal(
            (pl.col("ship_by") + counted_days).max(), pl.col("reported_at", "purchased_at").max()
        ),
        latest=(pl.col("ship_by") + counted_days + pl.duration(days=1)).min(),
    )
    return ends.row(0)


def compared(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Two snapshots of open orders: `order_id` and `state`, one row an order, sorted by number.

    before, after   `shipments` frames of one file each
    state   still_open, left (shipped or cancelled: the snapshots do not say which) or new
    """
    was, now = (frame.select("order_id").unique().with_columns(is_there=True) for frame in (before, after))
    both = was.join(now, on="order_id", how="full", coalesce=True, suffix="_now")
    state = pl.when(pl.col("is_there").is_null()).then(pl.lit("new"))
    state = state.when(pl.col("is_there_now").is_null()).then(pl.lit("left")).otherwise(pl.lit("still_open"))
    return both.select("order_id", state=state).sort("order_id")


def _warnings(items: pl.DataFrame, earliest: datetime | None, latest: datetime | None) -> tuple[str, ...]:
    said = counted(items.get_column("marketplace").null_count(), "rows that name no store")
    unread = items.get_column("days_past").null_count()
    said += counted(unread, "rows without a readable days-past-promise, not known to be late")
    if earliest is not None and latest is not None and earliest >= latest:
        said += ("the rows cannot all have been written at one moment: was the file put together from several?",)
    return said
