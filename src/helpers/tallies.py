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
from helpers.vocabulary import METRICS, Account
from helpers.wording import capital, fulfilled_by, plural

SCHEMA = {
    "what": pl.String,
    "where": pl.String,  # store, fulfilment or file
    "count": pl.Int64,
    "of": pl.String,  # what the count is out of, in words with its number; null where there is nothing
    "first_day": pl.Date,
    "last_day": pl.Date,
    "note": pl.String,
}
NOTES = {
    "a_to_z_claim": "at least: claims the marketplace paid itself, refused or has not decided are not in payments",
    "chargeback": "at most: a payment does not say whether service or fraud was disputed",
}


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
            said = {"GOOD": "in order", "BAD": "over its target"}.get(row["status_reported"], row["status_reported"])
            note = f"the marketplace says: {said}" if said else "the marketplace gives no verdict"
            name = capital(row["metric"].replace("_", " "))
            yield name, store, row["numerator"], None, row["window_start"], row["window_end"], note
        if quiet.height:
            names = ", ".join(sorted(name.replace("_", " ") for name in quiet.get_column("metric")))
            span = (first_day(quiet.get_column("window_start")), last_day(quiet.get_column("window_end")))
            yield "Other policy counters", store, 0, f"in each of {quiet.height}", *span, names


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
        of = f"of {plural(paid.get_column('order_id').n_unique(), 'order')} with a payment"
        for kind, note in NOTES.items():
            number = paid.filter(kind=kind).get_column("order_id").n_unique()
            name = "A-to-z claims paid" if kind == "a_to_z_claim" else "Chargebacks paid"
            yield name, fulfilled_by(channel), number, of, first_day(posted), last_day(posted), note


def _returns(account: Account, as_of: date) -> Iterator[Row]:
    seen = account.returns.filter(pl.col("requested_on") <= as_of)
    for channel in sorted(set(seen.get_column("fulfilment").drop_nulls())):
        rows = seen.filter(fulfilment=channel)
        span = (first_day(rows.get_column("requested_on")), last_day(rows.get_column("requested_on")))
        number = rows.get_column("order_id").n_unique()
        flagged = rows.filter("has_claim_flag").get_column("order_id").n_unique()
        of, note = _units(rows.get_column("units"))
        yield "Orders with a return request", fulfilled_by(channel), number, of, *span, note
        if flagged:
            note = "a mark in the returns file: it has neither a day nor an outcome"
            of = f"of {plural(number, 'order')} with a return request"
            yield "Returned orders marked with a claim", fulfilled_by(channel), flagged, of, *span, note


def _units(units: pl.Series) -> tuple[str | None, str]:
    """How many units the returns hold, as far as the file tells, and what it does not tell of them."""
    note, unknown = "a return is no defect", units.null_count()
    if unknown == len(units):
        return None, f"{note}; the file does not tell the units"
    said = f"with {plural(int(units.sum()), 'unit')}"
    return (f"{said} at least", f"{note}; {plural(unknown, 'row')} without units") if unknown else (said, note)


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
            of = f"of {plural(received, 'feedback')} received"
            note = f"by the day received; not the order defect rate{_untold(rows, feedback)}"
            yield "Negative feedback", store, negative, of, *span, note
        granted = rows.drop_nulls("claims_granted")
        if granted.height:
            note = f"by the day granted, both ways of shipping together{_untold(rows, granted)}"
            yield "Claims granted", store, int(granted.get_column("claims_granted").sum()), None, *span, note


def _untold(rows: pl.DataFrame, told: pl.DataFrame) -> str:
    """How many rows of a file leave a figure out, as the end of a note; empty where none does."""
    left_out = rows.height - told.height
    return f"; {plural(left_out, 'row')} without it" if left_out else ""


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
        of = f"of {plural(rows.get_column('order_id').n_unique(), 'open order')}"
        yield "Open orders past their ship-by moment", path, late, of, day, day, "as they stood when the file was made"


def _listed(account: Account, as_of: date) -> Iterator[Row]:
    """Lists of bad ones only, which have no denominator of their own: one row a kind, what two lists hold counted once."""
    names = {
        "late_shipments": ("Orders listed as late", pl.col("is_late"), ["order_id"]),
        "valid_tracking": ("Packages listed without valid tracking", ~pl.col("is_valid"), None),
        "on_time_delivery": ("Packages listed as not on time", ~pl.col("is_on_time"), None),
    }
    files = account.files.filter(pl.col("rows_are") == "defective_only", pl.col("last_day") <= as_of)
    for kind, (what, is_bad, one) in names.items():
        lists = files.filter(pl.col("covers") == kind)
        if lists.is_empty():
            continue
        rows = account.shipments.filter(is_bad, pl.col("source_file").is_in(lists["path"].to_list()))
        number = rows.drop("source_file").unique(one).height
        span = (first_day(lists["first_day"]), last_day(lists["last_day"]))
        yield what, plural(lists.height, "list"), number, None, *span, "the lists hold bad ones only"


def _stars(account: Account, as_of: date) -> Iterator[Row]:
    """Bad feedback by the day received, where its file holds no other or stands alone."""
    seen = account.feedback.filter(pl.col("received_on").is_between(as_of - timedelta(days=89), as_of))
    is_bad_only = coverage.has_only_bad_stars(account)
    if seen.height and (is_bad_only or account.orders.is_empty()):
        note = "the file holds no four or five stars, so no share of it is told" if is_bad_only else "no order is known"
        of = None if is_bad_only else f"of {plural(seen.height, 'feedback')} received"
        span = (as_of - timedelta(days=89), as_of)
        number = int(seen.get_column("is_negative").sum())
        yield "Feedback with one or two stars", "all stores", number, of, *span, note
