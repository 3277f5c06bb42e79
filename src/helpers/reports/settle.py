"""`seller-audit settle`: each open question of an account asked on a terminal, its answer written into account.toml."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from helpers import exports
from helpers.exports import account_text, settling
from helpers.exports.settling import Proposal
from helpers.reports.terminal import clean
from helpers.sentences import written_like
from helpers.vocabulary import Account

SKIP, YES = "skip", "yes"


def run(folder: str, *, certain_only: bool) -> int:
    """Ask until nothing new is open. Exit code: 3 when a question stays open, else 0.

    certain_only   ask nobody: write what has one possible answer, print what several fit
    """
    today = date.today()  # noqa: DTZ011 - the user's own calendar
    account, asked, is_written = exports.read(folder, today), set(), False
    with written_like(account.locale):
        while True:
            found = [one for one in settling.proposals(account, today) if (one.path, one.key) not in asked]
            asked |= {(one.path, one.key) for one in found}
            answers: dict[str, dict[str, str | date]] = {}
            for path in dict.fromkeys(one.path for one in found):
                said = _of_file(account, path, [one for one in found if one.path == path], certain_only=certain_only)
                answers |= {path: said} if said else {}
            if not answers:
                break
            account_text.write(account.folder, answers, account.files.get_column("path").to_list())
            click.echo(f"written into {clean(str(account.folder))}:\n{clean(account_text.lines(answers))}\n")
            account, is_written = exports.read(folder, today), True
    for question in account.questions:
        if not question.answers:  # no line of account.toml can answer it
            click.echo(clean(f"{question.path}\n  {question.text}"))
    if not asked and not account.questions:
        click.echo("Nothing is open.")
    elif certain_only and not is_written:
        click.echo("Nothing was written: no question has one possible answer. Without --yes each is asked.")
    return 3 if account.questions else 0


def _of_file(account: Account, path: str, found: Iterable[Proposal], *, certain_only: bool) -> dict[str, str | date]:
    """What is to be written for a file: key → value."""
    click.echo(clean(path))
    for question in account.questions:
        if question.path == path:
            click.echo(f"  {clean(question.text)}")
    answers: dict[str, str | date] = {}
    for one in found:
        click.echo(clean(f"  {one.key}: {_proposed(one)} ({one.reason})"))
        value = one.value if one.is_certain and certain_only else None if certain_only else _asked(one)
        if value is not None:
            answers |= {**one.also, one.key: value}
    return answers


def _proposed(one: Proposal) -> str:
    if one.value is not None:
        return str(one.value) if one.is_certain else f"perhaps {one.value}"
    return " or ".join(one.choices) or "not known"


def _asked(one: Proposal) -> str | date | None:
    """What the person says; None to leave it open. What is not certain is never the answer of an empty line."""
    default = str(one.value) if one.is_certain else SKIP
    if one.choices:
        said = click.prompt(f"  {one.key}", type=click.Choice([*one.choices, SKIP]), default=default)
    else:
        said = click.prompt(
            f"  {one.key}: a day, yes for the one proposed, or {SKIP}", default=default, value_proc=_day
        )
    return None if said == SKIP else one.value if said == YES else said


def _day(said: str) -> str | date:
    if said in (YES, SKIP):
        return said
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise click.BadParameter(f"expected a day such as 2026-03-31, {YES} or {SKIP}") from error
