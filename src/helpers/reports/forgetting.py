"""What the kit made of an account and can make again: its caches, drafts, failed runs and packs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from helpers import places
from helpers.exports import settings
from helpers.reports.packing import FOLDER


def found(folder: str) -> Iterator[Path]:
    """Every path to remove, folders before what is beside them. Downloads, settings, letters and reports stay.

    Raises SettingsError for a folder that is no account's.
    """
    account = settings.find(folder)
    reports = places.home() / "reports" / settings.read(account).id
    inside = [account / ".cache", reports / "failed"]
    inside += sorted(account.glob(f"cases/*/{FOLDER}")) + sorted(account.glob(f"cases/*/{FOLDER}.zip"))
    inside += sorted(account.rglob(".draft-*")) + sorted(reports.rglob(".draft-*"))
    yield from (path for path in inside if path.exists())


def removed(path: Path) -> None:
    """Remove a file, or a folder with all in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
