"""What a notice is read as: the nouns of the reading, in the words of the vocabulary, each with the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Sure = Literal["stated", "likely", "unclear"]  # printed so; from the place or the words around it; not told


@dataclass(frozen=True)
class Words:
    """The words a reading rests on: a sentence of the text, and its line in the file."""

    text: str
    line: int


@dataclass(frozen=True)
class Charge:
    """What the marketplace says this seller did, missed or must prove. None is what is not printed: never filled in.

    figure, target   of a rate a fraction with its printed precision; of a rating its points
    count, out_of    as printed: of a rate that is good when high, the good ones
    """

    subject: str
    words: tuple[Words, ...]
    sure: Sure = "stated"
    figure: Decimal | None = None
    target: Decimal | None = None
    target_sense: str | None = None
    count: int | None = None
    out_of: int | None = None
    window_days: int | None = None
    window_from: date | None = None
    window_to: date | None = None
    fulfilment: str | None = None
    category: str | None = None
    part_of: str | None = None
    hedged: bool = False


@dataclass(frozen=True)
class Deadline:
    """A period in which the seller must act: days, or a date; `counts_from` notice, first_notice or unknown."""

    words: Words
    days: int | None = None
    date: date | None = None
    counts_from: str = "unknown"
    in_business_days: bool = False  # the text says so; which days those are it does not say
    is_doubtful: bool = False  # a date in figures that could be read in two ways


@dataclass(frozen=True)
class OtherPeriod:
    """A period in which the seller need not act, and what it is."""

    days: int
    what: str
    words: Words


@dataclass(frozen=True)
class Reading:
    """One message, read. A kind of None: it was not read (`language` says where another one is the reason).

    deadlines   every one the text names; `deadline` is the first the seller has to keep
    rests_on    key → the words its value rests on; sure: key → how sure it is. Keys without words are defaults
    """

    kind: str | None
    tone: str | None
    scope: str = "none"
    marketplace: str = "unknown"
    marketplaces: tuple[str, ...] = ()
    sent_on: date | None = None
    reason_stated: bool = False
    truncated: bool = False
    charges: tuple[Charge, ...] = ()
    mentions: tuple[str, ...] = ()
    plan_topics: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    asked: tuple[str, ...] = ("none",)
    offered: tuple[str, ...] = ()
    funds_held: str = "unknown"
    other_periods: tuple[OtherPeriod, ...] = ()
    language: str | None = None
    note: str = ""
    rests_on: dict[str, tuple[Words, ...]] = field(default_factory=dict)
    sure: dict[str, Sure] = field(default_factory=dict)
    earlier: tuple[Reading, ...] = ()

    @property
    def deadline(self) -> Deadline | None:
        return self.deadlines[0] if self.deadlines else None

    @property
    def is_notice(self) -> bool:
        return self.tone not in (None, "not_a_notice")


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as `seller-audit notice --json` prints it: keys and words of docs/notices.md."""
    said: dict[str, Any] = {
        "kind": reading.kind,
        "tone": reading.tone,
        "scope": reading.scope,
        "marketplace": reading.marketplace,
        "sent_on": _plain(reading.sent_on),
        "reason_stated": reading.reason_stated,
        "truncated": reading.truncated,
        "charges": [_charge(charge) for charge in reading.charges],
        "mentions": list(reading.mentions),
        "plan_topics": list(reading.plan_topics),
        "deadline": _deadline(reading.deadline),
        "asked": list(reading.asked),
        "offered": list(reading.offered),
        "funds_held": {"true": True, "false": False}.get(reading.funds_held, "unknown"),
        "other_periods": [{"days": one.days, "what": one.what} for one in reading.other_periods],
    }
    if reading.language:
        said["language"] = reading.language
    if reading.note:
        said["note"] = reading.note
    if len(reading.marketplaces) > 1:
        said["marketplaces"] = list(reading.marketplaces)
    if len(reading.deadlines) > 1:
        said["further_deadlines"] = [_deadline(one) for one in reading.deadlines[1:]]
    said["rests_on"] = {key: [_words(one) for one in words] for key, words in reading.rests_on.items()}
    said["rests_on"] |= {"deadline": [_words(one.words) for one in reading.deadlines]} if reading.deadlines else {}
    said["sure"] = dict(reading.sure)
    if reading.earlier:
        said["earlier"] = [as_json(one) for one in reading.earlier]
    return said


def _charge(charge: Charge) -> dict[str, Any]:
    """A charge; what is not stated is left out."""
    names = (
        "subject",
        "figure",
        "target",
        "target_sense",
        "count",
        "out_of",
        "window_days",
        "window_from",
        "window_to",
    )
    names += ("fulfilment", "category", "part_of")
    said = {name: _plain(value) for name in names if (value := getattr(charge, name)) is not None}
    if charge.hedged:
        said["hedged"] = True
    return said | {"sure": charge.sure, "words": [_words(one) for one in charge.words]}


def _deadline(one: Deadline | None) -> dict[str, Any] | None:
    if one is None:
        return None
    said = {"days": one.days, "date": _plain(one.date), "counts_from": one.counts_from}
    said |= {"business_days": True} if one.in_business_days else {}
    return said | ({"day_and_month_could_change_places": True} if one.is_doubtful else {})


def _words(words: Words) -> dict[str, Any]:
    return {"text": words.text, "line": words.line}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value >= 1 else float(value)
    return value.isoformat() if isinstance(value, date) else value
