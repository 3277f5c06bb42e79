"""On-time-delivery list of the Account Health page → the `shipments` frame, one row a package or order, in units.

Decided by the list's own result or marks; a line without either by its moments: the first attempt to deliver, else the
delivery, not after the last promised moment. What was cancelled or cannot be tracked is in neither count.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from helpers.exports import flat, lists, mapped
from helpers.exports.content import Content
from helpers.exports.reading import Known, Reading, asking, counted

LIST = lists.List(
    report="on_time_delivery",
    gives="shipments",
    one_row_is=("package", "order"),
    synonyms=lists.ORDER_SYNONYMS
    | {
        "tracking_id": ("tracking id", "tracking number"),
        "carrier": ("carrier",),
        "promised_by": ("promised delivery date", "deliver-by", "deliver by date"),
        "first_attempt_at": ("first attempt", "first delivery attempt"),
        "delivered_at": ("actual delivery", "delivered", "actual delivery date"),
        "is_late": ("late delivery",),
        "cancelled_by_seller": ("cancelled by seller", "canceled by seller"),
        "invalid_tracking": ("invalid tracking",),
        "units": ("units",),
        "result": ("result",),
    },
    metrics=("on_time_delivery_rate",),
    also=("category",),
    words={"result": ("late", "on_time", "not_counted")},
    marks=("is_late", "cancelled_by_seller", "invalid_tracking"),
)
NOT_COUNTED = ("cancelled_by_seller", "invalid_tracking")
RESULTS = {"late": "late", "on time": "on_time", "no delivery scan": "not_counted"}


def recognises(content: Content) -> bool:
    """Whether the header holds an order number, the promise and the delivery, by their known names."""
    found = mapped.by_synonym(list(content.header), LIST.synonyms).keys()
    return {"order_id", "promised_by", "delivered_at"} <= found


def read(text: bytes, known: Known) -> Reading:
    """The list's packages or orders, each on time, late or in neither count (`is_on_time` null, `outcome` says why).

    Raises ExportError when a mapped column is absent.
    """
    table, rejected, question = lists.opened(text, known, LIST, ("order_day", "promised_by"))
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    results = mapped.word(table, "result", RESULTS)
    if table.has("result"):
        why = mapped.unmapped("result", pl.col("result"))
        rejected += tuple(table.rows.filter(results.is_null()).select(flat.LINE, why).iter_rows())
        table = replace(table, rows=table.rows.filter(results.is_not_null()))
    said = _judged(table)
    question = lists.asked(table, known, LIST, said.get_column("outcome").is_in(["late", *NOT_COUNTED]))
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    reading = lists.shipments(table, known, LIST, rejected, said)
    warnings = counted(reading.rows.filter(outcome="unmarked").height, "lines listed without a mark")
    left_out = reading.rows.filter(pl.col("is_on_time").is_null()).height
    warnings += counted(left_out, "lines in neither count (cancelled, not trackable, no delivery scan)")
    if table.entry.rows_are == "all_judged":
        unread = reading.rows.filter(pl.col("is_on_time").is_not_null(), pl.col("units").is_null()).height
        warnings += counted(unread, "lines without a whole number of units, in no rate of units")
    return replace(reading, warnings=reading.warnings + warnings)


def _judged(table: mapped.Table) -> pl.DataFrame:
    lines = pl.DataFrame(
        {
            "promised_by": mapped.deadline(table, "promised_by"),
            "first_attempt_at": mapped.moment(table, "first_attempt_at"),
            "delivered_at": mapped.moment(table, "delivered_at"),
            "result": mapped.word(table, "result", RESULTS),
            "is_late": lists.mark(table, "is_late"),
            **{name: mapped.flag(table, name) for name in NOT_COUNTED},
        }
    )
    in_time = pl.coalesce("first_attempt_at", "delivered_at") <= pl.col("promised_by")
    marked = pl.when("is_late").then(pl.lit("late"))
    for name in NOT_COUNTED:
        marked = marked.when(name).then(pl.lit(name))
    without = "unmarked" if table.has("is_late") and table.entry.rows_are != "all_judged" else None
    by_moments = pl.when(in_time).then(pl.lit("on_time")).when(~in_time).then(pl.lit("late"))
    # A moment that is written and cannot be read is no missing scan: then the line does not say.
    written = {
        name: pl.lit(mapped.text(table, name)) != "" for name in ("promised_by", "first_attempt_at", "delivered_at")
    }
    is_unread = pl.any_horizontal(pl.col(name).is_null() & is_written for name, is_written in written.items())
    by_moments = by_moments.when(~is_unread).then(pl.lit("not_counted"))
    outcome = pl.coalesce("result", marked, pl.lit(without, pl.String), by_moments)
    is_on_time = pl.when(pl.col("outcome") == "unmarked").then(in_time)
    is_on_time = is_on_time.when(pl.col("outcome").is_in(["late", "on_time"])).then(pl.col("outcome") == "on_time")
    judged = lines.with_columns(outcome=outcome).with_columns(is_on_time=is_on_time)
    return judged.drop("result", "is_late", *NOT_COUNTED)
