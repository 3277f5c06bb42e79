"""All Orders report, every layout from 29 to 91 columns → the `items` frame.

Most files have no id of an item: equal rows are two units, so a row is never dropped for being like another. (Since 2026
a file can hold `order-item-id`; it is not read.)
Source: order reports documentation of the marketplace's API; columns seen in real files.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from helpers.exports import flat, posted
from helpers.exports.content import Content
from helpers.exports.items import FULFILMENT, STATUSES, is_by_last_update, local_day, status
from helpers.exports.reading import ORDER_ID, Known, Reading, asking, counted, dates_question, days
from helpers.exports.settings import Dates
from helpers.frames import SCHEMAS, last_day
from helpers.targets import stores
from helpers.vocabulary import Question

IN_FUTURE = "purchase date in the future"
MOST = 1_000_000_000  # units or money of one row; more is damage, and sums of it would not fit
METRICS_OF_ORDERS = ("order_defect_rate", "cancellation_rate", "late_shipment_rate")
RESAVED = "saved again by another program, which cut the zone off: its times are read as UTC, a day off at most"
# our column → the report's; nothing about the buyer is among them, so nothing about the buyer is read
COLUMNS = {
    "order_id": "amazon-order-id",
    "purchased_at": "purchase-date",
    "updated_at": "last-updated-date",
    "status": "order-status",
    "fulfilment": "fulfillment-channel",
    "marketplace": "sales-channel",
    "item_status": "item-status",
    "units": "quantity",
    "value": "item-price",
    "currency": "currency",
    "sku": "sku",
    "asin": "asin",
    "ship_service": "ship-service-level",
    "ship_country": "ship-country",
    "ship_state": "ship-state",
    "is_replacement": "is-replacement-order",
    "is_buyer_requested": "is-buyer-requested-cancellation",
}


def recognises(content: Content) -> bool:
    return content.has("amazon-order-id", "order-status")


def read(text: bytes, known: Known) -> Reading:
    """The file's items: the `items` frame."""
    cells, present = flat.chosen(text, COLUMNS)
    left = posted.readings(cells.get_column("purchased_at"))
    items = cells.with_columns(
        pl.col("order_id").fill_null(""),
        *(_moments(cells, name, left, known) for name in ("purchased_at", "updated_at")),
        status("status"),
        status("item_status"),
        fulfilment_said=pl.col("fulfilment"),
        fulfilment=pl.col("fulfilment").str.to_lowercase().replace_strict(FULFILMENT, default=None),
        marketplace=pl.col("marketplace").str.to_lowercase().fill_null(""),
        units_said=pl.col("units"),
        units=_number("units", pl.Int64),
        value_said=pl.col("value"),
        value=_number("value", pl.Decimal(18, 2)),
        is_replacement=pl.col("is_replacement").str.to_lowercase() == "true",
        is_buyer_requested=_boolean("is_buyer_requested"),
    )
    here = items.get_column("marketplace")
    items = items.with_columns(
        local_day("purchased_at", known.settings, here).alias("day"),
        local_day("updated_at", known.settings, here).alias("updated_on"),
    )
    is_possible = pl.col("updated_on") <= known.latest
    items = items.with_columns(
        reason=_fault(known.latest),
        is_undated="updated_at" in present and ~is_possible.fill_null(False),
        updated_at=pl.coalesce(pl.when(is_possible).then("updated_at"), "purchased_at"),
        updated_on=pl.coalesce(pl.when(is_possible).then("updated_on"), "day"),
    )
    bad = items.filter(pl.col("reason").is_not_null())
    good = items.filter(pl.col("reason").is_null())
    if question := _question(cells, left, known):
        lost = bad.filter(pl.col("reason") != IN_FUTURE)  # the other reading can be one of the past
        return asking("items", question, items.height - lost.height, lost.select(flat.LINE, "reason").iter_rows())
    first, last = days(good, "day")
    newest = last_day(good.get_column("updated_on"))
    is_by_update = is_by_last_update(good)
    return Reading(
        rows=good.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["items"].items()),
        rejected=tuple(bad.select(flat.LINE, "reason").iter_rows()),
        rejected_on=dict(
            bad.filter(pl.col("day") <= known.today, ~flat.is_over()).select(flat.LINE, "day").iter_rows()
        ),
        first_day=first,
        last_day=last,
        reaches=newest - timedelta(days=1) if newest else None,
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        covers=None if is_by_update else "orders",
        warnings=_warnings(good, present, known) + ((RESAVED,) if left else ()),
        report="all_orders_by_last_update" if is_by_update else "all_orders",
    )


