"""The frames of what young orders have shown and of what they will."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.frames.key import KEY, SERIES

_NOWCAST = {
    "orders": pl.Int64,
    "visible": pl.Int64,
    "share": pl.Float64,
    "expected": pl.Float64,
    "low": pl.Int64,
    "high": pl.Int64,
}
MATURITY: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "cohorts": {**{name: KEY[name] for name in SERIES}, "first_day": pl.Date, "last_day": pl.Date, **_NOWCAST},
        "maturity": {
            **KEY,
            "window_start": pl.Date,
            "window_end": pl.Date,
            **_NOWCAST,
            "own_delays": pl.Int64,
            "sources": pl.List(pl.String),
            "tried": pl.Int64,
            "held": pl.Int64,
            "visible_then": pl.Int64,
            "expected_then": pl.Float64,
            "came": pl.Int64,
            "removed": pl.Int64,
            "feedback_told": pl.Int64,
            "turned": pl.String,
            "turned_from": pl.Date,
            "turned_visible": pl.Int64,
            "turned_expected": pl.Float64,
            "turned_exposure": pl.Float64,
        },
        "decided": {
            **KEY,
            "day": pl.Date,
            "window_start": pl.Date,
            "window_end": pl.Date,
            "orders": pl.Int64,
            "visible": pl.Int64,
            "expected": pl.Float64,
            "low": pl.Int64,
            "high": pl.Int64,
            "allowed": pl.Int64,
            "word": pl.String,
        },
    }
)
