"""The first screen of a letter: what of it the records confirm, and what has to be done before the answer goes out."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl

from helpers.answer import Answer
from helpers.evidence import STATUSES, charges, label
from helpers.notices.telling import in_words
from helpers.packs.showing import TITLES
from helpers.packs.whole import Pack
from helpers.wording import capital, day, plural


def first_screen(pack: Pack) -> Answer:
    """The answer of the report on a letter."""
    evidence, said = pack.evidence, pack.evidence.case.said
    return Answer(
        kicker=f"{evidence.audit.account.name} · {said.marketplace} · letter of {day(said.received_on)}",
        headline=_headline(pack),
        figures=(),
        actions=tuple(_actions(pack)),
    )


def _headline(pack: Pack) -> str:
    judged = pack.evidence.judged
    if not judged:
        return f"The letter ({in_words(pack.evidence.case.said.kind)}) holds nothing against the account that a person confirmed."
    names = {status: [one.name for one in judged if one.status == status] for status in STATUSES}
    told = "; ".join(f"{label(status)}: {', '.join(found)}" for status, found in names.items() if found)
    return f"{capital(plural(len(judged), 'charge'))} in the letter, held against the account's own records. {capital(told)}."


def _actions(pack: Pack) -> list[str]:
    said = pack.evidence.case.said
    limit = said.deadline
    is_over = limit is not None and limit < pack.evidence.audit.today
    ended = f"The letter's limit ended on {day(limit)}. An answer that goes out now is late." if limit else ""
    due = ended if is_over else f"Answer by {day(limit)}." if limit else "The letter prints no deadline."
    open_points = Counter(one.what for one in pack.problems)
    left = "; ".join(f"{TITLES[what].lower()}: {number}" for what, number in open_points.items())
    ready = (
        f"Before the pack can go out: {left}."
        if left
        else "The pack is ready: nothing is open and nothing contradicts."
    )
    return [due, ready]


def problems(pack: Pack) -> pl.DataFrame:
    """What stops a pack, a row each: what, place, said."""
    rows = [(TITLES[one.what], one.place, one.said) for one in pack.problems]
    return pl.DataFrame(rows, schema=dict.fromkeys(("what", "place", "said"), pl.String), orient="row")


def published(pack: Pack, watched: pl.DataFrame) -> dict[str, Any]:
    """What the report on a letter publishes: no order number, no words of the letter.

    watched   the watch list of the newest day
    """
    said = pack.evidence.case.said
    return {
        "case": pack.evidence.case.name,
        "received_on": said.received_on,
        "deadline": said.deadline,
        "kind": said.kind,
        "charges": charges(pack.evidence.judged),
        "unsupported": pack.evidence.unsupported,
        "problems": problems(pack).select("what", "place"),
        "watch": watched,
    }
