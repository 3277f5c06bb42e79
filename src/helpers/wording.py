"""Counts, rates, days and money as text: one way to write a number everywhere.

A rate never stands alone: `share` writes it with its numerator and denominator. Numbers, days and money are written the
way of the account's locale, which babel knows; sentences are in the language that has a table (helpers.sentences).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.dates import format_date, get_day_names
from babel.numbers import format_currency, format_decimal

from helpers.sentences import count, has, say, writing_now
from helpers.vocabulary import FULFILMENTS, MERCHANT, METRICS, UNKNOWN_STORE

THIN = "\N{NARROW NO-BREAK SPACE}"


BOUNDS = ("lower_bound", "upper_bound", "approximate")


def bound(exactness: str) -> str:
    """What stands before a figure that is only a bound: `at least `, `at most `, `about `; nothing before an exact one."""
    return f"{say(f'bound.{exactness}')} " if exactness in BOUNDS else ""


def money(amount: Decimal, currency: str | None) -> str:
    """An amount with its currency: `£1,380.50`, `1.380,50 €`; the number alone where no currency is known."""
    if currency is None:
        return format_decimal(amount, format="#,##0.00", locale=writing_now().numbers)
    return format_currency(amount, currency, locale=writing_now().numbers)


def whole_money(amount: Decimal, currency: str | None) -> str:
    """An estimate of money, in whole units of its currency: `£1,381`, `1.381 €`."""
    locale = writing_now().numbers
    if currency is None:
        return format_decimal(amount, format="#,##0", locale=locale)
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)


def about(number: float | Fraction) -> str:
    """An expected count, which need not be whole: `57.7`, `34`."""
    return format_decimal(float(number), format="#,##0.#", locale=writing_now().numbers)


def times(ratio: float | Fraction) -> str:
    """A ratio, to three figures: `14.8`, `198`, `3,062`."""
    digits = 0 if ratio >= 99.95 else 1 if ratio >= 9.995 else 2 if ratio >= 0.9995 else 4
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(
        float(f"{float(ratio):.3g}") if ratio < 999.5 else round(ratio), format=pattern, locale=writing_now().numbers
    )


def plural(number: int, one: str, many: str | None = None) -> str:
    """A counted noun: `1 order`, `1,380 orders`; `feedback` has no plural of its own."""
    return f"{count(number)} {one if number == 1 or one == 'feedback' else many or one + 's'}"


def percent(rate: float | Fraction) -> str:
    """A fraction as a percentage: two decimals below 10 %, as the marketplace prints it, else one."""
    hundredfold = float(rate) * 100
    pattern = "#,##0.00" if abs(round(hundredfold, 2)) < 10 else "#,##0.0"
    return f"{format_decimal(hundredfold, format=pattern, locale=writing_now().numbers)}{THIN}%"


def whole_percent(part: int, whole: int) -> int:
    """A share in whole per cents, as the feedback page shows it: 1,001 / 15 / 4 of 1,020 are 98, 1 and 0.

    A share exactly between two is rounded up; the marketplace does not say how it rounds those. Source: help page
    G97692EVY8H3CZY9.
    """
    return (200 * part + whole) // (2 * whole)


def percent_range(low: float, high: float) -> str:
    """Two rates as one range: `0.37–4.73 %`."""
    return f"{percent(low).removesuffix(f'{THIN}%')}–{percent(high)}"


def interval(low: float | None, high: float | None) -> str:
    """An interval of a rate as text: two ends, or the one that a bound bears; `—` where neither is known."""
    if low is None or high is None:
        return (
            f"{bound('lower_bound')}{percent(low)}"
            if low is not None
            else f"{bound('upper_bound')}{percent(high)}"
            if high is not None
            else "—"
        )
    return percent_range(low, high)


def target_percent(value: str) -> str:
    """A target's decimal text as the marketplace writes it, without false decimals: `1 %`, `2.5 %`."""
    return f"{format_decimal(Fraction(value) * 100 + 0.0, format='0.###', locale=writing_now().numbers)}{THIN}%"


def in_100(share: float) -> str:
    """A share found by simulation, as whole ones of a hundred; neither end is said to be certain."""
    side = "fewer" if share < 0.01 else "more" if share > 0.99 else "about"
    return say("share-of-100", side=side, part=int(f"{share * 100:.0f}"))


def odds(value: float, finest: int = 1000) -> str:
    """A chance as so many in 100, the same hundred everywhere, so that two can be compared at sight: `20 in 100`; nearer to none or
    to certain in 1,000, and never surer than that: `4 in 1,000`, `under 1 in 1,000`, `over 999 in 1,000`.

    finest   100: of a chance that rests on a model of the record: `under 1 in 100`, `over 99 in 100`
    What rounds to 5 or 95 in 100 from the side of weak evidence says so: `just over 5 in 100`, `just under 95 in 100`.
    """
    side, part, of = _so_many(value, finest)
    return say("chance", side=side, part=part, of=of)


def _so_many(value: float, finest: int) -> tuple[str, int, int]:
    """A chance as `odds` writes it: on which side of so many, so many, in how many."""
    of = 100 if 0.0095 <= value <= 0.9905 and 1 / finest <= value <= 1 - 1 / finest else finest
    part, side = min(max(round(value * of), 1), of - 1), "whole"
    if value < 1 / finest:
        side = "under"
    elif value > 1 - 1 / finest:
        side = "over"
    elif of == 100 and part == 5 and value > 0.05:
        side = "just_over"
    elif of == 100 and part == 95 and value < 0.95:
        side = "just_under"
    return side, part, of


