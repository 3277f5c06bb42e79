"""Order-defect list of the Account Health page, through a column map or certain synonyms → the `defects` frame.

Nobody promises the headers of this download. A file without a map is read only when its own words leave no doubt: an
order number, one marked column a kind, one line an order, bad orders only. Otherwise the reader asks.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import polars as pl

from helpers.errors import ExportError
from helpers.exports import dates, flat
from helpers.exports.content import Content
from helpers.exports.reading import Known, Reading, counted
from helpers.exports.settings import ColumnMap, Dates, Marks
from helpers.frames import SCHEMAS
from helpers.vocabulary import AMAZON, DEFECT_KINDS, MERCHANT, Question

ORDER_ID = re.compile(r"(?:\d{3}|S\d{2})-\d{7}-\d{7}")
METRICS_OF_DEFECTS = ("order_defect_rate", "negative_feedback_rate", "a_to_z_claims", "chargebacks")
SYNONYMS = {
    "order_id": ("order id", "order-id", "order number", "amazon order id", "amazon-order-id", "bestellnummer"),
    "order_day": ("order date", "order-date", "bestelldatum", "purchase date"),
    "fulfilment": ("fulfilled by", "fulfilment", "fulfillment", "fulfillment channel", "versand durch"),
    "negative_feedback": ("negative feedback", "negative bewertung"),
    "a_to_z_claim": ("a-to-z guarantee claim", "a-to-z claim", "a-to-z guarantee claims", "a-bis-z-garantieantrag"),
    "chargeback": ("chargeback", "chargebacks", "service chargeback", "credit card chargeback", "rückbuchung"),
}
MARKS = Marks(set=("x", "yes", "y", "true", "1", "ja"), not_set=("", "no", "n", "false", "0", "nein"))
CHANNELS = {"seller": MERCHANT, "merchant": MERCHANT, "mfn": MERCHANT, "verkäufer": MERCHANT}
CHANNELS |= {"amazon": AMAZON, "afn": AMAZON, "fba": AMAZON}


def recognises(content: Content) -> bool:
    """Whether the header holds an order number and at least two kinds of defect by their known names."""
    found = _by_synonym(list(content.header))
    return "order_id" in found and len(found.keys() & set(DEFECT_KINDS)) >= 2


def _by_synonym(header: list[str]) -> dict[str, str]:
    lower = {name.lower(): name for name in header}
    return {ours: lower[word] for ours, words in SYNONYMS.items() for word in words if word in lower}


def read(text: bytes, known: Known) -> Reading:
    """The list's defects: one row an order and kind. Raises ExportError when a mapped column is absent."""
    mapped = known.columns if known.columns and known.columns.columns else None
    delimiter = (mapped and mapped.delimiter) or flat.header(text)[1]
    header, rows = flat.records(text, delimiter, skip_lines=mapped.skip_lines if mapped else 0)
    if mapped and mapped.last_line_is_total:
        rows = rows[:-1]
    columns = _mapped(mapped, header, known.path) if mapped else _by_synonym(header)
    places = {ours: header.index(theirs) for ours, theirs in columns.items()}
    good, rejected = [], []
    for line, row in rows:
        cell = {ours: row[at].strip() if at < len(row) else "" for ours, at in places.items()}
        fault = _fault(cell, row[len(header) :])
        rejected += [(line, fault)] if fault else []
        good += [] if fault else [(line, cell)]
    cells = [cell for _, cell in good]
    reading = _question(mapped, cells, known) or _reading(cells, known, mapped)
    if isinstance(reading, Question):
        waiting = counted(len(good), "lines wait for an answer")
        return Reading(
            pl.DataFrame(schema=dict(SCHEMAS["defects"])), tuple(rejected), warnings=waiting, question=reading
        )
    return _defects(good, rejected, reading, mapped, known)


def _fault(cell: dict[str, str], beyond: list[str]) -> str:
    """Why a line cannot be used; empty for a good one."""
    if not ORDER_ID.fullmatch(cell.get("order_id", "")):
        return "no order number (cut line?)"
    return "more fields than columns" if any(one.strip() for one in beyond) else ""


def _mapped(mapped: ColumnMap, header: list[str], path: str) -> dict[str, str]:
    for ours, theirs in mapped.columns.items():
        if theirs not in header:
            found = ", ".join(header) or "no header"
            hint = f"correct {ours} under [columns] in account.toml, or take it out"
            raise ExportError(f"{path}: expected a column {theirs!r} (for {ours}), found {found}", hint)
    if "order_id" not in mapped.columns:
        raise ExportError(
            f"{path}: expected order_id under [columns], found {', '.join(mapped.columns)}", "map order_id"
        )
    return dict(mapped.columns)


