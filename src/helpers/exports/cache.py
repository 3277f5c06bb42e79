"""What was read of an order file is kept under `<account>/.cache/`, so that it is not read twice.

Order files are nearly all of the reading, and what they say depends on nothing but their own bytes, account.toml and
this code; feedback and lists depend on the orders too, and are read each time. Only frames are kept: nothing of a buyer
is in them. A folder that cannot be written, and an entry that is damaged, cost time and nothing else.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from helpers import drafts
from helpers.exports.reading import Reading
from helpers.exports.settings import Settings

PLACE = Path(".cache") / "readings"
DAYS = ("first_day", "last_day", "reaches")
WORDS = ("kept", "covers", "rows_are", "untold", "marketplaces", "warnings", "report")
IN_FUTURE = "in the future"  # said of whatever another day would read differently


def key(sha256: str, path: str, settings: Settings) -> str:
    """The name of a reading: the same only for the same bytes, the same words of account.toml and the same code."""
    entry = settings.columns_for(path)
    said = [entry.model_dump_json() if entry else "", settings.time_zone, settings.marketplaces, settings.fulfilment]
    said += [settings.locale]  # of the numbers in its remarks
    return hashlib.sha256(json.dumps([sha256, said, _code()]).encode()).hexdigest()


@cache
def _code() -> str:
    """A digest of what makes readings: the readers, the frames, the words they reject with, the stores, and the version of
    polars."""
    package = files("helpers")
    modules = (one for name in ("exports", "frames", "vocabulary") for one in (package / name).iterdir())
    told = sorted(f"{one.name}\0{one.read_text(encoding='utf-8')}" for one in modules if one.name.endswith(".py"))
    tables = ((package / name).read_text(encoding="utf-8") for name in ("exports/known_columns.toml", "targets.toml"))
    return hashlib.sha256("\0".join([*told, *tables, pl.__version__]).encode()).hexdigest()


def load(account: Path, key: str, today: date) -> tuple[str, str, Reading] | None:
    """The report, the encoding and the reading kept under a key; None where there is none, or none to be trusted."""
    try:
        said = json.loads((account / PLACE / f"{key}.json").read_bytes())
        if date.fromisoformat(said["today"]) > today:
            return None
        frames = {name: _frame(account / PLACE / f"{key}.{name}", digest) for name, digest in said["frames"].items()}
        told: dict[str, Any] = {name: said[name] for name in WORDS} | {
            name: said[name] and date.fromisoformat(said[name]) for name in DAYS
        }
        told |= {name: tuple(said[name]) for name in ("marketplaces", "warnings", "untold")}
        told |= {"rejected": tuple((line, reason) for line, reason in said["rejected"])}
        told |= {"rejected_on": {int(line): date.fromisoformat(day) for line, day in said["rejected_on"].items()}}
        return said["as"], said["encoding"], Reading(rows=frames.pop("rows"), also=frames, **told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError):
        return None  # no entry, or a damaged one: the file itself is read


def _frame(path: Path, digest: str) -> pl.DataFrame:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(f"{path}: not as it was written")
    return pl.read_parquet(io.BytesIO(content))


def save(account: Path, key: str, today: date, report: str, encoding: str, reading: Reading) -> None:
    """Keep a reading, unless a later day could read the file differently, it waits for an answer, or the folder cannot
    be written."""
    if reading.question or any(
        IN_FUTURE in text for text in (*reading.warnings, *(reason for _, reason in reading.rejected))
    ):
        return
    packed = {name: _packed(frame) for name, frame in {"rows": reading.rows, **reading.also}.items()}
    said = {"as": report, "encoding": encoding, "today": today.isoformat(), "rejected": reading.rejected}
    said |= {"rejected_on": {line: day.isoformat() for line, day in reading.rejected_on.items()}}
    said |= {"frames": {name: hashlib.sha256(content).hexdigest() for name, content in packed.items()}}
    said |= {name: getattr(reading, name) for name in WORDS}
    said |= {name: day and day.isoformat() for name, day in ((name, getattr(reading, name)) for name in DAYS)}
    place = account / PLACE
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in packed.items():
            drafts.write(place / f"{key}.{name}", content, 0o600)
        drafts.write(place / f"{key}.json", json.dumps(said).encode(), 0o600)
    except OSError:
        return  # read-only: the next reading takes as long as this one


def _packed(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content, compression="lz4", statistics=False)
    return content.getvalue()


def drop_all_but(account: Path, keys: Iterable[str]) -> None:
    """Take away what belongs to no file of the account any more, and what a dead run left half kept."""
    wanted, place = set(keys), account / PLACE
    drafts.sweep((account, place.parent, place))
    try:
        for path in place.iterdir():
            if not path.name.startswith((*wanted, drafts.PREFIX)):
                path.unlink(missing_ok=True)
    except OSError:
        return  # nothing kept, or read-only
