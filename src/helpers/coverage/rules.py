"""The rules of proof, one a family of rates: what the files can tell of it over the windows judged on a day.

A rate over the orders of order files is also only as exact as these hold the orders (`_over_orders`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from helpers.coverage.case import Case, Missing, Proof
from helpers.coverage.days import (
    Told,
    feedback_days,
    files_that_tell,
    has_only_bad_stars,
    late_files,
    late_list_days,
    once,
    order_days,
    package_days,
    return_days,
    snapshot_days,
    traffic_days,
    whole_late_days,
)
from helpers.coverage.defects import of_defects
from helpers.coverage.gaps import denied, gaps
from helpers.coverage.runs import together
from helpers.coverage.shops import shop
from helpers.coverage.unread import odd_orders, silent, undecided, unread
from helpers.sentences import say
from helpers.vocabulary import LIST_MARKS, METRICS, Account
from helpers.wording import uncounted


def _not_supplied(case: Case, why: str, kind: str, *, is_told: bool = False) -> Proof:
    return Proof("impossible", (Missing(why, kind, case.asking(kind)),), is_told)


def _of_nothing(proof: Proof, one_is: str) -> Proof:
    """Nought of nought is no rate: nothing in it is exact, and no download would help."""
    return Proof("impossible", (Missing(say("untold.of_nothing", what=uncounted(one_is))),), proof.is_told)


def _over_orders(case: Case, proof: Proof, also: pl.Series | None = None) -> Proof:
    """The proof of a rate over the orders of order files: as exact as these hold the orders of the window.

    also   days for which the orders are known without them
    """
    account = case.account
    if account.orders.is_empty():
        return _not_supplied(case, say("untold.no_orders"), "all_orders", is_told=proof.is_told)
    told = order_days(account, case.store)
    if told.is_empty():
        return _not_supplied(case, say("untold.no_period"), "all_orders", is_told=proof.is_told)
    if proof.exactness == "impossible":
        return proof
    told = told if also is None else together(told, also)
    short = gaps(case, "all_orders", Told(told), case.windows)
    lost = unread(account, _order_files(account), case.window_start, case.window_end) + odd_orders(case)
    proof = denied(proof, short, case.windows, "approximate").but(*lost, exactness="approximate")
    return proof if short or lost or _has_orders(case) else _of_nothing(proof, "order")


def _has_orders(case: Case) -> bool:
    """Whether the order files hold an order of the window that the rate is taken over."""
    readings = tuple((name, case.account.option(name)) for name in case.metric.variants)
    days = _days_with_orders(case.account, case.store, case.fulfilment, case.metric.key, readings)
    first, last = case.window_start, case.window_end
    return any(first <= day <= last for day in days)


@once
def _days_with_orders(
    account: Account, store: str, fulfilment: str, metric: str, readings: tuple[tuple[str, str], ...]
) -> frozenset[date]:
    """The days of the orders of a store and channel that a metric is taken over under these readings of its options."""
    bad = account.defects.filter("counts").select("order_id", defective_on="occurred_on").unique("order_id")
    rows = account.orders.filter(marketplace=store, fulfilment=fulfilment).join(bad, on="order_id", how="left")
    rows = rows.filter(METRICS[metric].under(dict(readings).__getitem__).denominator)
    return frozenset(rows.get_column("day").drop_nulls().unique())


@once
def _order_files(account: Account) -> pl.DataFrame:
    """The files by order date."""
    return account.files.filter(covers="orders")


def _defects(case: Case) -> Proof:
    return _over_orders(case, of_defects(case))


def _cancellations(case: Case) -> Proof:
    silent_ones, all_are = _silent_on(case.account, case.metric.key)
    if all_are:
        said = say("untold.cancelled")
        asked = case.with_column("cancelled") if shop(case.store) else case.asking("all_orders")
        return _over_orders(case, Proof("impossible", (Missing(said, "all_orders", asked),), is_told=False))
    proof = Proof("exact", is_told=not case.account.orders.is_empty())
    asked = case.asking("all_orders")
    mute = [Missing(say("untold.cancelled_in", file=path), None, asked) for path in silent_ones]
    proof = proof.but(*mute, exactness="lower_bound")
    first, last = case.window_start, case.window_end
    days = _by_whom_cancelled(case.account, case.store, case.fulfilment)
    recent = [counts for day, *counts in days if first <= day <= last]
    orders, unsaid, cancelled = map(sum, zip(*recent, strict=True)) if recent else (0, 0, 0)
    if orders and (unsaid == orders or cancelled):
        said = say("untold.buyer_requested")
        proof = proof.but(Missing(said, None, case.with_column("buyer_requested")), exactness="upper_bound")
    return _over_orders(case, proof)


@once
def _silent_on(account: Account, rate: str) -> tuple[list[str], bool]:
    """The order files whose map has no column that tells a rate's bad ones, and whether there are no others."""
    paths = _order_files(account).get_column("path").to_list()
    silent_ones = [path for path in paths if path in account.mute(rate)]
    return silent_ones, bool(paths) and silent_ones == paths


