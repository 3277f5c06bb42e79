"""The last monthly report made of an account, from its results file: what a new one has to be held against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast

from helpers import notebooks
from helpers.answer import Sent
from helpers.reports.publish import MANIFEST
from helpers.reports.results import SCHEMA_VERSION
from helpers.rows import VerdictRow
from helpers.vocabulary import METRICS

NOT_USED = "The last report is not compared: its results file"
DAYS = ("as_of", "window_start", "window_end")  # of a verdict, that are compared


def last(folder: str, day: date, account: str) -> Sent | None:
    """The report of the newest day before `day`; None where there is none, with a `problem` where it cannot be used.

    folder   that of an account's reports, one folder a period; empty: none
    """
    found = sorted(_reports(Path(folder)), key=lambda one: one[0]) if folder else []
    earlier = [one for one in found if one[0] < day]
    return _read(*earlier[-1], account) if earlier else None


def _reports(folder: Path) -> Iterator[tuple[date, Path, str]]:
    """Day, results file and its SHA-256 of every monthly report the manifests name; a manifest that cannot be read names
    none."""
    monthly = notebooks.named(notebooks.DEFAULT[0]).stem.split("-", 1)[1]
    for path in folder.glob(f"*/{MANIFEST}"):
        try:
            for notebook, entry in json.loads(path.read_text(encoding="utf-8"))["reports"].items():
                for output, digest in entry["outputs"].items():
                    if notebook.endswith(monthly) and output.endswith(".json"):
                        yield date.fromisoformat(entry["as_of"]), path.parent / Path(output).name, str(digest)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue


def _read(day: date, path: Path, digest: str, account: str) -> Sent:
    try:
        content = path.read_bytes()
        if sha256(content).hexdigest() != digest:
            return Sent(problem=f"{NOT_USED} is no longer as it was made.")
        said = json.loads(content)
        if said["account"] != account:
            return Sent(problem=f"{NOT_USED} is of another account.")
        if said["schema_version"] != SCHEMA_VERSION:
            return Sent(problem=f"{NOT_USED} is of another version of the kit, whose figures may mean something else.")
        return Sent(
            day=day,
            kit=said["kit_version"],
            verdicts=tuple(cast("VerdictRow", _with_days(row)) for row in said["verdicts"] if row["metric"] in METRICS),
            files={one["path"]: one["sha256"] for one in said["files"] if one["sha256"]},
            options={one["option"]: one["value"] for one in said["options"]},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Sent(problem=f"{NOT_USED} is missing or damaged.")


def _with_days(row: dict) -> dict:
    return row | {name: date.fromisoformat(row[name]) for name in DAYS}
