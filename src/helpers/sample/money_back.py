"""What came back after the sale: returns, refunds, claims paid, card payments charged back, and when."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from helpers.sample.profiles import Profile

RETURNS = {True: 0.02, False: 0.25}  # by whether the buyer was satisfied
PAID_BY_MARKETPLACE = 0.15  # of the claims: they count as defects and leave no posting
CLAIM_TAKES, DISPUTE_TAKES = timedelta(days=3), timedelta(days=4)  # from the buyer's step to the money
SATISFIED_REASONS, OTHER_REASONS = ("CR-UNWANTED_ITEM", "CR-NO_REASON_GIVEN"), ("CR-DEFECTIVE", "AMZ-PG-BAD-DESC")


def given_back(orders: pl.DataFrame, profile: Profile) -> pl.DataFrame:
    """The orders with what came back of them; null where nothing did. The same profile gives the same rows.

    orders   parcels.shipped. Adds returned_on (day of the request), return_reason, refunded_on (not where a claim or a
             chargeback took the money already), reimbursed_on (every ninth refund: the marketplace pays the seller),
             granted_on (day a claim was decided for the buyer), claim_paid_on (day the seller paid it), charged_on.
    """
    random = np.random.Generator(np.random.PCG64([profile.seed, 2]))
    n = orders.height
    returns, who_pays, which = (pl.Series(random.random(n)) for _ in range(3))
    back, worked = (pl.Series(start + random.geometric(1 / mean, n)) for start, mean in ((5, 6), (2, 4)))
    is_satisfied = pl.col("is_satisfied")
    chance = pl.when(is_satisfied).then(RETURNS[True]).otherwise(RETURNS[False])
    is_returned = pl.col("is_ours") & (returns < chance)
    first = pl.when(is_satisfied).then(pl.lit(SATISFIED_REASONS[0])).otherwise(pl.lit(OTHER_REASONS[0]))
    second = pl.when(is_satisfied).then(pl.lit(SATISFIED_REASONS[1])).otherwise(pl.lit(OTHER_REASONS[1]))
    requested = orders.with_columns(
        returned_on=pl.when(is_returned).then(pl.col("day") + pl.duration(days=pl.lit(back))),
        return_reason=pl.when(is_returned).then(pl.when(which < 0.6).then(first).otherwise(second)),
        granted_on=pl.col("claim_on") + CLAIM_TAKES,
        charged_on=pl.col("chargeback_on") + DISPUTE_TAKES,
    )
    is_paid = pl.any_horizontal(pl.col("granted_on", "charged_on").is_not_null())
    refunded = requested.with_columns(
        claim_paid_on=pl.when(who_pays >= PAID_BY_MARKETPLACE).then("granted_on"),
        refunded_on=pl.when(~is_paid).then(pl.col("returned_on") + pl.duration(days=pl.lit(worked))),
    )
    is_ninth = pl.col("refunded_on").is_not_null().cum_sum() % 9 == 0
    return refunded.with_columns(
        reimbursed_on=pl.when(is_ninth & pl.col("refunded_on").is_not_null()).then(
            pl.col("refunded_on") + timedelta(days=2)
        )
    )
