"""account.toml as its owner wrote it: answers put into the text, every word and comment of his kept."""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Collection
from glob import escape
from pathlib import Path

import tomlkit

from helpers import drafts
from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.exports.settings import Answers, Settings


def write(folder: Path, answers: Answers, files: Collection[str]) -> None:
    """Put the answers into `folder`/account.toml, whole or not at all.

    files   the path of every file of the account: an entry that speaks for several is not changed for one of them
    Raises SettingsError when the new text would not say just that, or the file cannot be written; it then stays as it was.
    """
    path = (folder / settings.FILE).resolve()
    before = settings.read(folder)
    content = path.read_bytes()
    ending = "\r\n" if b"\r\n" in content else "\n"
    text = answered(content.decode("utf-8").replace("\r\n", "\n"), before, answers, files)
    try:
        with tempfile.TemporaryDirectory(prefix=drafts.prefix(), dir=path.parent) as draft:
            new = Path(draft) / settings.FILE
            new.write_bytes(text.replace("\n", ending).encode("utf-8"))
            _check(Path(draft), before, answers, files, path)
            shutil.copymode(path, new)
            os.replace(new, path)
    except OSError as error:
        raise _refused(path, answers, f"found that it cannot be written: {error.strerror}") from error


def lines(answers: Answers) -> str:
    """The answers as they stand in account.toml."""
    return tomlkit.dumps({"columns": {escape(path): dict(values) for path, values in answers.items()}}).strip()


def answered(text: str, said: Settings, answers: Answers, files: Collection[str]) -> str:
    """The text with the answers in it.

    An entry that speaks for these files alone, and is told the same of each, gets the lines. Beside an entry that speaks
    for others too a file gets an entry of its own before it, for the first that matches speaks.
    """
    of_glob: dict[str | None, list[str]] = defaultdict(list)
    for path in answers:
        of_glob[said.glob_for(path)].append(path)
    for glob, paths in of_glob.items():
        own = {path: dict(answers[path]) for path in paths}
        every = [path for path in files if said.glob_for(path) == glob]
        if glob is None:
            text = f"{text.rstrip()}\n\n{lines(own)}\n"
        elif set(every) <= set(paths) and all(values == own[paths[0]] for values in own.values()):
            text = _inserted(text, glob, tomlkit.dumps(own[paths[0]]), inside=True)
        else:
            entry = _as_written(text)["columns"][glob]
            text = _inserted(text, glob, lines({path: entry | values for path, values in own.items()}) + "\n\n")
    return text


def _as_written(text: str) -> dict:
    return tomllib.loads(text.removeprefix("\ufeff"))


def _inserted(text: str, glob: str, more: str, *, inside: bool = False) -> str:
    """The text with `more` before the first table of the entry; `inside`: after the heading of the entry itself."""
    written = text.split("\n")
    headings = {number: _heading(line) for number, line in enumerate(written)}
    of_entry = [number for number, keys in headings.items() if keys[:2] == ["columns", glob]]
    own = next((number for number in of_entry if len(headings[number]) == 2), None)
    if inside and own is not None:
        return "\n".join([*written[: own + 1], more.rstrip("\n"), *written[own + 1 :]])
    if not of_entry:
        return text  # written in another way: the check says so
    if inside:
        more = f"{tomlkit.dumps({'columns': {glob: {}}}).strip()}\n{more}\n"
    first = of_entry[0]
    return "\n".join([*written[:first], *more.rstrip("\n").split("\n"), "", *written[first:]])


def _heading(line: str) -> list[str]:
    """The keys of a line that opens a table, such as `[columns."odr.csv".dates]`; none for any other line."""
    if not line.lstrip().startswith("[") or line.lstrip().startswith("[["):
        return []
    try:
        found, keys = tomllib.loads(line), []
    except tomllib.TOMLDecodeError:
        return []
    while found:
        (key, found), *_ = found.items()
        keys.append(key)
    return keys


def _check(draft: Path, before: Settings, answers: Answers, files: Collection[str], path: Path) -> None:
    """Raise SettingsError unless the draft says of every file what was said and answered, and all else as before."""
    try:
        after = settings.read(draft)
    except SettingsError as error:
        raise _refused(path, answers, f"found that they do not fit in: {error}") from error
    wanted = before.answered(answers)
    is_same = after.model_copy(update={"columns": {}}) == before.model_copy(update={"columns": {}})
    if not is_same or any(after.columns_for(one) != wanted.columns_for(one) for one in files):
        raise _refused(path, answers, "found its [columns] written in a way that cannot be added to")


def _refused(path: Path, answers: Answers, why: str) -> SettingsError:
    return SettingsError(
        f"{path}: expected a file that takes the answers, {why}", f"write them yourself:\n{lines(answers)}"
    )
