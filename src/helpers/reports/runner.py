"""Runs reports: one process each, as many at once as asked, so that nothing of one client reaches another.

The process is forked from a server that has imported the slow packages and done nothing else; where there is no fork it
is started anew. This process has one thread and starts, watches and ends the others: their time and their memory.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from helpers import drafts, places
from helpers.reports import forking, processes
from helpers.reports.tasks import FAILED, Outcome, Task

TIMEOUT = 600  # seconds for one report
LOOK = 0.25  # seconds between two looks at the memory of what runs


@dataclass
class _Running:
    """A report under way: its process, the end of the pipe its outcome comes through, when it began, the most it held."""

    task: Task
    process: Any
    receiver: Any
    started: float
    memory_mb: float = 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


def run(
    tasks: Sequence[Task], *, jobs: int = 1, timeout: float = TIMEOUT, memory: int | None = None
) -> Iterator[Outcome]:
    """The outcome of every task, as each ends. A task that dies, hangs or grows too large is an outcome like any other.

    timeout   seconds for one report · memory  MB its processes may hold (processes.share)
    """
    drafts.sweep({Path(tempfile.gettempdir()), places.home() / ".cache"} | {task.out / task.account for task in tasks})
    context, bound = forking.context(), memory or processes.share(max(1, jobs))
    waiting, running = list(tasks), dict[Any, _Running]()
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                one = _start(context, waiting.pop(0))
                running[one.process.sentinel] = one
            _weigh(running)
            ended = wait(list(running), timeout=LOOK)
            over = [key for key, one in running.items() if one.seconds > timeout or one.memory_mb > bound]
            for key in dict.fromkeys((*ended, *over)):
                yield _ended(running.pop(key), timeout, bound)
    finally:
        for one in running.values():
            _stop(one.process)


def _start(context: Any, task: Task) -> _Running:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(task, sender), daemon=False)
    process.start()
    sender.close()
    return _Running(task, process, receiver, time.monotonic())


def _weigh(running: dict[Any, _Running]) -> None:
    families = processes.families([one.process.pid for one in running.values()])
    for one in running.values():
        one.memory_mb = max(one.memory_mb, processes.resident(families[one.process.pid]))


def _ended(one: _Running, timeout: float, bound: int) -> Outcome:
    """The outcome of a report whose process has ended, or is to be ended."""
    seconds, outcome = one.seconds, None
    with one.receiver, suppress(EOFError):  # a process that died has closed its end without a word
        if one.receiver.poll():
            outcome = one.receiver.recv()
    if outcome is None:
        is_over = one.process.is_alive()
        _stop(one.process)
        said = f"its process died (exit code {one.process.exitcode}); out of memory?"
        if is_over and seconds > timeout:
            said = f"took longer than {timeout:.0f} seconds and was stopped"
        elif is_over:
            said = f"held {one.memory_mb:,.0f} MB, more than the {bound:,} MB of one report, and was stopped (--memory)"
        outcome = Outcome(one.task, 1, said, status=FAILED, as_of=one.task.as_of)
    one.process.join()
    return replace(outcome, seconds=seconds, memory_mb=one.memory_mb)


def _stop(process: Any) -> None:
    """End a report's process and all it started."""
    if process.pid:
        processes.end(process.pid)
    process.join()


def _child(task: Task, sender: Any) -> None:
    """Make one report in this process, send its outcome, and end with all this has started."""
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C reaches the parent alone, which then stops this whole group
    processes.adopt()
    from helpers.reports import kernels, making

    fork = None
    if forking.has_fork():
        with suppress(OSError):  # no process more is to be had: the plain way may still work, or says why not
            fork = kernels.Fork()  # before anything else: it may inherit no thread and no query
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with sender:
        sender.send(making.run_one(task, fork))
    sys.stdout.flush()
    processes.end(os.getpid())  # what a notebook has started and left ends too, and this process last


def _end_with_parent() -> None:
    """End this process and its group when the one that asked for the report has died."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    processes.end(os.getpid())
