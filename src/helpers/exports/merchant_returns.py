"""Returns of orders the seller ships, tab-delimited (31 to 33 columns) or XML → the `returns` frame.

Days carry an English month in every language. The A-to-z flag repeats on each line of an order and has neither a day
nor an outcome. Rows often stop before the last columns: what they do not reach is unknown.
Source: returns documentation of the marketplace's API; columns and short rows seen in real files.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import polars as pl

from helpers.exports import flat, loose
from helpers.exports.content import Content
from helpers.exports.dates import EARLIEST, LATEST
from helpers.exports.items import zone
from helpers.exports.reading import ORDER_ID, Known, Reading, counted, days
from helpers.exports.xml_elements import elements, local, text_of
from helpers.frames import SCHEMAS

COLUMNS = {
    "order_id": "Order ID",
    "requested_on": "Return request date",
    "has_claim_flag": "A-to-Z Claim",
    "asin": "ASIN",
    "sku": "Merchant SKU",
    "units": "Return quantity",
    "reason": "Return Reason",
}
FLAGS = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
DAY = r"^(\d{1,2}-\p{L}+-[12]\d{3}|[12]\d{3}-\d\d-\d\d)"
FORMATS = ("%d-%b-%Y", "%Y-%m-%d")  # Brazil writes the second


def recognises(content: Content) -> bool:
    if content.is_xml:
        return b"<return_details" in content.text or b"Returns-Report" in content.text[:4096]
    return content.has("Order ID", "Return request date", "Amazon RMA ID")


def read(text: bytes, known: Known) -> Reading:
    """The file's lines of return requests: the `returns` frame."""
    if Content(text).is_xml:
        lines, rejected, repeated = _xml(text, known)
    else:
        lines, rejected, repeated = flat.chosen(text, COLUMNS)[0], [], 0
    reading = of_lines(lines, rejected, known, fulfilment="merchant")
    return replace(reading, warnings=reading.warnings + counted(repeated, "entries given twice, read once"))


def of_lines(lines: pl.DataFrame, rejected: list[tuple[int | None, str]], known: Known, *, fulfilment: str) -> Reading:
    """The `returns` frame from the lines of any returns file.

    lines   `line` and the columns of the frame as text; `requested_on` may be a day or a moment already
    """
    day = pl.col("requested_on")
    if lines.schema["requested_on"] == pl.String:
        day = pl.coalesce(day.str.extract(DAY).str.to_date(form, strict=False) for form in FORMATS)
    said = lines.with_columns(
        pl.when(day.is_between(EARLIEST, LATEST)).then(day).alias("requested_on"),
        units_said=pl.col("units"),
        units=pl.col("units").cast(pl.Int64, strict=False),
        has_claim_flag=pl.col("has_claim_flag").str.to_lowercase().replace_strict(FLAGS, default=None),
    )
    fault = (
        pl.when(~pl.col("order_id").str.contains(ORDER_ID).fill_null(False))
        .then(pl.lit("no order number (cut line?)"))
        .when(pl.col("requested_on").is_null())
        .then(pl.lit("day of the return not readable"))
        .when(pl.col("requested_on") > known.latest)
        .then(pl.lit("day of the return in the future"))
        .when(pl.col("units").is_null() & pl.col("units_said").is_not_null())
        .then(pl.lit("quantity not readable (a tab inside a text?)"))
    )
    said = said.with_columns(fault=fault)
    good, bad = said.filter(pl.col("fault").is_null()), said.filter(pl.col("fault").is_not_null())
    first, last = days(good, "requested_on")
    given = {"fulfilment": pl.lit(fulfilment), "source_file": pl.lit(known.path)}
    unread = good.filter(pl.col("units").is_null()).height
    return Reading(
        rows=good.select(
            given.get(name, pl.col(name) if name in good.columns else pl.lit(None)).cast(dtype).alias(name)
            for name, dtype in SCHEMAS["returns"].items()
        ),
        rejected=tuple(sorted([*rejected, *bad.select(flat.LINE, "fault").iter_rows()], key=lambda one: one[0] or 0)),
        first_day=first,
        last_day=last,
        reaches=last,
        covers="returns" if good.height and not rejected else None,
        warnings=counted(unread, "returns without a quantity, left empty"),
    )


def _xml(text: bytes, known: Known) -> tuple[pl.DataFrame, list[tuple[int | None, str]], int]:
    """One line an item of a return; where the XML breaks off, if it does; and how many items it repeats."""
    found, stopped = elements(text, "return_details")
    rows = [row for line, one in found for row in _items(line, one, known)]
    schema = {flat.LINE: pl.Int64} | dict.fromkeys(COLUMNS, pl.String) | {"requested_on": pl.Date}
    items = sum(max(sum(local(item) == "item_details" for item in one), 1) for _, one in found)
    return pl.DataFrame(rows, schema=schema, orient="row"), [stopped] if stopped else [], items - len(rows)


def _items(line: int, one: Element, known: Known) -> list[tuple]:
    """The items of a return. Some files repeat an item: equal ones are one when together they exceed the order."""
    day = _day(text_of(one, "return_request_date"), known)
    same = (line, text_of(one, "order_id"), day, text_of(one, "a_to_z_claim"))
    items = [
        tuple(text_of(item, name) for name in ("asin", "merchant_sku", "return_quantity", "return_reason_code"))
        for item in one
        if local(item) == "item_details"
    ]
    whole = loose.count(text_of(one, "order_quantity"))
    if whole is not None and sum(loose.count(item[2]) or 0 for item in items) > whole:
        items = list(dict.fromkeys(items))
    return [(*same, *item) for item in items] or [(*same, None, None, None, None)]


def _day(text: str | None, known: Known) -> date | None:
    """The day of a moment in the account's time zone, for the file names no store; a day without an hour as it stands."""
    try:
        stamp = datetime.fromisoformat(text or "")
        return stamp.astimezone(ZoneInfo(zone(known.settings))).date() if stamp.tzinfo else stamp.date()
    except (ValueError, OverflowError):  # the first and last moments of the calendar have no neighbours
        return None
