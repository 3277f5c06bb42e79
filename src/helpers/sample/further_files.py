"""What a client sends besides orders, feedback and defect lists: shipping lists, money, returns, traffic, snapshots."""

from __future__ import annotations

import gzip
from datetime import date, timedelta

import polars as pl

from helpers.sample.account_health import account_health
from helpers.sample.order_files import months
from helpers.sample.profiles import LAST_DAY, UK, Profile
from helpers.sample.return_files import merchant_returns
from helpers.sample.settlements import settlements
from helpers.sample.shipping_lists import (
    COLUMNS,
    DELIVERY_LAG,
    PACIFIC,
    TRACKING_LAG,
    late_shipments,
    on_time_delivery,
    valid_tracking,
)
from helpers.sample.traffic_file import sales_and_traffic
from helpers.sample.truth import opening

Files = dict[str, bytes]
Columns = dict[str, dict[str, object]]


def everything_else(truth: pl.DataFrame, profile: Profile) -> tuple[Files, Columns]:
    """The further files by path, and the [columns] entries of those whose headers need one.

    truth   money_back.given_back. Every list ends where the day before its download ended, less the lag of its rate;
            lists of parcels follow one another without a gap and without an overlap.
    """
    files, columns = {}, {}
    is_measured = UK in profile.stores  # units on time: of the two stores with lists only this one
    before = opening(truth) - timedelta(days=1)
    for _, last, taken in months(truth):
        end = min(last, LAST_DAY)
        month = f"{end:%Y-%m}"
        path = f"shipping/late-shipments-{month}.csv"
        columns[path] = _explained("late-shipments", profile.time_zone) | {"taken_on": taken.date()}
        files[f"exports/{path}"] = late_shipments(truth, end, profile).encode()
        parcels = valid_tracking(truth, *_span(before, end, TRACKING_LAG), profile)
        files |= packed(f"exports/shipping/valid-tracking-{month}.txt", parcels.encode())
        if is_measured:
            arrived = on_time_delivery(truth, *_span(before, end, DELIVERY_LAG))
            files |= packed(f"exports/shipping/on-time-delivery-{month}.csv", arrived.encode())
        returned = merchant_returns(truth, before + timedelta(days=1), end, profile)
        files[f"exports/returns/merchant-returns-{month}.txt"] = returned.encode()
        if (end - opening(truth)).days > 80:
            figures = account_health(truth, profile, end)
            files[f"exports/account-health/account-health-{month}.json"] = figures.encode()
        before = end
    columns["shipping/valid-tracking-*"] = _explained("valid-tracking", profile.time_zone)
    if is_measured:
        columns["shipping/on-time-delivery-*"] = _explained("on-time-delivery", PACIFIC)
    for end, text in settlements(truth, profile):
        files |= packed(f"exports/settlements/settlement-{end}.txt", text.encode())
    files |= packed("exports/sales-and-traffic.json", sales_and_traffic(truth, profile).encode())
    return files, columns


def packed(name: str, content: bytes) -> Files:
    return {f"{name}.gz": gzip.compress(content, 9, mtime=0)}


def _span(before: date, end: date, lag: timedelta) -> tuple[date, date]:
    return before - lag + timedelta(days=1), end - lag


def _explained(name: str, zone: str) -> dict[str, object]:
    said = COLUMNS[name]
    return {**said, "dates": {**said["dates"], "zone": zone}}
