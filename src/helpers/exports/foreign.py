"""Plain tables of any other marketplace (delimited text or Parquet), through `[columns]` in account.toml.

`report = "orders"`, `"feedback"` or `"shipments"`, and a map of our columns to the table's. Order numbers of any form.
Rows that contradict themselves are kept and counted aloud; rows without what they cannot do without are rejected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from helpers.exports import flat, foreign_rows, mapped
from helpers.exports.all_orders import METRICS_OF_ORDERS
from helpers.exports.content import Content
from helpers.exports.described import OF_FULFILMENT, TABLE, Described
from helpers.exports.foreign_rows import COLUMNS, FLAGS, KNOWN_STATUSES, SHIPPING
from helpers.exports.reading import Known, Reading, counted, days
from helpers.frames import MOMENT, SCHEMAS, first_day, last_day
from helpers.vocabulary import FURTHER, Question
from helpers.wording import count, plural

YEAR = pl.duration(days=366)
CANCELLED = re.compile(r"(?i)(?:date )?cancell?ed(?:[ _](?:at|on|date))?|cancell?ation[ _]date")  # Shopify and others
OPEN = ("unshipped", "partiallyshipped")  # what an order not yet confirmed as shipped is called
METRICS_OF_FEEDBACK = ("order_defect_rate", "negative_feedback_rate", "feedback_score")

_WORDS = OF_FULFILMENT | {"status": KNOWN_STATUSES, "item_status": KNOWN_STATUSES, "marketplace": ()}
_SHIPPED = ("shipped_at", "confirmed_at")
ORDERS = Described(
    (*TABLE, "marks"),
    COLUMNS,
    MappingProxyType(_WORDS),
    FLAGS,
    (("order_id",), ("purchased_at",)),
    MappingProxyType(
        {
            "cancellation_rate": (("status", "cancelled_at"),),
            "late_shipment_rate": (("ship_by",), _SHIPPED),
            "valid_tracking_rate": (("is_valid",),),
            "on_time_delivery_rate": (("promised_by",), ("delivered_at",)),
        }
    ),
)
SHIPMENTS = Described(
    (*ORDERS.keys, "rows_are"),
    COLUMNS,
    ORDERS.words,
    FLAGS,
    (("order_id",),),
    MappingProxyType({rate: groups for rate, groups in ORDERS.tells.items() if rate != "cancellation_rate"}),
)
# the page of docs/maps with a whole map → the headers of its order number and its day of purchase
PAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ebay": ("Order Number", "Sale Date"),
        "etsy": ("Order ID", "Sale Date"),
        "shopify": ("Name", "Created at"),
        "walmart": ("PO#", "Order Date"),
    }
)
FEEDBACK = Described(
    (*TABLE, "taken_on"),
    ("order_id", "received_on", "stars", "comment", "marketplace"),
    MappingProxyType({"marketplace": ()}),
    needs=(("order_id",), ("received_on",), ("stars",)),
    tells=MappingProxyType({"negative_feedback_rate": (("stars",),)}),
)


def recognises(content: Content) -> bool:
    """Never: no content shows what the columns of an unknown table mean."""
    return False


def orders(text: bytes, known: Known) -> Reading:
    """The table's orders: `items`; and `shipments` when it tells of shipping. Raises ExportError for a missing column."""
    table = mapped.table(text, known)
    if (asking := foreign_rows.whose(table, known, "items", METRICS_OF_ORDERS)) is not None:
        return asking
    rows = foreign_rows.rows(table, known).with_columns(
        reason=pl.coalesce(
            "reason",
            pl.when(pl.col("purchased_at").is_null()).then(pl.lit("no readable purchase date")),
            pl.when(pl.col("status") == "").then(pl.lit("no order status")),
        )
    )
    rows = rows.with_columns(reason=_further(rows), waits=foreign_rows.waiting(rows))
    question, remarks = foreign_rows.asked(table, rows, known, METRICS_OF_ORDERS)
    question = _no_status_at_all(table, rows, known) or question
    left_out, lines = _left_out(text, known, table, rows)
    good = rows.filter(pl.col("reason").is_null(), ~pl.col("waits"))
    first, last = days(rows.filter(pl.col("reason").is_null()), "day")
    newest = last_day(good.get_column("updated_on"))
    return Reading(
        rows=good.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["items"].items()),
        rejected=_rejected(rows),
        rejected_on=_rejected_on(rows),
        waiting=int(rows.get_column("waits").sum()),
        also={"shipments": _shipments(good, table)} if any(table.has(name) for name in (*SHIPPING, "is_valid")) else {},
        first_day=first,
        last_day=last,
        reaches=newest - timedelta(days=1) if newest else None,
        covers="orders",
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        warnings=table.remarks + remarks + _no_status(table) + _said(left_out, lines) + _faults(good, table),
        question=question,
        untold=("cancellation_rate",) if lines else (),
    )


