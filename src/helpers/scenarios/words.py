"""What is to come, in sentences a seller reads."""

from __future__ import annotations

import polars as pl

from helpers.answer import Answer
from helpers.answer.actions import to_download
from helpers.answer.names import judged, rates
from helpers.answer.turned import kept
from helpers.frames import KEY, SERIES
from helpers.rows import VerdictRow, key_of, rows_of
from helpers.scenarios.ahead import FOR_GOOD, Ahead
from helpers.scenarios.outlook import Outlook
from helpers.scenarios.told import BY, LeverRow, bound, gained, in_question, pulled
from helpers.sentences import say
from helpers.verdicts import bears
from helpers.vocabulary import METRICS
from helpers.wording import capital, count, day, odds, plural, share, where

CHANCES = (0.2, 0.5)  # of the days a budget is said to be gone by
MOST_ACTIONS, MOST_FACTS = 3, 4
TOGETHER = 30  # days in which any target may be missed
WORTH = 0.02  # a scenario that changes a chance by less is no thing to do first
YEAR = 365


def screen(outlook: Outlook, levers: pl.DataFrame | None = None) -> Answer:
    """The first screen: how long, what first, what happens by itself.

    levers   told.pulled, where it is at hand
    """
    account = outlook.audit.account
    return Answer(
        kicker=f"{account.name} · {', '.join(account.marketplaces)} · as of {day(outlook.audit.day)}",
        headline=headline(outlook),
        figures=(),
        actions=tuple(actions(outlook, pulled(outlook) if levers is None else levers)),
        facts=(*(fact(one) for one in outlook.by_urgency[:MOST_FACTS]), *together(outlook)),
        not_looked_at=untold(outlook),
    )


def headline(outlook: Outlook) -> str:
    """The answer in a sentence or two."""
    if not outlook.ahead:
        return "No rate can be looked ahead of: the files count none of the judged rates day by day."
    first = outlook.by_urgency[0]
    told = judged(rows_of(outlook.audit.verdicts, VerdictRow))
    missed = [row for row in told if row["status"] == "breached"]
    if not missed:
        chance = first.chance(BY)
        likely = f"{name(first)}, the likeliest to be, is within {BY} days with a chance of {odds(chance.value)}"
        return f"No rate is over today. {likely}{f' ({bound(first)})' if bound(first) else ''}."
    borne = [row for row in missed if _is_borne(row)]
    over = len(rates(borne or missed))
    be = ("is" if over == 1 else "are") if borne else "may be"
    begun = f"{count(over)} of {plural(len(rates(told)), 'rate')} {be} over today"
    if not first.is_over:
        return f"{begun}. No file counts it day by day, so what comes of it is not told."
    back = first.way_back.first[1]
    when = (
        f"half of the futures meet it on some day by {day(first.on(back))}"
        if back
        else f"on {day(first.on(BY))} it is met with a chance of {odds(first.met_on(BY))}, if nothing changes"
    )
    return f"{begun}. {name(first)}: {when}."


def together(outlook: Outlook) -> list[str]:
    """The chance that any of the rates met today is missed: in a sentence, where there are two of them or more and the files
    tell as many days as are looked ahead of."""
    met = [one for one in outlook.ahead if not one.is_over]
    chance = outlook.any_missed(TOGETHER)
    if chance is None or len(met) < 2 or any(one.chance(TOGETHER).is_range or bound(one) for one in met):
        return []
    return [
        f"At least one of the {count(len(met))} targets met today, each window and part counted, is missed on some day of the "
        f"next {TOGETHER} with a chance of {odds(chance)}."
    ]


def fact(one: Ahead) -> str:
    """What happens to a rate when nothing changes: the way back of a missed target, the budget of a met one."""
    return way_back(one) if one.is_over else budget(one)


def within(one: Ahead) -> str:
    """The days looked ahead, in words: `within a year`, `within 90 days`."""
    return "within a year" if one.futures.days >= YEAR else f"within {plural(one.futures.days, 'day')}"


