"""The open points of the marketplace's rules: each a name, its possible readings, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Option:
    """An open point of the marketplace's rules: its readings, the first being the default, and what it means."""

    values: tuple[str, ...]
    meaning: str

    @property
    def default(self) -> str:
        return self.values[0]


OPTIONS: Mapping[str, Option] = MappingProxyType(
    {
        "odr_denominator": Option(
            ("not_cancelled", "with_cancelled"),
            "whether cancelled and pending orders count as orders in the order defect rate",
        ),
        "odr_window_before_2021": Option(
            ("60/14", "90/30"),
            "window and lag of the order defect rate from 2012 to October 2021, in days",
        ),
        "claims_rule": Option(
            ("that_count", "every_claim"),
            "whether a claim decided for the seller is left out, or every claim counts as it once did",
        ),
        "claims_withdrawn": Option(
            ("counted", "not_counted"),
            "whether a claim the buyer withdrew counts",
        ),
        "fba_feedback": Option(
            ("counted", "not_counted"),
            "whether 1-2 star feedback on an order fulfilled by Amazon counts as a defect",
        ),
        "cr_denominator": Option(
            ("with_pending", "without_pending"),
            "whether pending orders count as orders in the cancellation rate",
        ),
        "cr_items": Option(
            ("not_counted", "counted"),
            "whether a shipped order with one cancelled item counts as cancelled",
        ),
        "lsr_dating": Option(
            ("order_date", "expected_ship_date", "confirm_date"),
            "which day puts an order into the window of the late shipment rate",
        ),
        "lsr_late": Option(
            ("past_ship_by", "three_days_past"),
            "whether an order is late once its ship-by moment has passed, or three days later, as until September 2014",
        ),
        "clock": Option(
            ("store", "pacific", "utc"),
            "whose midnight ends the day of an order",
        ),
    }
)
