"""Which report a file is, by its content and never by its name; and the one table of the reports the kit reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from helpers.exports import (
    a_to_z_claims,
    account_health,
    all_orders,
    fba_returns,
    feedback,
    foreign,
    fulfilled_shipments,
    late_shipments,
    merchant_returns,
    on_time_delivery,
    order_defects,
    orders_api,
    performance_v1,
    postings,
    sales_and_traffic,
    settlement,
    transactions,
    unshipped,
    valid_tracking,
)
from helpers.exports.content import Content
from helpers.exports.described import Described
from helpers.exports.reading import Known, Reading


@dataclass(frozen=True)
class Report:
    """One kind of download: how it is known, how it is read, the frame its rows belong to, the rates that wait for it.

    Reports that give `items` are read first: the others need the day of each order.
    """

    gives: str
    recognises: Callable[[Content], bool]
    read: Callable[[bytes, Known], Reading]
    metrics: tuple[str, ...] = ()
    described: Described = field(default_factory=Described)  # what account.toml may say of its files


DATED = Described(("dates",))
OF_A_DAY = Described(("taken_on", "marketplace"))

# In the order of trial: the surest signs first, feedback (known by its cells, not by its header) last. What no content
# shows (`foreign.recognises`) has to be named in account.toml.
REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        "account_health": Report("snapshots", account_health.recognises, account_health.read, (), OF_A_DAY),
        "performance_v1": Report("snapshots", performance_v1.recognises, performance_v1.read, (), OF_A_DAY),
        "sales_and_traffic": Report(
            "traffic",
            sales_and_traffic.recognises,
            sales_and_traffic.read,
            ("refund_rate",),
            Described(("marketplace",)),
        ),
        "all_orders": Report("items", all_orders.recognises, all_orders.read, all_orders.METRICS_OF_ORDERS, DATED),
        "merchant_returns": Report("returns", merchant_returns.recognises, merchant_returns.read, ("return_rate",)),
        "fba_returns": Report("returns", fba_returns.recognises, fba_returns.read),
        "settlement": Report("money", settlement.recognises, settlement.read, postings.METRICS_OF_MONEY, DATED),
        "transactions": Report("money", transactions.recognises, transactions.read, postings.METRICS_OF_MONEY, DATED),
        "orders_api": Report("items", orders_api.recognises, orders_api.read, all_orders.METRICS_OF_ORDERS),
        "fulfilled_shipments": Report("items", fulfilled_shipments.recognises, fulfilled_shipments.read),
        "unshipped": Report(
            "shipments", unshipped.recognises, unshipped.read, late_shipments.LIST.metrics, Described(("taken_on",))
        ),
        **{
            one.LIST.report: Report(one.LIST.gives, one.recognises, one.read, one.LIST.metrics, one.LIST.described)
            for one in (order_defects, a_to_z_claims, late_shipments, on_time_delivery, valid_tracking)
        },
        "orders": Report("items", foreign.recognises, foreign.orders, all_orders.METRICS_OF_ORDERS, foreign.ORDERS),
        "shipments": Report(
            "shipments",
            foreign.recognises,
            foreign.shipments,
            late_shipments.LIST.metrics + valid_tracking.LIST.metrics + on_time_delivery.LIST.metrics,
            foreign.SHIPMENTS,
        ),
        "feedback": Report(
            "feedback", feedback.recognises, feedback.read, feedback.METRICS_OF_FEEDBACK, foreign.FEEDBACK
        ),
    }
)

EMPTY = "empty file: no data, and no proof that there was nothing to report"
UNKNOWN = "not recognised and not used; if it is a marketplace file, describe it under [columns] in account.toml"
DAMAGED = "damaged JSON (cut off?); download it again"
RENAMED = "an order table with renamed headers, not the marketplace's own layout; download All Orders again"


def report(text: bytes) -> tuple[str | None, str]:
    """The report's name, None when it is none the kit knows, and a remark on what was found (empty when all is well)."""
    content = Content(text)
    if content.is_empty:
        return None, EMPTY
    for name, one in REPORTS.items():
        if one.recognises(content):
            return name, ""
    return None, _remark(content)


def _remark(content: Content) -> str:
    if content.is_json:
        if content.json is None:
            return DAMAGED
        return UNKNOWN if content.json else "empty JSON: no data"
    lower = {name.lower() for name in content.header}
    return RENAMED if {"order id", "status", "fulfilment"} <= lower else UNKNOWN
