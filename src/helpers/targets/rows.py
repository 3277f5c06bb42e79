"""Which target was in force: dated rows of targets.toml, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, partial
from operator import itemgetter
from types import MappingProxyType
from typing import Literal

import polars as pl

from helpers.sentences import say
from helpers.targets.events import events
from helpers.targets.stores import holds_in, named, read
from helpers.vocabulary import FULFILMENTS, METRICS, OPTIONS, Account, MustBe, OwnTarget
from helpers.wording import aimed

FRESH = timedelta(days=180)  # for so long a row counts as looked up
Rules = Callable[[str, str, str, date], "tuple[Target, ...]"]  # in_force, bound to one account


@dataclass(frozen=True)
class Target:
    """One row of targets.toml: what a rate must be, where, when, over which window, and who says so.

    `value` is a decimal text, None where the target is not known. Days are inclusive; None is open. A row that names no
    window or no lag holds over those the metric has anyway (windows.of). `is_paused`: on the day looked at the
    marketplace did not use it against accounts (`Event.is_pause`).
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
    when: Mapping[str, str] = field(default_factory=dict)  # only under these options of the account
    sets: Mapping[str, str] = field(default_factory=dict)  # readings of the rules that were in force with it
    is_paused: bool = False
    confirmed: date | None = None  # when the row was last compared with its source

    @property
    def is_judged(self) -> bool:
        """Whether a rate can meet or miss it; advice, unknown values and paused targets cannot be missed.

        A target that is met only when equal is judged where it asks for no bad one at all: no other share can be asked
        for to the last digit of counts that change daily.
        """
        if self.must_be == "info" or self.value is None or self.is_paused:
            return False
        is_high = self.metric in METRICS and METRICS[self.metric].good_is == "high"
        return self.must_be != "equal" or self.limit == is_high

    @property
    def limit(self) -> Fraction:
        """The target as an exact fraction, for comparison in whole numbers. Raises ValueError where it is not known."""
        return Fraction(self.known)

    @property
    def known(self) -> str:
        """`value` of a target that is known. Raises ValueError where it is not."""
        if self.value is None:
            raise ValueError(f"{self.metric}: expected a target that is known, found none ({self.source})")
        return self.value


@cache
def _rows() -> tuple[Target, ...]:
    said = read()
    return tuple(
        Target(**{"confirmed": said["confirmed"]} | row | {"marketplaces": named(row["marketplaces"])})
        for row in said["targets"]
    )


@cache
def _of_metric(metric: str) -> tuple[Target, ...]:
    return tuple(row for row in _rows() if row.metric == metric)


def table() -> pl.DataFrame:
    """Every dated row: metric, marketplaces, fulfilment, valid_from, valid_to, value, must_be, window_days,
    lag_days, min_count, source, grade, confirmed, note; `marketplaces` as written in targets.toml (`US, UK`)."""
    said = read()
    shared = {"confirmed": said["confirmed"]}
    rows = [{**shared, **row, "marketplaces": ", ".join(row["marketplaces"])} for row in said["targets"]]
    rows = [{key: value for key, value in row.items() if key not in ("when", "sets")} for row in rows]
    columns = {"metric": pl.String, "marketplaces": pl.String, "fulfilment": pl.String, "valid_from": pl.Date}
    columns |= {"valid_to": pl.Date, "value": pl.String, "must_be": pl.String, "window_days": pl.Int32}
    columns |= {"lag_days": pl.Int32, "min_count": pl.Int32, "source": pl.String, "grade": pl.String}
    columns |= {"confirmed": pl.Date}
    return pl.DataFrame(rows, schema=columns | {"note": pl.String})


def stale(today: date) -> pl.DataFrame:
    """The rows of `table` that are in force on a day, or to come, and were last compared with their source over 180 days
    before it: the longest ago first."""
    is_open = pl.col("valid_to").is_null() | (pl.col("valid_to") >= today)
    return table().filter(is_open, pl.col("confirmed") < today - FRESH).sort("confirmed", maintain_order=True)


def in_force(
    metric: str,
    marketplace: str,
    fulfilment: str,
    day: date,
    *,
    own: Iterable[OwnTarget] = (),
    reported: Mapping[tuple[str, str, str], Target] = MappingProxyType({}),
    options: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Target, ...]:
    """The targets of a metric that were in force on `day`, one a window, shortest window first.

    reported   targets printed in the marketplace's own file (`reported`); they win over the table's
    own        an account's own targets, which win over both
    options    the account's options: some rows stand for one reading of the rules only
    Late shipment has two windows (10 and 30 days). Empty when the marketplace had no target, or none is known. In a pause
    of the marketplace, and while a window holds one of its days, a row is paused, except an account's own.
    """
    rows = {
        row.window_days: _as_paused(
            _as_reported(row, reported.get((metric, marketplace, fulfilment))), marketplace, day
        )
        for row in _of_metric(metric)
        if holds_in(row.marketplaces, marketplace)
        and (row.fulfilment in (fulfilment, "all") or fulfilment == "all")
        and (row.valid_from or day) <= day <= (row.valid_to or day)
        and all(options.get(name, OPTIONS[name].default) == value for name, value in row.when.items())
    }
    for target in own:
        if target.metric == metric and (target.valid_from or day) <= day:
            rows = _with_own(rows, target)
    return tuple(sorted(rows.values(), key=lambda row: row.window_days or 0))


