"""What else the marketplace did: dated events of targets.toml, each with its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from helpers.targets.stores import holds_in, named, read


@dataclass(frozen=True)
class Event:
    """One `[[events]]` entry of targets.toml: what the marketplace did, where, when, which rates it touches, who says so.

    Days are inclusive; without `until` it is one day. `metrics` is empty where it touches no rate the kit counts.
    """

    on: date
    what: str
    marketplaces: tuple[str, ...]
    metrics: tuple[str, ...]
    source: str
    grade: str
    until: date | None = None
    note: str = ""
    is_yearly: bool = False  # comes again every year from then
    is_pause: bool = False  # its rates were not used against accounts, nor over windows that hold one of its days

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until or self.on

    def begun_in(self, year: int) -> Event:
        """The same in another year, where it comes again every year."""
        later = year - self.on.year
        return replace(self, on=self.on.replace(year=year), until=self.last.replace(year=self.last.year + later))


@cache
def _events() -> tuple[Event, ...]:
    return tuple(
        Event(**row | {"marketplaces": named(row["marketplaces"]), "metrics": tuple(row["metrics"])})
        for row in read()["events"]
    )


def events(marketplace: str, first: date, last: date, metric: str | None = None) -> tuple[Event, ...]:
    """What the marketplace did in a store on any day of `first`…`last`, oldest first; of one metric, or all of it.

    What comes again every year is there once for each year it touches.
    """
    years = range(first.year - 1, last.year + 1)  # a year's weeks can end in the next
    found = [
        time
        for event in _events()
        if holds_in(event.marketplaces, marketplace) and (metric is None or metric in event.metrics)
        for time in ([event.begun_in(y) for y in years if y >= event.on.year] if event.is_yearly else [event])
        if time.on <= last and first <= time.last
    ]
    return tuple(sorted(found, key=lambda event: event.on))
