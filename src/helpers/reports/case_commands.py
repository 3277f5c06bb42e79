"""The commands of the letter: what a notice says, a case and its pack, what is due. See command_line.py."""

from __future__ import annotations

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


COMMANDS = (notice,)
