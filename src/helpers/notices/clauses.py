"""Units → clauses: one sentence (or the part of it) about one subject, with its figures, counts, windows and targets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from helpers.notices import dates, numbers, rules
from helpers.notices.layout import Unit
from helpers.notices.parting import Part, named, parts

NOT_WINDOW = re.compile(
    r"\b(?:within|next|coming|following|after|no more than|no later than|have|takes?|limit:?|deadline:?|up to|for as long as|than)(?: the)?(?: next| coming| about)? ?$",
    re.IGNORECASE,
)
NOT_AFTER = re.compile(
    r"^ (?:ago|from (?:now|the|today|this|receipt)|after|old|to (?:respond|reply|send|submit|appeal|act|complete))\b",
    re.IGNORECASE,
)

MEASURE = re.compile(
    r"\b(?:rates?|ratio|defects?|shipments?|dispatch\w*|cancel\w*|tracking|deliver\w*|invoices?|feedbacks?|claims?|refunds?|returns?|responses?|messages?)\b",
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
    found: list[Clause] = []
    several: tuple[str, ...] = ()  # the rates of the last unit that names more than one
    year = dates.latest(" ".join(unit.text for unit in units), month_first=month_first)
    for unit in units:
        made_of = parts(unit.text, several)
        found += [_clause(part, unit, month_first, year) for part in made_of]
        rates_here = tuple(dict.fromkeys(name for part in made_of for name in part.subjects if rules.is_rate(name)))
        several = rates_here if len(rates_here) > 1 else several
    rates = {name for one in found if not one.is_aside for name in one.subjects if rules.is_rate(name)}
    made: list[Clause] = []
    for number, one in enumerate(found):
        made.append(replace(one, about=_about(one, number, found, made, rates)))
    return made


def _labelled(unit: Unit) -> tuple[str, ...]:
    """The subject the label of a row or an item names in short: `Cancellations | 2.9%`."""
    label = unit.cells[0] if unit.kind == "row" else unit.text.partition(":")[0] if unit.kind == "item" else ""
    short = ((name, rules.loose(name)) for name in rules.subjects())
    return tuple(name for name, pattern in short if pattern and pattern.fullmatch(label.strip(" :")))[:1]


def _clause(part: Part, unit: Unit, month_first: bool, latest: date | None) -> Clause:
    return Clause(
        part.text,
        part.sentence,
        unit,
        part.subjects or _labelled(unit),
        None,
        tuple(numbers.shares(part.text)) if part.shares is None else part.shares,
        tuple(numbers.pairs(part.text)),
        tuple(windows(part.text, month_first=month_first, latest=latest)),
    )


def windows(text: str, *, month_first: bool, latest: date | None = None) -> list[Window]:
    """The windows a text names in order: periods that nobody has to act in, and spans of days.

    latest   the last day the message prints: a window ends on no later one, which tells the year of a day without one
    """
    spans = dates.spans(text, month_first=month_first)
    found = []
    for period in numbers.periods(text):
        before, after = text[: period.start], text[period.end :]
        if NOT_WINDOW.search(before) or NOT_AFTER.match(after):
            continue
        span = next(
            (one for one in spans if 0 <= one.start - period.end < 20 or 0 <= period.start - one.end < 20), None
        )
        ends = re.match(
            r",? (?:to|(?:\w+ ){0,3}(?:ending|ended|closed|closing)(?: on)?|until|up to) ", after, re.IGNORECASE
        )
        days = dates.days(text, month_first=month_first, latest=latest)
        last = next((one.day for one in days if one.start >= period.end), None)
        if span is not None:
            found.append(Window(period.days, span.first, span.last, period.start))
            spans = [one for one in spans if one is not span]
        else:
            found.append(Window(period.days, None, last if ends else None, period.start))
    found += [Window(one.days, one.first, one.last, one.start) for one in spans if one.days <= 400]
    return sorted(found, key=lambda one: one.start)


def _about(one: Clause, number: int, found: list[Clause], made: list[Clause], rates: set[str]) -> str | None:
    """The rate a clause belongs to. A figure with a target other than that of the rate around it is of something else."""
    own = [name for name in one.subjects if rules.is_rate(name)]
    if own:
        return own[0]
    around = _around(one, number, found, made, rates)
    known = {share.value for other in made if other.about == around for share in other.targets}
    is_another = one.figures and one.targets and known and not known & {share.value for share in one.targets}
    return None if is_another else around


def _around(one: Clause, number: int, found: list[Clause], made: list[Clause], rates: set[str]) -> str | None:
    """The rate the words around a clause speak of that names none itself."""
    if one.unit.kind in ("item", "row"):
        sentence_before = next(
            (other for other in reversed(made) if other.unit == one.unit and other.about is not None), None
        )
        led = [name for name, _ in named(one.unit.lead) if rules.is_rate(name)]
        if sentence_before is not None:
            return sentence_before.about
        if led:
            return led[-1]
        if one.unit.kind == "row" and one.unit.cells and MEASURE.search(one.unit.cells[0]):
            return None  # its label is of something else
        in_block = [other for other in made if other.unit.block == one.unit.block and other.about is not None]
        if one.unit.kind == "row" and in_block:
            return in_block[-1].about
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
    after = found[number + 1] if number + 1 < len(found) else None
    if one.figures and after and after.unit.block == one.unit.block and after.targets and not after.figures:
        said = [name for name in after.subjects if rules.is_rate(name)]  # its name comes with its target
        if len(said) == 1:
            return said[0]
    told = {other.about for other in made if other.about and (other.figures or other.pairs)}
    if len(told) == 1 and one.targets and not one.figures:
        return told.pop()
    is_short = len(one.text.split()) <= 8 and (one.shares or one.pairs or one.windows)
    before = made[-1] if made else None
    return before.about if before is not None and is_short and one.unit.kind == "sentence" else None
