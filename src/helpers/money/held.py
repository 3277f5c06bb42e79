"""The amounts that would be held if the account were closed on a day: from payment files where they reach, else from orders.

The balance of the open settlement is in no download, so the amount is a range: at least what is not yet delivered or within the
standard reserve (seven full days after delivery) where the account was paid out the day before; at most what is within the tighter
reserve of an account under assessment (14 days), and a whole period between payouts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from helpers.coverage.days import order_days
from helpers.money.reserves import PAYOUT, STANDARD, TIGHTER, reserve
from helpers.money.settled import DELIVERED, MOST, Paid, paid
from helpers.sentences import say
from helpers.vocabulary import Account
from helpers.wording import capital, money
from helpers.wording import day as in_words

PACE = 28  # days whose mean is the pace of those to come
ORDERS, PAYMENTS = "orders", "payments"
SCHEMA = {
    "currency": pl.String,
    "closed_on": pl.Date,
    "low": pl.Decimal(18, 2),
    "high": pl.Decimal(18, 2),
    "weeks_low": pl.Float64,
    "weeks": pl.Float64,
    "of": pl.String,
    "until": pl.Date,
    "rule": pl.String,
    "free_on": pl.Date,
    "source": pl.String,
}


@dataclass(frozen=True)
class Earned:
    """What one currency brings, by day.

    amounts   `day`, `amount` · days  those the files tell in full, sorted · of  "payments" or "orders"
    """

    currency: str | None
    amounts: pl.DataFrame
    days: pl.Series
    of: str
    payments: Paid

    @property
    def until(self) -> date:
        """The last day told."""
        return self.days[-1]

    @property
    def a_day(self) -> Decimal:
        """The pace: the mean of the days told of the last four weeks told."""
        first = self.until - timedelta(days=PACE - 1)
        return max(self._of_days(first, self.until) / self._told(first, self.until), Decimal(0))

    def of_last(self, days: int, closed: date) -> Decimal:
        """What so many days up to a closure bring: as told, and at the pace where they are to come or in no file."""
        first = closed - timedelta(days=days - 1)
        return max(self._of_days(first, closed) + self.a_day * (days - self._told(first, closed)), Decimal(0))

    def untold(self, days: int, last: date) -> int:
        """How many of so many days up to a last one no file tells."""
        return days - self._told(last - timedelta(days=days - 1), last)

    def _told(self, first: date, last: date) -> int:
        return int(self.days.is_between(first, last).sum())

    def _of_days(self, first: date, last: date) -> Decimal:
        own = self.amounts.filter(pl.col("day").is_between(first, last), pl.col("day").is_in(self.days.implode()))
        return Decimal(own.get_column("amount").sum() or 0)


def held(account: Account, day: date, closed_in: tuple[int, ...] = (0, 30, 60, 90)) -> pl.DataFrame:
    """What would be held: one row a currency and day of closure, the days after those told at the pace of the last four weeks.

    Columns: `currency`, `closed_on`, `low` and `high` (amounts), `weeks_low` and `weeks` of revenue that they are, `of` ("payments":
    after fees and refunds; "orders": their values), `until` (last day told), `rule`, `free_on`, `source` of the rule.
    Empty where no file tells an amount. Cancelled orders count nothing.
    """
    rows = [_row(one, account, day + timedelta(days=ahead)) for one in _earned(account, day) for ahead in closed_in]
    return pl.DataFrame(rows, schema=SCHEMA).sort("currency", "closed_on", nulls_last=True)


def told(account: Account, day: date) -> list[str]:
    """What the amounts of each currency rest on, and what they lack, in sentences."""
    return [sentence for one in _earned(account, day) for sentence in _told(one, day)]


def _earned(account: Account, day: date) -> Iterator[Earned]:
    sold = account.orders.filter(~pl.col("is_cancelled"), pl.col("value").is_not_null(), pl.col("day") <= day)
    values = sold.group_by("currency", "day").agg(amount=pl.col("value").sum())
    placed = order_days(account)
    placed = placed.filter(placed <= day) if len(placed) else values.get_column("day").unique().sort()
    named = [*sold.get_column("currency").unique(maintain_order=True), *account.money.get_column("currency").unique()]
    for currency in dict.fromkeys(named):
        payments = paid(account, currency, day)
        own = values.filter(pl.col("currency").eq_missing(pl.lit(currency)))
        if not payments.why_not:
            yield Earned(currency, payments.amounts, payments.days, PAYMENTS, payments)
        elif own.height:
            yield Earned(currency, own, placed, ORDERS, payments)


def _row(one: Earned, account: Account, closed: date) -> dict[str, object]:
    rule = reserve(closed, account.marketplaces)
    low, high = one.of_last(DELIVERED + STANDARD + 1, closed), one.of_last(MOST, closed)
    return {
        "currency": one.currency,
        "closed_on": closed,
        "low": round(low, 2),
        "high": round(high, 2),
        "weeks_low": float(low / (7 * one.a_day)) if one.a_day else None,
        "weeks": float(high / (7 * one.a_day)) if one.a_day else None,
        "of": one.of,
        "until": one.until,
        "rule": rule.rule,
        "free_on": closed + timedelta(days=rule.days),
        "source": rule.source,
    }


def _told(one: Earned, day: date) -> Iterator[str]:
    rests = {"currency": one.currency or capital(say("no-currency")), "day": in_words(one.until)}
    if one.of == ORDERS:
        yield say("held-rests.orders", why=one.payments.why_not, **rests)
    else:
        yield say("held-rests.payments", standard=STANDARD, tighter=TIGHTER, payout=PAYOUT, **rests)
    untold = one.untold(MOST, day)
    if untold:
        yield say("held-untold", days=MOST, day=in_words(day), untold=untold, of=one.of)
    if one.payments.held_back is not None:
        yield say("held-back", money=money(one.payments.held_back, one.currency))
