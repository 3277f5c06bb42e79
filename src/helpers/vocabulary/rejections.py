"""Rows that tell nothing: rejected ones, less those that lose nothing, and kept ones of a list without their mark.

A row that cannot be read is no proof that there was nothing in it: what it could have told may be one bad order more.
Two reasons alone lose nothing, because another row of the same file says what the rejected one would have said. Every
other reason of every reader (cut lines, unreadable numbers, days and marks, words nobody mapped, days to come, damaged
XML, lines that contradict each other) leaves something out, and so does a line that may be a footer: nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

CUT = "the file ends in the middle of this line: download it again"
REPEATED = "the same {} as on a line before"  # of a list whose lines are one order, package or defect each
FURTHER = "a further line of an order that is kept: {}"  # of a table of orders
LIST_MARKS: Mapping[str, str] = MappingProxyType(  # list of shipments → the column that says what it is about
    {"late_shipments": "is_late", "valid_tracking": "is_valid", "on_time_delivery": "is_on_time"}
)
NOT_COUNTED = ("not_counted", "cancelled_by_seller", "invalid_tracking")  # in neither count, as the list itself says
LOSES_NOTHING = r"^the same \w+ as on a line before$|^a further line of an order that is kept: "


def lost(rejected: pl.DataFrame) -> pl.DataFrame:
    """The files with rejected rows that could have told something: `path` and `rows_lost`, how many, sorted by path."""
    told = rejected.filter(~pl.col("reason").str.contains(LOSES_NOTHING))
    return told.group_by("path").agg(rows_lost=pl.len().cast(pl.Int64)).sort("path")


def says_nothing(mark: str) -> pl.Expr:
    """Whether a row of `shipments` leaves its mark open, without the list saying that it is in neither count."""
    return pl.col(mark).is_null() & ~pl.col("outcome").is_in(NOT_COUNTED).fill_null(False)
