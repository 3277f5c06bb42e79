"""A charge against the files: confirmed, not confirmed, partly, or not to be judged, with a sentence.

"Not confirmed" is said only of a count that bears it: never from a bound, a gap, or a window the files do not tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from helpers.audit import Audit
from helpers.cases import Charge
from helpers.evidence import counting, gap, meant
from helpers.evidence.counting import Counted, Older
from helpers.evidence.gap import Reason
from helpers.evidence.meant import Meant
from helpers.notices.telling import in_words
from helpers.wording import bound, capital, days, fulfilled_by, plural, share

Status = Literal["charge_confirmed", "charge_not_confirmed", "partly_confirmed", "cannot_be_judged"]
LABEL = {
    "charge_confirmed": "Confirmed",
    "charge_not_confirmed": "Not confirmed",
    "partly_confirmed": "Partly confirmed",
    "cannot_be_judged": "Cannot be judged from these files",
}

NAMES = {  # where the word of the vocabulary is no noun a sentence can go on with
    "inauthentic": "charge of inauthentic items",
    "intellectual_property": "intellectual property complaint",
    "restricted_product": "sale of restricted products",
    "not_as_described": "charge of items not as described",
    "not_received": "charge of items not received",
    "drop_shipping": "drop shipping charge",
    "diverting_buyers": "charge of diverting buyers",
    "related_account": "link to a related account",
    "support_misuse": "misuse of seller support",
    "a_to_z_misuse": "misuse of the A-to-z guarantee",
    "listing_policy": "breach of the listing policy",
    "a_to_z_claims": "A-to-z claim rate",
}


@dataclass(frozen=True)
class Judged:
    """One charge, judged.

    counted   the windows that were looked at, the one the sentence speaks of first
    older     an earlier window that held the letter's very count
    """

    charge: Charge
    status: Status
    finding: str
    meant: Meant | None = None
    counted: tuple[Counted, ...] = ()
    older: Older | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def name(self) -> str:
        """The charge in words: `late shipment rate`, `valid tracking rate, Office`, `charge of inauthentic items`."""
        said = NAMES.get(self.charge.subject, in_words(self.charge.subject))
        return f"{said}, {self.charge.category}" if self.charge.category else said

    @property
    def is_met_today(self) -> bool:
        """Whether only an older window holds what the letter says: the one judged on its day meets the target."""
        return self.older is not None and bool(self.counted) and self.counted[0].is_met is True

    @property
    def download(self) -> tuple[str, ...]:
        """What would let the files judge it, or find what the letter counts more; empty where no download can."""
        if not self.counted or self.status in ("charge_confirmed", "charge_not_confirmed"):
            return ()
        first = self.counted[0]
        if self.status == "partly_confirmed":
            return first.download if first.exactness != "exact" and self.older is None else ()
        if first.is_covered or first.download or first.exactness == "impossible":
            return first.download
        return (f"the files of {days(first.span.first, first.span.last)} that are not there",)


def judged(charge: Charge, audit: Audit, store: str) -> Judged:
    """The charge of a letter that came the day after `audit.day`."""
    what = meant.of(charge, audit, store)
    theirs = None if what is not None else _marketplace(charge, audit, store)
    if theirs is not None:
        return theirs
    if what is None:
        return Judged(charge, "cannot_be_judged", _no_rate(charge))
    if not what.groups or not what.spans:
        said = f"the files tell no {what.metric.name}" + (
            f" of the category {charge.category}" if charge.category else ""
        )
        return Judged(charge, "cannot_be_judged", f"Cannot be judged: {said}.", what)
    found = sorted((counting.counted(what, span, audit) for span in what.spans), key=_telling)
    first = found[0]
    older = (
        counting.older_window(what, first.span, audit)
        if first.is_judged and not counting.as_printed(what, first)
        else None
    )
    reasons = gap.reasons(what, first, older, audit)
    status, said = _status(what, found, older)
    return Judged(charge, status, capital(said), what, tuple(found), older, tuple(reasons))


def _marketplace(charge: Charge, audit: Audit, store: str) -> Judged | None:
    """A charge about a rate of which only the marketplace's own file tells: the letter beside that file."""
    rows = audit.verdicts.filter(
        pl.col("metric") == charge.subject, pl.col("marketplace") == store, pl.col("source") == "marketplace"
    )
    for row in rows.filter(pl.col("status").is_in(["breached", "met"])).iter_rows(named=True):
        status: Status = "charge_confirmed" if row["status"] == "breached" else "charge_not_confirmed"
        said = f"{LABEL[status]}: the marketplace's own account-health file says so, and no other file tells it."
        return Judged(charge, status, f"{said} {row['finding']}")
    return None


