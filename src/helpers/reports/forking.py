"""The server that processes are forked from: started before anything else, so that it imports beside what follows.

Only the standard library is imported here.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from typing import Any

PRELOAD = ["helpers.reports.preloaded"]


def has_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def context() -> Any:
    """The context that reports are started in, its server under way; where there is no fork each is started anew."""
    if not has_fork():
        return multiprocessing.get_context("spawn")
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload(PRELOAD)
    forkserver.ensure_running()
    return forked
