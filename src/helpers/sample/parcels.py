"""What became of each order on its way: confirmed and delivered in time or late, tracked or not, invoiced or not."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from helpers.sample.profiles import Profile
from helpers.sample.truth import in_utc

DAY = timedelta(days=1)
HANDLING, TRANSIT = DAY, 3 * DAY  # promised to the buyer: ships by the end of the next day, arrives three days later
BUSINESS = 0.1  # share of orders by business buyers
NO_SCAN = 0.01  # of tracked parcels: no scan at the door
LATE_AFTER_LATE = 0.6  # of the parcels shipped late: they arrive late too
MORE_OFTEN_LATE = 4  # a buyer let down was sent the parcel late so many times as often as a satisfied one


def shipped(orders: pl.DataFrame, profile: Profile) -> pl.DataFrame:
    """The orders of a shop that ships itself, with how they were handled. The same profile gives the same rows.

    orders   truth.orders; `settled_at` becomes the moment of confirming, or of cancelling, which is always on the day
             of the order. Adds is_ours (shipped, no replacement: what the lists judge), ship_by_day, is_late,
             promised_day, category, is_valid, fault (not_entered, wrong_carrier, no_scan; null for a valid number),
             delivered_at [UTC], is_arrived_late, has_door_scan, is_business, invoice (in_time, late, missing).
    A late parcel is confirmed within 21 hours of its ship-by moment, so every list that should name it does.
    """
    random = np.random.Generator(np.random.PCG64([profile.seed, 1]))
    names = ("late", "confirmed", "tracking", "arrival", "early", "hour", "door", "business", "invoice")
    draw = {name: pl.Series(random.random(orders.height)) for name in names}
    let_down = profile.chance("dissatisfied")
    late_chance = pl.when("is_satisfied").then(1).otherwise(MORE_OFTEN_LATE) / (1 + (MORE_OFTEN_LATE - 1) * let_down)
    is_shipped = pl.col("state") == "shipped"
    placed = orders.with_columns(
        is_ours=is_shipped & ~pl.col("is_replacement"),
        ship_by_day=pl.col("day") + HANDLING,
        promised_day=pl.col("day") + HANDLING + TRANSIT,
        category=pl.when(pl.col("product") < 16).then(pl.lit("Home")).otherwise(pl.lit("Office")),
        is_late=is_shipped & (draw["late"] < profile.chance("ships_late") * late_chance),
        is_business=draw["business"] < BUSINESS,
    )
    untracked = pl.col("category").replace_strict(dict(profile.untracked), return_dtype=pl.Float64)
    arrives_late = pl.when("is_late").then(LATE_AFTER_LATE).otherwise(profile.chance("arrives_late"))
    missed = draw["invoice"] / profile.invoice_defects if profile.invoice_defects else pl.lit(1.0)
    placed = placed.with_columns(
        settled_at=_settled(draw["confirmed"], profile),
        is_valid=draw["tracking"] >= untracked,
        is_arrived_late=draw["arrival"] < arrives_late,
        invoice=pl.when(missed < 0.5).then(pl.lit("missing")).when(missed < 1).then(pl.lit("late")),
        # Which fault it is: thirds of the share that has one.
        fault=pl.when(draw["tracking"] < untracked / 3)
        .then(pl.lit("not_entered"))
        .when(draw["tracking"] < untracked * 2 / 3)
        .then(pl.lit("wrong_carrier"))
        .when(draw["tracking"] < untracked)
        .then(pl.lit("no_scan")),
    )
    after = pl.when("is_arrived_late").then((draw["hour"] * 3).floor() + 1)
    after = after.otherwise(-((draw["early"] < 0.5) & ~pl.col("is_late")).cast(pl.Int64))
    at = 36_000 + draw["hour"] * 32_000
    at_door = (pl.col("promised_day") + pl.duration(days=after)).cast(pl.Datetime("us"))
    return placed.with_columns(
        delivered_at=in_utc(at_door + pl.duration(seconds=pl.lit(at).cast(pl.Int64)), profile),
        has_door_scan=pl.col("is_valid") & (draw["door"] >= NO_SCAN),
        invoice=pl.col("invoice").fill_null("in_time"),
    )


def end_of(day: pl.Expr, profile: Profile) -> pl.Expr:
    """The moment a day of the shop is over [UTC]."""
    return in_utc((day + DAY).cast(pl.Datetime("us")), profile)


def _settled(share: pl.Series, profile: Profile) -> pl.Expr:
    """Cancelled on the day of the order; confirmed by the end of the ship-by day, or up to 21 hours later."""
    placed, ship_by = pl.col("purchased_at"), end_of(pl.col("ship_by_day"), profile)
    part = pl.lit(0.05 + 0.9 * share)

    def between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
        return start + pl.duration(seconds=((end - start).dt.total_seconds() * part).cast(pl.Int64))

    return (
        pl.when(pl.col("state") != "shipped")
        .then(between(placed, end_of(pl.col("day"), profile)))
        .when("is_late")
        .then(between(ship_by, ship_by + timedelta(hours=21)))
        .otherwise(between(placed, ship_by))
    )
