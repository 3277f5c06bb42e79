"""What a file of settings says that cannot be meant, in the house form: where, expected, found, the nearest right name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from helpers.errors import SettingsError
from helpers.exports import toml_text
from helpers.exports.setting_values import Strict, nearest

MOST_FAULTS = 10  # of a file, named at once


def checked(model: type[Any], said: dict, path: Path) -> Any:
    """What a TOML file says as the model. Raises SettingsError that names every line that cannot be meant."""
    try:
        return model.model_validate(said)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        lines = [f"{path}: {_said(one, model, said)}"[: toml_text.MOST_LETTERS] for one in faults[:MOST_FAULTS]]
        more = [f"{path}: and {len(faults) - MOST_FAULTS:,} more"] if len(faults) > MOST_FAULTS else []
        raise SettingsError("\n".join([*lines, *more])) from error


def check(path: Path, where: str, found: str, known: Any) -> None:
    """Raise SettingsError, with the nearest right name, when `found` is not one of the names known."""
    if found not in known:
        raise refused(path, where, found, known)


def refused(path: Path, where: str, found: str, known: Any) -> SettingsError:
    expected = ", ".join(sorted(known))
    return SettingsError(f"{path}: [{where}]: expected one of {expected}, found {found!r}{nearest(found, known)}")


def _said(error: Any, model: type[Any], said: dict) -> str:
    """One validation error in the house form: where, expected, found, the nearest right name."""
    where = _where(error["loc"], said)
    line = where if where.startswith("[") else repr(where)
    if error["type"] == "extra_forbidden":
        *table, key = error["loc"]
        return f"unknown key {line}{nearest(key, _keys(table, model))}"
    if error["type"] == "missing":
        return f"expected a line for {line}, found none"
    expected = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{where}: {expected}; found {error['input']!r}"


def _where(place: Sequence[str | int], said: Any) -> str:
    """The keys of a line; an entry of a list by its own name, or by which it is."""
    keys, entries = [], []
    for part in place:
        if isinstance(part, int):
            said = said[part] if isinstance(said, list) else None
            entries.append(repr(said["name"]) if isinstance(said, dict) and "name" in said else f"entry {part + 1}")
        else:
            said = said.get(part) if isinstance(said, dict) else None
            keys.append(part)
    return f"[{'.'.join(keys)}], {', '.join(entries)}" if entries else ".".join(keys)


def _keys(table: list, model: Any) -> list[str]:
    """The keys a table may hold: the way to it is followed through the fields of the model."""
    for part in table:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _inner(annotation: Any) -> Any:
    """The model inside the type of a field, such as that of `Mapping[str, ColumnMap]`; None where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    return next(filter(None, map(_inner, get_args(annotation))), None)
