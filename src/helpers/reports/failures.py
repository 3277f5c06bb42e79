"""Why a report was not made, as one line: the class of the error, what it says, the notebook's cell and line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from helpers.errors import SettingsError
from helpers.reports.terminal import plain

if TYPE_CHECKING:
    from papermill.exceptions import PapermillExecutionError

EXIT_OF_ERROR: Mapping[str, int] = MappingProxyType({"SettingsError": 2, "ExportError": 3})
COLOUR = re.compile("\x1b\\[[0-9;]*[A-Za-z]")
FRAME = re.compile(r"Cell In ?\[(\d+)\], line (\d+)")


class Failed(Exception):
    """A report that could not be made: what to say and the exit code."""

    def __init__(self, said: str, code: int = 1) -> None:
        super().__init__(said)
        self.said, self.code = said, code


def in_cell(error: PapermillExecutionError, path: Path) -> Failed:
    """What a cell raised. The kit's own errors say where the fault is; of any other the cell and its line are told."""
    said = f"{error.ename}: {error.evalue}" if error.evalue else error.ename
    if error.ename in EXIT_OF_ERROR:
        return Failed(plain(said), EXIT_OF_ERROR[error.ename])
    # The innermost frame in the failing cell: what it called may lie in a library.
    lines = [line for cell, line in FRAME.findall(COLOUR.sub("", "\n".join(error.traceback)))]
    place = f"{path.name}, cell {error.exec_count}" + (f", line {lines[-1]}" if lines else "")
    return Failed(plain(f"{said} ({place})"))


def unforeseen(error: Exception) -> Failed:
    """An error nobody wrote a sentence for: its class, what it says, and the line of code it came from."""
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
