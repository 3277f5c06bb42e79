"""Shares of the feedback received, by the day it was received."""

from __future__ import annotations

import polars as pl

from helpers.vocabulary.metric import Good, Metric


def _share(key: str, numerator: pl.Expr, *, good_is: Good = "low") -> Metric:
    """A share of all feedback that was not struck out."""
    return Metric(
        key=key,
        one_is="feedback",
        rows="feedback",
        denominator=~pl.col("is_struck"),
        numerator=numerator,
        day="received_on",
        seen_on="received_on",
        windows=(30, 90, 365),
        fulfilments=("all",),
        good_is=good_is,
        proof="feedback",
    )


FEEDBACK = (
    _share(
        "feedback_score",
        pl.col("stars") >= 4,
        good_is="high",
    ),
    _share(
        "negative_share",
        pl.col("is_negative"),
    ),
)
