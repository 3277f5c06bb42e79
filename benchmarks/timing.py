"""Paired runs: every contender once, then every contender again, so that a slow minute of the machine slows all alike."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np


@dataclass(frozen=True)
class Time:
    """Medians in seconds: of the clock, and of the processor over all threads and child processes."""

    wall: float
    processor: float


def paired(contenders: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Time]:
    """The median times of each contender over `runs` rounds of all of them; the first round is not counted."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    for run in range(runs + 1):
        for name, contender in contenders.items():
            wall, processor = time.perf_counter(), _processor()
            contender()
            if run:
                seen[name].append((time.perf_counter() - wall, _processor() - processor))
    return {name: Time(*map(median, zip(*times, strict=True))) for name, times in seen.items()}


def _processor() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """b of cost = a · size^b, by least squares on logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def peak_memory(code: str) -> float:
    """The largest resident memory in MB of a fresh Python that runs `code` in this folder; nan where it is not told."""
    # Not ru_maxrss: on Linux a child begins with its parent's.
    code += "\nprint([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
    if not Path("/proc/self/status").exists():
        return float("nan")
    folder = Path(__file__).parent
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def machine() -> str:
    names = ("polars", "numpy", "duckdb", "pandas", "pyarrow")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    load = "" if not hasattr(os, "getloadavg") else f", load when started {os.getloadavg()[0]:.1f}"
    return f"{platform.machine()}, {os.cpu_count()} cores{load}; Python {platform.python_version()}, {versions}"


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table; figures are rounded to two digits that tell something."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
