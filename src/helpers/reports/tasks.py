"""What a run is asked for and what became of it: a task is one report, an outcome one task; a
folder that is not fit to begin with is a problem."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from helpers.reports import pdf

MADE, UNCHANGED, FAILED = "made", "unchanged", "failed"


@dataclass(frozen=True)
class Wanted:
    """What is made besides the page and its results; `page_in_mail` false leaves the HTML out of the mail.

    names   of every account of the run and of those beside them (clients.names): a report that holds another's is stopped
    """

    pdf: bool = False
    mail: bool = False
    page_in_mail: bool = True
    names: frozenset[str] = frozenset()

    def check(self) -> None:
        """Raises SettingsError for what this computer cannot make: a PDF, or a mail with nothing attached."""
        if self.pdf:
            pdf.demanded()
        if self.mail and pdf.browser() is None:
            if not self.page_in_mail:
                pdf.demanded()
            print("no Chromium, Chrome or Edge found: the mail gets no PDF, only the page", file=sys.stderr)


@dataclass(frozen=True)
class Task:
    """One report to make: an account's folder, a notebook, the day (ISO or empty), the folder's name for it.

    today   what lies in the future is told by (ISO); empty: the computer's date when the report is made
    name    what the account is called · force   make it even where the report that lies there is of the same
    """

    account: str
    folder: Path
    notebook: Path
    as_of: str
    period: str
    out: Path
    wanted: Wanted = field(default_factory=Wanted)
    today: str = ""
    name: str = ""
    force: bool = False

    @property
    def report(self) -> str:
        """The notebook's name without its number, as it stands in the names of files."""
        return self.notebook.stem.lstrip("0123456789").lstrip("-")

    def stem(self, period: str) -> str:
        """What the names of the report's files begin with: account, month or day, notebook."""
        return f"{self.account}-{period}-{self.report}"


@dataclass(frozen=True)
class Problem:
    """A folder no report can be made of: what is wrong, its exit code, what is kept for the one who mends it (kept)."""

    folder: Path
    code: int
    said: str
    page: Path | None = None


@dataclass(frozen=True)
class Cell:
    """A cell a notebook came to: its number, as the notebook counts what it runs, and its first line."""

    number: int
    first_line: str


@dataclass(frozen=True)
class Outcome:
    """What became of a task: the exit code, the files, and one line for the person who waits.

    status   made, unchanged (what lies there is of the same) or failed
    as_of    the day the report looks at (ISO) · verdict  the first sentence of its headline
    flags    stale, no_verdict (records) · unread  files that could not be recognised · memory_mb  the most its processes held at once

    Of one that failed:
    hint     what to do next · cell  the last it came to · page  what is kept for the one who mends it (kept)
    ended    how its kernel or its process ended by itself: the exit code, of a signal its number below zero
    """

    task: Task
    code: int
    said: str = ""
    files: list[Path] = field(default_factory=list)
    seconds: float = 0.0
    status: str = MADE
    as_of: str = ""
    verdict: str = ""
    flags: tuple[str, ...] = ()
    unread: int = 0
    memory_mb: float = 0.0
    hint: str = ""
    cell: Cell | None = None
    ended: int | None = None
    page: Path | None = None
