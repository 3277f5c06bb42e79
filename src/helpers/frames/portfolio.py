"""The frames of many accounts on one morning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from helpers.frames.key import KEY, MOMENT, SERIES

WHO = {"account": pl.String, "name": pl.String}
NEWS: dict[str, Any] = {**WHO, "kind": pl.String, "sentence": pl.String}
OF_SERIES = {name: KEY[name] for name in SERIES if name != "account"}

PORTFOLIO: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "portfolio": {
            **WHO,
            "reason": pl.String,
            "rates": pl.Int64,
            "brief": pl.String,
            "sentence": pl.String,
            "also": pl.List(pl.String),
            "place": pl.Int64,  # 1 = first; accounts equal in evidence have one
            "as_of": pl.Date,
            "report": pl.String,
        },
        "night": {
            **WHO,
            "notebook": pl.String,
            "folder": pl.String,
            "started_at": MOMENT,
            "status": pl.String,
            "code": pl.Int64,
            "said": pl.String,
            "flags": pl.List(pl.String),
            "seconds": pl.Float64,
        },
        "news": NEWS,
        "listed": {
            **WHO,
            **OF_SERIES,
            "reported": pl.Int64,
            "expected": pl.Float64,
            "log_e_value": pl.Float64,
            "is_listed": pl.Boolean,
        },
        "funnel": {
            **WHO,
            **{name: KEY[name] for name in KEY if name != "account"},
            "bad": pl.Int64,
            "orders": pl.Int64,
            "worth": pl.Float64,
            "rate": pl.Float64,
            "allowed": pl.Float64,
            "side": pl.String,
        },
        "letters": {
            **WHO,
            "case": pl.String,
            "kind": pl.String,
            "received_on": pl.Date,
            "deadline": pl.Date,
            "is_confirmed": pl.Boolean,
        },
    }
)
