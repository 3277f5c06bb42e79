"""A charge and a deadline in words: what is printed of them, and nothing more."""

from __future__ import annotations

from helpers.notices.reading import Charge, Deadline
from helpers.wording import day, percent, plural


def told(charge: Charge) -> str:
    """A charge in words: what is printed of it, nothing more."""
    parts = [in_words(charge.subject)]
    if charge.category:
        parts.append(f"category {charge.category}")
    if charge.figure is not None:
        parts.append(str(charge.figure) if charge.figure > 1 else percent(float(charge.figure)))
    if charge.count is not None:
        parts.append(f"{charge.count} of {charge.out_of}" if charge.out_of else f"{charge.count}")
    if charge.target is not None:
        value = str(charge.target) if charge.target > 1 else percent(float(charge.target))
        parts.append(f"target {in_words(charge.target_sense or '')} {value}")
    if charge.window_days:
        parts.append(plural(charge.window_days, "day"))
    if charge.window_to:
        parts.append(f"to {day(charge.window_to)}")
    if charge.hedged:
        parts.append("one of several that may not all apply")
    return ", ".join(parts)


def limit(one: Deadline) -> str:
    """A deadline in words."""
    if one.date is not None:
        doubt = " (day and month could change places)" if one.is_doubtful else ""
        return f"{day(one.date)}{doubt}"
    return f"{plural(one.days or 0, 'day')} from {'the first notice' if one.counts_from == 'first_notice' else 'the notice'}"


def in_words(name: str) -> str:
    """A word of the vocabulary as prose has it: `late shipment rate`."""
    return name.replace("_", " ")
