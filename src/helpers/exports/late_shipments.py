"""Late-shipment list of the Account Health page → the `shipments` frame.

Late is decided by the list's own mark, else by its moments: confirmed after the last moment to ship. The day a seller
typed as the day of shipping decides nothing.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from helpers.exports import lists, mapped
from helpers.exports.content import Content
from helpers.exports.reading import Known, Reading, asking, counted

LIST = lists.List(
    report="late_shipments",
    gives="shipments",
    one_row_is=("order", "package"),
    synonyms=lists.ORDER_SYNONYMS
    | {
        "ship_by_day": ("expected ship date", "expected dispatch date", "ship by date", "ship-by date"),
        "ship_by": ("versenden bis",),
        "shipped_at": ("ship date", "dispatch date"),
        "confirmed_at": ("confirm date", "confirmation date", "ship confirm date", "versand bestätigt"),
        "is_late": ("late", "late shipment", "late dispatch", "verspätet"),
    },
    metrics=("late_shipment_rate",),
    also=("units", "carrier", "tracking_id", "category"),
    marks=("is_late",),
)


def recognises(content: Content) -> bool:
    """Whether the header holds an order number, the last moment to ship and the confirming, by their known names."""
    found = mapped.by_synonym(list(content.header), LIST.synonyms).keys()
    return {"order_id", "confirmed_at"} <= found and bool(found & {"ship_by", "ship_by_day"})


def read(text: bytes, known: Known) -> Reading:
    """The list's orders, each late or not. Raises ExportError when a mapped column is absent."""
    table, rejected, question = lists.opened(text, known, LIST, ("order_day", "ship_by_day", "ship_by"))
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    whole_days = table.has("ship_by_day")
    ship_by = mapped.deadline(table, "ship_by_day" if whole_days else "ship_by", whole_days=whole_days)
    said = pl.DataFrame(
        {
            "ship_by": ship_by,
            "confirmed_at": mapped.moment(table, "confirmed_at"),
            "shipped_at": mapped.moment(table, "shipped_at"),
            "is_late": lists.mark(table, "is_late"),
        }
    ).with_columns(pl.coalesce("is_late", pl.col("confirmed_at") > pl.col("ship_by")))
    is_late = lists.by_default(table, said.get_column("is_late"), ("is_late", "ship_by", "ship_by_day", "confirmed_at"))
    question = lists.asked(table, known, LIST, is_late)
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    is_open = table.has("confirmed_at") & pl.col("confirmed_at").is_null()
    is_in_time = ~pl.col("is_late") & (pl.lit(table.entry.rows_are) == "defective_only")
    outcome = pl.when(is_open).then(pl.lit("not_confirmed")).when(is_in_time).then(pl.lit("in_time"))
    said = said.with_columns(is_late.alias("is_late")).with_columns(outcome=outcome)
    reading = lists.shipments(table, known, LIST, rejected, said)
    warnings = counted(reading.rows.filter(outcome="not_confirmed").height, "orders not confirmed in this list")
    warnings += counted(reading.rows.filter(outcome="in_time").height, "orders listed although confirmed in time")
    warnings += counted(said.get_column("ship_by").null_count(), "lines without a readable last moment to ship")
    return replace(reading, warnings=reading.warnings + warnings)
