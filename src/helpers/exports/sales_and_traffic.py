"""Sales and traffic by date (JSON) → the `traffic` frame.

Days may come unsorted, doubled or copied, numbers as text, and the last day asked for may be missing. Rates are left
where they are: over a period sums are divided. Source: the marketplace's schema of the report, and real answers.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import polars as pl

from helpers.exports import loose
from helpers.exports.content import Content
from helpers.exports.reading import Known, Reading, counted
from helpers.frames import SCHEMAS
from helpers.wording import short_day

SALES = {"orders_shipped": "ordersShipped", "units_ordered": "unitsOrdered"}
SALES |= {"units_refunded": "unitsRefunded", "claims_granted": "claimsGranted"}
FEEDBACK = {"feedback_received": "feedbackReceived", "negative_feedback_received": "negativeFeedbackReceived"}
STEP = {"DAY": 1, "WEEK": 7, "MONTH": 28}  # days between two entries, at least


def recognises(content: Content) -> bool:
    return isinstance(content.json, dict) and "salesAndTrafficByDate" in content.json


def read(text: bytes, known: Known) -> Reading:
    """The file's days, weeks or months in order, each once: the `traffic` frame."""
    whole = loose.block(Content(text).json)
    asked = loose.block(whole.get("reportSpecification"))
    ids = asked.get("marketplaceIds")
    named = [loose.store_name(one) for one in ids] if isinstance(ids, list) else []
    stores = [store for store in named or [known.marketplace] if store is not None]
    entries = whole.get("salesAndTrafficByDate")
    found, rejected = _entries(entries if isinstance(entries, list) else [], known.latest)
    kept, more, doubled = _once_each(found)
    grain, said = _grain(asked, sorted(kept))
    rows = [
        {"marketplace": stores[0] if len(stores) == 1 else None, "day": day, "days": _days(day, grain)}
        | _counts(kept[day])
        for day in sorted(kept)
    ]
    source = {"source_file": known.path}
    frame = pl.DataFrame([row | source for row in rows], schema=dict(SCHEMAS["traffic"]))
    missing, late = _missing(frame, asked, grain)
    last = frame.select((pl.col("day") + pl.duration(days=pl.col("days") - 1)).max()).item() if rows else None
    return Reading(
        rows=frame,
        rejected=tuple(rejected + more),
        first_day=min(kept, default=None),
        last_day=last,
        reaches=last,
        covers="traffic" if rows and not missing and not more and not rejected else None,
        marketplaces=tuple(stores) if rows else (),
        warnings=(
            *said,
            *_store_warning(stores),
            *counted(doubled, "entries given twice, read once"),
            *_copies(kept),
            *counted(missing, "days inside the period without an entry"),
            *late,
        ),
    )


def _entries(entries: list, latest: date) -> tuple[list[tuple[date, dict]], list[tuple[None, str]]]:
    found, rejected = [], []
    for number, entry in enumerate(entries, 1):
        day = loose.day(entry.get("date")) if isinstance(entry, dict) else None
        if day is None or day > latest:
            rejected.append((None, f"entry {number}: date {'not readable' if day is None else 'in the future'}"))
        else:
            found.append((day, entry))
    return found, rejected


def _once_each(found: list[tuple[date, dict]]) -> tuple[dict[date, dict], list[tuple[None, str]], int]:
    """The first entry of each day, the later ones that say something else as rejected, and how many said the same."""
    kept: dict[date, dict] = {}
    differing = [day for day, entry in found if _figures(kept.setdefault(day, entry)) != _figures(entry)]
    rejected = [(None, f"{short_day(day)}: a second entry with other figures") for day in differing]
    return kept, rejected, len(found) - len(kept) - len(differing)


def _figures(entry: dict) -> tuple[dict, dict]:
    return loose.block(entry.get("salesByDate")), loose.block(entry.get("trafficByDate"))


def _counts(entry: dict) -> dict[str, int | None]:
    figures = zip(_figures(entry), (SALES, FEEDBACK), strict=True)
    return {ours: loose.count(part.get(theirs)) for part, names in figures for ours, theirs in names.items()}


def _copies(kept: dict[date, dict]) -> tuple[str, ...]:
    """Days with the very figures of an earlier day, unless nothing happened on them."""
    first: dict[str, date] = {}
    return tuple(
        f"{short_day(day)} has the same figures as {short_day(earlier)}; one of the two may be a copy"
        for day in sorted(kept)
        if any(_counts(kept[day]).values())
        for earlier in [first.setdefault(repr(_figures(kept[day])), day)]
        if earlier != day
    )


def _grain(asked: dict, days: list[date]) -> tuple[str, tuple[str, ...]]:
    """Whether the entries are days, weeks or months: as the file says, else by the smallest step between them."""
    printed = loose.block(asked.get("reportOptions")).get("dateGranularity")
    if printed in tuple(STEP):
        return printed, ()
    if not days:
        return "DAY", ()
    step = min((b - a).days for a, b in pairwise(days)) if len(days) > 1 else 1
    grain = next(name for name in ("MONTH", "WEEK", "DAY") if step >= STEP[name])
    return grain, (f"the file does not say how long its entries are; read as {grain.lower()}s",)


def _days(day: date, grain: str) -> int:
    return calendar.monthrange(day.year, day.month)[1] - day.day + 1 if grain == "MONTH" else STEP[grain]


def _missing(frame: pl.DataFrame, asked: dict, grain: str) -> tuple[int, tuple[str, ...]]:
    """How many days between the first and the last no entry speaks for, and a word on days missing at the end."""
    if frame.is_empty():
        return 0, ()
    spans = list(frame.select("day", "days").iter_rows())
    ends = [day + timedelta(days=days) for day, days in spans]
    gaps = sum(max(0, (day - end).days) for end, (day, _) in zip(ends[:-1], spans[1:], strict=True))
    until = loose.day(asked.get("dataEndTime"))
    if until is None:
        return gaps, ()
    late = (until - ends[-1]).days + 1
    return gaps, counted(max(late, 0), f"asked for until {short_day(until)}; the last days without an entry")


def _store_warning(stores: list[str]) -> Iterator[str]:
    if len(stores) != 1:
        yield "the file does not name the one store its figures are of"
    elif stores[0].startswith("unknown"):
        yield f"its store is not known to the kit: {stores[0]}"
