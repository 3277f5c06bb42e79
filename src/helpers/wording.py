"""Counts, rates, days and money as text: one way to write a number everywhere.

A rate never stands alone: `share` writes it with its numerator and denominator. Sentences are English; numbers, days
and money are written the way of the account's locale, which babel knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_decimal_symbol, get_group_symbol

from helpers.vocabulary import FULFILMENTS, MERCHANT, METRICS

THIN = "\N{NARROW NO-BREAK SPACE}"


BOUND = {"lower_bound": "at least", "upper_bound": "at most", "approximate": "about"}


def bound(exactness: str) -> str:
    """What stands before a figure that is only a bound: `at least `, `at most `, `about `; nothing before an exact one."""
    return f"{BOUND[exactness]} " if exactness in BOUND else ""


@dataclass(frozen=True)
class Writing:
    """A way of writing.

    numbers   the locale of numbers and money, such as de_DE
    days      English as it is written in that locale's country, British where none is: months keep their English names
    """

    numbers: Locale
    days: Locale

    @classmethod
    def of(cls, locale: str) -> Writing:
        """The way of writing of a locale such as `de_DE`."""
        numbers = Locale.parse(locale)
        try:
            return cls(numbers, Locale.parse(f"en_{numbers.territory or 'GB'}"))
        except UnknownLocaleError:
            return cls(numbers, Locale.parse("en_GB"))


class _Now:
    """How this process writes: one value, always replaced as a whole. British where no account is spoken of."""

    writing = Writing.of("en_GB")


def write_like(locale: str) -> None:
    """Write numbers, days and money in the way of this locale from now on: for a kernel, which serves one account."""
    _Now.writing = Writing.of(locale)


@contextmanager
def written_like(locale: str) -> Iterator[None]:
    """Write in the way of this locale inside the block, and as before after it, however the block ends."""
    before = _Now.writing
    write_like(locale)
    try:
        yield
    finally:
        _Now.writing = before


def separators() -> tuple[str, str]:
    """The decimal and the thousands sign of the locale, for the axes of charts."""
    return get_decimal_symbol(_Now.writing.numbers), get_group_symbol(_Now.writing.numbers)


def money(amount: Decimal, currency: str | None) -> str:
    """An amount with its currency: `£1,380.50`, `1.380,50 €`; the number alone where no currency is known."""
    if currency is None:
        return format_decimal(amount, format="#,##0.00", locale=_Now.writing.numbers)
    return format_currency(amount, currency, locale=_Now.writing.numbers)


def count(number: int) -> str:
    """A whole number with thousands separated: `1,380`."""
    return format_decimal(int(number), locale=_Now.writing.numbers)


def about(number: float | Fraction) -> str:
    """An expected count, which need not be whole: `57.7`, `34`."""
    return format_decimal(float(number), format="#,##0.#", locale=_Now.writing.numbers)


def times(ratio: float | Fraction) -> str:
    """A ratio, to three figures: `14.8`, `198`, `3,062`."""
    digits = 0 if ratio >= 99.95 else 1 if ratio >= 9.995 else 2 if ratio >= 0.9995 else 4
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(
        float(f"{float(ratio):.3g}") if ratio < 999.5 else round(ratio), format=pattern, locale=_Now.writing.numbers
    )


def plural(number: int, one: str, many: str | None = None) -> str:
    """A counted noun: `1 order`, `1,380 orders`; `feedback` has no plural of its own."""
    return f"{count(number)} {one if number == 1 or one == 'feedback' else many or one + 's'}"


def percent(rate: float | Fraction) -> str:
    """A fraction as a percentage: two decimals below 10 %, as the marketplace prints it, else one."""
    hundredfold = float(rate) * 100
    pattern = "#,##0.00" if abs(round(hundredfold, 2)) < 10 else "#,##0.0"
    return f"{format_decimal(hundredfold, format=pattern, locale=_Now.writing.numbers)}{THIN}%"


def whole_percent(part: int, whole: int) -> int:
    """A share in whole per cents, as the feedback page shows it: 1,001 / 15 / 4 of 1,020 are 98, 1 and 0.

    A share exactly between two is rounded up; the marketplace does not say how it rounds those. Source: help page
    G97692EVY8H3CZY9.
    """
    return (200 * part + whole) // (2 * whole)


def percent_range(low: float, high: float) -> str:
    """Two rates as one range: `0.37–4.73 %`."""
    return f"{percent(low).removesuffix(f'{THIN}%')}–{percent(high)}"


INTERVAL = "90 % interval"  # the one printed beside every rate: intervals.LEVEL


def interval(low: float | None, high: float | None) -> str:
    """An interval of a rate as text: two ends, or the one that a bound bears; `—` where neither is known."""
    if low is None or high is None:
        return (
            f"at least {percent(low)}" if low is not None else f"at most {percent(high)}" if high is not None else "—"
        )
    return percent_range(low, high)


def target_percent(value: str) -> str:
    """A target's decimal text as the marketplace writes it, without false decimals: `1 %`, `2.5 %`."""
    return f"{format_decimal(Fraction(value) * 100 + 0.0, format='0.###', locale=_Now.writing.numbers)}{THIN}%"


