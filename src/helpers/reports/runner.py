"""Runs reports: one process each, as many at once as asked, so that nothing of one client reaches another.

The process is forked from a server that has imported the slow packages and done nothing else; where there is no fork it
is started anew. This process has one thread and starts, watches and ends the others: their time and their memory.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import psutil

from helpers import drafts, places
from helpers.reports import failures, forking, kept, processes
from helpers.reports.tasks import FAILED, Cell, Outcome, Task

TIMEOUT = 600  # seconds for one report
LOOK = 0.25  # seconds between two looks at the memory of what runs
LOOKS = 20  # that count as its last seconds
KILLED = -9  # how a process ends that somebody else, or the system for want of memory, has killed
NEAR = 0.8  # of its memory: what holds so much may have been killed for it
LOW = 0.1  # of the computer's memory: where less is left the system kills
MORE_MEMORY = "Give it more with --memory MB, or let fewer be made at once with --jobs 1."


@dataclass
class _Running:
    """A report under way: its process, the end of the pipe it tells its cells and its outcome through, when it began.

    mark     in the environment of all it starts · family  every process of it that was seen at some look
    recent   of the last looks the MB it held and whether the computer had little left: a kernel that was killed holds
             nothing any more when its report says so
    memory_mb  the most it held
    """

    task: Task
    process: Any
    receiver: Any
    started: float
    mark: str
    family: set[psutil.Process] = field(default_factory=set)
    recent: deque[tuple[float, bool]] = field(default_factory=lambda: deque(maxlen=LOOKS))
    memory_mb: float = 0.0
    cell: Cell | None = None
    outcome: Outcome | None = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def held_mb(self) -> float:
        return max((held for held, _ in self.recent), default=0.0)

    @property
    def is_low(self) -> bool:
        return any(is_low for _, is_low in self.recent)

    def hear(self) -> None:
        """Take in what it has told."""
        with suppress(EOFError, OSError):  # a process that has ended has closed its end
            while self.receiver.poll():
                said = self.receiver.recv()
                if isinstance(said, Cell):
                    self.cell = said
                else:
                    self.outcome = said


def run(
    tasks: Sequence[Task], *, jobs: int = 1, timeout: float = TIMEOUT, memory: int | None = None
) -> Iterator[Outcome]:
    """The outcome of every task, as each ends. A task that dies, hangs or grows too large is an outcome like any other.

    timeout   seconds for one report · memory  MB its processes may hold (processes.share)
    """
    drafts.sweep({Path(tempfile.gettempdir()), places.home() / ".cache"} | {task.out / task.account for task in tasks})
    processes.end_marked(drafts.is_over)
    context, bound = forking.context(), memory or processes.share(max(1, jobs))
    waiting, running = list(tasks), dict[Any, _Running]()
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                one = _start(context, waiting.pop(0))
                running[one.process.sentinel] = one
            _look(running)
            ended = wait(list(running), timeout=LOOK)
            over = [key for key, one in running.items() if one.seconds > timeout or one.memory_mb > bound]
            for key in dict.fromkeys((*ended, *over)):
                yield _ended(running.pop(key), timeout, bound)
    finally:
        for one in running.values():
            _stop(one)


def _start(context: Any, task: Task) -> _Running:
    mark = f"{drafts.owner()}-{secrets.token_hex(8)}"
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(task, sender, mark), daemon=False)
    process.start()
    sender.close()
    return _Running(task, process, receiver, time.monotonic(), mark)


def _look(running: dict[Any, _Running]) -> None:
    """What each report has told, which processes are its own, and what they hold."""
    families = processes.families([one.process.pid for one in running.values()])
    memory = psutil.virtual_memory()
    for one in running.values():
        one.hear()
        one.family |= set(families[one.process.pid])
        held = processes.resident(families[one.process.pid])
        one.recent.append((held, memory.available < LOW * memory.total))
        one.memory_mb = max(one.memory_mb, held)


def _ended(one: _Running, timeout: float, bound: int) -> Outcome:
    """The outcome of a report whose process has ended, or is to be ended."""
    seconds = one.seconds
    one.hear()
    outcome = one.outcome
    if outcome is None:
        is_over = one.process.is_alive()
        _stop(one)
        outcome = Outcome(one.task, 1, status=FAILED, as_of=one.task.as_of)
        outcome = _stopped(one, outcome, timeout, bound) if is_over else _died(one, outcome)
    one.process.join()
    one.receiver.close()
    outcome = replace(outcome, seconds=seconds, memory_mb=one.memory_mb, cell=one.cell)
    if outcome.status != FAILED:
        return outcome
    if outcome.ended == KILLED and (one.held_mb > NEAR * bound or one.is_low):
        said = f"{outcome.said}; out of memory? {_held(one, bound)}"
        outcome = replace(outcome, said=said, hint=MORE_MEMORY)
    return kept.outcome(outcome, kept.Seen(one.held_mb, bound, timeout))


def _stopped(one: _Running, outcome: Outcome, timeout: float, bound: int) -> Outcome:
    """The outcome of a report that took too long, or held too much."""
    where = f" in cell {one.cell.number}" if one.cell else ""
    if one.seconds > timeout:
        said = f"took longer than {timeout:.0f} seconds and was stopped{where}"
        hint = f"Look at what the cell waits for; if it only needs longer, give it more than --timeout {timeout:.0f}."
        return replace(outcome, said=said, hint=hint)
    said = f"held {one.memory_mb:,.0f} MB, more than the {bound:,} MB of one report, and was stopped{where} (--memory)"
    return replace(outcome, said=said, hint=MORE_MEMORY)


def _died(one: _Running, outcome: Outcome) -> Outcome:
    """The outcome of a report whose process ended without a word."""
    code = one.process.exitcode
    return replace(outcome, said=failures.ending("its process", code), ended=code)


def _held(one: _Running, bound: int) -> str:
    low = ", and the computer had little left" if one.is_low else ""
    return f"It held {one.held_mb:,.0f} of its {bound:,} MB in its last seconds{low}"


def _stop(one: _Running) -> None:
    """End a report's process and all it started, what was seen of it before and what bears its mark."""
    if one.process.pid:
        processes.end(one.process.pid)
    for seen in one.family:
        with suppress(psutil.Error):  # it has ended, and its number may be another's
            seen.kill()
    processes.end_marked(lambda mark: mark == one.mark)
    one.process.join()


def _child(task: Task, sender: Any, mark: str) -> None:
    """Make one report in this process, send its outcome, and end with all this has started."""
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C reaches the parent alone, which then stops this whole group
    processes.adopt()
    os.environ[processes.MARK] = mark
    from helpers.reports import kernels, making

    fork = None
    if forking.has_fork():
        with suppress(OSError):  # no process more is to be had: the plain way may still work, or says why not
            fork = kernels.Fork()  # before anything else: it may inherit no thread and no query
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with sender:
        sender.send(making.run_one(task, fork, sender.send))
    sys.stdout.flush()
    processes.end(os.getpid())  # what a notebook has started and left ends too, and this process last


def _end_with_parent() -> None:
    """End this process and its group when the one that asked for the report has died."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    processes.end(os.getpid())
