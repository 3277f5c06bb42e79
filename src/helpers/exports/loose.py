"""Values of JSON and XML as downloads give them: numbers as text, days with a time, blocks that may be missing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from helpers.exports import repeated
from helpers.exports.dates import EARLIEST
from helpers.targets import marketplaces


def block(value: Any) -> dict:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def blocks(value: Any) -> list[dict]:
    """The JSON objects of a list; none for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def count(value: Any) -> int | None:
    """A count, also where it is written as text or stands under `count`; None where there is none."""
    found = number(value.get("count") if isinstance(value, dict) else value)
    return int(found) if found is not None else None


def number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < 1e12 else None


def day(stamp: Any) -> date | None:
    """The day a stamp begins with (`2025-08-18`, `2025-08-18T00:00Z`); None where it begins with no possible one."""
    try:
        found = date.fromisoformat(str(stamp).strip()[:10])
    except ValueError:
        return None
    return found if found >= EARLIEST else None


def store_name(marketplace_id: Any, otherwise: str | None = None) -> str | None:
    """The store behind a marketplace's id, as the frames write it; `otherwise` where the file gives no id."""
    if marketplace_id is None:
        return otherwise
    names = {store.id: store.name for store in marketplaces().values()}
    name = f"{repeated.UNKNOWN_STORE} {marketplace_id}"
    return names.get(str(marketplace_id), name if re.match(repeated.STORE, name) else repeated.UNKNOWN_STORE)
