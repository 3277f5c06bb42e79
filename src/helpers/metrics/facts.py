"""Account → the frames of facts that metrics count, not yet computed: one row an order, a judged order, a package, a feedback, a day.

Every frame has `marketplace`, `fulfilment` and the day columns its metrics name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import polars as pl

from helpers import coverage, targets
from helpers.frames import SCHEMAS
from helpers.vocabulary import (
    A_TO_Z_CLAIM,
    AMAZON,
    DEFECT_KINDS,
    MERCHANT,
    NEGATIVE_FEEDBACK,
    UNKNOWN_STORE,
    Account,
    Choice,
)

PACIFIC = "America/Los_Angeles"
THREE_DAYS = pl.duration(days=3)
ORDER = ("order_id", "day", "marketplace", "fulfilment", "is_replacement")


@dataclass(frozen=True)
class Facts:
    """Rows that metrics count, not yet computed, and what is known of a few of them.

    rows    each with account, marketplace, fulfilment and the day columns its metrics name
    known   order_id and further columns, at most one row an order; None when the rows say all themselves
    """

    rows: pl.LazyFrame
    known: pl.LazyFrame | None = None

    @property
    def unknown(self) -> pl.LazyFrame:
        """All rows as if nothing more were known of any."""
        kinds = {} if self.known is None else self.known.drop("order_id").collect_schema()
        return self.rows.with_columns(pl.lit(None, kind).alias(name) for name, kind in kinds.items())

    def joined(self) -> pl.DataFrame:
        """Every row with what is known of it: for one account, whose rows are few."""
        return (self.rows if self.known is None else self.rows.join(self.known, on="order_id", how="left")).collect()

    def parts(self, columns: Collection[str]) -> list[tuple[int, pl.LazyFrame]]:
        """The rows with these columns, in parts whose counts add up to the count of all when each is taken so many times.

        All rows as if nothing more were known of any; less the few of which something is, taken so; plus those few as
        they are. To find few among many costs a third of a join that keeps them all.
        """
        if self.known is None:
            return [(1, self.rows)]
        few = self.rows.join(self.known, on="order_id").select(columns).collect()
        names = [name for name in self.known.collect_schema() if name in columns]
        return [
            (1, self.unknown),
            (-1, few.lazy().with_columns(pl.lit(None, few.schema[name]).alias(name) for name in names)),
            (1, few.lazy()),
        ]

    def held(self, columns: Collection[str]) -> Facts:
        """The same facts with these columns of the rows computed, to be looked at more than once."""
        known = () if self.known is None else ("order_id",)
        names = [name for name in self.rows.collect_schema() if name in (*columns, *known)]
        return replace(self, rows=self.rows.select(names).collect().lazy())


def orders(account: Account) -> Facts:
    """The orders; known of a few: `<kind>_on` (the day its defect of that kind became visible), `defective_on` (the
    earliest of them), `is_late` and `returned_on`.

    An order with several defects is one order. Options that settle which defects count are applied here. Without any
    order file the orders named in defect lists stand here: how many are bad is known, of how many is not.
    """
    placed = _clocked(account) if account.orders.height else _listed(account)
    late = account.shipments.lazy().filter("is_late").select("order_id", "is_late").unique()
    returned = account.returns.lazy().group_by("order_id").agg(returned_on=pl.col("requested_on").min())
    known = defective(account.defects.lazy(), account.orders.lazy(), account.option)
    for other in (late, returned):
        known = known.join(other, on="order_id", how="full", coalesce=True)
    return Facts(placed, known)


def _listed(account: Account) -> pl.LazyFrame:
    """The orders known from defect lists alone, shaped as the `orders` frame."""
    said = {"marketplace": _store(account, pl.lit(None, pl.String)), "day": pl.col("order_day")}
    said |= {"fulfilment": pl.col("fulfilment").fill_null(account.fulfilments[0]), "status": pl.lit("shipped")}
    said |= dict.fromkeys(("is_cancelled", "is_replacement", "has_cancelled_item"), pl.lit(False))
    said |= {"order_id": pl.col("order_id"), "updated_on": pl.col("order_day")}
    named = account.defects.drop_nulls("order_day").unique("order_id", maintain_order=True)
    return named.lazy().select(
        said.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["orders"].items()
    )


def defective(defects: pl.LazyFrame, orders: pl.LazyFrame, option: Choice) -> pl.LazyFrame:
    """The orders with a defect that counts: `order_id`, the day each kind became visible (`<kind>_on`, null if none),
    and the earliest of them, `defective_on`."""
    is_claim = pl.col("kind") == A_TO_Z_CLAIM
    counts = pl.col("counts")
    if option("claims_rule") == "every_claim":
        counts = counts | is_claim
    if option("claims_withdrawn") == "not_counted":
        counts = counts & ~(is_claim & (pl.col("outcome") == "withdrawn").fill_null(False))
    if option("fba_feedback") == "not_counted":
        by_amazon = orders.filter(fulfilment=AMAZON).select("order_id", is_by_amazon=True)
        defects = defects.join(by_amazon, on="order_id", how="left")
        counts = counts & ~((pl.col("kind") == NEGATIVE_FEEDBACK) & pl.col("is_by_amazon").fill_null(False))
    seen = pl.col("occurred_on")
    days = {f"{kind}_on": seen.filter(pl.col("kind") == kind).min() for kind in DEFECT_KINDS}
    return defects.filter(counts).group_by("order_id").agg(**days, defective_on=seen.min())


def _clocked(account: Account) -> pl.LazyFrame:
    """The orders with their day at another midnight than the store's, if the account asks for one."""
    zone = {"pacific": PACIFIC, "utc": "UTC"}.get(account.option("clock"))
    orders = account.orders.lazy()
    return orders if zone is None else orders.with_columns(day=_day_in("purchased_at", zone))


