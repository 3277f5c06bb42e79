"""The `[columns]` entries of account.toml beside the reports of the files they speak for: what no reader reads is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from helpers.exports import described, settings
from helpers.exports.recognise import REPORTS
from helpers.exports.settings import ColumnMap, Settings
from helpers.targets import stores


@dataclass(frozen=True)
class Told:
    """file → the rates whose bad ones the columns of its map tell; and the same in sentences."""

    tells: Mapping[str, frozenset[str]]
    sentences: Mapping[str, tuple[str, ...]]


def check_all(path: Path, said: Settings) -> None:
    """Raise SettingsError for anything in an entry that no reader of its report reads.

    path   account.toml
    """
    for glob, entry in said.columns.items():
        if entry.report is not None:
            settings.check(path, f'columns."{glob}".report', entry.report, REPORTS)
            _check(path, glob, entry, entry.report, said)
        else:
            described.check_unnamed(path, glob, entry, [one.described for one in REPORTS.values()])


def _check(path: Path, glob: str, entry: ColumnMap, report: str, said: Settings) -> None:
    described.check(path, glob, entry, report, REPORTS[report].described, stores(said.marketplaces))


def idle(said: Settings, path: str, report: str) -> tuple[str, ...]:
    """What the entry of a file says that changes nothing, in words.

    report   what the file was recognised as. Raises SettingsError where the entry describes columns that it has not
    """
    glob = said.glob_for(path)
    if glob is None or said.columns[glob].report is not None:
        return ()
    entry = said.columns[glob]
    if entry.model_fields_set & set(described.WORDS):
        _check(Path(settings.FILE), glob, entry, report, said)
    keys = sorted(entry.model_fields_set - {*described.OF_ANY, *REPORTS[report].described.keys})
    text = f"account.toml says {', '.join(keys)} of this file, which changes nothing in a file of {report}"
    return (text,) if keys else ()


def told(said: Settings, reports: Mapping[str, str | None], untold: Mapping[str, tuple[str, ...]]) -> Told:
    """Which rates the columns of each file's map tell; a file without one is not in it.

    reports   file → what it was recognised as         untold   file → rates a filled column speaks against
    """
    tells, sentences = {}, {}
    for path, name in reports.items():
        entry, one = said.columns_for(path), REPORTS.get(name or "")
        if entry is not None and one is not None and entry.columns and one.described.tells:
            against = untold.get(path, ())
            tells[path] = frozenset(described.told(entry, one.described)).difference(against)
            sentences[path] = tuple(described.in_words(entry, one.described, against))
    return Told(tells, sentences)


def other_stores(said: Settings, files: pl.DataFrame) -> tuple[str, ...]:
    """The stores the files name, where none of them is one of account.toml's; else none.

    files   as in the frame. Orders for other shops and words that are no store name none
    """
    named = files.get_column("marketplaces").explode().drop_nulls().unique().sort()
    found = tuple(store for store in named if store in stores(()))
    return () if set(found) & set(said.marketplaces) else found


def of_other_stores(said: Settings, files: pl.DataFrame) -> dict[str, str]:
    """What is to be done where the files name other stores than account.toml: file → words."""
    found = other_stores(said, files)
    text = (
        f"it is of {', '.join(found)}, and account.toml names {', '.join(said.marketplaces)}: correct marketplaces there, or "
        "put in the files of that store"
    )
    named = files.filter(pl.col("marketplaces").list.set_intersection(list(found)).list.len() > 0)
    return dict.fromkeys(named.get_column("path"), text) if found else {}


def unused(said: Settings, paths: Collection[str]) -> tuple[str, ...]:
    """The entries that speak for no file: misspelt, or shadowed by one before them."""
    spoken_for = {said.glob_for(path) for path in paths}
    return tuple(glob for glob in said.columns if glob not in spoken_for)
