"""Every benchmark, side by side in one run: prints the tables and writes them to RESULTS.md. `make bench` runs it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.append(str(HERE.parent / ".venv" / "bench"))  # last, so that the kit keeps its own versions

import metrics_engine
import reading
import report
from timing import machine

HEAD = """# Benchmarks

Written by `make bench`. Only ratios of one run mean anything on another machine. Each figure is the median of paired runs
(every contender once, then again); `processor` is the time of all threads together, which other people's load on a
shared machine changes least.

**How cost grows.** Counting: in proportion to orders, plus a calendar of accounts × days × rates × windows that does not
depend on orders. Reading: in proportion to rows. Memory of counting: the calendar and one batch of rows, flat in orders,
in proportion to accounts. The exponents fitted at three sizes stand under each table.
"""
PARTS = {
    "Metrics engine: all windows of six rates, from Parquet": (metrics_engine.run, 5),
    "Reading: a year of order files in the 91-column layout": (reading.run, 5),
    "One account from the command line (sample account lamp-house)": (report.run, 3),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, help="rounds of each part")
    runs = parser.parse_args().runs
    text = f"{HEAD}\n{machine()}\n"
    with tempfile.TemporaryDirectory() as work:
        for title, (part, usual) in PARTS.items():
            text += f"\n## {title}\n\n{part(Path(work), runs or usual)}"
            print(text.rpartition("\n## ")[2], flush=True)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
