"""A profile and its seed → every order of the account, and what its buyer lived and did."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from helpers.sample.profiles import CLAIMS, DAYS, DISPUTES, LAST_DAY, THREE_STARS, WRITES, Profile


def orders(profile: Profile) -> pl.DataFrame:
    """Every order of the account's 400 days, one row each, with its truth.

    order_id, marketplace, fulfilment, day [store-local], purchased_at and settled_at [UTC], state (shipped,
    cancelled_by_seller, cancelled_by_buyer), is_replacement, is_other_shop, units (of each line), lines, product; is_satisfied; stars
    and feedback_on, claim_on, chargeback_on (null: never happened). The same profile gives the same rows.
    """
    random = np.random.Generator(np.random.PCG64(profile.seed))
    days = [LAST_DAY - timedelta(days=DAYS - 1 - n) for n in range(DAYS + 1)]  # and the morning of the download
    parts = [
        pl.DataFrame(
            {"day": np.repeat(np.array(days, "datetime64[D]"), random.poisson(_volume(days, mean)))}
        ).with_columns(fulfilment=pl.lit(fulfilment))
        for fulfilment, mean in (("merchant", profile.merchant), ("amazon", profile.amazon))
        if mean
    ]
    frame = pl.concat(parts)
    n = frame.height
    satisfied = random.random(n) >= frame.select(profile.chance("dissatisfied")).to_series().to_numpy()
    stars = np.where(
        satisfied, random.choice([4, 5], n, p=[0.2, 0.8]), random.choice([1, 2, 3], n, p=[0.65, 0.27, THREE_STARS])
    )
    writes = random.random(n) < np.where(satisfied, WRITES[True], WRITES[False])
    frame = frame.with_columns(
        marketplace=pl.Series(random.choice(list(profile.stores), n, p=list(profile.stores.values()))),
        second=pl.Series(random.integers(6 * 3600, 23 * 3600, n)),
        hours=pl.Series(random.integers(6, 60, n)),
        state=pl.Series(_states(random, n, profile)),
        is_replacement=pl.Series(random.random(n) < 0.004),
        is_other_shop=pl.Series(random.random(n) < 0.006) & (pl.col("fulfilment") == "amazon"),
        units=pl.Series(random.choice([1, 2, 3], n, p=[0.86, 0.11, 0.03])),
        lines=pl.Series(random.choice([1, 2], n, p=[0.94, 0.06])),
        product=pl.Series(random.integers(0, 24, n)),
        is_satisfied=pl.Series(satisfied),
        stars=pl.Series(np.where(writes, stars, 0)),
        feedback_after=pl.Series(5 + random.geometric(1 / 12, n)),
        claim_after=pl.Series(np.where(~satisfied & (random.random(n) < CLAIMS), 9 + random.geometric(1 / 14, n), 0)),
        chargeback_after=pl.Series(
            np.where(~satisfied & (random.random(n) < DISPUTES), 15 + random.geometric(1 / 18, n), 0)
        ),
    )
    # An order that never shipped, a replacement and another shop's parcel leave no trace of their buyer here.
    quiet = (pl.col("state") != "shipped") | pl.col("is_replacement") | pl.col("is_other_shop")
    frame = frame.sort("day", "second").with_row_index("number", offset=1)
    local = pl.col("day").cast(pl.Datetime("us")) + pl.duration(seconds="second")
    return frame.select(
        _order_id().alias("order_id"),
        "marketplace",
        "fulfilment",
        "day",
        in_utc(local, profile).alias("purchased_at"),
        (in_utc(local, profile) + pl.duration(hours="hours")).alias("settled_at"),
        "state",
        "is_replacement",
        "is_other_shop",
        "units",
        "lines",
        "product",
        "is_satisfied",
        stars=pl.when((pl.col("stars") > 0) & ~quiet).then("stars"),
        feedback_on=_after("feedback_after", quiet | (pl.col("stars") == 0)),
        claim_on=_after("claim_after", quiet | (pl.col("claim_after") == 0)),
        chargeback_on=_after("chargeback_after", quiet | (pl.col("chargeback_after") == 0)),
    )


def opening(truth: pl.DataFrame) -> date:
    """The day of the account's first order."""
    return truth.select(pl.col("day").min()).item()


def _volume(days: list[date], mean: float) -> np.ndarray:
    """Expected orders on each day: a weekly rhythm and the weeks before Christmas."""
    week = np.array([1.12, 1.08, 1.02, 0.98, 0.92, 0.86, 1.02])
    season = [1.7 if (11, 20) <= (day.month, day.day) <= (12, 18) else 1.0 for day in days]
    return mean * week[[day.weekday() for day in days]] * np.array(season)


def _states(random: np.random.Generator, n: int, profile: Profile) -> np.ndarray:
    chances = [1 - profile.seller_cancels - profile.buyer_cancels, profile.seller_cancels, profile.buyer_cancels]
    return random.choice(["shipped", "cancelled_by_seller", "cancelled_by_buyer"], n, p=chances)


def _order_id() -> pl.Expr:
    """An order number of the right shape with a long run of zeros, as no real one has."""
    prefix = pl.when("is_other_shop").then(pl.lit("S02")).when(pl.col("fulfilment") == "amazon").then(pl.lit("026"))
    return pl.concat_str(
        prefix.otherwise(pl.lit("202")), pl.lit("-0000000-"), pl.col("number").cast(pl.String).str.zfill(7)
    )


def in_utc(local: pl.Expr, profile: Profile) -> pl.Expr:
    """A moment on the shop's own clock, in UTC."""
    return local.dt.replace_time_zone(profile.time_zone).dt.convert_time_zone("UTC")


def _after(days: str, never: pl.Expr) -> pl.Expr:
    return pl.when(~never).then(pl.col("day") + pl.duration(days=days)).cast(pl.Date)