def _no_status_at_all(table: mapped.Table, rows: pl.DataFrame, known: Known) -> Question | None:
    """What to write where no column tells a status and most rows are lost by it: another download would lack it too."""
    lost = rows.filter(reason="no order status").height
    if table.has("status") or 2 * lost <= rows.height:
        return None
    headers = tuple(table.entry.columns.get(name) for name in ("order_id", "purchased_at"))
    page = next((f"docs/maps/{name}.md" for name, own in PAGES.items() if own == headers), "one of those in docs/maps/")
    text = (
        f"{count(lost)} of {plural(rows.height, 'row')} could not be read (no order status): its entry in account.toml maps "
        "no column of a status. If the file has one, map it (status, under columns); if it has none, another download has "
        'none either, so say it for all lines alike: constants = { status = "shipped" }. A whole map of such a file: '
    )
    return Question(known.path, text + page, METRICS_OF_ORDERS)


def _left_out(text: bytes, known: Known, table: mapped.Table, rows: pl.DataFrame) -> tuple[str, int]:
    """The header of a column of cancellations the map leaves out, and on how many usable lines of orders that are not
    cancelled otherwise it is filled; none: "" and 0."""
    header = mapped.header(text, table.entry)
    name = next((one for one in header if CANCELLED.fullmatch(one) and one not in table.entry.columns.values()), "")
    if not name or table.has("cancelled_at"):
        return "", 0
    entry = table.entry.model_copy(update={"columns": {**table.entry.columns, "cancelled_at": name}})
    cells = mapped.filled(mapped.table(text, replace(known, columns=entry)), "cancelled_at")
    is_open = rows.select(pl.col("reason").is_null() & (pl.col("status") != "cancelled")).to_series()
    return name, int((cells & is_open).sum())


def _said(name: str, lines: int) -> tuple[str, ...]:
    """What to write where a filled column of cancellations is left out."""
    text = (
        f'the column "{name}" is filled on {plural(lines, "line")} and not mapped, so no figure of cancellations is shown: '
        f'write cancelled_at = "{name}" under columns in account.toml'
    )
    return (text,) if lines else ()


def _no_status(table: mapped.Table) -> tuple[str, ...]:
    """What to write where no column tells what became of an order."""
    text = 'no column tells a status: map one, or say it for all lines alike: constants = { status = "shipped" }'
    return () if table.has("status") else (text,)


def _further(rows: pl.DataFrame) -> pl.Expr:
    """Why a row cannot be used; another word for one of an order that another row tells: it loses nothing."""
    kept = rows.filter(pl.col("reason").is_null()).get_column("order_id")
    is_kept = pl.col("reason").is_not_null() & pl.col("order_id").is_in(kept.implode()).fill_null(False)
    return pl.when(is_kept).then(pl.format(FURTHER, "reason")).otherwise("reason")


def shipments(text: bytes, known: Known) -> Reading:
    """The table's shipments. Raises ExportError for a missing column."""
    table = mapped.table(text, known)
    if (asking := foreign_rows.whose(table, known, "shipments", tuple(SHIPMENTS.tells))) is not None:
        return asking
    rows = foreign_rows.rows(table, known)
    is_undated = pl.all_horizontal(pl.col(name).is_null() for name in ("order_day", *SHIPPING))
    rows = rows.with_columns(
        reason=pl.coalesce("reason", pl.when(is_undated).then(pl.lit("no readable date of any kind")))
    )
    rows = rows.with_columns(waits=foreign_rows.waiting(rows))
    question, remarks = foreign_rows.asked(table, rows, known, tuple(SHIPMENTS.tells), foreign_rows.WAITING)
    good = rows.filter(pl.col("reason").is_null(), ~pl.col("waits"))
    ship_day = pl.col("ship_by").dt.convert_time_zone(table.zone).dt.date()
    judged = good.select(pl.coalesce("order_day", ship_day)).to_series()
    return Reading(
        rows=_shipments(good, table),
        rejected=_rejected(rows),
        rejected_on=_rejected_on(rows),
        waiting=int(rows.get_column("waits").sum()),
        first_day=first_day(judged),
        last_day=last_day(judged),
        reaches=last_day(judged),
        covers="shipments",
        rows_are=table.entry.rows_are or "all_judged",
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        warnings=table.remarks + remarks + _faults(good, table),
        question=question,
    )


