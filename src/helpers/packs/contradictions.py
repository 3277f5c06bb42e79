"""Where two places of a case say different things: figures, dates, causes, admissions; each with both places.

Between what the seller says now, what was handed in before, and what the files hold. A contradiction a person explains
under [[explained]] stays listed and no longer stops the pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from helpers.evidence import Evidence, Judged
from helpers.notices import dates, numbers
from helpers.packs.phrases import (
    ADMITS,
    BECAUSE,
    BY_DAY,
    CLOCK,
    COUNTED,
    DENIES,
    IN_WORDS,
    OF_LETTER,
    SPANNED,
    UNWARNED,
)
from helpers.packs.spoken import Sentence, of_event, spoken
from helpers.wording import day, share

SAME = 0.34  # of the words that carry meaning, shared by two sentences that speak of one thing


@dataclass(frozen=True)
class Contradiction:
    """Two places that cannot both be right. what: figure, date, measure, cause or admission."""

    what: str
    first: str
    second: str
    said: str
    explained: str = ""


def contradictions(evidence: Evidence) -> list[Contradiction]:
    """Every contradiction of a case, once each."""
    sentences = spoken(evidence.case)
    found = [
        *_figures(sentences, evidence),
        *_dates(sentences, evidence),
        *_measures(sentences, evidence),
        *_numbers(sentences),
        *_warned(sentences, evidence),
        *_causes(sentences),
        *_admissions(sentences, evidence),
    ]
    pairs = {(one.what, frozenset((one.first, one.second)), one.said): one for one in found}
    unique = {(one.what, one.second, one.said): one for one in reversed(pairs.values())}  # of equal measures the first
    return [
        Contradiction(one.what, one.first, one.second, one.said, _why(one, evidence))
        for one in reversed(unique.values())
    ]


def _why(found: Contradiction, evidence: Evidence) -> str:
    """What a person says of it; empty where nobody does."""
    places = {found.first, found.second}
    said = (one for one in evidence.case.said.explained if places >= {one.place, one.against or one.place})
    return next((one.why for one in said), "")


def _figures(sentences: list[Sentence], evidence: Evidence) -> Iterator[Contradiction]:
    """Figures no count of the evidence makes; where the files tell none, figures that differ between two places."""
    known = {subject: _known(subject, evidence) for subject in {one.about for one in sentences if one.about}}
    for one in sentences:
        counts = known.get(one.about or "", [])
        if not counts:
            continue
        for said in _own_figures(one):
            if not any(_agrees(said, part, whole) for part, whole, _ in counts):
                part, whole, place = counts[0]
                truth = (
                    f"“{said.text}” against {share(part, whole, 'order')}" if whole else f"“{said.text}” against {part}"
                )
                yield Contradiction("figure", one.place, place, f"{truth}: “{one.text}”")
    for one, other in combinations(sentences, 2):
        if one.about is None or one.about != other.about or known[one.about] or one.place == other.place:
            continue
        mine, theirs = {said.text for said in _own_figures(one)}, {said.text for said in _own_figures(other)}
        if mine and theirs and not mine & theirs:
            yield Contradiction("figure", one.place, other.place, f"“{one.text}” against “{other.text}”")


@dataclass(frozen=True)
class _Said:
    """A figure in words of the seller: a share, a count of a whole, or a count alone."""

    text: str
    share: numbers.Share | None = None
    part: int | None = None
    whole: int | None = None


def _own_figures(one: Sentence) -> list[_Said]:
    found = [_Said(one.clause.text[said.start : said.end], share=said) for said in one.clause.figures]
    found += [
        _Said(one.clause.text[pair.start : pair.end], part=pair.part, whole=pair.whole) for pair in one.clause.pairs
    ]
    if not found:
        for match in COUNTED.finditer(one.clause.text):
            told = match[1].lower()
            found.append(_Said(match[0], part=IN_WORDS[told] if told in IN_WORDS else numbers.whole(told)))
    return found


def _agrees(said: _Said, part: int, whole: int) -> bool:
    if said.share is not None:
        return bool(whole) and numbers.agrees(part, whole, said.share)
    return said.part in (part, whole) if said.whole is None else (said.part, said.whole) == (part, whole)


def _known(subject: str, evidence: Evidence) -> list[tuple[int, int, str]]:
    """The counts a figure about a rate may state, with the evidence that holds them: ours first, then the letter's."""
    found: list[tuple[int, int, str]] = []
    judged = [one for one in evidence.judged if one.charge.subject == subject]
    for one in judged:
        place = f"evidence {', '.join(row.number for row in evidence.of(one) if row.kind == 'count')}"
        for counted in one.counted:
            if counted.is_judged:
                found.append((counted.numerator, counted.denominator, place))
                found.append((counted.at_its_end, counted.denominator, place))
        found += [(after.part, after.whole, place) for after in evidence.afters(one)]
        if one.charge.count is not None:
            found.append((one.charge.count, one.charge.out_of or 0, place))
    if found:
        found += [pair for one in judged for pair in _printed(one)]
    return found


