"""The open points of the marketplace's rules: each a name, its possible readings, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from helpers.sentences import say

Kind = Literal["word", "number", "day"]
OTHERS: Mapping[Kind, str] = MappingProxyType({"number": "another whole number", "day": "another day, YYYY-MM-DD"})


@dataclass(frozen=True)
class Option:
    """An open point of the marketplace's rules: its name and its readings, the first being the default.

    kind   `word`: one of `values`; `number` (whole, 1 to 9999) or `day`: any such value, `values` being those known
    """

    name: str
    values: tuple[str, ...]
    kind: Kind = "word"

    @property
    def meaning(self) -> str:
        """What it leaves open, within a sentence."""
        return say(f"open-point.{self.name}")

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


_ALL = (
    Option("odr_denominator", ("not_cancelled", "with_cancelled")),
    Option("odr_window_before_2021", ("60/14", "90/30")),
    Option("claims_rule", ("that_count", "every_claim")),
    Option("claims_withdrawn", ("counted", "not_counted")),
    Option("fba_feedback", ("counted", "not_counted")),
    Option("cr_denominator", ("with_pending", "without_pending")),
    Option("cr_items", ("not_counted", "counted")),
    Option("lsr_dating", ("order_date", "expected_ship_date", "confirm_date")),
    Option("lsr_late", ("past_ship_by", "three_days_past")),
    Option("clock", ("store", "pacific", "utc")),
    Option("score_min", ("11", "10"), "number"),
    Option("break_date", ("2025-08-04",), "day"),
    Option("feedback_days", ("90",), "number"),
    Option("feedback_withdraw_days", ("60",), "number"),
    Option("feedback_removal_days", ("90",), "number"),
)
OPTIONS: Mapping[str, Option] = MappingProxyType({one.name: one for one in _ALL})
