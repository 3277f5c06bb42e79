"""Why a report was not made, as one line in plain words: what the error says, the notebook's cell and line."""

from __future__ import annotations

import errno
import re
import signal
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from helpers.errors import KitError, SettingsError
from helpers.reports.terminal import plain

if TYPE_CHECKING:
    from papermill.exceptions import PapermillExecutionError

EXIT_OF_ERROR: Mapping[str, int] = MappingProxyType({"SettingsError": 2, "ExportError": 3})
COLOUR = re.compile("\x1b\\[[0-9;]*[A-Za-z]")
FRAME = re.compile(r"Cell In ?\[(\d+)\], line (\d+)")


class Failed(Exception):
    """A report that could not be made: what to say, the exit code, what to do next.

    ended   how its kernel ended, where it did so by itself (tasks.Outcome)
    """

    def __init__(self, said: str, code: int = 1, *, hint: str = "", ended: int | None = None) -> None:
        super().__init__(said)
        self.said, self.code, self.hint, self.ended = said, code, hint, ended


def of_kit(error: KitError) -> str:
    """What an error of the kit says, and its hint, in one line: it is written for people and needs no class before it."""
    return _one_line(str(error))


def _one_line(said: str) -> str:
    return plain(said.replace("\n  Hint: ", "; "))


def ending(who: str, code: int | None) -> str:
    """How a process ended by itself, in words: by which signal, or with which exit code."""
    if code is None:
        return f"{who} ended before the notebook was through"
    if code < 0:
        return f"{who} ended by signal {-code} ({(signal.strsignal(-code) or 'without a name').lower()})"
    return f"{who} ended with exit code {code} before the notebook was through"


def unwritten(folder: Path, error: OSError) -> Failed:
    """A report that could not be written into a folder: a disk that is full, rights that are missing."""
    said = (error.strerror or str(error)).lower()
    return Failed(plain(f"cannot write the report: {said}"), hint=f"Make room in {folder}, or mend its permissions.")


def dead(code: int | None) -> Failed:
    """A kernel that ended before its notebook."""
    return Failed(ending("the kernel", code), ended=code)


def in_cell(error: PapermillExecutionError, path: Path) -> Failed:
    """What a cell raised. The kit's own errors say where the fault is; of any other the cell and its line are told."""
    if error.ename in EXIT_OF_ERROR:
        return Failed(_one_line(error.evalue), EXIT_OF_ERROR[error.ename])
    said = f"{error.ename}: {error.evalue}" if error.evalue else error.ename
    # The innermost frame in the failing cell: what it called may lie in a library.
    lines = [line for cell, line in FRAME.findall(COLOUR.sub("", "\n".join(error.traceback)))]
    place = f"{path.name}, cell {error.exec_count}" + (f", line {lines[-1]}" if lines else "")
    return Failed(plain(f"{said} ({place})"))


def unforeseen(error: Exception) -> Failed:
    """An error nobody wrote a sentence for: its class, what it says, and the line of code it came from; a full disk alone
    needs none of these."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        where = f": {error.filename}" if error.filename else ""
        return Failed(
            plain(f"no space is left on the disk{where}"), hint="Make room on it; temporary files need some too."
        )
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Failed(plain(f"{said} ({Path(last.filename).name}, line {last.lineno})"))


def opened(path: Path) -> Any:
    """The notebook in a file. Raises SettingsError for a file that is none, or that names no kernel to run it."""
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError, KeyError) as error:
        hint = "open it in JupyterLab, or take it out of notebooks/"
        raise SettingsError(f"{path.name}: expected a Jupyter notebook, found another file", hint) from error
    if not notebook.metadata.get("kernelspec", {}).get("name"):
        hint = "open it in JupyterLab, choose the Python kernel, and save it"
        raise SettingsError(f"{path.name}: expected a kernelspec in the notebook's metadata, found none", hint)
    return notebook
