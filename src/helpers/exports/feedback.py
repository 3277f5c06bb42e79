"""Feedback download, any language: six columns in fixed places under localised names → the `feedback` frame.

Date, rating, comment, response, order number, e-mail of the rater. Response and e-mail are not kept.
Comments hold line breaks and tabs, so records are put together before they are cut into fields.
"""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from itertools import takewhile

import polars as pl

from helpers.exports import dates, flat, foreign
from helpers.exports.content import Content
from helpers.exports.reading import ORDER_ID, Known, Reading, asking, dates_question, days
from helpers.frames import SCHEMAS

DAY = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
# A record begins where a line opens with a day (or the number a spreadsheet made of it), a tab, a rating, a tab.
START = re.compile(rf"\s*(?:{DAY.pattern}|\d{{5}})\t\d{{0,2}}\t")
METRICS_OF_FEEDBACK = foreign.METRICS_OF_FEEDBACK
NEEDED = 6


def recognises(content: Content) -> bool:
    """Six columns, a rating in the second, an order number in the fifth; or a bare header that names a rating."""
    if not content.is_flat:
        return False
    text = content.text
    header, delimiter = flat.header(text)
    if len(header) < NEEDED or any(header[NEEDED:]):
        return False
    found = _records(text, delimiter)
    if not found:
        return header[1].lower() in _RATING
    fits = sum(
        1 <= len(fields[1].strip()) <= 2 and re.fullmatch(ORDER_ID, fields[-2].strip()) is not None
        for _, fields in found
        if len(fields) >= NEEDED
    )
    return fits * 2 >= len(found) or header[1].lower() in _RATING


_RATING = {
    "rating",
    "bewertung",
    "évaluation",
    "beoordeling",
    "ocena",
    "評価",
    "calificación",
    "valoración",
    "valutazione",
    "betyg",
}


def read(text: bytes, known: Known) -> Reading:
    """The file's feedback under the one reading of its dates that can be true, or a question when there are more."""
    if known.columns and known.columns.columns:
        return foreign.feedback(text, known)
    _, delimiter = flat.header(text)
    found = [(line, fields, _fault(fields)) for line, fields in _records(text, delimiter)]
    rejected = [(line, fault) for line, _, fault in found if fault]
    good = [(line, fields) for line, fields, fault in found if not fault]
    texts = [fields[0].strip() for _, fields in good]
    orders = [fields[-2].strip() for _, fields in good]
    said = known.columns.dates if known.columns else None
    if said:
        chosen = [dates.named(said if isinstance(said, str) else said.format or "")]
    else:
        chosen = dates.possible(texts, known.today, [known.order_days.get(order) for order in orders])
    if len(chosen) > 1:
        return asking("feedback", dates_question(known, texts, chosen, METRICS_OF_FEEDBACK), len(good), rejected)
    rows = []
    for (line, fields), written, order in zip(good, texts, orders, strict=True):
        day = dates.parsed(written, chosen[0]) if chosen else None
        if day is None or day > known.latest:
            rejected.append((line, "date not readable" if day is None else "date in the future"))
            continue
        stars = int(fields[1])
        comment = html.unescape(" ".join(part.strip() for part in fields[2:-3] if part.strip())) or None
        rows.append((order, day, stars, comment, stars <= 2, False, known.path))
    frame = pl.DataFrame(rows, schema=dict(SCHEMAS["feedback"]), orient="row")
    first, last = days(frame, "received_on")
    taken_on = known.taken_on
    only_bad = bool(rows) and (frame.get_column("stars") < 4).all()
    return Reading(
        rows=frame,
        rejected=tuple(sorted(rejected)),
        rejected_on=_days(found, chosen, known.today),
        first_day=first,
        last_day=last,
        reaches=taken_on - timedelta(days=1) if taken_on else last,
        warnings=("no four or five stars in this file: a positive share is refused",) if only_bad else (),
    )


def _days(found: list[tuple[int, list[str], str]], chosen: list[str], today: date) -> dict[int, date]:
    """The day each record that cannot be used was received, where it can be read."""
    bad = [(line, fields[0].strip()) for line, fields, fault in found if fault and chosen]
    told = {line: dates.parsed(text, chosen[0]) for line, text in bad if DAY.fullmatch(text)}
    return {line: day for line, day in told.items() if day is not None and day <= today}


