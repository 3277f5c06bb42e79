"""A night that is killed: 200 small accounts, ten of them broken in ten ways, the run ended by SIGKILL twice on the way.

`python benchmarks/killed.py` makes the accounts, runs `seller-audit report` over them, kills it at two random instants, starts
it again each time, and looks: every good account has its report, made once; every broken one its reason and its page; no process is
left, no half file, no draft; the exit code is the gravest. What does not hold ends it with an assertion. It prints the table and
writes it to KILLED.md.

--notebook 02   the monthly report in place of `small.ipynb` · --cluster N   N workers of Dask, one of which is killed, in place of
the kills · --accounts, --jobs, --seed
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
import psutil

from timing import table

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "data" / "sample"
HEALTH = ("small-good", "with-holes", "lamp-house", "on-the-mend", "late-and-broken")
MONTH = "2026-10"
MARK = "KILLED_NIGHT"  # in the environment of all a run starts
TIMEOUTS = {"small": 60, "02": 600}  # seconds for one report
NAMES = {"small": "the small report", "02": "the monthly report"}
HEAD = """# A night that is killed

Written by `python benchmarks/killed.py`. Accounts are copies of the sample accounts with more or fewer months of orders, ten of
them broken in ten ways. A run is ended by SIGKILL at a random instant, with whatever it had started counted until nothing runs
any more, and is started again. The figures stand only where all of this held: every good account has its report, made once and
whole; every broken one its reason and its page; no process, no half file, no draft is left; the exit code is the gravest one.
"""
MEMORY = 1500  # MB for one report
SPOIL = """
from pathlib import Path
with open(Path(account_folder) / ".begun", "a") as begun:
    begun.write("begun\\n")
if (Path(account_folder) / ".spoil.py").exists():
    exec((Path(account_folder) / ".spoil.py").read_text())
