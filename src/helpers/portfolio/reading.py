"""The reports of a month and of the month before, as their results tell them, and what the runs recorded of them.

Nothing of an account is read but what its own report published. What cannot be read is named and stops nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from helpers import coverage, marks
from helpers.errors import SettingsError
from helpers.frames import SCHEMAS
from helpers.places import home
from helpers.portfolio.night import night
from helpers.sentences import say

NOTEBOOK = "metric-trends"  # the monthly report, whatever its number
MANIFEST = "manifest.json"
SCHEMA_VERSION = 2  # of the results that are understood
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
FRAMES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        **{
            name: SCHEMAS[name]
            for name in ("verdicts", "decided", "maturity", "actions", "signals", "alerts", "gaps", "files")
        },
        "rejected": SCHEMAS["rejected"],
        "marketplace_marks": marks.SCHEMA,
    }
)


@dataclass(frozen=True)
class Report:
    """What one account's monthly report published.

    page     the report, relative to the folder of reports; None where there is no page
    frames   the frames it published, by name: those of FRAMES · headline  the first screen's sentence
    missing  frames that an older version of the kit did not publish
    """

    account: str
    name: str
    as_of: date
    page: str | None
    headline: str
    frames: Mapping[str, pl.DataFrame]
    missing: tuple[str, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether the newest file ends before the day looked at."""
        reached = self.frames["files"].select(pl.max_horizontal("reaches", "last_day").max()).item()
        return reached is not None and reached < self.as_of


@dataclass(frozen=True)
class Portfolio:
    """Every account of a folder of reports on one morning.

    folder    of the reports · month  YYYY-MM · today  the morning, from which deadlines are counted
    now       by account: the reports of the month · before  those of the month before it
    night     what became of each report of the month, the newest run's word: the `night` frame
    unread    what lies there and cannot be read, in sentences by account
    has_ended  whether the newest run said that it was over; None where none is recorded
    """

    folder: Path
    month: str
    today: date
    now: Mapping[str, Report]
    before: Mapping[str, Report]
    night: pl.DataFrame
    unread: Mapping[str, str]
    has_ended: bool | None = None


def read(folder: str | Path, month: str, today: str | date = "") -> Portfolio:
    """The portfolio of a folder of reports on a morning after a month.

    folder   as given, or, for a relative path, under the kit's home · today  ISO text; empty: the computer's date
    Raises SettingsError for a month or a day that is none and for a folder that is not there.
    """
    morning = coverage.read_day("today", today) or date.today()  # noqa: DTZ011 - the user's own calendar
    found = MONTH.fullmatch(month)
    if found is None:
        raise SettingsError(f"month: expected a month such as 2026-10, found {month!r}", "write it as YYYY-MM")
    place = next((one for one in (Path(folder), home() / folder) if one.is_dir()), None)
    if place is None:
        raise SettingsError(f"{folder}: expected the folder of the reports, found none", "seller-audit report makes it")
    year, number = int(found[1]), int(found[2])
    month_before = f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"
    unread: dict[str, str] = {}
    now = of_month(place, month, unread)
    told, has_ended = night(place, month)
    return Portfolio(place, month, morning, now, of_month(place, month_before, {}), told, unread, has_ended)


def of_month(folder: Path, month: str, unread: dict[str, str]) -> dict[str, Report]:
    """account → its monthly report of a folder of reports; why one cannot be read goes into `unread`, by account."""
    found = {}
    for manifest in sorted(folder.glob(f"*/{month}/{MANIFEST}")):
        try:
            report = _report(manifest, folder)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, pl.exceptions.PolarsError) as error:
            what = error if isinstance(error, SettingsError) else f"{type(error).__name__}"
            unread[manifest.parent.parent.name] = say("results-unread", month=month, why=str(what))
            continue
        if report is not None:
            found[report.account] = report
    return found


def _report(manifest: Path, folder: Path) -> Report | None:
    """The monthly report a manifest names; None where it names none. Files are found by what it says of them."""
    entries = json.loads(manifest.read_text(encoding="utf-8"))["reports"]
    entry = next((one for name, one in entries.items() if is_monthly(name)), None)
    if entry is None:
        return None
    outputs = sorted(Path(name).name for name in entry["outputs"])
    results = next(name for name in [*outputs, ""] if name.endswith(".json") or not name)
    said = json.loads((manifest.parent / results).read_text(encoding="utf-8"))
    if said["schema_version"] != SCHEMA_VERSION:
        raise ValueError(f"schema version {said['schema_version']}")
    pages = [manifest.parent / name for name in outputs if name.endswith(".html")]
    page = next((path.relative_to(folder).as_posix() for path in pages if path.is_file()), None)
    return Report(
        account=said["account"],
        name=said.get("name") or said["account"],
        as_of=date.fromisoformat(said["as_of"]),
        page=page,
        headline=(said.get("answer") or {}).get("headline", ""),
        frames={name: framed(said.get(name) or (), schema) for name, schema in FRAMES.items()},
        missing=tuple(name for name in FRAMES if name not in said and name != "rejected"),  # it only adds the row
    )


def is_monthly(notebook: str) -> bool:
    """Whether a notebook, by its name or its file's, is that of the monthly report."""
    return notebook.removesuffix(".ipynb").endswith(NOTEBOOK)


def framed(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, Any]) -> pl.DataFrame:
    """Rows of a results file as the frame they were: days from their ISO text."""
    told = list(rows)
    columns = {name: [_value(row.get(name), dtype) for row in told] for name, dtype in schema.items()}
    return pl.DataFrame(columns, schema=dict(schema))


def _value(value: Any, dtype: Any) -> Any:
    return date.fromisoformat(value) if dtype == pl.Date and value is not None else value
