"""All rates, all windows, all accounts, from Parquet: the kit, a bare scan of the columns, DuckDB, pandas, polars."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

import engines
import tables
from timing import exponent, paired, peak_memory, table

SIZES = ((100_000, 100), (1_000_000, 1000), (10_000_000, 1000))
KIT = "import engines, pathlib; engines.{}(pathlib.Path({!r}))"
NAMES = {
    "scan": "bare polars scan",
    "kit": "the kit",
    "duckdb_best": "DuckDB, best of its forms",
    "duckdb_plain": "DuckDB, plain",
    "plain_polars": "polars, plain",
    "pandas": "pandas",
}


def run(work: Path, runs: int) -> str:
    seconds, rows = [], []
    for orders, accounts in SIZES:
        folder = tables.write(work / f"tables-{orders}", orders, accounts)
        answers = {name: getattr(engines, name)(folder) for name in NAMES if name != "scan"}
        _agree(answers)
        times = paired(
            {name: partial(getattr(engines, name), folder) for name in NAMES},
            runs if orders < 10**7 else max(runs // 2, 3),
        )
        best = min("duckdb_best", "duckdb_plain", key=lambda name: times[name].wall)
        for name, label in NAMES.items():
            one, kit, scan = times[name], times["kit"], times["scan"]
            rows.append(
                [
                    f"{orders:,} ({accounts:,})",
                    label + (" ←" if name == best else ""),
                    one.wall,
                    one.processor,
                    one.wall / scan.wall,
                    one.processor / scan.processor,
                    one.wall / kit.wall,
                    one.processor / kit.processor,
                ]
            )
        memory = {name: peak_memory(KIT.format(name, str(folder))) for name in ("scan", "kit")}
        rows.append(
            [
                f"{orders:,} ({accounts:,})",
                f"peak memory: scan {memory['scan']:,.0f} MB, kit {memory['kit']:,.0f} MB",
                *[""] * 6,
            ]
        )
        seconds.append((times["kit"], times["scan"]))
    head = [
        "orders (accounts)",
        "engine",
        "seconds",
        "processor",
        "× scan",
        "× scan, processor",
        "× kit",
        "× kit, processor",
    ]
    sizes = [orders for orders, _ in SIZES]
    grown = [exponent(sizes, [getattr(kit, clock) for kit, _ in seconds]) for clock in ("wall", "processor")]
    text = "All engines gave the same sums of numerators, denominators and rates.\n\n" + table(head, rows)
    text += (
        f"\nThe kit's cost grows as orders to the power {grown[0]:.2f} (processor {grown[1]:.2f}).\n\n"
        + _by_accounts(work, runs)
    )
    return text + "\n" + _one_account(work, runs)


def _agree(answers: dict) -> None:
    """Stop when an engine answered otherwise than the kit."""
    for name, answer in answers.items():
        for key, sums in answers["kit"].items():
            if answer[key][:2] != sums[:2] or abs(answer[key][2] - sums[2]) > 1e-6 * sums[2]:
                raise AssertionError(f"{name}, {key}: expected {sums}, found {answer[key]}")


def _by_accounts(work: Path, runs: int) -> str:
    orders, counts = 1_000_000, [100, 1000, 10_000]
    folders = [tables.write(work / f"tables-{orders}-{n}", orders, n) for n in counts]
    times = [paired({"kit": partial(engines.kit, folder)}, runs)["kit"] for folder in folders]
    said = ", ".join(
        f"{n:,} accounts {one.wall:.2f} s (processor {one.processor:.2f})" for n, one in zip(counts, times, strict=True)
    )
    return f"A million orders over: {said}.\n"


def _one_account(work: Path, runs: int) -> str:
    """100,000 orders of one account: from tables, and from an Account with text order numbers as the report has it."""
    from helpers import metrics, targets
    from one_account import account

    folder = tables.write(work / "tables-one", 100_000, 1)
    one = account(folder)
    rules = partial(targets.in_force, own=())

    def as_report() -> pl.DataFrame:
        return metrics.trailing(metrics.daily(one), rules, date(2025, 12, 31))

    times = paired(
        {"scan": partial(engines.scan, folder), "tables": partial(engines.kit, folder), "account": as_report}, runs * 3
    )
    rows = [[name, one.wall * 1000, one.processor * 1000] for name, one in times.items()]
    return (
        "One account of 100,000 orders, milliseconds (`account`: metrics.daily and metrics.trailing of the report, every metric, text order numbers):\n\n"
        + table(["", "clock", "processor"], rows)
    )
