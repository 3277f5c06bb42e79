"""The final check of a pack: what still has to be filled, proved, explained or attached before it can go out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers import scenarios
from helpers.evidence import Evidence
from helpers.notices import dates, numbers
from helpers.packs.contradictions import Contradiction
from helpers.packs.phrases import BLAMES, COUNT, MANY, PROMISES
from helpers.packs.sentences import FILL, REFERENCE, Gap, Own, Passage, references
from helpers.packs.spoken import Sentence, spoken
from helpers.wording import day


@dataclass(frozen=True)
class Problem:
    """Something that stops a pack.

    what    fill, document, unjudged, day, contradiction, no_evidence, unborne, unknown_evidence, scenario, blame, promise
    place   where it stands
    """

    what: str
    place: str
    said: str


def problems(evidence: Evidence, documents: dict[str, list[Passage]], found: list[Contradiction]) -> list[Problem]:
    """Everything that stops a pack; none: it can go out. documents: name → passages."""
    every = [
        *_fills(documents),
        *_missing(evidence),
        *_unjudged(evidence),
        *_days(evidence),
        *_own_words(evidence, documents),
        *_spoken(evidence),
        *_scenarios(evidence),
        *_standing(found),
    ]
    return list(dict.fromkeys(every))


def _fills(documents: dict[str, list[Passage]]) -> Iterator[Problem]:
    """Each gap once, with every place where it stands."""
    places: dict[str, list[str]] = {}
    for name, passages in documents.items():
        for passage in passages:
            for part in passage.parts:
                if isinstance(part, Gap) or (isinstance(part, Own) and FILL.search(part.text)):
                    places.setdefault(str(part), []).append(f"{name}, {passage.heading}")
    for said, found in places.items():
        yield Problem("fill", "; ".join(dict.fromkeys(found)), said)


def _missing(evidence: Evidence) -> Iterator[Problem]:
    for paper in evidence.papers:
        if paper.file is None and paper.is_asked:
            said = f"the letter asks for {paper.what}; each must show {paper.shows}"
            yield Problem("document", "case.toml, [[documents]]", said)


DOWNLOAD = "download"  # what an explanation is written against that the files cannot be had


def _days(evidence: Evidence) -> Iterator[Problem]:
    """What is told as done and lies ahead, and what is to be done and lay before the letter."""
    said, today = evidence.case.said, evidence.audit.today
    for number, done in enumerate(said.done, 1):
        if done.on > today:
            yield Problem("day", f"case.toml, [[done]] {number}", f"told as done, and {day(done.on)} is still to come")
    for number, step in enumerate(said.steps, 1):
        if step.by < said.received_on:
            why = f"told as a step to come, and {day(step.by)} was before the letter"
            yield Problem("day", f"case.toml, [[steps]] {number}", f"{why}: under [[done]] if it was done")


def _unjudged(evidence: Evidence) -> Iterator[Problem]:
    """Charges a download would let the records judge; one a person explained goes out as it is."""
    explained = {one.place for one in evidence.case.said.explained if one.against == DOWNLOAD}
    for one in evidence.judged:
        place = f"case.toml, [[charges]] {one.charge.subject}"
        if one.download and place not in explained:
            yield Problem("unjudged", place, f"{one.finding} Download: {'; '.join(one.download)}")


def _own_words(evidence: Evidence, documents: dict[str, list[Passage]]) -> Iterator[Problem]:
    """Figures in the seller's own answers that name no evidence, and evidence there is not."""
    rows = {row.number: row.said for row in evidence.rows}
    for name, passages in documents.items():
        for passage in passages:
            for part in passage.parts:
                unknown = [number for number in references(str(part)) if number not in rows]
                for number in unknown:
                    yield Problem(
                        "unknown_evidence", f"{name}, {passage.heading}", f"{number} is no row of the evidence"
                    )
    for number, question in enumerate(evidence.case.said.questions, 1):
        place = f"case.toml, answer to question {number}"
        for sentence in re.split(r"(?<=[.!?\]])\s+(?=[A-Z])", question.answer):
            if re.search(r"\d", REFERENCE.sub("", sentence)) and not references(sentence):
                yield Problem(
                    "no_evidence",
                    place,
                    f"a sentence with a figure or a day names no evidence, as in [E1.2]: “{sentence}”",
                )
            yield from _borne(place, sentence, rows)
    for one in _now(evidence):
        if MANY.search(one.text) and not references(one.text):
            said = f"it says how many without a number of evidence, as in [E1.2]: “{one.text}”"
            yield Problem("no_evidence", one.place, said)


def _borne(place: str, sentence: str, rows: dict[str, str]) -> Iterator[Problem]:
    """Counts of a sentence that stand in none of the rows it names."""
    cited = [rows[number] for number in references(sentence) if number in rows]
    whole = {numbers.whole(found) for row in cited for found in COUNT.findall(row)}
    for found in COUNT.findall(REFERENCE.sub("", dates.DAY.sub(" ", sentence))):
        if cited and numbers.whole(found) not in whole:
            said = f"{found} stands in none of the rows this sentence names: “{sentence}”"
            yield Problem("unborne", place, said)


def _spoken(evidence: Evidence) -> Iterator[Problem]:
    for one in _now(evidence):
        if BLAMES.search(one.text):
            yield Problem("blame", one.place, f"this blames a carrier or a buyer: “{one.text}”")
        if PROMISES.search(one.text):
            yield Problem("promise", one.place, f"this promises what nobody can keep: “{one.text}”")


def _now(evidence: Evidence) -> list[Sentence]:
    return [one for one in spoken(evidence.case) if one.is_now]


def _scenarios(evidence: Evidence) -> Iterator[Problem]:
    """Steps that name a scenario the account does not have."""
    steps = [(number, step) for number, step in enumerate(evidence.case.said.steps, 1) if step.scenario]
    if not steps:
        return
    known = {one.name for one in scenarios.of(evidence.audit).scenarios}
    for number, step in steps:
        if step.scenario not in known:
            said = f"no scenario is called {step.scenario!r}; there are: {', '.join(sorted(known))}"
            yield Problem("scenario", f"case.toml, [[steps]] {number}", said)


def _standing(found: list[Contradiction]) -> Iterator[Problem]:
    for one in found:
        if not one.explained:
            yield Problem("contradiction", f"{one.first} | {one.second}", f"{one.what}: {one.said}")
