"""Order-defect list of the Account Health page → the `defects` frame: one row an order and kind.

A line tells its kinds by one marked column a kind, or by one column that names the kind.
"""

from __future__ import annotations

import polars as pl

from helpers.exports import flat, lists, mapped, repeated
from helpers.exports.content import Content
from helpers.exports.described import OF_FULFILMENT
from helpers.exports.items import FULFILMENT
from helpers.exports.reading import Known, Reading, asking
from helpers.vocabulary import DEFECT_KINDS

LIST = lists.List(
    report="order_defects",
    gives="defects",
    one_row_is=("order", "defect"),
    synonyms=lists.ORDER_SYNONYMS
    | {
        "fulfilment": ("fulfilled by", "fulfilment", "fulfillment", "fulfillment channel", "versand durch"),
        "negative_feedback": ("negative feedback", "negative bewertung"),
        "a_to_z_claim": (
            "a-to-z guarantee claim",
            "a-to-z claim",
            "a-to-z guarantee claims",
            "a-bis-z-garantieantrag",
        ),
        "chargeback": ("chargeback", "chargebacks", "service chargeback", "credit card chargeback", "rückbuchung"),
    },
    metrics=("order_defect_rate", "negative_feedback_rate", "a_to_z_claims", "chargebacks"),
    also=("kind", "occurred_on", "counts"),
    words=OF_FULFILMENT | {"kind": DEFECT_KINDS},
    marks=(*DEFECT_KINDS, "counts"),
    tells={
        "negative_feedback_rate": (("kind", "negative_feedback"),),
        "a_to_z_claims": (("kind", "a_to_z_claim"),),
        "chargebacks": (("kind", "chargeback"),),
    },
)


def recognises(content: Content) -> bool:
    """Whether the header holds an order number and at least two kinds of defect by their known names."""
    found = mapped.by_synonym(list(content.header), LIST.synonyms).keys()
    return "order_id" in found and len(found & set(DEFECT_KINDS)) >= 2


def read(text: bytes, known: Known) -> Reading:
    """The list's defects. Raises ExportError when a mapped column is absent."""
    table, rejected, question = lists.opened(text, known, LIST, ("order_day", "occurred_on"))
    marked = pl.DataFrame({kind: mapped.flag(table, kind) for kind in DEFECT_KINDS})
    question = question or lists.asked(table, known, LIST, marked.select(pl.any_horizontal(pl.all())).to_series())
    if question:
        return asking(LIST.gives, question, table.rows.height, rejected)
    by_kind = mapped.word(table, "kind", {kind: kind for kind in DEFECT_KINDS})
    of_line = pl.concat_list(pl.when(kind).then(pl.lit(kind)) for kind in DEFECT_KINDS).list.drop_nulls()
    said = table.rows.select(flat.LINE, "order_id").with_columns(
        kind=pl.select(pl.concat_list(by_kind)).to_series()
        if table.has("kind")
        else marked.select(of_line).to_series(),
        order_day=mapped.day(table, "order_day"),
        occurred_on=mapped.day(table, "occurred_on"),
        fulfilment=mapped.word(table, "fulfilment", FULFILMENT),
        counts=mapped.flag(table, "counts") if table.has("counts") else pl.lit(True),
        outcome=pl.lit(None, pl.String),
        reason=pl.lit(None, pl.String),
        source_file=pl.lit(known.path),
    )
    named, has_kind = mapped.unmapped("kind of defect", pl.lit(mapped.text(table, "kind"))), table.has("kind")
    odd = pl.select(pl.coalesce(_odd(table, kind) for kind in DEFECT_KINDS)).to_series()
    fault = (
        pl.when(pl.lit(has_kind) & pl.col("kind").list.first().is_null())
        .then(named)
        .when(pl.lit(not has_kind) & (pl.col("kind").list.len() == 0) & pl.lit(odd).is_not_null())
        .then(pl.lit(odd))
        .when(pl.col("counts").is_null())
        .then(pl.lit("does not say whether it counts"))
        .when(pl.lit(lists.whose_channel_is_unknown(table, known)))
        .then(pl.lit(lists.NO_CHANNEL))
    )
    said = said.with_columns(fault=fault).explode("kind", empty_as_null=True)
    return lists.defects(table, known, LIST, rejected, said)


def _odd(table: mapped.Table, kind: str) -> pl.Series:
    """Why a line cannot be used whose mark of that kind is none that is known; null for any other.

    A cell can hold anything, so only signs without a letter or a figure are said again.
    """
    marks = table.entry.marks if table.entry.marks.set else mapped.MARKS
    expected = f"expected {', '.join(marks.set)} or nothing, found "
    cell = pl.lit(mapped.text(table, kind))
    found = pl.when(cell.str.contains(r"^[^\p{L}\p{N}]{1,3}$")).then(cell).otherwise(pl.lit(repeated.OTHER_WORD))
    reason = pl.format("a mark that is neither set nor unset in {}: {}{}", pl.lit(kind), pl.lit(expected), found)
    return pl.select(pl.when(pl.lit(lists.odd(table, kind))).then(reason)).to_series()
