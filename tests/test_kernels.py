"""A report's kernel is a fork of a process that has imported and run nothing: nothing of one client reaches another."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from trial import PUBLISH, task, tell, told

from helpers import drafts
from helpers.reports import forking, making, processes, runner

pytestmark = pytest.mark.skipif(not forking.has_fork(), reason="NO FORK HERE: kernels are started in the plain way")

STATE = {
    "cwd": "__import__('os').getcwd()",
    "mark": "__import__('os').environ.get('LEAK')",
    "theme": "__import__('altair').theme.active",
    "renderer": "__import__('altair').renderers.active",
    "rows": "__import__('altair').data_transformers.options",
    "patched": "__import__('helpers.wording', fromlist=['day']).day.__module__",
    "option": "__import__('sys').getrecursionlimit()",
    "names": "sorted(name for name in globals() if name.startswith('leak'))",
    "path": "[one for one in __import__('sys').path if 'leak' in one]",
    "modules": "'leaked' in __import__('sys').modules",
    "files": "len(__import__('os').listdir('/proc/self/fd')) if __import__('os').path.exists('/proc/self/fd') else 0",
    "threads": "sorted(one.name for one in __import__('threading').enumerate() if 'leak' in one.name)",
    "umask": "__import__('os').umask(0o022)",
}
DRAWN = {"python": "__import__('random').random()", "numpy": "float(__import__('numpy').random.random())"}
WHO = {
    "pid": "__import__('os').getpid()",
    "parent": "__import__('os').getppid()",
    "group": "__import__('os').getpgid(0)",
    "line": "open('/proc/self/cmdline').read()",
    "reached": "__import__('ipykernel').get_connection_file()",
}
HOSTILE = """
import os, random, subprocess, sys, threading, time, types
import altair as alt, numpy as np, polars as pl
import helpers.wording
os.chdir("/"); os.umask(0); os.environ["LEAK"] = "yes"
alt.theme.enable("dark"); alt.renderers.enable("html"); alt.data_transformers.disable_max_rows()
random.seed(1); np.random.seed(1); sys.setrecursionlimit(50_000); sys.path.insert(0, "/leak")
helpers.wording.day = lambda *said, **more: "leaked"
sys.modules["leaked"] = types.ModuleType("leaked")
leak = [open(account_folder + "/.left-open", "w") for _ in range(20)]
threading.Thread(target=time.sleep, args=(600,), name="leak", daemon=True).start()
pl.DataFrame({"a": range(300_000)}).lazy().group_by(pl.col("a") % 7).agg(pl.len()).collect()
held = bytearray(200_000_000)
children = [subprocess.Popen(["sleep", "600"], start_new_session=own) for own in (False, True)]
"""


def lives(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def made(*tasks, **said):
    return list(runner.run(tasks, **said))


def test_a_hostile_notebook_leaves_nothing_in_the_next_report(tmp_path):
    before, after = (task(tmp_path / name, tell(**STATE, **DRAWN), PUBLISH) for name in ("before", "after"))
    hostile = task(tmp_path / "hostile", HOSTILE, tell(children="[one.pid for one in children]"), PUBLISH)
    assert [one.said for one in made(before, hostile, after)] == ["", "", ""]
    was, is_now = told(before), told(after)
    assert {name: is_now[name] for name in STATE} == {name: was[name] for name in STATE}
    assert [name for name in DRAWN if was[name] == is_now[name]] == []
    assert [pid for pid in told(hostile)["children"] if lives(pid)] == []


def test_a_query_wide_enough_for_every_thread_runs_in_a_fork(tmp_path):
    wide = """
