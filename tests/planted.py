"""Made-up accounts whose causes are known: orders of a sample profile, with bad ones planted where a test says."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl

from helpers.frames import SCHEMAS, empty
from helpers.sample import profiles, truth
from helpers.vocabulary import Account

LAST = profiles.LAST_DAY
PROFILE = next(one for one in profiles.PROFILES if one.id == "late-and-broken")


def orders(seed=0, **said):
    """The shipped orders of a profile's 400 days with what they can be told apart by: SKU, carrier and region evenly."""
    frame = truth.orders(replace(PROFILE, seed=seed, **said)).filter(state="shipped", is_replacement=False)
    random = np.random.default_rng(seed)
    return frame.filter(pl.col("day") <= LAST).select(
        "order_id",
        "marketplace",
        "fulfilment",
        "day",
        "purchased_at",
        sku=pl.format("S-{}", "product"),
        carrier=pl.Series(random.choice(["NORTH", "SOUTH", "WEST"], frame.filter(pl.col("day") <= LAST).height)),
        region=pl.Series(random.choice(["GB", "IE", "FR", "DE"], frame.filter(pl.col("day") <= LAST).height)),
    )


def account(frame, chance, seed=0, *, returned=None):
    """An account of these orders in which each goes wrong with its chance (an expression), reported ten days later."""
    random = np.random.default_rng(1000 + seed)
    is_bad = random.random(frame.height) < frame.select(chance).to_series().to_numpy()
    bad = frame.filter(pl.Series(is_bad))
    return Account(
        id="planted",
        name="Planted",
        folder=None,
        marketplaces=("amazon.co.uk",),
        fulfilments=("merchant",),
        orders=_as("orders", frame, sku="sku", ship_country="region", status=pl.lit("shipped"), updated_on="day"),
        shipments=_as("shipments", frame, carrier="carrier"),
        defects=_as(
            "defects",
            bad,
            kind=pl.lit("negative_feedback"),
            occurred_on=pl.col("day") + timedelta(days=10),
            counts=pl.lit(True),
            is_dated=pl.lit(True),
        ),
        returns=empty("returns") if returned is None else returned,
        last_complete_day=LAST,
    )


def _as(name, frame, **columns):
    given = {"is_cancelled": pl.lit(False), "is_replacement": pl.lit(False), "has_cancelled_item": pl.lit(False)}
    given = {key: value for key, value in given.items() if key in SCHEMAS[name]} | columns
    known = {column for column in frame.columns if column in SCHEMAS[name]} - set(given)
    made = frame.with_columns(
        **{key: pl.col(value) if isinstance(value, str) else value for key, value in given.items()}
    )
    return made.select(
        (pl.col(column) if column in known or column in given else pl.lit(None)).cast(dtype).alias(column)
        for column, dtype in SCHEMAS[name].items()
    )
