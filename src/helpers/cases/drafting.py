"""A reading → the first text of case.toml, each line with the words it rests on, for a person to correct and confirm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from helpers.notices import Charge, Deadline, Reading, Words
from helpers.notices.telling import limit

KEYS = ("subject", "figure", "target", "target_sense", "count", "out_of", "window_days", "window_from", "window_to")
KEYS += ("fulfilment", "category", "part_of", "hedged")
QUESTIONS = (  # the three a plan of action answers; the page's own go before them
    ("What was the root cause?", "cause"),
    ("What have you done to resolve it?", "done"),
    ("What will keep it from happening again?", "prevention"),
)


def text(reading: Reading, letter: str, received_on: date, store: str) -> str:
    """The text of case.toml. store: the account's own, where the letter names none."""
    return "\n".join(_lines(reading, letter, received_on, store)) + "\n"


def _lines(reading: Reading, letter: str, received_on: date, store: str) -> Iterator[str]:
    yield "# A draft of what the letter says. Compare every line with the letter, correct it, then write your name into"
    yield "# confirmed_by: nothing is built on it before. Words and keys: docs/notices.md, docs/contracts.md section 8."
    yield ""
    yield _line("letter", letter)
    if reading.sent_on is None:
        yield "# the letter prints no day of its own: this is the day of this draft. Correct it: the deadline and every count"
        yield "# below go by it"
    yield _line("received_on", reading.sent_on or received_on)
    named = reading.marketplace if reading.marketplace.startswith("amazon.") else store
    if named != reading.marketplace:
        yield "# the letter names no marketplace: this is the first of the account"
    elif len(reading.marketplaces) > 1:
        yield f"# the letter names {', '.join(reading.marketplaces)}"
    yield _line("marketplace", named)
    yield from _quoted(reading.rests_on.get("kind", ()))
    yield _line("kind", reading.kind or "metric_warning")
    yield from _quoted(reading.rests_on.get("tone", ()))
    yield _line("tone", reading.tone or "warning")
    yield _line("scope", reading.scope)
    if reading.kind is None:
        yield f"# NOT READ: {_one_line(reading.note)}; kind and tone above are placeholders, and no charge is filled in"
    for one in reading.deadlines:
        yield from _quoted((one.words,))
        if one.is_doubtful:
            yield "# day and month could change places: look at the letter"
    if reading.deadline is None:
        yield "# deadline = 2026-12-31  # the letter prints none"
    else:
        yield f"# {limit(reading.deadline)}; where the letter names several, the first to end"
        first = reading.earlier[0].sent_on if reading.earlier else None
        yield _line("deadline", ends_on(reading.deadline, reading.sent_on or received_on, first))
    yield from _quoted(reading.rests_on.get("asked", ()))
    yield _line("asked", list(reading.asked))
    yield 'confirmed_by = ""'
    for charge in reading.charges:
        yield ""
        yield from _charge(charge)
    yield ""
    yield "# Copy the questions of the page or letter, word for word; these three stand for a plan of action."
    yield "# topic: cause, done, prevention, figures, documents, acknowledgement or other. answer: yours, else the kit's."
    for question, topic in QUESTIONS:
        yield "[[questions]]"
        yield _line("text", question)
        yield _line("topic", topic)
    yield from _OWN.strip("\n").split("\n")


def ends_on(deadline: Deadline, received_on: date, first_notice: date | None) -> date:
    """The last day of a deadline: the printed date, else so many days after the message it counts from."""
    if deadline.date is not None:
        return deadline.date
    since = first_notice if deadline.counts_from == "first_notice" and first_notice else received_on
    return since + timedelta(days=deadline.days or 0)


_OWN = """
# What only the seller knows. Each stands in the answers as the seller's own statement, never as something the files show.
# [[causes]]
# subject = "late_shipment_rate"
# text = "Orders placed after 14:00 were packed the next day."
# [[done]]
# subject = "late_shipment_rate"
# text = "A second packing shift works from 14:00 to 20:00."
# on = 2026-09-14
# owner = "operations manager"
# document = "shift-plan.pdf"   # in documents/ of the case
# [[steps]]
# subject = "late_shipment_rate"
# text = "Open orders are counted at 15:00 every day; over 20 the evening shift is extended."
# owner = "operations manager"
# by = 2026-12-01
# measure = "late_shipment_rate"
# [[documents]]
# file = "shift-plan.pdf"
# shows = "the two packing shifts since 14 September"
# [[sent]]
# file = "plan-1.txt"           # in sent/ of the case: everything handed in before
# on = 2026-10-02
"""


def _charge(charge: Charge) -> Iterator[str]:
    yield from _quoted(charge.words)
    if charge.sure != "stated":
        yield "# likely, not printed as a charge: take it out if the letter does not hold it against the seller"
    yield "[[charges]]"
    for key in KEYS:
        value = getattr(charge, key)
        if value is not None and value is not False:
            yield _line(key, format(value, "f") if key in ("figure", "target") else value)
    yield "# admitted = true  # or false, once it is decided"


def _line(key: str, value: Any) -> str:
    """A key with its value as TOML: basic strings are those of JSON."""
    if isinstance(value, date):
        return f"{key} = {value.isoformat()}"
    return f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "")


def _quoted(words: tuple[Words, ...]) -> Iterator[str]:
    for one in words:
        yield f"# line {one.line}: “{_one_line(one.text)}”"


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
