"""Runs reports: one process each, as many at once as asked, so that nothing of one client reaches another.

The process is forked from a server that has imported the slow packages and done nothing else; where there is no fork it
is started anew. It runs the notebook in a kernel of this same Python and believes nothing but its own checks.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from helpers import drafts, places
from helpers.exports import settings
from helpers.reports import brand
from helpers.reports.failures import Failed, in_cell, opened, unforeseen
from helpers.reports.product import Wanted
from helpers.reports.terminal import plain

LIVE = "interactive"  # cells for someone who sits before them: not run for a page, which has no place for them
TIMEOUT = 600  # seconds for one report
PRELOAD = ["papermill", "polars", "helpers.reports.product", "helpers.reports.mail", "helpers.reports.results"]


@dataclass(frozen=True)
class Task:
    """One report to make: an account's folder, a notebook, the day (ISO or empty), the folder's name for it.

    today   what lies in the future is told by (ISO); empty: the computer's date when the report is made
    """

    account: str
    folder: Path
    notebook: Path
    as_of: str
    period: str
    out: Path
    wanted: Wanted = field(default_factory=Wanted)
    today: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a task: the exit code, the files made, and one line for the person who waits."""

    task: Task
    code: int
    said: str = ""
    files: list[Path] = field(default_factory=list)
    seconds: float = 0.0


def run(tasks: Sequence[Task], *, jobs: int = 1, timeout: float = TIMEOUT) -> Iterator[Outcome]:
    """The outcome of every task, as each ends. A task that dies or hangs is an outcome like any other."""
    drafts.sweep({Path(tempfile.gettempdir()), places.home() / ".cache"} | {task.out / task.account for task in tasks})
    has_fork = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver") if has_fork else multiprocessing.get_context("spawn")
    if has_fork:
        context.set_forkserver_preload(PRELOAD)
    waiting, running = list(tasks), {}
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                task = waiting.pop(0)
                receiver, sender = context.Pipe(duplex=False)
                child = context.Process(target=_child, args=(task, sender), daemon=False)
                child.start()
                sender.close()
                running[child.sentinel] = (task, child, receiver, time.monotonic())
            first_end = min(started for *_, started in running.values()) + timeout
            ready = wait(list(running), timeout=max(0.0, first_end - time.monotonic()))
            late = [key for key, (*_, started) in running.items() if time.monotonic() - started > timeout]
            for key in {*ready, *late}:
                task, child, receiver, started = running.pop(key)
                yield _ended(task, child, receiver, time.monotonic() - started, timeout)
    finally:
        for _, child, *_ in running.values():
            _stop(child)


def _ended(task: Task, child: Any, receiver: Any, seconds: float, timeout: float) -> Outcome:
    if child.is_alive():
        _stop(child)
        return Outcome(task, 1, f"took longer than {timeout:.0f} seconds and was stopped", seconds=seconds)
    child.join()
    with receiver, suppress(EOFError):  # a process that died has closed its end without a word
        code, said, files = receiver.recv()
        return Outcome(task, code, said, files, seconds)
    return Outcome(task, 1, f"its process died (exit code {child.exitcode}); out of memory?", seconds=seconds)


def _stop(child: Any) -> None:
    """End a child and the kernel it started: they share a process group where there are such groups."""
    if hasattr(os, "killpg") and child.pid and child.is_alive():
        with suppress(ProcessLookupError):  # it may have ended by itself in the meantime
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.join()


def _child(task: Task, sender: Any) -> None:
    """Make one report in this process and send (exit code, line, files)."""
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C reaches the parent alone, which then stops this whole group
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from helpers.errors import KitError

    try:
        with sender:
            try:
                sender.send((0, "", make(task)))
            except Failed as failed:
                sender.send((failed.code, _harmless(failed.said, task), []))
            except KitError as error:
                sender.send((error.exit_code, _harmless(plain(f"{type(error).__name__}: {error}"), task), []))
            except Exception as error:  # the last line of defence of a night: told, and the next report is made
                sender.send((1, _harmless(unforeseen(error).said, task), []))
    finally:
        sys.stdout.flush()


def _harmless(said: str, task: Task) -> str:
    """What went wrong, without what the files say about buyers; the folders of this computer may be told on it."""
    from helpers.exports import personal
    from helpers.reports import privacy

    return privacy.masked(said, personal.dropped(task.folder), but=(privacy.FOLDER, privacy.HEADER))


