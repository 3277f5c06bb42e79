"""Files on their way: written beside their place and renamed into it; and what dead runs left of them taken away.

A draft's name says which process of which computer makes it. It is dead where that process runs no more, and in any case
after a day, which is longer than any run: another computer's processes cannot be asked.
"""

from __future__ import annotations

import os
import platform
import secrets
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

PREFIX = ".draft-"
DEAD_AFTER = 24 * 3600  # seconds


@cache
def _computer() -> str:
    """A sign of this computer, or of the container on it: processes are numbered anew in each."""
    numbered = os.readlink("/proc/self/ns/pid") if os.path.exists("/proc/self/ns/pid") else ""
    return blake2b(f"{platform.node()} {numbered}".encode(), digest_size=4).hexdigest()


def owner() -> str:
    """This process of this computer, as drafts and what reports start are marked with it."""
    return f"{_computer()}-{os.getpid()}"


def prefix() -> str:
    """How the name of every draft of this process begins."""
    return f"{PREFIX}{owner()}-"


def claim(folder: Path) -> None:
    """Mark a folder that another library has made for this process, so that it is known whose it was (sweep)."""
    (folder / f"{prefix()}owner").touch()


def write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file, whole or not at all, also where the machine stops at any moment: it has reached the disk before it
    takes its name. Raises OSError when it cannot be written; nothing is left then."""
    draft = path.with_name(f"{prefix()}{secrets.token_hex(8)}")
    try:
        store(draft, content, mode)
        os.replace(draft, path)
        settle(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def store(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a draft, and wait until the disk holds it. Raises OSError when it cannot be written."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Wait until the disk holds the names in a folder, where the system lets it be asked."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks know no such wish
            os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folders: Iterable[Path]) -> None:
    """Take away the drafts of dead runs that lie directly in the folders, and the folders they had claimed; those of a run
    that is alive stay, and so does what nobody has claimed."""
    for folder in folders:
        with suppress(OSError):  # no such folder, or one that cannot be read
            for path in list(folder.glob(f"{PREFIX}*")):
                if is_dead(path):
                    _remove(path)
            for path in list(folder.glob(f"*/{PREFIX}*-owner")):
                if is_over(path.name.removeprefix(PREFIX)):
                    _remove(path.parent)


def is_dead(path: Path) -> bool:
    """Whether the run that made a draft is over."""
    with suppress(OSError):
        if time.time() - path.lstat().st_mtime > DEAD_AFTER:
            return True
    return is_over(path.name.removeprefix(PREFIX))


def is_over(mark: str) -> bool:
    """Whether a mark is of a process of this computer (owner) that runs no more."""
    computer, _, process = mark.partition("-")
    number = process.partition("-")[0]
    return os.name == "posix" and computer == _computer() and number.isdecimal() and not _runs(int(number))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OverflowError, OSError):
        return True  # it belongs to someone else, or is none that can be asked
    with suppress(OSError):  # where the system tells: one nobody has waited for yet is over all the same
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


def _remove(path: Path) -> None:
    with suppress(OSError):  # another sweep was faster, or it is someone else's
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
