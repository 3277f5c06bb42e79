"""What would be held if the account were closed on a day: a range and a calendar, by the reserve rules of that day.

Never the chance of a closure. The balance of the open settlement is in no download, so the amount is a range: at least the
orders not yet delivered or within the standard reserve (seven full days after delivery) where the account was paid out the day
before; at most those within the tighter reserve of an account under assessment (14 days), and a whole period between payouts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from helpers.vocabulary import Account

STANDARD, TIGHTER = 7, 14  # full days after delivery: free on delivery + so many + 1
PAYOUT = 14  # days between payouts
DELIVERED = 5  # days after the order, where the files tell no delivery
SCHEMA = {
    "currency": pl.String,
    "closed_on": pl.Date,
    "low": pl.Decimal(18, 2),
    "high": pl.Decimal(18, 2),
    "weeks": pl.Float64,
    "rule": pl.String,
    "free_on": pl.Date,
    "source": pl.String,
}


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


def held(account: Account, day: date, closed_in: tuple[int, ...] = (0, 30, 60, 90)) -> pl.DataFrame:
    """What would be held: one row a currency and day of closure, the days after `day` at the pace of the last four weeks.

    Columns: `currency`, `closed_on`, `low` and `high` (amounts), `weeks` of revenue that `high` is, `rule`, `free_on`, `source`.
    Empty where no order tells its value. Cancelled orders count nothing.
    """
    sold = account.orders.filter(~pl.col("is_cancelled"), pl.col("value").is_not_null(), pl.col("day") <= day)
    rows = []
    for (currency,), orders in sold.group_by("currency", maintain_order=True):
        for ahead in closed_in:
            rows.append(_row(orders, account, currency, day, day + timedelta(days=ahead)))
    return pl.DataFrame(rows, schema=SCHEMA).sort("currency", "closed_on", nulls_last=True)


def _row(orders: pl.DataFrame, account: Account, currency: object, day: date, closed: date) -> dict:
    a_day = _sum(orders, day - timedelta(days=27), day) / 28
    coming = a_day * max((closed - day).days, 0)

    def placed_in(days: int) -> Decimal:
        first = closed - timedelta(days=days - 1)
        return _sum(orders, first, day) + min(coming, a_day * days)

    rule = reserve(closed, account.marketplaces)
    high = placed_in(DELIVERED + TIGHTER + 1 + PAYOUT)
    return {
        "currency": currency,
        "closed_on": closed,
        "low": round(placed_in(DELIVERED + STANDARD + 1), 2),
        "high": round(high, 2),
        "weeks": float(high / (7 * a_day)) if a_day else None,
        "rule": rule.rule,
        "free_on": closed + timedelta(days=rule.days),
        "source": rule.source,
    }


def _sum(orders: pl.DataFrame, first: date, last: date) -> Decimal:
    found = orders.filter(pl.col("day").is_between(first, last)).get_column("value").sum()
    return Decimal(found or 0)
