"""The server that processes are forked from: started before anything else, so that it imports beside what follows.

Nothing is imported here that takes time.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from multiprocessing import forkserver, util
from pathlib import Path
from typing import Any

from helpers import drafts

PRELOAD = ["helpers.reports.preloaded"]


def has_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def context() -> Any:
    """The context that reports are started in, its server under way; where there is no fork each is started anew."""
    if not has_fork():
        return multiprocessing.get_context("spawn")
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload(PRELOAD)
    if multiprocessing.parent_process() is None:  # else the folder is not this process's own
        with suppress(OSError):  # a full disk: it is told where it hinders a report
            drafts.claim(Path(util.get_temp_dir()))  # where the server listens: left behind by a process that is killed
    forkserver.ensure_running()
    return forked
