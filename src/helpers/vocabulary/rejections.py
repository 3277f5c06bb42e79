"""Rejected rows: which of them could have told something, and which lose nothing.

A row that cannot be read is no proof that there was nothing in it: what it could have told may be one bad order more.
Two reasons alone lose nothing, because another row of the same file says what the rejected one would have said. Every
other reason of every reader (cut lines, unreadable numbers, days and marks, words nobody mapped, days to come, damaged
XML, lines that contradict each other) leaves something out, and so does a line that may be a footer: nobody knows.
"""

from __future__ import annotations

import polars as pl

REPEATED = "the same {} as on a line before"  # of a list whose lines are one order, package or defect each
FURTHER = "a further line of an order that is kept: {}"  # of a table of orders
LOSES_NOTHING = r"^the same \w+ as on a line before$|^a further line of an order that is kept: "


def lost(rejected: pl.DataFrame) -> pl.DataFrame:
    """The files with rejected rows that could have told something: `path` and `rows_lost`, how many, sorted by path."""
    told = rejected.filter(~pl.col("reason").str.contains(LOSES_NOTHING))
    return told.group_by("path").agg(rows_lost=pl.len().cast(pl.Int64)).sort("path")
