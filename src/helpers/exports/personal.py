"""What the files say about buyers and the readers drop, as salted hashes: enough to know it again, not to read it.

The hashes stand in `<account>/.cache/dropped`, are made again when a file changes, and never leave the account's folder.
Telephone numbers are so few that their hashes could be tried out: they are read again each time and kept nowhere.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any

from helpers import drafts
from helpers.exports import encoding, flat, posted
from helpers.exports.content import Content
from helpers.exports.source import sources
from helpers.places import NOTEBOOKS
from helpers.targets import marketplaces

# Columns that say who a buyer is, in the spelling of the downloads (`buyer-name`); `buyerName` is read alike.
PERSONAL = re.compile(
    r"(?:buyer|recipient|customer|rater|payer|ship|ship-to|shipping|bill|billing|bill-to|post-to|deliver-to|sold-to)"
    r"-(?:.*-)?(?:name|username|user-id|nickname|company|company-name|e-?mail|phone|phone-number|address-?\d?(?:-.*)?|street"
    r"|line-\d|citizen-id|vat-number)"
    r"|delivery-(?:name|address-?\d?(?:-.*)?)"
    r"|(?:full|first|last|given|family)-?name|surname|user-?name"
    r"|address-?line-?\d|e-?mail(?:-address)?|phone(?:-number)?|bewerter-e-?mail|recipient|buyer"
)
NOT_A_BUYER = re.compile(r".*ship-from.*|.*-type|.*-country")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = r"\+?\d(?:[ ().\u2010-\u2015/-]{0,3}\d){7,14}"
PHONE = re.compile(rf"(?<![^\W_])(?<!\d\.){_NUMBER}(?![^\W_]|\.\d)")  # in a text: no part of a word or a decimal
PHONE_IN_CELL = re.compile(rf"(?<!\d){_NUMBER}(?!\d)")
A_DAY = re.compile(r"[12]\d{3}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2[12]\d{3}")
MOST_WORDS = 8
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Dropped:
    """Hashes of what was dropped: whole values and first words of values, each under its own sign; and the telephone
    numbers as `digits` writes them, which are kept in no file."""

    salt: bytes
    hashes: frozenset[bytes]
    phones: frozenset[str] = frozenset()

    def is_start(self, word: str) -> bool:
        """Whether a dropped name or address begins with this word (as `words` writes it)."""
        return _hash(self.salt, f"1 {word}") in self.hashes

    def holds(self, value: str) -> bool:
        """Whether the value, as `words` writes it, was dropped."""
        return _hash(self.salt, f"* {value}") in self.hashes


NOTHING_DROPPED = Dropped(b"", frozenset())  # where no account was read


def words(text: str) -> list[str]:
    """The words of a text as they are compared: one width, no case, no signs between them."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def digits(number: str) -> str:
    """A telephone number as it is compared: its last nine digits, with or without a country's code."""
    return re.sub(r"\D", "", number)[-9:]


def dropped(folder: Path) -> Dropped:
    """The hashes of the personal cells in an account's `exports/`, from the cache where no file has changed."""
    files = sources(folder / "exports")
    state = [(one.path, one.sha256) for one in files]
    place = folder / ".cache" / "dropped"
    kept = place.read_bytes() if place.is_file() else b""
    salt = kept[:SALT] if len(kept) >= SALT + SIZE else secrets.token_bytes(SALT)
    sign = _hash(salt, json.dumps(state))
    if kept[SALT : SALT + SIZE] != sign:
        found = {_hash(salt, said) for one in files for said in _said(one.content)}
        kept = salt + sign + b"".join(sorted(found))
        _keep(place, kept)
    hashes = frozenset(kept[at : at + SIZE] for at in range(SALT + SIZE, len(kept), SIZE))
    return Dropped(salt, hashes, frozenset(number for one in files for number in _phones(one.content)))