def _moments(cells: pl.DataFrame, name: str, left: list[str], known: Known) -> pl.Expr | pl.Series:
    """A column as moments: ISO times; or, in a file another program saved again, days written with figures and slashes.

    left   what 03/09/2025 can mean in it (posted.readings); none in a file as it was downloaded
    """
    if not left:
        return flat.moment(name)
    said = known.columns.dates if known.columns else None
    zone = said.zone if isinstance(said, Dates) and said.zone else "UTC"
    return posted.moments(cells.get_column(name), zone, _told(known) or left[0]).alias(name)


def _told(known: Known) -> str | None:
    """How account.toml says the file's days are written."""
    said = known.columns.dates if known.columns else None
    written = said.format if isinstance(said, Dates) else said
    return written.removesuffix("/y") if written else None


def _question(cells: pl.DataFrame, left: list[str], known: Known) -> Question | None:
    if len(left) < 2 or _told(known):
        return None
    return dates_question(known, cells.get_column("purchased_at"), left, METRICS_OF_ORDERS)


def _number(name: str, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
    number = pl.col(name).cast(dtype, strict=False)
    return pl.when(number.abs() <= MOST).then(number)


def _boolean(name: str) -> pl.Expr:
    return pl.col(name).str.to_lowercase().replace_strict({"true": True, "false": False}, default=None).alias(name)


def _fault(latest: date) -> pl.Expr:
    """Why a row cannot be used, null for a good one."""
    return (
        pl.when(~pl.col("order_id").str.contains(ORDER_ID))
        .then(pl.lit("no order number (cut line?)"))
        .when(pl.col("purchased_at").is_null())
        .then(pl.lit("purchase date not readable"))
        .when(pl.col("day") > latest)
        .then(pl.lit(IN_FUTURE))
        .when(_is_shifted())
        .then(pl.lit("more fields than columns (a tab inside a text?)"))
        .when(pl.col("fulfilment").is_null())
        .then(pl.lit("fulfilment channel neither Amazon nor Merchant"))
        .when(pl.col("status") == "")
        .then(pl.lit("no order status"))
    )


def _is_shifted() -> pl.Expr:
    """A tab inside a text moves what follows: fields left over, or a word for the quantity and none for the currency."""
    is_no_number = pl.col("units_said").is_not_null() & pl.col("units").is_null()
    return flat.is_over() | (is_no_number & ~pl.col("currency").str.contains("^[A-Z]{3}$"))


def _warnings(items: pl.DataFrame, present: frozenset[str], known: Known) -> tuple[str, ...]:
    def number(condition: pl.Expr) -> int:
        return items.filter(condition).height

    is_foreign = ~pl.col("marketplace").is_in(stores(known.settings.marketplaces)) & ~pl.col(
        "marketplace"
    ).str.starts_with("non-amazon")
    cut = (
        pl.col("is_buyer_requested").is_null()
        & (pl.col("status") == "cancelled")
        & (pl.col("fulfilment") == "merchant")
    )
    said = counted(number(pl.col("sku").str.contains(r"^\d\.\d+E\+\d+$")), "SKUs damaged by a spreadsheet (5.8E+13)")
    said += counted(
        number(pl.col("value").is_null() & pl.col("value_said").is_not_null()), "prices not readable, left empty"
    )
    said += counted(
        number(pl.col("units").is_null() & pl.col("units_said").is_not_null()), "quantities not readable, left empty"
    )
    said += counted(number(pl.col("is_undated")), "rows without a last-updated-date that can be, taken as of purchase")
    said += counted(number(~pl.col("status").is_in(STATUSES)), "rows with a status the kit does not know")
    said += counted(number(is_foreign), "rows of a store the kit does not know, dated in the account's time zone")
    if "is_buyer_requested" not in present:
        said += ("the column is-buyer-requested-cancellation is missing: cancellations are an upper bound",)
    else:
        said += counted(
            number(cut), "cancelled rows that do not say whether the buyer asked (cancellations are an upper bound)"
        )
    if is_by_last_update(items):
        said += ("downloaded by last update, not by order date: its orders do not stand for a period",)
    return said
