"""The charges of a letter as a frame: the letter's figure beside the records', and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import polars as pl

from helpers.evidence.judging import Judged, label
from helpers.notices.telling import printed
from helpers.sentences import say
from helpers.wording import bound, capital, count, days, share

COLUMNS = ("charge", "letter", "records", "window", "target", "status", "finding")


def charges(judged: Iterable[Judged]) -> pl.DataFrame:
    """One row a charge: COLUMNS, all text; null is what is not printed or not told."""
    rows = [
        {
            "charge": capital(one.name),
            "letter": _letter(one),
            "records": _records(one),
            "window": days(one.counted[0].span.first, one.counted[0].span.last) if one.counted else None,
            "target": one.meant.aim.words if one.meant and one.meant.aim else None,
            "status": capital(label(one.status)),
            "finding": one.finding,
        }
        for one in judged
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))


def _letter(one: Judged) -> str | None:
    charge = one.charge
    figure = printed(Decimal(charge.figure)) if charge.figure is not None else None
    counts = (
        None
        if charge.count is None
        else say("part", part=charge.count, of=count(charge.out_of))
        if charge.out_of
        else count(charge.count)
    )
    if figure and counts:
        return say("rate-of", rate=figure, of=counts)
    return figure or counts


def _records(one: Judged) -> str | None:
    if one.meant is None or not one.counted or not one.counted[0].is_judged:
        return None
    found = one.counted[0]
    return f"{bound(found.exactness)}{share(found.numerator, found.denominator, one.meant.metric.one_is)}"
