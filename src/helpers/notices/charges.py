"""Clauses → what is held against the seller, and what is only mentioned.

A rate is a charge where a figure of the account's own misses the target printed with it, where the text says that it is
off target, or where it stands as the reason. A definition, a link, a good figure, an example and a general rule are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from helpers.notices import numbers, own_figures, rules
from helpers.notices.clauses import Clause
from helpers.notices.reading import Charge, Words

ANYWHERE = (
    "identity_verification",
    "document_request",
    "account_review",
)  # a check is named where its papers are asked
OF_ALL_RULES = ("seller_conduct",)  # the code every broken rule breaks: a charge where no other rule is named


def charges(found: list[Clause], *, is_closed: bool, is_answer: bool) -> list[Charge]:
    """The charges of a message in the order of its words.

    is_closed   something was taken away or is threatened
    is_answer   it asks for more of what the seller sent: what the plan has to explain is held against the seller
    """
    rates = [charge for subject in _order(found) for charge in _of_rate(subject, found, is_closed)]
    rates.sort(key=lambda charge: charge.words[0].line)
    if is_answer:
        rates += [_explained(one) for one in found if _explains(one)]
    accused = {charge.subject for charge in rates}
    rates = [one for one in rates if one.part_of is None or one.part_of in accused]
    return _complained_of(_once([*rates, *_of_rules(found, is_closed, is_answer)]))


def _complained_of(held: list[Charge]) -> list[Charge]:
    """Without the figures nobody complains of, where the letter says of another what it is about."""
    is_told = any(one.sure == "stated" for one in held)
    return [
        one
        for one in held
        if not (is_told and one.sure == "likely" and one.figure is not None and one.target is None and not one.part_of)
    ]


def _explains(one: Clause) -> bool:
    """Whether a clause of an answer names a rate the plan has to explain; the parts of one only with a figure."""
    names = [name for name in one.subjects if rules.is_rate(name)]
    said = f"{one.text} {one.unit.lead}"
    asks = (
        rules.rule("asked", "plan_of_action").search(said)
        or rules.rule("events", "information_request").search(one.unit.lead)
        or rules.marked("answer", one.text)
    )
    return bool(asks) and any("part_of" not in rules.subjects()[name].more for name in names) and not one.marked("good")


def _explained(one: Clause) -> Charge:
    subject = next(name for name in one.subjects if rules.is_rate(name))
    return Charge(subject, _words(one), sure="likely")


def mentions(found: list[Clause], held: Iterable[Charge]) -> list[str]:
    """The subjects that occur without being held against the seller."""
    charged = {charge.subject for charge in held}
    said = dict.fromkeys(name for one in found for name in one.subjects)
    return [name for name in said if name not in charged and not rules.subjects()[name].more.get("is_cause")]


def _order(found: list[Clause]) -> list[str]:
    names = [name for one in found for name in (*one.subjects, one.about) if name and rules.is_rate(name)]
    return list(dict.fromkeys(names))


def _of_rate(subject: str, found: list[Clause], is_closed: bool) -> list[Charge]:
    about = [(at, one) for at, one in enumerate(found) if one.about == subject]
    owned = own_figures.of_rate(subject, about)
    if not all(own.clause.marked("past") for own in owned):
        owned = [own for own in owned if not own.clause.marked("past")]
    charged = [charge for own in owned if (charge := _charge(subject, own, found, is_closed=is_closed)) is not None]
    if charged:
        return charged
    if any(one.figures or one.pairs for _, one in about if not one.is_aside and not one.marked("general")) and not any(
        accuses(one) for _, one in about
    ):
        return []
    component = rules.subjects()[subject].more.get("part_of")
    if component and _order(found)[:1] != [subject] and component in _order(found):
        return []
    for at, one in enumerate(found):
        if subject in one.subjects and accuses(one) and not one.figures:
            own = own_figures.Own(one, at, None, None, one.windows[0] if one.windows else None)
            return [own_figures.filled(Charge(subject, _words(one), sure="stated"), own, found)]
    for at, one in enumerate(found):
        if subject in one.subjects and _is_reason(one, is_closed):
            own = own_figures.Own(one, at, None, None, one.windows[0] if one.windows else None)
            return [own_figures.filled(Charge(subject, _words(one), sure="likely"), own, found)]
    return []


def _charge(subject: str, own: own_figures.Own, found: list[Clause], *, is_closed: bool) -> Charge | None:
    """The charge a figure makes; None where it is in order or nobody complains of it."""
    one, figure = own.clause, own.figure
    charge = Charge(
        subject,
        _words(one),
        figure=figure.value if figure else None,
        count=own.pair.part if own.pair else numbers.counted(one.text, figure) if figure else None,
        out_of=own.pair.whole or None if own.pair else None,
    )
    charge = own_figures.filled(charge, own, found)
    component = rules.subjects()[subject].more.get("part_of")
    if component and component in _order(found):
        charge = replace(charge, part_of=component)
    if charge.part_of is not None and not one.marked("good"):
        if charge.figure == 0 or charge.count == 0:
            return None
        return charge if charge.figure is None or charge.target is None or _misses(charge) else None
    if charge.figure is not None and one.targets and charge.target is not None:
        return (
            charge if _misses(charge) else None
        )  # both stand there: they decide, whatever the sentence says of others
    if one.marked("good") and not accuses(one):
        return None
    if charge.figure is not None and charge.target is not None:
        return charge if _misses(charge) else None
    if charge.figure == (1 if rules.good_is(subject, one.text) == "high" else 0):
        return None  # nothing bad at all
    if accuses(one) or _accuses_text(one.unit.lead) or _goes_on(one):
        return charge
    if figure is None:
        return charge if one.unit.role == "reason" and is_closed else None
    return replace(charge, sure="likely") if is_closed and one.unit.role in ("reason", "") else None


def _misses(charge: Charge) -> bool:
    assert charge.figure is not None
    assert charge.target is not None
    if rules.good_is(charge.subject, charge.words[0].text) == "high":
        return charge.figure <= charge.target if charge.target_sense == "above" else charge.figure < charge.target
    if charge.target_sense == "below":
        return charge.figure >= charge.target
    return charge.figure > charge.target


def accuses(one: Clause) -> bool:
    """Whether the clause says that something is off: not supposed, not in general, not threatened only."""
    return (
        (_accuses_text(one.text) or _is_off(one))
        and not one.is_aside
        and not one.marked("general")
        and one.unit.role != "consequence"
    )


def _goes_on(one: Clause) -> bool:
    """Whether a part of a sentence without a verb of its own goes on with what the sentence complains of."""
    has_verb = re.search(
        r"\b(?:is|are|was|were|has|have|had|did|does|sits?|stands?|stays?|stayed|remains?)\b", one.text
    )
    is_calm = one.marked("good") or one.marked("general") or one.is_aside
    return one.text != one.sentence and not has_verb and not is_calm and _accuses_text(one.sentence)


def _is_off(one: Clause) -> bool:
    """Whether the words put the rate on its bad side: over of a low one, under of a high one."""
    if one.about is None:
        return False
    return one.marked("under" if rules.good_is(one.about, one.text) == "high" else "over")


def _accuses_text(text: str) -> bool:
    return rules.marked("bad", text) and not rules.marked("supposed", text)


def _is_reason(one: Clause, is_closed: bool) -> bool:
    is_calm = one.marked("good") or one.marked("general") or one.is_aside
    return is_closed and one.unit.role == "reason" and not is_calm


def _of_rules(found: list[Clause], is_closed: bool, is_answer: bool) -> list[Charge]:
    """The rules a text says were broken, and the checks it announces."""
    held: list[Charge] = []
    for one in found:
        for subject in one.subjects:
            if rules.is_rate(subject) or rules.subjects()[subject].more.get("is_cause"):
                continue
            if one.is_aside or one.marked("general") or (one.marked("good") and not accuses(one)):
                continue
            if re.search(
                r"[:|] ?(?:0|none)$|\b(?:0|no) (?:violations?|issues?|complaints?)\b", one.text, re.IGNORECASE
            ):
                continue
            is_event = any(
                rule.value in ("deactivated", "information_request") for rule in rules.every("events", one.text)
            )
            is_check = subject in ANYWHERE
            if not is_check and one.unit.role in ("consequence", "do") and one.unit.kind != "item":
                continue
            says = (
                (is_answer and one.unit.kind == "item")
                or accuses(one)
                or is_event
                or is_check
                or _accuses_text(one.unit.lead)
            )
            if says or (is_closed and one.unit.role in ("reason", "")):
                hedged = own_figures.is_hedged(one, subject)
                held.append(Charge(subject, _words(one), sure="stated" if says else "likely", hedged=hedged))
    named_rules = [one for one in held if one.subject not in ANYWHERE]
    broken = [one for one in named_rules if one.subject not in OF_ALL_RULES]
    return broken or named_rules or held


def _words(one: Clause) -> tuple[Words, ...]:
    return (Words(one.text[:300], one.unit.line),)


def _once(held: list[Charge]) -> list[Charge]:
    """Each charge once: one without a figure gives way to one with, a repeated figure to the fuller one."""
    made: dict[tuple, Charge] = {}
    for charge in held:
        key = (charge.subject, charge.figure, charge.category, None if charge.figure else charge.count)
        known = made.get(key)
        if known is None or _fullness(charge) > _fullness(known):
            made[key] = charge
    with_figure = {charge.subject for charge in made.values() if charge.figure is not None}
    kept = [one for one in made.values() if one.figure is not None or one.subject not in with_figure or one.part_of]
    return _without_twins(kept)


def _without_twins(kept: list[Charge]) -> list[Charge]:
    """The same rate with the same figure under two windows of which one is not printed is one charge."""
    gone = set()
    for one, other in ((a, b) for a in kept for b in kept if a is not b):
        same = (one.subject, one.figure, one.category) == (other.subject, other.figure, other.category)
        if same and one.figure is not None and one.window_days is None and other.window_days is not None:
            gone.add(id(one))
    return [one for one in kept if id(one) not in gone]


def _fullness(charge: Charge) -> int:
    return sum(
        value is not None
        for value in (
            charge.target,
            charge.count,
            charge.out_of,
            charge.window_days,
            charge.window_from,
            charge.category,
        )
    )
