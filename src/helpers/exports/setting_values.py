"""How the values of account.toml are written, each checked as it is read: fractions, zones, locales, ways to write a day."""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from helpers.exports.dates import LONG, READINGS, named


def nearest(found: str, known: Any) -> str:
    """`; did you mean 'x'?`, or nothing where no name is near."""
    near = get_close_matches(str(found), [str(name) for name in known], 3, 0.4)
    swapped = [name for name in near if sorted(name) == sorted(str(found))]  # two letters changed places
    return f"; did you mean {(swapped or near)[0]!r}?" if near else ""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _fraction(text: str) -> str:
    if not re.fullmatch(r"[01]|0?\.[0-9]+|1\.0+|0", text):
        raise ValueError('expected a fraction of one as text, such as "0.01" for 1 %')
    return text


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Z]{3}", text):
        raise ValueError('expected the three capital letters of a currency, such as "EUR"')
    return text


def _writing(text: str) -> str:
    if named(text) not in READINGS and not re.search("%[A-Za-z]", text):
        known = ", ".join([*LONG, *READINGS])
        raise ValueError(f'expected one of {known} or a strptime format such as "%d %b %Y"{nearest(text, LONG)}')
    return text


def once(said: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(said)) < len(said):
        raise ValueError("expected each name once")
    return said


@cache
def _zones() -> frozenset[str]:
    """Every time zone there is: looked up once, for each look reads the whole folder of them."""
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"is no time zone{nearest(name, sorted(_zones()))}")
    return name


def _locale(name: str) -> str:
    from babel import Locale as Known
    from babel import UnknownLocaleError

    try:
        return str(Known.parse(name, sep="-" if "-" in name else "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError('is no locale such as "en_GB" or "de_DE"') from error


def _as_text(value: Any) -> Any:
    """A whole number or a day as text: an option may be written with quotes or without."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Store = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Choice = Annotated[str, BeforeValidator(_as_text)]
Currency = Annotated[str, AfterValidator(_currency)]
Fraction = Annotated[str, AfterValidator(_fraction)]
Writing = Annotated[str, AfterValidator(_writing)]
Zone = Annotated[str, AfterValidator(_zone)]
Locale = Annotated[str, AfterValidator(_locale)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
