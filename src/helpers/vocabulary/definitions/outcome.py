"""How orders end: without a fault, returned, refunded."""

from __future__ import annotations

import polars as pl

from helpers.vocabulary.conditions import IS_DEFECTIVE, IS_ORDER, IS_SOLD
from helpers.vocabulary.metric import Metric
from helpers.vocabulary.words import MERCHANT

OUTCOME = (
    Metric(
        key="perfect_order_percentage",
        one_is="order",
        rows="orders",
        denominator=IS_ORDER & (pl.col("status") != "pending"),
        numerator=~IS_DEFECTIVE & ~pl.col("is_cancelled") & ~pl.col("is_late").fill_null(False),
        good_is="high",
        proof="perfect",
    ),
    Metric(
        key="return_rate",
        one_is="order",
        rows="orders",
        denominator=IS_ORDER & IS_SOLD,
        numerator=pl.col("returned_on").is_not_null(),
        seen_on="returned_on",
        windows=(60,),
        lag_days=14,
        fulfilments=(MERCHANT,),
        proof="returns",
    ),
    Metric(
        key="refund_rate",
        one_is="unit",
        rows="traffic",
        numerator=pl.col("units_refunded"),
        weight=pl.col("units_ordered"),
        windows=(30,),
        fulfilments=("all",),
        proof="traffic",
    ),
)