def _printed(one: Judged) -> Iterator[tuple[int, int, str]]:
    """The letter's own share, where it prints no count."""
    if one.charge.figure is not None and one.charge.out_of is None:
        ratio = Fraction(one.charge.figure)
        yield ratio.numerator, ratio.denominator, "the letter"


def _dates(sentences: list[Sentence], evidence: Evidence) -> Iterator[Contradiction]:
    """The same measure told with two days, in the case or in account.toml, and a day of the letter that is not its own."""
    events = [(one.on, of_event(one).place, of_event(one)) for one in evidence.audit.account.events]
    steps = {f"case.toml, [[steps]] {number}": one.by for number, one in enumerate(evidence.case.said.steps, 1)}
    due = [(steps[one.place], one.place, one) for one in sentences if one.place in steps]
    for on, place, told in due:
        for other in sentences:
            is_other = other.is_now and other.place != place and other.days and on not in other.days
            if is_other and BY_DAY.search(other.text) and _is_alike(told, other):
                yield Contradiction("date", place, other.place, f"by {day(on)} against “{other.text}”")
    done = _done(sentences, evidence) + events
    for on, place, told in done:
        for other in sentences:
            if other.place != place and other.days and on not in other.days and _is_alike(told, other):
                days = ", ".join(map(day, other.days))
                yield Contradiction("date", place, other.place, f"{day(on)} against {days}: “{other.text}”")
    for (on, place, told), (other_on, other_place, other) in combinations(done, 2):
        if on != other_on and _is_alike(told, other):
            yield Contradiction("date", place, other_place, f"{day(on)} against {day(other_on)}: “{other.text}”")
    for one, other in combinations([one for one in sentences if one.days], 2):
        if one.place != other.place and not set(one.days) & set(other.days) and _is_alike(one, other):
            yield Contradiction("date", one.place, other.place, f"“{one.text}” against “{other.text}”")
    letters = {evidence.case.said.received_on, *(one.sent_on for one in evidence.reading.earlier if one.sent_on)}
    letters |= {one.sent_on for one in (evidence.reading,) if one.sent_on} | {one.on for one in evidence.case.said.sent}
    for one in sentences:
        for found in _letter_days(one):
            if found not in letters:
                said = f"a letter of {day(found)} against {day(evidence.case.said.received_on)}: “{one.text}”"
                yield Contradiction("date", one.place, "case.toml, received_on", said)


def _measures(sentences: list[Sentence], evidence: Evidence) -> Iterator[Contradiction]:
    """A day on which account.toml tells one thing and the case another, with nothing in common."""
    done = _done(sentences, evidence)
    for event in evidence.audit.account.events:
        same_day = [(place, told) for on, place, told in done if on == event.on]
        theirs = of_event(event)
        if same_day and not any(_is_alike(told, theirs) for _, told in same_day):
            place, told = same_day[0]
            yield Contradiction(
                "measure", place, theirs.place, f"of {day(event.on)}: “{told.text}” against “{theirs.text}”"
            )


def _done(sentences: list[Sentence], evidence: Evidence) -> list[tuple[date, str, Sentence]]:
    """What was done by the case: day, place, sentence."""
    places = [(one.on, f"case.toml, [[done]] {number}") for number, one in enumerate(evidence.case.said.done, 1)]
    return [
        (on, place, told)
        for on, place in places
        if (told := next((one for one in sentences if one.place == place), None)) is not None
    ]


