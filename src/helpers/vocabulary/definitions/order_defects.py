"""The order defect rate and its three parts."""

from __future__ import annotations

import polars as pl

from helpers.vocabulary.conditions import IS_DEFECTIVE, IS_ORDER, IS_PLACED
from helpers.vocabulary.metric import Also, Change, Metric

ORDER_DEFECT_RATE = Metric(
    key="order_defect_rate",
    one_is="order",
    rows="orders",
    denominator=IS_PLACED,
    numerator=IS_DEFECTIVE,
    seen_on="defective_on",
    windows=(60,),
    lag_days=14,
    proof="defects",
    variants={"odr_denominator": {"with_cancelled": Change(denominator=Also(IS_ORDER))}},
)

ORDER_DEFECTS = (
    ORDER_DEFECT_RATE,
    ORDER_DEFECT_RATE.part(
        key="negative_feedback_rate",
        numerator=pl.col("negative_feedback_on").is_not_null(),
        seen_on="negative_feedback_on",
    ),
    ORDER_DEFECT_RATE.part(
        key="a_to_z_claims",
        numerator=pl.col("a_to_z_claim_on").is_not_null(),
        seen_on="a_to_z_claim_on",
    ),
    ORDER_DEFECT_RATE.part(
        key="chargebacks",
        numerator=pl.col("chargeback_on").is_not_null(),
        seen_on="chargeback_on",
    ),
)
