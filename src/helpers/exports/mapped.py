"""A table of any headers → our own column names: by the column map in account.toml, or by certain synonyms.

And how such a table writes marks, words, numbers, days and moments. Delimited text and Parquet are read alike; only
mapped columns are looked at, so nothing about a buyer is read.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Literal

import polars as pl

from helpers.errors import ExportError
from helpers.exports import dates, flat, posted
from helpers.exports.content import Content
from helpers.exports.items import zone
from helpers.exports.reading import Known, counted
from helpers.exports.settings import ColumnMap, Dates, Marks
from helpers.frames import MOMENT

MARKS = Marks(set=("x", "yes", "y", "true", "1", "ja"), not_set=("", "no", "n", "false", "0", "nein"))
ISO = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M")
UNMAPPED = "not mapped"
HOURS = ("%H", "%I", "%T", "%R", "%X", "%c")  # a format with none of these names a day
NOTHING = r"(?i)^(-+|–|—|n/?a|null|none)$"  # what other shops write where there is no day
MONEY_SIGNS = r"^[^\d.,()−–-]+|[^\d.,()−–-]+$"  # a currency before or after an amount


@dataclass(frozen=True)
class Table:
    """The rows of a file under our names, and what account.toml says of it.

    rows     `line` and our columns: text without the blanks around it ("" for a blank), or the types of a Parquet file
    writes   how its days are written: a name in dates.READINGS or a strptime format
    zone     the time zone of its days, and of moments without one
    footer   lines at its end that account.toml calls its footer, left out
    early    lines that end before the last column: what they do not reach is taken as blank
    days     line → the day it speaks of, where it can be read
    over     lines with more fields than columns: a stray delimiter moved what follows it
    """

    rows: pl.DataFrame
    entry: ColumnMap
    writes: str
    zone: str
    footer: int = 0
    early: tuple[int, ...] = ()
    over: tuple[int, ...] = ()
    days: Mapping[int, date] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        return set(names) <= set(self.rows.columns)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the file as a table, in words."""
        said = counted(len(self.early), "lines that end before the last column, the rest taken as blank")
        if self.entry.footer and not self.footer:
            said += ("none of its last lines is the footer that account.toml names: the file may be cut",)
        return said


