"""The open points of the marketplace's rules: each a name, its possible readings, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Kind = Literal["word", "number", "day"]
OTHERS: Mapping[Kind, str] = MappingProxyType({"number": "another whole number", "day": "another day, YYYY-MM-DD"})


@dataclass(frozen=True)
class Option:
    """An open point of the marketplace's rules: its readings, the first being the default, and what it means.

    kind   `word`: one of `values`; `number` (whole, 1 to 9999) or `day`: any such value, `values` being those known
    """

    values: tuple[str, ...]
    meaning: str
    kind: Kind = "word"

    @property
    def default(self) -> str:
        return self.values[0]

    @property
    def readings(self) -> tuple[str, ...]:
        """What may stand in its place, in words."""
        return (*self.values, *filter(None, [OTHERS.get(self.kind)]))

    def accepts(self, value: str) -> bool:
        """Whether an account may choose this value."""
        is_other = {"number": _is_number, "day": _is_day}.get(self.kind)
        return value in self.values or (is_other is not None and is_other(value))


def _is_number(value: str) -> bool:
    return re.fullmatch("[1-9][0-9]{0,3}", value) is not None


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


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
        "score_min": Option(
            ("11", "10"),
            "from how many feedback in 12 months the 12-month score is shown instead of the lifetime one",
            "number",
        ),
        "break_date": Option(
            ("2025-08-04",),
            "the day from which buyers can rate with stars alone: response rates are not compared across it",
            "day",
        ),
        "feedback_days": Option(
            ("90",), "days from the order in which its buyer can leave feedback (third parties say so)", "number"
        ),
        "feedback_withdraw_days": Option(
            ("60",), "days from a feedback in which its buyer can take it back (third parties say so)", "number"
        ),
        "feedback_removal_days": Option(
            ("90",), "days from a feedback in which the seller can ask for its removal (third parties say so)", "number"
        ),
    }
)
