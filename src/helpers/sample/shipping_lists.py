"""The truth → the lists of the Account Health page about shipping, and how account.toml explains their headers.

Nobody promises the headers of these downloads. Each list holds what was judged on the day before it was taken; orders
sent as a replacement are in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import polars as pl

from helpers.sample.profiles import Profile

LATE_DAYS = 45  # orders of a late-shipment list; two lists overlap, so no day is missing between them
TRACKING_LAG, DELIVERY_LAG = timedelta(days=14), timedelta(days=7)
PACIFIC = "America/Los_Angeles"
COUNTRY = {"GBP": "GB", "EUR": "DE"}  # at the end of a tracking number

# list → the keys of its [columns] entry
COLUMNS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "late-shipments": {
            "report": "late_shipments",
            "one_row_is": "order",
            "rows_are": "defective_only",
            "dates": {"format": "%Y-%m-%d", "moment_format": "iso"},
            "columns": {
                "order_day": "Order Date",
                "order_id": "Order ID",
                "ship_by_day": "Expected Ship Date",
                "confirmed_at": "Confirm Date",
            },
        },
        "valid-tracking": {
            "report": "valid_tracking",
            "delimiter": "\t",
            "one_row_is": "package",
            "rows_are": "all_judged",
            "dates": {"format": "%Y-%m-%d"},
            "columns": {
                "order_id": "order",
                "carrier": "carrier",
                "tracking_id": "tracking",
                "promised_day": "promised",
                "category": "category",
                "is_valid": "valid",
            },
            "marks": {"set": ["Y"], "not_set": ["N"]},
        },
        "on-time-delivery": {
            "report": "on_time_delivery",
            "one_row_is": "order",
            "weight": "units",
            "rows_are": "all_judged",
            "dates": {"moment_format": "iso"},
            "columns": {
                "order_id": "order-id",
                "units": "units",
                "promised_by": "deliver-by",
                "delivered_at": "delivered",
                "result": "result",
            },
            "values": {"result": {"late": "late", "on time": "on_time", "no delivery scan": "not_counted"}},
        },
    }
)


def late_shipments(truth: pl.DataFrame, day: date, profile: Profile) -> str:
    """The orders of the last days whose ship-by day has passed and that were confirmed after it."""
    rows = late_by(truth, day).filter(pl.col("day") > day - timedelta(days=LATE_DAYS)).sort("day", "order_id")
    confirmed = pl.col("settled_at").dt.convert_time_zone(profile.time_zone).dt.strftime("%Y-%m-%dT%H:%M:%S%:z")
    said = rows.select(
        pl.col("day").alias("Order Date"),
        pl.col("order_id").alias("Order ID"),
        pl.col("ship_by_day").alias("Expected Ship Date"),
        pl.col("ship_by_day").alias("Ship Date"),  # as the seller typed it: in time, and of no account
        confirmed.alias("Confirm Date"),
    )
    return "\ufeff" + said.write_csv()


def late_by(truth: pl.DataFrame, day: date) -> pl.DataFrame:
    """The orders known by the end of `day` to be late."""
    return truth.filter("is_ours", "is_late", pl.col("ship_by_day") <= day)


def valid_tracking(truth: pl.DataFrame, first: date, last: date, profile: Profile) -> str:
    """Every parcel promised for these days, one line each: an order of two lines went in two parcels."""
    parcels = pl.int_ranges(1, pl.col("lines") + 1).alias("parcel")
    rows = truth.filter("is_ours", pl.col("promised_day").is_between(first, last)).sort("promised_day", "order_id")
    is_blank, is_other = pl.col("fault") == "not_entered", pl.col("fault") == "wrong_carrier"
    number = pl.col("order_id").str.slice(-7).cast(pl.Int64) * 10 + pl.col("parcel")
    digits = number.cast(pl.String).str.zfill(9)
    ours = pl.concat_str(pl.lit("EX"), digits, pl.lit(COUNTRY[profile.currency]))
    said = (
        rows.with_columns(parcels)
        .explode("parcel")
        .select(
            pl.col("order_id").alias("order"),
            "parcel",
            pl.when(is_blank)
            .then(pl.lit(""))
            .when(is_other)
            .then(pl.lit("Other"))
            .otherwise(pl.lit("Example Post"))
            .alias("carrier"),
            pl.when(is_blank)
            .then(pl.lit(""))
            .when(is_other)
            .then(pl.lit("000580") + digits)
            .otherwise(ours)
            .alias("tracking"),
            pl.col("promised_day").alias("promised"),
            "category",
            pl.when("is_valid").then(pl.lit("Y")).otherwise(pl.lit("N")).alias("valid"),
        )
    )
    return said.write_csv(separator="\t", quote_style="never")


def on_time_delivery(truth: pl.DataFrame, first: date, last: date) -> str:
    """Every order promised for these days with its units and what the marketplace made of it."""
    rows = truth.filter("is_ours", pl.col("promised_day").is_between(first, last)).sort("promised_day", "order_id")
    stamp = "%Y-%m-%dT%H:%M:%SZ"
    said = rows.select(
        pl.col("order_id").alias("order-id"),
        (pl.col("units") * pl.col("lines")).alias("units"),
        deliver_by().dt.strftime(stamp).alias("deliver-by"),
        pl.when("has_door_scan")
        .then(pl.col("delivered_at").dt.strftime(stamp))
        .otherwise(pl.lit(""))
        .alias("delivered"),
        pl.when(~pl.col("has_door_scan"))
        .then(pl.lit("no delivery scan"))
        .when("is_arrived_late")
        .then(pl.lit("late"))
        .otherwise(pl.lit("on time"))
        .alias("result"),
    )
    return said.write_csv(quote_style="never")


def deliver_by() -> pl.Expr:
    """The last second of the promised day on the Pacific clock, which this rate runs on in every store."""
    end = (pl.col("promised_day") + timedelta(days=1)).cast(pl.Datetime("us")) - timedelta(seconds=1)
    return end.dt.replace_time_zone(PACIFIC).dt.convert_time_zone("UTC")
