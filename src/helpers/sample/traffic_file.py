"""The truth → the sales and traffic report by day (JSON)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import polars as pl

from helpers.sample.profiles import LAST_DAY, STORE_ID, Profile
from helpers.sample.truth import opening


def sales_and_traffic(truth: pl.DataFrame, profile: Profile) -> str:
    """Every day of the account in full: what was ordered, shipped, refunded and granted on it, and the feedback."""
    own = truth.filter(~pl.col("is_replacement")).with_columns(
        shipped_on=pl.when("is_ours").then(pl.col("settled_at").dt.convert_time_zone(profile.time_zone).dt.date()),
        items=pl.col("lines"),
        amount=((pl.col("product") + 3) * pl.col("units") * 400 + 50) * pl.col("lines"),
        units=pl.col("units") * pl.col("lines"),
        is_negative=pl.col("stars") <= 2,
    )
    counts = {
        name: own.drop_nulls(day)
        .group_by(pl.col(day).alias("on"))
        .agg(pl.len().alias("orders"), pl.sum("units", "items", "amount", "is_negative"))
        .rows_by_key("on", named=True, unique=True)
        for name, day in (
            ("ordered", "day"),
            ("shipped", "shipped_on"),
            ("refunded", "refunded_on"),
            ("granted", "granted_on"),
            ("feedback", "feedback_on"),
        )
    }
    first = opening(truth)
    days = [first + timedelta(days=n) for n in range((LAST_DAY - first).days + 1)]
    specification = {
        "reportType": "GET_SALES_AND_TRAFFIC_REPORT",
        "reportOptions": {"dateGranularity": "DAY", "asinGranularity": "PARENT"},
        "dataStartTime": str(first),
        "dataEndTime": str(LAST_DAY),
        "marketplaceIds": [STORE_ID[store] for store in profile.stores],
    }
    by_day = [_day(day, {name: found.get(day, NOTHING) for name, found in counts.items()}, profile) for day in days]
    whole = {"reportSpecification": specification, "salesAndTrafficByDate": by_day, "salesAndTrafficByAsin": []}
    return json.dumps(whole, separators=(",", ":")) + "\n"


NOTHING = {"orders": 0, "units": 0, "items": 0, "amount": 0, "is_negative": 0}


def _day(day: date, on: dict[str, dict], profile: Profile) -> dict:
    def money(pence: float) -> dict:
        return {"amount": pence / 100, "currencyCode": profile.currency}

    ordered, shipped, feedback = on["ordered"], on["shipped"], on["feedback"]
    units, items = ordered["units"], ordered["items"]
    refunded = on["refunded"]["units"]
    sales = {
        "orderedProductSales": money(ordered["amount"]),
        "unitsOrdered": units,
        "totalOrderItems": items,
        "averageSalesPerOrderItem": money(_share(ordered["amount"], items, 0)),
        "averageUnitsPerOrderItem": _share(units, items),
        "averageSellingPrice": money(_share(ordered["amount"], units, 0)),
        "unitsRefunded": refunded,
        "refundRate": _share(100 * refunded, units),
        "claimsGranted": on["granted"]["orders"],
        "claimsAmount": money(on["granted"]["amount"]),
        "shippedProductSales": money(shipped["amount"]),
        "unitsShipped": shipped["units"],
        "ordersShipped": shipped["orders"],
    }
    browser, mobile = 4 * items + day.day % 7, 5 * items + day.weekday()  # about one visit in nine buys
    pages = {"browserPageViews": 2 * browser, "mobileAppPageViews": mobile + items}
    pages |= {"pageViews": sum(pages.values()), "browserSessions": browser, "mobileAppSessions": mobile}
    sessions = browser + mobile
    traffic = pages | {
        "sessions": sessions,
        "buyBoxPercentage": 96.5,
        "orderItemSessionPercentage": _share(100 * items, sessions),
        "unitSessionPercentage": _share(100 * units, sessions),
        "averageOfferCount": 24,
        "averageParentItems": 24,
        "feedbackReceived": feedback["orders"],
        "negativeFeedbackReceived": feedback["is_negative"],
        "receivedNegativeFeedbackRate": _share(100 * feedback["is_negative"], feedback["orders"]),
    }
    return {"date": str(day), "salesByDate": sales, "trafficByDate": traffic}


def _share(x: int, n: int, decimals: int = 2) -> float:
    return round(x / n, decimals) if n else 0