def budget(one: Ahead) -> str:
    """`Order defect rate, amazon.de, seller ships: 4 more bad orders today; gone before 12 December with a chance of 20 in 100.`"""
    verdict = one.known.verdict
    what = METRICS[verdict["metric"]].one_is
    room = f"{name(one)}: room for {plural(max(verdict['headroom'] or 0, 0), f'more bad {what}', f'more bad {what}s')} today"
    if one.futures.days > one.known.history_days:
        months = (
            f"the files tell {plural(one.known.history_days, 'day')}, so what is said of more days ahead is a range"
        )
        room = f"{room} ({months})"
    gone = [(chance, one.gone_by(chance)) for chance in CHANCES]
    told = [f"before {day(on)} with a chance of {odds(chance)}" for chance, on in gone if on is not None]
    stated = f" {bound(one)}" if bound(one) else ""
    if not told:
        found = one.chance(one.futures.days)
        return f"{room}; {within(one)} it is gone with a chance of{stated} {odds(found.value)}{_as_since(one)}."
    return f"{room}; gone {', '.join(told)}{f' ({bound(one)})' if bound(one) else ''}{_as_since(one)}."


def way_back(one: Ahead) -> str:
    """When a missed target is met again, with new bad ones as lately, beside the best case."""
    verdict = one.known.verdict
    figure = share(verdict["numerator"], verdict["denominator"], METRICS[verdict["metric"]].one_is)
    back = one.way_back
    first, good = back.first[1], back.for_good[1]
    known = f"{bound(one)} " if bound(one) else ""
    begun = f"{name(one)}: over today, {known}{figure}"
    clear = verdict["clear_from"]
    soonest = (
        "At best, with no new bad one," if not bound(one) else "At the earliest, for some bad ones may be missing,"
    )
    best = f" {soonest} it is met from {day(clear)}." if clear else ""
    if first is None:
        return (
            f"{begun}. With new bad ones {lately(one)} it is met {within(one)} in fewer than half of the futures.{best}"
        )
    lasting = (
        f"for {FOR_GOOD} days on end from {day(one.on(good))}"
        if good
        else f"not for {FOR_GOOD} days on end {within(one)}"
    )
    return f"{begun}. With new bad ones {lately(one)} half of the futures meet it on some day by {day(one.on(first))}, and {lasting}.{best}"


def lately(one: Ahead) -> str:
    """Which new bad ones are taken: `as lately`, or of a rate that has turned `as since 14 September 2026`."""
    turned = one.known.turned
    return "as lately" if turned is None else f"as since {day(turned)}"


def _as_since(one: Ahead) -> str:
    return "" if one.known.turned is None else f", with new bad ones {lately(one)}"


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
        named = [f"Find what the bad ones have in common. {action(helping[0])}"]
    return [*to_download(outlook.audit).values(), *said, *named][:MOST_ACTIONS]


def _is_borne(row: VerdictRow) -> bool:
    return bears(row["status"], row["exactness"], METRICS[row["metric"]])


def action(row: LeverRow) -> str:
    """`Another carrier, if, as is assumed, 20 to 50 of 100 bad ones go with it: …`; of a whole cause, that it is the most it can give."""
    rate = f"{METRICS[row['metric']].label}, {where(row)}"
    most = ", at most: few causes go whole" if row["is_limit"] else ""
    change = f"{odds(row['after'])} instead of {odds(row['before'])}{most}"
    begun = ", ".join(filter(None, [capital(row["scenario"]), row["size"]]))
    if row["is_over"]:
        return f"{begun}: {rate} is met on {day(row['by'])} with a chance of {change}."
    return f"{begun}: {rate} is over before {day(row['by'])} with a chance of {change}."


