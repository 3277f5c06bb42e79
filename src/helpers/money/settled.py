"""What payment files say was earned, day by day: sales less fees, refunds and claims, each posting once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from helpers.coverage.days import money_days
from helpers.money.reserves import PAYOUT, TIGHTER
from helpers.sentences import say
from helpers.vocabulary import Account

DELIVERED = 5  # days after the order, where the files tell no delivery
MOST = DELIVERED + TIGHTER + 1 + PAYOUT  # days whose money is held at most
OLD = 31  # days since the last one settled from which the orders say more: a period of payouts, and one that was not downloaded
# Money that only changes its place: a payout, or a reserve carried from one settlement into the next. Types as the files write
# them, in the languages they are known in; the reserve by its description.
MOVED = r"(?i)^(transfer|transfers|übertrag|transfert|trasferimento|transferir|transferencia|overboeking|överföring|przelew|振込み?)$"
RESERVED = r"(?i)(current|previous) reserve amount"
HELD_BACK = r"(?i)current reserve amount"


@dataclass(frozen=True)
class Paid:
    """What was earned in one currency, by day of posting.

    amounts     `day`, `amount` · days  those the files tell in full, sorted
    held_back   what the last settlement says it kept as a reserve; None where it says nothing
    why_not     why the orders say more, in words; empty where these amounts are used
    """

    amounts: pl.DataFrame
    days: pl.Series
    held_back: Decimal | None
    why_not: str


def paid(account: Account, currency: str | None, day: date) -> Paid:
    """What the payment files say of a currency on a day."""
    own = _once(account).filter(pl.col("currency") == currency, pl.col("day") <= day)
    days = money_days(account)
    told = days.filter(days <= day)
    is_reserve = pl.col("description").fill_null("").str.contains(RESERVED)
    earned = own.filter(~pl.col("type").fill_null("").str.contains(MOVED), ~is_reserve)
    amounts = earned.group_by("day").agg(pl.col("amount").sum()).sort("day")
    return Paid(amounts, told, _held_back(own), _why_not(account, currency, own, told, day))


def _once(account: Account) -> pl.DataFrame:
    """The postings, each once, of the payment files of an account.

    A settlement report holds a settlement whole: of several the one with most rows. Files by date cut settlements in two: of a
    settlement no report tells, each day of a store is of the file with
    most rows on it.
    """
    reports = account.files.filter(report="settlement").get_column("path")
    money = account.money.with_columns(day=pl.col("posted_at").dt.date())
    is_whole = pl.col("source_file").is_in(reports.implode())
    whole, dated = money.filter(is_whole), money.filter(~is_whole)
    told = whole.get_column("settlement_id").drop_nulls().unique()
    dated = dated.filter(~pl.col("settlement_id").is_in(told.implode()).fill_null(value=False))
    return pl.concat([_fullest(whole, "settlement_id"), _fullest(dated, "day", "marketplace", "currency")])


def _fullest(money: pl.DataFrame, *of: str) -> pl.DataFrame:
    """Of each settlement, or day of a store, the postings of the file that has most of them."""
    sizes = money.group_by(*of, "source_file").len().sort("len", "source_file", descending=[True, False])
    chosen = sizes.unique(of, keep="first", maintain_order=True).select(*of, "source_file")
    return money.join(chosen, on=[*of, "source_file"], how="semi", nulls_equal=True)


def _held_back(own: pl.DataFrame) -> Decimal | None:
    """The reserve of the last settlement, as an amount held."""
    kept = own.filter(pl.col("description").fill_null("").str.contains(HELD_BACK)).sort("posted_at")
    return -Decimal(kept.get_column("amount")[-1]) if kept.height else None


def _why_not(account: Account, currency: str | None, own: pl.DataFrame, told: pl.Series, day: date) -> str:
    if own.is_empty() or told.is_empty():
        return say("not-paid.currency" if account.money.height else "not-paid.none")
    until = told[-1]
    if (day - until).days > OLD:
        return say("not-paid.ended")
    if told.filter(told > until - timedelta(days=MOST)).len() < MOST:
        return say("not-paid.missing", days=MOST)
    sold = account.orders.filter(
        pl.col("currency") == currency, pl.col("day").is_between(until - timedelta(days=MOST), until)
    )
    stores = set(sold.get_column("marketplace").drop_nulls())
    stores = {store for store in stores if not store.startswith("non-amazon")}
    missing = stores - set(own.get_column("marketplace").drop_nulls())
    return say("not-paid.stores", stores=", ".join(sorted(missing))) if missing else ""
