"""Which store-local days the files tell in full: a day without orders inside them is a day, a day outside is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
import polars as pl

from helpers.frames import first_day, last_day, span
from helpers.vocabulary import Account

TELLS_SHIPPING = ("orders_api", "orders")  # order files that also say when each order was shipped
MOST_QUIET = 7  # days before the first and after the last package of a list that can belong to it
GAP_CHANCE = 0.01  # a gap between order files that chance leaves more rarely than this is a missing file


def order_days(account: Account, store: str | None = None) -> pl.Series:
    """The store-local days the order files speak for, sorted; of one store, where it is named.

    From the first to the last day of purchase in each file by order date; a gap between files counts as covered
    when so few days without an order are no surprise at the volume (chance of 1 % or more). A file with orders of one
    store alone speaks for that store; a file with several, or a store that is in no file, for all.
    """
    files = account.files.filter(covers="orders")
    if store is not None and files.get_column("marketplaces").explode().is_in([store]).any():
        several = pl.col("marketplaces").list.filter(~pl.element().str.starts_with("non-amazon")).list.len() > 1
        files = files.filter(several | pl.col("marketplaces").list.contains(store))
    days = _spans(files.select("first_day", "last_day").iter_rows())
    if days.is_empty() or account.last_complete_day is None:
        return days
    is_sold = ~pl.col("marketplace").str.starts_with("non-amazon") if store is None else pl.col("marketplace") == store
    orders = account.orders.select(is_sold.sum()).item()
    longest = -np.log(GAP_CHANCE) * len(days) / max(orders, 1)
    stop = max(days[-1], account.last_complete_day) + timedelta(days=1)
    gaps = days.to_frame("day").with_columns(following=pl.col("day").shift(-1, fill_value=stop))
    is_filled = (pl.col("following") - pl.col("day")).dt.total_days() - 1 <= longest
    ends = pl.when(is_filled).then("following").otherwise(pl.col("day") + pl.duration(days=1))
    whole = gaps.select(pl.date_ranges("day", ends, closed="left")).explode("day").to_series()
    return whole.filter(whole <= account.last_complete_day)


def _by_store(account: Account, days: Callable[[Account, str], pl.Series]) -> pl.DataFrame:
    """Columns marketplace and day: the days told of each store of the account."""
    seen = account.orders.get_column("marketplace").drop_nulls().unique().sort()
    stores = dict.fromkeys([*account.marketplaces, *(store for store in seen if not store.startswith("non-amazon"))])
    told = [days(account, store).to_frame("day").select(marketplace=pl.lit(store), day="day") for store in stores]
    return pl.concat([pl.DataFrame(schema={"marketplace": pl.String, "day": pl.Date}), *told])


def longest_gap(days: pl.Series) -> int:
    """The longest run of days without an entry that is no surprise among entries on these days: chance 1 % or more."""
    first, last = span(days)
    return int(-np.log(GAP_CHANCE) * ((last - first).days + 1) / len(days))


def feedback_days(account: Account) -> pl.Series:
    """The days the feedback files speak for: from the first feedback to the last complete day, or the last feedback."""
    received = account.feedback.get_column("received_on")
    ends = [day for day in (last_day(received), account.last_complete_day) if day is not None]
    return _spans([(first_day(received), max(ends, default=None))])


def has_only_bad_stars(account: Account) -> bool:
    """Whether a feedback file holds no four or five stars: every share of it would be an artefact of the file."""
    return account.feedback.filter(pl.col("stars").max().over("source_file") < 4).height > 0


def late_list_days(account: Account) -> pl.Series:
    """The days whose orders are not late unless a file says so: lists of late orders, snapshots of open orders."""
    files = account.files.filter(
        (pl.col("covers") == "unshipped")
        | ((pl.col("covers") == "late_shipments") & (pl.col("rows_are") == "defective_only"))
    )
    return _spans(files.select("first_day", pl.max_horizontal("last_day", "reaches")).iter_rows())


def late_days(account: Account, store: str | None = None) -> pl.Series:
    """The days on which it is known of every order (of a store) whether it was confirmed in time."""
    whole = account.files.filter(
        ((pl.col("covers") == "late_shipments") & (pl.col("rows_are") == "all_judged"))
        | (pl.col("covers") == "shipments")
        | ((pl.col("covers") == "orders") & pl.col("report").is_in(TELLS_SHIPPING))
    )
    told = _spans(whole.select("first_day", pl.max_horizontal("last_day", "reaches")).iter_rows())
    ordered = order_days(account, store)
    listed = ordered.filter(ordered.is_in(late_list_days(account).implode()))
    return pl.concat([told, listed]).unique().sort()


def files_with_all(account: Account) -> pl.DataFrame:
    """The files of packages that hold every judged one, not only the bad ones."""
    is_order_table = (pl.col("covers") == "orders") & pl.col("report").is_in(TELLS_SHIPPING)
    return account.files.filter(
        (pl.col("rows_are") == "all_judged") | (pl.col("covers") == "shipments") | is_order_table
    )


def package_days(account: Account) -> pl.Series:
    """The days of delivery promises that lists with every judged package speak for.

    From the first to the last promise in each file, and a few days more where so quiet an end is no surprise.
    """
    paths = files_with_all(account).get_column("path")
    local = pl.col("promised_by").dt.convert_time_zone(account.time_zone).dt.date()
    rows = account.shipments.select("source_file", day=pl.coalesce(local, "order_day")).drop_nulls("day")
    days = [rows.filter(source_file=path).get_column("day") for path in paths]
    return _spans(_with_quiet_ends(one) for one in days if len(one))


def _with_quiet_ends(days: pl.Series) -> tuple[date, date]:
    quiet = timedelta(days=min(longest_gap(days), MOST_QUIET))
    first, last = span(days)
    return first - quiet, last + quiet


def traffic_days(account: Account) -> pl.Series:
    """The days of the sales and traffic files."""
    days = account.traffic.filter(pl.col("days") == 1).get_column("day")
    return days.unique().sort()


# frame of facts that metrics count → the days on which the files tell it in full: `day`, by `marketplace` where they differ
DAYS: Mapping[str, Callable[[Account], pl.DataFrame]] = MappingProxyType(
    {
        "orders": lambda account: _by_store(account, order_days),
        "lateness": lambda account: _by_store(account, late_days),
        "packages": lambda account: package_days(account).to_frame("day"),
        "feedback": lambda account: feedback_days(account).to_frame("day"),
        "traffic": lambda account: traffic_days(account).to_frame("day"),
    }
)


def _spans(spans: Iterable[tuple[date | None, date | None]]) -> pl.Series:
    """The days inside any of the spans, sorted; a span without an end is none."""
    named = [pl.date_range(a, b, eager=True) for a, b in spans if a is not None and b is not None and a <= b]
    return pl.concat([pl.Series("day", [], pl.Date), *(one.alias("day") for one in named)]).unique().sort()
