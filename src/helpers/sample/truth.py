"""Made-up accounts with known truth: a profile and its seed → every order, and what its buyer lived and did.

Nothing here belongs to anybody. A new sample is one more Profile in PROFILES; sample_files writes it as downloads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

LAST_DAY = date(2026, 10, 31)  # last complete day of the files; they are downloaded the morning after
DAYS = 400


@dataclass(frozen=True)
class Profile:
    """One account. Rates are chances an order; `dissatisfied` is the share of buyers who were let down.

    A dissatisfied buyer writes with chance 0.25, claims with 0.12, disputes the charge with 0.02; a satisfied one
    writes with 0.04. So about a third of the dissatisfied become defects: `defect_rate` is that product.
    """

    id: str
    name: str
    stores: Mapping[str, float]  # store → share of orders
    merchant: float  # orders a day
    amazon: float
    dissatisfied: float
    seed: int
    time_zone: str
    currency: str
    feedback_dates: str
    seller_cancels: float = 0.004
    buyer_cancels: float = 0.008

    @property
    def defect_rate(self) -> float:
        """The share of orders that end with a defect, once every late one has come."""
        silent = (1 - WRITES[False]) * (1 - CLAIMS) * (1 - DISPUTES)
        return self.dissatisfied * (1 - silent)


WRITES = {True: 0.04, False: 0.25}  # by whether the buyer was satisfied
CLAIMS, DISPUTES = 0.12, 0.02
UK, DE, FR, US = "amazon.co.uk", "amazon.de", "amazon.fr", "amazon.com"

# small-good: the first seed under which a good shop has two defects in its last window. Luck does that often: among
# 185 orders at 0.5 % the chance of two or more is 0.24 (tests/test_sample.py).
PROFILES = (
    Profile(
        "lamp-house", "Lamp House (made up)", {UK: 0.7, DE: 0.3}, 60, 25, 0.0113, 7, "Europe/London", "GBP", "%d/%m/%y"
    ),
    Profile(
        "small-good", "Small Good Shop (made up)", {US: 1.0}, 3, 0, 0.0142, 10, "America/Los_Angeles", "USD", "%m/%d/%y"
    ),
    Profile(
        "with-holes",
        "Shop with Holes (made up)",
        {DE: 0.8, FR: 0.2},
        12,
        0,
        0.02,
        11,
        "Europe/Berlin",
        "EUR",
        "%d.%m.%y",
    ),
)


def orders(profile: Profile) -> pl.DataFrame:
    """Every order of the account's 400 days, one row each, with its truth.

    order_id, marketplace, fulfilment, day [store-local], purchased_at and settled_at [UTC], state (shipped,
    cancelled_by_seller, cancelled_by_buyer), is_replacement, is_other_shop, units, lines, price; is_satisfied; stars
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
    satisfied = random.random(n) >= profile.dissatisfied
    stars = np.where(
        satisfied, random.choice([4, 5], n, p=[0.2, 0.8]), random.choice([1, 2, 3], n, p=[0.65, 0.27, 0.08])
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
        _utc(local, profile).alias("purchased_at"),
        (_utc(local, profile) + pl.duration(hours="hours")).alias("settled_at"),
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


def _utc(local: pl.Expr, profile: Profile) -> pl.Expr:
    return local.dt.replace_time_zone(profile.time_zone).dt.convert_time_zone("UTC")


def _after(days: str, never: pl.Expr) -> pl.Expr:
    return pl.when(~never).then(pl.col("day") + pl.duration(days=days)).cast(pl.Date)
