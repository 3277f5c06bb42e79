"""case.toml: what a person confirmed of a letter, what the marketplace's page asks, and what only the seller knows.

As strict as account.toml: an unknown key is an error that names the nearest right one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from helpers.exports.setting_values import Choice, Store, Strict, nearest
from helpers.notices import ASKED, KINDS, SCOPES, SUBJECTS, TONES
from helpers.vocabulary import METRICS

Text = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
File = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\\/]+$")]  # in a folder of the case
Topic = Literal["cause", "done", "prevention", "figures", "documents", "acknowledgement", "other"]


def one_of(words: Iterable[str], what: str) -> AfterValidator:
    """A check that a text is one of these words."""
    known = tuple(words)

    def checked(said: str) -> str:
        if said not in known:
            raise ValueError(f"expected {what}{nearest(said, known)}")
        return said

    return AfterValidator(checked)


Subject = Annotated[str, one_of(SUBJECTS, "a subject of docs/notices.md")]
Asked = Annotated[str, one_of(ASKED, "one of the words of `asked` in docs/notices.md")]
Metric = Annotated[str, one_of(METRICS, "a rate of the kit (`seller-audit targets` lists them)")]


class Charge(Strict):
    """`[[charges]]`: one thing held against the seller, as the letter prints it.

    figure, target   fractions as text ("0.0199"); of the Account Health Rating its points
    admitted         whether the seller admits it; left out: not decided yet
    """

    subject: Subject
    figure: Choice | None = None
    target: Choice | None = None
    target_sense: Literal["below", "not_above", "at_least", "above", "equals", "stated_only"] | None = None
    count: Annotated[int, Field(ge=0)] | None = None
    out_of: Annotated[int, Field(ge=1)] | None = None
    window_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    window_from: date | None = None
    window_to: date | None = None
    fulfilment: Literal["merchant", "amazon"] | None = None
    category: Line | None = None
    part_of: Subject | None = None
    hedged: bool = False
    admitted: bool | None = None


class Question(Strict):
    """`[[questions]]`: a question of the marketplace's page or letter, copied word for word.

    topic    what it wants, so that the kit can answer from evidence; `other` is yours alone
    answer   your own words; empty: the kit answers what the records bear and leaves [FILL: …] for the rest
    """

    text: Text
    topic: Topic = "other"
    subject: Subject | None = None
    answer: Text = ""


class Cause(Strict):
    """`[[causes]]`: why it happened, in the seller's words: the files never say why."""

    subject: Subject
    text: Line
    document: File | None = None


class Done(Strict):
    """`[[done]]`: what has been done, by whom, on which day."""

    subject: Subject
    text: Line
    on: date
    owner: Line
    document: File | None = None


class Step(Strict):
    """`[[steps]]`: what keeps it from happening again: who, by when, and the rate that will show that it works."""

    subject: Subject
    text: Line
    owner: Line
    by: date
    measure: Metric
    scenario: Line | None = None


class Document(Strict):
    """`[[documents]]`: a paper that goes with the answer; the file lies in documents/ of the case."""

    file: File
    what: Literal["invoices", "documents", "plan_of_action", "other"] = "other"
    shows: Line


class Sent(Strict):
    """`[[sent]]`: what was handed in before; the file lies in sent/ of the case."""

    file: File
    on: date


class Explained(Strict):
    """`[[explained]]`: a contradiction that stands on purpose: one of its two places, and why both are said.

    against   the other place; left out: every contradiction of the place is explained
    """

    place: Line
    against: Line | None = None
    why: Line


class Said(Strict):
    """Everything case.toml may say (docs/contracts.md section 8)."""

    letter: File
    received_on: date
    marketplace: Store
    kind: Annotated[str, one_of(KINDS, "a kind of docs/notices.md")]
    tone: Annotated[str, one_of(TONES, "a tone of docs/notices.md")]
    confirmed_by: Text = ""
    scope: Annotated[str, one_of(SCOPES, "a scope of docs/notices.md")] = "none"
    deadline: date | None = None
    asked: tuple[Asked, ...] = Field(default=("none",), strict=False)
    charges: tuple[Charge, ...] = Field(default=(), strict=False)
    questions: tuple[Question, ...] = Field(default=(), strict=False)
    causes: tuple[Cause, ...] = Field(default=(), strict=False)
    done: tuple[Done, ...] = Field(default=(), strict=False)
    steps: tuple[Step, ...] = Field(default=(), strict=False)
    documents: tuple[Document, ...] = Field(default=(), strict=False)
    sent: tuple[Sent, ...] = Field(default=(), strict=False)
    explained: tuple[Explained, ...] = Field(default=(), strict=False)


__all__ = ["Cause", "Charge", "Document", "Done", "Explained", "Question", "Said", "Sent", "Step"]