def in_100(share: float) -> str:
    """A share found by simulation, as whole ones of a hundred; neither end is said to be certain."""
    if share < 0.01:
        return "fewer than 1 in 100"
    return "more than 99 in 100" if share > 0.99 else f"about {share * 100:.0f} in 100"


def odds(value: float, finest: int = 1000) -> str:
    """A chance as so many in 100, the same hundred everywhere, so that two can be compared at sight: `20 in 100`; nearer to none or
    to certain in 1,000, and never surer than that: `4 in 1,000`, `under 1 in 1,000`, `over 999 in 1,000`.

    finest   100: of a chance that rests on a model of the record: `under 1 in 100`, `over 99 in 100`
    What rounds to 5 or 95 in 100 from the side of weak evidence says so: `just over 5 in 100`, `just under 95 in 100`.
    """
    if value < 1 / finest:
        return f"under 1 in {count(finest)}"
    if value > 1 - 1 / finest:
        return f"over {finest - 1} in {count(finest)}"
    if not 0.0095 <= value <= 0.9905:
        return f"{min(max(round(value * finest), 1), finest - 1)} in {count(finest)}"
    whole = min(max(round(value * 100), 1), 99)
    side = "just over " if whole == 5 and value > 0.05 else "just under " if whole == 95 and value < 0.95 else ""
    return f"{side}{whole} in 100"


def first_sentence(text: str) -> str:
    """The first sentence of a text; a point inside a number or before a small letter ends none."""
    return re.split(r"(?<=[.?!]) (?=[A-Z])", text)[0]


def capital(text: str) -> str:
    """A text as it begins a sentence or a cell: its first letter raised, every other as it stands."""
    return text[:1].upper() + text[1:]


def bounded(side: str, value: float) -> str:
    """A probability of which one side is known: `at most 36 in 100`; empty where that says nothing ("at most over 99 in 100")."""
    said = odds(value, 100)
    if not side:
        return said
    ends = {"over": "at least", "under": "at most"}.get(said.split(" ")[0])
    return f"{side} {said}" if ends is None else said if ends == side else ""


def day(value: date, *, year: bool = True) -> str:
    """A day in words: `31 March 2026`."""
    return format_date(value, "long" if year else _without_year(), locale=_Now.writing.days)


def _without_year() -> str:
    """The locale's order of day and month: `d MMMM` or `MMMM d`."""
    pattern = _Now.writing.days.date_formats["long"].pattern
    return "MMMM d" if pattern.index("M") < pattern.index("d") else "d MMMM"


def days(first: date, last: date) -> str:
    """The days from one to another in words: `1 September to 27 September 2026`; the day alone where they are one."""
    if first == last:
        return day(first)
    return f"{day(first, year=first.year != last.year)} to {day(last)}"


def short_day(value: date) -> str:
    """A day for a table: `31 Mar 2026`."""
    return format_date(value, "medium", locale=_Now.writing.days)


def signed(number: int) -> str:
    """A change with its sign: `+1,380`, `−3`, `0`."""
    return ("+" if number > 0 else "−" if number < 0 else "") + count(abs(number))


def share(numerator: int, denominator: int, one_is: str) -> str:
    """A rate with its counts: `0.80 % (11 of 1,380 orders)`."""
    return f"{percent(numerator / denominator)} ({count(numerator)} of {plural(denominator, one_is)})"


def fulfilled_by(fulfilment: str, store: str = "amazon") -> str:
    """Who ships, in a client's words. In a shop outside Amazon it is not Amazon that ships for the seller."""
    if fulfilment not in FULFILMENTS:
        return "all orders"
    other = "Amazon ships" if store.startswith(("amazon", "non-amazon")) else "the marketplace ships"
    return "seller ships" if fulfilment == MERCHANT else other


def within(row: Mapping[str, Any]) -> str:
    """What tells a rate from others of its store and channel: its group, and its window where the metric has several."""
    metric = METRICS.get(row.get("metric", ""))
    has_several = metric is not None and len(metric.windows) > 1 and row.get("window_days")
    return ", ".join(filter(None, [row.get("group"), f"{row['window_days']} days" if has_several else None]))


def where(row: Mapping[str, Any]) -> str:
    """Whose rate it is, from the key of a row: `amazon.de, seller ships`, with its group if it has one, and its window
    where the metric has several."""
    return ", ".join(
        filter(None, [row["marketplace"], fulfilled_by(row["fulfilment"], row["marketplace"]), within(row)])
    )
