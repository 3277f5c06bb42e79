"""Which report a file is, by its content and never by its name."""

from __future__ import annotations

import json
from typing import Any

from helpers.exports import account_health, all_orders, feedback, flat, order_defects

# Known by their headers, and not used by this version: named, never guessed, never silently passed over.
LATER_HEADERS = (
    ("fulfilled_shipments", {"amazon-order-id", "shipment-id"}),
    ("unshipped_orders", {"promise-date", "days-past-promise"}),
    ("settlement_v2", {"settlement-id", "amount-type"}),
    ("settlement_v1", {"settlement-id", "price-type"}),
    ("merchant_returns", {"Amazon RMA ID"}),
    ("fba_returns", {"license-plate-number"}),
)
LATER_JSON = (("sales_and_traffic", "salesAndTrafficByDate"), ("orders_api", "orders"))
LATER_XML = ((b"return_details", "merchant_returns"), (b"performanceChecklist", "performance_v1"))
LATER_WORDS = ((b"settlement id", "transactions"), (b"settlement", "transactions"))


def report(text: bytes) -> tuple[str | None, str]:
    """The report's name, None when it is none the kit knows, and a remark on what was found (empty when all is well)."""
    body = text.strip()
    if not body:
        return None, "empty file: no data, and no proof that there was nothing to report"
    if body[:1] in b"{[":
        return _json(body)
    if body[:1] == b"<":
        for word, name in LATER_XML:
            if word in body:
                return name, LATER
        return None, UNKNOWN
    return _flat(text)


LATER = "recognised, but not used by this version"
UNKNOWN = "not recognised and not used; if it is a marketplace file, describe it under [columns] in account.toml"


def _json(body: bytes) -> tuple[str | None, str]:
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None, "damaged JSON (cut off?); download it again"
    if account_health.recognises(said):
        return "account_health", ""
    for name, key in LATER_JSON:
        if isinstance(said, dict) and key in said:
            return name, LATER
    return None, "empty JSON: no data" if not said else UNKNOWN


def _flat(text: bytes) -> tuple[str | None, str]:
    header, _ = flat.header(text)
    if all_orders.recognises(header):
        return "all_orders", ""
    for name, words in LATER_HEADERS:
        if words <= set(header):
            return name, LATER
    if order_defects.recognises(header):
        return "order_defects", ""
    if feedback.recognises(text):
        return "feedback", ""
    lower = {name.lower() for name in header}
    if {"order id", "status", "fulfilment"} <= lower:
        return None, "an order table with renamed headers, not the marketplace's own layout; download All Orders again"
    return None, UNKNOWN
