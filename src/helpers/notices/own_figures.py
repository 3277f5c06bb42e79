"""A rate's clauses → the account's own figures with count and window, and what else is printed for each: target, channel."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from helpers.notices import numbers, rules
from helpers.notices.clauses import Clause, Window, windows
from helpers.notices.parting import named
from helpers.notices.reading import Charge

OF_EACH = re.compile(r" points? (?:against|per|each|off|from|for)\b", re.IGNORECASE)  # what one complaint counts
NEAR = 6  # clauses between a figure and the sentence that states its window


@dataclass(frozen=True)
class Own:
    """A figure or a count of the account's own, with the clause it stands in."""

    clause: Clause
    at: int  # number of the clause
    figure: numbers.Share | None
    pair: numbers.Pair | None
    window: Window | None


def of_rate(subject: str, about: list[tuple[int, Clause]]) -> list[Own]:
    """Every figure of the account's own of one rate with its count and window, and counts that stand alone."""
    if subject == "account_health_rating":
        about = [(at, points(one)) for at, one in about if subject in one.subjects]
    told = [(at, one) for at, one in about if not one.is_aside and not one.marked("general")]
    found: list[Own] = []
    taken: set[tuple[int, int]] = set()
    for at, one in told:
        for place, figure in enumerate(one.figures):
            there, pair = _pair(figure, at, one, told, taken)
            window = _window(one, place) or (there.windows[0] if there is not None and there.windows else None)
            if window is None:
                window = _neighbour(at, one, told)
            if pair is not None and there is not None:
                taken.add((id(there), pair.start))
            found.append(Own(one, at, figure, pair, window))
    for at, one in told:
        for pair in one.pairs:
            if not one.figures and (id(one), pair.start) not in taken:
                found.append(Own(one, at, None, pair, one.windows[0] if one.windows else None))
        if (
            not one.figures
            and not one.pairs
            and _counted(one) is not None
            and "part_of" in rules.subjects()[subject].more
        ):
            number = _counted(one)
            found.append(Own(one, at, None, numbers.Pair(number or 0, 0, 0, 0), None))
    return sorted(found, key=lambda own: own.at)


def _counted(one: Clause) -> int | None:
    """The only whole number of an item about a part of a rate: `A-to-z claims: 7`."""
    is_cut = one.text != one.sentence
    if one.unit.kind not in ("item", "row") and len(one.text.split()) > (10 if is_cut else 6):
        return None
    found = numbers.WHOLE.findall(one.text)
    if not found and is_cut:  # a counted component of a sentence may be counted in words
        return next((number for number, *_ in numbers.counts(one.text)), None)
    return numbers.whole(found[0]) if len(found) == 1 else None


def _pair(
    figure: numbers.Share, at: int, one: Clause, told: list[tuple[int, Clause]], taken: set[tuple[int, int]]
) -> tuple[Clause | None, numbers.Pair | None]:
    """The count behind a figure: in its own clause, else in one of the same paragraph, where it makes that very share."""
    fits = [pair for pair in one.pairs if numbers.agrees(pair.part, pair.whole, figure)]
    free = [pair for pair in fits if (id(one), pair.start) not in taken] or fits
    if free:
        return one, min(free, key=lambda pair: abs(pair.start - figure.start))
    found = numbers.matching(one.text, figure)
    if found is not None:
        return one, found
    if one.unit.kind == "row" and len(one.figures) == len(one.pairs) == 1:
        return one, one.pairs[0]  # a row's only count, whatever the share beside it was rounded to
    for _, other in sorted(told, key=lambda pair: abs(pair[0] - at)):
        if other.unit.block == one.unit.block and other is not one and not other.figures:
            for pair in (*other.pairs, numbers.matching(other.text, figure)):
                if pair is not None and numbers.agrees(pair.part, pair.whole, figure):
                    return other, pair
    return None, None


def _window(one: Clause, place: int) -> Window | None:
    """The window of the figure at a place: each its own where there are as many, else the only one."""
    if not one.windows:
        return None
    if len(one.windows) == len(one.figures):
        return one.windows[place]
    if len(one.windows) == 1:
        return one.windows[0]
    figure = one.figures[place]
    after = numbers.PERCENT.search(one.text, figure.end)
    behind = [
        window for window in one.windows if figure.end <= window.start < (after.start() if after else len(one.text))
    ]
    return behind[0] if behind else min(one.windows, key=lambda window: abs(window.start - figure.start))


def _neighbour(at: int, one: Clause, told: list[tuple[int, Clause]]) -> Window | None:
    """The window stated beside a figure: in its paragraph or the sentence that introduces its list, in no other figure's."""
    led = windows(one.unit.lead, month_first=False) if one.unit.kind in ("item", "row") else []
    if led:
        return led[0]
    near = [
        other
        for there, other in told
        if other.windows and not other.figures and abs(there - at) <= NEAR and _is_of_rate(other, one)
    ]
    here = [other for other in near if other.unit.block == one.unit.block]
    return (here or near)[0].windows[0] if here or near else None


