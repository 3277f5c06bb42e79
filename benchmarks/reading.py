"""A year of order files, read and checked, beside a bare polars scan of the same tab files."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path

import polars as pl

from helpers import coverage, exports
from helpers.sample.folders import contents
from helpers.sample.truth import DAYS, Profile
from timing import exponent, paired, peak_memory, table

SIZES = (10_000, 30_000, 100_000)


def folder(work: Path, orders: int) -> Path:
    """An account of about so many orders in thirteen months, in the current layout of 91 columns, not compressed."""
    said = {"merchant": orders / DAYS * 0.8, "amazon": orders / DAYS * 0.2, "dissatisfied": 0.0113, "seed": 7}
    said |= {"time_zone": "Europe/London", "currency": "GBP", "feedback_dates": "%d/%m/%y"}
    profile = Profile("bench", "Bench (made up)", {"amazon.co.uk": 0.7, "amazon.de": 0.3}, **said)
    place = work / f"account-{orders}"
    for name, content in contents(profile).items():
        path = place / name.removesuffix(".gz")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.decompress(content) if name.endswith(".gz") else content)
    return place


def check(place: Path) -> pl.DataFrame:
    account = exports.read(place)
    return coverage.of_metrics(account, account.last_complete_day)


def scan(place: Path) -> None:
    """Every column of every order file as text."""
    for path in sorted((place / "exports" / "orders").iterdir()):
        pl.scan_csv(path, separator="\t", quote_char=None, infer_schema=False).collect()


def run(work: Path, runs: int) -> str:
    rows, seconds = [], []
    for orders in SIZES:
        place = folder(work, orders)
        kept = exports.read(place).orders.height
        times = paired({"scan": partial(scan, place), "check": partial(check, place)}, runs)
        memory = peak_memory(f"import reading, pathlib; reading.check(pathlib.Path({str(place)!r}))")
        bare, ours = times["scan"], times["check"]
        rows.append(
            [kept, bare.wall, ours.wall, ours.processor, ours.wall / bare.wall, ours.processor / bare.processor, memory]
        )
        seconds.append((kept, ours))
    sizes = [kept for kept, _ in seconds]
    grown = [exponent(sizes, [getattr(one, clock) for _, one in seconds]) for clock in ("wall", "processor")]
    head = ["orders", "bare scan, seconds", "read and check", "processor", "× scan", "× scan, processor", "peak MB"]
    return table(head, rows) + f"\nReading grows as orders to the power {grown[0]:.2f} (processor {grown[1]:.2f}).\n"
