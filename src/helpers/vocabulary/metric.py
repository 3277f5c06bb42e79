"""What a metric is: the rows it counts, when they stand in a window, who is judged by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_, or_
from typing import Literal

import polars as pl

from helpers.sentences import say
from helpers.vocabulary.words import FULFILMENTS

Rows = Literal["orders", "lateness", "packages", "feedback", "traffic", "reported"]
Good = Literal["low", "high"]
Choice = Callable[[str], str]  # the reading chosen of an option


@dataclass(frozen=True)
class Also:
    """Rows that fulfil the condition are in as well."""

    condition: pl.Expr


@dataclass(frozen=True)
class Only:
    """Rows that do not fulfil the condition are out."""

    condition: pl.Expr


@dataclass(frozen=True)
class Change:
    """What one reading of an option changes of a metric.

    denominator, numerator   which rows are in as well, or alone. Changes of several options combine: first all that
                             widen, then all that narrow, whatever the order they are written in
    day                      the column that puts a row in a window, instead of the metric's own. Two days cannot be
                             combined: only one option of a metric may say it
    """

    denominator: Also | Only | None = None
    numerator: Also | Only | None = None
    day: str | None = None


@dataclass(frozen=True)
class Metric:
    """What one rate counts. A new metric is one more of these in its family, its words in each table of sentences, and its
    target in targets.toml.

    rows          the frame of facts it counts (metrics.facts); "reported": only the marketplace's own figure exists
    denominator   which of its rows count at all
    numerator     which of those are the ones the metric is named after; a number where a row holds a count of its own
    weight        how much a row counts: 1, or its units
    day           column that puts a row in a window
    seen_on       column with the day on which the platform could first see the numerator's fact
    windows       trailing days shown when no target row names a window; none: only told while a target was in force
    group         column whose values are judged apart, such as the product category
    proof         which rule of coverage says how exactly the files can prove it
    part_of       the rate of which it counts one kind of bad ones (`part`)
    variants      option → value → what that value changes
    good_is       whether a low or a high rate is good
    """

    key: str
    one_is: str
    rows: Rows
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
    good_is: Good = "low"
    part_of: str | None = None
    variants: Mapping[str, Mapping[str, Change]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        naming = [name for name, values in self.variants.items() if any(one.day for one in values.values())]
        if len(naming) > 1:
            said = " and ".join(naming)
            raise ValueError(f"{self.key}: expected one option that says its day, found {said}: make them one option")

    def part(self, *, key: str, numerator: pl.Expr, seen_on: str) -> Metric:
        """One kind of this rate's bad ones: over the same rows, by the same options, in the same windows with their lag."""
        return replace(
            self,
            key=key,
            numerator=numerator,
            seen_on=seen_on,
            part_of=self.key,
        )

    @property
    def name(self) -> str:
        """What it is called within a sentence: `order defect rate`."""
        return say(f"rate.{self.key}")

    @property
    def short_name(self) -> str:
        """What it is called in a list that says “rates” at its end: `order defect`; the name of one that is called no rate."""
        return say(f"short-rate.{self.key}")

    @property
    def label(self) -> str:
        """What it is called as a title: `Order defect rate`."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def numerator_is(self) -> str:
        """What its count is of, after the number: `with a defect`."""
        return say(f"counted-is.{self.key}")

    @property
    def definition(self) -> str:
        """What it counts, in a sentence or two."""
        return say(f"definition.{self.key}")

    def bad_of(self, numerator: int, denominator: int) -> int:
        """The bad ones of a figure: of a rate that is good when high, the others."""
        return denominator - numerator if self.good_is == "high" else numerator

    def under(self, option: Choice) -> Metric:
        """The metric with the chosen readings of its options applied."""
        chosen = [values[option(name)] for name, values in self.variants.items() if option(name) in values]
        return replace(
            self,
            denominator=_changed(self.denominator, [one.denominator for one in chosen]),
            numerator=_changed(self.numerator, [one.numerator for one in chosen]),
            day=next((one.day for one in chosen if one.day), self.day),
            variants={},
        )

    @property
    def days(self) -> str:
        """The name under which coverage says which days its facts are told in full: each list of packages tells one mark."""
        return self.proof if self.rows == "packages" else self.rows

    @property
    def columns(self) -> frozenset[str]:
        """The columns of its facts that it looks at under any reading of its options."""
        changes = [one for values in self.variants.values() for one in values.values()]
        conditions = [change.condition for one in changes for change in (one.denominator, one.numerator) if change]
        looked_at = (self.denominator, self.numerator, self.weight, *conditions)
        names = {"marketplace", "fulfilment", self.day, self.seen_on, self.group, *(one.day for one in changes)}
        return frozenset(name for name in names.union(*(one.meta.root_names() for one in looked_at)) if name)


def _changed(rows: pl.Expr, changes: Iterable[Also | Only | None]) -> pl.Expr:
    """The condition widened by all that widen, then narrowed by all that narrow."""
    changes = list(changes)
    wide = reduce(or_, (one.condition for one in changes if isinstance(one, Also)), rows)
    return reduce(and_, (one.condition for one in changes if isinstance(one, Only)), wide)
