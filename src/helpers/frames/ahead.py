"""The frames of what is to come."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.frames.key import KEY

AHEAD: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "projection": {
            **KEY,
            "scenario": pl.String,
            "day": pl.Date,
            "rate_p05": pl.Float64,
            "rate_p50": pl.Float64,
            "rate_p95": pl.Float64,
            "left_p10": pl.Int64,
            "left_p50": pl.Int64,
            "left_p90": pl.Int64,
            "breach_probability": pl.Float64,
            "breach_probability_se": pl.Float64,
            "method": pl.String,
        },
    }
)
