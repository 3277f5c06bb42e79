"""What is to come, in sentences a seller reads."""

from __future__ import annotations

import polars as pl

from helpers.answer import Answer
from helpers.answer.downloads import of_gaps
from helpers.answer.names import judged, label, rates
from helpers.answer.screen import kicker, stores
from helpers.answer.turned import kept
from helpers.frames import KEY, SERIES
from helpers.rows import VerdictRow, key_of, rows_of
from helpers.scenarios.ahead import FOR_GOOD, Ahead
from helpers.scenarios.outlook import Outlook
from helpers.scenarios.told import BY, LeverRow, bound, gained, in_question, pulled
from helpers.sentences import Value, say
from helpers.verdicts import bears
from helpers.vocabulary import METRICS
from helpers.wording import capital, counted, day, odds, share

CHANCES = (0.2, 0.5)  # of the days a budget is said to be gone by
MOST_ACTIONS, MOST_FACTS = 3, 4
TOGETHER = 30  # days in which any target may be missed
WORTH = 0.02  # a scenario that changes a chance by less is no thing to do first
YEAR = 365


def screen(outlook: Outlook, levers: pl.DataFrame | None = None) -> Answer:
    """The first screen: how long, what first, what happens by itself.

    levers   told.pulled, where it is at hand
    """
    others = len(outlook.by_urgency) - MOST_FACTS
    return Answer(
        kicker=kicker(outlook.audit.account.name, stores(outlook.audit), outlook.audit.day, outlook.audit.today),
        headline=headline(outlook),
        figures=(),
        actions=tuple(actions(outlook, pulled(outlook) if levers is None else levers)),
        facts=(
            *(fact(one) for one in outlook.by_urgency[:MOST_FACTS]),
            *([say("ahead-others", number=others)] if others > 0 else []),
            *together(outlook),
        ),
        not_looked_at=untold(outlook),
    )


def headline(outlook: Outlook) -> str:
    """The answer in a sentence or two."""
    if not outlook.ahead:
        return say("ahead-none")
    first = outlook.by_urgency[0]
    told = judged(rows_of(outlook.audit.verdicts, VerdictRow))
    missed = [row for row in told if row["status"] == "breached"]
    if not missed:
        return say(
            "likeliest-over", rate=name(first), days=BY, chance=odds(first.chance(BY).value), bound=_bound(first)
        )
    borne = [row for row in missed if _is_borne(row)]
    begun: dict[str, Value] = {"over": len(rates(borne or missed)), "number": len(rates(told))}
    begun["borne"] = "yes" if borne else "no"
    if not first.is_over:
        return say("over-today", when="untold", **begun)
    back = first.way_back.first[1]
    if back:
        return say("over-today", when="half", rate=name(first), day=day(first.on(back)), **begun)
    chance = odds(first.met_on(BY))
    return say("over-today", when="chance", rate=name(first), day=day(first.on(BY)), chance=chance, **begun)


def together(outlook: Outlook) -> list[str]:
    """The chance that any of the rates met today is missed: in a sentence, where there are two of them or more and the files
    tell as many days as are looked ahead of."""
    met = [one for one in outlook.ahead if not one.is_over]
    chance = outlook.any_missed(TOGETHER)
    if chance is None or len(met) < 2 or any(one.chance(TOGETHER).is_range or bound(one) for one in met):
        return []
    return [say("any-missed", met=len(met), days=TOGETHER, chance=odds(chance))]


def fact(one: Ahead) -> str:
    """What happens to a rate when nothing changes: the way back of a missed target, the budget of a met one."""
    return way_back(one) if one.is_over else budget(one)


def _within(one: Ahead) -> dict[str, Value]:
    """The days looked ahead, for the sentences that say `within a year` or `within 90 days`."""
    return {"far": "year" if one.futures.days >= YEAR else "days", "days": one.futures.days}


def _bound(one: Ahead) -> str:
    """What stands beside a chance that rests on a bound, for a sentence that chooses by it."""
    return bound(one) or "exact"


def budget(one: Ahead) -> str:
    """`Order defect rate, amazon.de, seller ships: room for 4 more bad ones today; gone before 12 December with a chance of 20 in 100.`"""
    is_range = one.futures.days > one.known.history_days
    gone = [(chance, one.gone_by(chance)) for chance in CHANCES]
    soon = [say("gone-before", day=day(on), chance=odds(chance)) for chance, on in gone if on is not None]
    return say(
        "budget",
        rate=name(one),
        room=max(one.known.verdict["headroom"] or 0, 0),
        told="range" if is_range else "whole",
        history=one.known.history_days,
        gone="soon" if soon else "late",
        before=", ".join(soon),
        chance="" if soon else odds(one.chance(one.futures.days).value),
        bound=_bound(one),
        turned=_turned(one),
        **_within(one),
    )


def way_back(one: Ahead) -> str:
    """When a missed target is met again, with new bad ones as lately, beside the best case."""
    verdict, back = one.known.verdict, one.way_back
    figure = share(verdict["numerator"], verdict["denominator"], METRICS[verdict["metric"]].one_is)
    first, good = ("never" if days is None else day(one.on(days)) for days in (back.first[1], back.for_good[1]))
    said = say(
        "way-ahead",
        rate=name(one),
        figure=" ".join(filter(None, [bound(one), figure])),
        first=first,
        good=good,
        end=FOR_GOOD,
        turned=_turned(one),
        **_within(one),
    )
    clear = verdict["clear_from"]
    if clear is None:
        return said
    sure = "at_the_earliest" if bound(one) else "at_best"
    return f"{said} {say('way-ahead-best', sure=sure, day=day(clear))}"


