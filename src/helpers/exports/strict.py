"""A settings file as a strict model: every line that cannot be meant is named, with the nearest right word."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.errors import SettingsError


class Strict(BaseModel):
    """A table of a settings file: an unknown key is an error, nothing is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def checked(model: type[Any], said: dict, path: Path) -> Any:
    """What a TOML file says as the model. Raises SettingsError that names every line that cannot be meant."""
    try:
        return model.model_validate(said)
    except ValidationError as error:
        raise SettingsError("\n".join(f"{path}: {_said(one, model)}" for one in error.errors())) from error


def check(path: Path, where: str, found: str, known: Any) -> None:
    """Raise SettingsError, with the nearest right name, when `found` is not one of the names known."""
    if found not in known:
        raise refused(path, where, found, known)


def refused(path: Path, where: str, found: str, known: Any) -> SettingsError:
    """The error that a word is none of those known, with the nearest right one."""
    expected = ", ".join(sorted(known))
    return SettingsError(f"{path}: [{where}]: expected one of {expected}, found {found!r}{nearest(found, known)}")


def nearest(found: str, known: Any) -> str:
    """`; did you mean …?` with the nearest of the words known; empty where none is near."""
    near = get_close_matches(str(found), [str(name) for name in known], 1, 0.4)
    return f"; did you mean {near[0]!r}?" if near else ""


def _said(error: Any, model: type[Any]) -> str:
    """One validation error in the house form: where, expected, found, the nearest right name."""
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        *table, key = error["loc"]
        return f"unknown key {where!r}{nearest(key, _keys(table, model))}"
    if error["type"] == "missing":
        return f"expected a line for {where!r}, found none"
    expected = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{where}: {expected}; found {error['input']!r}"


def _keys(table: list, model: Any) -> list[str]:
    """The keys a table may hold: the way to it is followed through the fields of the model."""
    for part in table:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _inner(annotation: Any) -> Any:
    """The model inside the type of a field, such as that of `Mapping[str, ColumnMap]`; None where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_inner, get_args(annotation))), None)
