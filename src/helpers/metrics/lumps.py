"""Counts a day → how the bad ones of each judged window come in lumps."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers import clustering
from helpers.frames import KEY, SCHEMAS, SERIES, empty
from helpers.metrics.calendar import Counts, arrays
from helpers.metrics.windows import spans, visible
from helpers.targets import Rules
from helpers.vocabulary import METRICS


def lumps(daily: pl.DataFrame, rules: Rules, as_of: date) -> pl.DataFrame:
    """How the bad ones of the window judged on `as_of` come in lumps: the `lumps` frame, one row a key.

    Lumps are days by the metric's own date, by what `as_of` knows; all units of an order fall into one of them. Of rates
    that are good when high the bad ones are what is not good. The clustering is learnt from the year that ends with the
    window (clustering.of).
    """
    known = visible(daily, as_of)
    if known.is_empty():
        return empty("lumps")
    counts = arrays(known)
    bad = _bad(counts)
    judged = spans(counts.series, rules, as_of).join(
        counts.series.with_row_index("row"), on=list(SERIES), nulls_equal=True, maintain_order="left"
    )
    parts = [empty("lumps")]
    for (window, lag), part in judged.group_by("window_days", "lag_days", maintain_order=True):
        row = part.get_column("row").to_numpy()
        days = (as_of - counts.first).days + 1 - lag
        n, x = (_ending(each[row], days, max(window, clustering.YEAR)) for each in (counts.denominator, bad))
        columns = [pl.Series(name, values) for name, values in _told(n, x, window).items()]
        parts.append(part.select(*KEY).with_columns(columns).select(*SCHEMAS["lumps"]))
    return pl.concat(parts).sort(*KEY)


def _bad(counts: Counts) -> NDArray[np.int64]:
    """[series, day] bad ones among the orders of each day; never more than those."""
    bad = np.zeros_like(counts.denominator)
    np.add.at(bad, (counts.row, counts.placed), counts.numerator)
    good_is = counts.series.get_column("metric").replace_strict({key: one.good_is for key, one in METRICS.items()})
    is_high = (good_is == "high").to_numpy()
    bad[is_high] = counts.denominator[is_high] - bad[is_high]
    return np.clip(bad, 0, counts.denominator)


def _ending(daily: NDArray[np.int64], end: int, days: int) -> NDArray[np.int64]:
    """[series, day] the last so many days before day `end`; days that are not there hold 0."""
    after = max(end - daily.shape[1], 0)
    padded = np.pad(daily[:, : max(end, 0)], ((0, 0), (days, after)))
    return padded[:, padded.shape[1] - days :]


def _told(n: NDArray[np.int64], bad: NDArray[np.int64], window: int) -> dict[str, NDArray]:
    found = clustering.of(n, bad, window)
    inside, orders = bad[:, -window:], n[:, -window:]
    worst = np.arange(len(inside)), inside.argmax(axis=1)
    return {
        "rho_days": found.rho[:, 0],
        "rho_weeks": found.rho[:, 1],
        "concentration_days": found.concentration[:, 0],
        "concentration_weeks": found.concentration[:, 1],
        "design_effect": found.effect(orders.sum(axis=1)),
        "bad_days": (inside > 0).sum(axis=1),
        "worst_day": inside[worst],
        "worst_day_orders": orders[worst],
    }