@once
def _by_whom_cancelled(account: Account, store: str, fulfilment: str) -> list[tuple[date, int, int, int]]:
    """Of each day with orders of a store and channel: how many there are, of how many the files do not say whether the buyer
    asked to cancel, and how many of these were cancelled."""
    is_unsaid = pl.col("is_buyer_requested").is_null()
    counts = (pl.len(), is_unsaid.sum().alias("unsaid"), (is_unsaid & pl.col("is_cancelled")).sum().alias("cancelled"))
    placed = account.orders.filter(pl.col("day").is_not_null(), marketplace=store, fulfilment=fulfilment)
    return placed.group_by("day").agg(*counts).rows()


def _lateness(case: Case) -> Proof:
    """Late lists and snapshots name the late ones among the orders of order files; other files tell of every order."""
    account, download = case.account, case.asking("late_shipments")
    whole, listed, seen = whole_late_days(account), late_list_days(account), snapshot_days(account)
    told = together(whole, listed, seen)
    lost = {}
    for is_whole in (True, False):
        files = late_files(account, is_whole=is_whole)
        lost[is_whole] = unread(account, files, *case.to_day[-1]) + silent(case, files, "is_late")
    lost[True] += undecided(case)
    if told.is_empty():
        said = Missing(say("untold.shipped"), "late_shipments", download)
        return Proof("impossible", (said, *lost[True], *lost[False]), is_told=False)
    proof, kind = Proof("exact"), "late_shipments"
    if whole.is_empty() and listed.is_empty():
        said = say("untold.snapshots_only")
        proof, kind = proof.but(Missing(said, None, download), exactness="lower_bound"), "unshipped"
    proof = denied(proof, gaps(case, kind, Told(told), case.windows), case.windows, "lower_bound")
    proof = proof.but(*lost[True], exactness="approximate").but(*lost[False], exactness="lower_bound")
    if whole.is_empty() and account.orders.is_empty():
        said = say("untold.late_alone")
        return _not_supplied(case, said, "all_orders", is_told=True)
    if listed.is_empty() and seen.is_empty():
        is_of_nothing = not proof.missing and _rows(case, "is_late", "order_day").is_empty()
        return _of_nothing(proof, "order") if is_of_nothing else proof
    return _over_orders(case, proof, whole)


def _rows(case: Case, mark: str, moment: str) -> pl.DataFrame:
    """The rows of lists and tables that tell a mark, of the store and with a day in or beside one of the windows."""
    account = case.account
    placed = account.orders.select("order_id", of_store="marketplace", placed_on="day")
    told = account.shipments.filter(pl.col(mark).is_not_null()).join(placed, on="order_id", how="left")
    own = pl.col(moment) if moment == "order_day" else pl.col(moment).dt.convert_time_zone(account.time_zone).dt.date()
    near = pl.coalesce(own, "order_day", "placed_on")
    beside = timedelta(days=1)  # days of two time zones
    return told.filter(
        near.is_between(case.window_start - beside, case.window_end + beside),
        pl.coalesce("marketplace", "of_store").fill_null(case.store) == case.store,
    )


def _packages(case: Case) -> Proof:
    account, kind = case.account, case.metric.proof
    whole = files_that_tell(account, kind)
    lists = account.files.filter(pl.col("covers").is_in([kind, "shipments"]))
    lost = unread(account, lists, case.window_start, case.window_end) + silent(case, whole, LIST_MARKS[kind])
    if whole.height:
        short = gaps(case, kind, package_days(account, kind), case.windows)
        proof = denied(Proof("exact"), short, case.windows, "approximate").but(*lost, exactness="approximate")
        is_of_nothing = not proof.missing and _rows(case, LIST_MARKS[kind], "promised_by").is_empty()
        return _of_nothing(proof, case.metric.one_is) if is_of_nothing else proof
    if account.files.filter(covers=kind).height:
        said = say("untold.bad_packages_only")
    elif shop(case.store):
        said = say(f"untold.{kind}_outside")
    else:
        said = say("untold.packages")
    return _not_supplied(case, said, kind).but(*lost)