import polars as pl
frame = pl.DataFrame({"a": range(2_000_000)}).with_columns(b=pl.col("a") * 7919 % 100_003)
summed = frame.lazy().group_by("b").agg(pl.col("a").sum(), pl.col("a").median().alias("m")).sort("a", descending=True).collect()
joined = frame.lazy().join(summed.lazy(), on="b").filter(pl.col("m") > 10).sort("b").collect(engine="streaming")
import os
names = [open(f"/proc/self/task/{one}/comm").read().strip() for one in os.listdir("/proc/self/task")]
"""
    one = task(
        tmp_path,
        wide,
        tell(rows="joined.height", size="pl.thread_pool_size()", pool="sum(n.startswith('polars-') for n in names)"),
        PUBLISH,
    )
    (found,) = made(one, timeout=120)
    assert (found.code, found.said) == (0, "")
    said = told(one)
    assert said["rows"] > 1_900_000
    assert said["pool"] >= said["size"]


def test_the_server_has_started_no_thread_a_fork_would_miss():
    code = (
        "import helpers.reports.preloaded, gc, os, sys, threading\n"
        "names = [open(f'/proc/self/task/{one}/comm').read().strip() for one in os.listdir('/proc/self/task')]\n"
        "pool = [name for name in names if name.startswith('polars-') and name[7:].isdigit()]\n"
        "print(pool, threading.active_count(), gc.get_freeze_count() > 100_000, 'zmq' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split("\n")[0] == "[] 1 True True"


def test_the_kernel_is_a_fork_in_its_report_s_group_and_serves_it_alone(tmp_path):
    tasks = [task(tmp_path / str(number), tell(**WHO), PUBLISH) for number in range(3)]
    assert [one.code for one in made(*tasks)] == [0, 0, 0]
    said = [told(one) for one in tasks]
    assert all("forkserver" in one["line"] for one in said)
    assert all(one["group"] == one["parent"] for one in said)
    for name in ("pid", "parent", "reached"):
        assert len({one[name] for one in said}) == 3
    assert [pid for one in said for pid in (one["pid"], one["parent"]) if lives(pid)] == []


def test_without_a_fork_the_kernel_is_started_in_the_plain_way(tmp_path):
    one = task(tmp_path, tell(**WHO), PUBLISH)
    found = making.run_one(one)
    assert (found.code, found.said) == (0, "")
    assert "ipykernel_launcher" in told(one)["line"]
    assert told(one)["parent"] == os.getpid()
    assert not Path(told(one)["reached"]).exists()


ENDINGS = {
    "os.kill(os.getpid(), signal.SIGKILL)": "the kernel ended by signal 9 (killed)",
    "os._exit(0)": "the kernel ended with exit code 0 before the notebook was through",
    "os.abort()": "the kernel ended by signal 6 (aborted)",
    "__import__('ctypes').string_at(0)": "the kernel ended by signal 11 (segmentation fault)",
    "os.kill(os.getppid(), signal.SIGKILL)": "its process ended by signal 9 (killed)",
    "os.killpg(0, signal.SIGKILL)": "its process ended by signal 9 (killed)",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_report_whose_kernel_or_process_is_killed_says_how_it_ended_and_the_others_are_made(tmp_path, ending):
    dies = task(tmp_path / "dies", tell(**WHO), f"import os, signal; {ending}", PUBLISH)
    good = [task(tmp_path / name, PUBLISH) for name in ("one", "two")]
    found = {one.task.folder.name: one for one in made(good[0], dies, good[1], jobs=2)}
    assert {name: one.code for name, one in found.items()} == {"one": 0, "two": 0, "dies": 1}
    assert found["dies"].said == ENDINGS[ending]  # and no guess at the memory, of which there was enough
    assert [told(dies)[who] for who in ("pid", "parent") if lives(told(dies)[who])] == []


FULL = """
import os, psutil, signal, time
held, both = [], [psutil.Process(), psutil.Process().parent()]
while sum(one.memory_info().rss for one in both) < 900 * 2**20:
    held.append(bytearray(b"x") * 10_000_000)
time.sleep(1)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kernel_that_is_killed_near_its_memory_is_asked_about_it(tmp_path):
    (found,) = made(task(tmp_path, FULL, PUBLISH), memory=1000)
    assert re.fullmatch(
        r"the kernel ended by signal 9 \(killed\); out of memory\? It held 9\d\d of its 1,000 MB in its last seconds",
        found.said,
    )


ESCAPES = {
    "a program in a session of its own": "child = subprocess.Popen(['sleep', '600'], start_new_session=True).pid",
    "a program that empties its environment": (
        "child = subprocess.Popen(['sleep', '600'], start_new_session=True, env={}).pid; time.sleep(2)"
    ),
    "a daemon that is a copy of the kernel": """
child = os.fork()
if not child:
    os.setsid()
    time.sleep(600)
    os._exit(0)
time.sleep(2)
""",
}


@pytest.mark.parametrize("what", ESCAPES)
def test_what_a_notebook_starts_does_not_outlive_a_report_that_is_killed(tmp_path, what):
    code = f"import os, signal, subprocess, time\n{ESCAPES[what]}"
    one = task(tmp_path, code, tell(child="child"), "os.kill(os.getppid(), signal.SIGKILL)", PUBLISH)
    (found,) = made(one)
    assert found.said == "its process ended by signal 9 (killed)"
    deadline = time.monotonic() + 5  # what was killed is not gone at once on a busy machine
    while lives(told(one)["child"]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lives(told(one)["child"])


def test_what_a_run_that_is_dead_has_left_running_is_ended_by_the_next_and_what_is_alive_is_left(tmp_path):
    computer = drafts.owner().partition("-")[0]
    dead = subprocess.Popen(["true"])
    dead.wait()
    marks = {"dead": f"{computer}-{dead.pid}-a", "alive": f"{computer}-{os.getpid()}-a", "elsewhere": f"0-{dead.pid}-a"}
    left = {
        name: subprocess.Popen(["sleep", "600"], env=os.environ | {processes.MARK: mark})
        for name, mark in marks.items()
    }
    assert [one.code for one in made(task(tmp_path, PUBLISH))] == [0]
    assert [name for name, one in left.items() if one.poll() is None] == ["alive", "elsewhere"]
    for one in left.values():
        one.kill()
        one.wait()


def test_a_report_that_holds_more_than_its_memory_is_stopped_and_the_others_are_made(tmp_path):
    grows = "import time\nheld = []\nfor _ in range(60):\n    held.append(bytearray(b'x') * 50_000_000)\n    time.sleep(0.05)"
    large, small = task(tmp_path / "large", tell(**WHO), grows, PUBLISH), task(tmp_path / "small", PUBLISH)
    found = {one.task.folder.name: one for one in made(large, small, memory=1500)}
    assert found["small"].code == 0
    assert found["large"].code == 1
    assert re.fullmatch(
        r"held [\d,]+ MB, more than the 1,500 MB of one report, and was stopped in cell 4 \(--memory\)",
        found["large"].said,
    )
    assert found["large"].memory_mb > 1500 > found["small"].memory_mb > 50
    assert not lives(told(large)["pid"])
