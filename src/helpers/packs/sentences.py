"""What an answer is made of: facts, each with the evidence it rests on, and gaps that a person has to fill.

A fact without evidence cannot be made. What the seller states is a fact of the case: it rests on the row that says who
stated it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = r"[ESDR]\d+(?:\.\d+)?"
REFERENCE = re.compile(rf"\[({_NUMBER}(?:, ?{_NUMBER})*)\]")
FILL = re.compile(r"\[FILL: [^\]]*\]")


@dataclass(frozen=True)
class Fact:
    """A sentence and the numbers of its evidence. Raises ValueError for one that rests on nothing."""

    text: str
    rests_on: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.rests_on:
            raise ValueError(f"expected the evidence of a sentence, found none: {self.text!r}")

    def __str__(self) -> str:
        return f"{self.text} [{', '.join(self.rests_on)}]"


@dataclass(frozen=True)
class Gap:
    """What only a person can say: it stands as [FILL: …] until they do."""

    what: str

    def __str__(self) -> str:
        return f"[FILL: {self.what}]"


@dataclass(frozen=True)
class Own:
    """The seller's own words, as they typed them: checked, never changed."""

    text: str

    def __str__(self) -> str:
        return self.text


Part = Fact | Gap | Own


@dataclass(frozen=True)
class Passage:
    """A heading of the answer and what stands under it, a point each. `level` is that of the heading."""

    heading: str
    parts: tuple[Part, ...] = ()
    level: int = 2

    def __str__(self) -> str:
        points = [str(part) if isinstance(part, Own) else f"- {part}" for part in self.parts]
        return "\n".join([f"{'#' * self.level} {self.heading}", "", *points, *([""] if points else [])])


def text(title: str, introduction: str, passages: Sequence[Passage]) -> str:
    """A document of passages in Markdown."""
    return "\n".join([f"# {title}", "", introduction, "", *map(str, passages)]).rstrip() + "\n"


def references(said: str) -> list[str]:
    """The numbers of evidence a text refers to."""
    return [number.strip() for found in REFERENCE.findall(said) for number in found.split(",")]