def lateness(account: Account) -> Facts:
    """One row an order whose confirming in time is known: `is_late`, `late_on` (the day its ship-by moment passed).

    A list of late orders only, or snapshots of open orders, speak for the other orders of their days as well: those
    were not in it, so they were not late as far as it shows. Orders of a list without order files stand alone.
    """
    said = account.shipments.lazy().filter(pl.col("is_late").is_not_null())
    known = said.group_by("order_id").agg(
        pl.col("marketplace", "fulfilment").first(ignore_nulls=True).name.prefix("said_"),
        pl.col("order_day").min(),
        pl.col("is_late").any(),
        pl.col("ship_by").min(),
        confirmed_at=pl.coalesce("confirmed_at", "shipped_at").min(),
        known_on=pl.col("known_on").min(),
    )
    placed = _clocked(account).filter(fulfilment=MERCHANT)
    listed = known.join(placed.select(ORDER), on="order_id", how="left").with_columns(
        day=pl.coalesce("day", "order_day"),
        marketplace=_store(account, pl.coalesce("marketplace", "said_marketplace")),
        fulfilment=pl.coalesce("fulfilment", "said_fulfilment", pl.lit(MERCHANT)),
    )
    spoken_for = coverage.together(coverage.late_list_days(account), coverage.snapshot_days(account))
    parts = [listed]
    if len(spoken_for):
        sold = placed.filter(pl.col("day").is_in(spoken_for.implode()), ~pl.col("is_cancelled"))
        if len(coverage.all_shops(account)) > 1:  # lists and snapshots are the marketplace's, and speak for its stores
            outside = [store for store in account.marketplaces if coverage.shop(store)]
            sold = sold.filter(~pl.col("marketplace").is_in(outside))
        silent = sold.join(known, on="order_id", how="anti")
        parts.append(silent.select(*ORDER, is_late=pl.lit(False)))
    both = pl.concat(parts, how="diagonal")
    both = both.with_columns(pl.col("is_replacement").fill_null(False))
    local = {name: _local(account, name) for name in ("ship_by", "confirmed_at")}
    placed_late = both.with_columns(
        late_on=pl.coalesce(local["ship_by"], "known_on", "day"),
        ship_by_day=pl.coalesce(local["ship_by"], "day"),
        confirmed_day=pl.coalesce(local["confirmed_at"], local["ship_by"], "day"),
        is_three_days_late=pl.col("is_late") & (pl.col("confirmed_at") >= pl.col("ship_by") + THREE_DAYS),
    )
    return Facts(placed_late)


def packages(account: Account) -> Facts:
    """The packages and order lines of lists that hold every one that was judged, with the day delivery was promised.

    A list of bad ones only has no denominator and is left out here; coverage says so.
    """
    whole = coverage.files_with_all(account).get_column("path").implode()
    placed = account.orders.lazy().select("order_id", said_marketplace="marketplace", said_fulfilment="fulfilment")
    rows = account.shipments.lazy().filter(pl.col("source_file").is_in(whole)).join(placed, on="order_id", how="left")
    return Facts(
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


def feedback(account: Account) -> Facts:
    """The feedback with its marketplace (`received`), for shares of it. Empty when a file holds no four or five stars:
    its positive share would be an artefact."""
    told = received(account).lazy().with_columns(fulfilment=pl.lit("all"))
    return Facts(told.limit(0) if coverage.has_only_bad_stars(account) else told)


def received(account: Account) -> pl.DataFrame:
    """The feedback, each with `marketplace` and `fulfilment` of its order; where the order is unknown the account's
    only marketplace, else `unknown`, and no fulfilment."""
    of = account.orders.select("order_id", "marketplace", "fulfilment")
    joined = account.feedback.join(of, on="order_id", how="left", maintain_order="left")
    return joined.with_columns(marketplace=_store(account, pl.col("marketplace")))


def traffic(account: Account) -> Facts:
    """The days of sales and traffic files; weeks and months are left out, their days being unknown."""
    days = (
        account.traffic.lazy()
        .filter(pl.col("days") == 1)
        .unique(["marketplace", "day"], keep="last", maintain_order=True)
    )
    return Facts(days.with_columns(marketplace=_store(account, pl.col("marketplace")), fulfilment=pl.lit("all")))


FACTS: Mapping[str, Callable[[Account], Facts]] = MappingProxyType(
    {"orders": orders, "lateness": lateness, "packages": packages, "feedback": feedback, "traffic": traffic}
)
# facts → option applied while they are put together → the columns it settles: what counts by them is reached by it
SETTLED: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "orders": {
            "clock": frozenset({"day"}),
            "claims_rule": frozenset({f"{A_TO_Z_CLAIM}_on", "defective_on"}),
            "claims_withdrawn": frozenset({f"{A_TO_Z_CLAIM}_on", "defective_on"}),
            "fba_feedback": frozenset({f"{NEGATIVE_FEEDBACK}_on", "defective_on"}),
        },
        # an order's own day stands in for every day that no file tells
        "lateness": {"clock": frozenset({"day", "late_on", "ship_by_day", "confirmed_day"})},
    }
)


def _store(account: Account, said: pl.Expr) -> pl.Expr:
    """The marketplace a row names, else the account's only one, else UNKNOWN_STORE."""
    only = account.marketplaces[0] if len(account.marketplaces) == 1 else UNKNOWN_STORE
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
