"""Evidence → the answers to the page's questions and the plan of action. Nothing is written that no row of evidence bears."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from helpers.cases import Question
from helpers.evidence import Evidence, Judged
from helpers.packs.sentences import Fact, Gap, Own, Part, Passage
from helpers.vocabulary import METRICS
from helpers.wording import capital, day, days

UNDECIDED = "The account's records alone do not decide this charge."


def answers(evidence: Evidence) -> list[Passage]:
    """The questions in the order of the page, each answered in the seller's words, else from evidence, else left open."""
    return [Passage(one.text, tuple(_answer(one, evidence))) for one in evidence.case.said.questions]


def _answer(question: Question, evidence: Evidence) -> Iterator[Part]:
    if question.answer:
        yield Own(question.answer)
        return
    if question.topic in ("documents", "acknowledgement", "other"):
        yield from _OTHER[question.topic](evidence)
        return
    chosen = [
        one for one in evidence.judged if question.subject in (None, one.charge.subject) and one.charge.part_of is None
    ]
    if not chosen:
        yield Gap(f"your answer: the case holds no charge for it ({question.topic})")
    yield from _once(part for one in chosen for part in _BY_TOPIC[question.topic](one, evidence))


def _once(parts: Iterable[Part]) -> Iterator[Part]:
    """Each sentence once: what answers two charges alike names the evidence of both."""
    numbers: dict[str, list[str]] = {}
    every = list(parts)
    for part in every:
        if isinstance(part, Fact):
            numbers.setdefault(part.text, []).extend(part.rests_on)
    for part in every:
        if not isinstance(part, Fact):
            yield part
        elif part.text in numbers:
            yield Fact(part.text, tuple(dict.fromkeys(numbers.pop(part.text))))


def plan(evidence: Evidence) -> list[Passage]:
    """The plan of action: for each charge what the records show, the cause, what was done, what prevents it."""
    made: list[Passage] = []
    for one in evidence.judged:
        if one.charge.part_of is not None and not _is_spoken_of(one, evidence):
            continue
        made.append(Passage(capital(one.name)))
        made.append(Passage("What the records show", tuple(_figures(one, evidence)), 3))
        made.append(Passage("Root cause", tuple(_causes(one, evidence)), 3))
        made.append(Passage("What has been done", tuple(_done(one, evidence)), 3))
        made.append(Passage("What keeps it from happening again", tuple(_steps(one, evidence)), 3))
    return made


def _is_spoken_of(one: Judged, evidence: Evidence) -> bool:
    """Whether a part of a rate has a cause or a measure of its own, or the letter asks for it apart."""
    said = evidence.case.said
    own = {entry.subject for entry in (*said.causes, *said.done, *said.steps)}
    return one.charge.subject in own or one.charge.subject in evidence.reading.plan_topics


def _figures(one: Judged, evidence: Evidence) -> Iterator[Part]:
    subject = one.charge.subject
    rows = evidence.of(one)
    said = (
        UNDECIDED if one.status == "cannot_be_judged" else one.finding
    )  # why not is for the one who answers: check.md
    yield Fact(said, tuple(row.number for row in rows if row.kind in ("letter", "count", "orders")))
    for row in rows:
        if row.kind in ("reason", "after", "driver"):
            yield Fact(row.said, (row.number,))
    if one.charge.admitted is None:
        yield Gap(f"do you admit the charge ({one.name})? Write admitted = true or false under [[charges]] {subject}")
    elif one.charge.admitted and one.is_met_today and one.older is not None:
        span = one.older.span
        said = f"We accept that the target was missed from {days(span.first, span.last)}."
        yield Fact(said, tuple(row.number for row in rows if row.kind in ("admission", "reason")))
    elif one.charge.admitted:
        yield Fact("We accept this charge.", tuple(row.number for row in rows if row.kind == "admission"))
    else:
        yield Fact(
            "We do not accept this charge as it stands.", tuple(row.number for row in rows if row.kind == "admission")
        )


def _causes(one: Judged, evidence: Evidence) -> Iterator[Part]:
    yield from _stated(one, evidence, "cause") or [
        Gap(f"the root cause of the {one.name}, in one sentence, under [[causes]]; the files do not say why")
    ]


def _done(one: Judged, evidence: Evidence) -> Iterator[Part]:
    yield from _stated(one, evidence, "done") or [
        Gap(f"what has been done about the {one.name}, by whom and on which day, under [[done]]")
    ]


def _steps(one: Judged, evidence: Evidence) -> Iterator[Part]:
    """The steps, each with owner, day, the rate that will show whether it works, and its scenario."""
    rows = [row for row in evidence.rows if (row.kind, row.subject) == ("step", one.charge.subject)]
    steps = [step for step in evidence.case.said.steps if step.subject == one.charge.subject]
    for row, step in zip(rows, steps, strict=True):
        scenario = f" Scenario: {step.scenario}." if step.scenario else ""
        measure = METRICS[step.measure].name
        said = f"By {day(step.by)}, {step.owner}: {_ended(step.text)} Measured by the {measure}.{scenario}"
        yield Fact(said, (row.number,))
    if not steps:
        yield Gap(
            f"what keeps it from happening again ({one.name}), with owner, day and the rate that shows it, under [[steps]]"
        )


def _stated(one: Judged, evidence: Evidence, kind: str) -> list[Part]:
    rows = [row for row in evidence.rows if (row.kind, row.subject) == (kind, one.charge.subject)]
    return [Fact(_ended(row.said), (row.number,)) for row in rows]


def _ended(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _papers(evidence: Evidence) -> Iterator[Part]:
    numbers = iter(evidence.numbers("document"))
    asked = [paper for paper in evidence.papers if paper.is_asked]
    for paper in asked:
        if paper.file is None:
            yield Gap(f"attach {paper.what}: {paper.shows}; then name the file under [[documents]]")
        else:
            yield Fact(f"{paper.file}: {_ended(paper.shows)}", (next(numbers),))
    if not asked:
        yield Gap("which documents go with the answer, under [[documents]]; none is named in the case")


def _acknowledged(evidence: Evidence) -> Iterator[Part]:
    yield Gap("read the rule on the page and tick it yourself: nobody can acknowledge it for you")


def _open(evidence: Evidence) -> Iterator[Part]:
    yield Gap("your answer, under [[questions]]; no row of evidence answers this question")


_BY_TOPIC: dict[str, Callable[[Judged, Evidence], Iterator[Part]]] = {
    "cause": _causes,
    "done": _done,
    "prevention": _steps,
    "figures": _figures,
}
_OTHER: dict[str, Callable[[Evidence], Iterator[Part]]] = {
    "documents": _papers,
    "acknowledgement": _acknowledged,
    "other": _open,
}
