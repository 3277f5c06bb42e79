"""Tables of a letter: its charges, the evidence, the orders behind a charge, what stops the answer, what to watch."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from IPython.display import HTML

from helpers.sentences import say
from helpers.tables.layout import DASH, folded, or_dash, table, words
from helpers.wording import capital, count, counted, short_day

MOST_FILES = 3


def charges(judged: pl.DataFrame) -> HTML:
    """The letter's figure beside the records', charge by charge (evidence.charges)."""
    rows = [
        {
            "charge": row["charge"],
            "letter": row["letter"] or say("no-figure"),
            "records": row["records"] or DASH,
            "window": row["window"] or DASH,
            "target": row["target"] or DASH,
            "result": row["status"],
        }
        for row in judged.iter_rows(named=True)
    ]
    return table(rows, "charges", nothing=say("no-charges"))


def facts(rows: pl.DataFrame) -> HTML:
    """The numbered rows of evidence with their sources (evidence.table)."""
    told = [
        {"number": row["number"], "said": row["said"], "source": _few(row["source"])}
        for row in rows.iter_rows(named=True)
    ]
    return folded(table(told, "facts", nothing=say("no-facts")), len(told), say("facts", rows=len(told)))


def _few(source: str) -> str:
    files = source.split(", ")
    return say("fact-files", files=", ".join(files[:MOST_FILES]), more=max(len(files) - MOST_FILES, 0))


def behind(tables: Mapping[str, pl.DataFrame]) -> list[HTML]:
    """The orders behind each charge, with keys in place of order numbers (`order_key`)."""
    return [_orders(name, orders) for name, orders in tables.items()]


def _orders(name: str, orders: pl.DataFrame) -> HTML:
    rows = [
        {
            "order": row["order_key"],
            "placed": or_dash(row["ordered_on"], short_day),
            "ship_by": or_dash(row["ship_by"], short_day),
            "confirmed": or_dash(row["confirmed_at"], short_day),
            "promised": or_dash(row["promised_by"], short_day),
            "outcome": row["outcome"] or DASH,
            "seen": or_dash(row["seen_on"], short_day),
        }
        for row in orders.iter_rows(named=True)
    ]
    title = words(name.removesuffix(".csv").replace("-", "_"))
    whole = table(rows, f"behind-{name.removesuffix('.csv')}", family="behind", nothing=say("no-behind"))
    return folded(whole, len(rows), say("behind", file=capital(title), orders=counted(len(rows), "order")), always=True)


def problems(found: pl.DataFrame) -> HTML:
    """What stops the pack (packs.problems)."""
    rows = [{"what": row["what"], "where": row["place"], "which": row["said"]} for row in found.iter_rows(named=True)]
    return table(rows, "problems", nothing=say("no-problems"))


def watch(rates: pl.DataFrame) -> HTML:
    """The figures to look at each day, with how many more bad ones would still meet the target (packs.watch)."""
    rows = [
        {
            "rate": ", ".join(
                filter(None, [row["rate"], row["marketplace"], row["group"], say("window", days=row["window_days"])])
            ),
            "bad_ones": say("part", part=row["bad"], of=count(row["of"])),
            "target": row["target"],
            "verdict": say(f"status.{row['status']}"),
            "headroom": or_dash(row["headroom"], count),
            "met_from": or_dash(row["met_from_at_best"], short_day),
            "chance": row["chance_30"] or DASH,
        }
        for row in rates.iter_rows(named=True)
    ]
    return table(rows, "watch", right=("bad_ones", "headroom"), nothing=say("no-watch"))
