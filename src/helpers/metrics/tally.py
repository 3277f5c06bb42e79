"""Rows of facts → counts a day of several metrics, in one pass.

Each row is a cell of a calendar (its series times days, plus its day), and cells are counted. The rows are looked at
twice: once for what they span, once to count, a batch at a time, so that memory does not grow with their number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.frames import SERIES
from helpers.metrics.calendar import EPOCH, Counts, since
from helpers.metrics.facts import Facts
from helpers.vocabulary import Choice, Metric

BY = ("account", "marketplace", "fulfilment")
ROWS_AT_ONCE = 1 << 18
MOST_CELLS = 1 << 26  # of a calendar, half a gigabyte: beyond, the values of its keys are numbered anew


@dataclass(frozen=True)
class Reading:
    """How one metric reads a row of facts.

    metric         under the chosen readings of its options (Metric.under)
    is_yes_or_no   whether its numerator is: else it is a count of its own
    """

    metric: Metric
    is_yes_or_no: bool

    @property
    def by(self) -> tuple[str, ...]:
        return (*BY, self.metric.group) if self.metric.group else BY

    @property
    def cell(self) -> str:
        """The column of the cell: one for all metrics that place rows alike."""
        return f"cell {self.metric.day} {self.metric.group}"

    def columns(self) -> dict[str, pl.Expr]:
        """What is needed of a row besides its cell: whether it is in and bad, when that was seen, what it adds."""
        metric, day = self.metric, pl.col(self.metric.day)
        is_judged = pl.col("fulfilment").is_in((*metric.fulfilments, "all"))
        is_in = metric.denominator & is_judged & day.is_not_null()
        weight = metric.weight.fill_null(0).cast(pl.Int64)
        said = {"is_in": is_in, "is_bad": is_in & (metric.numerator if self.is_yes_or_no else metric.numerator > 0)}
        if metric.seen_on != metric.day:
            said["seen"] = pl.coalesce(metric.seen_on, day)
        if not metric.weight.meta.eq(pl.lit(1)):
            said |= {"weight": weight, "number": weight}
        if not self.is_yes_or_no:
            said["number"] = metric.numerator.cast(pl.Int64)
        return {f"{metric.key} {name}": column for name, column in said.items()}


def readings(facts: Facts, metrics: Sequence[Metric], option: Choice) -> list[Reading]:
    """How each metric reads these facts under the chosen options."""
    under = [metric.under(option) for metric in metrics]
    kinds = facts.unknown.select(one.numerator.alias(one.key) for one in under).collect_schema()
    return [Reading(one, is_yes_or_no=kinds[one.key] == pl.Boolean) for one in under]


def needed(read: Sequence[Reading]) -> set[str]:
    """The columns of the facts that these readings look at."""
    looked_at = {name for one in read for column in one.columns().values() for name in column.meta.root_names()}
    return looked_at.union(*((*one.by, one.metric.day) for one in read))


def counted(facts: Facts, read: Sequence[Reading], *, is_held: bool = False) -> list[Counts]:
    """The counts of each reading over one frame of facts, no day of them covered yet; none when there are no rows.

    is_held   hold the columns that are looked at in memory: for rows that are costly to compute, and few
    """
    facts = facts.held(needed(read)) if is_held else facts
    extent = _extent(facts.rows, read)
    if extent is None:
        return []
    columns = {
        one.cell: extent.place(one.by) * extent.days + since(extent.first, pl.col(one.metric.day)) for one in read
    }
    columns |= {name: column for one in read for name, column in one.columns().items()}
    tallies = [_Tally(one, extent) for one in read]
    for times, rows in facts.parts(needed(read)):
        for batch in rows.select(**columns).collect_batches(chunk_size=ROWS_AT_ONCE, maintain_order=False):
            for tally in tallies:
                tally.add(batch, times)
    return [tally.counts() for tally in tallies]


@dataclass(frozen=True)
class _Extent:
    """What the rows span: the first day, the number of days, and the values each column of a key takes."""

    first: date
    days: int
    words: Mapping[str, pl.Series]
    codes: Mapping[str, pl.Expr]  # the number of a row's value among the words

    def shape(self, by: Sequence[str]) -> tuple[int, ...]:
        return tuple(len(self.words[name]) for name in by)

    def place(self, by: Sequence[str]) -> pl.Expr:
        """The place of a row's key among all combinations of the words."""
        place = pl.lit(0, pl.Int64)
        for name in by:
            if len(self.words[name]) > 1:
                place = place * len(self.words[name]) + self.codes[name]
        return place


