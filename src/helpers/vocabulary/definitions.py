"""What each rate counts: METRICS, one literal a metric."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.vocabulary.conditions import IS_DEFECTIVE, IS_ORDER, IS_OURS, IS_PLACED, IS_SELLER_CANCELLED, IS_SOLD
from helpers.vocabulary.metric import Metric
from helpers.vocabulary.words import A_TO_Z_CLAIM, CHARGEBACK, FULFILMENTS, MERCHANT, NEGATIVE_FEEDBACK

ORDERS_WITH_CANCELLED = MappingProxyType({"odr_denominator": {"with_cancelled": {"denominator": IS_ORDER}}})


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
        seen_on=f"{kind}_on",
        windows=(60,),
        lag_days=14,
        part_of="order_defect_rate",
        proof="defects",
        variants=ORDERS_WITH_CANCELLED,
        definition=definition,
    )


def _share_of_feedback(
    key: str, label: str, numerator_is: str, numerator: pl.Expr, definition: str, **said: str
) -> Metric:
    """A share of the feedback received, by the day it was received."""
    by = {"day": "received_on", "seen_on": "received_on", "windows": (30, 90, 365), "fulfilments": ("all",)}
    counted = {"denominator": ~pl.col("is_struck"), "numerator": numerator}
    return Metric(key, label, "feedback", numerator_is, "feedback", definition, "feedback", **counted, **by, **said)


def _reported(key: str, label: str, one_is: str, numerator_is: str, definition: str, **said: object) -> Metric:
    """A rate no download lets a seller count: only the marketplace's own figure can be shown."""
    return Metric(key, label, one_is, numerator_is, "reported", definition, "reported", **said)


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
                numerator=IS_DEFECTIVE,
                seen_on="defective_on",
                windows=(60,),
                lag_days=14,
                proof="defects",
                variants=ORDERS_WITH_CANCELLED,
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
                key="late_shipment_rate",
                label="Late shipment rate",
                one_is="order",
                numerator_is="confirmed late",
                rows="lateness",
                denominator=IS_ORDER,
                numerator=pl.col("is_late"),
                seen_on="late_on",
                windows=(10, 30),
                fulfilments=(MERCHANT,),
                proof="lateness",
                variants={
                    "lsr_dating": {
                        "expected_ship_date": {"day": "ship_by_day"},
                        "confirm_date": {"day": "confirmed_day"},
                    },
                    "lsr_late": {"three_days_past": {"numerator": pl.col("is_three_days_late")}},
                },
                definition=(
                    "Orders confirmed as shipped after their expected ship date, divided by the orders the seller "
                    "fulfils. The moment of confirming decides, not the ship date typed in."
                ),
            ),
            Metric(
                key="cancellation_rate",
                label="Cancellation rate",
                one_is="order",
                numerator_is="cancelled by the seller",
                rows="orders",
                denominator=IS_ORDER,
                numerator=IS_SELLER_CANCELLED,
                seen_on="updated_on",
                windows=(7,),
                fulfilments=(MERCHANT,),
                proof="cancellations",
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
                key="valid_tracking_rate",
                label="Valid tracking rate",
                one_is="package",
                numerator_is="with valid tracking",
                rows="packages",
                denominator=IS_OURS & pl.col("is_valid").is_not_null(),
                numerator=pl.col("is_valid"),
                day="promised_day",
                seen_on="promised_day",
                windows=(30,),
                lag_days=14,
                fulfilments=(MERCHANT,),
                group="category",
                good_is="high",
                proof="valid_tracking",
                definition=(
                    "Packages with a tracking number that matches the carrier and was scanned, divided by packages "
                    "confirmed as shipped; each product category on its own, by the day delivery was promised."
                ),
            ),
            Metric(
                key="on_time_delivery_rate",
                label="On-time delivery rate",
                one_is="unit",
                numerator_is="delivered on time",
                rows="packages",
                denominator=IS_OURS & pl.col("is_on_time").is_not_null() & pl.col("units").is_not_null(),
                numerator=pl.col("is_on_time"),
                weight=pl.col("units"),
                day="promised_day_pacific",
                seen_on="promised_day_pacific",
                windows=(14,),
                lag_days=7,
                fulfilments=(MERCHANT,),
                good_is="high",
                proof="on_time_delivery",
                definition=(
                    "Units delivered by the seller's own deliver-by day, divided by tracked units with a delivery "
                    "scan. Days end at midnight Pacific time, in every store. Measured since 2024."
                ),
            ),
            Metric(
                key="on_time_delivery_legacy",
                label="On-time delivery (before 2024)",
                one_is="package",
                numerator_is="delivered on time",
                rows="packages",
                denominator=IS_OURS & pl.col("is_on_time").is_not_null(),
                numerator=pl.col("is_on_time"),
                day="promised_day",
                seen_on="promised_day",
                fulfilments=(MERCHANT,),
                good_is="high",
                proof="on_time_delivery",
                definition="Tracked packages delivered within the promise shown to the buyer, divided by tracked packages.",
            ),
            Metric(
                key="perfect_order_percentage",
                label="Perfect order percentage (until 2018)",
                one_is="order",
                numerator_is="without a fault",
                rows="orders",
                denominator=IS_ORDER & (pl.col("status") != "pending"),
                numerator=~IS_DEFECTIVE & ~pl.col("is_cancelled") & ~pl.col("is_late").fill_null(False),
                fulfilments=FULFILMENTS,
                good_is="high",
                proof="perfect",
                definition=(
                    "Orders without bad feedback, claim, chargeback, cancellation, lateness, refund or a message from "
                    "the buyer, divided by all orders. Refunds and messages are not in the files."
                ),
            ),
            Metric(
                key="return_rate",
                label="Return rate",
                one_is="order",
                numerator_is="with a return request",
                rows="orders",
                denominator=IS_ORDER & IS_SOLD,
                numerator=pl.col("returned_on").is_not_null(),
                seen_on="returned_on",
                windows=(60,),
                lag_days=14,
                fulfilments=(MERCHANT,),
                proof="returns",
                definition="Orders with a return request, divided by orders. The marketplace sets no target for it.",
            ),
            Metric(
                key="refund_rate",
                label="Refund rate",
                one_is="unit",
                numerator_is="refunded",
                rows="traffic",
                numerator=pl.col("units_refunded"),
                weight=pl.col("units_ordered"),
                windows=(30,),
                fulfilments=("all",),
                proof="traffic",
                definition=(
                    "Units refunded divided by units ordered on the same days. Refunds belong to earlier orders, so a "
                    "quiet day can exceed 100 %. No longer a target since October 2018."
                ),
            ),
            _share_of_feedback(
                "feedback_score",
                "Public feedback score",
                "with four or five stars",
                pl.col("stars") >= 4,
                "Feedback of four or five stars, divided by feedback received; by the day it was received. "
                "Buyers who stay silent are in neither number.",
                good_is="high",
            ),
            _share_of_feedback(
                "negative_share",
                "Negative share of feedback",
                "with one or two stars",
                pl.col("is_negative"),
                "Feedback of one or two stars, divided by feedback received. Letters up to about 2009 closed "
                "accounts for it. It is not the negative feedback of the order defect rate, which divides by orders.",
            ),
            _reported(
                "invoice_defect_rate",
                "Invoice defect rate",
                "order",
                "without an invoice in time",
                "Business orders without an invoice by the end of the first working day after shipping, divided by "
                "business orders.",
                windows=(7,),
                lag_days=14,
            ),
            _reported(
                "business_hour_delivery_rate",
                "Business hour delivery rate",
                "package",
                "delivered in opening hours",
                "Packages delivered to business customers in their opening hours, divided by all packages to them.",
                good_is="high",
            ),
            _reported(
                "contact_response_time",
                "Answers within 24 hours (until 2018)",
                "message",
                "answered within 24 hours",
                "Buyers' messages answered within 24 hours, divided by messages that needed an answer.",
                good_is="high",
            ),
            _reported(
                "return_dissatisfaction_rate",
                "Return dissatisfaction rate",
                "return request",
                "handled badly",
                "Return requests with bad feedback, refused without ground, or left for over 48 hours.",
            ),
            _reported(
                "cs_dissatisfaction_rate",
                "Customer service dissatisfaction rate (until 2018)",
                "answer",
                "that say no",
                "Buyers' answers that their problem was not solved, divided by answers.",
            ),
        )
    }
)
COUNTS_BAD = frozenset(key for key, metric in METRICS.items() if metric.good_is == "low")  # what is new, what leaves
