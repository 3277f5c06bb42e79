"""What follows a run: a sign of life, mails of alerts, the page over all accounts, a command with the summary.

Each of them is told when it fails, changes no report and stops none of the others. What makes it is imported when it is asked
for: one report of one account needs none of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from helpers.errors import KitError, SettingsError
from helpers.reports.failures import Failed
from helpers.reports.records import SCHEMA_VERSION, End, Record


@dataclass(frozen=True)
class Asked:
    """What shall follow a run.

    index    where the page over all accounts goes; None: none is made · mails  of accounts with an alert
    on_done  a command that gets the summary; empty: none
    """

    index: Path | None = None
    mails: bool = False
    on_done: str = ""

    def check(self) -> None:
        """Raises SettingsError for a command that is not there and a place for the page that is no folder: before the night."""
        if self.on_done:
            from helpers.reports import notify

            program = notify.in_words(self.on_done)[0]
            if program and shutil.which(program) is None:
                raise SettingsError(
                    f"--on-done: expected a program that is there, found {program!r}", "give its whole path"
                )
        if self.index is not None and self.index.exists() and not self.index.is_dir():
            raise SettingsError(f"--index: expected a folder, found {self.index}", "name a folder of your own")


def follow(
    asked: Asked,
    out: Path,
    month: str,
    today: date,
    records: Sequence[Record],
    end: End,
    *,
    folders: Mapping[str, Path | None],
    is_night: bool = True,
    names: Collection[str] = (),
) -> tuple[list[Path], list[str]]:
    """Do what was asked for, and return the files made and a sentence for everything that failed.

    month    YYYY-MM, or the folder's name of a run without one
    folders  account → its folder, of the accounts of the run; None: its report failed · names  of every account
    is_night  a month's run over a folder of accounts: the one a watchdog waits for
    """
    made: list[Path] = []
    failed: list[str] = []
    if not (is_night or asked.mails or asked.index or asked.on_done):
        return made, failed
    from helpers.reports import index, notify

    try:
        if is_night:
            notify.heartbeat(out, asdict(end), month, today)
    except OSError as error:
        failed.append(f"{out / notify.HEARTBEAT}: no sign of life: {error}")
    if asked.mails:
        written, problems = notify.mails(out, month, folders, names)
        made += written
        failed += problems
    if asked.index is not None:
        try:
            made += index.make(out, month, asked.index, today.isoformat())[:1]
        except (Failed, KitError) as error:
            failed.append(f"no page over all accounts: {error.said if isinstance(error, Failed) else error}")
    if asked.on_done:
        summary = {"schema_version": SCHEMA_VERSION, "month": month, **asdict(end)}
        said = notify.done(asked.on_done, summary | {"reports": [asdict(one) for one in records], "problems": failed})
        failed += [said] if said else []
    return made, failed
