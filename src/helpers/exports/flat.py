"""Delimited text → a frame of text columns with the line each row stood on.

Columns are found by name, never by place; names are trimmed, values are not. Everything stays text: order numbers and
SKUs with leading zeros are not numbers. Blank is an empty string, a field the line does not reach is null.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import polars as pl

LINE = "line"  # physical line of a row; no download has a column of this name


def header(text: bytes) -> tuple[list[str], str]:
    """The trimmed column names of the first line that is not blank, and the delimiter between them."""
    for line in text.lstrip(b"\r\n\t ;,").split(b"\n", 1)[:1]:
        first = line.decode("utf-8", "replace").rstrip("\r")
        delimiter = max("\t;,", key=first.count)
        return [name.strip().strip('"').strip() for name in first.split(delimiter)], delimiter
    return [], "\t"


def tab_frame(text: bytes) -> pl.DataFrame:
    """A tab-delimited file as text columns plus `line`; blank lines are left out, nothing else is.

    Tab files have no quoting: names hold bare quotation marks. Quotes a spreadsheet added stay in the values.
    """
    skipped = len(text) - len(text.lstrip(b"\r\n"))
    lines_before = text[:skipped].count(b"\n")
    frame = pl.read_csv(
        text[skipped:],
        separator="\t",
        quote_char=None,
        infer_schema=False,
        truncate_ragged_lines=True,
        encoding="utf8-lossy",
        raise_if_empty=False,
    )
    frame = frame.with_row_index(LINE, offset=2 + lines_before).with_columns(pl.col(LINE).cast(pl.Int64))
    names = [name for name in frame.columns if name != LINE]
    if not names:
        return frame
    # Only a row that opens with a blank can be a blank line: the other ninety columns are looked at in those alone.
    blank = frame.filter(_is_blank(names[0])).filter(pl.all_horizontal(_is_blank(name) for name in names))
    trimmed = {name: name.strip().strip('"').strip() for name in names}
    unique = {name: new for name, new in trimmed.items() if list(trimmed.values()).count(new) == 1}
    return frame.filter(~pl.col(LINE).is_in(blank.get_column(LINE).implode())).rename(unique)


def chosen(text: bytes, columns: Mapping[str, str]) -> tuple[pl.DataFrame, frozenset[str]]:
    """The columns a reader names (ours → the report's) as clean text, plus `line`, and which of ours the file has.

    No other column is read on. Cells come without the blanks around them and without the quotes a spreadsheet put on;
    null where blank or absent.
    """
    raw = tab_frame(text)
    present = {ours: theirs for ours, theirs in columns.items() if theirs in raw.columns}
    is_quoted = b'\t"' in text or text.startswith(b'"')
    cells = [
        _cell(present[ours], is_quoted).alias(ours) if ours in present else pl.lit(None, pl.String).alias(ours)
        for ours in columns
    ]
    return raw.select(LINE, *cells), frozenset(present)


def _cell(name: str, is_quoted: bool) -> pl.Expr:
    cell = pl.col(name).str.strip_chars()
    if is_quoted:
        inside = cell.str.starts_with('"') & cell.str.ends_with('"') & (cell.str.len_chars() > 1)
        cell = pl.when(inside).then(cell.str.strip_chars('"')).otherwise(cell)
    return pl.when(cell != "").then(cell)


def moment(name: str) -> pl.Expr:
    """A column of ISO times with their offset (or Z) as moments [UTC]; null where none can be read."""
    text = pl.col(name).str.replace("Z$", "+00:00")
    return text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="us").alias(name)


def _is_blank(name: str) -> pl.Expr:
    return pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "")


def records(text: bytes, delimiter: str, *, skip_lines: int = 0) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """A quoted, delimited file: its trimmed header, and each record with its line number; blank lines left out."""
    lines = io.StringIO(text.decode("utf-8", "replace").replace("\0", ""), newline="")
    for _ in range(skip_lines):
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter)
    rows = [(skip_lines + reader.line_num, row) for row in _rows(reader) if any(cell.strip() for cell in row)]
    if not rows:
        return [], []
    return [name.strip().lstrip("\ufeff") for name in rows[0][1]], rows[1:]


def _rows(reader) -> object:
    """The reader's rows; a cell beyond the limit of the csv module ends the file there, as one broken record."""
    limit = csv.field_size_limit(1 << 24)
    try:
        yield from reader
    except csv.Error:
        yield ["unreadable"]
    finally:
        csv.field_size_limit(limit)