def _keep(place: Path, content: bytes) -> None:
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        drafts.write(place, content, 0o600)
    except OSError:
        return  # a folder nobody may write to: the files are read again next time


SALT = 32  # bytes at the head of the cache, another for every account
SIZE = 8  # bytes of a hash: among a million, one honest word in ten million million is taken for one of them


def _hash(key: bytes, text: str) -> bytes:
    return blake2b(text.encode(), key=key, digest_size=SIZE).digest()


def _said(content: bytes) -> Iterator[str]:
    """What is to be hashed of one file: each value, and the first word of each name and address."""
    text, _ = encoding.utf8(content)
    for cell in {cell for cell in text.split() if b"@" in cell}:
        yield from (f"* {address.casefold()}" for address in EMAIL.findall(cell.decode("utf-8", "replace")))
    for value in _values(text):
        if EMAIL.fullmatch(value):
            continue
        parts = words(PHONE_IN_CELL.sub(" ", value))
        if is_nobody(parts):
            continue
        # One short word alone is also a colour, a town or a product; only whole names are known again.
        if (1 < len(parts) <= MOST_WORDS and len(value) >= 5) or (len(parts) == 1 and CJK.search(value)):
            yield f"1 {parts[0]}"
            yield f"* {' '.join(parts)}"


def _phones(content: bytes) -> Iterator[str]:
    """The telephone numbers in the personal cells of a file."""
    values = (value for value in _values(encoding.utf8(content)[0]) if not A_DAY.fullmatch(value.strip()))
    yield from (digits(found) for value in values for found in PHONE_IN_CELL.findall(value))


def is_nobody(parts: list[str]) -> bool:
    """Whether words say numbers, months and stores alone, or stand as they are in the kit's own text: no report could
    do without them, and nobody is known by them. What is digits for the most part may be a telephone number."""
    letters = "".join(parts)
    if 2 * sum(sign.isdecimal() for sign in letters) > len(letters):
        return True
    if all(part.isdecimal() or part in _common() for part in parts):
        return True
    return all(part in _own_words() for part in parts) and f" {' '.join(parts)} " in _own_text()


@cache
def _common() -> frozenset[str]:
    stores = {part for name in marketplaces() for part in words(name)}
    return frozenset({part for name in posted.months() for part in words(name)} | stores)


@cache
def _own_text() -> str:
    """The words of the kit's code, templates and notebooks, which all sentences of a report are made of."""
    package = Path(str(resources.files("helpers")))
    own = [*package.rglob("*.py"), *package.rglob("*.toml"), *package.rglob("*.j2"), *NOTEBOOKS.glob("*.ipynb")]
    own = [path for path in own if "sample" not in path.parts]  # where made-up people live
    return f" {' '.join(word for path in own for word in words(path.read_text(encoding='utf-8')))} "


@cache
def _own_words() -> frozenset[str]:
    return frozenset(_own_text().split())


def _values(text: bytes) -> set[str]:
    """The cells of the personal columns of a file, whatever its shape."""
    if not text.strip():
        return set()
    if text.lstrip()[:1] in (b"{", b"["):
        try:
            return set(_of_json(Content(text).json))
        except RecursionError:
            return set()
    header, _ = flat.header(text)
    if not any(is_personal(name) for name in header):
        return set()
    frame = flat.frame(text)
    cells = (frame.get_column(name).unique().to_list() for name in frame.columns if is_personal(name))
    return {cell.strip().strip('"') for column in cells for cell in column if cell}


@cache
def is_personal(name: str) -> bool:
    """Whether a column of this name says who a buyer is."""
    spelled = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
    spelled = re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")
    return PERSONAL.fullmatch(spelled) is not None and NOT_A_BUYER.fullmatch(spelled) is None


def _of_json(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _of_json(one)
    elif isinstance(node, dict):
        for key, one in node.items():
            if isinstance(one, str) and is_personal(key):
                yield one
            else:
                yield from _of_json(one)
