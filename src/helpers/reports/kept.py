"""What is kept of a report that failed, for the one who mends it: a page, and the notebook as far as it ran.

Both lie in `<reports>/<account>/failed/`, where no client's report ever stands, until the report is made.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.exports import personal
from helpers.reports import privacy, publish
from helpers.reports.tasks import FAILED, Outcome, Problem, Task
from helpers.templates import template

SETTINGS = "account"  # the page of a folder that never came to a notebook
WRONG, UNFIT = 2, 3  # the exit codes of a wrong setting, and of data that are not fit
MODE = 0o600  # it names folders of this computer


@dataclass(frozen=True)
class Seen:
    """What the supervisor saw of a report: the memory in MB its processes held in its last seconds, and the bounds."""

    memory_mb: float
    most_mb: int
    most_seconds: float


def outcome(found: Outcome, seen: Seen | None = None) -> Outcome:
    """The outcome of a report that failed, with the page that is now kept of it; without one where none can be written.

    seen   None where nobody watched it: its worker is gone
    """
    task = found.task
    notebook = _folder(task) / task.notebook.name
    facts = {
        "Account": f"{task.name} ({task.account})" if task.name else task.account,
        "Report": f"{task.notebook.stem}, {task.period or task.as_of or 'the newest day'}",
        "Came to": _came_to(found, seen),
        "Took": f"{found.seconds:.1f} s of at most {seen.most_seconds:,.0f} s" if seen else "",
        "Memory": _memory(found, seen),
        "Exit code": str(found.code),
    }
    steps = {found.hint: ""} if found.hint else {}
    if found.code == UNFIT:
        steps["Ask what the files say:"] = check(task.folder)
    if notebook.is_file() and found.code not in (WRONG, UNFIT):  # of these the sentence says what to mend
        steps[f"Open the notebook as far as it ran, {notebook.name} beside this page."] = ""
    steps["Then make it again:" if steps else "Mend what is said above and make it again:"] = again(task)
    page = _page(found.said, facts, steps, notebook)
    return replace(found, page=_placed(_folder(task) / f"{task.notebook.stem}.html", page))


def problem(found: Problem, out: Path, taken: Sequence[str]) -> Problem:
    """A folder no report was tried of, with the page that is now kept of it, under the folder's name.

    taken   names that are other accounts': nothing is put into their folders
    """
    if found.folder.name.lower() in taken or not found.folder.is_dir():
        return found
    facts = {"Folder": str(found.folder), "Came to": "no notebook: the folder is not fit", "Exit code": str(found.code)}
    steps = {
        "Mend what is said above, and look whether it is mended:": check(found.folder),
        "Then run the night again.": "",
    }
    path = out / found.folder.name / FAILED / f"{SETTINGS}.html"
    return replace(found, page=_placed(path, _page(found.said, facts, steps, None)))


def notebook(task: Task, executed: Any) -> None:
    """Keep a notebook as far as it ran, without what the gate would stop."""
    import nbformat  # the command needs it of a report that failed alone

    left = nbformat.from_dict(privacy.masked(executed, personal.dropped(task.folder)))
    with suppress(OSError):  # why it failed is told all the same
        publish.place(_folder(task) / task.notebook.name, nbformat.writes(left))


def forget_notebook(task: Task) -> None:
    """Take away the notebook of an earlier run: what is kept from now on is of this one."""
    _taken_away(_folder(task) / task.notebook.name)


def forget(task: Task) -> None:
    """Take away what was kept of a report that is made now."""
    for name in (task.notebook.name, f"{task.notebook.stem}.html"):
        _taken_away(_folder(task) / name)


def forget_problem(task: Task) -> None:
    """Take away what was kept of a folder that is fit now."""
    _taken_away(task.out / task.folder.name / FAILED / f"{SETTINGS}.html")


def where_to_look(found: Outcome | Problem) -> str:
    """What helps the one who mends it: of files that are not fit a question to them, else the page that is kept, else the
    same question."""
    folder = found.folder if isinstance(found, Problem) else found.task.folder
    return str(found.page) if found.page and found.code != UNFIT else check(folder)


def check(folder: Path) -> str:
    return f"seller-audit check {shlex.quote(str(folder))}"


def again(task: Task) -> str:
    """The command that makes this one report."""
    when = {7: ["--month", task.period], 10: ["--as-of", task.period]}.get(len(task.period), [])
    return shlex.join(
        ["seller-audit", "report", str(task.folder), "--notebook", task.notebook.stem, *when, "--out", str(task.out)]
    )


def _came_to(found: Outcome, seen: Seen | None) -> str:
    if found.cell:
        return f"cell {found.cell.number}: {found.cell.first_line}"
    return "no cell of the notebook" if seen else ""


def _memory(found: Outcome, seen: Seen | None) -> str:
    if seen is None:
        return ""
    return (
        f"{seen.memory_mb:,.0f} MB in its last seconds, {found.memory_mb:,.0f} MB at most; "
        f"one report may hold {seen.most_mb:,} MB"
    )


def _page(said: str, facts: dict[str, str], steps: dict[str, str], notebook: Path | None) -> str:
    """The page. steps   what to do → the command that does it, empty where there is none"""
    told = {name: fact for name, fact in facts.items() if fact}
    link = notebook.name if notebook is not None and notebook.is_file() else ""
    return template("failure.html.j2").render(
        said=said, facts=told, steps=steps, notebook=link, at=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    )


def _placed(path: Path, page: str) -> Path | None:
    with suppress(OSError):  # a full disk: why it failed is told all the same
        return publish.place(path, page.encode("utf-8", "backslashreplace"), MODE)  # a path may be no text
    return None


def _folder(task: Task) -> Path:
    return task.out / task.account / FAILED


def _taken_away(path: Path) -> None:
    with suppress(OSError):  # none there, or others beside it
        path.unlink()
        path.parent.rmdir()
