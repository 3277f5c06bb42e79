"""One metric over the window judged on one day, and what a rule of proof answers about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from helpers.frames import last_day
from helpers.vocabulary import Account, Exactness, Metric

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

TAKEN_ON = 'in account.toml say on which day each list was downloaded: [columns."<file>"] taken_on = 2026-03-31'

Answer = tuple[Exactness, list[str], list[str]]


@dataclass(frozen=True)
class Case:
    """One metric of one store and channel, over the window judged on the day looked at."""

    metric: Metric
    account: Account
    store: str
    fulfilment: str
    as_of: date
    window_start: date
    window_end: date


def reaches(account: Account, report: str, as_of: date) -> str:
    """Whether files of this kind reach the day looked at: `no` (none at all), `partly`, or `fully`."""
    files = account.files.filter((pl.col("report") == report) | (pl.col("covers") == report))
    if files.is_empty():
        return "no"
    last = last_day(files.get_column("reaches"))
    return "fully" if last is not None and last >= as_of else "partly"
