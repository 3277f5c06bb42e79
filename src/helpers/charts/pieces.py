"""A rate's days as pieces of a line, each in the colour of the side of the target on which its days lie."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.colours import LIGHT
from helpers.rows import VerdictRow
from helpers.verdicts import is_on_target

_SIDES = alt.Scale(domain=["met", "missed"], range=[LIGHT["good"], LIGHT["concern"]])
PIECE_COLOUR = alt.Color("side:N", scale=_SIDES, legend=None)


def pieces(line: pl.DataFrame, verdict: VerdictRow) -> pl.DataFrame:
    """The days of a `trailing` frame with `side` and `piece`: a piece ends where days are missing or the side changes.

    Each piece ends on the first day of the next with its own rate, so that a line drawn in steps has no holes. A day that
    only repeats the rate before it is left out: the step stands without it.
    """
    gap = (pl.col("day").diff().dt.total_days() > 1).fill_null(False)
    side = pl.when(is_on_target(verdict["target"], verdict["must_be"])).then(pl.lit("met")).otherwise(pl.lit("missed"))
    days = line.sort("day").with_columns(side=side)
    days = days.with_columns(piece=(gap | (pl.col("side") != pl.col("side").shift(1)).fill_null(False)).cum_sum())
    ends = days.with_columns(next_day=pl.col("day").shift(-1), next_piece=pl.col("piece").shift(-1))
    is_end = (pl.col("next_piece") != pl.col("piece")) & ((pl.col("next_day") - pl.col("day")).dt.total_days() == 1)
    closing = ends.filter(is_end).with_columns(day=pl.col("next_day"))
    drawn = pl.concat([days, closing.select(days.columns)]).sort("piece", "day")
    is_first, is_last = ((pl.col("piece") != pl.col("piece").shift(by)).fill_null(True) for by in (1, -1))
    return drawn.filter(is_first | is_last | (pl.col("rate") != pl.col("rate").shift(1)))
