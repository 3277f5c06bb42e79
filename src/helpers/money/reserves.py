"""The marketplace's rules on money it holds, by the day they are in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STANDARD, TIGHTER = 7, 14  # full days after delivery: free on delivery + so many + 1
PAYOUT = 14  # days between payouts


@dataclass(frozen=True)
class Reserve:
    """A rule of the marketplace on money it holds: from when, how many days after the closure, who says so."""

    valid_from: date
    rule: str
    days: int
    source: str


RESERVES = (
    Reserve(
        date.min,
        "freed after 90 days, less claims; many letters add “or longer”",
        90,
        "Seller Central forum, thread 177324",
    ),
    Reserve(
        date(2024, 10, 25),
        "can be asked for once, after 60 days and an identity check; lost after fraud or repeated breaches",
        60,
        "seller-forum.com, thread 6534",
    ),
)


def reserve(on: date, marketplaces: tuple[str, ...]) -> Reserve:
    """The rule in force on a day. Japan keeps 90 days as a rule (help page 9RA9LYBJ3QP27M6)."""
    if marketplaces and all(store == "amazon.co.jp" for store in marketplaces):
        return Reserve(
            date.min, "held 90 days as a rule, which can be extended", 90, "amazon.co.jp, help page 9RA9LYBJ3QP27M6"
        )
    return [rule for rule in RESERVES if rule.valid_from <= on][-1]
