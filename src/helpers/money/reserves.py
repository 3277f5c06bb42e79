"""The marketplace's rules on money it holds, by the day they are in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from helpers.sentences import say

STANDARD, TIGHTER = 7, 14  # full days after delivery: free on delivery + so many + 1
PAYOUT = 14  # days between payouts


@dataclass(frozen=True)
class Reserve:
    """A rule of the marketplace on money it holds: from when, how many days after the closure; by its key its words and who says so
    stand among the sentences."""

    valid_from: date
    key: str
    days: int

    @property
    def rule(self) -> str:
        return say(f"reserve-rule.{self.key}")

    @property
    def source(self) -> str:
        return say(f"reserve-source.{self.key}")


RESERVES = (Reserve(date.min, "freed", 90), Reserve(date(2024, 10, 25), "asked_for", 60))


def reserve(on: date, marketplaces: tuple[str, ...]) -> Reserve:
    """The rule in force on a day. Japan keeps 90 days as a rule (help page 9RA9LYBJ3QP27M6)."""
    if marketplaces and all(store == "amazon.co.jp" for store in marketplaces):
        return Reserve(date.min, "japan", 90)
    return [rule for rule in RESERVES if rule.valid_from <= on][-1]
