"""One report from start to end: what lies there is looked at, the notebook run, its report published, or why not told.

It believes nothing but its own checks: a notebook's record of a run that was killed says "completed".
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from helpers import drafts, places
from helpers.errors import KitError
from helpers.exports import personal
from helpers.reports import failures, kept, made_of, privacy, product, publish, records, results, sent
from helpers.reports.failures import Failed
from helpers.reports.kernels import Fork, manager_of
from helpers.reports.parameters import checked
from helpers.reports.stills import drawing
from helpers.reports.tasks import FAILED, UNCHANGED, Cell, Outcome, Task

SILENCE = (
    60  # seconds a busy machine may take to pass on what a cell printed; the library's 4 are too few for a full night
)
LONGEST = 100  # signs of a cell's first line
LIVE = "interactive"  # cells for someone who sits before them: not run for a page, which has no place for them


def run_one(task: Task, fork: Fork | None = None, on_cell: Callable[[Cell], None] = lambda cell: None) -> Outcome:
    """What became of one report. Raises nothing: what goes wrong is an outcome.

    fork   a process that waits to become the notebook's kernel · on_cell  is told each cell that begins
    """
    try:
        return make(task, fork, on_cell)
    except Failed as error:
        failed = error
    except KitError as error:
        failed = Failed(failures.of_kit(error), error.exit_code)
    except Exception as error:  # the last line of defence of a night: told, and the next report is made
        failed = failures.unforeseen(error)
    said = _harmless(failed.said, task)
    return Outcome(task, failed.code, said, status=FAILED, as_of=task.as_of, hint=failed.hint, ended=failed.ended)


def _harmless(said: str, task: Task) -> str:
    """What went wrong, without what the files say about buyers; the folders of this computer may be told on it."""
    return privacy.masked(said, personal.dropped(task.folder), but=(privacy.FOLDER, privacy.HEADER))


def make(task: Task, fork: Fork | None = None, on_cell: Callable[[Cell], None] = lambda cell: None) -> Outcome:
    """Run one notebook and publish its report, unless what lies there was made of the same.

    Raises Failed when the notebook did not run to its end or a file changed meanwhile, SettingsError for a file that is no
    notebook of Python.
    """
    started = datetime.now(UTC)
    failures.opened(task.notebook)
    known = papermill.inspect_notebook(str(task.notebook))
    today = task.today or date.today().isoformat()  # noqa: DTZ011 - the user's own calendar
    own = {"as_of": task.as_of} | ({"today": today} if "today" in known else {})
    mine = task.out / task.account
    is_compared = "earlier_reports" in known
    earlier = sent.before(mine, task.as_of) if is_compared else {}
    past = {"earlier_reports": str(mine)} if is_compared else {}
    given = checked({"account_folder": str(task.folder)} | past | own, known)
    before = made_of.parts(task, earlier)
    lying = None if task.force else made_of.unchanged(task, own, made_of.entry(before))
    if lying is not None and not product.names_another(lying, task.folder, task.wanted):
        kept.forget(task)
        return _looked_at(Outcome(task, 0, status=UNCHANGED), made_of.results(lying), lying)
    kept.forget_notebook(task)
    with ThreadPoolExecutor(1) as beside:
        known = beside.submit(personal.dropped, task.folder)  # what the gate will ask, read while the kernel computes
        notebook = execute(
            task.notebook, given, on_failure=lambda executed: kept.notebook(task, executed), fork=fork, on_cell=on_cell
        )
    said = results.collect(notebook)
    if said is None:
        kept.notebook(task, notebook)
        raise Failed("the notebook ended without publishing its results")
    changed = made_of.differences(before, made_of.parts(task, earlier))
    if changed:
        raise Failed(f"{', '.join(changed)} changed while the report was made: run it again", 3)
    period = task.period or said["as_of"][:7]
    inputs = [{key: file[key] for key in ("path", "sha256", "rows_kept", "rows_rejected")} for file in said["files"]]
    entry = {
        "account": said["account"],
        "as_of": said["as_of"],
        "parameters": own,
        "started_at": started.isoformat(timespec="seconds"),
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": inputs,
        "made_of": made_of.entry(before),
    }
    made = product.files(notebook, said, task.folder, task.stem(period), task.wanted, known.result())
    try:
        files = publish.put(task.out / task.account / period, task.stem(period), task.notebook.stem, made, entry)
    except OSError as error:
        raise failures.unwritten(task.out, error) from error
    kept.forget(task)
    return _looked_at(Outcome(task, 0), said, files)


def _looked_at(outcome: Outcome, said: dict[str, Any], files: list[Path]) -> Outcome:
    """The outcome of a report that lies there, with what its results say in short."""
    flags = records.flags(said, outcome.task.as_of)
    told = {"verdict": records.verdict(said), "flags": flags, "unread": records.unread(said)}
    return replace(outcome, files=files, as_of=said["as_of"], **told)


def execute(
    path: Path,
    parameters: dict[str, str],
    *,
    on_failure: Callable[[Any], None] = lambda executed: None,
    fork: Fork | None = None,
    on_cell: Callable[[Cell], None] = lambda cell: None,
) -> Any:
    """The executed notebook. Raises Failed when a cell failed, a cell never ran, or the kernel died.

    Cells tagged `interactive` are not run.
    """
    begun, kernels = itertools.count(1), list[Any]()
    with tempfile.TemporaryDirectory(prefix=drafts.prefix()) as draft, _runtime_files_in(draft), drawing() as stills:
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
                iopub_timeout=SILENCE,
                skip_cells_with_tag=LIVE,
                extra_arguments=["--log-level=CRITICAL"],
                kernel_manager_class=manager_of(fork, kernels.append),
                shutdown_kernel="immediate",  # nothing of it is wanted any more
                on_cell_execute=lambda cell, cell_index: on_cell(Cell(next(begun), _first_line(cell.source))),
                on_cell_executed=stills.of_cell,
            )
            stills.put_in()
        except PapermillExecutionError as error:
            on_failure(nbformat.read(output, as_version=4))
            raise failures.in_cell(error, path) from error
        except DeadKernelError as error:
            raise failures.dead(kernels[-1].poll() if kernels else None) from error
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


def _first_line(source: str) -> str:
    """The first line of a cell that is no comment, shortened: enough to know it again."""
    lines = [line.strip() for line in source.splitlines()]
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…"
