"""Which reading of `10/09/25` is right: decided once a file, never a row, never guessed.

Every reading that fits the rows is tried against what must be true of the whole file. More than one left: a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

READINGS: Mapping[str, tuple[str, ...]] = {
    "m/d": ("%m/%d/%y", "%m/%d/%Y"),
    "d/m": ("%d/%m/%y", "%d/%m/%Y"),
    "d.m": ("%d.%m.%y", "%d.%m.%Y"),
    "d-m": ("%d-%m-%y", "%d-%m-%Y"),
    "m-d": ("%m-%d-%y", "%m-%d-%Y"),
    "y/m/d": ("%y/%m/%d",),
    "yyyy/m/d": ("%Y/%m/%d",),
    "iso": ("%Y-%m-%d",),
}
EARLIEST = date(1995, 7, 1)  # the marketplace opened in that month; an older date is damage
LATEST = date(2200, 12, 31)  # of anything a download can tell of; arithmetic beyond fails, and 9999 means "none"
TOMORROW = timedelta(days=1)  # in the store it can be the next day already
LONGEST = 366  # days one download covers at most
FEEDBACK_DAYS = 90  # days after an order in which feedback can come
LONG = {"m/d/y": "m/d", "d/m/y": "d/m", "d.m.y": "d.m", "d-m-y": "d-m", "m-d-y": "m-d", "y-m-d": "iso"}
MEANING = {"m/d": "month first", "d/m": "day first", "d-m": "day first", "m-d": "month first"}


def named(name: str) -> str:
    """The reading that `dates` in account.toml names: one of ours (`d/m` or `d/m/y`), or a strptime format."""
    return LONG.get(name, name)


@lru_cache(maxsize=65_536)
def parsed(text: str, reading: str) -> date | None:
    """The day a text names under one reading (a name in READINGS or a strptime format), None if it names none."""
    for form in READINGS.get(reading, (reading,)):
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return day if EARLIEST <= day <= LATEST else None
    return None


def possible(texts: Sequence[str], today: date, order_days: Sequence[date | None] = ()) -> list[str]:
    """The readings under which these dates, in the order of the file, can all be true; more than one: ask.

    order_days   the day of the order each date belongs to, where it is known (feedback comes after it, within 90 days)
    Steps: fits the most rows; not in the future; spans at most a year; not before its order; newest first (last, as a
    file sorted anew may not be). A step that no reading passes tells nothing and is left out.
    """
    days = {reading: [parsed(text, reading) for text in texts] for reading in READINGS}
    fits = {reading: sum(day is not None for day in found) for reading, found in days.items()}
    most = max(fits.values(), default=0)
    left = [reading for reading in READINGS if most and fits[reading] == most]
    known = {reading: [day for day in days[reading] if day is not None] for reading in left}
    for holds in (
        lambda reading: max(known[reading]) <= today + TOMORROW,
        lambda reading: max(known[reading]) - min(known[reading]) <= timedelta(days=LONGEST),
        lambda reading: all(
            timedelta(0) <= day - placed <= timedelta(days=FEEDBACK_DAYS)
            for day, placed in zip(days[reading], order_days, strict=False)
            if day is not None and placed is not None
        ),
        lambda reading: all(a >= b for a, b in zip(known[reading], known[reading][1:], strict=False)),
    ):
        left = [reading for reading in left if holds(reading)] or left
    same = {reading: known[reading] for reading in left}
    return [reading for n, reading in enumerate(left) if same[reading] not in [same[other] for other in left[:n]]]
