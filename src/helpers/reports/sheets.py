"""The tables of a report as CSV files, for whoever goes on with them in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

KEY = ("marketplace", "metric", "fulfilment", "group", "window_days")
RATES = ("label", "of", "verdict", "moved", "beside", "left", "chance")  # text, as the page has it
COUNTED = (
    *("window_start", "window_end", "exactness", "numerator", "denominator", "rate", "rate_low", "rate_high"),
    *("must_be", "target", "status", "evidence", "probability_met", "clear_from", "source"),
)
ORDERS = ("order_key", *KEY, "kinds", "order_day", "seen_on", "leaves_on")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins with one is a formula to a spreadsheet


def sheets(said: Mapping[str, Any]) -> dict[str, str]:
    """Ending → CSV text: the judged rates, and every order behind a defect; none for results that hold neither.

    said   the results of a notebook. Orders stand with their keys, never with their numbers.
    """
    made = {}
    if said.get("rates"):
        verdicts = {tuple(row[name] for name in KEY): row for row in said["verdicts"]}
        rows = [{**rate, **verdicts[tuple(rate["key"][name] for name in KEY)]} for rate in said["rates"]]
        made[".rates.csv"] = _csv(rows, [*RATES[:2], *KEY, *COUNTED, *RATES[2:]])
    if said.get("defects"):
        rows = [row | {"kinds": ", ".join(row["kinds"])} for row in said["defects"]]
        made[".orders.csv"] = _csv(rows, ORDERS)
    return made


def _csv(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> str:
    columns, text = list(columns), io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A value as a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
