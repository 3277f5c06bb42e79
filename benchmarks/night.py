"""A night of reports: what one costs beyond its own cells, reports a minute beside the plain commands, memory.

`python benchmarks/night.py` prints the tables and writes them to NIGHT.md. `--before DIR`, a checkout of an earlier state,
sets the sample account lamp-house beside it; `--stubs N` asks for another number of stub reports.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median

import nbformat

from timing import paired, table

HERE = Path(__file__).parent
SMALL = HERE / "small.ipynb"
LAMP_HOUSE = HERE.parent / "data" / "sample" / "lamp-house"
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

# What the command does with accounts of its own notebooks, for one that is none of them.
RUN = """
import sys, time
from pathlib import Path
from helpers.reports import forking
if __name__ == "__main__":
    forking.context()
    from helpers.reports import runner
    notebook, work, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    folders = sorted((work / "accounts").iterdir())
    tasks = [runner.Task(one.name, one, notebook, "2026-10-31", "2026-10", work / "out", force=True) for one in folders]
    found = list(runner.run(tasks, jobs=jobs))
    assert not any(one.code for one in found), [one.said for one in found]
    print(*(one.seconds for one in found))
"""
FORKS = """
import helpers.reports.preloaded
from helpers.reports import kernels
def private(pid):
    lines = open(f"/proc/{pid}/smaps_rollup").read().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024
forks = [kernels.Fork() for _ in range(20)]
import time
time.sleep(1)
print(*(private(one.pid) for one in forks))
for one in forks: one.kill()
"""
STUBS = """
import sys
from pathlib import Path
import psutil
if __name__ == "__main__":
    from helpers.reports import runner
    work, number = Path(sys.argv[1]), int(sys.argv[2])
    folder = next((work / "accounts").iterdir())
    tasks = [runner.Task("stub", folder, work / "none.ipynb", "", "2026-10", work / "out") for _ in range(number)]
    held = [psutil.Process().memory_info().rss for _ in runner.run(tasks, jobs=2)]
    print(*(one / 2**20 for one in held))
"""
OWN_MEMORY = (
    'lines = open("/proc/self/smaps_rollup").read().splitlines()\n'
    'private = sum(int(one.split()[1]) for one in lines if one.startswith("Private")) / 1024\n'
    'open(account_folder + "/.private", "w").write(str(private))'
)


def accounts(work: Path, number_of: int) -> None:
    for number in range(number_of):
        folder = work / "accounts" / f"a{number:02d}"
        (folder / "exports").mkdir(parents=True)
        said = f'id = "{folder.name}"\nname = "Account {number}"\nmarketplaces = ["amazon.de"]\n'
        (folder / "account.toml").write_text(said, encoding="utf-8")


def of_nothing(work: Path, cell: str = "") -> Path:
    """The small notebook with its parameters and its results alone, after one cell if there is one."""
    book = nbformat.read(SMALL, as_version=4)
    code = [one for one in book.cells if one.cell_type == "code"]
    last = nbformat.v4.new_code_cell(
        f"from pathlib import Path\nfrom IPython.display import display\n{code[-1].source}"
    )
    middle = [nbformat.v4.new_code_cell(cell)] if cell else []
    book.cells = [book.cells[0], code[0], *middle, last]
    path = work / f"nothing-{len(cell)}.ipynb"
    nbformat.write(book, path)
    return path


def run(notebook: Path, work: Path, jobs: int) -> list[float]:
    """The seconds of each report of the accounts."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(notebook), str(work), str(jobs)], capture_output=True, text=True, check=True
    )
    return [float(one) for one in done.stdout.split()]


def by_commands(work: Path, jobs: int) -> None:
    """The same reports by the two commands: papermill, then nbconvert."""
    tools = Path(sys.executable).parent

    def one(folder: Path) -> None:
        made = folder / ".made.ipynb"
        command = [str(tools / "papermill"), str(SMALL), str(made), "-p", "account_folder", str(folder)]
        subprocess.run([*command, "--no-progress-bar"], check=True, **QUIET)
        subprocess.run([str(tools / "jupyter-nbconvert"), "--to", "html", str(made)], check=True, **QUIET)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, sorted((work / "accounts").iterdir())))


