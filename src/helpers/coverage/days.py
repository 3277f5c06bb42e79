"""Which store-local days the files tell in full: a day without orders inside them is a day, a day outside is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property, wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar
from weakref import finalize

import polars as pl

from helpers.coverage.runs import ONE, bridged, longest_gap, quiet, spans, together
from helpers.frames import last_day
from helpers.vocabulary import LIST_MARKS, Account

TELLS_SHIPPING = ("orders_api", "orders")  # order files that also say when each order was shipped
MOST_QUIET = 7  # days before the first and after the last package of a list that can belong to it
LATE_WINDOW = 30  # days of orders a list of late ones is downloaded for
ENDS = ("first_day", pl.max_horizontal("last_day", "reaches"))
IS_OTHER_SHOP = pl.element().str.starts_with("non-amazon")


Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")


OF_FILES = tuple(one.name for one in fields(Account) if one.name not in ("options", "era"))


def once(function: Callable[Concatenate[Account, Asked], Answer]) -> Callable[Concatenate[Account, Asked], Answer]:
    """The function with each of its answers about what an account's files say kept as long as those: coverage is asked for
    on every earlier day and under every reading of the rules, and these answers depend on neither. The function may look at
    all of the account but `options` and `era`."""
    kept: dict[int, list[tuple[tuple[object, ...], dict[object, Answer]]]] = {}

    def of_files(account: Account) -> dict[object, Answer]:
        """The answers about accounts that are the very same but for the readings."""
        place, said = id(account.files), tuple(getattr(account, name) for name in OF_FILES if name != "files")
        if place not in kept:
            kept[place] = []
            finalize(account.files, kept.pop, place, None)
        for one, answers in kept[place]:
            if all(mine is theirs for mine, theirs in zip(said, one, strict=True)):
                return answers
        kept[place].append((said, {}))
        return kept[place][-1][1]

    @wraps(function)
    def answer(account: Account, *said: Asked.args, **named: Asked.kwargs) -> Answer:
        answers, asked = of_files(account), (said, tuple(named.items()))
        if asked not in answers:
            answers[asked] = function(account, *said, **named)
        return answers[asked]

    return answer


@dataclass(frozen=True)
class Told:
    """The days files of one kind speak for, sorted, and how many quiet days before and after them are no surprise."""

    days: pl.Series
    quiet: int = 0

    @property
    def covered(self) -> pl.Series:
        """The days, and the quiet ones at either end."""
        if self.days.is_empty() or not self.quiet:
            return self.days
        ends = self.days[0] - self.quiet * ONE, self.days[-1] + self.quiet * ONE
        return bridged(together(self.days, pl.Series(ends)), self.quiet)

    @cached_property
    def known(self) -> frozenset[date]:
        """The same days, to be asked for one by one."""
        return frozenset(self.covered)


@once
def stores(account: Account) -> list[str]:
    """The stores the account names, then those its orders name."""
    seen = account.orders.get_column("marketplace").drop_nulls().unique().sort()
    return list(dict.fromkeys([*account.marketplaces, *(one for one in seen if not one.startswith("non-amazon"))]))


@once
def order_days(account: Account, store: str | None = None) -> pl.Series:
    """The store-local days the order files speak for, sorted; of one store, where it is named.

    From the first to the last day of purchase in each file by order date; a gap between files, and after the last,
    counts as covered when so few days without an order are no surprise at the volume of all stores these files hold.
    So a day that is missing between the files is missing of every store in them, however seldom it sells.
    """
    files = _order_files(account, store)
    days = spans(files.select(*ENDS[:1], "last_day").iter_rows())
    if days.is_empty() or account.last_complete_day is None:
        return days
    held = set(files.get_column("marketplaces").explode().drop_nulls())
    is_sold = ~pl.col("marketplace").str.starts_with("non-amazon")
    is_held = pl.col("marketplace").is_in(list(held)) if held else pl.lit(True)
    sold = account.orders.select((is_sold & is_held).sum()).item()
    whole = bridged(days, quiet(len(days), sold), until=account.last_complete_day)
    return whole.filter(whole <= account.last_complete_day)


def _order_files(account: Account, store: str | None) -> pl.DataFrame:
    """The files by order date that speak for a store: all of them where none is named, or none holds the store.

    Stores that stand in one file come in one download, so a file of some of them speaks for all of them. A file of one
    store alone is that store's own, unless chance leaves it without an order of the other.
    """
    files = account.files.filter(covers="orders")
    held = files.select(pl.col("marketplaces").fill_null([]).list.filter(~IS_OTHER_SHOP)).to_series()
    groups = [set(one) for one in held]
    if store is None or not any(store in group for group in groups):
        return files
    together_with = {store}
    while more := {name for group in groups if group & together_with for name in group} - together_with:
        together_with |= more
    own = files.filter(pl.Series([store in group for group in groups]))
    sold = account.orders.filter(marketplace=store).height
    longest = quiet(len(spans(own.select("first_day", "last_day").iter_rows())), sold)
    length = (files.get_column("last_day") - files.get_column("first_day")).dt.total_days() + 1
    speaks = [
        store in group or bool(group & together_with and (len(group) > 1 or days <= longest))
        for group, days in zip(groups, length.fill_null(0), strict=True)
    ]
    return files.filter(pl.Series(speaks, dtype=pl.Boolean))


def _by_store(account: Account, days: Callable[[Account, str], pl.Series]) -> pl.DataFrame:
    """Columns marketplace and day: the days told of each store of the account."""
    told = [days(account, one).to_frame("day").select(marketplace=pl.lit(one), day="day") for one in stores(account)]
    return pl.concat([pl.DataFrame(schema={"marketplace": pl.String, "day": pl.Date}), *told])


@once
def feedback_days(account: Account) -> Told:
    """The days the feedback files speak for: each from its first feedback to its last, or to the day it reaches.

    A time between two files, before the first and after the last, that chance leaves without feedback is no gap.
    """
    received = account.feedback.get_column("received_on").drop_nulls()
    files = account.files.filter(report="feedback").select(*ENDS)
    rows = account.feedback.group_by("source_file").agg(a=pl.col("received_on").min(), b=pl.col("received_on").max())
    days = spans([*files.iter_rows(), *rows.select("a", "b").iter_rows()])
    longest = quiet(len(days), len(received))
    return Told(bridged(days, longest), longest)


@once
def has_only_bad_stars(account: Account) -> bool:
    """Whether a feedback file holds no four or five stars: every share of it would be an artefact of the file."""
    return account.feedback.filter(pl.col("stars").max().over("source_file") < 4).height > 0


@once
def snapshot_days(account: Account) -> pl.Series:
    """The days of the snapshots of open orders."""
    return spans(account.files.filter(covers="unshipped").select(*ENDS).iter_rows())


@once
def late_files(account: Account, *, is_whole: bool) -> pl.DataFrame:
    """The files that say of every order whether it was confirmed in time; or those that name late orders only."""
    is_list, says_all = pl.col("covers") == "late_shipments", pl.col("rows_are") == "all_judged"
    if not is_whole:
        return account.files.filter((is_list & ~says_all) | (pl.col("covers") == "unshipped"))
    is_table = (pl.col("covers") == "orders") & pl.col("report").is_in(TELLS_SHIPPING)
    # A table is one only if it says so of some: without a last moment to ship nothing is late.
    telling = account.shipments.filter(pl.col("is_late").is_not_null()).get_column("source_file").unique()
    is_telling = ((pl.col("covers") == "shipments") | is_table) & pl.col("path").is_in(telling.implode())
    return account.files.filter((is_list & says_all) | is_telling)


@once
def late_list_days(account: Account) -> pl.Series:
    """The days whose orders are not late unless a list of late ones says so; a quiet time between two lists is no gap."""
    lists = late_files(account, is_whole=False).filter(covers="late_shipments")
    late = account.shipments.filter(pl.col("source_file").is_in(lists.get_column("path").implode()))
    due = pl.coalesce(pl.col("ship_by").dt.convert_time_zone(account.time_zone).dt.date(), "order_day")
    told = late.select("order_id", path="source_file", due=due)
    ends = lists.select("path", "first_day", ENDS[1].alias("last")).drop_nulls("last")
    days = spans(
        (_begins(told.filter(path=path).get_column("due").drop_nulls(), first, last), last)
        for path, first, last in ends.iter_rows()
    )
    return bridged(days, quiet(len(days), late.get_column("order_id").n_unique()) if late.height else 0)


def _begins(due: pl.Series, first: date | None, last: date) -> date:
    """The first day a list of late orders speaks for: that of the 30 days to its last, or an earlier one from which on
    its orders fell due without a time that is a surprise. An order confirmed very late is alone, and proves no more."""
    of_window = last - timedelta(days=LATE_WINDOW - 1)
    if due.is_empty():
        return min(first or of_window, of_window)
    dense = bridged(together(due, pl.Series([last])), longest_gap(due)).to_frame("day")
    apart = (pl.col("day").diff() != pl.duration(days=1)).fill_null(True).cum_sum()
    newest = dense.filter(apart == apart.max()).get_column("day")
    return min(newest[0], of_window)


@once
def whole_late_days(account: Account) -> pl.Series:
    """The days of files that say of every order whether it was confirmed in time."""
    files = late_files(account, is_whole=True)
    rows = account.shipments.filter(pl.col("source_file").is_in(files.get_column("path").implode()))
    days = spans(files.select(*ENDS).iter_rows())
    return bridged(days, quiet(len(days), rows.get_column("order_id").n_unique()) if rows.height else 0)


def late_days(account: Account, store: str | None = None) -> pl.Series:
    """The days on which it is known of every order (of a store) whether it was confirmed in time."""
    ordered = order_days(account, store)
    listed = together(late_list_days(account), snapshot_days(account))
    return together(whole_late_days(account), ordered.filter(ordered.is_in(listed.implode())))


def files_with_all(account: Account) -> pl.DataFrame:
    """The files of packages that hold every judged one, not only the bad ones."""
    is_order_table = (pl.col("covers") == "orders") & pl.col("report").is_in(TELLS_SHIPPING)
    return account.files.filter(
        (pl.col("rows_are") == "all_judged") | (pl.col("covers") == "shipments") | is_order_table
    )


@once
def files_that_tell(account: Account, proof: str) -> pl.DataFrame:
    """Those of files_with_all that tell the mark a rate of packages is proved by."""
    whole = files_with_all(account).filter(pl.col("covers").is_in([proof, "shipments", "orders"]))
    telling = account.shipments.filter(pl.col(LIST_MARKS[proof]).is_not_null()).get_column("source_file").unique()
    return whole.filter(pl.col("path").is_in(telling.implode()))


@once
def package_days(account: Account, proof: str) -> Told:
    """The days of delivery promises that lists with every judged package speak for.

    From the first to the last promise in each file, and a few days more where so quiet an end is no surprise.
    """
    paths = files_that_tell(account, proof).get_column("path")
    local = pl.col("promised_by").dt.convert_time_zone(account.time_zone).dt.date()
    rows = account.shipments.select("source_file", day=pl.coalesce(local, "order_day")).drop_nulls("day")
    rows = rows.filter(pl.col("source_file").is_in(paths.implode()))
    ends = rows.group_by("source_file").agg(a=pl.col("day").min(), b=pl.col("day").max())
    days = spans(ends.select("a", "b").iter_rows())
    longest = min(quiet(len(days), rows.height), MOST_QUIET)
    return Told(bridged(days, 2 * longest), longest)


@once
def money_days(account: Account) -> pl.Series:
    """The days of the payment files; a settlement prints its own."""
    files = account.files.filter(pl.col("report").is_in(["settlement", "transactions"]))
    days = spans(files.select(*ENDS).iter_rows())
    return bridged(days, quiet(len(days), account.money.height))


@once
def return_days(account: Account, fulfilment: str | None = None) -> Told:
    """The days of the returns files (of one channel), with the quiet times between and at the ends of them."""
    rows = account.returns if fulfilment is None else account.returns.filter(fulfilment=fulfilment)
    asked = rows.get_column("requested_on").drop_nulls()
    files = account.files.filter(pl.col("path").is_in(rows.get_column("source_file").drop_nulls().implode()))
    days = together(spans(files.select(*ENDS).iter_rows()), asked.unique())
    longest = quiet(len(days), len(asked))
    return Told(bridged(days, longest), longest)


@once
def traffic_days(account: Account) -> pl.Series:
    """The days of the sales and traffic files."""
    days = account.traffic.filter(pl.col("days") == 1).get_column("day")
    return days.unique().sort()


def _to_the_last_complete_day(account: Account, days: pl.Series) -> pl.Series:
    """The days that have come as far as the files know: a quiet end is no promise of days to come."""
    last = max(
        filter(None, [account.last_complete_day, last_day(account.feedback.get_column("received_on"))]), default=None
    )
    return days if last is None else days.filter(days <= last)


# what metrics count (Metric.days) → the days on which the files tell it in full: `day`, by `marketplace` where they differ
DAYS: Mapping[str, Callable[[Account], pl.DataFrame]] = MappingProxyType(
    {
        "orders": lambda account: _by_store(account, order_days),
        "lateness": lambda account: _by_store(account, late_days),
        "valid_tracking": lambda account: package_days(account, "valid_tracking").covered.to_frame("day"),
        "on_time_delivery": lambda account: package_days(account, "on_time_delivery").covered.to_frame("day"),
        "feedback": lambda account: _to_the_last_complete_day(account, feedback_days(account).covered).to_frame("day"),
        "traffic": lambda account: traffic_days(account).to_frame("day"),
    }
)
