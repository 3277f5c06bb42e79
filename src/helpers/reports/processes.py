"""The processes of a report: what they hold in memory, and their end."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection
from contextlib import suppress

import psutil

SHARE = 0.75  # of the computer's memory, for all reports at once: the rest is left to everything else
MB = 2**20


def share(jobs: int) -> int:
    """The memory in MB one of so many reports may hold: its part of three quarters of the computer's."""
    return max(1, int(_memory() * SHARE / jobs / MB))


def _memory() -> int:
    """The memory of this computer, or of the container this runs in, in bytes."""
    with suppress(OSError, ValueError):  # no container, or one without a bound ("max")
        with open("/sys/fs/cgroup/memory.max", encoding="ascii") as file:
            return min(int(file.read()), psutil.virtual_memory().total)
    return psutil.virtual_memory().total


def families(roots: Collection[int]) -> dict[int, list[psutil.Process]]:
    """Each root's own process and all that descend from it, as far as they run now."""
    found: dict[int, list[psutil.Process]] = {root: [] for root in roots}
    seen = {one.pid: (one, one.info["ppid"]) for one in psutil.process_iter(["ppid"])}
    for process, (one, _) in seen.items():
        above = process
        while above in seen and above not in found:
            above = seen[above][1] or -1
        if above in found:
            found[above].append(one)
    return found


def resident(family: Collection[psutil.Process]) -> float:
    """The memory in MB that processes hold together. What two share counts for both."""
    held = 0
    for one in family:
        with suppress(psutil.Error):  # it has ended in the meantime
            held += one.memory_info().rss
    return held / MB


def end(root: int) -> None:
    """End a process with its group and all that descend from it."""
    family = families([root])[root]
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # it may have ended by itself in the meantime
            os.killpg(root, signal.SIGKILL)
    for one in family:
        with suppress(psutil.Error):
            one.kill()
