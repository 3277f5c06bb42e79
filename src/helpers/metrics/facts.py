"""Account → the frames of facts that metrics count: one row an order, a judged order, a package, a feedback, a day.

Every frame has `marketplace`, `fulfilment` and the day columns its metrics name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import polars as pl

from helpers import coverage, targets
from helpers.frames import SCHEMAS
from helpers.vocabulary import A_TO_Z_CLAIM, AMAZON, DEFECT_KINDS, MERCHANT, NEGATIVE_FEEDBACK, Account

PACIFIC = "America/Los_Angeles"
THREE_DAYS = pl.duration(days=3)
ORDER = ("order_id", "day", "marketplace", "fulfilment", "is_replacement")


def orders(account: Account) -> pl.DataFrame:
    """The orders, each with `<kind>_on` (day its defect of that kind became visible, null if none), `defective_on`
    (the earliest of them), `is_defective`, `is_late` (null = not known) and `returned_on`.

    An order with several defects is one order. Options that settle which defects count are applied here. Without any
    order file the orders named in defect lists stand here: how many are bad is known, of how many is not.
    """
    seen = _counted(account)
    late = lateness(account).group_by("order_id").agg(pl.col("is_late").any())
    returned = account.returns.group_by("order_id").agg(returned_on=pl.col("requested_on").min())
    joined = _clocked(account) if account.orders.height else _listed(account)
    for facts in (seen, late, returned):
        joined = joined.join(facts, on="order_id", how="left", maintain_order="left")
    return joined.with_columns(
        defective_on=pl.min_horizontal(f"{kind}_on" for kind in DEFECT_KINDS),
        is_defective=pl.any_horizontal(pl.col(f"{kind}_on").is_not_null() for kind in DEFECT_KINDS),
    )


def _listed(account: Account) -> pl.DataFrame:
    """The orders known from defect lists alone, shaped as the `orders` frame."""
    said = {"marketplace": _store(account, pl.lit(None, pl.String)), "day": pl.col("order_day")}
    said |= {"fulfilment": pl.col("fulfilment").fill_null(account.fulfilments[0]), "status": pl.lit("shipped")}
    said |= dict.fromkeys(("is_cancelled", "is_replacement", "has_cancelled_item"), pl.lit(False))
    said |= {"order_id": pl.col("order_id"), "updated_on": pl.col("order_day")}
    named = account.defects.drop_nulls("order_day").unique("order_id", maintain_order=True)
    return named.select(
        said.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["orders"].items()
    )


def _counted(account: Account) -> pl.DataFrame:
    """The day on which each order's defects that count became visible, one column a kind."""
    is_claim = pl.col("kind") == A_TO_Z_CLAIM
    counts = pl.col("counts")
    if account.option("claims_rule") == "every_claim":
        counts = counts | is_claim
    if account.option("claims_withdrawn") == "not_counted":
        counts = counts & ~(is_claim & (pl.col("outcome") == "withdrawn").fill_null(False))
    if account.option("fba_feedback") == "not_counted":
        by_amazon = account.orders.filter(fulfilment=AMAZON).get_column("order_id").implode()
        counts = counts & ~((pl.col("kind") == NEGATIVE_FEEDBACK) & pl.col("order_id").is_in(by_amazon))
    counted = account.defects.filter(counts)
    return counted.group_by("order_id").agg(
        pl.col("occurred_on").filter(pl.col("kind") == kind).min().alias(f"{kind}_on") for kind in DEFECT_KINDS
    )


def _clocked(account: Account) -> pl.DataFrame:
    """The orders with their day at another midnight than the store's, if the account asks for one."""
    zone = {"pacific": PACIFIC, "utc": "UTC"}.get(account.option("clock"))
    if zone is None:
        return account.orders
    return account.orders.with_columns(day=_day_in("purchased_at", zone))


