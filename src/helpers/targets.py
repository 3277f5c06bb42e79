"""Which target was in force: dated rows of targets.toml, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files

import polars as pl

from helpers.vocabulary import METRICS, MustBe, OwnTarget


@dataclass(frozen=True)
class Marketplace:
    """One store: its lower-case name, its id in the marketplace's files, and the zone its days follow."""

    name: str
    id: str
    time_zone: str
    country: str
    currency: str


@dataclass(frozen=True)
class Target:
    """One row of targets.toml: what a rate must be, where, when, over which window, and who says so.

    `value` is a decimal text, None where the target is not known. Days are inclusive; None is open.
    """

    metric: str
    marketplaces: tuple[str, ...]
    fulfilment: str
    must_be: MustBe
    source: str
    grade: str
    value: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    window_days: int | None = None
    lag_days: int | None = None
    min_count: int | None = None
    note: str = ""

    @property
    def is_judged(self) -> bool:
        """Whether a rate can meet or miss it; advice and unknown values cannot be missed."""
        return self.must_be != "info" and self.value is not None

    @property
    def limit(self) -> Fraction:
        """The target as an exact fraction, for comparison in whole numbers."""
        return Fraction(self.value)


@cache
def _read() -> dict:
    return tomllib.loads(files("helpers").joinpath("targets.toml").read_text(encoding="utf-8"))


@cache
def marketplaces() -> Mapping[str, Marketplace]:
    """Every store the kit knows, by lower-case store name (`amazon.co.uk`)."""
    return {row["name"]: Marketplace(**row) for row in _read()["marketplaces"]}


def stores(own: Iterable[str]) -> list[str]:
    """Every name that is a store: those the kit knows, and those account.toml names (`own`)."""
    return list(dict.fromkeys([*marketplaces(), *own]))


@cache
def groups() -> Mapping[str, list[str]]:
    """What a row's marketplaces may say besides a store name, and the stores it stands for."""
    return {"all": list(marketplaces()), **_read()["groups"]}


@cache
def _rows() -> tuple[Target, ...]:
    return tuple(
        Target(**{**row, "marketplaces": tuple(s for name in row["marketplaces"] for s in groups().get(name, [name]))})
        for row in _read()["targets"]
    )


def table() -> pl.DataFrame:
    """Every dated row: metric, marketplaces, fulfilment, valid_from, valid_to, value, must_be, window_days,
    lag_days, min_count, source, grade, note; `marketplaces` as written in targets.toml (`US, UK`)."""
    rows = [{**row, "marketplaces": ", ".join(row["marketplaces"])} for row in _read()["targets"]]
    columns = {"metric": pl.String, "marketplaces": pl.String, "fulfilment": pl.String, "valid_from": pl.Date}
    columns |= {"valid_to": pl.Date, "value": pl.String, "must_be": pl.String, "window_days": pl.Int32}
    columns |= {"lag_days": pl.Int32, "min_count": pl.Int32, "source": pl.String, "grade": pl.String}
    return pl.DataFrame(rows, schema=columns | {"note": pl.String})


def in_force(
    metric: str, marketplace: str, fulfilment: str, day: date, *, own: Iterable[OwnTarget] = ()
) -> tuple[Target, ...]:
    """The targets of a metric that were in force on `day`, one a window, shortest window first.

    Late shipment has two (10 and 30 days). An account's own target replaces the row of the same window.
    Empty when the marketplace had no target, or none is known.
    """
    rows = {
        row.window_days: row
        for row in _rows()
        if row.metric == metric
        and marketplace in row.marketplaces
        and row.fulfilment in (fulfilment, "all")
        and (row.valid_from or day) <= day <= (row.valid_to or day)
    }
    for target in own:
        if target.metric == metric and (target.valid_from or day) <= day:
            replaced = rows.get(target.window_days) or next(iter(rows.values()), None)
            own_row = _own(target, replaced)
            if replaced is not None:
                rows.pop(replaced.window_days)
            rows[own_row.window_days] = own_row
    return tuple(sorted(rows.values(), key=lambda row: row.window_days or 0))


def _own(target: OwnTarget, replaced: Target | None) -> Target:
    said = {"value": target.value, "must_be": target.must_be, "source": "account.toml", "grade": "own", "note": ""}
    if replaced is not None:
        return replace(replaced, **said, window_days=target.window_days or replaced.window_days)
    metric = METRICS[target.metric]
    return Target(
        metric=target.metric,
        marketplaces=(),
        fulfilment="all",
        window_days=target.window_days or metric.windows[0],
        lag_days=metric.lag_days,
        **said,
    )
