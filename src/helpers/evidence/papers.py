"""Which documents go with an answer, which are missing, and what each must show."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.cases import Case
from helpers.notices import OtherPeriod
from helpers.sentences import say

AGES = {"invoices": "invoice_age", "documents": "document_age"}  # kinds of papers → the period a letter prints for them
# The charges of which papers show more than the downloads do.
SHOWN_MORE = ("order_defect_rate", "a_to_z_claims", "late_shipment_rate", "cancellation_rate", "valid_tracking_rate")
SHOWN_MORE += (
    "on_time_delivery_rate",
    "inauthentic",
    "intellectual_property",
    "identity_verification",
    "related_account",
)
SHOWN_MORE += ("invoice_defect_rate",)


@dataclass(frozen=True)
class Paper:
    """A document: `file` is None where it is not in the case. is_asked: the letter demands it."""

    what: str
    file: str | None
    shows: str
    is_asked: bool = True


def papers(case: Case, periods: tuple[OtherPeriod, ...]) -> list[Paper]:
    """The documents of a case, then those it lacks, then what would show more than the downloads."""
    there = [Paper(one.what, f"documents/{one.file}", one.shows) for one in case.said.documents]
    kinds = {one.what for one in there}
    asked = [kind for kind in AGES if kind in case.said.asked and kind not in kinds]
    missing = [Paper(kind, None, _must_show(kind, periods)) for kind in asked]
    subjects = [one.subject for one in case.said.charges if one.subject in SHOWN_MORE]
    shows = dict.fromkeys(say(f"shows-more.{subject}") for subject in subjects)
    return [*there, *missing, *(Paper("useful", None, one, is_asked=False) for one in shows)]


def _must_show(kind: str, periods: tuple[OtherPeriod, ...]) -> str:
    """What such a paper must show; its age only where the letter prints one."""
    age = next((one.days for one in periods if one.what == AGES[kind]), None)
    return say(f"must-show.{kind}", age=age or 0)
