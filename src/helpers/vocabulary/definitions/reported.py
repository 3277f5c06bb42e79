"""Rates no download lets a seller count: only the marketplace's own figure can be shown."""

from __future__ import annotations

from helpers.vocabulary.metric import Good, Metric


def _reported(
    key: str,
    one_is: str,
    *,
    good_is: Good = "low",
    windows: tuple[int, ...] = (),
    lag_days: int = 0,
) -> Metric:
    return Metric(
        key=key,
        one_is=one_is,
        rows="reported",
        good_is=good_is,
        windows=windows,
        lag_days=lag_days,
        proof="reported",
    )


REPORTED = (
    _reported(
        "invoice_defect_rate",
        "order",
        windows=(7,),
        lag_days=14,
    ),
    _reported(
        "business_hour_delivery_rate",
        "package",
        good_is="high",
    ),
    _reported(
        "contact_response_time",
        "message",
        good_is="high",
    ),
    _reported(
        "return_dissatisfaction_rate",
        "return request",
    ),
    _reported(
        "cs_dissatisfaction_rate",
        "answer",
    ),
)
