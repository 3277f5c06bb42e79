"""Which accounts, which day, which notebooks: checked before anything is started."""

from __future__ import annotations

import ast
import re
import shlex
import tempfile
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from helpers import coverage
from helpers.errors import SettingsError

INJECTED = "# Parameters"  # how papermill begins the cell with the parameters it was given


@dataclass(frozen=True)
class Period:
    """The day a report looks at and the name of its folder; both empty: the last complete day of the files."""

    as_of: str = ""
    folder: str = ""


def period(month: str | None, as_of: str | None, today: date) -> Period:
    """The period a user asked for. Raises SettingsError for a month or day that is none, or not over yet."""
    if month is not None and as_of is not None:
        raise SettingsError("expected --month or --as-of, found both", "take one of them out")
    if month is not None:
        return _month(month, today)
    if as_of is not None:
        day = named_day("--as-of", as_of)
        if day >= today:
            hint = f"the last day that is over is {date.fromordinal(today.toordinal() - 1)}"
            raise SettingsError(f"--as-of: expected a day that is over, found {as_of}", hint)
        return Period(day.isoformat(), day.isoformat())
    return Period()


def _month(month: str, today: date) -> Period:
    found = re.fullmatch(r"(\d{4})-(\d{2})", month)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1995:
        raise SettingsError(f"--month: expected a month such as 2026-03, found {month!r}", "write it as YYYY-MM")
    year, number = int(found[1]), int(found[2])
    last = date(year, number, monthrange(year, number)[1])
    if last >= today:
        hint = "take an earlier month, or --as-of with a day that is over"
        raise SettingsError(f"--month: expected a month that is over, found {month}, which ends on {last}", hint)
    return Period(last.isoformat(), month)


def named_day(option: str, said: str) -> date:
    """The day an option names. Raises SettingsError when it names none."""
    day = coverage.read_day(option, said)
    if day is None:
        raise SettingsError(f"{option}: expected a day such as 2026-03-31, found ''", "write it as YYYY-MM-DD")
    return day


def accounts(name: str, file: str) -> list[Path]:
    """The account folders meant by one argument: the folder itself, or, where it has no account.toml, those in it.

    Raises SettingsError when the folder is missing or holds no account.
    """
    folder = Path(name)
    if not folder.is_dir():
        raise SettingsError(f"{name}: expected a folder, found none", "check the spelling of the path")
    inside = [folder] if (folder / file).exists() else sorted(path.parent for path in folder.glob(f"*/{file}"))
    if not inside:
        hint = f"make an account: seller-audit new {shlex.quote(str(folder / 'my-account'))}"
        raise SettingsError(f"{name}: expected {file} in it or in a folder in it, found none", hint)
    return [path.resolve() for path in inside]


def output(name: str | None, default: Path) -> Path:
    """Where the reports go. Raises SettingsError when nothing can be written there."""
    folder = Path(name).resolve() if name else default
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        hint = "name another folder, or mend its permissions"
        raise SettingsError(f"--out: expected a folder to write to, found {folder}: {error.strerror}", hint) from error


def checked(given: dict[str, Any], known: Collection[str]) -> dict[str, Any]:
    """The parameters for a notebook. Raises SettingsError for a name its parameters cell does not have, and for a value
    that is no text: every parameter of a notebook is one."""
    for name, value in given.items():
        if name not in known:
            near = get_close_matches(name, list(known), 1, 0.4)
            hint = f"did you mean {near[0]!r}?" if near else "correct the name"
            raise SettingsError(f"parameter {name!r}: expected one of {', '.join(known)}", hint)
        if not isinstance(value, str):
            hint = f"papermill takes it as a text with -r in place of -p: -r {name} …"
            raise SettingsError(f"parameter {name!r}: expected a text, found {value!r}", hint)
    return given


def refuse_unknown(cells: Sequence[str] | None = None) -> None:
    """Refuse what papermill put into a notebook beside the parameters it declares: it would be ignored in silence.

    cells   the cells run so far, by default those of the kernel this is called in: papermill writes its own, with the
            parameters it was given, after the one that declares them
    Raises SettingsError as `checked`.
    """
    from IPython import get_ipython  # in a kernel it is there already; a command that checks its folders needs none

    shell = get_ipython()
    run: Sequence[str] = cells if cells is not None else shell.user_ns["In"] if shell else []
    own = [number for number, cell in enumerate(run) if cell.startswith(INJECTED)]
    if not own:
        return
    declared = [
        node.target.id
        for cell in run[: own[0]]
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    given = {
        target.id: _value(node.value)
        for node in ast.parse(run[own[-1]]).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    checked(given, declared)


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return float("nan")  # all papermill writes that is no literal is float('nan') and float('inf')
