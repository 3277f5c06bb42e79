"""Holes: every time between the first and the last day a kind of file speaks for on which it says nothing.

Those a judged window needs are gaps of its rate as well; the older ones matter to a trend alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from helpers.coverage import shops
from helpers.coverage.case import KINDS, kind_of
from helpers.coverage.days import (
    feedback_days,
    late_list_days,
    money_days,
    order_days,
    package_days,
    return_days,
    stores,
    traffic_days,
    whole_late_days,
)
from helpers.coverage.runs import Run, inside, spans, together
from helpers.frames import SCHEMAS
from helpers.vocabulary import METRICS, Account


def holes(account: Account, as_of: date) -> pl.DataFrame:
    """The holes that begin by the day looked at: the `holes` frame, the newest of each kind first."""
    told = [("all_orders", store, run) for store, run in _of_orders(account)]
    for one in shops.all_shops(account):
        own, store = shops.of_shop(account, one), one or None
        told += [(kind, store, run) for kind, days in DAYS_OF.items() for run in inside(days(own))]
    rows = [
        (KINDS[kind].files, store, *run, _asking(account, kind, store, run))
        for kind, store, run in sorted(told, key=lambda one: one[2], reverse=True)
        if run[0] <= as_of
    ]
    rank = {kind.files: place for place, kind in enumerate(KINDS.values())}
    rows.sort(key=lambda row: rank[row[0]])
    return pl.DataFrame(rows, schema=dict(SCHEMAS["holes"]), orient="row")


def _asking(account: Account, kind: str, store: str | None, run: Run) -> str | None:
    """The download that closes a hole, in the words of its store; of a hole of every store, in the words of each."""
    asked = (kind_of(kind, one).asking(run) for one in ([store] if store else account.marketplaces))
    return "; ".join(dict.fromkeys(filter(None, asked))) or None


def _of_orders(account: Account) -> list[tuple[str | None, Run]]:
    """The holes between order files, each with its store; None for one of every store."""
    of_store = {
        store: inside(order_days(shops.of_shop(account, shops.shop(store)), store)) for store in stores(account)
    }
    every = list(dict.fromkeys(run for runs in of_store.values() for run in runs))
    found: list[tuple[str | None, Run]] = []
    for run in every:
        with_it = [store for store, runs in of_store.items() if run in runs]
        found += [(None, run)] if len(with_it) == len(of_store) else [(store, run) for store in with_it]
    return found


def _list_days(account: Account) -> pl.Series:
    """The days of orders some defect list speaks for: each for the window judged on its own day."""
    rate = METRICS["order_defect_rate"]
    length = pl.duration(days=max(rate.windows) + rate.lag_days - 1)
    lists = account.files.filter(pl.col("report").is_in(["order_defects", "a_to_z_claims"])).drop_nulls("reaches")
    return spans(lists.select(pl.min_horizontal("first_day", pl.col("reaches") - length), "reaches").iter_rows())


DAYS_OF: Mapping[str, Callable[[Account], pl.Series]] = MappingProxyType(
    {
        "feedback": lambda account: feedback_days(account).days,
        "order_defects": _list_days,
        "late_shipments": lambda account: together(late_list_days(account), whole_late_days(account)),
        "valid_tracking": lambda account: package_days(account, "valid_tracking").days,
        "on_time_delivery": lambda account: package_days(account, "on_time_delivery").days,
        "money": money_days,
        "returns": lambda account: return_days(account).days,
        "traffic": traffic_days,
    }
)
