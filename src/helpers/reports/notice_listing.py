"""A reading as a person reads it in a terminal: what was read, from which words, how sure; what is left to the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from helpers.notices.reading import Reading, Words, as_json
from helpers.notices.telling import in_words, limit, told
from helpers.reports.terminal import clean
from helpers.wording import day, plural

SURE = {"stated": "printed so", "likely": "likely", "unclear": "not clear"}


def as_text(reading: Reading) -> str:
    """The reading, a line a finding with the words it rests on."""
    return "\n".join(_lines(reading))


def _lines(reading: Reading) -> Iterator[str]:
    if reading.kind is None:
        yield f"Not read. {reading.note}"
        return
    yield f"{in_words(reading.kind)} ({reading.tone}), marketplace: {reading.marketplace}, withdrawn: {in_words(reading.scope)}"
    if reading.sent_on:
        yield f"printed day of the message: {day(reading.sent_on)}"
    if reading.truncated:
        yield "! the text breaks off: what follows was not read"
    for charge in reading.charges:
        yield f"charge: {told(replace(charge, category=charge.category and clean(charge.category)))} [{SURE[charge.sure]}]"
        yield from _quoted(charge.words)
    if not reading.charges:
        yield "charges: none"
    if reading.note:
        yield f"! {clean(reading.note)}"
    for one in reading.deadlines:
        yield f"deadline: {limit(one)}"
        yield from _quoted((one.words,))
    if not reading.deadlines:
        yield "deadline: none is printed"
    said = as_json(reading)
    for name in ("asked", "offered", "plan_topics", "mentions"):
        if said[name]:
            yield f"{in_words(name)}: {', '.join(map(in_words, said[name]))}"
            yield from _quoted(reading.rests_on.get(name, ()))
    yield f"money held: {said['funds_held']}".lower()
    for period in reading.other_periods:
        yield f"no deadline: {plural(period.days, 'day')} ({in_words(period.what)})"
    for one in reading.earlier:
        yield "earlier message:"
        yield from (f"    {line}" for line in _lines(one))
    yield "A person has to compare this with the letter before anything is built on it."


def _quoted(words: tuple[Words, ...]) -> Iterator[str]:
    for one in words:
        yield f"    line {one.line}: “{clean(one.text)}”"
