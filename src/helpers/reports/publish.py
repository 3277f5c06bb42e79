"""The files of one report: they appear whole or not at all, the HTML last, with a manifest that holds their hashes."""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock

from helpers import drafts

MANIFEST = "manifest.json"
PACKAGES = ("seller-audit-kit", "polars", "altair", "papermill", "vl-convert-python", "scipy", "numpy")


def put(folder: Path, notebook: str, contents: dict[str, str | bytes], entry: dict[str, Any]) -> list[Path]:
    """Write `<notebook><ending>` for each of `contents` (ending → text or bytes) and the notebook's entry of the manifest.

    Written beside the folder and renamed into it, the HTML last. Two runs into one folder wait for each other.
    Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=drafts.prefix(), dir=folder.parent))
    try:
        names = {
            f"{notebook}{ending}": content.encode() if isinstance(content, str) else content
            for ending, content in contents.items()
        }
        for name, content in names.items():
            (draft / name).write_bytes(content)
        hashes = {name: sha256(content).hexdigest() for name, content in names.items()}
        with FileLock(folder / ".lock"):
            manifest = _with_entry(folder / MANIFEST, notebook, entry | {"outputs": hashes} | machine())
            (draft / MANIFEST).write_text(as_json(manifest), encoding="utf-8")
            order = sorted([*names, MANIFEST], key=lambda name: name.endswith(".html"))
            for name in order:
                os.replace(draft / name, folder / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [folder / name for name in names]


def place(path: Path, content: str | bytes, mode: int = 0o644) -> Path:
    """Write one file that stands alone: whole or not at all. Raises OSError when it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drafts.write(path, content.encode() if isinstance(content, str) else content, mode)
    return path


def as_json(value: Any) -> str:
    """The value as JSON text for a file: the same every time, readable, with a last line end."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def machine() -> dict[str, Any]:
    """What made the report: versions of Python and of the packages that decide figures and looks."""
    return {"python": platform.python_version(), "packages": {name: version(name) for name in PACKAGES}}


def _with_entry(path: Path, notebook: str, entry: dict[str, Any]) -> dict[str, Any]:
    try:
        reports = json.loads(path.read_text(encoding="utf-8"))["reports"]
        reports = {name: one for name, one in reports.items() if isinstance(one, dict)}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        reports = {}  # none yet, or one that something else damaged: it is only a record of what lies beside it
    return {"schema_version": 1, "reports": dict(sorted((reports | {notebook: entry}).items()))}
