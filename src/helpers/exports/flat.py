"""Delimited text → a frame of text columns with the line each row stood on.

Columns are found by name, never by place; names are trimmed, values are not. Everything stays text: order numbers and
SKUs with leading zeros are not numbers. Blank is an empty string, a field the line does not reach is null.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping

import polars as pl

from helpers.exports.dates import EARLIEST, LATEST
from helpers.vocabulary import CUT

LINE = "line"  # physical line of a row
YEARS = (EARLIEST.year, LATEST.year)
RETURN = re.compile(r"\r(?!\n)")  # alone it ends no line
NUMBER = re.compile(rb"[\d:T+-]+")  # how a row begins: an order number or a day
BEYOND = "beyond the last column"  # what a row holds past the header's last name: a tab inside a text moved its fields


def header(text: bytes) -> tuple[list[str], str]:
    """The trimmed column names of the first line that is not blank, and the delimiter between them."""
    first = body(text)[0].split(b"\n", 1)[0].decode("utf-8", "replace")
    delimiter = max("\t;,", key=first.count)
    return _trimmed(first.split(delimiter)), delimiter


def body(text: bytes) -> tuple[bytes, int]:
    """The text from its header on, and the number of lines before it: blank ones, or of delimiters only."""
    found = len(text) - len(text.lstrip(b"\r\n\t ;,"))
    start = text.rfind(b"\n", 0, found) + 1
    return text[start:], text[:start].count(b"\n")


def whole(text: bytes) -> tuple[bytes, tuple[tuple[int, str], ...]]:
    """The text of a tab file without a last line that the file ends in the middle of, and that line as (line, reason); no
    such line where it ends whole.

    Such a line has no line end and fewer fields than the header. It is no such line where it goes on with a cell of the
    row before: where that is short too, or where it is text alone.
    """
    head, (before, end, last) = body(text)[0].split(b"\n", 1)[0], text.rpartition(b"\n")
    if not last.strip() or not body(before)[0].strip() or header(text)[1] != "\t":
        return text, ()
    is_short = last.count(b"\t") < head.count(b"\t") <= before.rpartition(b"\n")[2].count(b"\t")
    is_row = b"\t" in last or NUMBER.fullmatch(last) is not None
    return (before + end, ((before.count(b"\n") + 2, CUT),)) if is_short and is_row else (text, ())


def frame(text: bytes) -> pl.DataFrame:
    """A delimited file as text columns plus `line` and `beyond the last column`; blank lines are left out, nothing else.

    A name that comes twice belongs to its first column.
    """
    names, delimiter = header(text)
    columns = {name: pl.String for name in _once_each([*names, BEYOND])}
    whole = _tab_frame(text, columns) if delimiter == "\t" else _quoted_frame(text, delimiter, columns)
    # Only a row that opens with a blank can be a blank line: the other ninety columns are looked at in those alone.
    first, *others = columns
    blank = whole.filter(_is_blank(first)).filter(pl.all_horizontal(_is_blank(name) for name in others))
    return whole.filter(~pl.col(LINE).is_in(blank.get_column(LINE).implode()))


def _tab_frame(text: bytes, columns: dict[str, type[pl.String]]) -> pl.DataFrame:
    """Tab files have no quoting: names hold bare quotation marks. Quotes a spreadsheet added stay in the values."""
    rows, lines_before = body(text)
    whole = pl.read_csv(
        rows.partition(b"\n")[2],
        separator="\t",
        quote_char=None,
        has_header=False,
        schema=columns,
        missing_columns="insert",
        extra_columns="ignore",
        truncate_ragged_lines=True,
        encoding="utf8-lossy",
        raise_if_empty=False,
    )
    return whole.with_row_index(LINE, offset=2 + lines_before).with_columns(pl.col(LINE).cast(pl.Int64))


def _quoted_frame(text: bytes, delimiter: str, columns: dict[str, type[pl.String]]) -> pl.DataFrame:
    _, rows = records(text, delimiter)
    last = len(columns) - 1  # the column of what lies beyond
    cells = [[line, *row[:last], *[None] * (last - len(row)), "".join(row[last:])] for line, row in rows]
    by_column = zip(*cells, strict=True) if cells else [()] * (len(columns) + 1)
    return pl.DataFrame(dict(zip([LINE, *columns], by_column, strict=True)), schema={LINE: pl.Int64, **columns})


def _trimmed(names: list[str]) -> list[str]:
    return [name.strip().strip('"').strip() for name in names]


def _once_each(names: list[str]) -> list[str]:
    first: dict[str, int] = {LINE: -1}
    return [name if first.setdefault(name, n) == n else f"{name}\t{n}" for n, name in enumerate(names)]


def chosen(text: bytes, columns: Mapping[str, str]) -> tuple[pl.DataFrame, frozenset[str]]:
    """The wanted columns (ours → theirs) of a delimited file under our names, with `line` and what lies beyond the last
    column; and which of them were there.

    Cells lose the blanks around them and the quotes a spreadsheet put on; a blank cell and an absent column are null.
    """
    raw = frame(text)
    is_quoted = b'\t"' in text or text.startswith(b'"')
    present = frozenset(ours for ours, theirs in columns.items() if theirs in raw.columns)
    cells = [
        (_cell(theirs, is_quoted) if ours in present else pl.lit(None, pl.String)).alias(ours)
        for ours, theirs in columns.items()
    ]
    return raw.select(LINE, BEYOND, *cells), present


def _cell(name: str, is_quoted: bool) -> pl.Expr:
    cell = pl.col(name).str.strip_chars()
    if is_quoted:
        inside = cell.str.starts_with('"') & cell.str.ends_with('"') & (cell.str.len_chars() > 1)
        cell = pl.when(inside).then(cell.str.strip_chars('"')).otherwise(cell)
    return pl.when(cell != "").then(cell)


def is_over() -> pl.Expr:
    """Whether a row of `chosen` holds more fields than the header names: a tab inside a text moved what follows."""
    return pl.col(BEYOND).str.strip_chars().fill_null("") != ""


def moment(name: str) -> pl.Expr:
    """A column of ISO times with their offset (or Z) as moments [UTC]; null where none can be read, or be meant."""
    text = pl.col(name).str.replace("Z$", "+00:00")
    told = text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="us")
    return pl.when(told.dt.year().is_between(*YEARS)).then(told).alias(name)


def _is_blank(name: str) -> pl.Expr:
    return pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "")


def records(text: bytes, delimiter: str, *, skip_lines: int = 0) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """A quoted, delimited file: its trimmed header, and each record with its first line; blank lines left out."""
    whole = RETURN.sub(" ", text.decode("utf-8", "replace").replace("\0", ""))
    lines = [f"{line}\n" for line in whole.split("\n")]
    rows = [(line, row) for line, row in _rows(lines, delimiter, skip_lines) if any(cell.strip() for cell in row)]
    if not rows:
        return [], []
    return _trimmed(rows[0][1]), rows[1:]


def _rows(lines: list[str], delimiter: str, start: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with its first line. A stray quotation mark costs its own line only, left uncut."""
    limit = csv.field_size_limit(1 << 30)
    try:
        while start < len(lines):
            reader = csv.reader((lines[at] for at in range(start, len(lines))), delimiter=delimiter, strict=True)
            done = 0
            try:
                for row in reader:
                    yield start + done + 1, row
                    done = reader.line_num
                return
            except csv.Error:
                start += done + 1
                yield start, [lines[start - 1]]
    finally:
        csv.field_size_limit(limit)
