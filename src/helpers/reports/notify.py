"""The end of a night, told: a command with its summary, mails ready to send, and a sign of life that can be missed.

Nothing here sends anything or changes a report. What fails is told and stops nothing.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from helpers.errors import KitError, SettingsError
from helpers.exports import personal, settings
from helpers.portfolio import Report, reading
from helpers.reports import brand, clients, failures, mail, product, publish
from helpers.reports.contents import Page
from helpers.reports.terminal import plain
from helpers.sentences import say, written_like
from helpers.wording import day

HEARTBEAT = ".heartbeat"
LONGEST = 60  # seconds a command may take
MOST_SAID = 300  # characters of what it says
MODE = 0o600  # of a mail about one client, until somebody sends it


def done(command: str, summary: Mapping[str, Any], *, longest: float = LONGEST) -> str:
    """Run a command with the summary as JSON on its standard input; what went wrong in one line, empty where nothing did.

    command   a program and its arguments, split as a shell splits them and given to no shell: `notify.sh "a b"` is one
              program with one argument, and `;`, `|`, `$(…)` are letters like others. Nothing of the summary, which names
              clients, is ever part of it
    """
    try:
        words = in_words(command)
    except SettingsError as error:
        return error.message
    said = json.dumps(summary, ensure_ascii=False, allow_nan=False).encode()
    try:
        ended = subprocess.run(words, input=said, capture_output=True, timeout=longest, check=False)
    except subprocess.TimeoutExpired:
        return f"--on-done: {words[0]} took longer than {longest:.0f} seconds and was stopped"
    except OSError as error:
        return f"--on-done: {words[0]} could not be run: {error.strerror or error}"
    if ended.returncode == 0:
        return ""
    last = plain((ended.stderr or ended.stdout).decode("utf-8", "replace").strip().rpartition("\n")[2])[:MOST_SAID]
    return f"--on-done: {words[0]} ended with exit code {ended.returncode}{f': {last}' if last else ''}"


def in_words(command: str) -> list[str]:
    """A command as a program and its arguments. Raises SettingsError for one that is none."""
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError as error:
        raise SettingsError(f"--on-done: expected a command, found {command!r} ({error})") from error
    if not words:
        raise SettingsError("--on-done: expected a command, found none")
    return words


def heartbeat(reports: Path, ended: Mapping[str, Any], month: str, today: date) -> Path:
    """Write the day on which a night last came to its end, with its counts, to `<reports>/.heartbeat`; returns the file.

    ended   the last line of the run's record. A night that is killed writes none: a watchdog misses the day.
    Raises OSError when it cannot be written.
    """
    counts = {name: ended.get(name) for name in ("ended_at", "code", "made", "unchanged", "failed")}
    said = {"schema_version": 1, "day": today.isoformat(), "month": month, **counts}
    return publish.place(reports / HEARTBEAT, publish.as_json(said))


def mails(
    reports: Path, month: str, folders: Mapping[str, Path | None], names: Collection[str] = ()
) -> tuple[list[Path], list[str]]:
    """One mail ready to send a client that has an alert this month, `<account>-<month>-alerts.eml` beside its report; and
    in sentences why one could not be written.

    folders   account → its folder, whose brand and locale the mail has; None: its report failed, and no mail stands
    names     of every account (clients.names): a mail that holds another's is not written
    Alerts are those of the monthly report's results (helpers.alerts): a rate that merely moved writes no mail. A mail of
    last time is taken away where nothing is left to say.
    """
    written, problems = [], []
    for account, report in reading.of_month(reports, month, {}).items():
        if account not in folders:
            continue
        path = reports / account / month / f"{account}-{month}-alerts.eml"
        folder, sentences = folders[account], report.frames["alerts"].get_column("sentence").to_list()
        try:
            path.unlink(missing_ok=True)
            if folder is not None and sentences:
                written.append(publish.place(path, _mail(report, sentences, folder, reports, names), MODE))
        except (KitError, OSError) as error:
            why = failures.of_kit(error) if isinstance(error, KitError) else plain(str(error))
            problems.append(f"{account}: no mail: {why}")
    return written, problems


def _mail(report: Report, sentences: list[str], folder: Path, reports: Path, names: Collection[str]) -> bytes:
    """The mail, after the gate. Raises LeakError, SettingsError for a brand that cannot be used, OSError."""
    said, own = settings.read(folder), brand.read(folder)
    others = clients.besides(names, said, own)
    texts = {"the mail": "\n".join([report.name, *sentences])}
    product.let_through(texts, personal.dropped(folder), allowed=report.name, others=others, folder=folder)
    with written_like(said.locale):
        return _written(report, sentences, own, reports)


def _written(report: Report, sentences: list[str], own: brand.Brand, reports: Path) -> bytes:
    attached = {} if report.page is None else {Path(report.page).name: (reports / report.page).read_bytes()}
    when = day(report.as_of)
    letter = mail.Mail(
        subject=say("mail-subject", account=report.name, about=say("alerts", alerts=len(sentences)), day=when),
        kicker=say("mail-of-alerts", account=report.name, day=when),
        headline=say("alerts-since", alerts=len(sentences)),
        figures=[],
        actions=[],
        changed=sentences,
        attached=say("mail-attached", files=list(attached)) if attached else "",
        brand=own,
    )
    return mail.written(letter, Page(letter.subject, brand=own), attached)
