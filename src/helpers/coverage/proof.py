"""How exactly the files can prove each metric: exactly, as a bound, or not at all; what is missing, what to download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from helpers import targets
from helpers.coverage.days import files_with_all, has_only_bad_stars
from helpers.frames import KEY
from helpers.vocabulary import AMAZON, METRICS, Account, Exactness, Metric

DOWNLOAD = {
    "all_orders": "All Orders report, by order date, 120 days or more (Reports > Fulfilment > All Orders)",
    "buyer_requested": "All Orders report with the column is-buyer-requested-cancellation added",
    "feedback": "Feedback download, 365 days (Performance > Feedback > Download)",
    "order_defects": "Order defect list (Account Health > Order Defect Rate > Download report)",
    "late_shipments": "Late shipment list (Account Health > Late Shipment Rate > Download report)",
    "valid_tracking": "Valid tracking list with every package (Account Health > Valid Tracking Rate > Download report)",
    "on_time_delivery": "On-time delivery list with every order (Account Health > On-Time Delivery Rate > Download)",
    "returns": "Returns report, 60 days (Reports > Return Reports)",
    "traffic": "Sales and Traffic report by day (JSON, from an authorised application)",
    "account_health": "Account health report (V2, JSON), from an authorised application",
}
ENDS = "{} ends before the day looked at"

Answer = tuple[Exactness, list[str], list[str]]


def of_metrics(account: Account, as_of: date) -> pl.DataFrame:
    """How exactly each metric can be computed on `as_of`: one row a marketplace, metric and fulfilment.

    Columns: account, marketplace, metric, fulfilment, `exactness` (exact / lower_bound / upper_bound / approximate /
    impossible), `missing` (what is not there, in words) and `download` (what would close the gap), both lists.
    Rules: docs/contracts.md section 9 and the table of metrics and files in README.md. Rates that no longer exist
    stand here only while a target of theirs was in force.
    """
    stores = account.orders.filter(~pl.col("marketplace").str.starts_with("non-amazon"))
    seen = set(stores.select("marketplace", "fulfilment").unique().iter_rows())
    named = {(store, channel) for store in account.marketplaces for channel in account.fulfilments}
    rows = []
    for metric in METRICS.values():
        is_of_all = metric.fulfilments == ("all",)
        pairs = {(store, "all") for store in account.marketplaces} if is_of_all else seen | named
        for store, fulfilment in sorted(pairs):
            is_told = metric.windows or targets.in_force(metric.key, store, fulfilment, as_of)
            if fulfilment in (*metric.fulfilments, "all") and is_told:
                exactness, missing, download = PROOFS[metric.proof](metric, account, store, fulfilment, as_of)
                rows.append((account.id, store, metric.key, fulfilment, exactness, missing, download))
    names = {name: KEY[name] for name in ("account", "marketplace", "metric", "fulfilment")}
    lists = {"exactness": pl.String, "missing": pl.List(pl.String), "download": pl.List(pl.String)}
    return pl.DataFrame(rows, schema=names | lists, orient="row")


def _reaches(account: Account, report: str, as_of: date) -> str:
    """Whether files of this kind reach the day looked at: `no` (none at all), `partly`, or `fully`."""
    files = account.files.filter((pl.col("report") == report) | (pl.col("covers") == report))
    if files.is_empty():
        return "no"
    last = files.get_column("reaches").max()
    return "fully" if last is not None and last >= as_of else "partly"


# --- defects -----------------------------------------------------------------------------------------------


def _defects(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    if account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    parts = {
        "negative_feedback_rate": _negative_feedback(account, fulfilment, as_of),
        "a_to_z_claims": _claims(account, as_of),
        "chargebacks": _chargebacks(account, as_of),
    }
    return parts[metric.key] if metric.key in parts else _union(parts.values())


def _union(parts: Iterable[Answer]) -> Answer:
    """An order is defective when any kind of defect is: a part without files leaves at least the others."""
    found, missing, download = zip(*parts, strict=True)
    sides = {exactness for exactness in found if exactness != "exact"}
    together = list(dict.fromkeys(text for one in missing for text in one))
    downloads = list(dict.fromkeys(text for one in download for text in one))
    if sides == {"impossible"} and len(sides) == len(set(found)):
        return "impossible", together, downloads
    lower, upper = sides & {"lower_bound", "impossible", "approximate"}, sides & {"upper_bound", "approximate"}
    exactness = "approximate" if lower and upper else "lower_bound" if lower else "upper_bound" if upper else "exact"
    return exactness, together, downloads


def _negative_feedback(account: Account, fulfilment: str, as_of: date) -> Answer:
    has_list, has_feedback = (_reaches(account, name, as_of) for name in ("order_defects", "feedback"))
    # The marketplace strikes feedback about its own deliveries, and the file does not mark it.
    is_upper = fulfilment == AMAZON and has_feedback != "no" and not account.feedback.is_empty()
    struck = ["feedback the marketplace took on itself is not marked in the file"] if is_upper else []
    if "fully" in (has_list, has_feedback):
        return ("upper_bound" if is_upper else "exact"), struck, []
    said = "no feedback file" if has_feedback == "no" else ENDS.format("the feedback file")
    if has_feedback == has_list == "no":
        return "impossible", [said], [DOWNLOAD["feedback"]]
    return ("approximate" if is_upper else "lower_bound"), [said, *struck], [DOWNLOAD["feedback"]]


def _listed(account: Account, names: tuple[str, ...], as_of: date) -> Answer | None:
    """What lists of the marketplace prove of claims or chargebacks; None when there is no such list."""
    reached = [_reaches(account, name, as_of) for name in names]
    if "fully" in reached:
        return "exact", [], []
    if "partly" in reached:
        return "lower_bound", [ENDS.format("the order defect list")], [DOWNLOAD["order_defects"]]
    return None


NO_LIST = "no list of claims and chargebacks"


def _claims(account: Account, as_of: date) -> Answer:
    listed = _listed(account, ("order_defects", "a_to_z_claims"), as_of)
    if listed is not None:
        return listed
    if _reaches(account, "money", as_of) != "no":
        said = (
            "claims only from payments: those the marketplace paid itself, refused or has not decided are not in them"
        )
        return "lower_bound", [said], [DOWNLOAD["order_defects"]]
    if account.returns.filter("has_claim_flag").height:
        said = "claims only from a mark in the returns, which has neither a day nor an outcome"
        return "approximate", [said], [DOWNLOAD["order_defects"]]
    return "impossible", [NO_LIST], [DOWNLOAD["order_defects"]]


def _chargebacks(account: Account, as_of: date) -> Answer:
    listed = _listed(account, ("order_defects",), as_of)
    if listed is not None:
        return listed
    if _reaches(account, "money", as_of) != "no":
        said = "chargebacks only from payments, which do not say whether service or fraud was disputed"
        return "upper_bound", [said], [DOWNLOAD["order_defects"]]
    return "impossible", [NO_LIST], [DOWNLOAD["order_defects"]]


# --- the other rates -----------------------------------------------------------------------------------------


def _cancellations(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    if account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    recent = account.orders.filter(
        pl.col("marketplace") == store,
        pl.col("fulfilment") == fulfilment,
        pl.col("day").is_between(as_of - timedelta(days=metric.windows[0] - 1), as_of),
    )
    is_unknown = recent.get_column("is_buyer_requested").is_null()
    if recent.height and (is_unknown.all() or (is_unknown & recent.get_column("is_cancelled")).any()):
        said = "the files do not say which cancellations the buyer asked for"
        return "upper_bound", [said], [DOWNLOAD["buyer_requested"]]
    return "exact", [], []


def _lateness(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    download = [DOWNLOAD["late_shipments"]]
    lists = account.files.filter(covers="late_shipments")
    if lists.height and not lists.filter(rows_are="all_judged").height and account.orders.is_empty():
        said = "the late shipment list holds late orders only: without an order file there is no denominator"
        return "impossible", [said], [DOWNLOAD["all_orders"]]
    reached = [_reaches(account, name, as_of) for name in ("late_shipments", "shipments", "orders_api")]
    if "fully" in reached:
        return "exact", [], []
    if "partly" in reached:
        return "lower_bound", [ENDS.format("the late shipment list")], download
    if _reaches(account, "unshipped_orders", as_of) != "no":
        said = "late orders only from snapshots of open orders: what happened between two is unseen"
        return "lower_bound", [said], download
    return "impossible", ["no file says when orders were confirmed as shipped"], download


def _packages(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    download = [DOWNLOAD[metric.proof]]
    whole = files_with_all(account).filter(pl.col("covers").is_in([metric.proof, "shipments"]))
    if whole.height:
        last = whole.get_column("reaches").max()
        is_whole = last is not None and last >= as_of - timedelta(days=metric.lag_days)
        return ("exact", [], []) if is_whole else ("approximate", [ENDS.format("the list")], download)
    if account.files.filter(covers=metric.proof).height:
        return "impossible", ["the list holds bad packages only, so there is no denominator"], download
    return "impossible", ["only the marketplace's own list of every package can tell"], download


def _perfect(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    if account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    return "upper_bound", ["refunds and messages of buyers are not in the files"], []


def _returns(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    if account.orders.is_empty():
        return "impossible", ["no order file"], [DOWNLOAD["all_orders"]]
    match _reaches(account, "returns", as_of):
        case "fully":
            return "exact", [], []
        case "partly":
            return "lower_bound", [ENDS.format("the returns file")], [DOWNLOAD["returns"]]
    return "impossible", ["no returns file"], [DOWNLOAD["returns"]]


def _traffic(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    if account.traffic.is_empty():
        return "impossible", ["no sales and traffic file"], [DOWNLOAD["traffic"]]
    return "exact", [], []


def _feedback(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    if account.feedback.is_empty():
        return "impossible", ["no feedback file with rows"], [DOWNLOAD["feedback"]]
    if has_only_bad_stars(account):
        said = "a feedback file holds no four or five stars: a share of it would be an artefact"
        return "impossible", [said], [DOWNLOAD["feedback"]]
    return "exact", [], []


def _reported(metric: Metric, account: Account, store: str, fulfilment: str, as_of: date) -> Answer:
    return "impossible", ["no download holds it: only the marketplace's own figure"], [DOWNLOAD["account_health"]]


PROOFS: Mapping[str, Callable[[Metric, Account, str, str, date], Answer]] = MappingProxyType(
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
