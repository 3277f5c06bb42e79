"""The processes of a report: what they hold in memory, and their end."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import psutil

SHARE = 0.75  # of the computer's memory, for all reports at once: the rest is left to everything else
MB = 2**20
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
MARK = "SELLER_AUDIT_REPORT"  # in the environment of whatever a report starts: for which run it was started


def share(jobs: int) -> int:
    """The memory in MB one of so many reports may hold: its part of three quarters of the computer's."""
    return max(1, int(_memory() * SHARE / jobs / MB))


def _memory() -> int:
    """The memory of this computer, or of the container this runs in, in bytes."""
    with suppress(OSError, ValueError):  # no container, or one without a bound ("max")
        return min(int(Path("/sys/fs/cgroup/memory.max").read_text()), psutil.virtual_memory().total)
    return psutil.virtual_memory().total


def families(roots: Collection[int]) -> dict[int, list[psutil.Process]]:
    """Each root's own process and all that descend from it, as far as they run now."""
    found: dict[int, list[psutil.Process]] = {root: [] for root in roots}
    for root, family in found.items():
        with suppress(psutil.Error):  # it has ended in the meantime
            one = psutil.Process(root)
            family += [one, *one.children(recursive=True)]
    return found


def resident(family: Collection[psutil.Process]) -> float:
    """The memory in MB that processes hold together. What two share counts for both."""
    held = 0
    for one in family:
        with suppress(psutil.Error):  # it has ended in the meantime
            held += one.memory_info().rss
    return held / MB


def end(root: int) -> None:
    """End all that descend from a process, its group, and itself last: it may be the one that asks."""
    family = families([root])[root]
    for one in sorted(family, key=lambda one: one.pid == root):
        if one.pid == root and hasattr(os, "killpg"):
            break
        with suppress(psutil.Error):  # it has ended by itself in the meantime
            one.kill()
    if hasattr(os, "killpg"):
        for ending in (os.killpg, os.kill):  # a process that has just begun has no group of its own yet
            with suppress(ProcessLookupError, PermissionError):
                ending(root, signal.SIGKILL)


def end_marked(is_meant: Callable[[str], bool]) -> None:
    """End every process whose environment bears the mark of a report that is meant: a program in a session of its own is
    nobody's child any more once the report's process was killed. What has emptied its environment is not found."""
    for one in psutil.process_iter():
        with suppress(psutil.Error):  # it has ended in the meantime, or is someone else's
            mark = one.environ().get(MARK, "") if one.pid != os.getpid() else ""
            if mark and is_meant(mark):
                one.kill()


def adopt() -> None:
    """Let what descends from this process stay its own when those between have ended, where the system can (Linux):
    it is then found and ended with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
