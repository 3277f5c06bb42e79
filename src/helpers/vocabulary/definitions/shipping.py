"""Shipping in time, and not at all: late shipments and cancellations."""

from __future__ import annotations

import polars as pl

from helpers.vocabulary.conditions import IS_ORDER, IS_SELLER_CANCELLED
from helpers.vocabulary.metric import Also, Change, Metric, Only
from helpers.vocabulary.words import MERCHANT

SHIPPING = (
    Metric(
        key="late_shipment_rate",
        one_is="order",
        rows="lateness",
        denominator=IS_ORDER,
        numerator=pl.col("is_late"),
        seen_on="late_on",
        windows=(10, 30),
        fulfilments=(MERCHANT,),
        proof="lateness",
        variants={
            "lsr_dating": {
                "expected_ship_date": Change(day="ship_by_day"),
                "confirm_date": Change(day="confirmed_day"),
            },
            "lsr_late": {"three_days_past": Change(numerator=Only(pl.col("is_three_days_late")))},
        },
    ),
    Metric(
        key="cancellation_rate",
        one_is="order",
        rows="orders",
        denominator=IS_ORDER,
        numerator=IS_SELLER_CANCELLED,
        seen_on="updated_on",
        windows=(7,),
        fulfilments=(MERCHANT,),
        proof="cancellations",
        variants={
            "cr_denominator": {"without_pending": Change(denominator=Only(pl.col("status") != "pending"))},
            "cr_items": {"counted": Change(numerator=Also(pl.col("has_cancelled_item")))},
        },
    ),
)
