"""Claims and chargebacks among the postings of money files → rows of the `defects` frame.

What this can prove (docs/deviations.md): claims that the marketplace paid, refused, or that are still open leave no
posting, so these are a lower bound of claims. Chargebacks carry no reason, so fraud is among them: an upper bound of
those that count, for months already settled. The day is that of the money.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.exports.items import local_day
from helpers.exports.reading import counted
from helpers.exports.settings import Settings
from helpers.frames import SCHEMAS
from helpers.vocabulary import A_TO_Z_CLAIM, CHARGEBACK

# The types, whole and in lower case. Never by "contains chargeback": ShippingChargeback is a fee on an ordinary order.
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "a-to-z guarantee refund": A_TO_Z_CLAIM,  # settlement
        "a-to-z guarantee claim": A_TO_Z_CLAIM,  # transaction file
        "réclamation dans le cadre de la garantie a à z": A_TO_Z_CLAIM,
        "マーケットプレイス保証申請": A_TO_Z_CLAIM,
        "chargeback refund": CHARGEBACK,
    }
)
SALES = ("order", "bestellung", "commande", "pedido", "ordine", "注文")
SOUNDS_ALIKE = (
    r"(?i)chargeback|rückbuchung|rétrofacturation|チャージバック|a-to-z|a-bis-z|garantie a à z|マーケットプレイス保証"
)
REASON = "settlement"


def kind() -> pl.Expr:
    """The kind of defect a posting tells of, by its whole type; null for any other."""
    return pl.col("type").str.to_lowercase().replace_strict(dict(TYPES), default=None, return_dtype=pl.String)


def claims_and_chargebacks(money: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """One row an order and kind: rows of the `defects` frame, in the order of their numbers.

    money   the `money` frame of any number of files; overlapping files change nothing, for orders are counted
    `occurred_on` is the store-local day of the first posting, `reason` says "settlement", `outcome` names money that
    came back on the same order later (the claim may have been reversed; it still counts). Numbers of other shops are
    left out.
    """
    here = local_day("posted_at", settings, money.get_column("marketplace"))
    own = money.filter(pl.col("order_id").str.contains(r"^\d"), ~_is_elsewhere()).with_columns(here.alias("day"))
    by_time = own.sort("posted_at", "source_file")
    first = by_time.filter(pl.col("kind").is_not_null()).group_by("order_id", "kind", maintain_order=True)
    found = first.agg(
        pl.col("posted_at").first().alias("claimed_at"),
        pl.col("day").first().alias("occurred_on"),
        pl.col("fulfilment").drop_nulls().first(),
        pl.col("source_file").first(),
    )
    found = found.join(_credits(own, found), on=["order_id", "kind"], how="left").sort("order_id", "kind")
    given = {"counts": pl.lit(True), "reason": pl.lit(REASON)}
    return found.select(
        given.get(name, pl.col(name) if name in found.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in SCHEMAS["defects"].items()
    )


def _is_elsewhere() -> pl.Expr:
    return pl.col("marketplace").fill_null("").str.starts_with("non-amazon")


def _credits(own: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """order_id, kind → `outcome`: the first later moment at which more came back on the order than was taken."""
    after = own.drop("kind").join(found.select("order_id", "kind", "claimed_at"), on="order_id")
    later = after.filter(
        pl.col("posted_at") > pl.col("claimed_at"), ~pl.col("type").str.to_lowercase().is_in(SALES).fill_null(False)
    )
    # Two files may tell the same posting, so sums are made within one file.
    at_once = later.group_by("order_id", "kind", "source_file", "type", "posted_at", "day", "currency").agg(
        pl.col("amount").sum()
    )
    back = at_once.filter(pl.col("amount") > 0).sort("posted_at", "source_file", "type").group_by("order_id", "kind")
    text = pl.format(
        "credited later: {} {} on {}",
        pl.col("amount").first().cast(pl.String),
        pl.col("currency").first().fill_null(""),
        pl.col("day").first(),
    )
    return back.agg(outcome=text.str.replace_all(r"\s+", " "))


def set_aside(money: pl.DataFrame) -> tuple[str, ...]:
    """What sounds like a claim or a chargeback in one file and is not counted as one, in words with its number."""
    sounds = pl.any_horizontal(
        pl.col(name).fill_null("").str.contains(SOUNDS_ALIKE) for name in ("type", "description")
    )
    alike = money.filter(pl.col("kind").is_null(), sounds)
    lost = money.filter(pl.col("kind").is_not_null(), pl.col("order_id").is_null()).height
    text = "postings that sound like a claim or a chargeback and are another type (a fee, a reversal), not counted"
    return counted(alike.height, text) + counted(lost, "claims or chargebacks without an order number, not counted")
