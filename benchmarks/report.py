"""The first report of one account, by the command a user types, beside the least it could cost."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from timing import paired, table

CHECKOUT = Path(__file__).resolve().parents[1]
SAMPLE = CHECKOUT / "data" / "sample" / "lamp-house"
FLOOR = """
import jupyter_client
manager, client = jupyter_client.manager.start_new_kernel(kernel_name="python3")
client.execute_interactive("import polars, altair, numpy", output_hook=lambda message: None)
client.stop_channels(); manager.shutdown_kernel(now=True)
import papermill, nbconvert
"""


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=CHECKOUT)


def run(work: Path, runs: int) -> str:
    report = ("-m", "helpers.reports.command_line", "report", str(SAMPLE), "--out", str(work / "reports"))
    times = paired(
        {
            "a kernel started, the packages imported, papermill and nbconvert imported": partial(_run, "-c", FLOOR),
            "seller-audit check": partial(_run, "-m", "helpers.reports.command_line", "check", str(SAMPLE)),
            "seller-audit report": partial(_run, *report),
            "seller-audit --help": partial(_run, "-m", "helpers.reports.command_line", "--help"),
        },
        runs,
    )
    floor, *_ = times.values()
    rows = [[name, one.wall, one.wall / floor.wall] for name, one in times.items()]
    return table(["", "seconds", "× floor"], rows)
