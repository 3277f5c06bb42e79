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
from helpers.sentences import Value, say
from helpers.wording import bound, capital, counted, days, fulfilled_by, share, uncounted

Status = Literal["charge_confirmed", "charge_not_confirmed", "partly_confirmed", "cannot_be_judged"]
STATUSES: tuple[Status, ...] = ("charge_confirmed", "charge_not_confirmed", "partly_confirmed", "cannot_be_judged")


def label(status: str) -> str:
    """A status in words: `not confirmed`."""
    return say(f"charge-status.{status}")


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
        return ", ".join(filter(None, [say(f"charge.{self.charge.subject}"), self.charge.category]))

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
        return (say("charge-lacks.days", days=days(first.span.first, first.span.last)),)


def judged(charge: Charge, audit: Audit, store: str) -> Judged:
    """The charge of a letter that came the day after `audit.day`."""
    what = meant.of(charge, audit, store)
    theirs = None if what is not None else _marketplace(charge, audit, store)
    if theirs is not None:
        return theirs
    if what is None:
        return Judged(charge, "cannot_be_judged", _said("no_rate"))
    if not what.groups or not what.spans:
        said = _said("no_group", rate=what.metric.name, category=charge.category or "none")
        return Judged(charge, "cannot_be_judged", said, what)
    found = sorted((counting.counted(what, span, audit) for span in what.spans), key=_telling)
    first = found[0]
    older = (
        counting.older_window(what, first.span, audit)
        if first.is_judged and not counting.as_printed(what, first)
        else None
    )
    reasons = gap.reasons(what, first, older, audit)
    status, said = _status(what, found, older)
    return Judged(charge, status, said, what, tuple(found), older, tuple(reasons))


def _marketplace(charge: Charge, audit: Audit, store: str) -> Judged | None:
    """A charge about a rate of which only the marketplace's own file tells: the letter beside that file."""
    rows = audit.verdicts.filter(
        pl.col("metric") == charge.subject, pl.col("marketplace") == store, pl.col("source") == "marketplace"
    )
    for row in rows.filter(pl.col("status").is_in(["breached", "met"])).iter_rows(named=True):
        status: Status = "charge_confirmed" if row["status"] == "breached" else "charge_not_confirmed"
        return Judged(charge, status, _said("theirs", status=label(status), finding=row["finding"]))
    return None


def _telling(one: Counted) -> tuple[bool, bool]:
    """Windows that can be judged first, of these a missed one: where the letter names none it may mean either."""
    return (not one.is_judged, one.is_met is not False)


def _said(finding: str, /, **given: Value) -> str:
    return capital(say(f"charge-finding.{finding}", **given))


def _status(what: Meant, found: list[Counted], older: Older | None) -> tuple[Status, str]:
    one = found[0]
    if not one.is_judged:
        return "cannot_be_judged", _why_not(what, one)
    if one.is_met is None or what.aim is None:
        return _by_count(what, one)
    held, aim = _held(what, one), what.aim.words
    if not one.bears:
        why = "; ".join(one.missing) or say("charge-lacks.bound")
        met = "yes" if one.is_met else "no"
        return "cannot_be_judged", _said("not_borne", held=held, exactness=one.exactness, met=met, why=why)
    if one.is_met and any(not (other.is_judged and other.bears) for other in found[1:]):
        return "cannot_be_judged", _said("met_in_one", held=held, aim=aim)
    status, finding, besides = _against_target(what, one, older, is_in_every=len(found) > 1)
    return status, " ".join([_said(finding, held=held, aim=aim), *besides, *_too_few(what, one)])


def _against_target(
    what: Meant, one: Counted, older: Older | None, *, is_in_every: bool
) -> tuple[Status, str, list[str]]:
    """What a target that was met, or missed, says of the charge: the sentence of `charge-finding`, and what is said besides."""
    then = [] if older is None else [say("charge-besides.older", **gap.window(older))]
    if one.is_met:
        if then:
            return "partly_confirmed", "met", then
        return "charge_not_confirmed", "not_confirmed", [say("charge-besides.every_window")] if is_in_every else []
    if not _has_figure(what) or counting.as_printed(what, one):
        return "charge_confirmed", "confirmed", [say("charge-besides.same")] if _has_figure(what) else []
    if then:
        return "partly_confirmed", "missed", then
    return "partly_confirmed", "figure_not_confirmed" if one.exactness == "exact" else "miss_confirmed", []


def _by_count(what: Meant, one: Counted) -> tuple[Status, str]:
    """A count without a target, as of one kind of defect: the letter's beside ours."""
    held = _held(what, one)
    if not _has_figure(what):
        return "cannot_be_judged", _said("no_figure", held=held)
    if one.exactness != "exact":
        return "cannot_be_judged", _said("count_is_bound", held=held, exactness=one.exactness)
    if counting.as_printed(what, one):
        return "charge_confirmed", f"{_said('count_confirmed', held=held)} {say('charge-besides.same')}"
    if what.metric.bad_of(one.numerator, one.denominator) == 0:
        return "charge_not_confirmed", _said("count_not_confirmed", held=held)
    return "partly_confirmed", _said("count_differs", held=held)


def _has_figure(what: Meant) -> bool:
    return what.charge.figure is not None or what.charge.count is not None


def _held(what: Meant, one: Counted) -> str:
    """The files' figure with counts, window and whose it is."""
    return say(
        "held",
        figure=bound(one.exactness) + share(one.numerator, one.denominator, what.metric.one_is),
        are=what.metric.numerator_is,
        store=what.marketplace,
        ships=fulfilled_by(what.fulfilment),
        between=days(one.span.first, one.span.last),
        days=one.span.days,
        printed="yes" if one.span.is_printed else "no",
        channel="yes" if what.is_channel_printed else "no",
    )


def _why_not(what: Meant, one: Counted) -> str:
    if one.exactness == "impossible":
        return _said("untold", why="impossible", rate=what.metric.name)
    window = days(one.span.first, one.span.last)
    if not one.is_covered:
        return _said("untold", why="not_covered", between=window)
    return _said("untold", why="of_nothing", what=uncounted(what.metric.one_is), between=window)


def _too_few(what: Meant, one: Counted) -> list[str]:
    """Where the rule itself does not judge so few."""
    floor = what.aim.min_count if what.aim else None
    if floor is None or one.denominator >= floor:
        return []
    return [say("charge-besides.too_few", floor=counted(floor, what.metric.one_is), number=one.denominator)]
