"""What a metric is: the rows it counts, when they stand in a window, who is judged by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from helpers.vocabulary.words import FULFILMENTS

Rows = Literal["orders", "lateness", "packages", "feedback", "traffic", "reported"]


@dataclass(frozen=True)
class Metric:
    """What one rate counts. A new metric is one more of these in METRICS, and its target in targets.toml.

    rows          the frame of facts it counts (metrics.facts); "reported": only the marketplace's own figure exists
    denominator   which of its rows count at all
    numerator     which of those are the ones the metric is named after; a number where a row holds a count of its own
    weight        how much a row counts: 1, or its units
    day           column that puts a row in a window
    seen_on       column with the day on which the platform could first see the numerator's fact
    windows       trailing days shown when no target row names a window; none: only told while a target was in force
    group         column whose values are judged apart, such as the product category
    proof         which rule of coverage says how exactly the files can prove it
    variants      option → value → the expressions that value replaces ("denominator", "numerator", "day")
    good_is       whether a low or a high rate is good
    """

    key: str
    label: str
    one_is: str
    numerator_is: str
    rows: Rows
    definition: str
    proof: str
    denominator: pl.Expr = field(default_factory=lambda: pl.lit(True))
    numerator: pl.Expr = field(default_factory=lambda: pl.lit(False))
    weight: pl.Expr = field(default_factory=lambda: pl.lit(1))
    day: str = "day"
    seen_on: str = "day"
    windows: tuple[int, ...] = ()
    lag_days: int = 0
    fulfilments: tuple[str, ...] = FULFILMENTS
    group: str | None = None
    good_is: Literal["low", "high"] = "low"
    part_of: str | None = None
    variants: Mapping[str, Mapping[str, Mapping[str, pl.Expr | str]]] = field(default_factory=dict)
