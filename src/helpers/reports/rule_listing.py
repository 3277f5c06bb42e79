"""The targets of targets.toml, as lines for a terminal: those in force, and those nobody has looked up for long."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from helpers import targets
from helpers.targets import FRESH
from helpers.wording import count, plural


def in_force(today: date) -> Iterator[str]:
    """Two lines a target: what a rate must be, and who says so."""
    for row in targets.table().iter_rows(named=True):
        if (row["valid_from"] or today) <= today <= (row["valid_to"] or today):
            yield _target(row)
            since = f"since {row['valid_from']}, " if row["valid_from"] else ""
            yield textwrap.indent(f"{since}{row['source']} [{row['grade']}] {row['note'] or ''}".rstrip(), "    ")


def stale(today: date) -> Iterator[str]:
    """Two lines a target that was not confirmed for over 180 days, and how to confirm it; one line where there is none."""
    rows = targets.stale(today)
    if rows.is_empty():
        yield f"every target in force was compared with its source in the {FRESH.days} days to {today}"
        return
    for row in rows.iter_rows(named=True):
        yield _target(row)
        age = plural((today - row["confirmed"]).days, "day")
        yield f"    confirmed {row['confirmed']}, {age} ago: {row['source']} [{row['grade']}]"
    yield (
        f"{count(rows.height)} not confirmed for over {FRESH.days} days: look each up at its source and write "
        "confirmed = YYYY-MM-DD into its row of targets.toml; where it changed, end the row and add the next"
    )


def any_stale(today: date) -> bool:
    """Whether a target in force was not confirmed for over 180 days."""
    return not targets.stale(today).is_empty()


def _target(row: dict[str, Any]) -> str:
    window = f", {row['window_days']} days" if row["window_days"] else ""
    where = f"({row['marketplaces']}, {row['fulfilment']})"
    return f"{row['metric']} {row['must_be']} {row['value'] or '?'}{window} {where}"