def _telling(one: Counted) -> tuple[bool, bool]:
    """Windows that can be judged first, of these a missed one: where the letter names none it may mean either."""
    return (not one.is_judged, one.is_met is not False)


def _no_rate(charge: Charge) -> str:
    return (
        f"Cannot be judged: no download tells whether the {in_words(charge.subject)} charge is right. "
        "It is answered with documents and the seller's own statements."
    )


def _status(what: Meant, found: list[Counted], older: Older | None) -> tuple[Status, str]:
    one = found[0]
    if not one.is_judged:
        return "cannot_be_judged", f"cannot be judged: {_why_not(what, one)}"
    held = _held(what, one)
    if one.is_met is None or what.aim is None:
        return _by_count(what, one, held)
    target = f"the target of {what.aim.words}"
    if not one.bears:
        can = "that the target was missed" if not one.is_met else "that it was met"
        why = "; ".join(one.missing) or "the files tell it as a bound only"
        return "cannot_be_judged", f"{held}. A figure that is only {_bound(one)} cannot bear {can}: {why}."
    too_few = _too_few(what, one)
    if one.is_met:
        windows = (
            "" if len(found) == 1 else " The letter prints no window; in every window of the rules the target was met."
        )
        undecided = [other for other in found[1:] if not (other.is_judged and other.bears)]
        if undecided:
            return (
                "cannot_be_judged",
                f"{held}, which meets {target}; the letter prints no window, and another cannot be told.",
            )
        if older is not None:
            return "partly_confirmed", f"{held}, which meets {target}. {_older(what, older)}{too_few}"
        return "charge_not_confirmed", f"not confirmed: {held}, which meets {target}.{windows}{too_few}"
    if not _has_figure(what) or counting.as_printed(what, one):
        same = "" if not _has_figure(what) else " The letter's figure is the same."
        return "charge_confirmed", f"confirmed: {held}, which misses {target}.{same}{too_few}"
    if older is not None:
        return "partly_confirmed", f"{held}, which misses {target}. {_older(what, older)}{too_few}"
    if one.exactness != "exact":
        return (
            "partly_confirmed",
            f"that {target} was missed is confirmed: {held}. The letter's own figure cannot be checked against a bound.{too_few}",
        )
    return "partly_confirmed", f"that {target} was missed is confirmed, the letter's figure is not: {held}.{too_few}"


def _by_count(what: Meant, one: Counted, held: str) -> tuple[Status, str]:
    """A count without a target, as of one kind of defect: the letter's beside ours."""
    if not _has_figure(what):
        return "cannot_be_judged", f"{held}. The letter prints neither a figure nor a target, and none was in force."
    if one.exactness != "exact":
        return (
            "cannot_be_judged",
            f"{held}. A figure that is only {_bound(one)} neither confirms the letter's nor refutes it.",
        )
    if counting.as_printed(what, one):
        return "charge_confirmed", f"confirmed: {held}. The letter's figure is the same."
    if what.metric.bad_of(one.numerator, one.denominator) == 0:
        return "charge_not_confirmed", f"not confirmed: {held}."
    return "partly_confirmed", f"{held}. The letter's figure is another."


def _has_figure(what: Meant) -> bool:
    return what.charge.figure is not None or what.charge.count is not None


def _older(what: Meant, older: Older) -> str:
    return f"The letter's count is that of {gap.window(older)}."


def _held(what: Meant, one: Counted) -> str:
    """The files' figure with counts, window and whose it is."""
    figure = share(one.numerator, one.denominator, what.metric.one_is)
    whose = f"{what.marketplace}, {fulfilled_by(what.fulfilment)}"
    window = f"{days(one.span.first, one.span.last)}, {plural(one.span.days, 'day')}"
    assumed = "" if one.span.is_printed else ", the window of the rules on the day of the letter"
    channel = "" if what.is_channel_printed else "; the letter names no channel"
    return f"the account's records hold {bound(one.exactness)}{figure} {what.metric.numerator_is} ({whose}, {window}{assumed}{channel})"


def _bound(one: Counted) -> str:
    return {"lower_bound": "“at least”", "upper_bound": "“at most”", "approximate": "“about”"}.get(
        one.exactness, "a bound"
    )


def _why_not(what: Meant, one: Counted) -> str:
    if one.exactness == "impossible":
        return f"no file tells the {what.metric.name}."
    window = days(one.span.first, one.span.last)
    if not one.is_covered:
        return f"the files do not tell every day of {window}."
    return f"the files hold no {what.metric.one_is} of this kind from {window}."


def _too_few(what: Meant, one: Counted) -> str:
    """Where the rule itself does not judge so few."""
    floor = what.aim.min_count if what.aim else None
    if floor is None or one.denominator >= floor:
        return ""
    return f" The rule judges from {plural(floor, what.metric.one_is)} on; these are {one.denominator}."
