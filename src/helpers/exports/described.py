"""What account.toml may say of a file of each report: keys, columns and words; anything else stops, and is named.

A word nobody reads would change nothing in silence: a misspelt column of bad ones makes a missed target a met one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.exports.settings import ColumnMap
from helpers.vocabulary import FULFILMENTS, METRICS

TABLE = ("delimiter", "skip_lines", "footer", "dates", "columns", "values", "constants", "marketplace")
LIST = ("delimiter", "skip_lines", "footer", "last_line_is_total", "one_row_is", "rows_are", "weight", "taken_on")
LIST += ("dates", "columns", "marks", "values", "constants")
OF_ANY = ("report", "encoding")  # keys every file may have
WORDS = ("values", "marks", "constants", "columns")  # keys that mean nothing without the columns of a map
STORES = ("marketplace",)  # columns whose words are the account's own stores
SAME = {"status", "item_status"}  # constants that tell no order from another


@dataclass(frozen=True)
class Described:
    """What a `[columns]` entry can say of the files of one report.

    keys      of the entry, besides OF_ANY
    columns   our names for its columns; none where its own headers are known and no map is read
    words     column → what it can hold, in our words
    marks     the columns that hold marks
    needs     what a map must give, by a column or a constant: of each group one name
    tells     rate → the groups of columns that tell its bad ones, of each group one; empty where any map does
    """

    keys: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    marks: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    tells: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=lambda: MappingProxyType({}))


OF_FULFILMENT = MappingProxyType({"fulfilment": FULFILMENTS})


def check(path: Path, glob: str, entry: ColumnMap, report: str, said: Described, stores: Collection[str]) -> None:
    """Raise SettingsError, with the nearest right word, for anything in an entry that no reader of the report reads.

    path     account.toml             stores   the words of a column of stores
    """
    where = f'columns."{glob}"'
    for key in sorted(entry.model_fields_set):
        settings.check(path, f"{where}, a file of {report}", key, (*OF_ANY, *said.keys))
    if entry.columns:
        for ours in entry.columns:
            settings.check(path, f"{where}.columns", ours, said.columns)
        _check_needs(path, where, entry, report, said)
    for key, named in {"values": entry.values, "constants": entry.constants}.items():
        for column in named:
            settings.check(
                path, f"{where}.{key}", column, (*said.words, *(("currency",) if key == "constants" else ()))
            )
    known = {**said.words, **dict.fromkeys(STORES, tuple(stores))}
    for column, words in entry.values.items():
        if entry.columns and column not in entry.columns:
            raise _idle(path, f"{where}.values.{column}", f"{column} under columns", entry.columns)
        for theirs, ours in words.items():
            settings.check(path, f'{where}.values.{column}."{theirs}"', ours, known[column])
    for column, ours in entry.constants.items():
        if column in entry.columns:
            text = f"{path}: [{where}.constants]: expected {column} as a column or as a constant, found both"
            raise SettingsError(text, f"take {column} out of columns or out of constants")
        if column in known:
            settings.check(path, f"{where}.constants.{column}", ours, known[column])
    if entry.marks.set or entry.marks.not_set:
        if entry.columns and not set(said.marks) & set(entry.columns):
            raise _idle(path, f"{where}.marks", f"one of {', '.join(said.marks)} under columns", entry.columns)
        both = {word.lower() for word in entry.marks.set} & {word.lower() for word in entry.marks.not_set}
        if both:
            text = f"{path}: [{where}.marks]: expected a word as set or as not_set, found {min(both)!r} as both"
            raise SettingsError(text, "take it out of one of them")


def _idle(path: Path, where: str, expected: str, found: Iterable[str]) -> SettingsError:
    text = f"{path}: [{where}]: expected {expected}, found {', '.join(found)}"
    return SettingsError(text, "without its column it means nothing: map the column, or take the line out")


def _check_needs(path: Path, where: str, entry: ColumnMap, report: str, said: Described) -> None:
    given = {*entry.columns, *entry.constants}
    for group in said.needs:
        if not given & set(group):
            constant = next((name for name in group if name in said.words), None)
            more = (
                f'; where no column tells it, for all lines alike: constants = {{ {constant} = "…" }}'
                if constant
                else ""
            )
            text = f"{path}: [{where}.columns]: expected {' or '.join(group)} for {report}, found none"
            raise SettingsError(text, f'name its header: {group[0]} = "…"{more}')


def check_unnamed(path: Path, glob: str, entry: ColumnMap, every: Iterable[Described]) -> None:
    """Raise SettingsError for a column that no report has, in an entry that does not name its report."""
    known = list(every)
    for ours in entry.columns:
        settings.check(path, f'columns."{glob}".columns', ours, {name for one in known for name in one.columns})
    for key, named in {"values": entry.values, "constants": entry.constants}.items():
        for column in named:
            words = {name for one in known for name in one.words} | ({"currency"} if key == "constants" else set())
            settings.check(path, f'columns."{glob}".{key}', column, words)


def told(entry: ColumnMap, said: Described) -> list[str]:
    """The rates whose bad ones the columns of a map can tell: a status that is always the same tells none of them."""
    given = {*entry.columns, *entry.constants} - (entry.constants.keys() & SAME)
    return list(rate for rate, groups in said.tells.items() if all(given & set(group) for group in groups))


def in_words(entry: ColumnMap, said: Described, against: Collection[str] = ()) -> list[str]:
    """What the columns of a map tell, in sentences: which rates, and which not, by what column is missing.

    against   rates a filled column that is not mapped speaks against
    """
    given = {*entry.columns, *entry.constants} - (entry.constants.keys() & SAME)
    lacks = {
        rate: [" or ".join(group) for group in groups if not given & set(group)] for rate, groups in said.tells.items()
    }
    names = {rate: METRICS[rate].name for rate in lacks}
    yes = ", ".join(names[rate] for rate, missing in lacks.items() if not missing and rate not in against)
    no = [f"not {names[rate]}: no column {', '.join(missing)}" for rate, missing in lacks.items() if missing]
    no += [f"not {names[rate]}: a filled column that tells it is not mapped" for rate in against]
    return [f"its columns tell: {yes or 'no rate'}", *no]
