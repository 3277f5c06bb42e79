"""What an account is: who sells, what its files say, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from glob import escape
from pathlib import Path

import polars as pl

from helpers.frames import empty
from helpers.vocabulary.options import OPTIONS
from helpers.vocabulary.words import FULFILMENTS, MustBe


@dataclass(frozen=True)
class OwnTarget:
    """A target the account's own `account.toml` sets: `[targets.<metric>]`."""

    metric: str
    value: str
    must_be: MustBe
    window_days: int | None = None
    valid_from: date | None = None


@dataclass(frozen=True)
class OwnEvent:
    """What the account itself did: an `[[events]]` entry of `account.toml`. Days are inclusive; without `until` it is one.

    metric        the rate it was meant for; None: none in particular
    marketplace, fulfilment   where it was done; None: everywhere. What it left alone is what it can be compared with
    rebase        whether charts start a new level with it, and `why`
    """

    on: date
    what: str
    metric: str | None = None
    until: date | None = None
    marketplace: str | None = None
    fulfilment: str | None = None
    rebase: bool = False
    why: str | None = None

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until or self.on


@dataclass(frozen=True)
class FeedbackTotal:
    """Counts typed from the Feedback Manager page: `[[feedback_totals]]`; `days` 0 is lifetime."""

    taken_on: date
    marketplace: str
    days: int
    positive: int
    neutral: int
    negative: int


@dataclass(frozen=True)
class Question:
    """What a file leaves open and only a person can answer; `metrics` are the ones that wait for it.

    text      the question in plain words: what stands in account.toml is no client's business
    answers   key of the file's `[columns]` entry → the words it can take, the likelier first; none: a day.
              Empty: no line of account.toml answers it
    is_of_rows   whether it is of single rows only, and the rest of the file is used without an answer
    """

    path: str
    text: str
    metrics: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_of_rows: bool = False

    @property
    def line(self) -> str:
        """What account.toml has to say, for whoever keeps it: `[columns."f.txt"] dates = "d/m" (or "m/d")`; or nothing."""
        if not self.answers:
            return ""
        said = [f"{key} = {_either(words)}" for key, words in self.answers.items()]
        return f'[columns."{escape(self.path)}"] {", ".join(said)}'


def _either(words: tuple[str, ...]) -> str:
    first, *others = [f'"{word}"' for word in words] or ["the day, written as YYYY-MM-DD"]
    return first + (f" (or {', '.join(others)})" if others else "")


@dataclass(frozen=True)
class Account:
    """One seller's account: who it is, what its files say, and what they do not.

    `last_complete_day` is the last store-local day the files can speak for (docs/contracts.md section 1);
    None when no file has a day in it.
    """

    id: str
    name: str
    folder: Path
    marketplaces: tuple[str, ...]
    fulfilments: tuple[str, ...] = FULFILMENTS
    own_targets: tuple[OwnTarget, ...] = ()
    feedback_totals: tuple[FeedbackTotal, ...] = ()
    events: tuple[OwnEvent, ...] = ()  # oldest first
    time_zone: str = "UTC"  # of days in files that name no marketplace
    options: Mapping[str, str] = field(default_factory=dict)
    era: Mapping[str, str] = field(default_factory=dict)  # readings that were in force on the day looked at
    notebooks: tuple[str, ...] = ()
    orders: pl.DataFrame = field(default_factory=lambda: empty("orders"))
    feedback: pl.DataFrame = field(default_factory=lambda: empty("feedback"))
    removed: pl.DataFrame = field(default_factory=lambda: empty("feedback"))  # feedback a newer download has no more
    defects: pl.DataFrame = field(default_factory=lambda: empty("defects"))
    shipments: pl.DataFrame = field(default_factory=lambda: empty("shipments"))
    returns: pl.DataFrame = field(default_factory=lambda: empty("returns"))
    money: pl.DataFrame = field(default_factory=lambda: empty("money"))
    traffic: pl.DataFrame = field(default_factory=lambda: empty("traffic"))
    snapshots: pl.DataFrame = field(default_factory=lambda: empty("snapshots"))
    files: pl.DataFrame = field(default_factory=lambda: empty("files"))
    rejected: pl.DataFrame = field(default_factory=lambda: empty("rejected"))
    questions: tuple[Question, ...] = ()
    last_complete_day: date | None = None
    locale: str = "en_GB"
    unused_entries: tuple[str, ...] = ()  # of [columns] in account.toml: they speak for no file
    other_stores: tuple[str, ...] = ()  # of its files, where they name none of `marketplaces`; else empty
    tells: Mapping[str, frozenset[str]] = field(default_factory=dict)  # file with a map → rates its columns can tell
    columns_tell: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the same in sentences

    def mute(self, rate: str) -> list[str]:
        """The files whose map has no column that tells the bad ones of a rate."""
        return [path for path, rates in self.tells.items() if rate not in rates]

    def option(self, name: str) -> str:
        """The account's choice on an open point of the rules, else the reading of its day, else the default."""
        chosen = self.options.get(name)
        return self.era.get(name, OPTIONS[name].default) if chosen is None else chosen