def feedback(text: bytes, known: Known) -> Reading:
    """The table's feedback, the newest first. Raises ExportError for a missing column."""
    table = mapped.table(text, known)
    if (asking := foreign_rows.whose(table, known, "feedback", METRICS_OF_FEEDBACK)) is not None:
        return asking
    rows = pl.DataFrame(
        {
            flat.LINE: table.rows.get_column(flat.LINE),
            "order_id": mapped.text(table, "order_id").replace("", None),
            "marketplace": foreign_rows.stores_of(table, known),
            "received_at": mapped.moment(table, "received_on"),
            "received_on": mapped.day(table, "received_on"),
            "stars": mapped.number(table, "stars"),
            "comment": mapped.text(table, "comment").replace("", None),
        }
    ).with_columns(
        is_negative=pl.col("stars") <= 2,
        is_struck=pl.lit(False),
        source_file=pl.lit(known.path),
        reason=pl.when(pl.col("order_id").is_null())
        .then(pl.lit("no order number"))
        .when(pl.col("marketplace").is_null())
        .then(pl.lit("a store that is none of the account's"))
        .when(pl.col("received_on").is_null())
        .then(pl.lit("no readable date"))
        .when(pl.col("received_on") > min(known.latest, known.today))
        .then(pl.lit("date in the future"))
        .when(~pl.col("stars").is_between(1, 5).fill_null(False))
        .then(pl.lit("rating not 1-5")),
    )
    good = rows.filter(pl.col("reason").is_null()).sort(
        "received_at", descending=True, nulls_last=True, maintain_order=True
    )
    good = good.with_columns(foreign_rows.numbered(known).alias("order_id"))
    first, last = days(good, "received_on")
    taken_on = known.taken_on
    only_bad = good.height > 0 and (good.get_column("stars") < 4).all()
    return Reading(
        rows=good.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["feedback"].items()),
        rejected=_rejected(rows),
        first_day=first,
        last_day=last,
        reaches=taken_on - timedelta(days=1) if taken_on else last,
        marketplaces=tuple(sorted(good.get_column("marketplace").unique())),
        warnings=table.remarks
        + (("no four or five stars in this file: a positive share is refused",) if only_bad else ()),
        report="feedback",
    )


def _shipments(rows: pl.DataFrame, table: mapped.Table) -> pl.DataFrame:
    """Late and on time by the rows' own moments; null where one of the two is not known.

    An order the table itself calls open is late when its last moment to ship lay before the newest thing the table tells;
    not in a table without moments of shipping, which could tell the late ones alone.
    """
    handed_over = pl.coalesce("confirmed_at", "shipped_at")
    tells = any(table.has(name) for name in _SHIPPED)
    is_open = pl.lit(tells) & handed_over.is_null() & pl.col("status").is_in(OPEN)
    is_overdue = is_open & (pl.col("ship_by") < pl.col("updated_at").max())
    judged = rows.with_columns(
        is_late=pl.when(is_overdue).then(pl.lit(True)).otherwise(handed_over > pl.col("ship_by")),
        is_on_time=pl.col("delivered_at") <= pl.col("promised_by"),
        outcome=pl.when(pl.col("status") != "").then(pl.col("status")),
    )
    return judged.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["shipments"].items())


def _faults(rows: pl.DataFrame, table: mapped.Table) -> tuple[str, ...]:
    """Rows that contradict themselves, counted: they are kept, and every figure holds them."""
    bought = pl.coalesce("purchased_at", pl.col("order_day").cast(MOMENT))
    is_near = pl.col("ship_by").is_between(bought - YEAR, bought + YEAR)
    has_time = pl.col("delivered_at").is_not_null()
    signs = {
        "rows shipped before they were bought": pl.col("shipped_at") < pl.col("purchased_at"),
        "rows delivered before they were shipped": pl.col("delivered_at") < pl.col("shipped_at"),
        "rows to be shipped more than a year from the purchase": ~is_near,
        "rows cancelled and yet delivered": (pl.col("status") == "cancelled") & has_time,
    }
    if table.has("delivered_at"):
        signs["rows delivered without a time of delivery"] = (pl.col("status") == "delivered") & ~has_time
    unread = {
        "amounts that cannot be read, left empty": "value",
        "quantities that are no whole number, left empty": "units",
    }
    counts = {text: int(_unread(table, rows, name).sum()) for text, name in unread.items()}
    return tuple(said for text, sign in signs.items() for said in counted(rows.filter(sign).height, text)) + tuple(
        said for text, number in counts.items() for said in counted(number, text)
    )


def _unread(table: mapped.Table, rows: pl.DataFrame, name: str) -> pl.Series:
    """Which rows say something in a column that could not be read."""
    said = table.rows.select(flat.LINE, said=mapped.text(table, name) != "")
    return rows.join(said, on=flat.LINE, how="left").select(pl.col("said") & pl.col(name).is_null()).to_series()


def _rejected(rows: pl.DataFrame) -> tuple[tuple[int, str], ...]:
    return tuple(rows.filter(pl.col("reason").is_not_null()).select(flat.LINE, "reason").iter_rows())


def _rejected_on(rows: pl.DataFrame) -> dict[int, date]:
    """line → the day of its order, of the rejected rows that tell it."""
    return dict(rows.filter(pl.col("reason").is_not_null()).select(flat.LINE, "order_day").drop_nulls().iter_rows())
