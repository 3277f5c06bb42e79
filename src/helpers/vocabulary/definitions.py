"""What each rate counts: METRICS, one literal a metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import polars as pl

from helpers.vocabulary.words import A_TO_Z_CLAIM, CHARGEBACK, FULFILMENTS, MERCHANT, NEGATIVE_FEEDBACK

IS_OURS = ~pl.col("marketplace").str.starts_with("non-amazon")
IS_ORDER = IS_OURS & ~pl.col("is_replacement")
# An order with a defect that counts stays in the denominator, even one cancelled later.
IS_PLACED = IS_ORDER & (~pl.col("is_cancelled") & (pl.col("status") != "pending") | pl.col("is_defective"))
IS_SELLER_CANCELLED = pl.col("is_cancelled") & ~pl.col("is_buyer_requested").fill_null(False)


@dataclass(frozen=True)
class Metric:
    """What one rate counts. A new metric is one more of these in METRICS, and its target in targets.toml.

    rows          the frame it counts, "orders" or "feedback"
    denominator   which rows count at all
    numerator     which of those are the ones the metric is named after
    day           column that puts a row in a window
    seen_on       column with the day on which the platform could first see the numerator's fact
    windows       trailing days shown when no target row names a window
    variants      option → value → the expressions that value replaces ("denominator" or "numerator")
    good_is       whether a low or a high rate is good
    """

    key: str
    label: str
    one_is: str
    numerator_is: str
    rows: Literal["orders", "feedback"]
    denominator: pl.Expr
    numerator: pl.Expr
    day: str
    seen_on: str
    windows: tuple[int, ...]
    lag_days: int
    fulfilments: tuple[str, ...]
    good_is: Literal["low", "high"] = "low"
    part_of: str | None = None
    variants: Mapping[str, Mapping[str, Mapping[str, pl.Expr]]] = field(default_factory=dict)
    definition: str = ""


def _order_defect_part(key: str, label: str, kind: str, numerator_is: str, definition: str) -> Metric:
    """One of the three kinds of defect, over the same orders as the order defect rate."""
    return Metric(
        key=key,
        label=label,
        one_is="order",
        numerator_is=numerator_is,
        rows="orders",
        denominator=IS_PLACED,
        numerator=pl.col(f"{kind}_on").is_not_null(),
        day="day",
        seen_on=f"{kind}_on",
        windows=(60,),
        lag_days=14,
        fulfilments=FULFILMENTS,
        part_of="order_defect_rate",
        variants={"odr_denominator": {"with_cancelled": {"denominator": IS_ORDER}}},
        definition=definition,
    )


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.key: metric
        for metric in (
            Metric(
                key="order_defect_rate",
                label="Order defect rate",
                one_is="order",
                numerator_is="with a defect",
                rows="orders",
                denominator=IS_PLACED,
                numerator=pl.col("is_defective"),
                day="day",
                seen_on="defective_on",
                windows=(60,),
                lag_days=14,
                fulfilments=FULFILMENTS,
                variants={"odr_denominator": {"with_cancelled": {"denominator": IS_ORDER}}},
                definition=(
                    "Orders with at least one of: feedback of one or two stars, an A-to-z claim that counts, a "
                    "service chargeback; divided by all orders. An order with three defects counts once. "
                    "An order belongs to the day it was placed, whenever the defect came."
                ),
            ),
            _order_defect_part(
                "negative_feedback_rate",
                "Negative feedback",
                NEGATIVE_FEEDBACK,
                "with one or two stars",
                "Orders rated one or two stars, divided by all orders (three stars never count).",
            ),
            _order_defect_part(
                "a_to_z_claims",
                "A-to-z claims",
                A_TO_Z_CLAIM,
                "with a claim that counts",
                "Orders with an A-to-z claim that counts, divided by all orders. A refused claim does not count.",
            ),
            _order_defect_part(
                "chargebacks",
                "Chargebacks",
                CHARGEBACK,
                "with a chargeback",
                "Orders with a card dispute about service, divided by all orders.",
            ),
            Metric(
                key="cancellation_rate",
                label="Cancellation rate",
                one_is="order",
                numerator_is="cancelled by the seller",
                rows="orders",
                denominator=IS_ORDER,
                numerator=IS_SELLER_CANCELLED,
                day="day",
                seen_on="updated_on",
                windows=(7,),
                lag_days=0,
                fulfilments=(MERCHANT,),
                variants={
                    "cr_denominator": {"without_pending": {"denominator": IS_ORDER & (pl.col("status") != "pending")}},
                    "cr_items": {"counted": {"numerator": IS_SELLER_CANCELLED | pl.col("has_cancelled_item")}},
                },
                definition=(
                    "Orders the seller cancelled before shipping, divided by all orders the seller fulfils. "
                    "A cancellation the buyer asked for through the marketplace does not count."
                ),
            ),
            Metric(
                key="feedback_score",
                label="Public feedback score",
                one_is="feedback",
                numerator_is="with four or five stars",
                rows="feedback",
                denominator=~pl.col("is_struck"),
                numerator=pl.col("stars") >= 4,
                day="received_on",
                seen_on="received_on",
                windows=(30, 90, 365),
                lag_days=0,
                fulfilments=("all",),
                good_is="high",
                definition=(
                    "Feedback of four or five stars, divided by feedback received; by the day it was received. "
                    "Buyers who stay silent are in neither number."
                ),
            ),
        )
    }
)
