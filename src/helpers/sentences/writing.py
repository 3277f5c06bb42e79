"""How an account writes: numbers and days in the way of its locale, sentences in the language that has a table nearest to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

BRITISH = "en_GB"
TABLES = files("helpers.sentences")


@dataclass(frozen=True)
class Writing:
    """A way of writing.

    numbers    the locale of numbers and money, such as de_DE
    days       the language as it is written in that locale's country, British where none is: months keep its names
    sentences  the table of the language: a file `<locale>.ftl`, British English where none is nearer
    """

    numbers: Locale
    days: Locale
    sentences: Traversable

    @classmethod
    def of(cls, locale: str, folder: Traversable = TABLES) -> Writing:
        """The way of writing of a locale such as `de_DE`, in the languages of a folder of tables."""
        numbers = Locale.parse(locale)
        tables = {one.name.removesuffix(".ftl"): one for one in folder.iterdir() if one.name.endswith(".ftl")}
        nearest = negotiate_locale([locale], tables) or BRITISH
        language = Locale.parse(nearest).language
        try:
            days = Locale.parse(f"{language}_{numbers.territory or 'GB'}")
        except UnknownLocaleError:
            days = Locale.parse(nearest)
        return cls(numbers, days, tables[nearest])


class _Now:
    """How this process writes: one value, always replaced as a whole. British where no account is spoken of."""

    writing = Writing.of(BRITISH)


def writing_now() -> Writing:
    """How this process writes now."""
    return _Now.writing


@contextmanager
def written(how: Writing) -> Iterator[None]:
    """Write in this way inside the block, and as before after it, however the block ends."""
    before, _Now.writing = _Now.writing, how
    try:
        yield
    finally:
        _Now.writing = before


def write_like(locale: str) -> None:
    """Write in the way of this locale from now on: for a kernel, which serves one account."""
    _Now.writing = Writing.of(locale)


def written_like(locale: str) -> AbstractContextManager[None]:
    """Write in the way of this locale inside the block."""
    return written(Writing.of(locale))


def separators() -> tuple[str, str]:
    """The decimal and the thousands sign of the locale, for the axes of charts."""
    return get_decimal_symbol(_Now.writing.numbers), get_group_symbol(_Now.writing.numbers)


def count(number: int) -> str:
    """A whole number with thousands separated: `1,380`."""
    return format_decimal(int(number), locale=_Now.writing.numbers)
