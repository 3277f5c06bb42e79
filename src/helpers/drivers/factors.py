"""Account → one row an order with what it can be told apart by, and whether it turned out bad. No column about the buyer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from helpers.metrics import facts
from helpers.sentences import say
from helpers.vocabulary import METRICS, Account
from helpers.wording import day_name

DAYS = 365  # of orders that are looked at
MOST_HANDLING = 5  # days; more are one group
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FACTORS = ("sku", "carrier", "ship_service", "region", "weekday", "handling", "store", "channel")
STRATA = (*FACTORS, "month")  # what others are compared within; a month is nobody's cause


def orders(account: Account) -> pl.DataFrame:
    """Every order with its `day` and its level of each factor as text; null where the files do not say.

    The SKU is that of the order's first item. The region is the state where most orders tell one, else the country.
    """
    placed = account.orders.lazy()
    sent = (
        account.shipments.lazy()
        .group_by("order_id")
        .agg(carrier=pl.col("carrier").drop_nulls().first(), sent_at=pl.coalesce("shipped_at", "confirmed_at").min())
    )
    has_states = account.orders.get_column("ship_state").null_count() < account.orders.height / 2
    state = pl.concat_str(pl.col("ship_country").fill_null(""), pl.lit(" "), pl.col("ship_state").str.to_uppercase())
    handled = (pl.col("sent_at") - pl.col("purchased_at")).dt.total_days().clip(0, MOST_HANDLING)
    return (
        placed.join(sent, on="order_id", how="left")
        .select(
            "order_id",
            "day",
            "sku",
            pl.col("carrier").str.strip_chars().str.to_uppercase(),
            "ship_service",
            region=state.str.strip_chars() if has_states else pl.col("ship_country"),
            weekday=pl.col("day").dt.weekday().replace_strict(dict(enumerate(WEEKDAYS, 1)), default=None),
            handling=pl.when(handled == MOST_HANDLING)
            .then(pl.lit(f"{MOST_HANDLING} days or more"))
            .when(handled == 1)
            .then(pl.lit("1 day"))
            .otherwise(pl.format("{} days", handled)),
            store="marketplace",
            channel="fulfilment",
            month=pl.col("day").dt.strftime("%Y-%m"),
        )
        .collect()
    )


def level_name(factor: str, level: str) -> str:
    """A level in the words of a page: weekdays and handling times in its language, all else as the files say it."""
    if factor == "weekday":
        return day_name(WEEKDAYS.index(level))
    if factor == "handling":
        days = int(level.split()[0])
        return say("handling", days=days, more="more" if days == MOST_HANDLING else "none")
    return level


def outcomes(account: Account, ripe: int, day: date) -> dict[str, pl.DataFrame]:
    """By what can go wrong: the orders it can go wrong with, `order_id` and `is_bad`, as known on a day.

    ripe   age in days from which on the defects of an order have been reported; late shipments are known at once
    "order_defect_rate"; "claims_and_returns", which no choice to write a feedback can colour; "late_shipment_rate"
    """
    found = {}
    for name, make in _OUTCOMES.items():
        last = day - timedelta(days=0 if name == "late_shipment_rate" else ripe)
        rows = make(account, day).filter(pl.col("day").is_between(last - timedelta(days=DAYS - 1), last))
        if rows.get_column("is_bad").any():  # where none of these went wrong there is nothing to come from anywhere
            found[name] = rows.select("order_id", "is_bad")
    return found


def _of(metric: str, rows: pl.DataFrame, is_bad: pl.Expr, account: Account) -> pl.DataFrame:
    one = METRICS[metric].under(account.option)
    counted = rows.filter(one.denominator, pl.col("fulfilment").is_in(one.fulfilments)).unique("order_id")
    return counted.select("order_id", "day", is_bad=is_bad.fill_null(value=False))


def _defects(account: Account, day: date) -> pl.DataFrame:
    rows = facts.orders(account).joined()
    return _of("order_defect_rate", rows, pl.col("defective_on") <= day, account)


def _claims_and_returns(account: Account, day: date) -> pl.DataFrame:
    rows = facts.orders(account).joined()
    seen = pl.min_horizontal("a_to_z_claim_on", "chargeback_on", "returned_on")
    return _of("order_defect_rate", rows, seen <= day, account)


def _late(account: Account, day: date) -> pl.DataFrame:
    rows = facts.lateness(account).joined()
    return _of("late_shipment_rate", rows, pl.col("is_late") & (pl.col("late_on") <= day), account)


_OUTCOMES: Mapping[str, Callable[[Account, date], pl.DataFrame]] = MappingProxyType(
    {"order_defect_rate": _defects, "claims_and_returns": _claims_and_returns, "late_shipment_rate": _late}
)
