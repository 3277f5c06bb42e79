"""Days and spans of days as letters print them: `3 February 2023`, `Feb 3, 2023`, `30 March to 28 May 2024`, `03/02/2023`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
DAY = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH.replace('(jan', '(?P<m1>jan', 1)}(?:,? (?P<y1>\d{{4}}))?"
    rf"|{_MONTH.replace('(jan', '(?P<m2>jan', 1)} (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y2>\d{{4}}))?"
    r"|(?P<n1>\d{1,2})[/.](?P<n2>\d{1,2})[/.](?P<y3>\d{4}|\d\d))(?![\d-])",
    re.IGNORECASE,
)
MONTH_OF_BOTH = re.compile(  # `4-10 May 2026`, `May 4 to 10, 2026`
    rf"(?<![\d/.-])(?:(?P<a>\d{{1,2}})(?:st|nd|rd|th)?(?: to | ?[-–—] ?|(?P<and> and ))(?P<b>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (?P<y>\d{{4}})"
    rf"|{_MONTH} (?P<c>\d{{1,2}})(?:st|nd|rd|th)?(?: to | ?[-–—] ?)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<z>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)
JOINED = re.compile(r"^ ?(?:,? ?(?:to|until|till|through|thru|and|up to)|[-–—])(?: and including)? ?$", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A day as it stands in a text, from `start` to `end`; `is_doubtful` where day and month could change places."""

    day: date
    start: int
    end: int
    is_doubtful: bool = False


@dataclass(frozen=True)
class Span:
    """Two days joined, both included."""

    first: date
    last: date
    start: int
    end: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def latest(text: str, *, month_first: bool = False) -> date | None:
    """The last day a text prints with its year."""
    return max((one.day for one in days(text, month_first=month_first)), default=None)


def first(text: str, *, month_first: bool = False) -> date | None:
    """The first day a text prints with its year, where it prints days of one year alone."""
    found = [one.day for one in days(text, month_first=month_first)]
    return min(found) if len({day.year for day in found}) == 1 else None


def days(
    text: str, *, month_first: bool = False, latest: date | None = None, earliest: date | None = None
) -> list[Found]:
    """The days of a text, in order. One without a year takes that of the next day with one; else it is no day.

    latest     where given, a day without a year is the last such one that is not after it
    earliest   where given, it is the first such one that is not before it
    """
    matches = list(DAY.finditer(text))
    found: list[Found] = []
    for number, match in enumerate(matches):
        year = _year(match) or next(
            (year for later in matches[number + 1 : number + 2] if (year := _year(later))), None
        )
        known = latest or earliest
        if year is None and known is None:
            continue
        one = _day(match, year or (known.year if known else 0), month_first)
        if one is not None and year is None and latest is not None and one.day > latest:
            one = _day(match, latest.year - 1, month_first)
        elif one is not None and year is None and earliest is not None and one.day < earliest:
            one = _day(match, earliest.year + 1, month_first)
        if one is not None:
            found.append(one)
    return found


def spans(text: str, *, month_first: bool = False) -> list[Span]:
    """The spans of days of a text. Of days written in figures the reading is taken that makes a span of whole windows."""
    best: list[Span] = []
    for reading in (month_first, not month_first):
        found = days(text, month_first=reading)
        joined = [
            Span(first.day, last.day, first.start, last.end)
            for first, last in itertools.pairwise(found)
            if _is_span(text, first, last) and first.day <= last.day
        ]
        if not best or (any(one.days in (7, 10, 14, 30, 60, 90) for one in joined) and not _whole(best)):
            best = joined or best
    return sorted(best + _in_one_month(text), key=lambda one: one.start)


def _in_one_month(text: str) -> list[Span]:
    """The spans that name their month once: `4-10 May 2026`."""
    found = []
    for match in MONTH_OF_BOTH.finditer(text):
        month = MONTHS.index((match[4] or match[6])[:3].lower()) + 1
        year = int(match["y"] or match["z"])
        try:
            first, last = (date(year, month, int(match[a] or match[b])) for a, b in (("a", "c"), ("b", "d")))
        except ValueError:
            continue
        is_joined = match["and"] is None or re.search(r"\bbetween(?: the)? $", text[: match.start()], re.IGNORECASE)
        if first <= last and is_joined:
            found.append(Span(first, last, match.start(), match.end()))
    return found


def _is_span(text: str, first: Found, last: Found) -> bool:
    """Whether two days are joined: with "and" only after "between", for two letters have two days as well."""
    joint = text[first.end : last.start]
    is_between = re.search(r"\bbetween(?: the)? $", text[: first.start], re.IGNORECASE)
    return bool(JOINED.match(joint)) and (joint.strip().lower() != "and" or bool(is_between))


def _whole(found: list[Span]) -> bool:
    return any(one.days in (7, 10, 14, 30, 60, 90) for one in found)


def _year(match: re.Match[str]) -> int | None:
    said = match["iso"] or match["y1"] or match["y2"] or match["y3"]
    if said is None:
        return None
    year = int(said[:4])
    return year + 2000 if year < 100 else year


def _day(match: re.Match[str], year: int, month_first: bool) -> Found | None:
    doubtful = False
    if match["iso"]:
        numbers = tuple(int(part) for part in match["iso"].split("-"))
        month, number = numbers[1], numbers[2]
    elif match["n1"]:
        number, month = int(match["n1"]), int(match["n2"])
        doubtful = number <= 12 and month <= 12 and number != month
        if month > 12 or (month_first and number <= 12):
            number, month = month, number
    else:
        month = MONTHS.index((match["m1"] or match["m2"])[:3].lower()) + 1
        number = int(match["d1"] or match["d2"])
    try:
        return Found(date(year, month, number), match.start(), match.end(), doubtful)
    except ValueError:
        return None