def lateness(account: Account) -> pl.DataFrame:
    """One row an order whose confirming in time is known: `is_late`, `late_on` (the day its ship-by moment passed).

    A list of late orders only, or snapshots of open orders, speak for the other orders of their days as well: those
    were not in it, so they were not late as far as it shows. Orders of a list without order files stand alone.
    """
    said = account.shipments.filter(pl.col("is_late").is_not_null())
    known = said.group_by("order_id", maintain_order=True).agg(
        pl.col("marketplace", "fulfilment").drop_nulls().first(),
        pl.col("order_day").min(),
        pl.col("is_late").any(),
        pl.col("ship_by").min(),
        confirmed_at=pl.coalesce("confirmed_at", "shipped_at").min(),
        known_on=pl.col("known_on").min(),
    )
    placed = _clocked(account).filter(fulfilment=MERCHANT)
    spoken_for = placed.get_column("day").is_in(coverage.late_list_days(account).implode())
    is_silent = ~placed.get_column("order_id").is_in(known.get_column("order_id").implode())
    unlisted = placed.filter(spoken_for & is_silent & ~placed.get_column("is_cancelled")).select(
        *ORDER, is_late=pl.lit(False)
    )
    listed = known.rename({"marketplace": "said_marketplace", "fulfilment": "said_fulfilment"}).join(
        placed.select(ORDER), on="order_id", how="left"
    )
    listed = listed.with_columns(
        day=pl.coalesce("day", "order_day"),
        marketplace=_store(account, pl.coalesce("marketplace", "said_marketplace")),
        fulfilment=pl.coalesce("fulfilment", "said_fulfilment", pl.lit(MERCHANT)),
    )
    both = pl.concat([listed, unlisted], how="diagonal")
    both = both.with_columns(pl.col("is_replacement").fill_null(False))
    local = {name: _local(account, name) for name in ("ship_by", "confirmed_at")}
    return both.with_columns(
        late_on=pl.coalesce(local["ship_by"], "known_on", "day"),
        ship_by_day=pl.coalesce(local["ship_by"], "day"),
        confirmed_day=pl.coalesce(local["confirmed_at"], local["ship_by"], "day"),
        is_three_days_late=pl.col("is_late") & (pl.col("confirmed_at") >= pl.col("ship_by") + THREE_DAYS),
    )


def packages(account: Account) -> pl.DataFrame:
    """The packages and order lines of lists that hold every one that was judged, with the day delivery was promised.

    A list of bad ones only has no denominator and is left out here; coverage says so.
    """
    whole = coverage.files_with_all(account).get_column("path").implode()
    placed = account.orders.select("order_id", said_marketplace="marketplace", said_fulfilment="fulfilment")
    rows = account.shipments.filter(pl.col("source_file").is_in(whole)).join(placed, on="order_id", how="left")
    return (
        rows.with_columns(
            marketplace=_store(account, pl.coalesce("marketplace", "said_marketplace")),
            fulfilment=pl.coalesce("fulfilment", "said_fulfilment", pl.lit(MERCHANT)),
        )
        .with_columns(
            promised_day=pl.coalesce(_local(account, "promised_by"), "order_day"),
            promised_day_pacific=pl.coalesce(_day_in("promised_by", PACIFIC), "order_day"),
        )
        .drop_nulls("promised_day")
    )


def feedback(account: Account) -> pl.DataFrame:
    """The feedback, each with the marketplace of its order; the account's only one where the order is unknown,
    else `unknown`. Empty when a file holds no four or five stars: its positive share would be an artefact."""
    if coverage.has_only_bad_stars(account):
        return account.feedback.clear().with_columns(marketplace=pl.lit(""), fulfilment=pl.lit("all"))
    stores = account.orders.select("order_id", "marketplace")
    joined = account.feedback.join(stores, on="order_id", how="left", maintain_order="left")
    return joined.with_columns(marketplace=_store(account, pl.col("marketplace")), fulfilment=pl.lit("all"))


def traffic(account: Account) -> pl.DataFrame:
    """The days of sales and traffic files; weeks and months are left out, their days being unknown."""
    days = account.traffic.filter(pl.col("days") == 1).unique(["marketplace", "day"], keep="last", maintain_order=True)
    return days.with_columns(marketplace=_store(account, pl.col("marketplace")), fulfilment=pl.lit("all"))


FACTS: Mapping[str, Callable[[Account], pl.DataFrame]] = MappingProxyType(
    {"orders": orders, "lateness": lateness, "packages": packages, "feedback": feedback, "traffic": traffic}
)


def _store(account: Account, said: pl.Expr) -> pl.Expr:
    """The marketplace a row names, else the account's only one, else `unknown`."""
    only = account.marketplaces[0] if len(account.marketplaces) == 1 else "unknown"
    return said.fill_null(only)


def _local(account: Account, moment: str) -> pl.Expr:
    """The store-local day of a moment, in the zone of the row's marketplace."""
    first, *others = account.marketplaces
    day = _day_in(moment, targets.time_zone(first, account.time_zone))
    for store in others:
        here = _day_in(moment, targets.time_zone(store, account.time_zone))
        day = pl.when(pl.col("marketplace") == store).then(here).otherwise(day)
    return day


def _day_in(moment: str, zone: str) -> pl.Expr:
    return pl.col(moment).dt.convert_time_zone(zone).dt.date()
