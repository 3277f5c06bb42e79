"""Returns of orders Amazon ships → the `returns` frame: one row a returned unit (license plate).

Comments are buyers' texts and are not kept; a comment may run over several lines. These returns never touch the order
defect rate. The file covers a whole region and names no store.
"""

from __future__ import annotations

import polars as pl

from helpers.exports import flat, merchant_returns, posted
from helpers.exports.content import Content
from helpers.exports.items import zone
from helpers.exports.reading import Known, Reading

COLUMNS = {
    "order_id": "order-id",
    "requested_on": "return-date",
    "asin": "asin",
    "sku": "sku",
    "units": "quantity",
    "reason": "reason",
    "comment": "customer-comments",
}


def recognises(content: Content) -> bool:
    return content.has("return-date", "order-id", "license-plate-number")


def read(text: bytes, known: Known) -> Reading:
    """The file's returned units: the `returns` frame, with the day of the return in the account's time zone."""
    cells, _ = flat.chosen(text, COLUMNS)
    lines = cells.filter(~_is_more_of_a_comment())
    here = zone(known.settings)
    moments = posted.moments(lines.get_column("requested_on"), here)
    lines = lines.drop("comment").with_columns(
        moments.dt.convert_time_zone(here).dt.date().alias("requested_on"),
        has_claim_flag=pl.lit(None, pl.String),  # the file does not say
    )
    return merchant_returns.of_lines(lines, [], known, fulfilment="amazon")


def _is_more_of_a_comment() -> pl.Expr:
    """Whether a line goes on with the comment of the row before: text alone, and no beginning of a row.

    A row cut off after its first characters of a date is a row; after a row without a comment nothing can go on.
    """
    others = pl.all_horizontal(pl.col(name).is_null() for name in COLUMNS if name != "requested_on")
    alone = others & ~pl.col("requested_on").str.contains(r"^[\d:T+-]+$").fill_null(True)
    is_row = ~others  # also one whose order number is spoilt
    last_comment = pl.when(is_row).then(pl.col("comment").fill_null("")).forward_fill()
    return alone & (last_comment.fill_null("") != "")
