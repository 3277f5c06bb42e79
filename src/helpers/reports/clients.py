"""The names of other accounts, which no client's report may hold: which of them can be looked for, and where they stand.

The rule (docs/contracts.md section 6). A name of several words is looked for in any case, whatever stands between the words
but letters and figures. A name of one word is a word like others too (a brand, a carrier, a SKU): it is looked for in its
own spelling where it stands alone, and in any case in the name of a file, where another client's download shows. Names of
one word under four letters, and names that are words of the kit's own text, are not looked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from helpers.exports import settings
from helpers.exports.personal import is_nobody, words
from helpers.reports.brand import Brand

NAMED = re.compile(r"^\s*(?:id|name)\s*=\s*[\"']?([^\"'\n#]+)", re.MULTILINE)
FEWEST_LETTERS = 4  # of a name of one word
WORD = re.compile(r"[^\W_]+")
BETWEEN = re.compile(r"[\W_]{1,3}")
JOINED = re.compile(r"[\w.()\[\]-]*")  # what a word is a part of: a SKU, the name of a file
IN_FILE = re.compile(r"\.(?:txt|tsv|csv|xlsx?|json|xml|parquet|zip|gz|pdf|html|eml|md)\b", re.IGNORECASE)


def names(folders: Iterable[Path]) -> frozenset[str]:
    """The ids and names of the accounts in these folders and of those beside them, as their account.toml writes them.

    A report of one account alone knows the others all the same: they lie in the same folder. Of an account.toml that is no
    TOML the lines that name it are read. Words under four letters are left out.
    """
    own = set(folders)
    beside = {path for parent in {folder.parent for folder in own} for path in parent.glob(f"*/{settings.FILE}")}
    beside |= {folder / settings.FILE for folder in own}
    return frozenset(name for path in beside for name in _said(path) if _is_long_enough(name))


def _said(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return
    try:
        said = tomllib.loads(text)
    except ValueError:  # what is no TOML names its client all the same
        yield from (found[1].strip() for found in NAMED.finditer(text))
        return
    yield from (said[key] for key in ("id", "name") if isinstance(said.get(key), str))


def _is_long_enough(name: str) -> bool:
    parts = words(name)
    return len(parts) > 1 or len("".join(parts)) >= FEWEST_LETTERS


@cache
def can_be_looked_for(name: str) -> bool:
    """Whether a name tells one account from words any report may hold."""
    return _is_long_enough(name) and not is_nobody(words(name))


def others(every: Collection[str], own: str) -> frozenset[str]:
    """The names that are not those of the account itself: no part of what it says of itself (`own`)."""
    said = f" {' '.join(words(own))} "
    return frozenset(name for name in every if f" {' '.join(words(name))} " not in said)


def besides(every: Collection[str], said: settings.Settings, own: Brand) -> frozenset[str]:
    """The names a file of this account may not hold: those of others, by all it says of itself and of whom it is made by."""
    return others(every, " | ".join([said.id, said.name, own.name, own.footer, *said.may_name]))


def found(text: str, every: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where a text holds one of the names: its place and what stands there.

    Whether a name is words of the kit's own text is asked of those that stand there: all that text is read for it.
    """
    first: dict[str, list[tuple[list[str], str]]] = {}
    for name in every:
        parts = words(name)
        first.setdefault(parts[0], []).append((parts, name.strip()))
    for match in WORD.finditer(text) if first else ():
        for parts, spelling in first.get(match.group().casefold(), ()):
            end = _end(text, match.end(), parts[1:])
            if end is None or (len(parts) == 1 and not _is_meant(text, match.start(), end, spelling)):
                continue
            if can_be_looked_for(spelling):
                yield match.start(), text[match.start() : end]


def _end(text: str, at: int, rest: list[str]) -> int | None:
    """Where the further words of a name end; None where others stand there."""
    for part in rest:
        between = BETWEEN.match(text, at)
        word = WORD.match(text, between.end()) if between else None
        if word is None or word.group().casefold() != part:
            return None
        at = word.end()
    return at


def _is_meant(text: str, start: int, end: int, spelling: str) -> bool:
    """Whether a single word is meant as a name: alone and spelt so, or in the name of a file."""
    before = re.search(r"[\w.()\[\]-]*$", text[max(start - 100, 0) : start])
    after = JOINED.match(text, end)
    joined = (before.group() if before else "") + text[start:end] + (after.group() if after else "")
    if IN_FILE.search(joined):
        return True
    return joined.strip(".()[]-") == spelling
