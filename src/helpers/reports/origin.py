"""Where in an account's own files a string stands, so that whoever may see it can take it out: file, line, column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from helpers.exports import encoding, flat, settings
from helpers.exports.personal import words
from helpers.exports.source import Source, sources
from helpers.reports import brand

MOST_PLACES = 3  # named of one string


def places(folder: Path, said: str) -> list[str]:
    """The first places of a string in the account's downloads, in their names, in account.toml and brand.toml; without
    the string itself. Letters of either case, any signs between the words.

    Raises OSError when the folder cannot be read.
    """
    pattern = re.compile(r"[\W_]+".join(map(re.escape, words(said))) or r"(?!)", re.IGNORECASE)
    found: list[str] = []
    for one in [*_settings(folder), *sources(folder / "exports")]:
        found += _of_file(one, pattern)
        if len(found) >= MOST_PLACES:
            break
    return found[:MOST_PLACES]


def _settings(folder: Path) -> Iterator[Source]:
    for path in (folder / settings.FILE, folder / brand.NOTE, folder.parent / brand.FILE):
        if path.is_file():
            yield Source(path.name, path.read_bytes())


def _of_file(one: Source, pattern: re.Pattern) -> Iterator[str]:
    shown = pattern.sub("…", one.path)
    if pattern.search(one.path):
        yield f"the name of the file {shown}"
    if one.content.startswith(b"PAR1") or not one.content.strip():
        return
    text = encoding.utf8(one.content)[0]
    delimiter = flat.header(text)[1]
    for number, line in enumerate(text.decode("utf-8", "replace").split("\n"), 1):
        if match := pattern.search(unicodedata.normalize("NFKC", line)):
            column = line[: match.start()].count(delimiter) + 1
            yield f"{shown}, line {number}, column {column}"