def together(readings: list[Reading]) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """One row an order from several downloads, the newest file first; what was removed since; and that in words.

    A newer download wins. Older feedback that lies in the period of a newer download and is missing from it was
    removed by the buyer or the marketplace. Where most of the older rows are missing the two files are of different
    stores, and both stay.
    """
    newest_first = sorted(
        readings, key=lambda reading: (reading.reaches, reading.last_day, _name(reading)), reverse=True
    )
    kept, remarks = SCHEMAS["feedback"], []
    whole = removed = pl.DataFrame(schema=dict(kept))
    for place, reading in enumerate(newest_first):
        by_day = reading.rows.sort("received_on", descending=True, maintain_order=True)
        older = by_day.unique("order_id", keep="first", maintain_order=True)
        for newer in newest_first[:place]:
            inside = pl.col("received_on").is_between(newer.first_day, newer.last_day)
            is_there = pl.col("order_id").is_in(newer.rows.get_column("order_id").implode())
            in_period = older.filter(inside)
            gone = in_period.filter(~is_there)
            if gone.height and gone.height * 2 <= in_period.height:
                older = older.filter(~(inside & ~is_there))
                removed = pl.concat([removed, gone])
                remarks.append(
                    f"{_name(reading)}: {gone.height} feedback no longer in {_name(newer)}, so removed since"
                )
        seen = whole.get_column("order_id").implode()
        whole = pl.concat([whole, older.filter(~pl.col("order_id").is_in(seen))])
    removed = removed.unique("order_id", keep="first", maintain_order=True)
    return whole.sort("received_on", "order_id"), removed.sort("received_on", "order_id"), remarks


def _name(reading: Reading) -> str:
    return reading.rows.item(0, "source_file")


def _records(text: bytes, delimiter: str) -> list[tuple[int, list[str]]]:
    """Each record with the line it begins on and its fields: six, or more where a comment holds tabs."""
    if delimiter != "\t":
        return [(line, _unpadded(fields)) for line, fields in flat.records(text, delimiter)[1]]
    found: list[tuple[int, list[str]]] = []
    body, before = flat.body(text)
    lines = body.decode("utf-8", "replace").replace("\0", "").split("\n")
    for place, line in enumerate(lines[1:], 1):
        if found and not _begins(line) and _goes_on(found[-1][1], lines, place):
            found[-1][1].append(line)
        elif line.strip():
            found.append((before + place + 1, [line]))
    return [(number, _unpadded("\n".join(parts).rstrip("\r\n").split("\t"))) for number, parts in found]


def _unpadded(fields: list[str]) -> list[str]:
    """Without the empty fields a spreadsheet adds to every row, up to the width of the widest."""
    while len(fields) > NEEDED and not fields[-1].strip() and not re.fullmatch(ORDER_ID, fields[-2].strip()):
        fields = fields[:-1]
    return fields


def _begins(line: str) -> bool:
    """Whether a line opens a record: by its first two fields, or by holding all six, whatever they say."""
    return START.match(line) is not None or line.count("\t") >= NEEDED - 1


def _goes_on(parts: list[str], lines: list[str], place: int) -> bool:
    """Whether a record can go on in the lines from a place on: one that has its six fields and no order number only where
    such a number comes before the next record, for a comment may hold tabs, and an order number may be spoilt."""
    if _is_whole(parts):
        return False
    if _tabs(parts) < NEEDED - 1:
        return True
    more = takewhile(lambda line: not _begins(line), (lines[at] for at in range(place, len(lines))))
    return any(_is_whole([*parts, line]) for line in more)


def _tabs(parts: list[str]) -> int:
    return sum(part.count("\t") for part in parts)


def _is_whole(parts: list[str]) -> bool:
    """Whether a record has come to its order number and e-mail, so that the next line cannot belong to it."""
    last = parts[-1].rstrip().split("\t")[-2:]  # the e-mail may be blank, and a spreadsheet adds tabs
    is_ended = any(re.fullmatch(ORDER_ID, field.strip()) for field in last)
    return is_ended and _tabs(parts) >= NEEDED - 1


def _fault(fields: list[str]) -> str:
    """Why a record cannot be used; empty for a good one."""
    if len(fields) < NEEDED:
        return "cut line"
    written, rating, order = fields[0].strip(), fields[1].strip(), fields[-2].strip()
    if re.fullmatch(r"\d{5}", written):
        return "date is a spreadsheet number"
    if not DAY.fullmatch(written):
        return "date not readable"
    if rating not in {"1", "2", "3", "4", "5"}:
        return "rating not 1-5"
    return "" if re.fullmatch(ORDER_ID, order) else "no order number"
