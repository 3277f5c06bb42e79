"""The scenarios of each rate in question, ranked by effect and by cost, in sentences: what does most, what is enough for least."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import reduce

import polars as pl

from helpers.answer.names import label
from helpers.frames import KEY
from helpers.rows import rows_of
from helpers.scenarios.levers import does
from helpers.scenarios.outlook import Outlook
from helpers.scenarios.told import BY, EnoughRow, LeverRow, gained
from helpers.scenarios.words import prevented
from helpers.sentences import say
from helpers.wording import capital, day, money, odds

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
    once, monthly = (Decimal(row[name] or 0) for name in ("cost_once", "cost_monthly"))
    known = {"once": money(once, row["currency"]), "monthly": money(monthly, row["currency"])}
    if once and monthly:
        return say("cost.both", **known)
    if once:
        return say("cost.once", once=known["once"])
    return say("cost.monthly", monthly=known["monthly"]) if monthly else say("cost.nothing")


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
                say("lever-not-needed", chance=odds(_before(rows[0]))),
                *(capital(one) for one in said[:1]),
            ]
        lines.append(say("levers-of", rate=label(rows[0]), said=" ".join(said)))
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
    if best is None or gained(best) <= 0:
        yield say("lever-helps-none")
        return
    yield say(
        "lever-best",
        lever=best["scenario"],
        told=", ".join(filter(None, [best["size"], cost(best) or say("cost.untold")])),
        over="yes" if best["is_over"] else "no",
        day=day(best["by"]),
        after=odds(reached(best)),
        before=odds(_before(best)),
    )


def _enough(named: list[LeverRow]) -> Iterator[str]:
    """What is enough with a chance of 80 in 100 for least money; no cost is made up."""
    sure, enough = odds(SURE_ENOUGH), [one for one in named if is_enough(one)]
    if not enough:
        yield say("lever-not-enough", sure=sure)
        return
    paid = [
        say("lever-costing", lever=one["scenario"], cost=money(Decimal(one["cost_within"] or 0), one["currency"]))
        for one in cheapest(enough)
    ]
    free = [say("lever-quoted", lever=one["scenario"]) for one in enough if one["cost_within"] is None]
    if paid:
        levers = reduce(lambda one, other: say("either", one=one, other=other), paid)
        yield say("lever-cheapest", sure=sure, levers=levers, days=BY)
    if free:
        yield say("lever-enough-free", paid="yes" if paid else "no", sure=sure, levers=", ".join(free))


def _smallest(row: LeverRow, least: list[EnoughRow]) -> Iterator[str]:
    """How many of 100 bad ones to come would have to stay away."""
    fewer = next((one for one in least if one["lever"] == does("fewer_bad")), None)
    if fewer is None or fewer["least_80"] == 0:
        return
    if fewer["least_80"] is None:
        yield say("lever-fewer-none", over="yes" if row["is_over"] else "no")
    else:
        yield say("lever-fewer", fewer=round(100 * fewer["least_80"]))