def _is_of_rate(other: Clause, one: Clause) -> bool:
    """Whether a period near a figure can be its window: beside a target or a count, or in its paragraph; not about money."""
    is_near = bool(other.targets or other.pairs) or other.unit.block == one.unit.block
    is_other = any(rules.rule("periods", value).search(other.text) for value in ("funds_hold", "toward_buyers"))
    return is_near and not is_other


def filled(charge: Charge, own: Own, found: list[Clause]) -> Charge:
    """The charge with the target, window, channel and category printed for it, there or near by."""
    target = _target(charge.subject, own, found)
    window, more = own.window, dict[str, Any]()
    if target is not None:
        more |= {
            "target": target.value,
            "target_sense": _sense(charge.subject, own.clause.text, target.sense or "stated_only"),
        }
        stated = next((one for one in found if any(share is target for share in one.shares)), None)
        if window is None and stated is not None and stated.windows and not stated.figures:
            window = stated.windows[0]
    if window is not None:
        more |= {"window_days": window.days, "window_from": window.first, "window_to": window.last}
    one = own.clause
    more["fulfilment"] = _fulfilment(one, [other for other in found if other.unit.block == one.unit.block])
    more["hedged"] = is_hedged(one, charge.subject)
    if charge.subject == "valid_tracking_rate" and own.figure is not None:
        more["category"] = _category(one, own.figure)
    return replace(charge, **more)


def is_hedged(one: Clause, subject: str) -> bool:
    """Whether the charge stands in a list of which it may not be meant: after "one or more of", beside "and/or"."""
    before = next((one.text[:place] for name, place in named(one.text) if name == subject), "")
    beside = one.text[max(0, len(before) - 40) : len(before) + 60].lower()
    return "one or more of" in f"{one.unit.lead} {before}".lower() or "and/or" in f"{one.unit.lead} {beside}".lower()


def _fulfilment(one: Clause, same_block: list[Clause]) -> str | None:
    for text in (one.text, one.unit.lead, *(other.text for other in same_block if other.about in (one.about, None))):
        found = rules.first("fulfilments", text)
        if found is not None and not rules.marked("good", text):
            return found.value
    return None


def _category(one: Clause, figure: numbers.Share) -> str | None:
    """The category of a row or an item of the tracking rate: its first cell, or the words before its figure."""
    if one.unit.kind == "row" and not named(one.unit.cells[0]) and "%" not in one.unit.cells[0]:
        return one.unit.cells[0]
    if (
        inside := re.search(
            r"\b[Ii]n (?:the )?([A-Z]\w+(?:(?: &| and)? [A-Z]\w+)*)(?: category)? (?:has|have|is|was|stands|fell|dropped|at)\b",
            one.text,
        )
    ) and not named(inside[1]):
        return inside[1]
    beside = re.search(r"\b([A-Z]\w+(?:(?: &| and)? [A-Z]\w+)*):? $", one.text[: figure.start])
    if beside and len(one.figures) > 1 and not named(beside[1]):
        return beside[1]
    if one.unit.kind == "item":
        said = one.text[: one.shares[0].start].rstrip(" :–-(,").removesuffix(" at").removesuffix(" with")
        if said and not named(said) and len(said.split()) <= 6:
            return said
    return None


def _target(subject: str, own: Own, found: list[Clause]) -> numbers.Share | None:
    """The target printed for a figure: in its clause, after it before others; else in the nearest that speaks of it."""
    one = own.clause
    here = points(one).targets if subject == "account_health_rating" else one.targets
    is_of_another = own.figure is None and one.about != subject  # the clause names several and gives one target
    if here and not is_of_another and not one.marked("supposed"):
        start = own.figure.start if own.figure else 0
        return min(here, key=lambda share: (share.start < start, abs(share.start - start)))
    near = [
        (abs(at - own.at), at < own.at, other)
        for at, other in enumerate(found)
        if other is not one and (subject in other.subjects or other.about == subject) and not other.marked("supposed")
    ]
    for _, _, other in sorted(near, key=lambda entry: entry[:2]):
        said = points(other).targets if subject == "account_health_rating" else other.targets
        if said:
            return said[0]
    return None


def _sense(subject: str, text: str, said: str) -> str:
    """The sense of a target as the side that is good: `over the target of 1%` of a low rate asks for not above."""
    if rules.good_is(subject, text) == "high":
        return {"below": "at_least", "not_above": "at_least"}.get(said, said)
    return {"above": "not_above", "at_least": "not_above"}.get(said, said)


def points(one: Clause) -> Clause:
    """The clause with the points of a rating in place of percentages."""
    points = []
    for match in numbers.WHOLE.finditer(one.text):
        is_of_each = OF_EACH.match(one.text[match.end() :])
        if (value := numbers.whole(match[1])) <= 1000 and "." not in match[1] and not is_of_each:
            share = numbers.Share(Decimal(value), 0, match.start(), match.end(), numbers.sense(one.text, match))
            points.append(share)
    return replace(one, shares=tuple(points), pairs=())
