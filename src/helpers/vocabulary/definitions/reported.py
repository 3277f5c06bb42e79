"""Rates no download lets a seller count: only the marketplace's own figure can be shown."""

from __future__ import annotations

from helpers.vocabulary.metric import Good, Metric


def _reported(
    key: str,
    one_is: str,
    definition: str,
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
        definition=definition,
    )


REPORTED = (
    _reported(
        "invoice_defect_rate",
        "order",
        "Business orders without an invoice by the end of the first working day after shipping, divided by "
        "business orders.",
        windows=(7,),
        lag_days=14,
    ),
    _reported(
        "business_hour_delivery_rate",
        "package",
        "Packages delivered to business customers in their opening hours, divided by all packages to them.",
        good_is="high",
    ),
    _reported(
        "contact_response_time",
        "message",
        "Buyers' messages answered within 24 hours, divided by messages that needed an answer.",
        good_is="high",
    ),
    _reported(
        "return_dissatisfaction_rate",
        "return request",
        "Return requests with bad feedback, refused without ground, or left for over 48 hours.",
    ),
    _reported(
        "cs_dissatisfaction_rate",
        "answer",
        "Buyers' answers that their problem was not solved, divided by answers.",
    ),
)
