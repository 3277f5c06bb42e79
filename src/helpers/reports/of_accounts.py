"""Which accounts a command means, and which reports of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from helpers import notebooks
from helpers.errors import KitError, SettingsError
from helpers.exports import settings
from helpers.reports import brand, failures, parameters
from helpers.reports.tasks import Problem, Task

WHAT_IF = notebooks.named("04")


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


def checked(names: tuple[str, ...], chosen: list[Path], **shared: Any) -> tuple[list[Task], list[Problem]]:
    """The reports of every folder that is fit, and what is wrong with the others: all of it, before anything runs.

    chosen   the notebooks asked for; none: each account's own · shared  what all tasks of the run have in common
    """
    found: list[Task] = []
    problems = []
    for folder, problem in folders(names):
        try:
            if problem is not None:
                raise problem
            found += tasks(folder, chosen, taken={task.account.lower(): task.folder for task in found}, **shared)
        except KitError as error:
            problems.append(Problem(folder, error.exit_code, failures.of_kit(error)))
        except Exception as error:  # one account's settings never stop another's report
            problems.append(Problem(folder, 1, failures.unforeseen(error).said))
    return found, problems


def tasks(folder: Path, chosen: list[Path], *, taken: dict[str, Path], **shared: Any) -> list[Task]:
    """The reports of one account; `shared` is what all tasks of the run have in common.

    Raises SettingsError when its id is that of another, for one would overwrite the other; and for settings, scenarios, a brand,
    a note or a download that cannot be read.
    """
    said = settings.read(folder)
    brand.read(folder)
    brand.note(folder)
    _readable(folder)
    if said.id.lower() in taken:
        text = f"expected an id of its own, found {said.id!r}, the id of {taken[said.id.lower()]}"
        raise SettingsError(text, "give each account its own id in account.toml")
    for now in filter(None, map(notebooks.renamed, () if chosen else said.notebooks)):
        click.echo(f"{folder / settings.FILE}: {now}", err=True)
    paths = chosen or [notebooks.named(name) for name in said.notebooks or notebooks.DEFAULT]
    if WHAT_IF in paths and (folder / "scenarios.toml").exists():
        from helpers.scenarios import scenarios_file  # slow to import, and few accounts have the file

        scenarios_file.entries(folder)
    return [Task(said.id, folder, path, name=said.name, **shared) for path in dict.fromkeys(paths)]


def _readable(folder: Path) -> None:
    """Raises SettingsError for the first folder or file of an account this user may not read."""
    for path in (folder, *sorted((folder / "exports").rglob("*"))):
        if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
            raise SettingsError(f"{path}: expected a file that can be read, found no right to", "mend its permissions")
