"""Every event of account.toml, on every rate it touches: the `actions` frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import numpy as np
import polars as pl

from helpers import coverage, targets
from helpers.actions import effect, sides, words
from helpers.actions.effect import SURE, Effect
from helpers.actions.events import Done, between, done
from helpers.actions.rows import ActionRow, Word
from helpers.actions.sides import Run, Series, Sides
from helpers.frames import SCHEMAS, SERIES
from helpers.history.comparison import holm
from helpers.maturity import Curve, Reports
from helpers.rows import VerdictRow, is_judged, rows_of
from helpers.vocabulary import METRICS, Account

WINDOW = 60  # days: events nearer than this to each other are told together
SEEN = 0.5  # "no change seen" is said where a fall to half would have been seen


@dataclass(frozen=True)
class Known:
    """What an audit knows on the day looked at: each a part of it by the same name."""

    account: Account
    day: date
    verdicts: pl.DataFrame
    daily: pl.DataFrame
    dated: pl.DataFrame
    curves: Mapping[str, Curve]
    covered: pl.DataFrame
    gaps: pl.DataFrame
    holes: pl.DataFrame


@dataclass(frozen=True)
class Measured:
    """One action and one rate it touches, with what came of it and why nothing can be told, if so."""

    done: Done
    series: Series
    sides: Sides
    effect: Effect
    why: str | None
    beside: Beside | None

    @property
    def is_meant(self) -> bool:
        return self.done.is_meant_for(self.series.metric)


@dataclass(frozen=True)
class Beside:
    """The same days of the same rate where the action was not done."""

    where: str
    fulfilment: str | None
    effect: Effect

    @property
    def has_fallen(self) -> bool:
        return self.effect.better <= SURE


def actions(known: Known) -> pl.DataFrame:
    """Every event of the account with every rate it touches: the `actions` frame, the newest event first, then the rates
    it was meant for, in the order of the verdicts.

    A word is told where Holm over the rates an action was meant for, and over the others apart, leaves 5 % or less. Of a help
    only those count of which no bad one since would show one: a test that cannot be passed misleads nobody (Tarone 1990,
    Biometrics 46:515).
    """
    events = done(known.account.events, WINDOW, known.day)
    if not events:
        return pl.DataFrame(schema=dict(SCHEMAS["actions"]))
    every = _series(known, [event.metric for one in events for event in one.events if event.metric])
    rows = []
    for one in events:
        touched = [each for each in every if one.is_of(str(each.key["marketplace"]), str(each.key["fulfilment"]))]
        found = [_measured(known, one, events, each, every) for each in touched]
        rows += _told(known, sorted(found, key=lambda each: not each.is_meant))
    return pl.DataFrame(rows, schema=dict(SCHEMAS["actions"]))


def _series(known: Known, named: Sequence[str]) -> list[Series]:
    """The judged rates the files count, each once with its longest window; then the rates events name that no target
    judges by themselves, such as the claims among order defects."""
    longest: dict[tuple, VerdictRow] = {}
    for row in rows_of(known.verdicts.filter(source="files"), VerdictRow):
        key = tuple(row[name] for name in SERIES)
        if is_judged(row) and (key not in longest or row["window_days"] > longest[key]["window_days"]):
            longest[key] = row
    spans = {key: (row["window_days"], (row["as_of"] - row["window_end"]).days) for key, row in longest.items()}
    counts = {key: of for key, of in known.dated.group_by(*SERIES, maintain_order=True)}
    for key in counts:
        whole = METRICS[str(key[2])].part_of or str(key[2])
        of_whole = spans.get((key[0], key[1], whole, key[3], key[4]))
        if key[2] in named and key not in spans:
            spans[key] = of_whole or (max(METRICS[str(key[2])].windows, default=WINDOW), METRICS[str(key[2])].lag_days)
    made = []
    for key, (window, lag) in spans.items():
        run = sides.spoken_for(known.account, str(key[2]), known.day)
        if key not in counts or run is None:
            continue
        first, reports = Reports.of(counts[key])
        is_covered = np.zeros(len(reports.orders), bool)
        told = counts[key].filter(pl.col("seen_on").is_null()).get_column("day").to_list()
        is_covered[[(one - first).days for one in told]] = True
        names = cast("dict[str, str | None]", dict(zip(SERIES, key, strict=True)))
        curve = known.curves[str(key[2])]
        reports = reports.until((known.day - first).days)
        made.append(Series(names, first, reports, is_covered, curve, window, lag, max(run[0], first), run[1]))
    return made


def _measured(known: Known, one: Done, events: Sequence[Done], series: Series, every: Sequence[Series]) -> Measured:
    place = str(series.key["marketplace"]), str(series.key["fulfilment"])
    since, ends = between(one, events, series.metric, *place)
    found = sides.of(series, one.on, one.after, since, ends)
    came = _effect(series, found)
    others = [
        Beside(words.place(other.key), other.key["fulfilment"], _effect(other, _same_days(found, series, other)))
        for other in every
        if other.metric == series.metric
        and other.key["group"] == series.key["group"]
        and not one.is_of(str(other.key["marketplace"]), str(other.key["fulfilment"]))
    ]
    beside = max(others, key=lambda other: (other.fulfilment == place[1], other.effect.after.orders), default=None)
    return Measured(one, series, found, came, _why_not(known, series, found, came), beside)


def _effect(series: Series, found: Sides) -> Effect:
    orders = series.reports.orders.astype(float)
    return effect.measured(orders, series.bad(found.age), found.before, found.prompting, found.after, series.window)


def _same_days(found: Sides, series: Series, other: Series) -> Sides:
    """The sides of one rate, as day numbers of another; as far as it has them."""

    def moved(days: slice) -> slice:
        by, most = other.number(series.first), len(other.reports.orders)
        start, stop = (min(max(end + by, 0), most) for end in (days.start, days.stop))
        return slice(start, max(stop, start))

    return Sides(moved(found.before), moved(found.prompting), moved(found.after), found.age)


def _why_not(known: Known, series: Series, found: Sides, came: Effect) -> str | None:
    """Why nothing can be told of these sides, in words; None where something can."""
    exactness = known.covered.filter(
        *(pl.col(name) == series.key[name] for name in ("marketplace", "metric", "fulfilment"))
    ).get_column("exactness")
    if len(exactness) and exactness[0] != "exact":
        return words.only_a_bound(exactness[0])
    if found.every.stop > found.every.start:
        kinds = coverage.days_of_kinds(known.account, series.metric)
        ends: Run = series.day(found.every.start), series.day(max(found.every.stop - 1, found.after.start))
        missing = series.holes(found.every) + sides.touching(known.holes, known.gaps, series, list(kinds), ends)
        if missing:
            return words.holes(sorted(set(missing)))
    if came.blocks < effect.LEAST_BLOCKS:
        return words.too_short(came.blocks)
    if not came.before.bad:
        return words.why("no_bad_one")
    return None


def _word(one: Measured, better: float, worse: float) -> tuple[Word, str | None]:
    """What can be said, and why no more."""
    if one.why is not None:
        return "cannot_tell", one.why
    came = one.effect
    if better <= SURE and one.beside is not None and one.beside.has_fallen:
        return "cannot_tell", words.fell_there_too(one.beside.where)
    if better <= SURE:
        return "helped", None
    if worse <= SURE:
        return "worse", None
    if came.smallest is None:
        return ("cannot_tell", words.why("ended")) if one.sides.is_over else ("measuring", None)
    return ("no_change", None) if came.smallest >= SEEN else ("cannot_tell", words.why("too_few"))


def _told(known: Known, found: Sequence[Measured]) -> list[ActionRow]:
    """The rows of one action."""
    families: dict[bool, list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        families[one.is_meant].append(place)
    better, worse = [1.0] * len(found), [1.0] * len(found)
    for places in families.values():
        told = [place for place in places if found[place].why is None]
        could = [place for place in told if found[place].effect.smallest is not None]
        for into, of, ps in (
            (better, could, [found[p].effect.better for p in could]),
            (worse, told, [found[p].effect.worse for p in told]),
        ):
            for place, (p,) in zip(of, holm([[p] for p in ps]), strict=True):
                into[place] = p
    rows = [_row(known, one, better[place], worse[place]) for place, one in enumerate(found)]
    return [{**row, "finding": words.finding(row, rows)} for row in rows]


def _row(known: Known, one: Measured, better: float, worse: float) -> ActionRow:
    came, found, series = one.effect, one.sides, one.series
    word, why = _word(one, better, worse)
    every: Run = series.day(found.every.start), max(series.day(found.every.stop - 1), one.done.after)
    beside = one.beside
    key = cast("ActionRow", series.key)
    return {
        "account": key["account"],
        "marketplace": key["marketplace"],
        "metric": key["metric"],
        "fulfilment": key["fulfilment"],
        "group": key["group"],
        "on": one.done.on,
        "last": one.done.last,
        "what": one.done.what,
        "events": len(one.done.events),
        "is_meant": one.is_meant,
        "word": word,
        "why": why,
        "age_days": found.age,
        "share": float(series.curve.share(found.age)),
        "before_first": _ends(series, found.before)[0],
        "before_last": _ends(series, found.before)[1],
        "before_bad": came.before.bad,
        "before_orders": came.before.orders,
        "before_effect": came.before.effect,
        "blocks": came.blocks,
        "prompting_bad": came.prompting.bad,
        "prompting_orders": came.prompting.orders,
        "has_risen": came.has_risen,
        "after_first": one.done.after,
        "after_last": _ends(series, found.after)[1],
        "after_bad": came.after.bad,
        "after_orders": came.after.orders,
        "after_effect": came.after.effect,
        "expected": came.expected,
        "ratio_low": came.ratio[0],
        "ratio_high": came.ratio[1] if np.isfinite(came.ratio[1]) else None,
        "p_better": better,
        "p_worse": worse,
        "smallest": came.smallest,
        "planned": came.planned,
        "tells_from": _tells_from(one, known.day) if word == "measuring" else None,
        "left_out": _left_out(known, series, found),
        "compared_with": beside.where if beside else None,
        "compared_before_bad": beside.effect.before.bad if beside else None,
        "compared_before_orders": beside.effect.before.orders if beside else None,
        "compared_after_bad": beside.effect.after.bad if beside else None,
        "compared_after_orders": beside.effect.after.orders if beside else None,
        "compared_has_fallen": beside.has_fallen if beside else None,
        "across": _across(series, every),
        "finding": "",
    }


def _ends(series: Series, days: slice) -> tuple[date | None, date | None]:
    """The first and the last day of a side; None where it has none."""
    return (series.day(days.start), series.day(days.stop - 1)) if days.stop > days.start else (None, None)


def _tells_from(one: Measured, day: date) -> date | None:
    """The day from which a fall can be told at the earliest, at the volume before; None where a year is too short."""
    came, length = one.effect, one.sides.before.stop - one.sides.before.start
    if came.needed is None or not came.before.orders:
        return None
    days = int(np.ceil(came.needed * length / came.before.orders))
    if days > sides.YEAR:
        return None
    return max(one.done.after + timedelta(days=days + one.sides.age), day + timedelta(days=1))


def _left_out(known: Known, series: Series, found: Sides) -> int:
    """Bad ones of either side without a day of their own."""
    of = [pl.col(name).eq_missing(pl.lit(value)) for name, value in series.key.items()]
    inside = pl.lit(value=False)
    for days in (found.before, found.after):
        inside = inside | pl.col("day").is_between(series.day(days.start), series.day(days.stop - 1))
    both = (each.filter(*of, inside, pl.col("seen_on") <= known.day) for each in (known.daily, known.dated))
    every, dated = (int(each.get_column("numerator").sum()) for each in both)
    return max(every - dated, 0)


def _across(series: Series, every: Run) -> list[str]:
    """What the marketplace itself did in these days, and its busy weeks."""
    events = targets.events(str(series.key["marketplace"]), *every, series.metric)
    return list(dict.fromkeys(words.across(event.on, event.last, event.what) for event in events))