def prevented(outlook: Outlook, by: int = BY) -> str:
    """What one bad one less is worth in clean orders more, of the rates in question: empty where there is none."""
    worth: dict[str, str] = {}
    for one in in_question(outlook, by):
        metric = METRICS[one.known.verdict["metric"]]
        worth.setdefault(metric.label.lower(), f"about {plural(round(1 / one.known.rule.limit.share), metric.one_is)}")
    said = ", ".join(f"{many} ({name})" for name, many in worth.items())
    return f"One bad one prevented does as much as so many clean ones more: {said}." if said else ""


def uncertain(outlook: Outlook) -> list[str]:
    """What the forecast does not know: what no file of any account tells, and what those of this one leave open."""
    said = []
    first = outlook.deciding
    if first is not None and not first.is_over:
        found = first.chance(min(BY, outlook.days))
        said.append(
            f"How good the account truly is today. {name(first)}: with as few bad ones as the record allows it is over within "
            f"{plural(found.days, 'day')} with a chance of {odds(found.low)}, with as many, of {odds(found.high)}."
        )
    elif first is not None:
        low, high = first.met_by_rate(BY)
        said.append(
            f"How good the account truly is today. {name(first)}: with as few bad ones as the record allows it is met on "
            f"{day(first.on(BY))} with a chance of {odds(high)}, with as many, of {odds(low)}."
        )
    turned = sorted({one.known.turned for one in outlook.ahead if one.known.turned is not None})
    if turned:
        said.append(
            f"Whether what turned since {' and '.join(map(day, turned))} lasts: a relapse is in as many futures as the counts leave open."
        )
    bounds = [name(one) for one in outlook.ahead if bound(one)]
    if bounds:
        said.append(
            f"What the missing or rejected rows hold: the figures of {'; '.join(bounds)} are bounds, and so are their chances."
        )
    if outlook.ahead:
        said.append(
            "The season: none is assumed, orders go on at the pace of the last four weeks. At the top of a peak, chances beyond 60 days "
            "are told too low."
        )
    return [
        *said,
        "What never happened in these files: a broken batch, a strike, a carrier’s failure.",
        "What a change brings: its size is said or assumed, never proved here.",
        "What the marketplace does about a missed target, and when it answers: no file tells. Nothing here promises reinstatement, or "
        "that a feedback is taken down.",
    ]


def untold(outlook: Outlook) -> str:
    """One line of the judged rates that are not looked ahead of; empty where there is none."""
    names = [f"{METRICS[row['metric']].label}, {where(row)}" for row in outlook.untold]
    return f"Not looked ahead of, for the files do not count them day by day: {'; '.join(names)}." if names else ""


def name(one: Ahead) -> str:
    return f"{METRICS[one.known.verdict['metric']].label}, {where(one.known.verdict)}"


def of_sliders(fewer: int, orders: int, over: int, missed: int, *, is_over: bool, lately: str = "as lately") -> str:
    """What the live chart says of a place of its sliders; the page says it from the same template (charts.sliders_ahead)."""
    change = "none" if orders == 0 else "more" if orders > 0 else "fewer"
    setting = {"fewer": fewer, "orders": abs(orders), "change": change, "lately": lately, "days": BY}
    if is_over:
        return say("setting-meets", met=100 - missed, **setting)
    return say("setting-is-over", over=over, **setting)


def column(outlook: Outlook, days: int = 30) -> pl.DataFrame:
    """For a table of rates: the key of each judged rate that is looked ahead of, and its `chance` within so many days in words."""
    rows = []
    for one in outlook.ahead:
        found = one.chance(days)
        said = f"{odds(found.low)} to {odds(found.high)}" if found.is_range else odds(found.value)
        told = "already over" if found.is_over else " ".join(filter(None, [bound(one), said]))
        rows.append({**key_of(one.known.verdict), "chance": told})
    return pl.DataFrame(rows, schema={**KEY, "chance": pl.String})


def line(outlook: Outlook) -> str:
    """For a page of other things: what happens to the rate that needs attention first; empty where none is looked ahead of."""
    return "" if outlook.deciding is None else fact(outlook.deciding)
