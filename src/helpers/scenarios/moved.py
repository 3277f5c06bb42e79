"""What the sliders of a page move, computed beforehand for every place of theirs."""

from __future__ import annotations

import polars as pl

from helpers.scenarios import effects
from helpers.scenarios.ahead import Ahead
from helpers.scenarios.levers import Lever


def moved(ahead: Ahead, shares: dict[str, float]) -> pl.DataFrame:
    """What the sliders move: by tenths of the bad ones to come that do not come (`fewer`, of 100) and by more or fewer orders
    (`orders`, of 100), for every seventh day the rate that 5, 50 and 95 in 100 futures are under, and how many of 100 futures
    are on the wrong side by then (`over`), or on that day (`missed`).

    shares   Outlook.parts
    """
    few = effects.few(ahead)
    parts = []
    for orders in (-30, 0, 30):
        for fewer in range(0, 101, 10):
            lever = Lever("fewer_bad", (fewer / 100, fewer / 100), orders / 100)
            one = effects.under_lever(few, lever, shares)
            week = one.projection[5::7]
            missed = one.courses.is_missed.mean(axis=0)[5::7]
            first = one.courses.first
            over = [((first > 0) & (first <= day)).mean() for day in range(6, ahead.futures.days + 1, 7)]
            parts.append(
                week.select(
                    pl.lit(fewer).alias("fewer"),
                    pl.lit(orders).alias("orders"),
                    "day",
                    low=pl.col("rate_p05").round(5),
                    middle=pl.col("rate_p50").round(5),
                    high=pl.col("rate_p95").round(5),
                    over=pl.Series([round(100 * share) for share in over]),
                    missed=pl.Series([round(100 * float(share)) for share in missed]),
                )
            )
    return pl.concat(parts)
