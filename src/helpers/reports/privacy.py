"""The gate: a finished report is read once more before it is published, and stopped when it says who a buyer is.

It knows what was dropped while reading this account (by hash), the names of other accounts, and what no report may hold:
addresses of mail, order numbers, the folders of a home, columns about buyers.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from helpers.exports.personal import EMAIL, MOST_WORDS, PHONE, Dropped, digits, is_personal, words
from helpers.reports import clients

# A dash of any kind, an underscore or blanks between the figures, and anything but a figure around them.
BETWEEN = r"\s{0,2}[-_\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d\u30fc/ ]\s{0,2}"
ORDER_NUMBER = re.compile(rf"(?<!\d)(?:\d{{3}}|S\d{{2}}){BETWEEN}\d{{7}}{BETWEEN}\d{{7}}(?!\d)", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
DRAWN = re.compile(r"""\s(?:d|points|transform|viewBox|style)=(?:"[^"]*"|'[^']*')""")  # figures of a drawing
HOME = re.compile(r"(?:/home/|/Users/|/root/|[A-Za-z]:\\+Users\\+)[^\s\"'<>|]+")
COLUMN = re.compile(r"(?<![\w-])[A-Za-z]+(?:[-_][A-Za-z0-9]+)+(?![\w-])|(?<=\")[A-Za-z]+(?=\"\s*:)")
LIBRARY = re.compile(r"<script>.*?</script>", re.DOTALL)  # the page's own two scripts, the same for everyone
FOLDER, HEADER, CLIENT = "a folder of this computer", "a column about buyers", "the name of another account"
WORD = re.compile(r"[^\W_]+")
MOST_LETTERS = 200  # of a name or an address


@dataclass(frozen=True)
class Leak:
    """Something a report may not hold: what it is, where it stands, and its first letter. The thing itself, `said`, is
    for finding out where it comes from and is never shown."""

    what: str
    where: str
    hint: str
    said: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.where}: {self.what} ({self.hint})"


def leaks(
    texts: dict[str, str],
    known: Dropped,
    *,
    allowed: str = "",
    order_numbers: bool = False,
    others: Collection[str] = (),
) -> list[Leak]:
    """What stops a report, in the order it stands there; none for an honest one.

    texts           name → finished text (HTML, JSON, outputs of the notebook)
    allowed         what the account says about itself on purpose: its name, the consultant's footer
    order_numbers   true for an appeal pack, which has to name orders
    others          the names of other accounts (clients.others)
    """
    found: dict[Leak, None] = {}
    for name, text in texts.items():
        plain = html.unescape(DRAWN.sub("", LIBRARY.sub("", text))) if name.endswith(".html") else text
        plain = _comparable(plain)
        named = ((CLIENT, start, said) for start, said in clients.found(plain, others))
        for what, start, said in (*_found(plain, known, order_numbers), *named):
            if said.casefold() not in allowed.casefold():
                leak = Leak(what, f"{name}, {_place(plain, start)}", f"{said[:1]}…, {len(said)} characters", said)
                found[leak] = None
    return list(found)


def masked(value: Any, known: Dropped, *, but: Collection[str] = ()) -> Any:
    """A text with `…` in the place of what no report may hold; of lists and mappings, every text in them.

    but   what may stay, by the name `Leak.what` has for it
    """
    match value:
        case str():
            plain = _comparable(value)
            found = sorted((at, at + len(said)) for what, at, said in _found(plain, known, False) if what not in but)
            kept, done = "", 0
            for start, end in found:
                kept += f"{plain[done:start]}…" if start >= done else ""
                done = max(done, end)
            return kept + plain[done:] if found else value
        case list():
            return [masked(one, known, but=but) for one in value]
        case dict():
            return {masked(key, known, but=but): masked(one, known, but=but) for key, one in value.items()}
    return value


def _comparable(text: str) -> str:
    """The text in one width, without signs nobody sees: an accent of its own is the letter with it."""
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", text))


def _found(text: str, known: Dropped, order_numbers: bool) -> Iterator[tuple[str, int, str]]:
    """Every leak of a text as (what it is, where it starts, the thing itself)."""
    for pattern, what, is_one in _patterns(known, order_numbers):
        yield from ((what, match.start(), match.group()) for match in pattern.finditer(text) if is_one(match.group()))
    starts = {word for word in set(WORD.findall(text)) if known.is_start(" ".join(words(word)))}
    for match in WORD.finditer(text) if starts else ():
        if match.group() in starts:
            yield from _names(text, match.start(), known)


def _names(text: str, start: int, known: Dropped) -> Iterator[tuple[str, int, str]]:
    said: list[str] = []
    for match in itertools.islice(WORD.finditer(text[start : start + MOST_LETTERS]), MOST_WORDS):
        said += words(match.group())
        if known.holds(" ".join(said)):
            yield "a buyer's name or address", start, text[start : start + match.end()]


def _patterns(known: Dropped, order_numbers: bool) -> list[tuple[re.Pattern, str, Callable[[str], bool]]]:
    return [
        (EMAIL, "an e-mail address", lambda said: True),
        (PHONE, "a buyer's telephone number", lambda said: digits(said) in known.phones),
        (ORDER_NUMBER, "an order number", lambda said: not order_numbers),
        (HOME, FOLDER, lambda said: True),
        (COLUMN, HEADER, lambda said: is_personal(said) and said.lower() != "e-mail"),
    ]


def _place(text: str, start: int) -> str:
    """Where in a text: the section it stands in, else the line."""
    headings = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", text[:start])
    if headings:
        return f"section “{re.sub('<[^>]+>', '', headings[-1])}”"
    return f"line {text.count(chr(10), 0, start) + 1}"
