"""What a run leaves for machines: one line of JSON a report, written as each ends, and a last line when the run is over.

`<out>/.runs/<moment it started>.jsonl`. A run that was ended has no last line, and perhaps one cut short: helpers.portfolio,
which reads these, leaves it out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from helpers.places import RUNS
from helpers.reports.kept import where_to_look
from helpers.reports.tasks import FAILED, MADE, UNCHANGED, Outcome, Problem, Task
from helpers.wording import first_sentence

SCHEMA_VERSION = 1
STALE, NO_VERDICT, GAPS, UNREAD = "stale", "no_verdict", "gaps", "unread"
VERDICTS = {"met", "breached", "too_few_orders"}


@dataclass(frozen=True)
class Record:
    """One report of a run.

    account    its id; empty where its settings cannot be read: then `folder` says which is meant
    notebook   the notebook's name, with its number; empty where it never came to that
    month      the name of the report's folder: YYYY-MM, or YYYY-MM-DD of a day that was asked for
    as_of      the day looked at (ISO) · status  made, unchanged, failed · code  its exit code · said  why it failed
    memory_mb  the most its processes held at once · flags  stale, no_verdict
    verdict    the first sentence of its headline · files  relative to the folder of all reports
    look       where to look when it failed: a page that is kept, or a command
    """

    account: str
    name: str
    folder: str
    notebook: str
    month: str
    as_of: str
    status: str
    code: int
    said: str
    seconds: float
    memory_mb: float
    flags: tuple[str, ...] = ()
    verdict: str = ""
    files: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True)
class Begin:
    """What a run set out to do: when (ISO, UTC), for which month or day, how many reports, and which: each with the
    account, name, folder and notebook its own line will have."""

    began_at: str
    month: str
    reports: int
    asked: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class End:
    """How a run ended: when (ISO, UTC), with which exit code, how many reports of each status."""

    ended_at: str
    code: int
    made: int
    unchanged: int
    failed: int


def flags(said: Mapping[str, Any], as_of: str) -> tuple[str, ...]:
    """What a report's results say against relying on it: `stale`, no file reaches the day that was asked for;
    `no_verdict`, not one rate could be judged; `gaps`, files are missing of a judged window; `unread`, a file could not be
    recognised.

    as_of   the day asked for (ISO); empty where none was: then nothing is stale
    """
    reached = max(
        (day for file in said["files"] for day in (file.get("reaches"), file.get("last_day")) if day), default=""
    )
    is_judged = any(row["status"] in VERDICTS for row in said.get("verdicts", ()))
    found = {
        STALE: as_of and reached < as_of,
        NO_VERDICT: not is_judged,
        GAPS: said.get("gaps"),
        UNREAD: unread(said),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def unread(said: Mapping[str, Any]) -> int:
    """How many files of a report's results could not be recognised."""
    return sum(file.get("report", "") is None for file in said["files"])


def verdict(said: Mapping[str, Any]) -> str:
    """The first sentence of a report's headline; empty where it has none."""
    return first_sentence((said.get("answer") or {}).get("headline", ""))


def of(outcome: Outcome) -> Record:
    task = outcome.task
    return Record(
        account=task.account,
        name=task.name,
        folder=str(task.folder),
        notebook=task.notebook.stem,
        month=task.period or (outcome.files[0].parent.name if outcome.files else ""),
        as_of=outcome.as_of,
        status=outcome.status,
        code=outcome.code,
        said=outcome.said,
        seconds=round(outcome.seconds, 2),
        memory_mb=round(outcome.memory_mb, 1),
        flags=outcome.flags,
        verdict=outcome.verdict,
        files=tuple(path.relative_to(task.out).as_posix() for path in outcome.files),
        look=where_to_look(outcome) if outcome.status == FAILED else "",
    )


def of_problem(problem: Problem, month: str, as_of: str) -> Record:
    """The record of a folder no report was tried of."""
    folder = str(problem.folder)
    look = where_to_look(problem)
    return Record("", "", folder, "", month, as_of, FAILED, problem.code, problem.said, 0.0, 0.0, look=look)


def begin(started: datetime, month: str, tasks: Sequence[Task], problems: Sequence[Problem]) -> Begin:
    """The first line of a run."""
    asked = tuple(
        {"account": one.account, "name": one.name, "folder": str(one.folder), "notebook": one.notebook.stem}
        for one in tasks
    )
    return Begin(started.isoformat(timespec="seconds"), month, len(tasks) + len(problems), asked)


def ended(outcomes: Sequence[Outcome], problems: int, code: int) -> End:
    """The end of a run, now; folders no report was tried of count as failed."""
    number = {status: sum(one.status == status for one in outcomes) for status in (MADE, UNCHANGED, FAILED)}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return End(now, code, number[MADE], number[UNCHANGED], number[FAILED] + problems)


class Writer:
    """The file of one run, a line at a time; each has reached the disk when it is said to be written."""

    def __init__(self, out: Path, started: datetime) -> None:
        """Begin the file of a run. Raises OSError when it cannot be written."""
        (out / RUNS).mkdir(parents=True, exist_ok=True)
        while True:
            self.path = out / RUNS / f"{started.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.jsonl"
            try:
                self.path.open("x").close()
                return
            except FileExistsError:  # of a run that was over within this second
                started += timedelta(seconds=1)

    def add(self, one: Begin | Record | End) -> None:
        """Write a line. Raises OSError when it cannot be written."""
        with self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:  # a path that is no text
            file.write(json.dumps({"schema_version": SCHEMA_VERSION} | asdict(one), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
