"""`seller-audit alerts`: what has become true of each account, as text or JSON, and whether anybody is to be woken."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from helpers import alerts, audit, metrics
from helpers.errors import KitError, SettingsError
from helpers.reports import parameters, publish
from helpers.reports.results import plain
from helpers.reports.terminal import clean
from helpers.rows import rows_of
from helpers.signals import AlertRow
from helpers.wording import THIN, in_100, short_day

WOKEN = 4  # the exit code when there is an alert
UNFIT = 3  # and where there is none, but the account cannot be judged in full
WIDTH = 98
CALM = "  no alert: nothing is so now that was not so then; what was missed before still is, and a rate the files do not tell raises none"


def run(
    folders: Iterable[tuple[Path, Exception | None]],
    *,
    as_of: str | None,
    since: str | None,
    today: str | None,
    as_json: bool,
) -> int:
    """Print the alerts of every account and give the exit code: the highest of all accounts.

    folders   account folders, each with what is wrong with it (command_line)
    An account that cannot be read is named on standard error, and does not hide the others.
    """
    now = date.today() if today is None else parameters.named_day("--today", today)  # noqa: DTZ011 - the user's own calendar
    day = parameters.period(None, as_of, now).as_of
    before = None if since is None else parameters.named_day("--since", since)
    found, failed, worst = [], [], 0
    for folder, problem in folders:
        try:
            if problem is not None:
                raise problem
            one = _looked_at(folder, day, before, now)
        except KitError as error:
            click.echo(f"{folder}: {error}", err=True)
            failed.append({"folder": folder.name, "error": str(error), "exit_code": error.exit_code})
            worst = max(worst, error.exit_code)
            continue
        found.append(one)
        worst = max(worst, WOKEN if one["alerts"].height else UNFIT if one["unjudged"] else 0)
        if not as_json:
            click.echo(_text(one))
    if as_json:
        click.echo(publish.as_json(plain({"accounts": found, "failed": failed})), nl=False)
    return worst


def _looked_at(folder: Path, day: str, before: date | None, now: date) -> dict:
    one = audit.of(folder, day, now)
    if before is not None and before >= one.day:
        raise SettingsError(f"--since: expected a day before {one.day}, found {before}", "name an earlier day")
    return {
        "account": one.account.id,
        "name": one.account.name,
        "as_of": one.day,
        "since": before or metrics.month_before(one.day),
        "unjudged": alerts.unjudged(one),
        "alerts": alerts.of(one, before),
    }


def _text(one: dict) -> str:
    head = f"{clean(one['name'])} ({one['account']}), {short_day(one['since'])} to {short_day(one['as_of'])}"
    rows = [_line(row) for row in rows_of(one["alerts"], AlertRow)]
    untold = [_filled(f"cannot be judged in full: {one['unjudged']}", "  ? ")] if one["unjudged"] else []
    return "\n".join([head, *(rows + untold or [CALM]), ""])


def _line(row: AlertRow) -> str:
    said = [f"{row['kind']}: {row['sentence']}"]
    if row["fixed_step"] and row["share_fixed_step"] is not None:
        said.append(f"Waking at {row['fixed_step']}: {in_100(row['share_fixed_step'])}.")
    return _filled(" ".join(said), "  ! ")


def _filled(said: str, lead: str) -> str:
    return textwrap.fill(clean(said.replace(THIN, " ")), WIDTH, initial_indent=lead, subsequent_indent="    ")
