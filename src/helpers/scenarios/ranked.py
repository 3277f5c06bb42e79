"""The scenarios of each rate in question, ranked by effect and by cost, in sentences: what does most, what is enough for least."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

import polars as pl

from helpers.frames import KEY
from helpers.rows import rows_of
from helpers.scenarios.levers import KINDS
from helpers.scenarios.outlook import Outlook
from helpers.scenarios.told import BY, EnoughRow, LeverRow, gained
from helpers.scenarios.words import prevented
from helpers.vocabulary import METRICS
from helpers.wording import capital, day, money, odds, plural, where

SURE_ENOUGH = 0.8  # chance from which on a scenario is called enough


def reached(row: LeverRow) -> float:
    """The chance that all is well under a scenario: the target met on its day, or never missed until then."""
    return row["after"] if row["is_over"] else 1 - row["after"]


def _before(row: LeverRow) -> float:
    """That chance when nothing changes."""
    return row["before"] if row["is_over"] else 1 - row["before"]


def is_enough(row: LeverRow) -> bool:
    """Whether a scenario that helps is enough."""
    return gained(row) > 0 and reached(row) >= SURE_ENOUGH


def cost(row: LeverRow) -> str | None:
    """`€500.00 once and €120.00 a month`; None where no cost is given."""
    if row["cost_once"] is None or row["cost_monthly"] is None:
        return None
    named = {"once": Decimal(row["cost_once"]), "a month": Decimal(row["cost_monthly"])}
    said = [f"{money(amount, row['currency'])} {when}" for when, amount in named.items() if amount]
    return " and ".join(said) or "nothing"


def cheapest(rows: list[LeverRow]) -> list[LeverRow]:
    """Of the scenarios of one rate that are enough and whose cost is given, the one that costs least by the day looked at: one a
    currency, for amounts of two are not compared."""
    found: dict[str | None, LeverRow] = {}
    for row in rows:
        if row["cost_within"] is not None and is_enough(row):
            other = found.get(row["currency"])
            if other is None or Decimal(row["cost_within"]) < Decimal(other["cost_within"] or 0):
                found[row["currency"]] = row
    return list(found.values())


def told(levers: pl.DataFrame, found: pl.DataFrame, yardsticks: Collection[str] = ()) -> list[str]:
    """A line a rate in question, the most urgent first.

    levers       told.pulled · found  told.enough
    yardsticks   names of scenarios that say a size and name no action
    """
    lines = []
    for part in levers.partition_by(list(KEY), maintain_order=True) if levers.height else []:
        rows = list(rows_of(part, LeverRow))
        key = {name: rows[0][name] for name in KEY}
        least = found.filter(pl.col(name).eq_missing(pl.lit(value)) for name, value in key.items())
        named = [row for row in rows if row["scenario"] not in yardsticks]
        said = [*_most(named), *_enough(named), *_smallest(rows[0], list(rows_of(least, EnoughRow)))]
        if _before(rows[0]) >= SURE_ENOUGH:
            said = [
                f"{odds(_before(rows[0]))} as things are; nothing more is needed.",
                *(capital(one) for one in said[:1]),
            ]
        lines.append(f"{METRICS[rows[0]['metric']].label}, {where(rows[0])}: {' '.join(said)}")
    return lines


def ranked(outlook: Outlook, levers: pl.DataFrame, found: pl.DataFrame) -> list[str]:
    """What does most and what is enough for least, a line a rate in question; and what one bad one prevented is worth.

    levers   told.pulled · found  told.enough
    """
    sizes = {one.name for one in outlook.scenarios if one.is_yardstick}
    return [*told(levers, found, sizes), *filter(None, [prevented(outlook)])]


def _most(named: list[LeverRow]) -> Iterator[str]:
    """What does most: nothing where no scenario with a name of its own helps."""
    best = max(named, key=gained, default=None)
    if best is not None and gained(best) > 0:
        good = "met on" if best["is_over"] else "never over until"
        yield (
            f"most by “{best['scenario']}” ({', '.join(filter(None, [best['size'], cost(best) or 'no cost given']))}): {good} {day(best['by'])} with a chance of "
            f"{odds(reached(best))} instead of {odds(_before(best))}."
        )
    else:
        yield "no scenario that names an action helps."


def _enough(named: list[LeverRow]) -> Iterator[str]:
    """What is enough with a chance of 80 in 100 for least money; no cost is made up."""
    sure = f"a chance of {odds(SURE_ENOUGH)}"
    enough = [one for one in named if is_enough(one)]
    if not enough:
        yield f"None of them alone is enough for {sure}."
        return
    paid = [
        f"“{one['scenario']}”, {money(Decimal(one['cost_within'] or 0), one['currency'])}" for one in cheapest(enough)
    ]
    free = [f"“{one['scenario']}”" for one in enough if one["cost_within"] is None]
    if paid:
        yield f"Cheapest that is enough for {sure}: {' or '.join(paid)} in {plural(BY, 'day')}."
    if free:
        yield f"{'Also enough' if paid else f'Enough for {sure}'}, with no cost given: {', '.join(free)}."


def _smallest(row: LeverRow, least: list[EnoughRow]) -> Iterator[str]:
    """How many of 100 bad ones to come would have to stay away."""
    fewer = next((one for one in least if one["lever"] == KINDS["fewer_bad"].does), None)
    if fewer is None or fewer["least_80"] == 0:
        return
    if fewer["least_80"] is None:
        left = (
            "what is there has to leave with its window"
            if row["is_over"]
            else "orders already placed can still turn bad"
        )
        yield f"Not even without one new bad one from tomorrow on: {left}."
    else:
        yield f"Whatever the cause: {round(100 * fewer['least_80'])} of 100 bad ones fewer from tomorrow on are enough for it."
