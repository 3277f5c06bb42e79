"""The frames of what the watches, the control charts and the alerts say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.frames.key import KEY, SERIES

OF_SERIES = {name: KEY[name] for name in SERIES}

SIGNALS: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "signals": {
            **OF_SERIES,
            "watch": pl.String,
            "day": pl.Date,
            "statistic": pl.Float64,
            "alarm_at": pl.Float64,
            "is_marked": pl.Boolean,
            "marked_since": pl.Date,
            "is_borne": pl.Boolean,
            "days": pl.Int64,
            "reported": pl.Int64,
            "expected": pl.Float64,
            "level": pl.Float64,
            "orders_a_day": pl.Float64,
            "design_effect": pl.Float64,
            "dated_share": pl.Float64,
            "share_marked": pl.Float64,
            "share_breached": pl.Float64,
            "share_nowcast": pl.Float64,
            "share_fixed_step": pl.Float64,
            "log_e_value": pl.Float64,
        },
        "watched": {
            **OF_SERIES,
            "day": pl.Date,
            "reported": pl.Int64,
            "due": pl.Float64,
            "expected": pl.Float64,
            "statistic": pl.Float64,
            "is_marked": pl.Boolean,
        },
        "control": {
            **OF_SERIES,
            "chart": pl.String,
            "phase": pl.Int32,
            "first_day": pl.Date,
            "last_day": pl.Date,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "value": pl.Float64,
            "centre": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
            "sigma_z": pl.Float64,
            "low_prime": pl.Float64,
            "high_prime": pl.Float64,
            "is_outside": pl.Boolean,
            "is_outside_prime": pl.Boolean,
            "is_exact": pl.Boolean,
            "is_trial": pl.Boolean,
            "rules": pl.List(pl.String),
        },
        "alerts": {
            **KEY,
            "kind": pl.String,
            "since": pl.Date,
            "sentence": pl.String,
            "share_marked": pl.Float64,
            "fixed_step": pl.String,
            "share_fixed_step": pl.Float64,
        },
    }
)
