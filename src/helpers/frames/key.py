"""The columns every judged figure is known by, and how a moment is kept."""

from __future__ import annotations

from types import MappingProxyType

import polars as pl

MOMENT = pl.Datetime("us", "UTC")

KEY = MappingProxyType(
    {
        "account": pl.String,
        "marketplace": pl.String,
        "metric": pl.String,
        "fulfilment": pl.String,
        "group": pl.String,
        "window_days": pl.Int32,
    }
)
SERIES = tuple(name for name in KEY if name != "window_days")  # the key of a daily series