def _question(mapped: ColumnMap | None, cells: list[dict], known: Known) -> Question | None:
    """What a line stands for is certain when the map says it, or when every line marks a kind by its known name."""
    is_certain = mapped.one_row_is and mapped.rows_are if mapped else all(_kinds(cell, MARKS) for cell in cells)
    if is_certain:
        return None
    text = "does a line stand for an order or a defect, and are only bad orders listed? "
    text += f'Say it in account.toml: [columns."{known.path}"] one_row_is = "order", rows_are = "defective_only"'
    return Question(known.path, text, METRICS_OF_DEFECTS)


def _kinds(cell: dict[str, str], marks: Marks) -> list[str]:
    return [kind for kind in DEFECT_KINDS if _mark(cell, kind, marks)]


def _mark(cell: dict[str, str], kind: str, marks: Marks) -> bool:
    said = cell.get(kind, "").strip()
    return said in marks.set or said.lower() in {mark.lower() for mark in marks.set}


def _reading(cells: list[dict], known: Known, mapped: ColumnMap | None) -> str | Question | None:
    """How the list writes its days: as the map says, else the one reading that fits; None without a day column."""
    said = mapped.dates if mapped else (known.columns.dates if known.columns else None)
    if said:
        return (said.format if isinstance(said, Dates) else said) or "iso"
    written = [(cell["order_day"], known.order_days.get(cell["order_id"])) for cell in cells if cell.get("order_day")]
    if not written:
        return None
    # The day of an order is known from the order files, so a reading is right when it says the same day.
    agreeing = [
        reading
        for reading in dates.READINGS
        if any(day for _, day in written)
        and all(day is None or dates.parsed(text, reading) == day for text, day in written)
    ]
    left = agreeing or dates.possible([text for text, _ in written], known.today)
    if len(left) == 1 or len({tuple(dates.parsed(text, reading) for text, _ in written) for reading in left}) == 1:
        return left[0]
    if not left:
        return None
    names = " or ".join(left)
    text = (
        f'dates such as {written[0][0]} can be read as {names}. Say which: [columns."{known.path}"] dates = "{left[0]}"'
    )
    return Question(known.path, text, METRICS_OF_DEFECTS)


def _defects(good: list, rejected: list, reading: str | None, mapped: ColumnMap | None, known: Known) -> Reading:
    rows, unread, kept = [], 0, 0
    for line, cell in good:
        order_day, seen = (_day(cell.get(name, ""), reading) for name in ("order_day", "occurred_on"))
        kinds = _kinds_said(cell, mapped)
        if any(day and day > known.today + dates.TOMORROW for day in (order_day, seen)):
            rejected.append((line, "order date or day of the defect in the future"))
        elif kinds is None:
            rejected.append((line, f"kind of defect not mapped: {cell['kind'][:40]}"))
        else:
            kept += 1
            unread += bool(cell.get("order_day")) and order_day is None
            same = (
                order_day,
                _channel(cell, mapped),
                seen,
                _counts(cell, mapped),
                None,
                known.path,
                None,
                seen is not None,
            )
            rows += [(cell["order_id"], kind, *same) for kind in kinds]
    frame = pl.DataFrame(rows, schema=dict(SCHEMAS["defects"]), orient="row")
    own_days = pl.concat([frame.get_column("order_day"), frame.get_column("occurred_on")])
    taken_on = known.columns.taken_on if known.columns else None
    # A list taken on a day shows what was known when the day before ended, as a snapshot does.
    of_file = taken_on - timedelta(days=1) if taken_on else own_days.max()
    undated = frame.get_column("occurred_on").null_count()
    said = counted(
        undated if of_file else 0, f"defects without a date of their own, counted from {of_file}, the day of the file"
    )
    said += counted(0 if of_file else undated, "defects without any day, not used")
    said += counted(unread, "order dates not readable, left empty")
    return Reading(
        rows=frame.with_columns(pl.col("occurred_on").fill_null(pl.lit(of_file, pl.Date))).drop_nulls("occurred_on"),
        rejected=tuple(sorted(rejected)),
        kept=kept,
        first_day=own_days.min(),
        last_day=own_days.max(),
        reaches=of_file,
        warnings=said,
    )


def _kinds_said(cell: dict[str, str], mapped: ColumnMap | None) -> list[str] | None:
    """The kinds of defect a line tells: by its kind column, else by its marks; None for a kind nobody mapped."""
    if "kind" not in cell:
        return _kinds(cell, mapped.marks if mapped and mapped.marks.set else MARKS)
    named = (mapped.values.get("kind", {}) if mapped else {}).get(cell["kind"], cell["kind"])
    return [named] if named in DEFECT_KINDS else None


def _channel(cell: dict[str, str], mapped: ColumnMap | None) -> str | None:
    said = {name.lower(): ours for name, ours in (mapped.values if mapped else {}).get("fulfilment", {}).items()}
    return (said or CHANNELS).get(cell.get("fulfilment", "").lower())


def _counts(cell: dict[str, str], mapped: ColumnMap | None) -> bool:
    return "counts" not in cell or _mark(cell, "counts", mapped.marks if mapped and mapped.marks.set else MARKS)


def _day(text: str, reading: str | None) -> date | None:
    return dates.parsed(text, reading) if text and reading else None
