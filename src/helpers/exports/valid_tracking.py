"""Valid-tracking list of the Account Health page → the `shipments` frame, one row a package.

Only the marketplace knows whether a carrier scanned a parcel, so nothing but the list's own mark decides.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from helpers.exports import lists, mapped
from helpers.exports.content import Content
from helpers.exports.reading import Known, Reading, asking, counted

LIST = lists.List(
    report="valid_tracking",
    gives="shipments",
    one_row_is=("package", "order"),
    synonyms=lists.ORDER_SYNONYMS
    | {
        "carrier": ("carrier name", "carrier"),
        "tracking_id": ("tracking id", "tracking number", "tracking"),
        "promised_day": ("promised delivery date",),
        "category": ("product category",),
        "is_invalid": ("no valid tracking", "invalid tracking"),
        "is_valid": ("valid tracking",),
    },
    metrics=("valid_tracking_rate",),
    also=("units", "promised_by"),
    marks=("is_valid", "is_invalid"),
)


def recognises(content: Content) -> bool:
    """Whether the header holds an order number, a tracking number and a mark of its validity, by their known names."""
    found = mapped.by_synonym(list(content.header), LIST.synonyms).keys()
    return {"order_id", "tracking_id"} <= found and bool(found & {"is_valid", "is_invalid"})


def read(text: bytes, known: Known) -> Reading:
    """The list's packages, each with a valid tracking number or not. Raises ExportError when a mapped column is absent."""
    table, rejected, question = lists.opened(text, known, LIST, ("order_day", "promised_day", "promised_by"))
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    marks = pl.DataFrame({name: lists.mark(table, name) for name in ("is_valid", "is_invalid")})
    is_invalid = marks.select(pl.coalesce(~pl.col("is_valid"), "is_invalid")).to_series()
    is_invalid = lists.by_default(table, is_invalid, ("is_valid", "is_invalid"))
    question = lists.asked(table, known, LIST, is_invalid)
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    whole_days = table.has("promised_day")
    promised_by = mapped.deadline(table, "promised_day" if whole_days else "promised_by", whole_days=whole_days)
    said = pl.DataFrame({"is_valid": ~is_invalid, "promised_by": promised_by})
    reading = lists.shipments(table, known, LIST, rejected, said)
    undecided = counted(is_invalid.null_count(), "packages whose mark is neither set nor unset, in no rate")
    return replace(reading, warnings=reading.warnings + undecided)
