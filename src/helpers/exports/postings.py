"""The rows of a money file, whatever its layout → the `money` frame, what was rejected, and what is odd."""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers.exports import flat, money_defects, posted
from helpers.exports.items import FULFILMENT, local_day
from helpers.exports.reading import ORDER_ID, Known, Reading, asking, counted, dates_question, days
from helpers.frames import SCHEMAS

IN_FUTURE = "posting date in the future"
METRICS_OF_MONEY = ("order_defect_rate", "a_to_z_claims", "chargebacks")
# Who ships, in the languages of the transaction file; `postings.read` counts what is not among them.
SHIPS = FULFILMENT | {"verkäufer": "merchant", "vendeur": "merchant", "venditore": "merchant", "vendedor": "merchant"}
SHIPS |= {"verkoper": "merchant", "出品者": "merchant"}


def read(rows: pl.DataFrame, known: Known, *, zone: str) -> Reading:
    """The postings of a file.

    rows   `line`, the text columns of the `money` frame, `posted_at` as text, `amount` (a decimal, null where none is
           given), `is_unread` (an amount is given and is none) and `reason` (why the row cannot be used, if so)
    zone   of moments that print none
    """
    texts = rows.get_column("posted_at")
    left = posted.readings(texts)
    said = known.columns.dates if known.columns and isinstance(known.columns.dates, str) else None
    chosen = said.removesuffix("/y") if said else next(iter(left), None)
    rows = rows.with_columns(
        posted.moments(texts, zone, chosen).alias("posted_at"),
        pl.col("marketplace").str.to_lowercase(),
        order_said=pl.col("order_id"),
        order_id=pl.when(pl.col("order_id").str.contains(ORDER_ID)).then("order_id"),
        ships_said=pl.col("fulfilment"),
        fulfilment=pl.col("fulfilment").str.to_lowercase().replace_strict(SHIPS, default=None),
    )
    rows = rows.with_columns(local_day("posted_at", known.settings, rows.get_column("marketplace")).alias("day"))
    rows = rows.with_columns(pl.coalesce("reason", _fault(known.latest)).alias("reason"), kind=money_defects.kind())
    bad, good = rows.filter(pl.col("reason").is_not_null()), rows.filter(pl.col("reason").is_null())
    if len(left) > 1 and not said:
        lost = bad.filter(pl.col("reason") != IN_FUTURE)  # the other reading can be one of the past
        return asking(
            "money", dates_question(known, texts, left, METRICS_OF_MONEY), rows.height - lost.height, _rejected(lost)
        )
    first, last = days(good, "day")
    return Reading(
        rows=good.select(
            (pl.lit(known.path) if name == "source_file" else pl.col(name)).cast(dtype).alias(name)
            for name, dtype in SCHEMAS["money"].items()
        ),
        rejected=_rejected(bad),
        first_day=first,
        last_day=last,
        reaches=last,
        covers="money" if good.height and bad.is_empty() else None,
        marketplaces=tuple(sorted(good.get_column("marketplace").drop_nulls().unique())),
        warnings=_warnings(good),
    )


def _rejected(bad: pl.DataFrame) -> tuple[tuple[int, str], ...]:
    return tuple(bad.select(flat.LINE, "reason").iter_rows())


def _fault(latest: date) -> pl.Expr:
    """Why a row cannot be used, null for a good one."""
    return (
        pl.when("is_unread")
        .then(pl.lit("amount not readable"))
        .when(pl.col("posted_at").is_null())
        .then(pl.lit("posting date not readable (cut line?)"))
        .when(pl.col("day") > latest)
        .then(pl.lit(IN_FUTURE))
    )


def _warnings(good: pl.DataFrame) -> tuple[str, ...]:
    def number(condition: pl.Expr) -> int:
        return good.filter(condition).height

    other = pl.col("order_id").is_null() & pl.col("order_said").is_not_null()
    said = counted(number(other), "postings under a number that is no order number (a removal, for example)")
    said += counted(
        number(pl.col("fulfilment").is_null() & pl.col("ships_said").is_not_null()),
        "postings that do not say in a word the kit knows who ships",
    )
    said += counted(
        number(pl.col("amount") != pl.col("amount").round(2)), "amounts with more than two decimals, rounded"
    )
    return said + money_defects.set_aside(good)
