"""The frames of where bad ones come from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

DRIVERS: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "drivers": {
            "account": pl.String,
            "outcome": pl.String,
            "factor": pl.String,
            "level": pl.String,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "rate": pl.Float64,
            "rate_shrunk": pl.Float64,
            "shrunk_low": pl.Float64,
            "shrunk_high": pl.Float64,
            "numerator_rest": pl.Int64,
            "denominator_rest": pl.Int64,
            "design_effect": pl.Float64,
            "ratio": pl.Float64,
            "p": pl.Float64,
            "ratio_adjusted": pl.Float64,
            "adjusted_for": pl.String,
            "p_adjusted": pl.Float64,
            "told_share": pl.Float64,
            "is_tested": pl.Boolean,
            "q": pl.Float64,
            "is_selected": pl.Boolean,
            "is_reversed": pl.Boolean,
            "excess": pl.Float64,
            "excess_low": pl.Float64,
            "excess_high": pl.Float64,
            "level_of_interval": pl.Float64,
            "claims_and_returns": pl.String,
            "fewest_orders": pl.Int64,
            "levels_folded": pl.Int64,
            "last_day": pl.Date,
            "is_gone": pl.Boolean,
        },
        "returned": {
            "account": pl.String,
            "sku": pl.String,
            "reason": pl.String,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "returns": pl.Int64,
            "refunded": pl.Int64,
        },
    }
)