def _perfect(case: Case) -> Proof:
    unseen = Missing(say("untold.perfect"))
    return _over_orders(case, Proof("upper_bound", (unseen,), is_told=not case.account.orders.is_empty()))


def _returns(case: Case) -> Proof:
    account, told = case.account, return_days(case.account, case.fulfilment)
    files = account.files.filter(pl.col("report").is_in(["merchant_returns"]))
    lost = unread(account, files, *case.to_day[-1])
    if told.days.is_empty():
        return _over_orders(case, _not_supplied(case, say("untold.returns"), "returns").but(*lost))
    short = gaps(case, "returns", told, case.to_day)
    return _over_orders(case, Proof("exact").but(*short, *lost, exactness="lower_bound"))


def _traffic(case: Case) -> Proof:
    account, told = case.account, Told(traffic_days(case.account))
    if account.traffic.is_empty():
        return _not_supplied(case, say("untold.traffic"), "traffic")
    if told.days.is_empty():
        return _not_supplied(case, say("untold.traffic_days"), "traffic")
    short = gaps(case, "traffic", told, case.windows)
    lost = unread(account, account.files.filter(report="sales_and_traffic"), case.window_start, case.window_end)
    return denied(Proof("exact"), short, case.windows, "approximate").but(*lost, exactness="approximate")


def _feedback(case: Case) -> Proof:
    account = case.account
    if account.feedback.is_empty():
        return _not_supplied(case, say("untold.feedback_rows"), "feedback")
    if has_only_bad_stars(account):
        return _not_supplied(case, say("untold.bad_stars_only"), "feedback")
    of_store, unplaced = _received(case)
    if unplaced and not _is_placed(account):
        return _not_supplied(case, say("untold.stores_of_feedback"), "all_orders")
    short = gaps(case, "feedback", feedback_days(account), case.windows)
    lost = unread(account, account.files.filter(report="feedback"), case.window_start, case.window_end)
    if unplaced:
        said = say("untold.unplaced_feedback", feedback=unplaced)
        lost += (Missing(said, "all_orders", case.asking("all_orders")),)
    proof = denied(Proof("exact"), short, case.windows, "approximate").but(*lost, exactness="approximate")
    return proof if proof.missing or of_store else _of_nothing(proof, "feedback")


def _is_placed(account: Account) -> bool:
    """Whether any feedback is on an order whose store is known."""
    return account.feedback.join(account.orders, on="order_id", how="semi").height > 0


def _received(case: Case) -> tuple[int, int]:
    """How much feedback of the windows is of the store, and of how much the store is unknown."""
    account = case.account
    inside = account.feedback.filter(pl.col("received_on").is_between(case.window_start, case.window_end))
    stores = inside.join(account.orders.select("order_id", "marketplace"), on="order_id", how="left")
    told = stores.get_column("marketplace")
    if len(account.marketplaces) == 1:
        told = told.fill_null(case.store)
    return int((told == case.store).sum()), told.null_count()


IN_ACCOUNT_HEALTH = ("invoice_defect_rate",)  # of the rates no order file tells; as the file is known today


def _reported(case: Case) -> Proof:
    """No download lets a seller count it; the account-health file holds the marketplace's own figure of some."""
    if case.metric.key not in IN_ACCOUNT_HEALTH:
        return Proof("impossible", (Missing(say("untold.no_download")),), is_told=False)
    is_there = case.account.snapshots.filter(metric=case.metric.key, marketplace=case.store).height > 0
    if shop(case.store):
        return Proof("impossible", (Missing(say("untold.no_file_outside")),), is_told=False)
    said = say("untold.theirs_only")
    download = None if is_there else case.asking("account_health")
    return Proof("impossible", (Missing(said, "account_health", download),), is_told=False)


PROOFS: Mapping[str, Callable[[Case], Proof]] = MappingProxyType(
    {
        "defects": _defects,
        "cancellations": _cancellations,
        "lateness": _lateness,
        "valid_tracking": _packages,
        "on_time_delivery": _packages,
        "perfect": _perfect,
        "returns": _returns,
        "traffic": _traffic,
        "feedback": _feedback,
        "reported": _reported,
    }
)
