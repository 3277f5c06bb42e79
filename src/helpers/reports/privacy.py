"""The gate: a finished report is read once more before it is published, and stopped when it says who a buyer is.

It knows what was dropped while reading this account (by hash), and what no report may hold: addresses of mail, order
numbers, the folders of a home, columns about buyers.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from helpers.exports.personal import EMAIL, MOST_WORDS, PHONE, Dropped, digits, is_personal, words

ORDER_NUMBER = re.compile(r"(?<![\w-])(?:\d{3}|S\d{2})-\d{7}-\d{7}(?![\w-])")
HOME = re.compile(r"(?:/home/|/Users/|/root/|[A-Za-z]:\\+Users\\+)[^\s\"'<>|]+")
COLUMN = re.compile(r"(?<![\w-])[A-Za-z]+(?:[-_][A-Za-z0-9]+)+(?![\w-])|(?<=\")[A-Za-z]+(?=\"\s*:)")
LIBRARY = re.compile(r"<script>.*?</script>", re.DOTALL)  # the page's own two scripts, the same for everyone
MOST_LETTERS = 200  # of a name or an address


@dataclass(frozen=True)
class Leak:
    """Something a report may not hold: what it is, where it stands, and its first letter, never the thing itself."""

    what: str
    where: str
    hint: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} ({self.hint})"


def leaks(texts: dict[str, str], known: Dropped, *, allowed: str = "", order_numbers: bool = False) -> list[Leak]:
    """What stops a report, in the order it stands there; none for an honest one.

    texts           name → finished text (HTML, JSON, outputs of the notebook)
    allowed         what the account says about itself on purpose: its name, the consultant's footer
    order_numbers   true for an appeal pack, which has to name orders
    """
    found: dict[Leak, None] = {}
    for name, text in texts.items():
        plain = html.unescape(LIBRARY.sub("", text)) if name.endswith(".html") else text
        plain = unicodedata.normalize("NFKC", plain)  # an accent of its own is the letter with it
        for what, start, said in _found(plain, known, order_numbers):
            if said.casefold() not in allowed.casefold():
                found[Leak(what, f"{name}, {_place(plain, start)}", f"{said[:1]}…, {len(said)} characters")] = None
    return list(found)


def _found(text: str, known: Dropped, order_numbers: bool) -> Iterator[tuple[str, int, str]]:
    """Every leak of a text as (what it is, where it starts, the thing itself)."""
    for pattern, what, is_one in _patterns(known, order_numbers):
        yield from ((what, match.start(), match.group()) for match in pattern.finditer(text) if is_one(match.group()))
    seen: dict[str, bool] = {}
    for match in re.finditer(r"\w+", text):
        word = match.group()
        if word not in seen:
            seen[word] = known.is_start(" ".join(words(word)))
        if seen[word]:
            yield from _names(text, match.start(), known)


def _names(text: str, start: int, known: Dropped) -> Iterator[tuple[str, int, str]]:
    said: list[str] = []
    for match in itertools.islice(re.finditer(r"\w+", text[start : start + MOST_LETTERS]), MOST_WORDS):
        said += words(match.group())
        if known.holds(" ".join(said)):
            yield "a buyer's name or address", start, text[start : start + match.end()]


def _patterns(known: Dropped, order_numbers: bool) -> list[tuple[re.Pattern, str, Callable[[str], bool]]]:
    return [
        (EMAIL, "an e-mail address", lambda said: True),
        (PHONE, "a buyer's telephone number", lambda said: known.holds(digits(said))),
        (ORDER_NUMBER, "an order number", lambda said: not order_numbers),
        (HOME, "a folder of this computer", lambda said: True),
        (COLUMN, "a column about buyers", lambda said: is_personal(said) and said.lower() != "e-mail"),
    ]


def _place(text: str, start: int) -> str:
    """Where in a text: the section it stands in, else the line."""
    headings = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", text[:start])
    if headings:
        return f"section “{re.sub('<[^>]+>', '', headings[-1])}”"
    return f"line {text.count(chr(10), 0, start) + 1}"
