"""Holes: every time between the first and the last day a kind of file speaks for on which it says nothing.

Those a judged window needs are gaps of its rate as well; the older ones matter to a trend alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from helpers.coverage import shops
from helpers.coverage.case import KINDS, asking, files
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
    newest = sorted(told, key=lambda one: one[2], reverse=True)
    rows = [
        (files(kind), store, *run, _asking(account, kind, store, run))
        for kind, store, run in sorted(newest, key=lambda one: KINDS.index(one[0]))
        if run[0] <= as_of
    ]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["holes"]), orient="row")


def _asking(account: Account, kind: str, store: str | None, run: Run) -> str | None:
    """The download that closes a hole, in the words of its store; of a hole of every store, in the words of each."""
    asked = (asking(kind, one, run) for one in ([store] if store else account.marketplaces))
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


def days_of_kinds(account: Account, metric: str) -> dict[str, pl.Series]:
    """The days each kind of file speaks for that tells the days of a rate's orders or of its bad ones, as far as such files
    are there: what files are called → days. A list whose marks have no day of their own tells no day."""
    kinds: dict[str, Callable[[Account], pl.Series]] = {}
    if METRICS[metric].rows in ("orders", "lateness"):
        kinds["all_orders"] = order_days
    for kind in _TELLING.get(metric, (METRICS[metric].proof,)):
        if kind in DAYS_OF:
            kinds[kind] = _covered_feedback if kind == "feedback" else DAYS_OF[kind]
    if "order_defects" in kinds and not _has_dated_lists(account):
        del kinds["order_defects"]
    elif "order_defects" in kinds:
        kinds.pop("money", None)  # where a list speaks, payments say nothing
    told = {files(kind): days(account) for kind, days in kinds.items()}
    return {called: days for called, days in told.items() if len(days)}


_TELLING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "order_defect_rate": ("feedback", "order_defects", "money"),
        "negative_feedback_rate": ("feedback", "order_defects"),
        "a_to_z_claims": ("order_defects", "money"),
        "chargebacks": ("order_defects", "money"),
        "late_shipment_rate": ("late_shipments",),
        "feedback_score": ("feedback",),
        "negative_share": ("feedback",),
        "return_rate": ("returns",),
    }
)


def _covered_feedback(account: Account) -> pl.Series:
    return feedback_days(account).covered


def _has_dated_lists(account: Account) -> bool:
    lists = account.files.filter(pl.col("report").is_in(["order_defects", "a_to_z_claims"])).get_column("path")
    return account.defects.filter("is_dated", pl.col("source_file").is_in(lists.implode())).height > 0
