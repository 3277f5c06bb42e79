"""Tables of a letter: its charges, the evidence, the orders behind a charge, what stops the answer, what to watch."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from IPython.display import HTML

from helpers.sentences import say
from helpers.tables.layout import DASH, folded, or_dash, table, words
from helpers.wording import capital, count, plural, short_day

MOST_FILES = 3


def charges(judged: pl.DataFrame) -> HTML:
    """The letter's figure beside the records', charge by charge (evidence.charges)."""
    rows = [
        {
            "Charge": row["charge"],
            "The letter": row["letter"] or "no figure",
            "The records": row["records"] or DASH,
            "Window": row["window"] or DASH,
            "Target": row["target"] or DASH,
            "Result": row["status"],
        }
        for row in judged.iter_rows(named=True)
    ]
    return table(rows, "charges", nothing="No charge was confirmed by a person.")


def facts(rows: pl.DataFrame) -> HTML:
    """The numbered rows of evidence with their sources (evidence.table)."""
    told = [
        {"No.": row["number"], "What it says": row["said"], "From": _few(row["source"])}
        for row in rows.iter_rows(named=True)
    ]
    return folded(table(told, "facts", nothing="No evidence."), len(told), f"{plural(len(told), 'row')} of evidence")


def _few(source: str) -> str:
    files = source.split(", ")
    return ", ".join(files[:MOST_FILES]) + (
        f" and {plural(len(files) - MOST_FILES, 'more file')}" if len(files) > MOST_FILES else ""
    )


def behind(tables: Mapping[str, pl.DataFrame]) -> list[HTML]:
    """The orders behind each charge, with keys in place of order numbers (`order_key`)."""
    return [_orders(name, orders) for name, orders in tables.items()]


def _orders(name: str, orders: pl.DataFrame) -> HTML:
    rows = [
        {
            "Order": row["order_key"],
            "Placed": or_dash(row["ordered_on"], short_day),
            "Ship by": or_dash(row["ship_by"], short_day),
            "Confirmed": or_dash(row["confirmed_at"], short_day),
            "Promised": or_dash(row["promised_by"], short_day),
            "Counts as": row["outcome"] or DASH,
            "Seen": or_dash(row["seen_on"], short_day),
        }
        for row in orders.iter_rows(named=True)
    ]
    title = words(name.removesuffix(".csv").replace("-", "_"))
    whole = table(rows, f"behind-{name.removesuffix('.csv')}", nothing="No bad order stands in this window.")
    return folded(whole, len(rows), f"{capital(title)}: {plural(len(rows), 'order')}", always=True)


def problems(found: pl.DataFrame) -> HTML:
    """What stops the pack (packs.problems)."""
    rows = [{"What": row["what"], "Where": row["place"], "Which": row["said"]} for row in found.iter_rows(named=True)]
    return table(rows, "problems", nothing="Nothing is left open and nothing contradicts.")


def watch(rates: pl.DataFrame) -> HTML:
    """The figures to look at each day, with how many more bad ones would still meet the target (packs.watch)."""
    rows = [
        {
            "Rate": ", ".join(
                filter(None, [row["rate"], row["marketplace"], row["group"], f"{row['window_days']} days"])
            ),
            "Bad ones": f"{count(row['bad'])} of {count(row['of'])}",
            "Target": row["target"],
            "Verdict": say(f"status.{row['status']}"),
            "More that would still meet it": or_dash(row["headroom"], count),
            "Met from, at best": or_dash(row["met_from_at_best"], short_day),
            "Chance of a missed day in 30": row["chance_30"] or DASH,
        }
        for row in rates.iter_rows(named=True)
    ]
    return table(rows, "watch", right=("Bad ones", "More that would still meet it"), nothing="No rate can be judged.")
