"""What the outlook says, as frames: a row a rate, or a row a rate and scenario."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from helpers.frames import KEY, empty
from helpers.rows import KeyRow, key_of
from helpers.scenarios import effects
from helpers.scenarios.ahead import Ahead
from helpers.scenarios.levers import KINDS, Lever, does
from helpers.scenarios.outlook import Outlook
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import BOUNDS

BY = 90  # days within which scenarios are compared; of a missed target, the day on which it is met
SEARCHED = (
    "fewer_bad",
    "volume",
    "claims_answered",
)  # levers whose least strength is searched for, beside those with a cause
LIKELY = 0.05  # chance of a miss within BY days from which a rate met today is in question


class ChanceRow(KeyRow):
    """The chance of at least one day on the wrong side within so many days."""

    days: int
    chance: float
    error: float
    low: float
    high: float
    is_range: bool
    is_over: bool
    bound: str


class BackRow(KeyRow):
    """Days until a missed target is met, in the 10th, the 50th and the 90th of 100 futures, beside the best case."""

    first_p10: date | None
    first_p50: date | None
    first_p90: date | None
    good_p10: date | None
    good_p50: date | None
    good_p90: date | None
    clear_on: date | None
    clear_from: date | None


class LeverRow(KeyRow):
    """What a scenario changes: the chance of a miss within BY days, or, of a missed target, that it is met on that day; and what
    it costs: once, a month, and within BY days together; null: not known.

    size       how much it is taken to change, where its name does not say (Scenario.size)
    is_limit   it takes a whole cause away: more than that cannot go
    """

    scenario: str
    does: str
    size: str
    is_limit: bool
    by: date
    is_over: bool
    before: float
    after: float
    rises_on: date | None
    cost_once: str | None
    cost_monthly: str | None
    cost_within: str | None
    currency: str | None


class EnoughRow(KeyRow):
    """How much of a lever is enough by a day, as a share from 0 to 1; null: not even all of it."""

    lever: str
    by: date
    is_over: bool
    least_50: float | None
    least_80: float | None
    least_95: float | None


def _frame(rows: list, row: type) -> pl.DataFrame:
    kinds = {"str": pl.String, "int": pl.Int64, "float": pl.Float64, "bool": pl.Boolean, "date": pl.Date}
    names = {name: getattr(kind, "__forward_arg__", kind) for name, kind in row.__annotations__.items()}
    schema = {name: KEY.get(name) or kinds[kind.removesuffix(" | None")] for name, kind in names.items()}
    return pl.DataFrame(rows, schema=schema)


def exactness(ahead: Ahead) -> str:
    """How exact the chance of a miss is: more bad ones than the files show make it likelier."""
    verdict = ahead.known.verdict
    found = verdict["exactness"]
    if METRICS[verdict["metric"]].good_is == "high":
        return {"lower_bound": "upper_bound", "upper_bound": "lower_bound"}.get(found, found)
    return found


def bound(ahead: Ahead) -> str:
    """What stands before a chance that rests on a bound; empty where it rests on none."""
    found = exactness(ahead)
    return say(f"bound.{found}") if found in BOUNDS else ""


def chances(outlook: Outlook) -> pl.DataFrame:
    """A row a rate and horizon (ChanceRow)."""
    rows = [
        {**key_of(one.known.verdict), "days": found.days, "chance": found.value, "error": found.error}
        | {"low": found.low, "high": found.high, "is_range": found.is_range, "is_over": found.is_over}
        | {"bound": bound(one)}
        for one in outlook.ahead
        for found in one.chances
    ]
    return _frame(rows, ChanceRow)


def ways_back(outlook: Outlook) -> pl.DataFrame:
    """A row a missed rate (BackRow)."""
    rows = []
    for one in outlook.ahead:
        if one.is_over:
            verdict, back = one.known.verdict, one.way_back
            first, good = (
                tuple(None if day is None else one.on(day) for day in days) for days in (back.first, back.for_good)
            )
            rows.append(
                {**key_of(verdict), "clear_on": verdict["clear_on"], "clear_from": verdict["clear_from"]}
                | dict(zip(("first_p10", "first_p50", "first_p90"), first, strict=True))
                | dict(zip(("good_p10", "good_p50", "good_p90"), good, strict=True))
            )
    return _frame(rows, BackRow)


def in_question(outlook: Outlook, by: int) -> list[Ahead]:
    """The rates a change is worth telling of: over, or likely to be; the most urgent first."""
    return [one for one in outlook.by_urgency if one.is_over or one.by_day[by - 1] >= LIKELY]


def pulled(outlook: Outlook, by: int = BY) -> pl.DataFrame:
    """A row a rate in question and scenario that moves it (LeverRow), what helps most first within a rate.

    The difference is that of the first 1,000 futures with and without the scenario, added to the chance of all of them: both
    are of the same shops, so it is known better than either.
    """
    rows = []
    for one in in_question(outlook, by):
        few = effects.few(one)
        told = [_pulled(one, few, changed, outlook, by) for changed in outlook.changed(few)]
        rows += sorted(told, key=lambda row: -gained(row))
    return _frame(rows, LeverRow)


def gained(row: LeverRow) -> float:
    """By how much a scenario raises the chance that all is well: the target met on its day, or never missed until then."""
    return (row["after"] - row["before"]) * (1 if row["is_over"] else -1)


def _pulled(base: Ahead, few: Ahead, changed: Ahead, outlook: Outlook, by: int) -> LeverRow:
    scenario = next(one for one in outlook.scenarios if one.name == changed.scenario)
    rises = effects.rises(few, changed)
    cost = scenario.cost
    before, less, after = (
        one.met_on(by) if base.is_over else float(one.by_day[by - 1]) for one in (base, few, changed)
    )
    after = min(max(before + after - less, 0.0), 1.0)
    return {
        **key_of(base.known.verdict),
        "scenario": scenario.name,
        "does": scenario.does,
        "size": scenario.size,
        "is_limit": scenario.is_limit,
        "by": base.on(by),
        "is_over": base.is_over,
        "before": before,
        "after": after,
        "rises_on": None if rises is None else base.on(rises),
        "cost_once": None if cost is None else str(cost.once),
        "cost_monthly": None if cost is None else str(cost.monthly),
        "cost_within": None if cost is None else f"{cost.within(by):.2f}",
        "currency": None if cost is None else cost.currency,
    }


def enough(outlook: Outlook, by: int = BY) -> pl.DataFrame:
    """A row a rate in question and lever (EnoughRow)."""
    rows = []
    for one in in_question(outlook, by):
        for name, lever in _searched(outlook, one):
            least = effects.enough(one, lever, by, outlook.parts).least
            rows.append(
                {**key_of(one.known.verdict), "lever": name, "by": one.on(by), "is_over": one.is_over}
                | dict(zip(("least_50", "least_80", "least_95"), least, strict=True))
            )
    return _frame(rows, EnoughRow)


def _searched(outlook: Outlook, one: Ahead) -> Iterator[tuple[str, Lever]]:
    """The levers whose least strength is searched for of a rate, each with its name: those of a cause as they are named."""
    for kind in SEARCHED:
        part = KINDS[kind].of_part
        if Lever(kind).moves(one.known.verdict["metric"], one.known.verdict["fulfilment"]) and (
            part is None or outlook.parts.get(part)
        ):
            yield does(kind), Lever(kind)
    for scenario in outlook.scenarios:
        here = outlook.causes.under(scenario, one.known)
        if here is not None and len(here.levers) == 1 and here.levers[0].part:
            yield scenario.name, here.levers[0]


def weekly(outlook: Outlook) -> pl.DataFrame:
    """The projection when nothing changes, of every seventh day: what the results hold of it."""
    every = pl.concat([empty("projection"), *(one.projection for one in outlook.ahead)])
    return every.filter((pl.col("day") - pl.lit(outlook.audit.day)).dt.total_days() % 7 == 0)


def published(*frames: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The frames of a page under the names they have in its results: chances, ways back, levers, enough, held, track record,
    what chance alone does, projection."""
    names = ("chances", "ways_back", "levers", "enough", "held", "track_record", "chance_alone", "projection")
    return dict(zip(names, frames, strict=True))
