"""How exactly the files can prove each metric: exactly, as a bound, or not at all; what is missing, what to download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from helpers import targets, windows
from helpers.coverage.case import DOWNLOAD, ENDS, Answer, Case, reaches
from helpers.coverage.days import TELLS_SHIPPING, files_with_all, has_only_bad_stars, longest_gap
from helpers.coverage.defects import of_defects
from helpers.frames import KEY, last_day, span
from helpers.vocabulary import METRICS, Account


def of_metrics(account: Account, as_of: date, metrics: Iterable[str] = METRICS) -> pl.DataFrame:
    """How exactly each metric can be computed on `as_of`: one row a marketplace, metric and fulfilment.

    metrics   which to look at; all by default
    Columns: account, marketplace, metric, fulfilment, `is_judged` (a target is in force), `exactness` (exact / lower_bound / upper_bound / approximate /
    impossible), `missing` (what is not there, in words) and `download` (what would close the gap), both lists.
    Rules: docs/contracts.md sections 1 and 3, and the table of downloads in README.md. Rates that no longer exist
    stand here only while a target of theirs was in force.
    """
    stores = account.orders.filter(~pl.col("marketplace").str.starts_with("non-amazon"))
    seen = set(stores.select("marketplace", "fulfilment").unique().iter_rows())
    named = {(store, channel) for store in account.marketplaces for channel in account.fulfilments}
    rules = targets.rules(account, as_of)
    rows = []
    for metric in (METRICS[key] for key in metrics):
        is_of_all = metric.fulfilments == ("all",)
        pairs = {(store, "all") for store in account.marketplaces} if is_of_all else seen | named
        for store, fulfilment in sorted(pairs):
            rows_in_force = rules(metric.key, store, fulfilment, as_of)
            judged = windows.of(metric.key, store, fulfilment, as_of, rules)
            if fulfilment in (*metric.fulfilments, "all") and (judged or rows_in_force):
                case = Case(metric, account, store, fulfilment, as_of, *_days(judged, as_of))
                exactness, missing, download = PROOFS[metric.proof](case)
                is_judged = any(row.is_judged for row in rows_in_force)
                rows.append((account.id, store, metric.key, fulfilment, is_judged, exactness, missing, download))
    names = {name: KEY[name] for name in ("account", "marketplace", "metric", "fulfilment")} | {"is_judged": pl.Boolean}
    lists = {"exactness": pl.String, "missing": pl.List(pl.String), "download": pl.List(pl.String)}
    return pl.DataFrame(rows, schema=names | lists, orient="row")


def _days(judged: tuple[windows.Window, ...], as_of: date) -> tuple[date, date]:
    """The first and the last day of all windows judged on the day; the day itself where there is none."""
    ends = [(lag + days - 1, lag) for days, lag in judged] or [(0, 0)]
    first, last = max(first for first, _ in ends), min(last for _, last in ends)
    return as_of - timedelta(days=first), as_of - timedelta(days=last)


def _cancellations(case: Case) -> Answer:
    if case.account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    recent = case.account.orders.filter(
        pl.col("marketplace") == case.store,
        pl.col("fulfilment") == case.fulfilment,
        pl.col("day").is_between(case.window_start, case.window_end),
    )
    is_unknown = recent.get_column("is_buyer_requested").is_null()
    if recent.height and (is_unknown.all() or (is_unknown & recent.get_column("is_cancelled")).any()):
        said = "the files do not say which cancellations the buyer asked for"
        return "upper_bound", [said], [DOWNLOAD["buyer_requested"]]
    return "exact", [], []


def _lateness(case: Case) -> Answer:
    download = [DOWNLOAD["late_shipments"]]
    lists = case.account.files.filter(covers="late_shipments")
    if lists.height and not lists.filter(rows_are="all_judged").height and case.account.orders.is_empty():
        said = "the late shipment list holds late orders only: without an order file there is no denominator"
        return "impossible", [said], [DOWNLOAD["all_orders"]]
    tables = case.account.files.filter(pl.col("report").is_in(TELLS_SHIPPING), covers="orders")
    reached = [reaches(case.account, name, case.as_of) for name in ("late_shipments", "shipments")]
    reached += ["fully" if last >= case.as_of else "partly" for last in tables.get_column("reaches").drop_nulls()]
    if "fully" in reached:
        return "exact", [], []
    if "partly" in reached:
        return "lower_bound", [ENDS.format("the late shipment list")], download
    if reaches(case.account, "unshipped", case.as_of) != "no":
        said = "late orders only from snapshots of open orders: what happened between two is unseen"
        return "lower_bound", [said], download
    return "impossible", ["no file says when orders were confirmed as shipped"], download


def _packages(case: Case) -> Answer:
    download = [DOWNLOAD[case.metric.proof]]
    whole = files_with_all(case.account).filter(pl.col("covers").is_in([case.metric.proof, "shipments", "orders"]))
    mark = pl.col("is_valid" if case.metric.proof == "valid_tracking" else "is_on_time")
    telling = case.account.shipments.filter(mark.is_not_null()).get_column("source_file").unique()
    whole = whole.filter(pl.col("path").is_in(telling.implode()))
    if whole.height:
        last = last_day(whole.get_column("reaches"))
        is_whole = last is not None and last >= case.window_end
        return ("exact", [], []) if is_whole else ("approximate", [ENDS.format("the list")], download)
    if case.account.files.filter(covers=case.metric.proof).height:
        return "impossible", ["the list holds bad packages only, so there is no denominator"], download
    return "impossible", ["only the marketplace's own list of every package can tell"], download


def _perfect(case: Case) -> Answer:
    if case.account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    return "upper_bound", ["refunds and messages of buyers are not in the files"], []


def _returns(case: Case) -> Answer:
    if case.account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    asked = case.account.returns.filter(fulfilment=case.fulfilment).get_column("requested_on")
    if asked.is_empty():
        return "impossible", ["no returns file"], [DOWNLOAD["returns"]]
    quiet = timedelta(days=longest_gap(asked))
    if reaches(case.account, "returns", case.as_of) == "fully" and span(asked)[0] - case.window_start <= quiet:
        return "exact", [], []
    return "lower_bound", ["the returns files do not hold the whole time since the window began"], [DOWNLOAD["returns"]]


def _traffic(case: Case) -> Answer:
    if case.account.traffic.is_empty():
        return "impossible", ["no sales and traffic file"], [DOWNLOAD["traffic"]]
    return "exact", [], []


def _feedback(case: Case) -> Answer:
    if case.account.feedback.is_empty():
        return "impossible", ["no feedback file with rows"], [DOWNLOAD["feedback"]]
    if has_only_bad_stars(case.account):
        said = "a feedback file holds no four or five stars: a share of it would be an artefact"
        return "impossible", [said], [DOWNLOAD["feedback"]]
    return "exact", [], []


IN_ACCOUNT_HEALTH = ("invoice_defect_rate",)  # of the rates no order file tells; as the file is known today


def _reported(case: Case) -> Answer:
    """No download lets a seller count it; the account-health file holds the marketplace's own figure of some."""
    if case.metric.key not in IN_ACCOUNT_HEALTH:
        return "impossible", ["not supplied: no download is known that tells it"], []
    is_there = case.account.snapshots.filter(metric=case.metric.key, marketplace=case.store).height > 0
    said = "no download holds its orders: only the marketplace's own figure"
    return "impossible", [said], [] if is_there else [DOWNLOAD["account_health"]]


PROOFS: Mapping[str, Callable[[Case], Answer]] = MappingProxyType(
    {
        "defects": of_defects,
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
