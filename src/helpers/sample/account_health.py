"""The truth → the account-health report (V2, JSON): the marketplace's own figures, consistent with the other files."""

from __future__ import annotations

import json
from datetime import date, timedelta

import polars as pl

from helpers.sample.defect_files import defects_by
from helpers.sample.parcels import end_of
from helpers.sample.profiles import LAST_DAY, STORE_ID, UK, Profile
from helpers.sample.shipping_lists import DELIVERY_LAG, TRACKING_LAG, late_by

INVOICE_LAG = timedelta(days=14)
COUNTERS = (
    "listingPolicyViolations",
    "productAuthenticityCustomerComplaints",
    "productConditionCustomerComplaints",
    "productSafetyCustomerComplaints",
    "receivedIntellectualPropertyComplaints",
    "restrictedProductPolicyViolations",
    "suspectedIntellectualPropertyViolations",
    "foodAndProductSafetyIssues",
    "otherPolicyViolations",
    "documentRequests",
)


def account_health(truth: pl.DataFrame, profile: Profile, day: date = LAST_DAY) -> str:
    """The marketplace's own figures of the morning after `day`: every block it has for a profile with lists."""
    placed = truth.filter(~pl.col("is_replacement"), ~pl.col("is_other_shop"))
    blocks, statuses = [], []
    for store in profile.stores:
        here = placed.filter(pl.col("marketplace") == store)
        block = {"marketplaceId": STORE_ID[store]} | _orders(here, profile, day)
        if profile.has_lists:
            block |= _shipping(here, store, day) | _policies(here, profile, day)
        is_bad = profile.has_lists and '"BAD"' in json.dumps(block)
        blocks.append(block)
        statuses.append({"marketplaceId": STORE_ID[store], "status": "AT_RISK" if is_bad else "NORMAL"})
    return json.dumps({"accountStatuses": statuses, "performanceMetrics": blocks}, indent=1) + "\n"


def _orders(here: pl.DataFrame, profile: Profile, day: date) -> dict:
    """Order defects of both channels over 60 days, cancellations over 7."""
    channels = (("mfn", "merchant"), ("afn", "amazon"))
    rates = {key: _defect_block(here.filter(pl.col("fulfilment") == name), key, day) for key, name in channels}
    recent = here.filter(_days(7, day), pl.col("fulfilment") == "merchant")
    by_seller = (pl.col("state") == "cancelled_by_seller") & (pl.col("settled_at") < end_of(pl.lit(day), profile))
    cancelled = recent.filter(by_seller).height
    counts = {"orderCount": recent.height, "cancellationCount": cancelled}
    cancellations = _window(7, day) | counts | _judged(cancelled, recent.height, 0.025)
    return {"orderDefectRate": rates, "preFulfillmentCancellationRate": cancellations}


def _defect_block(orders: pl.DataFrame, key: str, day: date) -> dict:
    end = day - timedelta(days=14)
    base = orders.filter(_days(60, end), pl.col("state") == "shipped")
    bad = defects_by(base, day)
    parts = {"claims": "claim", "chargebacks": "chargeback", "negativeFeedback": "negative"}
    counts = {name: {"count": int(bad.get_column(flag).sum()), "status": "NONE"} for name, flag in parts.items()}
    judged = _judged(bad.height, base.height, 0.01)
    whole = {"orderCount": base.height, "orderWithDefects": {"count": bad.height, "status": judged["status"]}}
    return _window(60, end) | whole | counts | {"fulfillmentType": key} | judged


