"""The open points of the marketplace's rules: each a name, its possible readings, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Option:
    """An open point of the marketplace's rules: its values, the first being the default, and what it means."""

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
        "cr_denominator": Option(
            ("with_pending", "without_pending"),
            "whether pending orders count as orders in the cancellation rate",
        ),
        "cr_items": Option(
            ("not_counted", "counted"),
            "whether a shipped order with one cancelled item counts as cancelled",
        ),
        "fba_feedback": Option(
            ("counted", "not_counted"),
            "whether 1-2 star feedback on an order fulfilled by Amazon counts as a defect",
        ),
    }
)
