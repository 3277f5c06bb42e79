"""scenarios.toml in the account's folder: what the account could change, read as strictly as account.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.exports.setting_values import Strict
from helpers.scenarios.levers import FORBIDDEN, KINDS, PRESETS, Lever, Scenario
from helpers.vocabulary import METRICS

FILE = "scenarios.toml"
Share = Annotated[float, Field(ge=0, le=1, strict=False)]


class _Entry(Strict):
    """One `[[scenarios]]` entry; entries of one name are pulled together."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
    lever: str
    share: Share | Annotated[tuple[Share, ...], Field(min_length=2, max_length=2, strict=False)] = 0.0
    orders: Annotated[float, Field(ge=-1, le=1, strict=False)] = 0.0
    starts: date | None = None
    ramp_days: Annotated[int, Field(ge=0, le=365)] = 0
    metrics: tuple[str, ...] = Field(default=(), strict=False)
    removed: Annotated[int, Field(ge=0, le=1000)] = 0
    chance: Share = 1.0
    cost: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]{1,2})?$")] | None = None
    cause: Annotated[str, StringConstraints(max_length=120)] = ""


class _File(Strict):
    scenarios: Annotated[tuple[_Entry, ...], AfterValidator(lambda found: found)] = Field(default=(), strict=False)


def read(folder: Path) -> tuple[Scenario, ...]:
    """The scenarios of an account: those of its file, or the presets where it has none.

    Raises SettingsError for every line that cannot be meant, and for a lever the marketplace forbids.
    """
    path = folder / FILE
    if not path.is_file():
        return PRESETS
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: expected TOML text in UTF-8, found an error: {error}") from error
    file = settings.checked(_File, said, path)
    named: dict[str, list[Lever]] = {}
    for entry in file.scenarios:
        named.setdefault(entry.name, []).append(_lever(entry, path))
    return tuple(Scenario(name, tuple(levers)) for name, levers in named.items())


def _lever(entry: _Entry, path: Path) -> Lever:
    if entry.lever not in FORBIDDEN:
        settings.check(path, "scenarios.lever", entry.lever, KINDS)
    for metric in entry.metrics:
        settings.check(path, "scenarios.metrics", metric, METRICS)
    low, high = entry.share if isinstance(entry.share, tuple) else (entry.share, entry.share)
    if low > high:
        raise SettingsError(f"{path}: [scenarios.share]: expected the lesser share first, found [{low}, {high}]")
    return Lever(
        entry.lever,
        (low, high),
        entry.orders,
        entry.starts,
        entry.ramp_days,
        entry.metrics,
        (entry.removed, entry.chance),
        None if entry.cost is None else Decimal(entry.cost),
        entry.cause,
    )