def _shipping(here: pl.DataFrame, store: str, day: date) -> dict:
    """Late shipments over 10 and 30 days, tracking of all categories together, units on time, invoices."""
    late = [_late(here, days, day) for days in (10, 30)]
    sent = here.filter("is_ours")
    tracked = sent.filter(_days(30, end := day - TRACKING_LAG, "promised_day"))
    parcels, valid = (int(rows.get_column("lines").sum()) for rows in (tracked, tracked.filter("is_valid")))
    tracking = _window(30, end) | {"shipmentCount": parcels, "validTrackingCount": valid}
    arrived = sent.filter(_days(14, end := day - DELIVERY_LAG, "promised_day"), "has_door_scan")
    arrived = arrived.filter(pl.lit(store == UK))  # of the two stores with lists, only this one measures it
    pieces = pl.col("units") * pl.col("lines")
    units, on_time = (
        int(rows.select(pieces.sum()).item()) for rows in (arrived, arrived.filter(~pl.col("is_arrived_late")))
    )
    delivery = _window(14, end) | {"totalUnitCount": units, "unitOnTimeDeliveryCount": on_time}
    business = sent.filter(_days(7, end := day - INVOICE_LAG), "is_business")
    faults = {name: business.filter(pl.col("invoice") == name).height for name in ("missing", "late")}
    invoices = _window(7, end) | {"orderCount": business.height}
    invoices |= {"invoiceDefect": _part(sum(faults.values()))}
    invoices |= {f"{name}Invoice": _part(count) for name, count in faults.items()}
    no_longer = _window(30, day - TRACKING_LAG) | {"shipmentCountWithValidTracking": 0, "onTimeDeliveryCount": 0}
    return {
        "lateShipmentRate": late[1],
        "lateShipmentRateList": late,
        "validTrackingRate": tracking | _judged(valid, parcels, 0.95, "GREATER_THAN"),
        "onTimeDeliveryRate": no_longer | _judged(0, 0, 0.95, "GREATER_THAN"),
        "unitOnTimeDeliveryRate": delivery | _judged(on_time, units, 0.9, "GREATER_THAN"),
        "invoiceDefectRate": invoices | _judged(sum(faults.values()), business.height, 0.05),
    }


def _late(here: pl.DataFrame, days: int, day: date) -> dict:
    orders = here.filter(_days(days, day), ~pl.col("state").str.starts_with("cancelled"))
    late = late_by(orders, day).height
    return (
        _window(days, day)
        | {"orderCount": orders.height, "lateShipmentCount": late}
        | _judged(late, orders.height, 0.04)
    )


def _policies(here: pl.DataFrame, profile: Profile, day: date) -> dict:
    """Ten counters over 180 days, and the points: 200, four for every 200 orders, eight off for a violation."""
    window = _window(180, day)
    first = day - timedelta(days=179)
    counts = {name: sum(one == name and first <= on <= day for one, on in profile.violations) for name in COUNTERS}
    score = 200 + 4 * (here.filter(_days(180, day), "is_ours").height // 200) - 8 * sum(counts.values())
    target = {"targetValue": 0, "targetCondition": "EQUALS"}
    counters = {
        name: window | {"defectsCount": count, "status": "BAD" if count else "GOOD"} | target
        for name, count in counts.items()
    }
    return {"warningStates": [], "accountHealthRating": {"ahrStatus": "GREAT", "ahrScore": score} | window} | counters


def _part(count: int) -> dict:
    return {"count": count, "status": "NONE"}


def _days(days: int, end: date, column: str = "day") -> pl.Expr:
    return pl.col(column).is_between(end - timedelta(days=days - 1), end)


def _window(days: int, end: date) -> dict:
    start = end - timedelta(days=days - 1)
    return {"reportingDateRange": {"reportingDateFrom": f"{start}T00:00:00Z", "reportingDateTo": f"{end}T23:59:59Z"}}


def _judged(x: int, n: int, target: float, condition: str = "LESS_THAN") -> dict:
    is_met = n > 0 and (x / n < target if condition == "LESS_THAN" else x / n > target)
    status = "NONE" if n == 0 else "GOOD" if is_met else "BAD"
    rate = round(x / n, 8) if n else 0
    return {"status": status, "rate": rate, "targetValue": target, "targetCondition": condition}