def lately(one: Ahead) -> str:
    """Which new bad ones are taken: `as lately`, or of a rate that has turned `as since 14 September 2026`."""
    return say("lately", turned=_turned(one))


def _turned(one: Ahead) -> str:
    return "never" if one.known.turned is None else day(one.known.turned)


def actions(outlook: Outlook, levers: pl.DataFrame) -> list[str]:
    """What to do first: download what leaves a judged window open, and nothing more of a missed rate that has turned, as the
    monthly page says; then the scenarios that change a chance of another one most, each once. Where none of them names an action, what to look for and how much of it
    would matter."""
    told = judged(rows_of(outlook.audit.verdicts, VerdictRow))
    said, better = kept(outlook.audit, [row for row in told if row["status"] == "breached" and _is_borne(row)])
    turned = {tuple(row[name] for name in SERIES) for row in better}
    rows = sorted(rows_of(levers, LeverRow), key=lambda row: -gained(row))
    helping = [row for row in rows if gained(row) >= WORTH and tuple(row[name] for name in SERIES) not in turned]
    sizes = {one.name for one in outlook.scenarios if one.is_yardstick}
    best: dict[str, LeverRow] = {}
    for row in helping:
        if row["scenario"] not in sizes:
            best.setdefault(row["scenario"], row)
    named = [action(row) for row in best.values()]
    if not named and helping:
        named = [say("find-in-common", action=action(helping[0]))]
    return [*of_gaps(outlook.audit).values(), *said, *named][:MOST_ACTIONS]


def _is_borne(row: VerdictRow) -> bool:
    return bears(row["status"], row["exactness"], METRICS[row["metric"]])


def action(row: LeverRow) -> str:
    """`Another carrier, if, as is assumed, 20 to 50 of 100 bad ones go with it: …`; of a whole cause, that it is the most it can give."""
    lever = capital(row["scenario"])
    return say(
        "lever-action",
        lever=say("lever-sized", lever=lever, size=row["size"]) if row["size"] else lever,
        rate=label(row),
        over="yes" if row["is_over"] else "no",
        day=day(row["by"]),
        after=odds(row["after"]),
        before=odds(row["before"]),
        limit="yes" if row["is_limit"] else "no",
    )


def prevented(outlook: Outlook, by: int = BY) -> str:
    """What one bad one less is worth in clean orders more, of the rates in question: empty where there is none."""
    worth: dict[str, str] = {}
    for one in in_question(outlook, by):
        metric = METRICS[one.known.verdict["metric"]]
        clean = counted(round(1 / one.known.rule.limit.share), metric.one_is)
        worth.setdefault(metric.name, say("prevented-of", clean=clean, rate=metric.name))
    return say("prevented", rates=", ".join(worth.values())) if worth else ""


def uncertain(outlook: Outlook) -> list[str]:
    """What the forecast does not know: what no file of any account tells, and what those of this one leave open."""
    said = []
    first = outlook.deciding
    if first is not None and not first.is_over:
        found = first.chance(min(BY, outlook.days))
        said.append(say("uncertain.met", rate=name(first), days=found.days, low=odds(found.low), high=odds(found.high)))
    elif first is not None:
        low, high = first.met_by_rate(BY)
        said.append(say("uncertain.over", rate=name(first), day=day(first.on(BY)), low=odds(low), high=odds(high)))
    turned = sorted({one.known.turned for one in outlook.ahead if one.known.turned is not None})
    if turned:
        said.append(say("uncertain.turned", days=[day(one) for one in turned]))
    bounds = [name(one) for one in outlook.ahead if bound(one)]
    if bounds:
        said.append(say("uncertain.bounds", rates="; ".join(bounds)))
    if outlook.ahead:
        said.append(say("uncertain.season"))
    return [*said, say("uncertain.never"), say("uncertain.size"), say("uncertain.marketplace")]


def untold(outlook: Outlook) -> str:
    """One line of the judged rates that are not looked ahead of; empty where there is none."""
    return say("not-ahead", rates="; ".join(map(label, outlook.untold))) if outlook.untold else ""


def name(one: Ahead) -> str:
    return label(one.known.verdict)


def of_sliders(fewer: int, orders: int, over: int, missed: int, *, is_over: bool, lately: str = "") -> str:
    """What the live chart says of a place of its sliders; the page says it from the same template (charts.sliders_ahead)."""
    change = "none" if orders == 0 else "more" if orders > 0 else "fewer"
    setting = {"fewer": fewer, "orders": abs(orders), "change": change, "days": BY}
    setting["lately"] = lately or say("lately", turned="never")
    if is_over:
        return say("setting-meets", met=100 - missed, **setting)
    return say("setting-is-over", over=over, **setting)


def column(outlook: Outlook, days: int = 30) -> pl.DataFrame:
    """For a table of rates: the key of each judged rate that is looked ahead of, and its `chance` within so many days in words."""
    rows = []
    for one in outlook.ahead:
        found = one.chance(days)
        said = odds(found.value)
        if found.is_range:
            said = say("chance-range", low=odds(found.low), high=odds(found.high))
        told = say("already-over") if found.is_over else " ".join(filter(None, [bound(one), said]))
        rows.append({**key_of(one.known.verdict), "chance": told})
    return pl.DataFrame(rows, schema={**KEY, "chance": pl.String})


def line(outlook: Outlook) -> str:
    """For a page of other things: what happens to the rate that needs attention first; empty where none is looked ahead of."""
    return "" if outlook.deciding is None else fact(outlook.deciding)
