"""Rows that could have told something and did not: rejected ones, and kept ones whose mark, day or word could not be read.

A row that cannot be read is no proof that there was nothing in it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers import targets
from helpers.coverage.case import Case, Missing
from helpers.coverage.days import once
from helpers.rows import Lack
from helpers.sentences import say
from helpers.vocabulary import LIST_MARKS, Account, lost, says_nothing

OWN_REPORTS = ("all_orders", "all_orders_by_last_update", "orders_api")  # whose words for a status the kit knows
STATUSES = ("pending", "unshipped", "partiallyshipped", "shipping", "shipped", "cancelled", "unfulfillable")
STATUSES += ("invoiceunconfirmed", "delivered")
OTHER_TABLES = ("orders", "shipments")  # of shops outside the marketplace


def unread(account: Account, files: pl.DataFrame, first: date, last: date) -> tuple[Missing, ...]:
    """The rejected rows that could have told something of the days from first to last, counted by file: by the row's own
    day where it can be read, else by those of its file, and where neither is known too. And the rows that wait for the
    meaning of a word, by the days of their file."""
    if account.rejected.is_empty() and not files.get_column("rows_waiting").sum():
        return ()
    ends = pl.max_horizontal("last_day", "reaches")
    is_near = ((pl.col("first_day") <= last) & (ends >= first)).fill_null(True)
    near = files.filter(is_near)
    held = near.filter(pl.col("rows_waiting") > 0, pl.col("rows_kept") > 0)
    waiting = _named(held.select("path", "rows_waiting"), "wordless")
    if account.rejected.is_empty():
        return waiting
    of_day = pl.col("day").is_between(first, last)
    told = account.rejected.filter(pl.coalesce(of_day, pl.col("path").is_in(near.get_column("path").implode())))
    rows = files.join(lost(told), on="path", maintain_order="left")
    return _named(rows.select("path", "rows_lost"), "unread") + waiting


def silent(case: Case, files: pl.DataFrame, mark: str) -> tuple[Missing, ...]:
    """The kept rows of lists that do not say what the list is about, or of which day, counted by file.

    mark   the column that says it. Rows of other days than the windows' are left out; those of an unknown day are not
    """
    account = case.account
    lists = files.filter(pl.col("covers").is_in(list(LIST_MARKS)))
    moment = pl.coalesce("ship_by", "promised_by").dt.convert_time_zone(account.time_zone).dt.date()
    of_day = pl.coalesce(moment, "order_day")
    is_unsaid = says_nothing(mark)
    if mark == "is_on_time":  # a rate of units
        is_unsaid = is_unsaid | (pl.col(mark).is_not_null() & pl.col("units").is_null())
    if case.metric.group:  # a line without its group is in none, where others of its file have one
        group = pl.col(case.metric.group)
        is_unsaid = is_unsaid | (group.is_null() & group.is_not_null().any().over("source_file"))
    is_near = of_day.is_between(case.window_start, case.as_of)
    is_undated = of_day.is_null() & (pl.col(mark).is_not_null() | is_unsaid)
    rows = account.shipments.filter(
        pl.col("source_file").is_in(lists.get_column("path").implode()), (is_unsaid & is_near) | is_undated
    )
    counted = rows.group_by(path="source_file").agg(pl.len().cast(pl.Int64)).sort("path")
    return _named(counted, "unsaid")


def undecided(case: Case) -> tuple[Missing, ...]:
    """The orders of other shops' tables that were due by the day looked at, and of which nothing says when they were
    shipped, counted by file."""
    tables = case.account.files.filter(pl.col("report").is_in(OTHER_TABLES)).get_column("path").implode()
    due = pl.col("ship_by").dt.convert_time_zone(case.account.time_zone).dt.date()
    rows = case.account.shipments.filter(
        pl.col("source_file").is_in(tables),
        pl.col("is_late").is_null(),
        (pl.col("outcome") != "cancelled").fill_null(True),
        due.is_between(case.window_start, case.as_of),
        marketplace=case.store,
        fulfilment=case.fulfilment,
    )
    counted = rows.group_by(path="source_file").agg(pl.col("order_id").n_unique().cast(pl.Int64)).sort("path")
    return _named(counted, "unsaid")


def odd_orders(case: Case) -> tuple[Missing, ...]:
    """Orders of the window with a store or a status the kit does not know: they may be of this store, or cancelled."""
    odd = _odd(case.account, case.store)
    if odd.is_empty():
        return ()
    rows = odd.filter(pl.col("day").is_between(case.window_start, case.window_end))
    counted = rows.group_by(path="source_file").agg(pl.len().cast(pl.Int64)).sort("path")
    return _named(counted, "unknown")


@once
def _odd(account: Account, store: str) -> pl.DataFrame:
    """Every such order, whatever its day."""
    known = [*account.marketplaces, *targets.marketplaces()]
    own = account.files.filter(pl.col("report").is_in((*OWN_REPORTS, "orders"))).get_column("path").implode()
    is_own = pl.col("source_file").is_in(own)
    is_other_shop = pl.col("marketplace").str.starts_with("non-amazon")
    is_lost = ~is_other_shop & ~pl.col("marketplace").is_in(known)
    is_odd = (pl.col("marketplace") == store) & ~pl.col("status").is_in(STATUSES)
    return account.orders.filter(is_own, (is_lost | is_odd).fill_null(False)).select("day", "source_file")


def _named(counted: pl.DataFrame, lack: Lack) -> tuple[Missing, ...]:
    """A count a file in words."""
    return tuple(
        Missing(say("rows-lack", rows=number, file=path, lack=_lack(lack, number)), rows=(path, lack))
        for path, number in counted.iter_rows()
    )


def _lack(lack: Lack, rows: int) -> str:
    """What so many rows lack; that they could not be read is said alike of one and of many."""
    return say(f"lack.{lack}") if lack == "unread" else say(f"lack.{lack}", rows=rows)
