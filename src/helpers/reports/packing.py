"""A pack as files: texts, tables as CSV and PDF, a manifest with hashes; whole or not at all, and read by the gate first."""

from __future__ import annotations

import csv
import html
import io
import os
import shutil
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import mistune
import polars as pl
from markupsafe import Markup

from helpers import targets
from helpers.cases import Case
from helpers.errors import KitError
from helpers.exports import personal
from helpers.packs import Pack
from helpers.packs.whole import EVIDENCE, OWN
from helpers.reports import pdf, privacy
from helpers.reports.publish import as_json, machine
from helpers.templates import template
from helpers.wording import short_day

FOLDER, MANIFEST = "pack", "manifest.json"
MOMENT = datetime(1980, 1, 1).timetuple()[:6]  # of files in the zip: the same pack gives the same bytes  # noqa: DTZ001


class Leaks(KitError):
    """A pack that would name a buyer."""


def written(pack: Pack, place: Path, *, as_pdf: bool, as_zip: bool) -> list[Path]:
    """Write the pack into a folder, in the place of an older one. Returns the paths, the folder first.

    Raises Leaks where a text or table would say who a buyer is, KitError or SettingsError where no PDF can be printed.
    """
    case, account = pack.evidence.case, pack.evidence.audit.account
    contents: dict[str, bytes] = {name: text.encode() for name, text in pack.texts.items()}
    contents |= {name: _csv(table).encode() for name, table in pack.tables.items()}
    known = personal.dropped(case.account)
    allowed = " ".join([account.name, case.said.confirmed_by])
    texts = {name: content.decode() for name, content in contents.items()}
    found = privacy.leaks(texts, known, allowed=allowed, order_numbers=True)
    if found:
        raise Leaks(
            f"this pack would say who a buyer is: {found[0]}",
            "take it out of case.toml or the file it comes from; an address of your own may stand in confirmed_by",
        )
    for paper in case.said.documents:
        contents[f"documents/{paper.file}"] = (case.folder / "documents" / paper.file).read_bytes()
    if as_pdf:
        contents |= _printed(pack)
    contents[MANIFEST] = as_json(_manifest(pack, contents)).encode()
    return _put(place, contents, as_zip=as_zip)


def _printed(pack: Pack) -> dict[str, bytes]:
    """The texts that go out as PDF, the evidence with the tables behind it; printed at the same time."""
    shown = [
        (name, {"heads": _heads(table), "rows": _rows(table)}) for name, table in pack.tables.items() if name not in OWN
    ]
    pages = {
        name.replace(".md", ".pdf"): template("pack.html.j2").render(
            title=name,
            text=Markup(mistune.html(html.escape(text, quote=False))),
            tables=shown if name == EVIDENCE else (),
        )
        for name, text in pack.texts.items()
        if name not in OWN
    }
    with ThreadPoolExecutor() as printers:
        return dict(zip(pages, printers.map(pdf.printed, pages.values()), strict=True))


def _heads(table: pl.DataFrame) -> list[str]:
    return [name.replace("_", " ") for name in table.columns]


def _rows(table: pl.DataFrame) -> list[list[str]]:
    return [[_cell(value, written_out=True) for value in row] for row in table.iter_rows()]


def _csv(table: pl.DataFrame) -> str:
    """The table as CSV; a text that a spreadsheet would take for a formula is marked as text."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[_cell(value) for value in row] for row in table.iter_rows()])
    return made.getvalue()


def _cell(value: Any, *, written_out: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M %Z")
    if isinstance(value, date):
        return short_day(value) if written_out else value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = str(value)
    return f"'{said}" if isinstance(value, str) and said[:1] in ("=", "+", "-", "@", "\t", "\r") else said


def _manifest(pack: Pack, contents: dict[str, bytes]) -> dict[str, Any]:
    """What the pack was made of and what it holds: hashes, windows, target versions, versions of the kit."""
    evidence = pack.evidence
    case, files = evidence.case, evidence.audit.account.files
    return {
        "schema_version": 1,
        "account": evidence.audit.account.id,
        "case": case.name,
        "letter": {
            "file": case.said.letter,
            "sha256": _hash(case.letter.read_bytes()),
            "received_on": case.said.received_on.isoformat(),
        },
        "case_toml": _hash((case.folder / "case.toml").read_bytes()),
        "confirmed_by": case.said.confirmed_by,
        "as_of": evidence.audit.day.isoformat(),
        "charges": [
            {
                "charge": one.name,
                "status": one.status,
                "windows": [[counted.span.first.isoformat(), counted.span.last.isoformat()] for counted in one.counted],
                "target": one.meant.aim.words if one.meant and one.meant.aim else None,
            }
            for one in evidence.judged
        ],
        "targets": _hash(Path(targets.__file__).parent.with_name("targets.toml").read_bytes()),
        "is_ready": not pack.problems,
        "problems": len(pack.problems),
        "inputs": [{"path": path, "sha256": sha} for path, sha in files.select("path", "sha256").iter_rows()],
        "outputs": {name: _hash(content) for name, content in sorted(contents.items())},
        **machine(),
    }


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _put(place: Path, contents: dict[str, bytes], *, as_zip: bool) -> list[Path]:
    """Write beside the place and move there: an older pack goes when the new one is whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=place.parent))
    try:
        for name, content in contents.items():
            (draft / name).parent.mkdir(exist_ok=True)
            (draft / name).write_bytes(content)
        os.chmod(draft, 0o755)
        shutil.rmtree(place, ignore_errors=True)
        os.replace(draft, place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    made = [place]
    if as_zip:
        archived = io.BytesIO()
        with zipfile.ZipFile(archived, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(contents.items()):
                if name not in OWN:
                    archive.writestr(
                        zipfile.ZipInfo(f"{place.parent.name}/{name}", MOMENT), content, zipfile.ZIP_DEFLATED
                    )
        path = place.with_suffix(".zip")
        path.write_bytes(archived.getvalue())
        made.append(path)
    return made


def place_of(case: Case, out: str | None) -> Path:
    """Where a pack goes: `pack/` in its case, or a folder of its name under `out`."""
    return Path(out).resolve() / case.name if out else case.folder / FOLDER
