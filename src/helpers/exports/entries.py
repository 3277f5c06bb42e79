"""The `[columns]` entries of account.toml beside the reports of the files they speak for: what no reader reads is named."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from helpers.exports import described, settings
from helpers.exports.recognise import REPORTS
from helpers.exports.settings import ColumnMap, Settings
from helpers.targets import stores


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


def told(said: Settings, path: str, report: str | None) -> dict[str, list[str] | None]:
    """`tells` and `columns_tell` of the `files` frame: which rates the columns of a file's map tell."""
    entry, one = said.columns_for(path), REPORTS.get(report or "")
    if entry is None or one is None or not (entry.columns and one.described.tells):
        return {"tells": None, "columns_tell": []}
    return {"tells": described.told(entry, one.described), "columns_tell": described.in_words(entry, one.described)}


def unused(said: Settings, paths: Collection[str]) -> tuple[str, ...]:
    """The entries that speak for no file: misspelt, or shadowed by one before them."""
    spoken_for = {said.glob_for(path) for path in paths}
    return tuple(glob for glob in said.columns if glob not in spoken_for)
