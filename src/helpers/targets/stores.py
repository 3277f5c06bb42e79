"""The stores the kit knows, the groups of them that rows name, and the text of targets.toml they stand in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl


@dataclass(frozen=True)
class Marketplace:
    """One store: its lower-case name, its id in the marketplace's files, and the zone its days follow."""

    name: str
    id: str
    time_zone: str
    country: str
    currency: str


@cache
def read() -> dict:
    """What targets.toml says: its tables by name."""
    return tomllib.loads(files("helpers").joinpath("targets.toml").read_text(encoding="utf-8"))


@cache
def marketplaces() -> Mapping[str, Marketplace]:
    """Every store the kit knows, by lower-case store name (`amazon.co.uk`)."""
    return {row["name"]: Marketplace(**row) for row in read()["marketplaces"]}


def time_zone(store: str, otherwise: str) -> str:
    """The zone a store's days follow; `otherwise` (the account's own) for a store the kit does not know."""
    known = marketplaces()
    return known[store].time_zone if store in known else otherwise


def local_day(moment: str, otherwise: str, named: pl.Series) -> pl.Expr:
    """The day of a moment [UTC] in the zone of the row's own `marketplace`; in `otherwise` where that is unknown.

    named   the marketplaces of the rows, so that only their zones are worked out
    """
    known = marketplaces()
    day = pl.col(moment).dt.convert_time_zone(otherwise).dt.date()
    for store in named.unique().drop_nulls().sort():
        if store in known:
            local = pl.col(moment).dt.convert_time_zone(known[store].time_zone).dt.date()
            day = pl.when(pl.col("marketplace") == store).then(local).otherwise(day)
    return day


def region(store: str) -> str:
    """The region of a store, which some files hold as a whole; a store the kit does not know is one by itself."""
    return next((name for name, inside in read()["regions"].items() if store in inside), store)


def stores(own: Iterable[str]) -> list[str]:
    """Every name that is a store: those the kit knows, and those account.toml names (`own`)."""
    return list(dict.fromkeys([*marketplaces(), *own]))


@cache
def groups() -> Mapping[str, list[str]]:
    """What a row's marketplaces may say besides a store name, and the stores it stands for."""
    return {"all": list(marketplaces()), **read()["groups"]}


def named(names: Iterable[str]) -> tuple[str, ...]:
    """The stores that names of stores and groups stand for."""
    return tuple(store for name in names for store in groups().get(name, [name]))


def holds_in(named: tuple[str, ...], store: str) -> bool:
    """Whether what holds in the stores named holds in this one; what holds in all does so where the kit knows none."""
    return store in named or len(named) == len(marketplaces())
