"""The job of the metrics engine, said once for every contender: what is counted, and the order of its answer.

Six rates of every account, on every day: counts, the windows of the rate, and the rate. A day
shows what was known on it: a bad order counts from the day it was seen. An order with several defects counts once.
Only the days of 2025 are judged. The conditions are SQL, read by DuckDB and by polars alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
TABLES = ("orders", "shipments", "feedback", "defects")


@dataclass(frozen=True)
class Rate:
    """One rate: the rows of `table` where `counts`, by `day`; bad ones are those where `bad`, seen on `seen`."""

    metric: str
    table: str
    by: tuple[str, ...]
    day: str
    counts: str
    bad: str
    seen: str | None
    windows: tuple[int, ...]
    lag: int
    weight: str | None = None


ORDER = "NOT is_replacement"
RATES = (
    Rate(
        "order_defect_rate",
        "orders",
        ("account", "fulfilment"),
        "day",
        f"{ORDER} AND ((NOT is_cancelled AND status <> 'pending') OR seen IS NOT NULL)",
        f"{ORDER} AND seen IS NOT NULL",
        "seen",
        (60,),
        14,
    ),
    Rate(
        "cancellation_rate",
        "orders",
        ("account",),
        "day",
        f"{ORDER} AND fulfilment = 'merchant'",
        f"{ORDER} AND fulfilment = 'merchant' AND is_cancelled AND NOT is_buyer_requested",
        "updated_on",
        (7,),
        0,
    ),
    Rate("late_shipment_rate", "shipments", ("account",), "day", ORDER, f"{ORDER} AND is_late", "late_on", (10, 30), 0),
    Rate(
        "valid_tracking_rate", "shipments", ("account", "category"), "promised_day", "TRUE", "is_valid", None, (30,), 14
    ),
    Rate(
        "on_time_delivery_rate",
        "shipments",
        ("account",),
        "promised_day",
        "TRUE",
        "is_on_time",
        None,
        (14,),
        7,
        "units",
    ),
    Rate(
        "feedback_score",
        "feedback",
        ("account",),
        "received_on",
        "NOT is_struck",
        "NOT is_struck AND stars >= 4",
        None,
        (30, 90, 365),
        0,
    ),
)

Answer = dict[
    tuple[str, int], tuple[int, int, float]
]  # (metric, window) → sums of numerators, denominators, upper ends
