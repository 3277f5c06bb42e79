"""Units → clauses: one sentence (or the part of it) about one subject, with its figures, counts, windows and targets."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from datetime import date

from helpers.notices import dates, numbers, rules
from helpers.notices.layout import ENDS, Unit

NOT_WINDOW = re.compile(
    r"\b(?:within|next|coming|following|after|no more than|no later than|have|takes?|limit:?|deadline:?|up to|for as long as|than)(?: the)?(?: next| coming| about)? ?$",
    re.IGNORECASE,
)
NOT_AFTER = re.compile(
    r"^ (?:ago|from (?:now|the|today|this|receipt)|after|old|to (?:respond|reply|send|submit|appeal|act|complete))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Window:
    """Days a figure stands for, as printed."""

    days: int | None
    first: date | None
    last: date | None
    start: int


@dataclass(frozen=True)
class Clause:
    """Words about at most one subject.

    sentence   the whole one it was cut from
    subjects   those its own words name (several only where no figure tells them apart)
    about      the rate it belongs to, by its own words or by those around it; None for none
    """

    text: str
    sentence: str
    unit: Unit
    subjects: tuple[str, ...]
    about: str | None
    shares: tuple[numbers.Share, ...] = ()
    pairs: tuple[numbers.Pair, ...] = ()
    windows: tuple[Window, ...] = ()

    @property
    def figures(self) -> tuple[numbers.Share, ...]:
        return tuple(one for one in self.shares if one.sense is None)

    @property
    def targets(self) -> tuple[numbers.Share, ...]:
        return tuple(one for one in self.shares if one.sense is not None)

    def marked(self, value: str) -> bool:
        """Whether it bears a mark; what is supposed, general or good is said of the whole sentence."""
        if value == "general" and re.search(r"\byour\b|\byou (?!can|may|should|must)", self.text, re.IGNORECASE):
            return False  # a general rule told beside the account's own figure
        of_all = value in ("supposed", "general", "link", "good")
        return rules.marked(value, self.sentence if of_all else self.text)

    @property
    def is_aside(self) -> bool:
        """Whether nothing in it can be held against anybody: supposed, a definition, help, a link."""
        return self.unit.role in ("definition", "help") or self.marked("supposed") or self.marked("link")


def clauses(units: list[Unit], *, month_first: bool = False) -> list[Clause]:
    """The clauses of a message in order, each with the rate it is about."""
    found = [_clause(*part, unit, month_first) for unit in units for part in _split(unit)]
    rates = {name for one in found for name in one.subjects if rules.is_rate(name)}
    made: list[Clause] = []
    for number, one in enumerate(found):
        made.append(replace(one, about=_about(one, number, found, made, rates)))
    return made


def named(text: str) -> list[tuple[str, int]]:
    """The subjects a text names with the place of each first, in order. A place belongs to one subject alone."""
    taken: list[range] = []
    found: list[tuple[str, int]] = []
    for one in rules.table("subjects"):
        for match in one.pattern.finditer(text):
            if not any(match.start() in span for span in taken):
                taken.append(range(match.start(), match.end()))
                found.append((one.value, match.start()))
    first: dict[str, int] = {}
    for name, start in sorted(found, key=lambda pair: pair[1]):
        first.setdefault(name, start)
    return list(first.items())


def _split(unit: Unit) -> list[tuple[str, str, tuple[str, ...]]]:
    """The sentences of a unit, those with figures of several rates cut before each rate: text, sentence, subjects."""
    ends = [0, *(match.end() for match in ENDS.finditer(unit.text)), len(unit.text)]
    parts: list[tuple[str, str, tuple[str, ...]]] = []
    for start, end in itertools.pairwise(ends):
        text = unit.text[start:end].strip()
        subjects = named(text)
        rates = [(name, at) for name, at in subjects if rules.is_rate(name)]
        if len(rates) > 1 and len(numbers.PERCENT.findall(text)) > 1:
            cuts = [0, *(at for _, at in rates[1:]), len(text)]
            for (name, _), first, last in zip(rates, cuts, cuts[1:], strict=False):
                inside = (name, *(other for other, at in subjects if not rules.is_rate(other) and first <= at < last))
                parts.append((text[first:last], text, inside))
        elif len(parted := _parted(text, rates)) > 1:
            parts += [(piece, text, (name,)) for name, piece in parted]
        elif text:
            parts.append((text, text, tuple(name for name, _ in subjects)))
    return parts


def _parted(text: str, rates: list[tuple[str, int]]) -> list[tuple[str, str]]:
    """The counts of several parts of a rate in one sentence: `12 had negative feedback, 10 an A-to-z claim`."""
    parts = [(name, at) for name, at in rates if "part_of" in rules.subjects()[name].more]
    if len(parts) < 2 or numbers.PERCENT.search(text):
        return []
    found, before = [], 0
    for name, at in parts:
        counts = [one for one in numbers.WHOLE.finditer(text, before, at) if at - one.end() < 30]
        if not counts:
            return []
        end = re.compile(r"[,;.]|\band\b|$").search(text, at)
        found.append((name, text[counts[-1].start() : end.start() if end else len(text)].strip()))
        before = at
    return found


def _clause(text: str, sentence: str, subjects: tuple[str, ...], unit: Unit, month_first: bool) -> Clause:
    return Clause(
        text,
        sentence,
        unit,
        subjects,
        None,
        tuple(numbers.shares(text)),
        tuple(numbers.pairs(text)),
        tuple(windows(text, month_first=month_first)),
    )


def windows(text: str, *, month_first: bool) -> list[Window]:
    """The windows a text names in order: periods that nobody has to act in, and spans of days."""
    spans = dates.spans(text, month_first=month_first)
    found = []
    for period in numbers.periods(text):
        before, after = text[: period.start], text[period.end :]
        if NOT_WINDOW.search(before) or NOT_AFTER.match(after):
            continue
        span = next(
            (one for one in spans if 0 <= one.start - period.end < 20 or 0 <= period.start - one.end < 20), None
        )
        ends = re.match(r",? (?:to|ending(?: on)?|until|up to) ", after, re.IGNORECASE)
        last = next((one.day for one in dates.days(text, month_first=month_first) if one.start >= period.end), None)
        if span is not None:
            found.append(Window(period.days, span.first, span.last, period.start))
            spans = [one for one in spans if one is not span]
        else:
            found.append(Window(period.days, None, last if ends else None, period.start))
    found += [Window(one.days, one.first, one.last, one.start) for one in spans if one.days <= 400]
    return sorted(found, key=lambda one: one.start)


def _about(one: Clause, number: int, found: list[Clause], made: list[Clause], rates: set[str]) -> str | None:
    own = [name for name in one.subjects if rules.is_rate(name)]
    if own:
        return own[0]
    if one.unit.kind in ("item", "row"):
        sentence_before = next(
            (other for other in reversed(made) if other.unit == one.unit and other.about is not None), None
        )
        led = [name for name, _ in named(one.unit.lead) if rules.is_rate(name)]
        if sentence_before is not None:
            return sentence_before.about
        if led:
            return led[-1]
    here = [other for other in made if other.unit.block == one.unit.block and other.about is not None]
    if here and one.unit.kind == "sentence":
        return here[-1].about
    in_block = {
        name
        for other in found[number:]
        if other.unit.block == one.unit.block
        for name in other.subjects
        if rules.is_rate(name)
    }
    if len(in_block) == 1:
        return in_block.pop()
    if len(rates) == 1:
        return next(iter(rates))
    is_short = len(one.text.split()) <= 8 and (one.shares or one.pairs or one.windows)
    before = made[-1] if made else None
    return before.about if before is not None and is_short and one.unit.kind == "sentence" else None
