"""The evidence and the final check as text: what each sentence rests on, and what has to be done before it goes out."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.evidence import Evidence, Row, label
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
    "unborne": "A count its evidence does not hold",
    "unknown_evidence": "Evidence there is not",
    "day": "A day that cannot be",
    "scenario": "A scenario there is not",
    "contradiction": "A contradiction",
    "blame": "Blames a carrier or a buyer",
    "promise": "Promises what nobody can keep",
}
OWN_ROWS = ("removals", "beside")  # for the one who answers: what may still be asked about, what the silent may think


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
        yield f"## {capital(one.name)}: {label(one.status)}"
        yield ""
        yield from (_row(row) for row in evidence.of(one) if row.kind not in OWN_ROWS)
        yield ""
    others = [row for row in evidence.rows if row.charge is None and row.kind not in OWN_ROWS]
    if others:
        yield "## What the seller states, and documents"
        yield ""
        yield from map(_row, others)
        yield ""


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
    yield from _for_you(evidence)
    explained = [one for one in found if one.explained]
    if explained:
        yield ""
        yield "## Contradictions explained"
        yield ""
        yield from (f"- {one.first} | {one.second}: {one.said} Explained: {one.explained}" for one in explained)


def _for_you(evidence: Evidence) -> Iterator[str]:
    """What the one who answers has to know and the marketplace need not read."""
    yield ""
    yield "## What the records do not support"
    yield ""
    yield from (f"- {sentence}" for sentence in evidence.unsupported)
    useful = [paper.shows for paper in evidence.papers if not paper.is_asked]
    if useful:
        yield ""
        yield "## Documents that would show more"
        yield ""
        yield from (f"- {shows}" for shows in useful)
    beside = [row for row in evidence.rows if row.kind == "beside"]
    if beside:
        yield ""
        yield "## What else the feedback says, for you alone"
        yield ""
        yield from map(_row, beside)
    if evidence.removals.height:
        with_ground = evidence.removals.get_column("ground").count()
        yield ""
        yield "## What may still be asked about"
        yield ""
        yield (
            f"{plural(evidence.removals.height, 'feedback or claim', 'feedbacks and claims')} of these days, {with_ground} of them with a ground "
            "that may apply (may-go.csv). Each is a suggestion, and no removal is promised."
        )
    yield ""
    yield "watch.csv and weeks.csv are for you as well: what to look at afterwards, with chances. The zip leaves them out."
