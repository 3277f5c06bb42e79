"""The kernel of a report as a fork of the process that makes it, taken before that process has done anything.

A kernel that is started anew imports for seconds what the server of forks (`preloaded`) holds in memory already. A fork may
hold nothing that a thread, a socket or an event loop belongs to, so it is taken first, and waits until it is told where to
answer; ports, threads, loops and sessions are its own. One fork becomes one kernel, once. Where there is no fork waiting,
and where the notebook's kernel is another than this Python's, the kernel is started in the plain way.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import traceback
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from helpers.charts import DRAWN_LATER

LAUNCHER = "ipykernel_launcher"  # what stands before a kernel's own arguments


class Fork:
    """A process that waits to become a kernel, as the one that forked it sees it: the face of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        """Fork this process. It must have one thread and no query, chart or loop behind it."""
        reader, self._writer = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            os.close(self._writer)
            _wait(reader)
        os.close(reader)

    @property
    def is_waiting(self) -> bool:
        return self._writer >= 0 and self.poll() is None

    def become(self, arguments: list[str], env: dict[str, str], cwd: str) -> None:
        """Make it the kernel of these arguments. It waits no more."""
        writer, self._writer = self._writer, -1
        with os.fdopen(writer, "w", encoding="utf-8") as pipe:
            json.dump({"arguments": arguments, "env": env, "cwd": cwd}, pipe)

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int | None:
        return self._ended(0)

    def _ended(self, how: int) -> int | None:
        if self.returncode is None:
            process, status = os.waitpid(self.pid, how)
            self.returncode = os.waitstatus_to_exitcode(status) if process else None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:  # not waited for yet: the number is still its own
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _wait(reader: int) -> NoReturn:
    """In the fork: become a kernel when told to, end when the one that forked it does."""
    code = 1
    try:
        with os.fdopen(reader, encoding="utf-8") as pipe:
            told = pipe.read()
        code = _kernel(**json.loads(told)) if told else 0
    except BaseException:  # as any process that dies of an error: nothing of its parent's may go on here
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stderr.flush()
        os._exit(code)


def _kernel(arguments: list[str], env: dict[str, str], cwd: str) -> int:
    from ipykernel.kernelapp import IPKernelApp

    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # else every report draws the same
    sys.argv = [LAUNCHER, *arguments]
    IPKernelApp.clear_instance()  # an inherited session drops messages in silence
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    app.start()
    return 0


class _Provisioner(LocalProvisioner):
    """Starts a kernel from the fork that waits, else as a process of its own.

    The fork stays in the group of processes of the report: whoever ends the group ends both.
    """

    fork: Fork | None = None
    on_start: Callable[[Any], None] = staticmethod(lambda process: None)

    async def launch_kernel(self, cmd: list[str], **said: Any) -> KernelConnectionInfo:
        said["env"] = dict(said.get("env") or os.environ) | {DRAWN_LATER: "1"}
        if self.fork is None or LAUNCHER not in cmd or not self.fork.is_waiting:
            info = await super().launch_kernel(cmd, **said)
        else:
            self.cwd = said.get("cwd") or os.getcwd()
            self.fork.become(cmd[cmd.index(LAUNCHER) + 1 :], said["env"], str(self.cwd))
            self.process, self.pid, info = self.fork, self.fork.pid, self.connection_info
        self.on_start(self.process)
        return info


def manager_of(fork: Fork | None, on_start: Callable[[Any], None]) -> type[AsyncKernelManager]:
    """The class of kernel managers that take this fork for their kernel.

    on_start   gets the kernel's process (Fork, else Popen), which tells how it ended when the manager has forgotten it
    """

    class Manager(AsyncKernelManager):
        def __init__(self, **said: Any) -> None:
            super().__init__(**said)
            self.kernel_id = str(uuid.uuid4())
            self.provisioner = _Provisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            self.provisioner.fork, self.provisioner.on_start = fork, on_start

    return Manager
