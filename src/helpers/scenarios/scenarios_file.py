"""scenarios.toml in the account's folder: what the account could change, read as strictly as account.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from helpers.drivers import FACTORS, factors
from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.exports.setting_values import Strict, nearest
from helpers.scenarios.levers import FORBIDDEN, KINDS, WITH_CAUSE, Cause, Cost, Kind, Lever, Scenario
from helpers.targets import marketplaces
from helpers.vocabulary import METRICS, Account

FILE = "scenarios.toml"
Share = Annotated[float, Field(ge=0, le=1, strict=False)]
Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]{1,2})?$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


class _Entry(Strict):
    """One `[[scenarios]]` entry; entries of one name are pulled together."""

    name: Text
    lever: str
    factor: str | None = None
    level: Text | None = None
    share: Share | Annotated[tuple[Share, ...], Field(min_length=2, max_length=2, strict=False)] | None = None
    orders: Annotated[float, Field(ge=-1, le=1, strict=False)] | None = None
    starts: date | None = None
    ramp_days: Annotated[int, Field(ge=0, le=365)] = 0
    metrics: tuple[str, ...] = Field(default=(), strict=False)
    removed: Annotated[int, Field(ge=1, le=1000)] | None = None
    chance: Share = 1.0
    cost: Amount | None = None
    cost_once: Amount | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None


class _File(Strict):
    scenarios: tuple[_Entry, ...] = Field(default=(), strict=False)


def read(account: Account) -> tuple[Scenario, ...] | None:
    """The scenarios of an account's file; None where it has no such file.

    Raises SettingsError for every line that cannot be meant, for a cause of which the files hold no order, and for a lever the
    marketplace forbids.
    """
    path = account.folder / FILE
    if not path.is_file():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: expected TOML text in UTF-8, found an error: {error}") from error
    file = settings.checked(_File, said, path)
    named: dict[str, list[Lever]] = {}
    for entry in file.scenarios:
        named.setdefault(entry.name, []).append(_lever(entry, path, account))
    return tuple(Scenario(name, tuple(levers)) for name, levers in named.items())


def _lever(entry: _Entry, path: Path, account: Account) -> Lever:
    if entry.lever in FORBIDDEN:
        hint = "asking everyone alike is permitted"
        raise SettingsError(f"{path}: [scenarios.lever]: {entry.lever}: not permitted: {FORBIDDEN[entry.lever]}", hint)
    settings.check(path, "scenarios.lever", entry.lever, KINDS)
    for metric in entry.metrics:
        settings.check(path, "scenarios.metrics", metric, METRICS)
    cause, kind = _cause(entry, path, account), KINDS[entry.lever]
    _complete(entry, kind, path, has_cause=cause is not None)
    share = entry.share if entry.share is not None else float(cause is not None)
    low, high = share if isinstance(share, tuple) else (share, share)
    if low > high:
        raise _wrong(path, entry, "share", f"expected the lesser share first, found [{low}, {high}]")
    return Lever(
        entry.lever,
        (low, high),
        entry.orders or 0.0,
        entry.starts,
        entry.ramp_days,
        entry.metrics,
        (entry.removed or 0, entry.chance),
        _cost(entry, path, account),
        cause,
    )


def _cause(entry: _Entry, path: Path, account: Account) -> Cause | None:
    """The cause an entry names, once its lever can have one and the files hold orders of it."""
    if entry.factor is None and entry.level is None:
        return None
    if entry.factor is None or entry.level is None:
        raise _wrong(path, entry, "factor", "expected `factor` and `level` together, found one of them")
    settings.check(path, "scenarios.factor", entry.factor, FACTORS)
    if entry.lever not in WITH_CAUSE:
        raise _wrong(
            path, entry, "factor", f"expected a lever that has a cause ({', '.join(WITH_CAUSE)}), found {entry.lever!r}"
        )
    held = factors.orders(account).get_column(entry.factor).drop_nulls().unique().sort().to_list()
    if entry.level not in held:
        found = f"expected a level of {entry.factor} that the orders hold, found {entry.level!r}{nearest(entry.level, held)}"
        hint = "the table “Where bad ones come from” of the monthly report names them"
        raise SettingsError(f"{path}: [scenarios.level], {entry.name!r}: {found}", hint)
    return Cause(entry.factor, entry.level)


def _complete(entry: _Entry, kind: Kind, path: Path, *, has_cause: bool) -> None:
    """Raise SettingsError where an entry leaves out what its lever needs, or says what the files tell of its cause."""
    for name in kind.needs:
        if getattr(entry, name) is None and not has_cause:
            raise _wrong(
                path, entry, name, f"expected a line for {name!r}: the lever {entry.lever!r} does nothing without it"
            )
    if has_cause and entry.orders is not None:
        raise _wrong(path, entry, "orders", "expected none beside a cause: its orders are counted from the files")
    if entry.removed is not None and "removed" not in kind.needs:
        raise _wrong(
            path, entry, "removed", f"expected it of the lever 'removals_won' alone, found it of {entry.lever!r}"
        )


def _cost(entry: _Entry, path: Path, account: Account) -> Cost | None:
    """What an entry costs, in its currency or else in the one of the account's stores."""
    if entry.cost is None and entry.cost_once is None:
        return None
    stores = marketplaces()
    own = {stores[store].currency for store in account.marketplaces if store in stores}
    if entry.currency is None and len(own) > 1:
        raise _wrong(path, entry, "currency", f"expected one of {', '.join(sorted(own))}: the account has several")
    return Cost(Decimal(entry.cost_once or 0), Decimal(entry.cost or 0), entry.currency or next(iter(own), None))


def _wrong(path: Path, entry: _Entry, key: str, said: str) -> SettingsError:
    return SettingsError(f"{path}: [scenarios.{key}], {entry.name!r}: {said}")
