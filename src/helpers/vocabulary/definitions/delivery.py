"""What carriers do: valid tracking and delivery on time."""

from __future__ import annotations

import polars as pl

from helpers.vocabulary.conditions import IS_OURS
from helpers.vocabulary.metric import Metric
from helpers.vocabulary.words import MERCHANT

DELIVERY = (
    Metric(
        key="valid_tracking_rate",
        one_is="package",
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
    ),
    Metric(
        key="on_time_delivery_rate",
        one_is="unit",
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
    ),
    Metric(
        key="on_time_delivery_legacy",
        one_is="package",
        rows="packages",
        denominator=IS_OURS & pl.col("is_on_time").is_not_null(),
        numerator=pl.col("is_on_time"),
        day="promised_day",
        seen_on="promised_day",
        fulfilments=(MERCHANT,),
        good_is="high",
        proof="on_time_delivery",
    ),
)
