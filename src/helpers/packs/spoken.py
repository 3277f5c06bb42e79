"""What the seller says in words, sentence by sentence with its place: own answers, causes, measures, earlier submissions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from helpers.cases import Case
from helpers.notices import dates, opening
from helpers.notices.clauses import Clause, clauses
from helpers.notices.layout import units
from helpers.packs.sentences import REFERENCE
from helpers.vocabulary import OwnEvent
from helpers.wording import day

SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "by",
        "with",
        "from",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "has",
        "have",
        "had",
        "we",
        "our",
        "us",
        "you",
        "your",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "not",
        "no",
        "as",
        "after",
        "before",
        "which",
        "who",
        "all",
        "any",
        "more",
        "than",
        "then",
        "when",
        "since",
        "will",
        "would",
        "their",
        "they",
        "them",
        "there",
        "because",
        "due",
        "caused",
        "cause",
        "root",
        "reason",
        "orders",
        "order",
    ]
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the seller.

    place   where it stands: `case.toml, answer to question 2`, `sent/plan-1.txt, line 4`
    is_now  of this answer; else of something handed in before
    about   the rate it speaks of; None: no one
    """

    text: str
    place: str
    is_now: bool
    about: str | None
    clause: Clause

    @property
    def days(self) -> list[date]:
        return [one.day for one in dates.days(self.text)]

    @property
    def stems(self) -> frozenset[str]:
        """The first letters of its words that carry meaning, to know the same thing said again."""
        bare = dates.DAY.sub(" ", REFERENCE.sub(" ", self.text)).lower()
        return frozenset(word[:5] for word in re.findall(r"[^\W\d_]{3,}", bare) if word not in SMALL)


def spoken(case: Case) -> list[Sentence]:
    """Every sentence of the seller in a case: what is said now, then what was handed in before."""
    said = case.said
    now: list[Sentence] = []
    for number, question in enumerate(said.questions, 1):
        now += _sentences(question.answer, f"case.toml, answer to question {number}", subject=question.subject)
    for name, entries in (("causes", said.causes), ("done", said.done), ("steps", said.steps)):
        for number, one in enumerate(entries, 1):
            now += _sentences(one.text, f"case.toml, [[{name}]] {number}", subject=one.subject)
    return [*now, *before(case)]


def of_event(event: OwnEvent) -> Sentence:
    """What account.toml tells of a day."""
    (told, *_) = _sentences(event.what, f"account.toml, [[events]] of {day(event.on)}", subject=event.metric)
    return told


def before(case: Case) -> list[Sentence]:
    """The sentences of everything handed in before."""
    found: list[Sentence] = []
    for one in case.said.sent:
        content = (case.folder / "sent" / one.file).read_bytes()
        for message in reversed(opening.messages(content)):
            found += _sentences(message.text, f"sent/{one.file}", is_now=False, first=message.line)
    return found


def _sentences(
    text: str, place: str, *, is_now: bool = True, subject: str | None = None, first: int | None = None
) -> Iterator[Sentence]:
    for clause in clauses(units(text)):
        where = f"{place}, line {clause.unit.line + first - 1}" if first is not None else place
        yield Sentence(clause.text, where, is_now, subject or clause.about, clause)
