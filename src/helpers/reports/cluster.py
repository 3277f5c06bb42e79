"""Reports made on several machines: the same tasks, sent to the workers of a Dask scheduler.

All machines see the same folders under the same names. A worker forks its reports from a server of its own, one at a time;
a report of a worker that dies ends with it and is made by another, which leaves what was finished as it is.
"""

from __future__ import annotations

import multiprocessing
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from helpers.errors import SettingsError
from helpers.reports import kept, runner
from helpers.reports.failures import unforeseen
from helpers.reports.tasks import FAILED, Outcome, Task

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 30  # seconds until a scheduler that does not answer is none
DAEMON = "DASK_DISTRIBUTED__WORKER__DAEMON=False"
_ALONE = threading.Lock()  # processes that are started from several threads lose their exit codes


def run(tasks: Sequence[Task], address: str, *, timeout: float, memory: int | None) -> Iterator[Outcome]:
    """The outcome of every task, as each ends on some worker.

    address   of the scheduler, such as tcp://10.0.0.5:8786
    Raises SettingsError where Dask is not installed, and where no scheduler with workers answers.
    """
    client = _client(address)
    from distributed import wait

    with client:
        futures = {
            client.submit(on_worker, task, timeout, memory, key=f"{task.stem(task.period)}-{uuid.uuid4()}"): task
            for task in tasks
        }
        while futures:
            try:
                found = wait(list(futures), timeout=PATIENCE, return_when="FIRST_COMPLETED")
            except TimeoutError:
                if client.scheduler_info()["workers"]:
                    continue
                said = f"no worker is left at {address}, and none came in {PATIENCE} seconds"
                yield from (
                    kept.outcome(Outcome(one, 1, said, status=FAILED, as_of=one.as_of)) for one in futures.values()
                )
                return
            for future in found.done:  # pyright: ignore[reportAttributeAccessIssue]
                outcome = _outcome(future, futures.pop(future))
                yield kept.outcome(outcome) if outcome.status == FAILED and outcome.page is None else outcome


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        hint = "python -m pip install 'seller-audit-kit[cluster]', here and on every machine"
        raise SettingsError("--cluster: expected Dask to be installed, found none", hint) from error
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        hint = "start one: dask scheduler; or correct the address"
        raise SettingsError(f"--cluster: expected a scheduler at {address}, found none", hint) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        hint = f"start some on each machine: {DAEMON} dask worker {address} --nthreads 1"
        raise SettingsError(f"--cluster: expected workers at {address}, found none", hint) from error
    return client


def _outcome(future: object, task: Task) -> Outcome:
    """What became of a task; one that ended several workers is given up."""
    try:
        return future.result()  # pyright: ignore[reportAttributeAccessIssue]
    except Exception as error:  # of Dask's own: a worker that died too often, another version of the kit
        return Outcome(task, 1, f"no worker could make it: {unforeseen(error).said}", status=FAILED, as_of=task.as_of)


def on_worker(task: Task, timeout: float, memory: int | None) -> Outcome:
    """The outcome of one task, made in processes of this worker."""
    if multiprocessing.current_process().daemon:
        said = f"the worker may start no process: start it with {DAEMON}, or with --no-nanny"
        return Outcome(task, 2, said, status=FAILED, as_of=task.as_of)
    with _ALONE, suppress(KeyboardInterrupt):
        (outcome,) = runner.run([task], jobs=1, timeout=timeout, memory=memory)
        return outcome
    return Outcome(task, 130, "the worker was interrupted", status=FAILED, as_of=task.as_of)
