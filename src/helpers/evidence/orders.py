"""The orders behind a charge, one row each, with everything the files say of them: for the evidence pack alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import polars.selectors as cs

from helpers import targets
from helpers.audit import Audit
from helpers.evidence.meant import Meant, Span
from helpers.metrics.facts import FACTS
from helpers.sentences import Value, say
from helpers.vocabulary import A_TO_Z_CLAIM, CHARGEBACK

COLUMNS = (
    "order_id",
    "ordered_on",
    "ship_by",
    "confirmed_at",
    "first_scan_at",
    "promised_by",
    "delivered_at",
    "stars",
    "feedback_on",
    "is_feedback_struck",
    "claim_on",
    "claim_outcome",
    "chargeback_on",
    "is_cancelled",
    "returned_on",
    "tracking_id",
    "outcome",
    "seen_on",
)


def behind(meant: Meant, span: Span, audit: Audit, seen_before: date | None = None) -> pl.DataFrame:
    """The bad ones of a window as they could be seen before the letter, or before an earlier day: COLUMNS, by the day they
    were ordered.

    Moments are in the time of the marketplace; null is what no file says, such as the day of a claim that is dated by its
    list alone. `outcome` says what the order counts as, in words; `seen_on` since when it is known.
    """
    last_seen = audit.day if seen_before is None else seen_before - timedelta(days=1)
    metric = meant.metric.under(audit.account.option)
    rows = FACTS[meant.metric.rows](audit.account).joined()
    bad = metric.numerator if metric.good_is == "low" else ~metric.numerator
    group = pl.lit(True) if metric.group is None else pl.col(metric.group).is_in([one for one in meant.groups if one])
    seen = pl.coalesce(metric.seen_on, metric.day)
    found = rows.filter(
        metric.denominator,
        bad.fill_null(False),
        group,
        pl.col("marketplace") == meant.marketplace,
        pl.lit(meant.fulfilment == "all") | (pl.col("fulfilment") == meant.fulfilment),
        pl.col(metric.day).is_between(span.first, span.last),
        seen <= last_seen,
    )
    named = found.select("order_id", seen_on=seen).unique("order_id", keep="first", maintain_order=True)
    return detailed(named, audit, meant).sort("ordered_on", "order_id", nulls_last=True)


def detailed(named: pl.DataFrame, audit: Audit, meant: Meant) -> pl.DataFrame:
    """These orders with what each kind of file says of them, as it was known before the letter."""
    account, letter = audit.account, audit.day + timedelta(days=1)
    shipments = account.shipments.group_by("order_id").agg(
        pl.col("ship_by", "confirmed_at", "first_scan_at", "promised_by", "delivered_at").min(),
        pl.col("tracking_id").drop_nulls().first(),
        pl.col("order_day").drop_nulls().min(),
        pl.col("is_late").any(),
        (~pl.col("is_valid")).any().alias("is_invalid"),
        (~pl.col("is_on_time")).any().alias("is_not_on_time"),
    )
    opinions = account.feedback.filter(pl.col("received_on") < letter).unique("order_id", keep="last")
    defects = account.defects.filter(pl.col("occurred_on") < letter)
    claims = (
        defects.filter(kind=A_TO_Z_CLAIM)
        .group_by("order_id")
        .agg(claim_on=_dated(), is_claimed=pl.lit(True), claim_outcome=pl.col("outcome").drop_nulls().first())
    )
    disputes = (
        defects.filter(kind=CHARGEBACK).group_by("order_id").agg(chargeback_on=_dated(), is_disputed=pl.lit(True))
    )
    listed = defects.group_by("order_id").agg(listed_on=pl.col("order_day").drop_nulls().min())
    returns = (
        account.returns.filter(pl.col("requested_on") < letter)
        .group_by("order_id")
        .agg(returned_on=pl.col("requested_on").min())
    )
    placed = account.orders.select("order_id", "day", "is_cancelled")
    rows = named
    for other in (placed, shipments, claims, disputes, listed, returns):
        rows = rows.join(other, on="order_id", how="left", maintain_order="left")
    rows = rows.join(
        opinions.select("order_id", "stars", feedback_on="received_on", is_feedback_struck="is_struck"),
        on="order_id",
        how="left",
        maintain_order="left",
    )
    rows = rows.with_columns(
        ordered_on=pl.coalesce("day", "listed_on", "order_day"),
        outcome=pl.concat_str(_words(meant), separator="; ", ignore_nulls=True),
    )
    zone = targets.time_zone(meant.marketplace, account.time_zone)
    return rows.select(COLUMNS).with_columns(cs.datetime().dt.convert_time_zone(zone))


def _dated() -> pl.Expr:
    """The first day of those that are days of their own and not of the list they stand in."""
    return pl.col("occurred_on").filter(pl.col("is_dated").fill_null(value=True)).min()


def _words(meant: Meant) -> Sequence[pl.Expr]:
    """What an order counts as, in words."""

    def is_so(what: str, /, **given: Value) -> pl.Expr:
        return pl.lit(say(f"order-is.{what}", **given))

    decided = pl.format(say("order-is.claim_decided", outcome="{}"), "claim_outcome")
    kinds = {
        "order_defects": [
            pl.when(pl.col("stars") <= 2, ~pl.col("is_feedback_struck")).then(
                pl.when(pl.col("stars") == 1).then(is_so("stars", stars=1)).otherwise(is_so("stars", stars=2))
            ),
            pl.when("is_claimed").then(decided.fill_null(is_so("claim"))),
            pl.when("is_disputed").then(is_so("chargeback")),
        ]
    }
    marks = {"late_shipment_rate": "is_late", "cancellation_rate": "is_cancelled"}
    marks |= {"valid_tracking_rate": "is_invalid", "on_time_delivery_rate": "is_not_on_time"}
    kinds |= {rate: [pl.when(mark).then(is_so(rate))] for rate, mark in marks.items()}
    return kinds.get(meant.metric.key, kinds["order_defects"])
