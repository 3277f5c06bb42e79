"""The server that processes are forked from: started before anything else, so that it imports beside what follows.

Nothing is imported here that takes time.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from contextlib import suppress
from multiprocessing import forkserver, util
from pathlib import Path
from typing import Any

from helpers import drafts
from helpers.errors import SettingsError

PRELOAD = ["helpers.reports.preloaded"]
SOCKET = 107  # bytes the system gives the path of a socket
LISTENER = "/pymp-12345678/listener-12345678"  # as multiprocessing calls the server's, below the temporary folder


def has_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def context() -> Any:
    """The context that reports are started in, its server under way; where there is no fork each is started anew.

    Raises SettingsError where the path of the temporary folder leaves no room for the server's socket.
    """
    if not has_fork():
        return multiprocessing.get_context("spawn")
    place, room = tempfile.gettempdir(), SOCKET - len(LISTENER)
    if (long := len(os.fsencode(place))) > room:
        found = f"TMPDIR: expected a temporary folder whose path has at most {room} bytes, found {long}: {place}"
        raise SettingsError(found, "set TMPDIR to a folder with a shorter path")
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload(PRELOAD)
    if multiprocessing.parent_process() is None:  # else the folder is not this process's own
        with suppress(OSError):  # a full disk: it is told where it hinders a report
            drafts.claim(Path(util.get_temp_dir()))  # where the server listens: left behind by a process that is killed
    forkserver.ensure_running()
    return forked
