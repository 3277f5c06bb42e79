"""What a person sees of a run: how far it is while it runs, and a table when it is over."""

from __future__ import annotations

import shutil
import textwrap
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TextIO

from helpers.reports.kept import where_to_look
from helpers.reports.tasks import FAILED, UNCHANGED, Outcome, Problem
from helpers.reports.terminal import clean
from helpers.wording import THIN, plural

CLEAR = "\r\x1b[K"  # back to the start of the line, and wipe it
LOG_WIDTH = 120
FLAGS = {
    "stale": "files end before the day looked at",
    "no_verdict": "no rate could be judged",
    "gaps": "files are missing of a judged window",
}


class Progress:
    """Tells each outcome: on a terminal under one line with the time left, in a log with the moment it came."""

    def __init__(self, stream: TextIO, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._total, self._clock = stream, total, clock
        self._is_live = stream.isatty()
        self._started, self._done, self._failed = clock(), 0, 0
        self._show()

    def ended(self, outcome: Outcome, paths: Callable[[], None]) -> None:
        """Tell an outcome; `paths` prints the files of the report elsewhere, while no line is in its way."""
        self._done += 1
        self._failed += outcome.status == FAILED
        self._wipe()
        paths()
        if not self._is_live:
            print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {_line(outcome)}", file=self._stream, flush=True)
        elif outcome.status == FAILED:
            print(_line(outcome), file=self._stream)
        self._show()

    def close(self) -> None:
        self._wipe()

    def _wipe(self) -> None:
        if self._is_live:
            self._stream.write(CLEAR)
            self._stream.flush()

    def _show(self) -> None:
        if self._is_live and self._done < self._total:
            failed = f", {self._failed} failed" if self._failed else ""
            self._stream.write(f"{self._done} of {plural(self._total, 'report')}{failed}{self._left()}")
            self._stream.flush()

    def _left(self) -> str:
        if not self._done:
            return ""
        seconds = (self._clock() - self._started) / self._done * (self._total - self._done)
        return f", about {duration(seconds)} left"


def duration(seconds: float) -> str:
    """A time as a person says it: seconds up to two minutes, then minutes, then hours."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def label(outcome: Outcome) -> str:
    return f"{outcome.task.account} {outcome.task.notebook.stem}"


def _line(outcome: Outcome) -> str:
    if outcome.status == FAILED:
        return f"{label(outcome)}: no report: {sentence(outcome)}"
    if outcome.status == UNCHANGED:
        return f"{label(outcome)}: unchanged, made of the same as what lies there"
    return f"{label(outcome)}: made in {duration(outcome.seconds)}{_flagged(outcome)}"


def _flagged(outcome: Outcome) -> str:
    said = FLAGS | {"unread": f"{plural(outcome.unread, 'file')} could not be recognised"}
    return "".join(f"; {said[flag]}" for flag in outcome.flags)


def sentence(found: Outcome | Problem) -> str:
    """Why there is no report, and where to look, in one line."""
    said = found.said if found.said.endswith((".", "?")) else f"{found.said}."
    return f"{said} Look at: {where_to_look(found)}"


def table(outcomes: Sequence[Outcome], problems: Sequence[Problem], seconds: float) -> str:
    """The table of a run: account, report, seconds, verdict or what failed and where to look; then the sums.

    problems   folders no report was tried of
    """
    width = LOG_WIDTH if not shutil.get_terminal_size((0, 0)).columns else shutil.get_terminal_size().columns
    rows = [(one.task.account, one.task.report, f"{one.seconds:.1f}", _said(one)) for one in _sorted(outcomes)]
    rows = [("ACCOUNT", "REPORT", "SECONDS", "VERDICT"), *rows]
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    lines = []
    for account, report, took, said in rows:
        head = f"{account:<{first}}  {report:<{second}}  {took:>7}  "
        lines += textwrap.wrap(
            clean(said.replace(THIN, " ")),
            max(width, len(head) + 30),
            initial_indent=head,
            subsequent_indent=" " * len(head),
        )
    lines += [f"{one.folder}  no report: {sentence(one)}" for one in problems]
    counts = {status: sum(one.status == status for one in outcomes) for status in ("made", UNCHANGED, FAILED)}
    counts[FAILED] += len(problems)
    sums = ", ".join(f"{number} {status}" for status, number in counts.items())
    return "\n".join([*lines, f"{sums} in {duration(seconds)}"])


def _sorted(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda one: (one.task.account.lower(), one.task.notebook.stem))


def _said(one: Outcome) -> str:
    if one.status == FAILED:
        return f"FAILED: {sentence(one)}"
    unchanged = "(unchanged) " if one.status == UNCHANGED else ""
    return f"{unchanged}{(one.verdict or 'no headline').rstrip('.')}{_flagged(one)}."