def _extent(rows: pl.LazyFrame, read: Sequence[Reading]) -> _Extent | None:
    """What the rows span; None when there are none with a day."""
    names, days = {name for one in read for name in one.by}, {one.metric.day for one in read}
    kinds = rows.collect_schema()
    numbered = [name for name in names if kinds[name] == pl.Categorical]
    ends = [getattr(pl.col(day), end)().alias(f"{day} {end}") for day in days for end in ("min", "max")]
    for name in numbered:
        number = pl.col(name).to_physical()
        ends += [number.min().alias(f"{name} min"), number.max().alias(f"{name} max"), pl.col(name).null_count()]
    values = [pl.col(name).unique().implode() for name in names.difference(numbered)]
    told = rows.select(*ends, *values).collect()
    found = [day for day in told.select(f"{day} {end}" for day in days for end in ("min", "max")).row(0) if day]
    if not found:
        return None
    first, length = min(found), (max(found) - min(found)).days + 1
    sizes = [told.item(0, f"{name} max") - told.item(0, f"{name} min") + 1 for name in numbered]
    is_too_wide = math.prod(sizes) * length > MOST_CELLS
    if numbered and (is_too_wide or any(told.item(0, name) for name in numbered)):
        return _extent(rows.with_columns(pl.col(name).cast(pl.String) for name in numbered), read)
    words, codes = {}, {}
    for name in numbered:
        low, high = told.item(0, f"{name} min"), told.item(0, f"{name} max")
        words[name] = pl.Series(range(low, high + 1), dtype=pl.UInt32).cat.to(kinds[name]).cast(pl.String)
        codes[name] = pl.col(name).to_physical().cast(pl.Int64) - low
    for name in names.difference(numbered):
        words[name] = told.get_column(name).explode().cast(pl.String).sort(nulls_last=True)
        known = words[name].drop_nulls()
        code = pl.col(name).cast(pl.Enum(known)).to_physical().cast(pl.Int64)
        codes[name] = code.fill_null(len(known)) if len(known) < len(words[name]) else code
    return _Extent(first, length, words, codes)


class _Tally:
    """One metric's count over all combinations of the words, batch after batch.

    Kept a cell: how many rows (a series is there when it has rows, whatever they weigh), what they weigh, and how many
    are bad and were seen on their own day. The bad ones seen later are few and kept as they are.
    """

    def __init__(self, reading: Reading, extent: _Extent) -> None:
        self.reading, self.extent = reading, extent
        self.names = {name.split()[1]: name for name in reading.columns()}
        self.size = math.prod(extent.shape(reading.by)) * extent.days
        self.rows = np.zeros(self.size, np.int64)
        self.weight = np.zeros(self.size, np.int64) if "weight" in self.names else self.rows
        self.bad = np.zeros(0 if "seen" in self.names else self.size, np.int64)
        self.bad_later: list[tuple[NDArray, NDArray, NDArray]] = []

    def add(self, batch: pl.DataFrame, times: int) -> None:
        """Count the rows of a batch so many times."""
        said = {short: batch.get_column(name) for short, name in self.names.items()}
        cell = batch.get_column(self.reading.cell)
        inside, bad = cell.filter(said["is_in"]), cell.filter(said["is_bad"])
        number = said["number"].filter(said["is_bad"]) if "number" in said else None
        _add(self.rows, times, inside)
        if "weight" in said:
            _add(self.weight, times, inside, said["weight"].filter(said["is_in"]))
        if "seen" in said:
            seen = said["seen"].filter(said["is_bad"]).to_physical().to_numpy()
            weight = np.ones(len(bad), np.int64) if number is None else number.to_numpy()
            self.bad_later.append((bad.to_numpy(), seen - (self.extent.first - EPOCH).days, times * weight))
        else:
            _add(self.bad, times, bad, number)

    def counts(self) -> Counts:
        """What was counted, for the series that have rows."""
        reading, extent = self.reading, self.extent
        is_there = self.rows.reshape(-1, extent.days).any(axis=1)
        kept = np.flatnonzero(is_there)
        if "seen" in self.names:
            cell, seen, numerator = _added_up(*map(np.concatenate, zip(*self.bad_later, strict=True)))
            place, placed = np.divmod(cell, extent.days)
        else:
            cell = np.flatnonzero(self.bad)
            place, placed = np.divmod(cell, extent.days)
            seen, numerator = placed, self.bad[cell]
        places = dict(zip((*BY, "group"), np.unravel_index(kept, extent.shape(reading.by)), strict=False))
        values = {
            name: extent.words[column].gather(places[name]) for name, column in zip(places, reading.by, strict=True)
        }
        values |= {"metric": [reading.metric.key] * len(kept)}
        return Counts(
            pl.DataFrame(
                {name: values.get(name, [None] * len(kept)) for name in SERIES}, schema=dict.fromkeys(SERIES, pl.String)
            ),
            extent.first,
            np.zeros((len(kept), extent.days), bool),
            self.weight.reshape(-1, extent.days)[kept],
            (np.cumsum(is_there) - 1)[place],
            placed,
            seen,
            numerator,
        )


def _added_up(cell: NDArray, seen: NDArray, number: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """The bad ones of a cell that were seen on the same day, as one; those that were taken back leave nothing."""
    if len(cell) == 0:
        return cell, seen, number
    low, span = seen.min(), int(seen.max()) - int(seen.min()) + 1
    code, place = np.unique(cell * span + (seen - low), return_inverse=True)
    total = np.bincount(place, number).astype(np.int64)
    cell, after = np.divmod(code[total > 0], span)
    return cell, after + low, total[total > 0]


def _add(sums: NDArray[np.int64], times: int, cells: pl.Series, weights: pl.Series | None = None) -> None:
    """Add to each cell's sum, so many times, its rows or what they weigh."""
    if len(cells) == 0:
        return
    number = cells.to_numpy()
    low = int(number.min())
    # sums of whole numbers in floating point are exact up to 2**53
    found = np.bincount(number - low, None if weights is None else weights.to_numpy())
    sums[low : low + len(found)] += times * found.astype(np.int64, copy=False)
