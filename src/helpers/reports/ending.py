"""How a run ends when somebody ends it: whoever does ends the reports under way as well."""

from __future__ import annotations

import signal
from typing import NoReturn

ENDING = ("SIGTERM", "SIGHUP")  # of a scheduler, and of a terminal that was closed


def heed_signals() -> None:
    """Interrupt the run when it is told to end; what is ignored (nohup) stays so."""
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stopped)


def _stopped(number: int, frame: object) -> NoReturn:
    """Interrupt the run, once: the runner stops its children, and a second signal does not stop it doing so."""
    for name in ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise KeyboardInterrupt
