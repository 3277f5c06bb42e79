"""A charge and a deadline in words: what is printed of them, and nothing more."""

from __future__ import annotations

from decimal import Decimal

from helpers.notices.reading import Charge, Deadline
from helpers.wording import THIN, day, plural


def told(charge: Charge) -> str:
    """A charge in words: what is printed of it, nothing more."""
    parts = [in_words(charge.subject)]
    if charge.category:
        parts.append(f"category {charge.category}")
    if charge.figure is not None:
        parts.append(printed(charge.figure))
    if charge.count is not None:
        parts.append(f"{charge.count} of {charge.out_of}" if charge.out_of else f"{charge.count}")
    if charge.target is not None:
        parts.append(f"target {in_words(charge.target_sense or '')} {printed(charge.target)}")
    if charge.window_days:
        parts.append(plural(charge.window_days, "day"))
    if charge.window_to:
        parts.append(f"to {day(charge.window_to)}")
    if charge.hedged:
        parts.append("one of several that may not all apply")
    return ", ".join(parts)


def printed(value: Decimal) -> str:
    """A share or the points of a rating with the precision the letter prints: `1.99 %`, `84`."""
    if value > 1:
        return format(value, "f")
    return f"{(value * 100).normalize():f}{THIN}%"


def limit(one: Deadline) -> str:
    """A deadline in words."""
    if one.date is not None:
        doubt = " (day and month could change places)" if one.is_doubtful else ""
        return f"{day(one.date)}{doubt}"
    unit = "business day" if one.in_business_days else "day"
    return f"{plural(one.days or 0, unit)} from {'the first notice' if one.counts_from == 'first_notice' else 'the notice'}"


def in_words(name: str) -> str:
    """A word of the vocabulary as prose has it: `late shipment rate`."""
    return name.replace("_", " ")
