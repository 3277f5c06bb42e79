"""What a line of a list stands for and how much it counts, as `one_row_is` and `weight` in account.toml say it.

An order, a package or a defect stands on one line. A line that says the same again is a copy and is not counted twice;
lines that say different things of one contradict the map: they are kept and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from helpers.errors import ExportError, SettingsError
from helpers.exports import flat, mapped, settings
from helpers.exports.mapped import Table
from helpers.exports.reading import Known, counted
from helpers.vocabulary import REPEATED

# what a line stands for → the columns it is known by
KNOWN_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"order": ("order_id",), "package": ("order_id", "tracking_id"), "defect": ("order_id", "kind")}
)
ALTHOUGH = "although one_row_is"  # begins what speaks against the word of account.toml
DAMAGED = r"^\d(?:[.,]\d+)?E\+\d+$"  # a tracking number after a spreadsheet: 5.8E+13


def check(table: Table, known: Known, report: str, words: Sequence[str], *, has_units: bool) -> None:
    """Raises SettingsError for a word that means nothing in this list, ExportError for a weight without its column.

    words       what a line of the list can stand for
    has_units   whether its rate counts units
    """
    said, where = table.entry, f'columns."{known.path}"'
    if said.one_row_is is not None:
        settings.check(Path(settings.FILE), f"{where}.one_row_is", said.one_row_is, words)
    if said.weight and not has_units:
        text = f'{settings.FILE}: [{where}.weight]: expected no such line for {report}, found "{said.weight}"'
        raise SettingsError(text, "only on_time_delivery counts units; take the line out")
    if said.weight and not table.has(said.weight):
        text = f'{known.path}: expected a column for {said.weight} (weight = "{said.weight}"), found none mapped'
        raise ExportError(text, f"map {said.weight} under [columns] in account.toml, or take weight out")


def usable(table: Table) -> tuple[Table, tuple[tuple[int, str], ...]]:
    """The table without copies and without lines whose weight cannot be read; and those lines, as rejected."""
    word = table.entry.one_row_is
    cells = [name for name in table.rows.columns if name != flat.LINE]
    is_known = mapped.text(table, "tracking_id").str.contains(DAMAGED) | (mapped.text(table, "tracking_id") == "")
    is_known = ~is_known if word == "package" else pl.lit(word is not None)
    is_copy = is_known & ~pl.struct(cells).is_first_distinct()
    is_unread = pl.lit(mapped.number(table, "units")).is_null() & pl.lit(table.entry.weight is not None)
    reason = pl.when(is_copy).then(pl.lit(REPEATED.format(word)))
    rows = table.rows.with_columns(reason=reason.when(is_unread).then(pl.lit("no whole number of units")))
    bad = rows.filter(pl.col("reason").is_not_null()).select(flat.LINE, "reason")
    return replace(table, rows=rows.filter(pl.col("reason").is_null()).drop("reason")), tuple(bad.iter_rows())


def contradictions(lines: pl.DataFrame, word: str | None) -> tuple[str, ...]:
    """What speaks against the word of account.toml, counted.

    lines   `line` and the columns of KNOWN_BY, as far as the list tells them; a line may have a row a defect
    """
    if word is None:
        return ()
    known = lines.drop_nulls(KNOWN_BY[word])
    if word == "package":
        known = known.filter(~pl.col("tracking_id").str.contains(DAMAGED))
    of_one = known.group_by(KNOWN_BY[word]).agg(pl.col(flat.LINE).n_unique())
    said = f'{word}s on more than one line, which say different things, {ALTHOUGH} = "{word}"'
    several = counted(of_one.filter(pl.col(flat.LINE) > 1).height, said)
    if word == "defect":
        of_line = known.group_by(flat.LINE).len().filter(pl.col("len") > 1).height
        several += counted(of_line, f'lines that tell more than one defect, {ALTHOUGH} = "defect"')
    return several
