"""Which documents go with an answer, which are missing, and what each must show."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.cases import Case
from helpers.notices import OtherPeriod

MUST_SHOW = {
    "invoices": "a real supplier's invoice: supplier with address and telephone, your business, date, products and at least "
    "the quantity you sold; prices may be covered, nothing else",
    "documents": "the paper the letter names, whole, legible, in colour, with the very name and address of the account",
}
AGES = {"invoices": "invoice_age", "documents": "document_age"}


@dataclass(frozen=True)
class Paper:
    """A document: `file` is None where it is asked for and not in the case."""

    what: str
    file: str | None
    shows: str


def papers(case: Case, periods: tuple[OtherPeriod, ...]) -> list[Paper]:
    """The documents of a case, those it lacks last."""
    there = [Paper(one.what, f"documents/{one.file}", one.shows) for one in case.said.documents]
    kinds = {one.what for one in there}
    missing = [
        Paper(kind, None, _must_show(kind, periods))
        for kind in MUST_SHOW
        if kind in case.said.asked and kind not in kinds
    ]
    return [*there, *missing]


def _must_show(kind: str, periods: tuple[OtherPeriod, ...]) -> str:
    """What such a paper must show; its age only where the letter prints one."""
    age = next((one.days for one in periods if one.what == AGES[kind]), None)
    return MUST_SHOW[kind] + (f"; not older than {age} days, as the letter says" if age else "")
