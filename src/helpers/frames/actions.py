"""The frame of what the account did, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.frames.key import KEY, SERIES

ACTIONS: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "actions": {
            **{name: KEY[name] for name in SERIES},
            "on": pl.Date,
            "last": pl.Date,
            "what": pl.String,
            "events": pl.Int32,
            "is_meant": pl.Boolean,
            "word": pl.String,
            "why": pl.String,
            "age_days": pl.Int32,
            "share": pl.Float64,
            "before_first": pl.Date,
            "before_last": pl.Date,
            "before_bad": pl.Int64,
            "before_orders": pl.Int64,
            "before_effect": pl.Float64,
            "blocks": pl.Int32,
            "prompting_bad": pl.Int64,
            "prompting_orders": pl.Int64,
            "has_risen": pl.Boolean,
            "after_first": pl.Date,
            "after_last": pl.Date,
            "after_bad": pl.Int64,
            "after_orders": pl.Int64,
            "after_effect": pl.Float64,
            "expected": pl.Float64,
            "ratio_low": pl.Float64,
            "ratio_high": pl.Float64,
            "p_better": pl.Float64,
            "p_worse": pl.Float64,
            "smallest": pl.Float64,
            "planned": pl.Float64,
            "tells_from": pl.Date,
            "left_out": pl.Int64,
            "compared_with": pl.String,
            "compared_before_bad": pl.Int64,
            "compared_before_orders": pl.Int64,
            "compared_after_bad": pl.Int64,
            "compared_after_orders": pl.Int64,
            "compared_has_fallen": pl.Boolean,
            "across": pl.List(pl.String),
            "finding": pl.String,
        },
    }
)
