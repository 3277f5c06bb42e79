"""How the judged rates moved: the one that decides drawn large, the others on one time axis."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from helpers.charts.lanes import lanes
from helpers.charts.look import Drawing
from helpers.charts.trend import Moment, trend
from helpers.rows import JudgedRow, rows_of

MOST = 8  # rates in the second picture


def moving(
    counted: pl.DataFrame,
    arrivals: pl.DataFrame,
    roll_off: pl.DataFrame,
    verdicts: pl.DataFrame,
    *,
    moved: Sequence[str] = (),
    moments: Sequence[Moment] = (),
    sure: str = "",
) -> list[Drawing]:
    """The first judged rate the files count as a trend, the next eight as lanes; nothing where the files count none.

    verdicts   what needs attention first · the rest as charts.trend takes it
    """
    told = decides(verdicts)
    if told.is_empty():
        return []
    (first,) = rows_of(told.head(1), JudgedRow)
    large = trend(counted, arrivals, roll_off, first, moved=moved, moments=moments, sure=sure)
    return [large, *lanes(counted, told[1 : MOST + 1])]


def decides(verdicts: pl.DataFrame) -> pl.DataFrame:
    """The judged rates that can be drawn: counted from the files, over orders. The first is the one that decides."""
    is_judged = pl.col("status").is_in(["met", "breached", "too_few_orders"])
    return verdicts.filter(is_judged, pl.col("denominator") > 0, pl.col("source") == "files")
