"""What the files count besides the judged rates: payments, returns, traffic, open orders, policy counters.

No target judges these counts, or no denominator belongs to them. Each says of what it is a count, over which days, and
what it cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from helpers import coverage, targets
from helpers.frames import first_day, last_day
from helpers.sentences import say
from helpers.vocabulary import METRICS, Account
from helpers.wording import capital, fulfilled_by

SCHEMA = {
    "what": pl.String,
    "where": pl.String,  # store, fulfilment or file
    "count": pl.Int64,
    "of": pl.String,  # what the count is out of, in words with its number; null where there is nothing
    "first_day": pl.Date,
    "last_day": pl.Date,
    "note": pl.String,
}
PAID = ("a_to_z_claim", "chargeback")


def of(account: Account, as_of: date) -> pl.DataFrame:
    """Every such count up to `as_of`, one row each: columns of SCHEMA; the marketplace's policy counters first."""
    parts = (_counters, _payments, _returns, _traffic, _open_orders, _listed, _stars)
    rows = [row for part in parts for row in part(account, as_of)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


Row = tuple[str, str, int, str | None, date | None, date | None, str]


def _counters(account: Account, as_of: date) -> Iterator[Row]:
    """Policy counters and points of the newest account-health file: counts and no rates."""
    seen = account.snapshots.filter(
        pl.col("taken_on") <= as_of + timedelta(days=1),
        pl.col("numerator").is_not_null(),
        pl.col("denominator").is_null(),
        ~pl.col("metric").is_in(list(METRICS)),
    )
    newest = seen.sort("taken_on").unique(["marketplace", "metric"], keep="last", maintain_order=True)
    for (store,), rows in newest.group_by("marketplace", maintain_order=True):
        quiet = rows.filter((pl.col("numerator") == 0) & (pl.col("status_reported").fill_null("GOOD") == "GOOD"))
        for row in rows.join(quiet, on="metric", how="anti").sort("metric").iter_rows(named=True):
            status = row["status_reported"]
            note = say("they-say", status=status) if status else say("they-say-nothing")
            name = capital(row["metric"].replace("_", " "))
            yield name, store, row["numerator"], None, row["window_start"], row["window_end"], note
        if quiet.height:
            names = ", ".join(sorted(name.replace("_", " ") for name in quiet.get_column("metric")))
            span = (first_day(quiet.get_column("window_start")), last_day(quiet.get_column("window_end")))
            yield say("counted.others"), store, 0, say("counted-of.each", number=quiet.height), *span, names


def _payments(account: Account, as_of: date) -> Iterator[Row]:
    """Orders with a claim or a chargeback in settlements and transaction files, apart by who ships: the marketplace's own
    orders alone, in store-local days."""
    day = targets.local_day("posted_at", account.time_zone, account.money.get_column("marketplace"))
    is_elsewhere = pl.col("marketplace").fill_null("").str.starts_with("non-amazon")
    is_own = ~pl.col("order_id").str.contains(r"^S\d\d-") & ~is_elsewhere  # S02-…: goods shipped for another shop
    money = account.money.with_columns(day=day).filter(is_own, pl.col("day") <= as_of)
    for channel in sorted(set(money.get_column("fulfilment").drop_nulls())):
        paid = money.filter(fulfilment=channel)
        posted = paid.get_column("day")
        of = say("counted-of.paid", orders=paid.get_column("order_id").n_unique())
        for kind in PAID:
            number = paid.filter(kind=kind).get_column("order_id").n_unique()
            span = (first_day(posted), last_day(posted))
            yield say(f"counted.{kind}"), fulfilled_by(channel), number, of, *span, say(f"counted-note.{kind}")


def _returns(account: Account, as_of: date) -> Iterator[Row]:
    seen = account.returns.filter(pl.col("requested_on") <= as_of)
    for channel in sorted(set(seen.get_column("fulfilment").drop_nulls())):
        rows = seen.filter(fulfilment=channel)
        span = (first_day(rows.get_column("requested_on")), last_day(rows.get_column("requested_on")))
        number = rows.get_column("order_id").n_unique()
        flagged = rows.filter("has_claim_flag").get_column("order_id").n_unique()
        of, note = _units(rows.get_column("units"))
        yield say("counted.returned"), fulfilled_by(channel), number, of, *span, note
        if flagged:
            of = say("counted-of.returned", orders=number)
            yield say("counted.flagged"), fulfilled_by(channel), flagged, of, *span, say("counted-note.flagged")


def _units(units: pl.Series) -> tuple[str | None, str]:
    """How many units the returns hold, as far as the file tells, and what it does not tell of them."""
    unknown = units.null_count()
    if unknown == len(units):
        return None, say("counted-note.unit_less")
    told = "some" if unknown else "all"
    return say("counted-of.units", units=int(units.sum()), told=told), say("counted-note.returned", rows=unknown)


def _traffic(account: Account, as_of: date) -> Iterator[Row]:
    seen = account.traffic.filter(pl.col("day") <= as_of)
    for store in sorted(set(seen.get_column("marketplace").fill_null(account.marketplaces[0]))):
        rows = seen.filter(pl.col("marketplace").fill_null(account.marketplaces[0]) == store)
        span = (first_day(rows.get_column("day")), last_day(rows.get_column("day")))
        feedback = rows.drop_nulls(["negative_feedback_received", "feedback_received"])
        if feedback.height:
            negative, received = (
                int(feedback.get_column(f"{name}feedback_received").sum()) for name in ("negative_", "")
            )
            of = say("counted-of.received", feedback=received)
            note = say("counted-note.negative", rows=rows.height - feedback.height)
            yield say("counted.negative"), store, negative, of, *span, note
        granted = rows.drop_nulls("claims_granted")
        if granted.height:
            number = int(granted.get_column("claims_granted").sum())
            note = say("counted-note.granted", rows=rows.height - granted.height)
            yield say("counted.granted"), store, number, None, *span, note


def _open_orders(account: Account, as_of: date) -> Iterator[Row]:
    """Orders open in the newest snapshot of each region, and those past their ship-by moment in it.

    A file holds the open orders of one region, all its stores together, and says nothing of another's.
    """
    files = account.files.filter(pl.col("covers") == "unshipped", pl.col("last_day") <= as_of + timedelta(days=1))
    newest = {
        targets.region(next(iter(stores), account.marketplaces[0])): (path, day)
        for path, day, stores in files.sort("last_day").select("path", "last_day", "marketplaces").iter_rows()
    }
    for path, day in sorted(newest.values()):
        rows = account.shipments.filter(pl.col("source_file") == path)
        late = rows.filter("is_late").get_column("order_id").n_unique()
        of = say("counted-of.open", orders=rows.get_column("order_id").n_unique())
        yield say("counted.open"), path, late, of, day, day, say("counted-note.open")


def _listed(account: Account, as_of: date) -> Iterator[Row]:
    """Lists of bad ones only, which have no denominator of their own: one row a kind, what two lists hold counted once."""
    names = {
        "late_shipments": (pl.col("is_late"), ["order_id"]),
        "valid_tracking": (~pl.col("is_valid"), None),
        "on_time_delivery": (~pl.col("is_on_time"), None),
    }
    files = account.files.filter(pl.col("rows_are") == "defective_only", pl.col("last_day") <= as_of)
    for kind, (is_bad, one) in names.items():
        lists = files.filter(pl.col("covers") == kind)
        if lists.is_empty():
            continue
        rows = account.shipments.filter(is_bad, pl.col("source_file").is_in(lists["path"].to_list()))
        number = rows.drop("source_file").unique(one).height
        span = (first_day(lists["first_day"]), last_day(lists["last_day"]))
        yield say(f"counted.{kind}"), say("lists", lists=lists.height), number, None, *span, say("counted-note.lists")


def _stars(account: Account, as_of: date) -> Iterator[Row]:
    """Bad feedback by the day received, where its file holds no other or stands alone."""
    seen = account.feedback.filter(pl.col("received_on").is_between(as_of - timedelta(days=89), as_of))
    is_bad_only = coverage.has_only_bad_stars(account)
    if seen.height and (is_bad_only or account.orders.is_empty()):
        note = say("counted-note.bad_only") if is_bad_only else say("counted-note.no_order")
        of = None if is_bad_only else say("counted-of.received", feedback=seen.height)
        span = (as_of - timedelta(days=89), as_of)
        number = int(seen.get_column("is_negative").sum())
        yield say("counted.stars"), say("all-stores"), number, of, *span, note
