"""The evidence and the final check as text: what each sentence rests on, and what has to be done before it goes out."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.evidence import LABEL, Evidence, Row
from helpers.notices.telling import in_words
from helpers.packs.checking import Problem
from helpers.packs.contradictions import Contradiction
from helpers.wording import capital, day, plural

MOST_FILES = 3
BY_HAND = ("acknowledgement", "quiz", "interview", "phone_call", "appeal")
TITLES = {
    "fill": "Left open",
    "document": "A document is missing",
    "unjudged": "A download would decide a charge",
    "no_evidence": "A figure without evidence",
    "unknown_evidence": "Evidence there is not",
    "scenario": "A scenario there is not",
    "contradiction": "A contradiction",
    "blame": "Blames a carrier or a buyer",
    "promise": "Promises what nobody can keep",
}
LATER = "What feedback and claims may still be asked about stands in may-go.csv. Each is a suggestion, and no removal is promised."


def evidence_text(evidence: Evidence) -> str:
    """The evidence as Markdown: charges, numbered rows, what the records do not support, documents."""
    return "\n".join(_evidence(evidence)) + "\n"


def _evidence(evidence: Evidence) -> Iterator[str]:
    said = evidence.case.said
    yield "# Evidence"
    yield ""
    yield (
        f"{evidence.audit.account.name}, {said.marketplace}. Letter of {day(said.received_on)}, confirmed by {said.confirmed_by}. "
        f"Counted as it could be seen on {day(evidence.audit.day)}, by the rules of that day."
    )
    yield ""
    for one in evidence.judged:
        yield f"## {capital(one.name)}: {LABEL[one.status].lower()}"
        yield ""
        yield from map(_row, evidence.of(one))
        yield ""
    others = [row for row in evidence.rows if row.charge is None]
    if others:
        yield "## What the seller states, and documents"
        yield ""
        yield from map(_row, others)
        yield ""
    yield "## What the records do not support"
    yield ""
    yield from (f"- {sentence}" for sentence in evidence.unsupported)
    yield ""
    yield "## Documents"
    yield ""
    for paper in evidence.papers:
        missing = (
            f"- MISSING ({paper.what}): must show {paper.shows}" if paper.is_asked else f"- would help: {paper.shows}"
        )
        yield f"- {paper.file}: {paper.shows}" if paper.file else missing
    if not any(paper.is_asked for paper in evidence.papers):
        yield "- The letter asks for none, and none is named in the case."
    if evidence.removals.height:
        yield ""
        yield LATER


def _row(row: Row) -> str:
    """A row with its source; of many files the first few, for evidence.csv names them all."""
    files = row.source.split(", ")
    more = f" and {plural(len(files) - MOST_FILES, 'more file')}" if len(files) > MOST_FILES else ""
    return f"- [{row.number}] {row.said} ({', '.join(files[:MOST_FILES])}{more})"


def check_text(evidence: Evidence, problems: list[Problem], found: list[Contradiction]) -> str:
    """The final check as Markdown. It is for the one who answers, and goes to nobody."""
    return "\n".join(_check(evidence, problems, found)) + "\n"


def _check(evidence: Evidence, problems: list[Problem], found: list[Contradiction]) -> Iterator[str]:
    yield "# Final check"
    yield ""
    if problems:
        yield f"This pack cannot go out yet: {plural(len(problems), 'point')}."
    else:
        yield "Nothing is left open and nothing contradicts. Read it once more as the one who gets it."
    said = evidence.case.said
    yield ""
    yield f"The answer is due on {day(said.deadline)}." if said.deadline else "The letter prints no deadline."
    by_hand = [in_words(one) for one in said.asked if one in BY_HAND]
    if by_hand:
        yield ""
        yield f"To be done on the page, by yourself: {', '.join(by_hand)}."
    for what, title in TITLES.items():
        same = [one for one in problems if one.what == what]
        if same:
            yield ""
            yield f"## {title}"
            yield ""
            yield from (f"- {one.place}: {one.said}" for one in same)
    explained = [one for one in found if one.explained]
    if explained:
        yield ""
        yield "## Contradictions explained"
        yield ""
        yield from (f"- {one.first} | {one.second}: {one.said}. Explained: {one.explained}" for one in explained)
