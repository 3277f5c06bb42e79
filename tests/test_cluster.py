"""Reports on several machines: a real scheduler, real workers, one of them killed."""

import json
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from click.testing import CliRunner
from trial import PUBLISH, task

from helpers.errors import SettingsError
from helpers.reports import cluster
from helpers.reports.command_line import main

MADE_BY = """
import os, time
with open(account_folder + "/.made-by", "a") as file:
    file.write(f"{os.getppid()}\\n")
time.sleep(1)
"""


@pytest.fixture
def workers(tmp_path):
    """A scheduler's address and its three workers, the last watched over by a nanny; all are ended afterwards."""
    at = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [
        subprocess.Popen([*_command("scheduler"), "--port", "0", "--no-dashboard", "--scheduler-file", at], **quiet)
    ]
    for more in (["--no-nanny"], ["--no-nanny"], []):
        command = [*_command("worker"), "--scheduler-file", at, "--nthreads", "1", "--no-dashboard", *more]
        env = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
        started.append(subprocess.Popen([*command, "--local-directory", tmp_path / "dask"], env=env, **quiet))
    deadline = time.monotonic() + 60
    while not at.exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    yield json.loads(at.read_text())["address"], started[1:]
    for one in started:
        family = [*psutil.Process(one.pid).children(recursive=True)] if one.poll() is None else []
        one.kill()
        one.wait()
        for child in family:
            child.kill() if child.is_running() else None


def _command(what):
    return [sys.executable, "-W", "ignore", "-m", f"distributed.cli.dask_{what}"]


def test_a_worker_that_is_killed_has_its_reports_made_by_others_and_nothing_twice(tmp_path, workers):
    address, (first, *_) = workers
    tasks = [task(tmp_path / f"a{n}", MADE_BY, PUBLISH, out=tmp_path / "out", id=f"a{n}") for n in range(7)]
    outcomes = []
    for one in cluster.run(tasks, address, timeout=120, memory=None):
        outcomes.append(one)
        if len(outcomes) == 2:
            first.send_signal(signal.SIGKILL)
    assert sorted(one.task.account for one in outcomes) == [one.account for one in tasks]
    assert [one.said for one in outcomes if one.code] == []
    pages = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.html"))
    assert pages == [f"a{n}/2026-10/a{n}-2026-10-trial.html" for n in range(7)]
    makers = [(one.folder / ".made-by").read_text().split() for one in tasks]
    assert all(1 <= len(each) <= 2 for each in makers)  # twice only what the killed worker had begun
    assert sum(len(each) - 1 for each in makers) <= 1
    assert [pid for each in makers for pid in each if psutil.pid_exists(int(pid))] == []


def test_no_scheduler_is_a_setting_that_is_wrong(monkeypatch, tmp_path):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(SettingsError, match=r"expected a scheduler at tcp://127\.0\.0\.1:9, found none"):
        list(cluster.run([task(tmp_path, PUBLISH)], "tcp://127.0.0.1:9", timeout=60, memory=None))


def test_a_worker_that_may_start_no_process_says_how_to_start_it(monkeypatch, tmp_path):
    import multiprocessing

    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    found = cluster.on_worker(task(tmp_path, PUBLISH), 60, None)
    assert found.code == 2
    assert "DASK_DISTRIBUTED__WORKER__DAEMON=False" in found.said


def test_the_command_sends_its_reports_to_the_workers(account_folder, tmp_path, workers):
    folder = account_folder("all_orders/us_31col.txt", stores=("amazon.com",), id="good")
    arguments = ["report", str(folder), "--month", "2025-09", "--out", str(tmp_path / "out"), "--cluster", workers[0]]
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code == 0, found.output
    assert found.stdout.strip().endswith("good-2025-09-metric-trends.html")
