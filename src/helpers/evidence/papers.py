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
USEFUL = {  # by subject: what shows more than the downloads do
    "order_defect_rate": "for each claim the carrier's proof of delivery: tracking number, day, place; answers to the buyers",
    "a_to_z_claims": "for each claim the carrier's proof of delivery: tracking number, day, place; answers to the buyers",
    "late_shipment_rate": "the carrier's acceptance of the orders listed: tracking number or order number, day and hour",
    "cancellation_rate": "stock records of the orders listed: what was in stock on the day of the order",
    "valid_tracking_rate": "the carrier's record of the parcels listed: number, first scan, day",
    "on_time_delivery_rate": "the carrier's record of the parcels listed: first scan, delivery, day",
    "inauthentic": "invoices of the supplier for the very products, and a letter of the brand's owner where it is not yours",
    "intellectual_property": "a licence or letter of the rights owner that names the products and your business",
    "identity_verification": "an identity document and a recent bill that show the same name and address as the account",
    "related_account": "papers on owner, address, bank account and devices that tell the two businesses apart",
    "invoice_defect_rate": "the invoices of the orders listed, with the day each was uploaded",
}
AGES = {"invoices": "invoice_age", "documents": "document_age"}


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
    asked = [kind for kind in MUST_SHOW if kind in case.said.asked and kind not in kinds]
    missing = [Paper(kind, None, _must_show(kind, periods)) for kind in asked]
    shows = dict.fromkeys(USEFUL[one.subject] for one in case.said.charges if one.subject in USEFUL)
    return [*there, *missing, *(Paper("useful", None, one, is_asked=False) for one in shows)]


def _must_show(kind: str, periods: tuple[OtherPeriod, ...]) -> str:
    """What such a paper must show; its age only where the letter prints one."""
    age = next((one.days for one in periods if one.what == AGES[kind]), None)
    return MUST_SHOW[kind] + (f"; not older than {age} days, as the letter says" if age else "")