"""


@dataclass(frozen=True)
class Broken:
    """A way an account is broken: a file of it with what is written into it, and what its reason must say."""

    file: str
    text: str
    said: str


WAYS = {
    "settings that are no TOML": Broken("account.toml", "id = ", "account.toml"),
    "the id of another account": Broken(
        "account.toml", 'id = "a000"\nname = "Twin"\nmarketplaces = ["amazon.de"]\n', "expected an id of its own"
    ),
    "a note that is no text": Broken("note.md", "\xff\xfe", "note.md: expected a text in UTF-8"),
    "a cell that raises": Broken(".spoil.py", "raise ValueError('spoilt')", "ValueError: spoilt"),
    "a cell that hangs": Broken(".spoil.py", "import time; time.sleep(3600)", "seconds and was stopped in cell"),
    "a cell that grows": Broken(
        ".spoil.py", "import time; held = bytearray(b'x') * 2_000_000_000; time.sleep(3600)", "more than the 1,500 MB"
    ),
    "a kernel that crashes": Broken(
        ".spoil.py", "import ctypes; ctypes.string_at(0)", "signal 11 (segmentation fault)"
    ),
    "a kernel that is killed": Broken(
        ".spoil.py", "import os; os.kill(os.getpid(), 9)", "the kernel ended by signal 9"
    ),
    "a report killed, with a program left": Broken(
        ".spoil.py",
        "import os, subprocess; subprocess.Popen(['sleep', '3600'], start_new_session=True); os.kill(os.getppid(), 9)",
        "its process ended by signal 9",
    ),
    "a file that changes while it is read": Broken(
        ".spoil.py",
        "import uuid; (Path(account_folder) / 'exports' / 'late.txt').write_text(uuid.uuid4().hex)",
        "changed while the report was made",
    ),
}


@dataclass
class Night:
    """The place of one night: a checkout of the kit, the accounts, their reports, and which are broken in which way."""

    work: Path
    jobs: int
    notebook: str
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return self.work / "out"

    @property
    def env(self) -> dict[str, str]:
        own = {MARK: str(self.work), "PYTHONPATH": str(self.work / "kit" / "src"), "TMPDIR": str(self.work / "tmp")}
        return os.environ | own | {"SELLER_AUDIT_HOME": str(self.work), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}

    def begin(self, *more: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "helpers.reports.command_line", "report", str(self.work / "data")]
        command += ["--month", MONTH, "--today", "2026-11-28", "--notebook", "02", "--out", str(self.out)]
        command += ["--timeout", str(TIMEOUTS[self.notebook]), "--memory", str(MEMORY), "--jobs", str(self.jobs), *more]
        with (self.work / "log").open("ab") as log:
            return subprocess.Popen(command, env=self.env, cwd=self.work, stdout=log, stderr=log)

    def runs(self) -> list[list[dict[str, Any]]]:
        return [list(lines(path)) for path in sorted((self.out / ".runs").glob("*.jsonl"))]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError):  # cut short by the kill
            yield json.loads(line)


def checkout(night: Night) -> None:
    """The kit in a place of its own, its monthly report with one cell in front that spoils broken accounts."""
    kit = night.work / "kit"
    shutil.copytree(HERE.parent / "src", kit / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE.parent / "pyproject.toml", kit)
    shutil.copytree(HERE.parent / "notebooks", kit / "notebooks")
    path = kit / "notebooks" / "02-metric-trends.ipynb"
    book = nbformat.read(HERE / "small.ipynb" if night.notebook == "small" else path, as_version=4)
    first = next(n for n, cell in enumerate(book.cells) if "parameters" in cell.metadata.get("tags", ()))
    book.cells.insert(first + 1, nbformat.v4.new_code_cell(SPOIL))
    nbformat.write(book, path)


def accounts(night: Night, number: int, draw: random.Random) -> None:
    """Accounts of five healths and many sizes; one in each tenth of them is broken."""
    at = {n * number // len(WAYS) + draw.randrange(1, max(2, number // len(WAYS))): way for n, way in enumerate(WAYS)}
    for n in range(number):
        sample, folder = SAMPLES / HEALTH[n % len(HEALTH)], night.work / "data" / f"a{n:03d}"
        shutil.copytree(sample, folder, ignore=shutil.ignore_patterns(".*", "cases", "scenarios.toml"))
        said = (folder / "account.toml").read_text(encoding="utf-8").splitlines()
        own = [line for line in said if not line.startswith(("id =", "name ="))]
        names = [f'id = "{folder.name}"', f'name = "Night Trading Company {n:03d}"']
        (folder / "account.toml").write_text("\n".join([*names, *own]), encoding="utf-8")
        months = sorted((folder / "exports" / "orders").glob("*"))
        for path in months[: draw.randrange(len(months) // 2 + 1)]:
            path.unlink()
        if n in at:
            night.broken[folder.name] = at[n]
            (folder / WAYS[at[n]].file).write_text(WAYS[at[n]].text, encoding="latin-1")


def left_running(night: Night) -> list[psutil.Process]:
    found = []
    for one in psutil.process_iter():
        with suppress(psutil.Error):
            if one.environ().get(MARK) == str(night.work) and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
    return found


def quiet(night: Night, but: Sequence[int] = (), longest: float = 60) -> float:
    """The seconds until nothing that was started for the night runs any more, but those."""
    started = time.monotonic()
    while left := [one for one in left_running(night) if one.pid not in but]:
        assert time.monotonic() - started < longest, left
        time.sleep(0.1)
    return time.monotonic() - started


def half_files(night: Night) -> list[Path]:
    """Reports that can be seen and are not what their manifest says."""
    found = []
    for page in night.out.rglob("*.html"):
        manifest = page.parent / "manifest.json"
        if page.parent.name == "failed":
            found += [] if page.read_text(encoding="utf-8").endswith("</html>") else [page]
            continue
        (said,) = json.loads(manifest.read_text(encoding="utf-8"))["reports"].values()
        found += [
            page.parent / name
            for name, digest in said["outputs"].items()
            if sha256((page.parent / name).read_bytes()).hexdigest() != digest
        ]
    return found


def until(night: Night, child: subprocess.Popen, number: int) -> None:
    """Wait until the newest run has told so many reports."""
    before = len(night.runs()) - 1 if child.poll() is None else 0
    while child.poll() is None:
        told = [line for run in night.runs()[max(before, 0) :] for line in run if line.get("status")]
        if len(told) >= number:
            return
        time.sleep(0.05)


def killed(night: Night, number: int, kills: int, draw: random.Random) -> list[list[object]]:
    """Run the night, killed so many times at random instants, then to its end; a row a run."""
    rows: list[list[object]] = []
    for turn in range(kills + 1):
        started, child = time.monotonic(), night.begin()
        if turn < kills:
            while len(night.runs()) <= turn and child.poll() is None:  # until its record has begun
                time.sleep(0.1)
            until(night, child, draw.randrange(number // 10, number // 2))
            time.sleep(draw.random())
            child.kill()
        code = child.wait()
        quiet_after = quiet(night)
        assert half_files(night) == [], half_files(night)
        rows.append([*told(night, turn, code), time.monotonic() - started, quiet_after])
    return rows


def told(night: Night, turn: int, code: int) -> list[object]:
    number = Counter(line["status"] for line in night.runs()[-1] if line.get("status"))
    return [turn + 1, *(number[status] for status in ("made", "unchanged", "failed")), code]


@contextmanager
def workers(night: Night, number: int) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A scheduler's address and its workers; all are ended afterwards."""
    at = night.work / "scheduler.json"
    quietly = partial(subprocess.Popen, env=night.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = [sys.executable, "-W", "ignore", "-m"]
    more = ["--port", "0", "--no-dashboard", "--scheduler-file", str(at)]
    began = [quietly([*command, "distributed.cli.dask_scheduler", *more])]
    more = ["--scheduler-file", str(at), "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    more += ["--local-directory", str(night.work / "dask")]
    began += [quietly([*command, "distributed.cli.dask_worker", *more]) for _ in range(number)]
    while not at.exists():
        time.sleep(0.1)
    try:
        yield json.loads(at.read_text(encoding="utf-8"))["address"], began[1:]
    finally:
        for one in reversed(began):  # a worker whose scheduler is gone looks for it for long
            one.kill()
            one.wait()


def on_cluster(night: Night, number: int, of_workers: int, draw: random.Random) -> list[list[object]]:
    """Run the night on workers, one of which is killed on the way."""
    with workers(night, of_workers) as (address, began):
        started, child = time.monotonic(), night.begin("--cluster", address)
        time.sleep(3)
        until(night, child, draw.randrange(number // 10, number // 2))
        draw.choice(began).kill()
        code = child.wait()
        seconds = time.monotonic() - started
    rows = [[*told(night, 0, code), seconds, quiet(night)]]
    assert half_files(night) == [], half_files(night)
    return rows


def judged(night: Night, number: int, spare: int, code: int, others: tuple[str, ...]) -> list[list[object]]:
    """What must hold in the end, each with its number; a broken account a row.

    spare   how many reports may have been begun twice: those under way at a kill · others  what names of temporary folders
            that are not the kit's begin with
    """
    runs = night.runs()
    last = {Path(line["folder"]).name: line for line in runs[-1] if line.get("status")}
    good = [f"a{n:03d}" for n in range(number) if f"a{n:03d}" not in night.broken]
    spoilt = {one: last[one]["said"] for one in good if last[one]["code"]}
    assert spoilt == {}, spoilt
    pages = sorted(path.parent.parent.name for path in night.out.glob(f"*/{MONTH}/*.html"))
    assert pages == good, set(pages) ^ set(good)
    made = Counter(line["account"] for run in runs for line in run if line.get("status") == "made")
    assert max(made.values()) == 1, made.most_common(3)
    begun = {one: (night.work / "data" / one / ".begun").read_text(encoding="utf-8").count("begun") for one in good}
    again = sum(begun.values()) - len(good)
    assert max(begun.values()) <= 1 + spare, max(begun.values())
    assert 0 <= again <= spare, again
    rows: list[list[object]] = []
    for one, way in sorted(night.broken.items(), key=lambda pair: list(WAYS).index(pair[1])):
        line, kept = last[one], list((night.out / one / "failed").glob("*.html"))
        assert WAYS[way].said in line["said"], (way, line["said"])
        assert len(kept) == 1, (way, kept)
        assert line["look"] in (str(kept[0]), f"seller-audit check {night.work / 'data' / one}"), line["look"]
        rows.append([way, line["code"], line["said"].replace(str(night.work), "…").replace("|", "/")])
    assert code == max(line["code"] for line in last.values())
    assert list(night.out.rglob(".draft-*")) == []
    left = [path for path in (night.work / "tmp").iterdir() if not path.name.startswith(others)]
    assert left == [], left
    rows.append([f"{len(good)} good accounts: a report each, of which begun twice: {again}", 0, "made once each"])
    return rows


def write(page: Path, title: str, text: str) -> None:
    """Put a section into the page, in the place of one with its title."""
    head, *sections = page.read_text(encoding="utf-8").split("\n## ") if page.exists() else [HEAD]
    kept = {f"## {one.partition(chr(10))[0]}": one.partition("\n")[2] for one in sections} | {title: f"\n{text}"}
    page.write_text(
        "\n".join([head.rstrip("\n"), "", *(f"{name}\n{one}" for name, one in kept.items())]), encoding="utf-8"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--notebook", choices=sorted(TIMEOUTS), default="small")
    parser.add_argument("--cluster", type=int, metavar="N", help="on N workers, one of which is killed")
    asked = parser.parse_args()
    draw, load = random.Random(asked.seed), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="killed-") as place:
        night = Night(Path(place).resolve(), asked.jobs, asked.notebook)
        (night.work / "tmp").mkdir()
        checkout(night)
        accounts(night, asked.accounts, draw)
        if asked.cluster:
            rows = on_cluster(night, asked.accounts, asked.cluster, draw)
        else:
            rows = killed(night, asked.accounts, asked.kills, draw)
        spare = 1 if asked.cluster else asked.jobs * asked.kills
        others = ("dask-", "pymp-") if asked.cluster else ()  # what a killed worker of Dask leaves
        found = judged(night, asked.accounts, spare, int(str(rows[-1][4])), others)
    heads = ["run", "made", "unchanged", "failed", "exit code", "seconds", "seconds until nothing ran"]
    how = f"on {asked.cluster} workers, one of them killed" if asked.cluster else f"killed {asked.kills} times"
    title = f"## {asked.accounts} accounts, {NAMES[asked.notebook]}, {how}"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.0f} when started"
    text = "\n".join(
        [
            f"{machine}; {asked.jobs} reports at once; seed {asked.seed}.\n",
            table(heads, rows),
            table(["account", "exit code", "reason, as it is told"], found),
        ]
    )
    print(f"{title}\n\n{text}", flush=True)
    write(HERE / "KILLED.md", title, text)


if __name__ == "__main__":
    main()
