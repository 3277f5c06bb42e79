"""A-to-z claims page → the `defects` frame: every claim with its decision, and whether it counts.

A claim counts unless it is refused: granted, refunded by the seller once filed, or the order cancelled while claimed.
It does not count when denied, when the parcel was refused or sent back, when a protected label covers it, or when
delivery is proved. Withdrawn and undecided claims count until the marketplace says otherwise, and are named. The page's
own word on the order defect rate goes before all of this. Source: help pages h/200285170 and h/G202041210, seller
forum f/e27a5203 and f/fb56bd17.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from helpers.exports import flat, lists, mapped
from helpers.exports.content import Content
from helpers.exports.described import OF_FULFILMENT
from helpers.exports.items import FULFILMENT
from helpers.exports.reading import Known, Reading, asking, counted
from helpers.vocabulary import A_TO_Z_CLAIM

COUNTS = {
    "granted": True,
    "refunded": True,
    "cancelled": True,
    "denied": False,
    "refused_parcel": False,
    "protected": False,
    "delivered": False,
    "withdrawn": True,
    "undecided": True,
}
OPEN = ("withdrawn", "undecided")  # whether they count is not known
DECISIONS = {name.replace("_", " "): name for name in COUNTS}
DECISIONS |= {"approved": "granted", "in favour of buyer": "granted", "in favor of buyer": "granted"}
DECISIONS |= {"rejected": "denied", "in favour of seller": "denied", "in favor of seller": "denied"}
DECISIONS |= {"canceled": "cancelled", "closed by buyer": "withdrawn"}
DECISIONS |= dict.fromkeys(("", "pending", "open", "under review", "action required"), "undecided")
LIST = lists.List(
    report="a_to_z_claims",
    gives="defects",
    one_row_is=("defect", "order"),
    synonyms=lists.ORDER_SYNONYMS
    | {
        "occurred_on": ("claim date", "date of claim", "claim filed"),
        "outcome": ("decision", "claim decision"),
        "reason": ("claim reason",),
        "fulfilment": ("fulfilled by",),
        "counts": ("odr impact", "impacts odr", "counts towards odr"),
    },
    metrics=("order_defect_rate", "a_to_z_claims"),
    words=OF_FULFILMENT | {"outcome": tuple(COUNTS)},
    marks=("counts",),
    tells={"a_to_z_claims": (("outcome", "counts"),)},
)


def recognises(content: Content) -> bool:
    """Whether the header holds an order number, the day of a claim and what became of it, by their known names."""
    found = mapped.by_synonym(list(content.header), LIST.synonyms).keys()
    return {"order_id", "occurred_on"} <= found and bool(found & {"outcome", "counts"})


def read(text: bytes, known: Known) -> Reading:
    """The page's claims: one row a claim. Raises ExportError when a mapped column is absent."""
    table, rejected, question = lists.opened(text, known, LIST, ("occurred_on", "order_day"))
    # A line of the page is a claim by its nature, so its headings alone are certain.
    if not question and table.entry.columns and not table.entry.one_row_is:
        question = lists.asked(table, known, LIST, mapped.flag(table, "counts"))
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    claims = table.rows.select(flat.LINE, "order_id").with_columns(
        kind=pl.lit(A_TO_Z_CLAIM),
        order_day=mapped.day(table, "order_day"),
        occurred_on=mapped.day(table, "occurred_on"),
        fulfilment=mapped.word(table, "fulfilment", FULFILMENT),
        outcome=mapped.word(table, "outcome", DECISIONS),
        counts=mapped.flag(table, "counts"),
        reason=mapped.text(table, "reason").replace("", None),
        source_file=pl.lit(known.path),
        said_outcome=mapped.text(table, "outcome"),
    )
    is_silent = (pl.col("said_outcome") == "") & pl.col("counts").is_null()
    claims = claims.with_columns(outcome=pl.when(is_silent).then(pl.lit("undecided")).otherwise("outcome"))
    by_outcome = pl.col("outcome").replace_strict(COUNTS, default=None, return_dtype=pl.Boolean)
    claims = claims.with_columns(counts=pl.coalesce("counts", by_outcome))
    fault = pl.when(pl.col("counts").is_null()).then(mapped.unmapped("decision", pl.col("said_outcome")))
    fault = fault.when(pl.lit(lists.whose_channel_is_unknown(table, known))).then(pl.lit(lists.NO_CHANNEL))
    reading = lists.defects(table, known, LIST, rejected, claims.with_columns(fault=fault))
    named = [
        counted(reading.rows.filter(outcome=name).height, f"{name} claims, counted: whether they do is not known")
        for name in OPEN
    ]
    return replace(reading, warnings=reading.warnings + named[0] + named[1])
