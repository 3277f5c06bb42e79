"""`seller-audit`: what a consultant types and a scheduler runs. Exit codes: docs/contracts.md section 6.

Only click is imported here; each command imports what it needs, so that --help answers at once.
"""

from __future__ import annotations

import io
import sys
from typing import Any, NoReturn

import click

from helpers.reports import case_commands, office_commands, report_command


class _Group(click.Group):
    """Ends with the exit code of the kit's own errors, without a traceback for what a user can mend."""

    def main(self, *arguments: Any, **keywords: Any) -> NoReturn:
        from helpers.errors import KitError

        keywords["standalone_mode"] = False
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a console that knows no ü prints \xfc
        try:
            code = super().main(*arguments, **keywords)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = 2
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except KitError as error:
            click.echo(str(error), err=True)  # written for people: no class before it
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("interrupted", err=True)
            code = 130
        except Exception as error:  # nobody foresaw it: one line for the user, no traceback
            from helpers.reports.failures import unforeseen

            click.echo(unforeseen(error).said, err=True)
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Tell a marketplace seller where the account stands, from the files the marketplace lets them download."""


@main.command()
@click.argument("folder")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def check(folder: str, as_json: bool) -> int:
    """Say what each downloaded file is, what the files can prove, and what to download."""
    from datetime import date

    from helpers import exports
    from helpers.audit import Audit
    from helpers.reports import listing, publish
    from helpers.scenarios import scenarios_file
    from helpers.sentences import written_like

    account, today = exports.read(folder), date.today()  # noqa: DTZ011
    day = account.last_complete_day or today
    scenarios_file.read(account)  # what is wrong with it is said now and not in the night
    with written_like(account.locale):
        audit = Audit(account, day, today)
        if as_json:
            click.echo(publish.as_json(listing.as_json(audit)), nl=False)
        else:
            click.echo(listing.as_text(audit))
    return 3 if account.questions else 0


@main.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...")
@click.option("--as-of", metavar="YYYY-MM-DD", help="Look at this day (default: the newest day).")
@click.option(
    "--since", metavar="YYYY-MM-DD", help="What is true now and was not on this day (default: a month earlier)."
)
@click.option("--today", metavar="YYYY-MM-DD", help="What is in the future lies after this day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def alerts(folders: tuple[str, ...], as_of: str | None, since: str | None, today: str | None, as_json: bool) -> int:
    """Say what has become true and should wake somebody; exit code 4 when there is something."""
    from helpers.reports import of_accounts, waking

    return waking.run(of_accounts.folders(folders), as_of=as_of, since=since, today=today, as_json=as_json)


@main.command()
@click.argument("folder")
@click.option("--yes", is_flag=True, help="Ask nobody: write what has one possible answer, print the rest.")
def settle(folder: str, yes: bool) -> int:
    """Answer the questions of `check`: each answer is proposed with its reason and written into account.toml."""
    from helpers.reports import settle

    return settle.run(folder, certain_only=yes)


@main.command()
@click.argument("folder")
def new(folder: str) -> None:
    """Make the folder of a new account, with a commented account.toml."""
    import re
    import shlex
    from pathlib import Path

    from helpers import exports
    from helpers.errors import SettingsError
    from helpers.exports import settings

    place = Path(folder)
    if not folder.strip():
        raise SettingsError("expected the name of a folder, found none", "for example: seller-audit new data/acme")
    path = place / settings.FILE
    if path.exists():
        raise SettingsError(f"{path}: expected no such file, found one", "edit it, or choose another folder")
    account = re.sub(r"[^A-Za-z0-9_-]+", "-", place.resolve().name).strip("-_") or "account"
    try:
        (place / "exports").mkdir(parents=True, exist_ok=True)
        path.write_text(exports.template(account[:64], place.resolve().name), encoding="utf-8")
    except OSError as error:
        text = f"{place}: expected a folder that can be made, found {error.strerror}"
        raise SettingsError(text, "choose another name or place") from error
    click.echo(f"{path}\nNext: correct it, put the downloads into {place / 'exports'}, then:")
    click.echo(f"seller-audit check {shlex.quote(folder)}")


@main.command()
@click.option("--out", metavar="DIR", help="Where to put the page (default: reports/lesson/ in the kit's folder).")
@click.option("--pdf", is_flag=True, help="Print it as PDF too (needs Chromium, Chrome or Edge).")
def lesson(out: str, pdf: bool) -> int:
    """Write the lesson on feedback and silence: one page for a class. Needs no account."""
    from helpers import places
    from helpers.reports import ending, lesson, parameters
    from helpers.reports.failures import Failed

    ending.heed_signals()
    target = parameters.output(out, places.home() / "reports" / "lesson")
    try:
        made = lesson.make(target, as_pdf=pdf)
    except Failed as failed:
        click.echo(f"no lesson: {failed.said}", err=True)
        return failed.code
    for path in made:
        click.echo(path)
    return 0


@main.command()
@click.argument("folder")
@click.argument("keys", nargs=-1)
@click.option("--all", "of_all", is_flag=True, help="every order of the account")
def whois(folder: str, keys: tuple[str, ...], of_all: bool) -> None:
    """Give back the order numbers behind keys printed in a report."""
    from helpers import exports
    from helpers.errors import SettingsError

    if not keys and not of_all:
        raise SettingsError("whois: expected a key of a report, found none", "--all gives every order of the account")
    found = exports.whois(exports.read(folder), () if of_all else keys)
    for key, order_id in found.items():
        if order_id is not None:
            click.echo(order_id if len(keys) == 1 and not of_all else f"{key}  {order_id}")
    if unknown := [key for key, order_id in found.items() if order_id is None]:
        hint = "keys belong to one account and look like K7QD-3MXA; check the folder and the spelling"
        raise SettingsError(f"{folder}: expected keys of its orders, found {', '.join(map(repr, unknown))}", hint)


for command in (report_command.report, *case_commands.COMMANDS, *office_commands.COMMANDS):
    main.add_command(command)

if __name__ == "__main__":
    main()
