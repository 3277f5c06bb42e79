"""The commands of the letter: what a notice says, a case and its pack, what is due. See command_line.py."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def notice(file: Path, as_json: bool) -> int:
    """Read a notice: what is charged, what is asked for, by when, and the words that say so. Exit code 3: not read."""
    from helpers import notices
    from helpers.reports import notice_listing, publish

    reading = notices.of_file(file)
    if as_json:
        click.echo(publish.as_json(notices.as_json(reading)), nl=False)
    else:
        click.echo(notice_listing.as_text(reading))
    return 3 if reading.kind is None else 0


@click.command()
@click.argument("folder")
@click.argument("name")
@click.argument("letter", type=click.Path(path_type=Path))
def case(folder: str, name: str, letter: Path) -> None:
    """Begin the case of a letter: copy it into the account's folder and write case.toml as it reads, to be confirmed."""
    from datetime import date

    from helpers import cases

    path = cases.draft(folder, name, letter, date.today())  # noqa: DTZ011 - the user's own calendar
    click.echo(f"{path}\nNext: compare it with the letter, copy the questions of the page into it, confirm it, then:")
    click.echo(f"seller-audit pack {shlex.quote(folder)} {shlex.quote(name)}")


COMMANDS = (notice, case)
