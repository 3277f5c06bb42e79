"""What a report is made of, as hashes; and whether the one that lies there was made of the same and is still whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import helpers
from helpers.exports import settings, source
from helpers.reports import brand, publish
from helpers.reports.tasks import Task

GONE = "gone"  # in place of the hash of a file that cannot be read


def parts(task: Task, earlier: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Name → SHA-256 of everything that decides a report besides its parameters.

    Files of the account by their path in it, brand.toml, logo and notebook by their name; `kit`: its version and source;
    `asked for`: what is made besides the page. Files that cannot be read are `gone`.

    earlier   of the reports made before, which a monthly one is held against (sent.before)
    """
    shared, logo = task.folder.parent / brand.FILE, brand.read(task.folder).logo
    named = {shared.name: _digest(shared)} if shared.is_file() else {}
    named |= {"logo": hashlib.sha256(logo).hexdigest()} if logo else {}
    wanted = [task.wanted.pdf, task.wanted.mail, task.wanted.page_in_mail]
    before = {"earlier report": hashlib.sha256(json.dumps(dict(earlier)).encode()).hexdigest()} if earlier else {}
    asked = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()
    inside = {path.relative_to(task.folder).as_posix(): _digest(path) for path in _files(task.folder, task.out)}
    return inside | named | before | {task.notebook.name: _digest(task.notebook), "kit": kit(), "asked for": asked}


def _files(folder: Path, out: Path) -> Iterator[Path]:
    """Every download as the readers find it, and every other file of an account but hidden ones, which are the kit's own,
    packs, and reports that are put into it."""
    downloads = folder / "exports"
    yield from sorted(source.paths(downloads)) if downloads.is_dir() else ()
    for place, folders, names in os.walk(folder):
        is_case = Path(place).parent == folder / "cases"
        own = {one for one in folders if one.startswith(".") or one == "__pycache__" or (one == "pack" and is_case)}
        own |= {one for one in folders if Path(place, one) in (out, downloads)}
        folders[:] = sorted(set(folders) - own)
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return GONE


@cache
def kit() -> str:
    """A hash of the kit: its version, all its source, the targets among it, and the packages that decide figures."""
    source = Path(helpers.__file__).parent
    found = hashlib.sha256(json.dumps([version("seller-audit-kit"), publish.machine()]).encode())
    for path in sorted(path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        found.update(f"\0{path.relative_to(source).as_posix()}\0".encode() + path.read_bytes())
    return found.hexdigest()


def entry(found: Mapping[str, str]) -> dict[str, str]:
    """What stands in the manifest: the files of the account but settings and note as one hash, for their names are the
    account's own."""
    kept = {settings.FILE, brand.NOTE, brand.FILE, "logo", "kit", "asked for", "earlier report"}
    named = {name: digest for name, digest in found.items() if name in kept or name.endswith(".ipynb")}
    rest = sorted((name, digest) for name, digest in found.items() if name not in named)
    return named | {"account folder": hashlib.sha256(json.dumps(rest).encode()).hexdigest()}


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What has changed, come or gone between two looks."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def unchanged(task: Task, parameters: Mapping[str, str], made_of: Mapping[str, str]) -> list[Path] | None:
    """The files of a report that was made of the same with the same parameters and lies there whole, the page last; None
    where there is none."""
    places = [task.out / task.account / task.period] if task.period else sorted((task.out / task.account).glob("*/"))
    for place in places:
        said = publish.entry_of(place, task.notebook.stem)
        if said is None or said.get("parameters") != parameters or said.get("made_of") != made_of:
            continue
        outputs: dict[str, str] = said.get("outputs") or {}
        if outputs and all(_digest(place / name) == digest for name, digest in outputs.items()):
            return [place / name for name in sorted(outputs, key=lambda name: name.endswith(".html"))]
    return None


def results(files: list[Path]) -> dict[str, Any]:
    """The results among the files of a report."""
    (path,) = (path for path in files if path.suffix == ".json")
    return json.loads(path.read_text(encoding="utf-8"))
