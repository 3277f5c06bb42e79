"""The frames of what came before a judged window."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.frames.key import KEY

HISTORY: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "earlier": {
            **KEY,
            "day": pl.Date,
            "window_start": pl.Date,
            "window_end": pl.Date,
            "block": pl.Int32,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "squares_days": pl.Int64,
            "squares_weeks": pl.Int64,
            "is_known": pl.Boolean,
            "is_alike": pl.Boolean,
            "exactness": pl.String,
            "target": pl.String,
            "must_be": pl.String,
        },
        "past": {
            **KEY,
            "word": pl.String,
            "block_days": pl.Int32,
            "blocks": pl.Int32,
            "blocks_missed": pl.Int32,
            "blocks_undecided": pl.Int32,
            "blocks_not_known": pl.Int32,
            "windows": pl.Int32,
            "windows_missed": pl.Int32,
            "chance_missed": pl.Float64,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "exactness": pl.String,
        },
        "movement": {
            **KEY,
            "word": pl.String,
            "compared_with": pl.String,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "numerator_before": pl.Int64,
            "denominator_before": pl.Int64,
            "exactness_before": pl.String,
            "p_before": pl.Float64,
            "p_before_holm": pl.Float64,
            "numerator_year": pl.Int64,
            "denominator_year": pl.Int64,
            "exactness_year": pl.String,
            "p_year": pl.Float64,
            "p_year_holm": pl.Float64,
        },
        "record": {
            **KEY,
            "days": pl.Int64,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "exactness": pl.String,
            "posterior_met": pl.Float64,
            "p_worse": pl.Float64,
            "chance_missed": pl.Float64,
            "is_told": pl.Boolean,
        },
    }
)