def _end_with_parent() -> None:
    """End this process and its group when the one that asked for the report has died; a kernel ends by itself then."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def make(task: Task) -> list[Path]:
    """Run one notebook and publish its report.

    Raises Failed when the notebook did not run to its end, SettingsError for a file that is no notebook of Python.
    """
    import papermill

    from helpers.reports import product, publish, results
    from helpers.reports.parameters import checked

    started = datetime.now(UTC)
    opened(task.notebook)
    known = papermill.inspect_notebook(str(task.notebook))
    today = task.today or date.today().isoformat()  # noqa: DTZ011 - the user's own calendar
    own = {"as_of": task.as_of} | ({"today": today} if "today" in known else {})
    earlier = {"earlier_reports": str(task.out / task.account)} if "earlier_reports" in known else {}
    given = checked({"account_folder": str(task.folder)} | earlier | own, known)
    made_of = _made_of(task)
    notebook = execute(task.notebook, given, on_failure=lambda executed: _keep_failed(task, executed))
    said = results.collect(notebook)
    if said is None:
        _keep_failed(task, notebook)
        raise Failed("the notebook ended without publishing its results")
    folder = task.out / task.account / (task.period or said["as_of"][:7])
    inputs = [{key: file[key] for key in ("path", "sha256", "rows_kept", "rows_rejected")} for file in said["files"]]
    entry = {
        "account": said["account"],
        "as_of": said["as_of"],
        "parameters": own,
        "started_at": started.isoformat(timespec="seconds"),
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": inputs,
        "made_of": made_of,
    }
    files = product.files(notebook, said, task.folder, task.notebook.stem, task.wanted)
    try:
        return publish.put(folder, task.notebook.stem, files, entry)
    except OSError as error:
        raise Failed(plain(f"cannot write the report: {error}")) from error


def _made_of(task: Task) -> dict[str, str]:
    """The hashes of what decides a report besides the downloads: settings, brand, notebook."""
    files = (task.folder / settings.FILE, task.folder / brand.NOTE, task.folder.parent / brand.FILE, task.notebook)
    contents = {path.name: path.read_bytes() for path in files if path.is_file()}
    logo = brand.read(task.folder).logo
    return {
        name: sha256(content).hexdigest() for name, content in (contents | ({"logo": logo} if logo else {})).items()
    }


def execute(
    path: Path, parameters: dict[str, str], *, on_failure: Callable[[Any], None] = lambda executed: None
) -> Any:
    """The executed notebook. Raises Failed when a cell failed, a cell never ran, or the kernel died.

    Cells tagged `interactive` are not run. Only what can be checked is believed: the notebook's own record of a run that was killed says "completed".
    """
    import nbformat
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    with tempfile.TemporaryDirectory(prefix=drafts.prefix()) as draft, _runtime_files_in(draft):
        output = Path(draft) / path.name
        try:
            executed = papermill.execute_notebook(
                str(path),
                str(output),
                parameters=parameters,
                kernel_name="python3",
                cwd=str(places.home()),
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                skip_cells_with_tag=LIVE,
                extra_arguments=["--log-level=CRITICAL"],
            )
        except PapermillExecutionError as error:
            on_failure(nbformat.read(output, as_version=4))
            raise in_cell(error, path) from error
        except DeadKernelError as error:
            raise Failed("the kernel died; out of memory?") from error
        except RuntimeError as error:
            raise Failed(f"the kernel did not answer: {error}") from error
    cells = [cell for cell in executed.cells if cell.cell_type == "code" and cell.source.strip()]
    if any(cell.execution_count is None for cell in cells if LIVE not in cell.metadata.get("tags", ())):
        on_failure(executed)
        raise Failed("the notebook stopped before its last cell")
    return executed


@contextmanager
def _runtime_files_in(folder: str) -> Iterator[None]:
    """Kernels keep the file that says how to reach them in this folder: one that is killed leaves it behind."""
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _keep_failed(task: Task, executed: Any) -> None:
    """Keep a failed notebook for the one who mends it, where no client's report ever stands, without what the gate
    would stop."""
    import nbformat

    from helpers.exports import personal
    from helpers.reports import privacy, publish

    kept = nbformat.from_dict(privacy.masked(executed, personal.dropped(task.folder)))
    with suppress(OSError):  # why it failed is told all the same
        publish.place(task.out / task.account / "failed" / task.notebook.name, nbformat.writes(kept))
