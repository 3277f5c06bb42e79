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
@click.option("--received", metavar="YYYY-MM-DD", help="The day of the letter, where it prints none (default: today).")
def case(folder: str, name: str, letter: Path, received: str | None) -> None:
    """Begin the case of a letter: copy it into the account's folder and write case.toml as it reads, to be confirmed."""
    from datetime import date

    from helpers import cases, coverage

    came = coverage.read_day("--received", received or "") or date.today()  # noqa: DTZ011 - the user's own calendar
    path = cases.draft(folder, name, letter, came)
    click.echo(f"{path}\nNext: compare it with the letter, copy the questions of the page into it, confirm it, then:")
    click.echo(f"seller-audit pack {shlex.quote(folder)} {shlex.quote(name)}")


@click.command()
@click.argument("folder")
@click.argument("name", required=False)
@click.option("--out", metavar="DIR", help="Where to put the pack (default: pack/ in the case's folder).")
@click.option(
    "--zip", "as_zip", is_flag=True, help="Write a zip as well, without what is for the one who answers alone."
)
@click.option("--no-pdf", is_flag=True, help="Leave out the PDF (needs Chromium, Chrome or Edge).")
@click.option("--today", metavar="YYYY-MM-DD", help="What is in the future lies after this day: to make a pack again.")
def pack(folder: str, name: str | None, out: str | None, as_zip: bool, no_pdf: bool, today: str | None) -> int:
    """Make the answer to a letter: answers, plan of action, evidence, tables. Exit code 3 while its check finds something.

    Without NAME the newest case of the account.
    """
    from helpers import cases, evidence, packs
    from helpers.reports import packing, pdf
    from helpers.reports.terminal import clean
    from helpers.wording import THIN

    case = cases.read(folder, name) if name else cases.newest(folder)
    made = packs.of(evidence.of(case, today or ""))
    as_pdf = not no_pdf and pdf.browser() is not None
    if not no_pdf and not as_pdf:
        click.echo("no PDF: Chromium, Chrome or Edge is needed to print one", err=True)
    for path in packing.written(made, packing.place_of(case, out), as_pdf=as_pdf, as_zip=as_zip):
        click.echo(path)
    for one in made.problems:
        click.echo(clean(f"{one.what}: {one.place}: {one.said}".replace(THIN, " ")), err=True)
    return 3 if made.problems else 0


@click.command("cases")
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...")
def list_cases(folders: tuple[str, ...]) -> int:
    """List letters and their deadlines, the next to end first; of policy letters the day after which they count no more."""
    from datetime import date

    from helpers.errors import KitError
    from helpers.reports import case_listing

    today, worst = date.today(), 0  # noqa: DTZ011 - the user's own calendar
    rows = []
    for folder, problem in case_listing.folders(folders):
        try:
            if problem is not None:
                raise problem
            rows += case_listing.rows(folder, today)
        except KitError as error:
            click.echo(f"{folder}: {error}", err=True)
            worst = max(worst, error.exit_code)
    for line in case_listing.as_text(rows):
        click.echo(line)
    return worst


@click.command()
@click.argument("folder")
@click.option("--yes", is_flag=True, help="Remove them; without it they are only named.")
def forget(folder: str, yes: bool) -> None:
    """Remove what the kit made of an account and can make again: caches, drafts, failed runs and packs."""
    from helpers.reports import forgetting

    for path in forgetting.found(folder):
        if yes:
            forgetting.removed(path)
        click.echo(path)
    if not yes:
        click.echo("nothing was removed: to remove these, add --yes", err=True)


COMMANDS = (notice, case, pack, list_cases, forget)
