"""How far chances told can be relied on: what came of forecasts by the chance told, of this account and of the kit's samples.

A forecast of a rate that was over already told nothing that was not known: only rates met on their day are counted.
"""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise
from typing import TypedDict

import polars as pl

from helpers.sentences import say

ENDS = (0.0, 0.05, 0.2, 0.5, 0.8, 1.0)  # chances told between two of them are counted together
ENOUGH = 20  # misses in the account's past from which on a table of its own tells more than chance
FILE = "samples.csv"  # what `told` says of accounts of the kit's own making (benchmarks/forecasts.py --samples)
# Of real sellers: forecasts, error, that of the usual share, and of "it stays as it is" (benchmarks/FORECASTS.md).
REAL = (614, 0.178, 0.205, 0.371)


class ReliabilityRow(TypedDict):
    """Forecasts of rates met on their day, of one horizon and one span of chances told (low ≤ told < high, the last one whole).

    told    how many of them should have come: the sum of the chances · came   how many did
    error   the mean of (chance − came)²: the Brier score
    """

    days: int
    low: float
    high: float
    forecasts: int
    told: float
    came: int
    error: float


def by_chance_told(tried: pl.DataFrame) -> pl.DataFrame:
    """A row a horizon and span of chances (ReliabilityRow); spans without a forecast are left out.

    tried   scenarios.tried, of one account or of many
    """
    met = tried.filter(~pl.col("is_over"))
    inside = [
        met.filter(pl.col("told") >= low, pl.col("told") < (high if high < 1 else 2)).with_columns(low=low, high=high)
        for low, high in pairwise(ENDS)
    ]
    found = pl.concat([each.with_columns(pl.col("low", "high").cast(pl.Float64)) for each in inside])
    return (
        found.group_by("days", "low", "high")
        .agg(
            forecasts=pl.len().cast(pl.Int64),
            told=pl.col("told").sum(),
            came=pl.col("came").sum().cast(pl.Int64),
            error=((pl.col("told") - pl.col("came").cast(pl.Float64)) ** 2).mean(),
        )
        .sort("days", "low")
    )


def of_samples() -> pl.DataFrame:
    """The same (ReliabilityRow) of the kit's samples."""
    text = files("helpers.scenarios").joinpath(FILE).read_bytes()
    return pl.read_csv(text, schema_overrides={"told": pl.Float64})


def relied_on(tried: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """What came of the account's own forecasts and of those of the samples, by the chance told; and the same in sentences.

    tried   scenarios.tried
    """
    own, samples = by_chance_told(tried), of_samples()
    return spans(own, samples), said(own, samples)


def spans(own: pl.DataFrame, samples: pl.DataFrame) -> pl.DataFrame:
    """A row a span of chances, both horizons together: forecasts, told and came of the samples, and of the account (`own_…`) where
    its past holds enough misses; else these are null.

    own, samples   by_chance_told · of_samples
    """
    counts = ("forecasts", "told", "came")
    pooled = samples.group_by("low", "high").agg(pl.col(counts).sum())
    if own.get_column("came").sum() < ENOUGH:
        own = own.clear()
    mine = own.group_by("low", "high").agg(pl.col(name).sum().alias(f"own_{name}") for name in counts)
    both = pooled.join(mine, on=["low", "high"], how="full", coalesce=True)
    return both.with_columns(pl.col(counts).fill_null(0)).sort("low")


def said(own: pl.DataFrame, samples: pl.DataFrame) -> list[str]:
    """What the two come to, in sentences.

    own, samples   by_chance_told · of_samples
    """
    sellers = dict(zip(("error", "usual", "naive"), (f"{error:.2f}" for error in REAL[1:]), strict=True))
    real = say("relied-on.sellers", forecasts=REAL[0], **sellers)
    mine, came = (int(own.get_column(name).sum()) for name in ("forecasts", "came"))
    if not mine:
        here = say("relied-on.none")
    elif came < ENOUGH:
        here = say("relied-on.few", forecasts=mine, came=came, enough=ENOUGH)
    else:
        here = say("relied-on.own", forecasts=mine, came=came)
    return [_scores(samples), real, here]


def _scores(samples: pl.DataFrame) -> str:
    forecasts, came = (int(samples.get_column(name).sum()) for name in ("forecasts", "came"))
    error = samples.select((pl.col("error") * pl.col("forecasts")).sum()).item() / forecasts
    usual = samples.group_by("days").agg(pl.col("forecasts", "came").sum())
    share = pl.col("came") / pl.col("forecasts")
    climatology = usual.select((share * (1 - share) * pl.col("forecasts")).sum()).item() / forecasts
    scores = {"error": f"{error:.2f}", "usual": f"{climatology:.2f}", "naive": f"{came / forecasts:.2f}"}
    return say("relied-on.samples", came=came, forecasts=forecasts, **scores)
