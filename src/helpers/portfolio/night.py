"""What the runs recorded of a month's reports: `<reports>/.runs/<started>.jsonl`, a line a report, the last the end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from helpers.frames import SCHEMAS
from helpers.places import RUNS, home

FAILED, NOT_REACHED = "failed", "not_reached"
OPEN = (FAILED, NOT_REACHED)  # a report that is not there
STARTED = "%Y-%m-%dT%H%M%SZ"  # the name of a run's file


def night(folder: Path, month: str) -> tuple[pl.DataFrame, bool | None]:
    """What became of each report of a month, the newest word on each: the `night` frame; a later run that looked at a folder
    puts an end to what failed there before, and an argument that is no account is none. And whether the newest run of
    that month said that it was over (None where no run of it is recorded).

    A run that was killed has no last line, and its last line may be cut: what cannot be read is no word on any report. What
    it was asked for and has no word on was not reached; what an earlier run said of that stands.
    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    has_ended: bool | None = None
    for path in sorted((folder / RUNS).glob("*.jsonl")):
        started = _started(path)
        lines = list(_lines(path)) if started else []
        of_month = [line for line in lines if line.get("month") == month]
        told = [_named(line) for line in of_month if line.get("account") or _is_account(line)]
        if of_month:
            has_ended = any("ended_at" in line for line in lines)
        looked_at = {str(line.get("folder")) for line in told}
        rows = {key: row for key, row in rows.items() if row["status"] not in OPEN or row["folder"] not in looked_at}
        rows |= {_key(line): _row(line, started) for line in told}
        for line in () if not of_month or has_ended else _asked(of_month):
            rows.setdefault(_key(line), _row(line, started) | {"status": NOT_REACHED})
    return pl.DataFrame(list(rows.values()), schema=dict(SCHEMAS["night"]), orient="row"), has_ended


def failures(told: pl.DataFrame) -> pl.DataFrame:
    """The reports of the `night` frame that are not there: those that failed, then those no run has reached."""
    return told.filter(pl.col("status").is_in(OPEN)).sort("status", "account", "notebook")


def _key(line: Mapping[str, Any]) -> tuple[str, str]:
    return str(line["account"]), str(line.get("notebook"))


def _asked(of_month: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What the first line of a run names as asked for."""
    for line in of_month:
        yield from (one for one in line.get("asked") or () if isinstance(one, dict) and one.get("account"))


def _started(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem, STARTED).replace(tzinfo=UTC)
    except ValueError:
        return None


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said


def _is_account(line: Mapping[str, Any]) -> bool:
    """Whether a folder no report was tried of is an account at all, and not a name mistyped."""
    folder = str(line.get("folder") or "")
    return bool(folder) and any((one / folder / "account.toml").is_file() for one in (Path(), home()))


def _named(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line with an account: where its settings could not be read, the name of its folder stands for it."""
    return line if line.get("account") else {**line, "account": Path(str(line["folder"])).name}


def _row(line: Mapping[str, Any], started: datetime | None) -> dict[str, Any]:
    return {
        "account": str(line["account"]),
        "name": str(line.get("name") or line["account"]),
        "notebook": str(line.get("notebook") or ""),
        "folder": str(line.get("folder") or ""),
        "started_at": started,
        "status": str(line.get("status") or ""),
        "code": int(line.get("code") or 0),
        "said": str(line.get("said") or ""),
        "flags": [str(flag) for flag in line.get("flags") or ()],
        "seconds": float(line.get("seconds") or 0),
    }
