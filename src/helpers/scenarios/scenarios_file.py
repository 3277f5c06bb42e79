"""scenarios.toml in the account's folder: what the account could change, read as strictly as account.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import polars as pl
from pydantic import AfterValidator, Field, PlainValidator, StringConstraints

from helpers.drivers import FACTORS, factors
from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.exports.setting_values import Currency, Strict, nearest
from helpers.scenarios.levers import FORBIDDEN, KINDS, WITH_CAUSE, Cause, Cost, Kind, Lever, Scenario
from helpers.targets import marketplaces
from helpers.vocabulary import METRICS, Account

FILE = "scenarios.toml"
Share = Annotated[float, Field(ge=0, le=1, strict=False)]
OFFER = ("offer", "asin", "product", "item", "listing", "article")  # other names for what the files call a SKU
LONG_PAST = 90  # days before the day looked at: what a change so old does is in the figures the forecast starts from


def _amount(text: str) -> str:
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text):
        raise ValueError('expected an amount as text without its currency, such as "120.00"')
    return text


def _ends(value: Any) -> float | tuple[float, float]:
    """One share, or the least and the most of it."""
    match value:
        case [float() | int() as low, float() | int() as high] if 0 <= low <= 1 and 0 <= high <= 1:
            return float(low), float(high)
        case float() | int() as share if 0 <= share <= 1:
            return float(share)
    raise ValueError("expected a share from 0 to 1, or the least and the most of it, such as [0.2, 0.5]")


Amount = Annotated[str, AfterValidator(_amount)]
Ends = Annotated[float | tuple[float, float], PlainValidator(_ends)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


class _Entry(Strict):
    """One `[[scenarios]]` entry; entries of one name are pulled together."""

    name: Text
    lever: str
    factor: str | None = None
    level: Text | None = None
    share: Ends | None = None
    orders: Annotated[float, Field(ge=-1, le=1, strict=False)] | None = None
    starts: date | None = None
    ramp_days: Annotated[int, Field(ge=0, le=365)] = 0
    metrics: tuple[str, ...] = Field(default=(), strict=False)
    removed: Annotated[int, Field(ge=1, le=1000)] | None = None
    chance: Share = 1.0
    cost: Amount | None = None
    cost_once: Amount | None = None
    currency: Currency | None = None


class _File(Strict):
    scenarios: tuple[_Entry, ...] = Field(default=(), strict=False)


def entries(folder: Path) -> tuple[_Entry, ...] | None:
    """What the file in an account's folder says, each line of it by itself; None where there is no such file.

    Raises SettingsError for every line that cannot be meant, whatever the downloads hold: so it is said before a night begins.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: expected TOML text in UTF-8, found an error: {error}") from error
    found = settings.checked(_File, said, path).scenarios
    for entry in found:
        if entry.lever in FORBIDDEN:
            told = f"{entry.lever} is not permitted: {FORBIDDEN[entry.lever]}"
            raise _wrong(path, entry, "lever", told, "asking everyone alike is permitted")
        _check(path, entry, "lever", entry.lever, KINDS)
        for metric in entry.metrics:
            _check(path, entry, "metrics", metric, METRICS)
    return found


def read(account: Account) -> tuple[Scenario, ...] | None:
    """The scenarios of an account's file; None where it has no such file.

    Raises SettingsError for what `entries` refuses, for a cause of which the files hold no order, and for a currency of no file.
    """
    said, path = entries(account.folder), account.folder / FILE
    if said is None:
        return None
    placed = factors.orders(account) if any(entry.level for entry in said) else None
    named: dict[str, list[Lever]] = {}
    for entry in said:
        named.setdefault(entry.name, []).append(_lever(entry, path, account, placed))
    return tuple(Scenario(name, tuple(levers)) for name, levers in named.items())


def to_come(scenarios: tuple[Scenario, ...], day: date) -> tuple[tuple[Scenario, ...], list[str]]:
    """The scenarios without what began long before the day looked at, and the names of those this is left out of: what it
    changed is in the files already, and would be taken off twice."""
    first, kept, begun = day - timedelta(days=LONG_PAST), [], []
    for one in scenarios:
        levers = tuple(lever for lever in one.levers if lever.starts is None or lever.starts >= first)
        kept += [replace(one, levers=levers)] if levers else []
        begun += [one.name] if len(levers) < len(one.levers) else []
    return tuple(kept), begun


def _lever(entry: _Entry, path: Path, account: Account, placed: pl.DataFrame | None) -> Lever:
    cause, kind = _cause(entry, path, placed), KINDS[entry.lever]
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


def _cause(entry: _Entry, path: Path, placed: pl.DataFrame | None) -> Cause | None:
    """The cause an entry names, once its lever can have one and the files hold orders of it.

    placed   drivers.factors.orders, where some entry names a level
    """
    if entry.factor is None and entry.level is None:
        return None
    if entry.factor is None or entry.level is None or placed is None:
        raise _wrong(path, entry, "factor", "expected `factor` and `level` together, found one of them")
    _check(path, entry, "factor", entry.factor, FACTORS, "sku" if entry.factor.lower() in OFFER else "")
    if entry.lever not in WITH_CAUSE:
        raise _wrong(
            path, entry, "factor", f"expected a lever that has a cause ({', '.join(WITH_CAUSE)}), found {entry.lever!r}"
        )
    held = placed.get_column(entry.factor).drop_nulls().unique().sort().to_list()
    if entry.level not in held:
        found = f"expected a level of {entry.factor} that the orders hold, found {entry.level!r}{nearest(entry.level, held)}"
        raise _wrong(
            path, entry, "level", found, "the table “Where bad ones come from” of the monthly report names them"
        )
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
    """What an entry costs, in its currency, which is one of the account's stores or files, or else in the one of its stores."""
    if entry.cost is None and entry.cost_once is None:
        return None
    stores = marketplaces()
    own = {stores[store].currency for store in account.marketplaces if store in stores}
    if entry.currency is None and len(own) > 1:
        raise _wrong(path, entry, "currency", f"expected one of {', '.join(sorted(own))}: the account has several")
    filed = {
        one for frame in (account.orders, account.money) for one in frame.get_column("currency").drop_nulls().unique()
    }
    if entry.currency is not None and own | filed and entry.currency not in own | filed:
        said = f"expected a currency of the account's stores or files ({', '.join(sorted(own | filed))}), found {entry.currency!r}"
        raise _wrong(path, entry, "currency", said, "write the amount in one of them, at the rate of the day")
    return Cost(Decimal(entry.cost_once or 0), Decimal(entry.cost or 0), entry.currency or next(iter(own), None))


def _check(path: Path, entry: _Entry, key: str, found: str, known: Collection[str], meant: str = "") -> None:
    """Raise SettingsError where a name is none of those known. meant  the one that is surely meant"""
    if found not in known:
        near = f"; did you mean {meant!r}?" if meant else nearest(found, known)
        raise _wrong(path, entry, key, f"expected one of {', '.join(sorted(known))}, found {found!r}{near}")


def _wrong(path: Path, entry: _Entry, key: str, said: str, hint: str = "") -> SettingsError:
    return SettingsError(f"{path}: [scenarios.{key}], {entry.name!r}: {said}", hint)
