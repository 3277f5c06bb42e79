"""Which accounts a command means, and which reports of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from helpers import notebooks
from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.reports import parameters
from helpers.reports.tasks import Task


def folders(names: tuple[str, ...]) -> Iterator[tuple[Path, Exception | None]]:
    """Every account folder meant, once each; with an argument that means none, what is wrong with it."""
    seen = set()
    for name in names:
        try:
            found = parameters.accounts(name, settings.FILE)
        except SettingsError as error:
            yield Path(name), error
            continue
        yield from ((folder, None) for folder in found if folder not in seen)
        seen |= set(found)


def tasks(folder: Path, chosen: list[Path], *, taken: dict[str, Path], **shared: Any) -> list[Task]:
    """The reports of one account; `shared` is what all tasks of the run have in common.

    Raises SettingsError when its id is that of another: one would overwrite the other.
    """
    said = settings.read(folder)
    if said.id.lower() in taken:
        text = f"expected an id of its own, found {said.id!r}, the id of {taken[said.id.lower()]}"
        raise SettingsError(text, "give each account its own id in account.toml")
    for now in filter(None, map(notebooks.renamed, () if chosen else said.notebooks)):
        click.echo(f"{folder / settings.FILE}: {now}", err=True)
    paths = chosen or [notebooks.named(name) for name in said.notebooks or notebooks.DEFAULT]
    return [Task(said.id, folder, path, **shared) for path in dict.fromkeys(paths)]
