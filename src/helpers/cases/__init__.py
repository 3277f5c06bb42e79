"""A case: a letter in the account's folder, what a person confirmed of it, and what goes back.

`cases/<name>/` holds case.toml, the letter, `documents/` to attach, `sent/` with what was handed in before, `pack/`.

settings   case.toml, strict                    drafting   a reading → its first text
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from helpers import notices
from helpers.cases import drafting
from helpers.cases.settings import Cause, Charge, Document, Done, Question, Said, Sent, Step
from helpers.errors import SettingsError
from helpers.exports import settings, toml_text
from helpers.notices import Reading

__all__ = [
    "Case", "Cause", "Charge", "Document", "Done", "Question", "Said", "Sent", "Step", "draft", "every", "newest", "read",
]  # fmt: skip

FOLDER, FILE = "cases", "case.toml"
PARTS = ("documents", "sent")


@dataclass(frozen=True)
class Case:
    """One letter and its answer.

    account   the folder of the account
    said      case.toml
    """

    name: str
    account: Path
    said: Said

    @property
    def folder(self) -> Path:
        return self.account / FOLDER / self.name

    @property
    def letter(self) -> Path:
        return self.folder / self.said.letter

    @property
    def reading(self) -> Reading:
        """What the kit reads in the letter; what a person confirmed goes before it."""
        return notices.of_file(self.letter)

    def confirmed(self) -> Case:
        """The case itself. Raises SettingsError until a person has confirmed the reading."""
        if self.said.confirmed_by:
            return self
        hint = "compare every line with the letter, then write your name: confirmed_by = “…”"
        path = self.folder / FILE
        raise SettingsError(
            f"{path}: expected confirmed_by, found none: nothing is built on an unconfirmed reading", hint
        )


def read(account_folder: str | Path, name: str) -> Case:
    """The case of that name. Raises SettingsError for a case there is not, and every line that cannot be meant."""
    account = settings.find(account_folder)
    path = account / FOLDER / name / FILE
    if not re.fullmatch(r"[\w][\w.-]*", name) or not path.is_file():
        known = ", ".join(_names(account)) or "none"
        hint = f"cases there are: {known}; a new one: seller-audit case {account_folder} {name} LETTER"
        raise SettingsError(f"{path}: expected the case of a letter, found none", hint)
    case = Case(name, account, settings.checked(Said, toml_text.read(path), path))
    known = settings.read(account).marketplaces
    if case.said.marketplace not in known:
        text = f"{path}: marketplace: expected one of {', '.join(known)}, found {case.said.marketplace!r}"
        raise SettingsError(text, "a case is of one store of the account")
    _check_files(case, path)
    return case


def _check_files(case: Case, path: Path) -> None:
    """Every file that case.toml names is there: an answer that names a paper nobody has is worth nothing."""
    named = [("letter", case.letter)]
    named += [("documents", case.folder / "documents" / one.file) for one in case.said.documents]
    named += [("sent", case.folder / "sent" / one.file) for one in case.said.sent]
    papers = {one.file for one in case.said.documents}
    for where, file in named:
        if not file.is_file():
            raise SettingsError(
                f"{path}: {where}: expected the file {file}, found none", "put it there, or correct its name"
            )
    for where, one in [*(("causes", one) for one in case.said.causes), *(("done", one) for one in case.said.done)]:
        if one.document is not None and one.document not in papers:
            text = f"{path}: {where}: expected a file of [[documents]], found {one.document!r}"
            raise SettingsError(text, "add it under [[documents]] with what it shows")


def every(account_folder: str | Path) -> Iterator[Case]:
    """The cases of an account, by name."""
    for name in _names(settings.find(account_folder)):
        yield read(account_folder, name)


def newest(account_folder: str | Path) -> Case:
    """The case whose letter came last. Raises SettingsError where the account has none."""
    found = sorted(every(account_folder), key=lambda case: (case.said.received_on, case.name))
    if not found:
        hint = f"begin one: seller-audit case {account_folder} NAME LETTER"
        raise SettingsError(f"{account_folder}: expected a letter under {FOLDER}/, found none", hint)
    return found[-1]


def _names(account: Path) -> list[str]:
    return sorted(path.parent.name for path in (account / FOLDER).glob(f"*/{FILE}"))


def draft(account_folder: str | Path, name: str, letter: Path, today: date) -> Path:
    """Begin a case: copy the letter and write case.toml as the letter reads. Returns the path of case.toml.

    Raises SettingsError for a name that is taken or cannot be a folder's, and for a letter that cannot be opened.
    """
    account = settings.find(account_folder)
    folder = account / FOLDER / name
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", name):
        raise SettingsError(
            f"expected a name such as 2026-11-late-shipments, found {name!r}", "letters, digits, - and _"
        )
    if (folder / FILE).exists():
        raise SettingsError(f"{folder / FILE}: expected no such file, found one", "edit it, or choose another name")
    reading = notices.of_file(letter)
    store = settings.read(account).marketplaces[0]
    for part in PARTS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    kept = folder / f"letter{letter.suffix or '.txt'}"
    if kept.resolve() != letter.resolve():
        shutil.copyfile(letter, kept)
    (folder / FILE).write_text(drafting.text(reading, kept.name, today, store), encoding="utf-8")
    return folder / FILE