def cost(work: Path) -> str:
    nothing = of_nothing(work)
    rows = [[f"{jobs} at once", median(run(nothing, work, jobs)), median(run(SMALL, work, jobs))] for jobs in (1, 2)]
    return table(["", "report of a notebook without cells, seconds", "small report, seconds"], rows)


def a_minute(work: Path, runs: int) -> str:
    number = len(list((work / "accounts").iterdir()))
    rows: list[list[object]] = []
    for jobs in (1, 2):
        contenders: dict[str, Callable[[], object]] = {
            "papermill and nbconvert": partial(by_commands, work, jobs),
            "this kit, its start included": partial(run, SMALL, work, jobs),
        }
        times = paired(contenders, runs)
        plain, *_ = times.values()
        rows += [[name, jobs, 60 * number / one.wall, plain.wall / one.wall] for name, one in times.items()]
    return table(["", "at once", "reports a minute", "× the commands"], rows)


def memory(work: Path, stubs: int) -> str:
    forks = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=True)
    run(of_nothing(work, OWN_MEMORY), work, 1)
    ready = [float((one / ".private").read_text()) for one in (work / "accounts").iterdir()]
    script = work / "stubs.py"
    script.write_text(STUBS, encoding="utf-8")
    held = subprocess.run(
        [sys.executable, str(script), str(work), str(stubs)], capture_output=True, text=True, check=True
    )
    grown = [float(one) for one in held.stdout.split()]
    tenth = len(grown) // 10
    rows = [
        ["private memory of a fork that waits, median of 20", median(map(float, forks.stdout.split()))],
        ["private memory of a kernel in its first cell, median", median(ready)],
        [f"supervisor after {tenth} stub reports", grown[tenth - 1]],
        [f"supervisor after {len(grown)} stub reports", grown[-1]],
    ]
    return table(["", "MB"], rows)


def lamp_house(work: Path, before: Path, runs: int) -> str:
    def made(checkout: Path, *more: str) -> None:
        env = os.environ | {"PYTHONPATH": str(checkout / "src")}
        command = [sys.executable, "-m", "helpers.reports.command_line", "report", str(LAMP_HOUSE), *more]
        out = str(work / checkout.name)
        subprocess.run([*command, "--out", out, "--jobs", "1"], check=True, env=env, cwd=checkout, **QUIET)

    times = paired({"before": partial(made, before), "now": partial(made, HERE.parent, "--force")}, runs)
    first, *_ = times.values()
    rows = [[name, one.wall, one.wall / first.wall] for name, one in times.items()]
    return table(["", "seconds", "× before"], rows)


def _machine() -> str:
    load = "" if not hasattr(os, "getloadavg") else f", load when started {os.getloadavg()[0]:.1f}"
    return f"{platform.machine()}, {os.cpu_count()} cores{load}; Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--accounts", type=int, default=20)
    parser.add_argument("--stubs", type=int, default=1000)
    parser.add_argument("--before", type=Path, help="a checkout of the state to compare with")
    asked = parser.parse_args()
    parts = [
        "# A night of reports\n\nWritten by `python benchmarks/night.py`, each table in one run. The small report is "
        "`benchmarks/small.ipynb`: five charts, a query, a table.\n",
        f"{_machine()}\n",
    ]
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        accounts(work, asked.accounts)
        parts += [
            f"## What a report costs beyond its own cells\n\nMedians of {asked.accounts}. Aim: at most 1 second.\n",
            cost(work),
        ]
        parts += [
            f"## Reports a minute\n\n{asked.accounts} small reports. Aim: 4 × the commands.\n",
            a_minute(work, asked.runs),
        ]
        parts += [
            "## Memory\n\nAim: under 5 MB before a notebook runs; a supervisor that does not grow.\n",
            memory(work, asked.stubs),
        ]
        if asked.before:
            parts += ["## The sample account lamp-house\n", lamp_house(work, asked.before.resolve(), asked.runs)]
    text = "\n".join(parts)
    print(text, flush=True)
    (HERE / "NIGHT.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
