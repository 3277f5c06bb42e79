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
from helpers.sentences import say
from helpers.vocabulary import METRICS

DAYS = ("as_of", "window_start", "window_end")  # of a verdict, that are compared


def last(folder: str, day: date, account: str) -> Sent | None:
    """The report of the newest day before `day`; None where there is none, with a `problem` where it cannot be used.

    folder   that of an account's reports, one folder a period; empty: none
    """
    found = sorted(_reports(Path(folder)), key=lambda one: one[0]) if folder else []
    earlier = [one for one in found if one[0] < day]
    return _read(*earlier[-1], account) if earlier else None


def before(folder: Path, day: str) -> dict[str, str]:
    """The report `last` would take, as its results file and its hash; empty where there is none.

    day   the one looked at (ISO); empty: the newest of all, whose own report is none before it
    """
    found = sorted(_reports(folder), key=lambda one: one[0])
    until = date.fromisoformat(day) if day else max((one[0] for one in found), default=date.min)
    return {path.name: digest for on, path, digest in [one for one in found if one[0] < until][-1:]}


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
            return _unused("changed")
        said = json.loads(content)
        if said["account"] != account:
            return _unused("of_another")
        if said["schema_version"] != SCHEMA_VERSION:
            return _unused("version")
        return Sent(
            day=day,
            kit=said["kit_version"],
            verdicts=tuple(cast("VerdictRow", _with_days(row)) for row in said["verdicts"] if row["metric"] in METRICS),
            files={one["path"]: one["sha256"] for one in said["files"] if one["sha256"]},
            options={one["option"]: one["value"] for one in said["options"]},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _unused("damaged")


def _unused(why: str) -> Sent:
    return Sent(problem=say("report-not-compared", why=why))


def _with_days(row: dict) -> dict:
    return row | {name: date.fromisoformat(row[name]) for name in DAYS}
