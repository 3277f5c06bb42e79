"""What the account did, as it can be told: events so close that their days cannot be told apart stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from helpers.vocabulary import METRICS, OwnEvent


@dataclass(frozen=True)
class Done:
    """One event, or several within one window of each other, oldest first."""

    events: tuple[OwnEvent, ...]

    @property
    def on(self) -> date:
        """Its first day."""
        return self.events[0].on

    @property
    def last(self) -> date:
        """Its last day."""
        return max(event.last for event in self.events)

    @property
    def after(self) -> date:
        """The first day since: the day of an event of one day, else the day after the last."""
        return self.last + timedelta(days=1) if self.last > self.on else self.on

    @property
    def what(self) -> str:
        """Each event in its own words."""
        return " + ".join(event.what for event in self.events)

    def is_meant_for(self, metric: str) -> bool:
        """Whether it was meant for a rate: named for it, for the whole it is a part of or a part of it, or for none."""
        return any(event.metric is None or family(event.metric) == family(metric) for event in self.events)

    def is_of(self, marketplace: str, fulfilment: str) -> bool:
        """Whether any of its events was done in a store and channel; a rate of all channels is touched by each."""
        return any(
            event.marketplace in (None, marketplace) and (event.fulfilment in (None, fulfilment) or fulfilment == "all")
            for event in self.events
        )


def family(metric: str) -> str:
    """The rate a rate is a part of, or itself."""
    return METRICS[metric].part_of or metric


def done(events: Iterable[OwnEvent], window: int, day: date) -> list[Done]:
    """The events up to a day, newest first; those within `window` days of the one before are told together with it."""
    groups: list[list[OwnEvent]] = []
    for event in sorted((one for one in events if one.on <= day), key=lambda one: one.on):
        if groups and (event.on - max(one.last for one in groups[-1])).days <= window:
            groups[-1].append(event)
        else:
            groups.append([event])
    return [Done(tuple(group)) for group in reversed(groups)]


def between(
    one: Done, every: Sequence[Done], metric: str, marketplace: str, fulfilment: str
) -> tuple[date | None, date | None]:
    """The first day since the event before and the last day before the next, of those that touch a rate; None where there
    is none. What one did is not told of another."""
    touching = [
        other
        for other in every
        if other is not one and other.is_meant_for(metric) and other.is_of(marketplace, fulfilment)
    ]
    before = [other.after for other in touching if other.on < one.on]
    later = [other.on - timedelta(days=1) for other in touching if other.on > one.on]
    return max(before, default=None), min(later, default=None)
