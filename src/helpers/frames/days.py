"""The first and the last day of a column."""

from __future__ import annotations

from datetime import date
from typing import cast

import polars as pl


def first_day(days: pl.Series) -> date | None:
    """The first of a column of days; None where it holds none."""
    return cast("date | None", days.min())  # to polars the least of a column is a value of any kind


def last_day(days: pl.Series) -> date | None:
    """The last of a column of days; None where it holds none."""
    return cast("date | None", days.max())


def span(days: pl.Series) -> tuple[date, date]:
    """The first and the last of a column of days. Raises ValueError where it holds none."""
    first, last = first_day(days), last_day(days)
    if first is None or last is None:
        raise ValueError("expected a column with a day in it, found none")
    return first, last