def _numbers(sentences: list[Sentence]) -> Iterator[Contradiction]:
    """Two sentences of one thing with other hours of the day, or with another number of the same."""
    for one, other in combinations(sentences, 2):
        if one.place == other.place or not _is_alike(one, other):
            continue
        hours = [{word: hour for word, hour in CLOCK.findall(each.text.lower())} for each in (one, other)]
        counts = [{unit: number for number, unit in SPANNED.findall(each.text.lower())} for each in (one, other)]
        is_other_hour = any(hours[0][word] != hours[1][word] for word in hours[0].keys() & hours[1].keys())
        is_other_count = any(counts[0][unit] != counts[1][unit] for unit in counts[0].keys() & counts[1].keys())
        if is_other_hour or is_other_count:
            yield Contradiction("figure", one.place, other.place, f"“{one.text}” against “{other.text}”")


def _warned(sentences: list[Sentence], evidence: Evidence) -> Iterator[Contradiction]:
    """Words that there was no warning, beside an answer handed in before or an earlier letter."""
    sent = [f"sent/{one.file}" for one in evidence.case.said.sent]
    earlier = [evidence.case.said.letter for one in evidence.reading.earlier if one.tone not in (None, "seller_text")]
    for one in sentences:
        for place in [*sent, *earlier][:1]:
            if one.is_now and UNWARNED.search(one.text):
                yield Contradiction("figure", one.place, place, f"there was an earlier letter: “{one.text}”")


def _letter_days(one: Sentence) -> Iterator[date]:
    for found in dates.days(one.text):
        if OF_LETTER.search(one.text[: found.start].rstrip() + " "):
            yield found.day


def _is_alike(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences speak of one thing: enough of their words are shared."""
    shared, fewer = one.stems & other.stems, min(len(one.stems), len(other.stems))
    return len(shared) >= 2 and len(shared) >= SAME * max(fewer, 1)


def _causes(sentences: list[Sentence]) -> Iterator[Contradiction]:
    """A cause told before that shares nothing with the one told now of the same charge."""
    of_case = [one for one in sentences if "[[causes]]" in one.place]
    answers = [one for one in sentences if one.is_now and one not in of_case and BECAUSE.search(one.text)]
    for one in answers:
        same = [cause for cause in of_case if one.about in (None, cause.about)]
        if same and not any(cause.stems & one.stems for cause in same):
            yield Contradiction("cause", same[0].place, one.place, f"“{same[0].text}” against “{one.text}”")
    now = of_case + answers
    then = [one for one in sentences if not one.is_now and BECAUSE.search(one.text)]
    for earlier in then:
        same = [one for one in now if earlier.about in (None, one.about) or one.about is None]
        if same and not any(earlier.stems & one.stems for one in same):
            yield Contradiction("cause", same[0].place, earlier.place, f"“{same[0].text}” against “{earlier.text}”")


def _admissions(sentences: list[Sentence], evidence: Evidence) -> Iterator[Contradiction]:
    for judged in evidence.judged:
        subject, admitted = judged.charge.subject, judged.charge.admitted
        place = f"case.toml, [[charges]] {subject}"
        rows = ", ".join(row.number for row in evidence.of(judged) if row.kind == "count")
        if admitted is False and judged.status == "charge_confirmed":
            yield Contradiction(
                "admission", place, f"evidence {rows}", f"not admitted, while the files confirm it: {judged.finding}"
            )
        if admitted is True and (judged.status == "charge_not_confirmed" or judged.is_met_today):
            yield Contradiction(
                "admission", place, f"evidence {rows}", f"admitted, while the files do not confirm it: {judged.finding}"
            )
        if admitted is None:
            continue
        against = DENIES if admitted else ADMITS
        for one in sentences:
            if one.about in (subject, None) and against.search(one.text) and not (one.about is None and one.is_now):
                yield Contradiction(
                    "admission", place, one.place, f"{'admitted' if admitted else 'not admitted'} against “{one.text}”"
                )
    for one, other in combinations(sentences, 2):
        pairs = ((one, other), (other, one))
        of_one_thing = one.about == other.about or None in (one.about, other.about)
        are_opposed = any(DENIES.search(a.text) and ADMITS.search(b.text) for a, b in pairs)
        if one.is_now != other.is_now and of_one_thing and are_opposed:
            yield Contradiction("admission", one.place, other.place, f"“{one.text}” against “{other.text}”")
