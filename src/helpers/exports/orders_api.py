"""Orders of the marketplace's API (version 2026-01-01, JSON) → the `items` frame, and `shipments`, one row a package.

Late is an order whose first package was confirmed (`createdTime`) after the last moment to ship, or that was not
confirmed when it was due. `shipTime` is what the seller typed, and decides nothing. The lines of rejected rows are the
places of the orders in the file. Source: model of the Orders API 2026-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from helpers.exports.content import Content
from helpers.exports.items import FULFILMENT, STATUSES, is_by_last_update, local_day, status, zone
from helpers.exports.reading import ORDER_ID, Known, Reading, counted, days
from helpers.frames import MOMENT, SCHEMAS, last_day
from helpers.targets import marketplaces, stores
from helpers.vocabulary import MERCHANT

ORDER = {
    "line": pl.Int64,
    "order_id": pl.String,
    "marketplace": pl.String,
    "fulfilment": pl.String,
    "purchased_at": MOMENT,
    "updated_at": MOMENT,
    "status": pl.String,
    "is_replacement": pl.Boolean,
    "ship_service": pl.String,
    "ship_country": pl.String,
    "ship_state": pl.String,
    "ship_by": MOMENT,
    "promised_by": MOMENT,
}
ITEM = {"line": pl.Int64, "item_status": pl.String, "is_buyer_requested": pl.Boolean, "units": pl.Int64}
ITEM |= {"value": pl.Decimal(18, 2), "currency": pl.String, "sku": pl.String, "asin": pl.String}
PACKAGE = {"line": pl.Int64, "confirmed_at": MOMENT, "shipped_at": MOMENT, "carrier": pl.String}
PACKAGE |= {"tracking_id": pl.String}
OTHER_SHOP = "non-amazon"


def recognises(content: Content) -> bool:
    orders = [one for page in _pages(content.json) for one in _dicts(page["orders"])]
    return any("orderId" in one and "fulfillment" in one for one in orders) or (
        not orders and any("pagination" in page for page in _pages(content.json))
    )


def read(text: bytes, known: Known) -> Reading:
    """The orders of the page or pages: items, and packages beside them; an unconfirmed order has one row there."""
    pages = _pages(Content(text).json)
    said = list(enumerate((_dict(one) for page in pages for one in page["orders"]), 1))
    orders = pl.DataFrame([_order(line, one) for line, one in said], schema=ORDER, orient="row").with_columns(
        status("status")
    )
    here = orders.get_column("marketplace")
    day = local_day("purchased_at", known.settings, here)
    orders = orders.with_columns(day.alias("day"))
    orders = orders.with_columns(
        pl.coalesce(local_day("updated_at", known.settings, here), "day").alias("updated_on"),
        reason=pl.when(~pl.col("order_id").str.contains(ORDER_ID))
        .then(pl.lit("no order number"))
        .when(pl.col("purchased_at").is_null())
        .then(pl.lit("purchase time not readable"))
        .when(pl.col("day") > min(known.latest, known.today))
        .then(pl.lit("purchase date in the future"))
        .when(pl.col("fulfilment").is_null())
        .then(pl.lit("fulfilled neither by MERCHANT nor by AMAZON"))
        .when(pl.col("status") == "")
        .then(pl.lit("no order status")),
    )
    good = orders.filter(pl.col("reason").is_null())
    items = pl.DataFrame([row for line, one in said for row in _items(line, one)], schema=ITEM, orient="row")
    packages = pl.DataFrame([row for line, one in said for row in _packages(line, one)], schema=PACKAGE, orient="row")
    rows = good.join(items.with_columns(status("item_status")), on="line", how="left", maintain_order="left")
    has_more = any(_dict(page.get("pagination")).get("nextToken") for page in pages[-1:])
    first, last = days(good, "day")
    newest = last_day(good.get_column("updated_on"))
    moments = _moments(pages, good, packages)
    in_past = [moment for moment in moments if moment.astimezone(ZoneInfo(zone(known.settings))).date() <= known.today]
    parcels = _shipments(good, packages, max(in_past, default=None), known)
    is_by_update = is_by_last_update(good) or any("lastUpdatedBefore" in page for page in pages)
    warnings = ("more pages follow: these orders are not the whole period",) if has_more else ()
    warnings += counted(len(moments) - len(in_past), "moments in the future, left out")
    warnings += ("asked for by last update: its orders do not stand for a period",) if is_by_update else ()
    is_store = pl.col("marketplace").is_in([*stores(known.settings.marketplaces), OTHER_SHOP])
    warnings += counted(good.filter(~is_store).height, "orders of a store the kit does not know")
    warnings += counted(
        good.filter(~pl.col("status").is_in(STATUSES)).height, "orders with a status the kit does not know"
    )
    silent = good.filter(pl.col("status") == "shipped", pl.col("fulfilment") == MERCHANT)
    silent = silent.join(packages, on="line", how="anti")
    warnings += counted(silent.height, "shipped orders without packages, not known to be late (ask for PACKAGES)")
    return Reading(
        rows=rows.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["items"].items()),
        rejected=tuple(orders.filter(pl.col("reason").is_not_null()).select("line", "reason").iter_rows()),
        also={"shipments": parcels},
        kept=good.height,
        first_day=first,
        last_day=last,
        reaches=newest - timedelta(days=1) if newest else None,
        covers=None if has_more or is_by_update else "orders",
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        warnings=warnings,
    )


def _shipments(orders: pl.DataFrame, packages: pl.DataFrame, taken_at: datetime | None, known: Known) -> pl.DataFrame:
    """The packages of the orders the seller fulfils. Each row says whether its order is late, so count orders."""
    first = packages.group_by("line").agg(first_at=pl.col("confirmed_at").min(), number=pl.len())
    is_due = (pl.col("status") == "unshipped") & (pl.col("ship_by") < pl.lit(taken_at, MOMENT))
    is_late = (
        pl.when(pl.col("number").is_not_null()).then(pl.col("first_at") > pl.col("ship_by")).when(is_due).then(True)
    )
    seen_on = local_day("taken_at", known.settings, orders.get_column("marketplace"))
    merchant = orders.filter(fulfilment=MERCHANT).join(first, on="line", how="left", maintain_order="left")
    rows = (
        merchant.with_columns(taken_at=pl.lit(taken_at, MOMENT))
        .with_columns(is_late=is_late, known_on=pl.when(pl.col("number").is_null()).then(seen_on))
        .join(packages, on="line", how="left", maintain_order="left")
    )
    told = {name: pl.col(name) for name in SCHEMAS["shipments"] if name in rows.columns}
    told |= {"order_day": pl.col("day"), "outcome": pl.col("status")}
    return rows.select(
        told.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["shipments"].items()
    )


def _moments(pages: list[dict], orders: pl.DataFrame, packages: pl.DataFrame) -> list[datetime]:
    """The newest moments [UTC] in the file, one a kind: what was not confirmed by the last of them is open."""
    asked = [_moment(page.get(name)) for page in pages for name in ("createdBefore", "lastUpdatedBefore")]
    told = [*asked, orders.get_column("updated_at").max(), packages.get_column("confirmed_at").max()]
    return [moment for moment in told if moment is not None]


def _pages(said: Any) -> list[dict]:
    """The pages of one file: one page, a list of pages, or a bare list of orders."""
    if isinstance(said, dict):
        inside = said if isinstance(said.get("orders"), list) else _dict(said.get("payload"))
        return [inside] if isinstance(inside.get("orders"), list) else []
    found = [page for one in _dicts(said) for page in _pages(one)]
    return found or ([{"orders": said}] if any("orderId" in one for one in _dicts(said)) else [])


def _order(line: int, one: dict) -> tuple:
    shipping, channel = _dict(one.get("fulfillment")), _dict(one.get("salesChannel"))
    address = _dict(_dict(one.get("recipient")).get("deliveryAddress"))
    names = {store.id: store.name for store in marketplaces().values()}
    store = names.get(_text(channel.get("marketplaceId")), _text(channel.get("marketplaceName")).lower())
    related = [_text(other.get("associationType")) for other in _dicts(one.get("associatedOrders"))]
    return (
        line,
        _text(one.get("orderId")),
        OTHER_SHOP if _text(channel.get("channelName")) == "NON_AMAZON" else store,
        FULFILMENT.get(_text(shipping.get("fulfilledBy")).lower()),
        _moment(one.get("createdTime")),
        _moment(one.get("lastUpdatedTime")) or _moment(one.get("createdTime")),
        _text(shipping.get("fulfillmentStatus")),
        "REPLACEMENT_ORIGINAL_ID" in related,
        _text(shipping.get("fulfillmentServiceLevel")) or None,
        _text(address.get("countryCode")) or None,
        _text(address.get("stateOrRegion")) or None,
        _moment(_dict(shipping.get("shipByWindow")).get("latestDateTime")),
        _moment(_dict(shipping.get("deliverByWindow")).get("latestDateTime")),
    )


def _items(line: int, one: dict) -> Iterator[tuple]:
    for item in _dicts(one.get("orderItems")):
        product, done = _dict(item.get("product")), _dict(item.get("fulfillment"))
        price = _dict(_dict(product.get("price")).get("unitPrice"))
        asked = _dict(_dict(item.get("cancellation")).get("cancellationRequest")).get("requester")
        units, amount = _whole(item.get("quantityOrdered")), _amount(price.get("amount"))
        is_shipped = bool(_whole(done.get("quantityFulfilled"))) and not _whole(done.get("quantityUnfulfilled"))
        yield (
            line,
            "shipped" if is_shipped else "unshipped",
            None if asked is None else asked == "BUYER",
            units,
            None if amount is None or units is None else amount * units,
            _text(price.get("currencyCode")) or None,
            _text(product.get("sellerSku")) or None,
            _text(product.get("asin")) or None,
        )


def _packages(line: int, one: dict) -> Iterator[tuple]:
    for package in _dicts(one.get("packages")):
        moments = (_moment(package.get("createdTime")), _moment(package.get("shipTime")))
        yield line, *moments, _text(package.get("carrier")) or None, _text(package.get("trackingNumber")) or None


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1_000_000 else None


def _amount(value: Any) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return round(amount, 2) if amount.is_finite() and abs(amount) < 1_000_000_000 else None


def _moment(value: Any) -> datetime | None:
    """A moment with its offset; null for one without, or one outside the years of any order."""
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and 1990 < moment.year < 2200 else None