def rules(account: Account, as_of: date) -> Rules:
    """`in_force` with an account's own targets, its options, and the targets its files printed by `as_of`."""
    return partial(
        in_force,
        own=account.own_targets,
        reported=reported(account.snapshots, as_of),
        options={**account.era, **account.options},
    )


def options(which: Literal["when", "sets"]) -> Mapping[str, frozenset[str]]:
    """The options that dated rows name, each with the metrics of those rows: rows that hold under one reading of it
    only (`when`), or that bring the reading of their time (`sets`)."""
    named = {name for row in _rows() for name in getattr(row, which)}
    return {name: frozenset(row.metric for row in _rows() if name in getattr(row, which)) for name in sorted(named)}


def with_rules_of(account: Account, day: date) -> Account:
    """The account with the readings of the rules that were in force on `day`; what it chose itself stays."""
    rows = (row for store in account.marketplaces for key in METRICS for row in _of_day(key, store, day))
    era = {name: value for row in rows for name, value in row.sets.items()}
    return account if era == account.era else replace(account, era=era)


def _of_day(metric: str, store: str, day: date) -> tuple[Target, ...]:
    return tuple(row for channel in FULFILMENTS for row in in_force(metric, store, channel, day))


def reported(snapshots: pl.DataFrame, as_of: date) -> Mapping[tuple[str, str, str], Target]:
    """The targets printed in the newest account-health file of `as_of`: (metric, marketplace, fulfilment) → target."""
    is_told = pl.col("target_reported").is_not_null() & pl.col("must_be_reported").is_not_null()
    seen = snapshots.filter(pl.col("taken_on") <= as_of + timedelta(days=1), is_told)
    return {
        (row["metric"], row["marketplace"], row["fulfilment"]): Target(
            row["metric"],
            (row["marketplace"],),
            row["fulfilment"],
            row["must_be_reported"],
            source=row["source_file"],
            grade="file",
            value=row["target_reported"],
        )
        for row in sorted(seen.iter_rows(named=True), key=itemgetter("taken_on"))
    }


def _as_reported(row: Target, said: Target | None) -> Target:
    """A row with what the marketplace's file prints for it, if that differs. Advice stays advice."""
    if said is None or row.value is None:
        return row
    must_be = row.must_be if row.must_be == "info" else said.must_be
    if (said.limit, must_be) == (row.limit, row.must_be):
        return row
    note = say("target-note.theirs", aim=aimed(row.must_be, row.value))
    found = replace(row, value=said.value, must_be=must_be, source=said.source, grade="file", note=note)
    if row.is_judged and not found.is_judged:
        aim = aimed(said.must_be, said.value) if said.value else ""
        return replace(row, note=say("target-note.unfit", file=said.source, aim=aim))
    return found


def _as_paused(row: Target, store: str, day: date) -> Target:
    """A row as paused, with the reason as its note, where a pause touches its window or the days since."""
    begun = day - timedelta(days=(row.window_days or 1) + (row.lag_days or 0) - 1)
    for event in events(store, begun, day, row.metric):
        if event.is_pause:
            return replace(row, is_paused=True, note=say("target-note.paused", event=event.what, source=event.source))
    return row


def _with_own(rows: dict[int | None, Target], target: OwnTarget) -> dict[int | None, Target]:
    """The rows with an account's own target: in every window, or in the one it names."""
    if target.window_days is None and rows:
        return {window: _own(target, row) for window, row in rows.items()}
    replaced = rows.get(target.window_days) or (next(iter(rows.values())) if len(rows) == 1 else None)
    kept = {window: row for window, row in rows.items() if row is not replaced}
    own_row = _own(target, replaced)
    return kept | {own_row.window_days: own_row}


def _own(target: OwnTarget, replaced: Target | None) -> Target:
    own = Target(target.metric, (), "all", target.must_be, source="account.toml", grade="own", value=target.value)
    if replaced is None:
        return replace(own, window_days=target.window_days)
    days = target.window_days or replaced.window_days
    return replace(
        replaced,
        value=own.value,
        must_be=own.must_be,
        source=own.source,
        grade=own.grade,
        note="",
        is_paused=False,
        window_days=days,
    )