def first_sentence(text: str) -> str:
    """The first sentence of a text; a point inside a number or before a small letter ends none."""
    return re.split(r"(?<=[.?!]) (?=[A-Z])", text)[0]


def capital(text: str) -> str:
    """A text as it begins a sentence or a cell: its first letter raised, every other as it stands."""
    return text[:1].upper() + text[1:]


def bounded(exactness: str, value: float, finest: int = 100) -> str:
    """A probability of which one side is known, with one word for that: `at most 36 in 100`, never `at most just under 95`;
    empty where it says nothing ("at most over 99 in 100")."""
    side, part, of = _so_many(value, finest)
    if exactness not in BOUNDS or (side, exactness) in (("under", "upper_bound"), ("over", "lower_bound")):
        return odds(value, finest)  # over 99 in 100 is at least so much
    if (side, exactness) in (("under", "lower_bound"), ("over", "upper_bound")):
        return ""
    inward = {("just_over", "upper_bound"): 1, ("just_under", "lower_bound"): -1}.get((side, exactness), 0)
    return bound(exactness) + say("chance", side="whole", part=part + inward, of=of)


def day(value: date, *, year: bool = True) -> str:
    """A day in words: `31 March 2026`."""
    return format_date(value, "long" if year else _without_year(), locale=writing_now().days)


def _without_year() -> str:
    """The locale's order of day and month: `d MMMM` or `MMMM d`."""
    return "MMMM d" if is_month_first() else "d MMMM"


def is_month_first() -> bool:
    """Whether the locale writes the month before the day."""
    pattern = writing_now().days.date_formats["long"].pattern
    return pattern.index("M") < pattern.index("d")


def day_name(weekday: int) -> str:
    """A weekday by its name, Monday being 0."""
    return get_day_names("wide", locale=writing_now().days)[weekday]


def days(first: date, last: date) -> str:
    """The days from one to another in words: `1 September to 27 September 2026`; the day alone where they are one."""
    if first == last:
        return day(first)
    return say("days", first=day(first, year=first.year != last.year), last=day(last))


def short_day(value: date) -> str:
    """A day for a table: `31 Mar 2026`."""
    return format_date(value, "medium", locale=writing_now().days)


def signed(number: int) -> str:
    """A change with its sign: `+1,380`, `−3`, `0`."""
    return ("+" if number > 0 else "−" if number < 0 else "") + count(abs(number))


def share(numerator: int, denominator: int, one_is: str) -> str:
    """A rate with its counts: `0.80 % (11 of 1,380 orders)`."""
    return say("share", rate=percent(numerator / denominator), part=numerator, of=counted(denominator, one_is))


def counted(number: int, one_is: str) -> str:
    """So many of what a metric counts, which every table of sentences has a word for: `1 order`, `1,380 orders`."""
    return say(f"number-of.{one_is.replace(' ', '-')}", number=number)


def uncounted(one_is: str) -> str:
    """One of what a metric counts, without a number: `order`."""
    return say(f"one.{one_is.replace(' ', '-')}")


def several(one_is: str) -> str:
    """Several of what a metric counts, without a number: `orders`."""
    return say(f"plural-of.{one_is.replace(' ', '-')}")


def head(code: str, family: str) -> str:
    """What stands over a column: the words of its own table, else those of every table. Raises KeyError where neither
    has the code."""
    own = f"head-{family}.{code}"
    return say(own) if has(own) else say(f"head.{code}")


def labelled(label: str, text: str) -> str:
    """A text behind what it is of: `2 November 2026: a new carrier`."""
    return say("labelled", label=label, text=text)


def aimed(must_be: str, target: str) -> str:
    """A target with its sense, from its decimal text: `under 1 %`."""
    return say(f"aim.{must_be}", target=target_percent(target))


def fulfilled_by(fulfilment: str, store: str = "amazon") -> str:
    """Who ships, in a client's words. In a shop outside Amazon it is not Amazon that ships for the seller."""
    if fulfilment not in FULFILMENTS:
        return say("ships.all")
    other = "amazon" if store.startswith(("amazon", "non-amazon")) else "marketplace"
    return say(f"ships.{'merchant' if fulfilment == MERCHANT else other}")


def store(name: str) -> str:
    """A store by its name, or that it is not known."""
    return say("store-unknown") if name == UNKNOWN_STORE else name


def within(row: Mapping[str, Any]) -> str:
    """What tells a rate from others of its store and channel: its group, and its window where the metric has several."""
    metric = METRICS.get(row.get("metric", ""))
    has_several = metric is not None and len(metric.windows) > 1 and row.get("window_days")
    return ", ".join(filter(None, [row.get("group"), say("window", days=row["window_days"]) if has_several else None]))


def where(row: Mapping[str, Any]) -> str:
    """Whose rate it is, from the key of a row: `amazon.de, seller ships`, with its group if it has one, and its window
    where the metric has several."""
    return ", ".join(
        filter(None, [store(row["marketplace"]), fulfilled_by(row["fulfilment"], row["marketplace"]), within(row)])
    )