def by_synonym(header: list[str], synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Our name → the header that is a known word for it."""
    lower = {name.lower(): name for name in header}
    return {ours: lower[word] for ours, words in synonyms.items() for word in words if word in lower}


def table(text: bytes, known: Known, synonyms: Mapping[str, tuple[str, ...]] | None = None) -> Table:
    """The file as a Table. Raises ExportError when a mapped column is not in it, or it is damaged Parquet."""
    entry = known.columns or ColumnMap()
    if not entry.columns and synonyms is None:
        hint = 'name the headers: columns = { order_id = "...", ... }'
        raise ExportError(f"{known.path}: expected columns under [columns] in account.toml, found none", hint)
    if Content(text).is_parquet:
        rows, footer, early, over = _parquet(text, entry, known.path), 0, (), ()
    else:
        delimiter = entry.delimiter or flat.header(text)[1]
        header, every = flat.records(text, delimiter, skip_lines=entry.skip_lines)
        footer = _footer([row for _, row in every], entry.footer)
        records = every[: len(every) - footer]
        columns = _checked(entry, header, known.path) if entry.columns else by_synonym(header, synonyms or {})
        places = {ours: header.index(theirs) for ours, theirs in columns.items()}
        cells = {ours: [row[at].strip() if at < len(row) else "" for _, row in records] for ours, at in places.items()}
        cells.setdefault("order_id", [""] * len(records))  # a header damaged beyond knowing: no line has its number
        schema = {flat.LINE: pl.Int64} | dict.fromkeys(cells, pl.String)
        rows = pl.DataFrame({flat.LINE: [line for line, _ in records]} | cells, schema=schema)
        early = tuple(line for line, row in records if len(row) < len(header))
        over = tuple(line for line, row in records if any(cell.strip() for cell in row[len(header) :]))
    rows = rows.with_columns(pl.lit(word).alias(name) for name, word in entry.constants.items())
    said = entry.dates
    name = (said.format if isinstance(said, Dates) else said) or "iso"
    stands_in = said.zone if isinstance(said, Dates) and said.zone else zone(known.settings)
    return Table(rows, entry, dates.named(name), stands_in, footer, early, over)


def header(text: bytes, entry: ColumnMap) -> list[str]:
    """The trimmed headers of the file, whether they are mapped or not. None can be told of damaged Parquet."""
    if Content(text).is_parquet:
        return list(pl.read_parquet_schema(io.BytesIO(text)))
    delimiter = entry.delimiter or flat.header(text)[1]
    lines = text.split(b"\n", entry.skip_lines)[-1].lstrip().split(b"\n", 1)[0]
    return flat.records(lines, delimiter)[0]


def filled(table: Table, name: str) -> pl.Series:
    """Where a cell of a column holds more than what other shops write for nothing."""
    return (text(table, name) != "") & ~text(table, name).str.contains(NOTHING)


def _footer(rows: list[list[str]], signs: tuple[str, ...]) -> int:
    """How many of the last lines hold one of the signs of a footer, each of them without a break."""
    marked = (any(sign in cell for cell in row for sign in signs) for row in reversed(rows))
    return sum(1 for _ in takewhile(bool, marked))


def _checked(entry: ColumnMap, header: list[str], path: str) -> dict[str, str]:
    for ours, theirs in entry.columns.items():
        if theirs not in header:
            found = f"none of {len(header)} columns called so" if header else "no header"
            hint = f"correct {ours} under [columns] in account.toml, or take it out"
            raise ExportError(f"{path}: expected a column {theirs!r} (for {ours}), found {found}", hint)
    if "order_id" not in entry.columns:
        found = ", ".join(entry.columns)
        raise ExportError(f"{path}: expected order_id under [columns], found {found}", "map order_id")
    return dict(entry.columns)


def _parquet(content: bytes, entry: ColumnMap, path: str) -> pl.DataFrame:
    try:
        columns = _checked(entry, list(pl.read_parquet_schema(io.BytesIO(content))), path)
        rows = pl.read_parquet(io.BytesIO(content), columns=list(dict.fromkeys(columns.values())))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        hint = "copy the file into exports/ again"
        raise ExportError(f"{path}: expected a whole Parquet file, found a damaged one", hint) from error
    nested = [ours for ours, theirs in columns.items() if rows.schema[theirs].is_nested()]
    if nested:
        hint = "write one plain value a row, or take the column out of [columns]"
        raise ExportError(f"{path}: expected plain values for {', '.join(nested)}, found lists", hint)
    rows = rows.select(pl.col(theirs).alias(ours) for ours, theirs in columns.items())
    words = rows.with_columns((pl.col(pl.Categorical) | pl.col(pl.Enum)).cast(pl.String)) if rows.width else rows
    texts = words.with_columns(pl.col(pl.String).str.strip_chars().fill_null(""))
    return texts.with_row_index(flat.LINE, offset=1).with_columns(pl.col(flat.LINE).cast(pl.Int64))


def text(table: Table, name: str) -> pl.Series:
    """A column as text, "" where blank or absent. Whole numbers (keys in a Parquet file) become their digits."""
    if not table.has(name):
        return pl.Series(name, [""], pl.String).new_from_index(0, table.rows.height)
    return table.rows.get_column(name).cast(pl.String, strict=False).fill_null("")


def flag(table: Table, name: str) -> pl.Series:
    """A column of marks: true, false, or null where a cell is neither a set nor an unset mark, or there is no column."""
    if not table.has(name):
        return pl.Series(name, [None], pl.Boolean).new_from_index(0, table.rows.height)
    if table.rows.schema[name] == pl.Boolean:
        return table.rows.get_column(name)
    marks = table.entry.marks if table.entry.marks.set else MARKS
    said = {word.lower(): False for word in marks.not_set} | {word.lower(): True for word in marks.set}
    other = None if marks.not_set else False
    return text(table, name).str.to_lowercase().replace_strict(said, default=other, return_dtype=pl.Boolean)


def word(table: Table, name: str, known: Mapping[str, str]) -> pl.Series:
    """A column of words in ours: by `values` in account.toml, else by `known` (lower-case → ours); null for any other."""
    said = {theirs.lower(): ours for theirs, ours in table.entry.values.get(name, {}).items()}
    ours = {one: one for one in known.values()} | (said or dict(known))
    return text(table, name).str.to_lowercase().replace_strict(ours, default=None, return_dtype=pl.String)


def amount(table: Table, name: str) -> pl.Series:
    """A column of amounts, the sign of a currency and marks between thousands taken away; null where there is none."""
    if table.has(name) and table.rows.schema[name].is_numeric():
        return table.rows.get_column(name).cast(posted.FINE, strict=False)
    cells = text(table, name).str.replace_all(MONEY_SIGNS, "")
    return cells.to_frame(name).select(posted.amount(name, posted.decimal_mark([cells]))).to_series()


def unmapped(what: str, text: pl.Expr) -> pl.Expr:
    """Why a line without a known word is rejected: `result not mapped`, or `result blank`. The word is not told: a cell
    can hold anything."""
    named = pl.lit(f"{what} {UNMAPPED}")
    return pl.when(text == "").then(pl.lit(f"{what} blank")).otherwise(named).alias("reason")


def number(table: Table, name: str) -> pl.Series:
    """A column of whole numbers; null where there is none."""
    return text(table, name).cast(pl.Int64, strict=False)


def day(table: Table, name: str) -> pl.Series:
    """A column of days; the local day where the file tells a moment; null where neither can be read."""
    told = _moment(table, name)
    local = told.dt.convert_time_zone(table.zone).dt.date()
    return pl.select(pl.coalesce(local, _day(table, name, told))).to_series().alias(name)


def moment(table: Table, name: str) -> pl.Series:
    """A column of moments [UTC], read in the table's zone where they name none; the beginning of a day told alone.

    Of an hour the clocks repeat, the first is meant; an hour they skip is the one after it.
    """
    told = _moment(table, name)
    start = _day(table, name, told).cast(pl.Datetime("us"))
    return pl.select(pl.coalesce(told, _in_utc(start, table.zone))).to_series().alias(name)


def deadline(table: Table, name: str, *, whole_days: bool = False) -> pl.Series:
    """A column of last moments in time [UTC]: the end of a local day told alone, and of any day with `whole_days`."""
    told = _moment(table, name)
    days = day(table, name) if whole_days else _day(table, name, told)
    end = _in_utc(days.cast(pl.Datetime("us")).dt.offset_by("1d").dt.offset_by("-1us"), table.zone, "latest")
    return (end if whole_days else pl.select(pl.coalesce(told, end)).to_series()).alias(name)


def _day(table: Table, name: str, told: pl.Series) -> pl.Series:
    """What a column tells as a day alone; null elsewhere, and where it told a moment."""
    if table.has(name) and table.rows.schema[name] == pl.Date:
        return _possible(table.rows.get_column(name))
    cells = _stripped(table, name).to_frame("cell").select(pl.when(pl.lit(told).is_null()).then("cell")).to_series()
    said = {} if _has_hours(table.writes) else {one: dates.parsed(one, table.writes) for one in cells.unique() if one}
    return cells.replace_strict(said, default=None, return_dtype=pl.Date)


def _moment(table: Table, name: str) -> pl.Series:
    """What a column tells as a moment, with an hour in it; null elsewhere."""
    if table.has(name) and isinstance(kind := table.rows.schema[name], pl.Datetime):
        column = table.rows.get_column(name).dt.cast_time_unit("us")
        return _possible(column.dt.convert_time_zone("UTC") if kind.time_zone else _in_utc(column, table.zone))
    said = table.entry.dates
    form = (said.moment_format if isinstance(said, Dates) else None) or "iso"
    form = table.writes if form == "iso" and _has_hours(table.writes) else form
    cells = _stripped(table, name)
    if form != "iso":
        formats = [form] if _has_hours(form) else []
    else:
        cells = cells.str.replace(" ", "T", literal=True).str.replace("Z$", "+00:00")
        has_hours = cells.str.contains(":", literal=True).any()
        formats = [*(f"{one}%z" for one in ISO), *ISO] if has_hours else []
    read = [cells.str.to_datetime(one, strict=False, time_unit="us") for one in formats]
    aware = [one if one.dtype == MOMENT else _in_utc(one, table.zone) for one in read]
    return _possible(pl.select(pl.coalesce(*aware, pl.lit(None, MOMENT))).to_series()) if aware else _nothing(cells)


def _possible(told: pl.Series) -> pl.Series:
    """Days or moments without those of the years 1 and 9999, which other systems write for none."""
    return told.to_frame("at").select(pl.when(pl.col("at").dt.year().is_between(*flat.YEARS)).then("at")).to_series()


def _has_hours(form: str) -> bool:
    return any(hour in form for hour in HOURS)


def _stripped(table: Table, name: str) -> pl.Series:
    cells = text(table, name)
    said = table.entry.dates
    for suffix in said.drop_suffix if isinstance(said, Dates) else ():
        cells = cells.str.strip_suffix(suffix)
    cells = cells.str.strip_chars()
    return pl.select(pl.when(~cells.str.contains(NOTHING)).then(cells).otherwise(pl.lit(""))).to_series()


def is_unread(table: Table, name: str, read: pl.Series) -> pl.Series:
    """Where a cell says something, and nothing could be read from it.

    read   what was made of the column
    """
    if not table.has(name):
        return pl.Series(name, [False], pl.Boolean).new_from_index(0, table.rows.height)
    return ((_stripped(table, name) != "") & read.is_null()).alias(name)


def _nothing(cells: pl.Series) -> pl.Series:
    return pl.Series([None], dtype=MOMENT).new_from_index(0, len(cells))


def _in_utc(local: pl.Series, time_zone: str, of_two: Literal["earliest", "latest"] = "earliest") -> pl.Series:
    aware, later = (
        one.dt.replace_time_zone(time_zone, ambiguous=of_two, non_existent="null").dt.convert_time_zone("UTC")
        for one in (local, local.dt.offset_by("1h"))
    )
    return pl.select(pl.coalesce(aware, later)).to_series()
