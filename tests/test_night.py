"""Nothing spoils a night: full disks, files that change, two runs at once, a parent killed; and what is unchanged stays."""

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from filelock import FileLock
from trial import PUBLISH, recorded, task

from helpers import drafts
from helpers.errors import SettingsError
from helpers.reports import forking, made_of, making, publish, runner
from helpers.reports.command_line import main
from helpers.reports.product import Wanted

CHART = (
    "import altair as alt, polars as pl, helpers.charts\nalt.Chart(pl.DataFrame({'a': [1]})).mark_bar().encode(x='a')"
)
CHART += ".properties(title=alt.Title('T'))"
REPORT = [f"acme-2026-10-trial{ending}" for ending in (".html", ".json")]


def run(*tasks, **said):
    return {one.task.folder.name: one for one in runner.run(tasks, **said)}


def visible(out):
    """Every file of reports in a folder: name → content; drafts and locks are no reports."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(out).parts)
    }


def pages_of(out):
    return [out / name for name in visible(out) if name.endswith(".html")]


def is_whole(folder):
    """Whether the files of the one report in a folder are those its manifest names."""
    said = json.loads((folder / "manifest.json").read_text())["reports"]["07-trial"]["outputs"]
    return all(sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in said.items())


# --- what is unchanged ---------------------------------------------------------------------------------------------


def test_a_report_of_the_same_is_left_as_it_is_and_force_makes_it_again(tmp_path):
    one = task(tmp_path / "acme", PUBLISH)
    first = making.run_one(one)
    before = visible(one.out)
    again = making.run_one(one)
    assert (first.status, again.status, again.code) == ("made", "unchanged", 0)
    assert sorted(again.files) == sorted(first.files)
    assert (again.as_of, again.flags, again.verdict) == (first.as_of, first.flags, first.verdict)
    assert visible(one.out) == before
    assert making.run_one(replace(one, force=True)).status == "made"
    assert making.run_one(replace(one, period="")).status == "unchanged"  # whichever folder it lies in


CHANGES = {
    "a download": lambda one: (one.folder / "exports").mkdir() or (one.folder / "exports" / "new.txt").write_text("x"),
    "a setting": lambda one: (one.folder / "account.toml").write_text(
        (one.folder / "account.toml").read_text() + '\nlocale = "de"'
    ),
    "the note": lambda one: (one.folder / "note.md").write_text("Call me."),
    "the brand": lambda one: (one.folder.parent / "brand.toml").write_text('name = "House"'),
    "the notebook": lambda one: one.notebook.write_text(one.notebook.read_text().replace("Trial?", "Trial!")),
    "a case": lambda one: (
        (one.folder / "cases" / "a").mkdir(parents=True) or (one.folder / "cases/a/case.toml").touch()
    ),
    "the page": lambda one: (one.out / "acme/2026-10" / REPORT[0]).write_text("cut sho"),
    "the results": lambda one: (one.out / "acme/2026-10" / REPORT[1]).unlink(),
    "the manifest": lambda one: (one.out / "acme/2026-10/manifest.json").write_text("{"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_report_is_made_again_when_anything_it_is_made_of_has_changed(tmp_path, what):
    one = task(tmp_path / "acme", PUBLISH)
    making.run_one(one)
    CHANGES[what](one)
    assert making.run_one(one).status == "made"
    assert is_whole(one.out / "acme" / "2026-10")


def test_another_day_another_kit_and_what_else_is_asked_for_make_it_again(tmp_path, monkeypatch):
    one = task(tmp_path / "acme", PUBLISH)
    kept, own = made_of.entry(made_of.parts(one)), {"as_of": ""}
    making.run_one(one)
    assert made_of.unchanged(one, own, kept) is not None
    assert made_of.unchanged(one, own | {"as_of": "2026-10-31"}, kept) is None
    assert made_of.entry(made_of.parts(replace(one, wanted=Wanted(pdf=True)))) != kept
    monkeypatch.setattr(made_of, "kit", lambda: "0" * 64)
    assert making.run_one(one).status == "made"


def test_hidden_files_and_packs_are_the_kit_s_own_and_change_nothing(tmp_path):
    one = task(tmp_path / "acme", PUBLISH, out=tmp_path / "out")
    kept = made_of.parts(one)
    for path in (".salt", ".cache/x", "cases/a/pack/answers.md"):
        (one.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (one.folder / path).write_text("x")
    assert made_of.parts(one) == kept


def test_files_of_an_earlier_report_that_this_one_has_not_are_taken_away(tmp_path):
    publish.put(tmp_path / "f", "02-a", "02-a", {".html": "x", ".pdf": b"y"}, {"account": "t"})
    publish.put(tmp_path / "f", "t-2026-10-a", "02-a", {".html": "z"}, {"account": "t"})
    assert set(visible(tmp_path)) == {"f/manifest.json", "f/t-2026-10-a.html"}


# --- files that change, disks that are full --------------------------------------------------------------------------


def test_a_file_that_changes_while_the_report_is_made_is_told_and_no_report_appears(tmp_path):
    changes = "import os\nos.makedirs(account_folder + '/exports')\nopen(account_folder + '/exports/late.txt', 'w').write('x')"
    one = task(tmp_path / "acme", changes, PUBLISH, out=tmp_path / "out")
    found = making.run_one(one)
    assert (found.code, found.status) == (3, "failed")
    assert found.said == "exports/late.txt changed while the report was made: run it again"
    assert visible(one.out) == {}


def test_a_full_disk_is_told_and_an_earlier_report_is_left_whole(tmp_path, monkeypatch):
    one = task(tmp_path / "acme", PUBLISH, out=tmp_path / "out")
    making.run_one(one)
    before = visible(one.out)

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    found = making.run_one(replace(one, force=True))
    assert found.code == 1
    assert found.said == "cannot write the report: no space left on device"
    assert visible(one.out) == before
    assert list(one.out.rglob(f"{drafts.PREFIX}*")) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 400 kB; a page with charts is larger."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("NO SMALL DISK: mounting one needs root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs is of Linux")
def test_on_a_disk_that_is_too_small_the_reports_that_fit_are_made(tmp_path, small_disk):
    large = task(tmp_path / "large", CHART, PUBLISH, out=small_disk, id="large")
    small = task(tmp_path / "small", PUBLISH, out=small_disk, id="small")
    found = run(large, small)
    assert (found["small"].code, found["large"].code) == (0, 1)
    assert found["large"].said == "cannot write the report: no space left on device"
    assert is_whole(small_disk / "small" / "2026-10")
    assert [name for name in visible(small_disk) if "large" in name] == ["large/failed/07-trial.html"]  # it has room
    assert list(small_disk.rglob(f"{drafts.PREFIX}*")) == []


# --- a machine that stops: what was not brought to the disk is lost ---------------------------------------------------


class Disk:
    """What a disk holds if the machine stops: the content of a file as it was when last brought to it."""

    def __init__(self, monkeypatch):
        self.held, self.states = {}, []
        fsync, replace_ = os.fsync, os.replace

        def brought(handle):
            fsync(handle)
            path = os.readlink(f"/proc/self/fd/{handle}")
            if os.path.isfile(path):
                self.held[path] = Path(path).read_bytes()

        def renamed(source, target):
            replace_(source, target)
            self.held[str(target)] = self.held.pop(str(source), b"")  # a name without its content
            self.states.append({name: content for name, content in self.held.items() if drafts.PREFIX not in name})

        monkeypatch.setattr(os, "fsync", brought)
        monkeypatch.setattr(os, "replace", renamed)


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="the system does not tell which file a handle is of")
def test_a_machine_that_stops_at_any_moment_leaves_whole_files_and_no_page_before_its_manifest(tmp_path, monkeypatch):
    disk = Disk(monkeypatch)
    contents = {".html": "<p>page</p>", ".json": "{}\n", ".pdf": b"%PDF"}
    publish.put(tmp_path / "f", "a", "02-a", contents, {"account": "t"})
    drafts.write(tmp_path / "f" / "alone", b"alone")
    whole = {f"a{ending}": one if isinstance(one, bytes) else one.encode() for ending, one in contents.items()}
    whole |= {"manifest.json": (tmp_path / "f" / "manifest.json").read_bytes(), "alone": b"alone"}
    assert len(disk.states) == 5
    for state in disk.states:
        held = {Path(name).name: content for name, content in state.items()}
        assert held == {name: whole[name] for name in held}
        assert "a.html" not in held or held.keys() >= {"manifest.json", "a.json", "a.pdf"}


# --- runs that are killed, two runs at once --------------------------------------------------------------------------


def processes_with(mark):
    found = []
    for one in psutil.process_iter():
        with suppress(psutil.Error):
            if one.environ().get("NIGHT") == mark and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
    return found


def begun(tmp_path, tasks, mark, **more):
    """A process that runs tasks two at a time, all of its children known by a mark."""
    said = ", ".join(
        f"runner.Task({one.account!r}, Path({str(one.folder)!r}), Path({str(one.notebook)!r}), '', '2026-10', "
        f"Path({str(one.out)!r}))"
        for one in tasks
    )
    script = tmp_path / "run.py"
    script.write_text(
        "from pathlib import Path\nfrom helpers.reports import ending, runner\n"
        f"if __name__ == '__main__':\n    ending.heed_signals()\n    list(runner.run([{said}], jobs=2))\n"
    )
    env = os.environ | {"NIGHT": mark, **more}
    return subprocess.Popen([sys.executable, str(script)], stderr=subprocess.DEVNULL, env=env)


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell the environment of a process")
def test_a_run_killed_at_any_instant_leaves_no_half_file_and_no_process_and_goes_on_where_it_stopped(tmp_path):
    out = tmp_path / "out"
    tasks = [task(tmp_path / name, PUBLISH, out=out, id=name) for name in ("a", "b", "c", "d")]
    for number, seconds in enumerate((0.2, 0.7, 1.4, 2.2, 3.0, 4.0)):
        mark = f"{tmp_path.name}-{number}"
        child = begun(tmp_path, tasks, mark)
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.send_signal(signal.SIGKILL)
        child.wait()
        deadline = time.monotonic() + 30  # the server ends when it has imported: on a busy machine that takes a while
        while processes_with(mark) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert processes_with(mark) == []
        assert [page for page in pages_of(out) if not is_whole(page.parent)] == []
    before = {page: page.stat().st_mtime_ns for page in pages_of(out)}
    found = run(*tasks, jobs=2)
    assert {name: one.code for name, one in found.items()} == dict.fromkeys("abcd", 0)
    assert {page: page.stat().st_mtime_ns for page in before} == before
    assert sorted(name for name in visible(out) if name.endswith(".html")) == [
        f"{name}/2026-10/{name}-2026-10-trial.html" for name in "abcd"
    ]
    assert list(out.rglob(f"{drafts.PREFIX}*")) == []


@pytest.mark.skipif(not forking.has_fork(), reason="NO FORK HERE: no server listens in a folder of its own")
def test_the_folders_of_a_run_that_was_killed_are_taken_away_by_the_next_and_no_others(tmp_path, tmp_path_factory):
    place = tmp_path_factory.mktemp("t")  # the path of a socket has room for a hundred signs
    (place / "pymp-of-others").mkdir(parents=True)
    (place / "pymp-of-others" / "listener-x").touch()
    (place / "pymp-alive").mkdir()
    (place / "pymp-alive" / f"{drafts.prefix()}owner").touch()
    one = task(tmp_path / "acme", "import time; time.sleep(60)", PUBLISH, out=tmp_path / "out")
    first = begun(tmp_path, [one], tmp_path.name, TMPDIR=str(place))
    deadline = time.monotonic() + 60
    while not list(place.glob(f"{drafts.PREFIX}*/*")):  # the notebook is under way
        assert time.monotonic() < deadline
        time.sleep(0.1)
    first.kill()
    first.wait()
    (left,) = [path for path in place.glob("pymp-*") if path.name not in ("pymp-of-others", "pymp-alive")]
    while processes_with(tmp_path.name) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert begun(tmp_path, [task(tmp_path / "b", PUBLISH, id="b")], tmp_path.name, TMPDIR=str(place)).wait(120) == 0
    assert not left.exists()
    assert sorted(path.name for path in place.iterdir()) == ["pymp-alive", "pymp-of-others"]


@pytest.mark.skipif(not forking.has_fork(), reason="NO FORK HERE: no server listens in a folder of its own")
def test_a_temporary_folder_may_be_called_as_long_as_leaves_room_for_a_socket_and_a_longer_one_is_refused(
    tmp_path, monkeypatch
):
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        longest = Path(short, "x" * (74 - len(short)))
        longest.mkdir()
        one = task(tmp_path / "acme", PUBLISH)
        assert begun(tmp_path, [one], tmp_path.name, TMPDIR=str(longest)).wait(120) == 0
        monkeypatch.setattr(tempfile, "tempdir", f"{longest}x")
        with pytest.raises(SettingsError, match=r"TMPDIR: expected .* at most 75 bytes, found 76"):
            forking.context()


def test_a_second_run_into_the_same_folder_waits_and_says_so(tmp_path):
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "account.toml").write_text("id = 7")
    out = tmp_path / "out"
    (out / ".runs").mkdir(parents=True)
    command = [sys.executable, "-m", "helpers.reports.command_line", "report", str(bad), "--out", str(out)]
    with FileLock(out / ".runs" / ".lock"):
        second = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        lines = [second.stderr.readline() for _ in range(4)]
        assert lines[-1] == f"{out}: another run is at work here; this one waits for it\n"
        assert second.poll() is None
        assert recorded(out) == []
    assert "0 made, 0 unchanged, 1 failed" in second.communicate(timeout=60)[1]
    assert second.returncode == 2
    ((first, line, last),) = recorded(out)
    assert (first["reports"], line["code"], last["failed"]) == (1, 2, 1)


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def clients(account_folder, tmp_path):
    """A folder of one good and two bad accounts."""
    account_folder("all_orders/us_31col.txt", stores=("amazon.com",), id="good")
    for name, settings in (("bad", "id = 7"), ("worse", "id = ")):
        (account_folder(id=name) / "account.toml").write_text(settings)
    return tmp_path


def report(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments), "--today", "2026-11-28"])


def test_a_run_tells_all_problems_first_makes_the_good_and_leaves_them_unchanged_the_next_time(clients):
    out = clients / "out"
    found = report(clients, "--month", "2025-12", "--out", out)
    assert found.exit_code == 2
    lines = found.stderr.splitlines()
    first, second = (
        next(n for n, line in enumerate(lines) if line.startswith(str(clients / name))) for name in ("bad", "worse")
    )
    done = next(n for n, line in enumerate(lines) if "good 02-metric-trends: made in" in line)
    assert first < done
    assert second < done
    page = out / "good" / "2025-12" / "good-2025-12-metric-trends.html"
    assert found.stdout.splitlines() == [str(page)]
    assert "1 made, 0 unchanged, 2 failed" in found.stderr
    again = report(clients / "good", "--month", "2025-12", "--out", out, "--strict")
    assert again.exit_code == 3
    assert "files end before the day looked at" in again.stderr
    assert again.stdout.splitlines() == [str(page)]
    (_, *lines, _), (_, row, end) = recorded(out)
    assert [(line["account"], line["status"], line["code"]) for line in lines] == [
        ("", "failed", 2),
        ("", "failed", 2),
        ("good", "made", 0),
    ]
    assert (row["status"], row["flags"], row["month"], row["name"]) == (
        "unchanged",
        ["stale", "no_verdict", "gaps"],
        "2025-12",
        "Test account",
    )
    assert end["code"] == 3


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="the superuser may read everything")
def test_a_download_nobody_may_read_is_told_before_anything_runs(clients):
    path = clients / "good" / "exports" / "us_31col.txt"
    path.chmod(0)
    found = report(clients / "good", "--month", "2025-12", "--out", clients / "out")
    assert found.exit_code == 2
    assert f"{path}: expected a file that can be read" in found.stderr


@pytest.mark.parametrize("place", ["exports/pack/orders.txt", "linked/orders.txt"])
def test_every_download_that_is_read_decides_wherever_it_lies(tmp_path, place):
    one = task(tmp_path / "acme", PUBLISH)
    if place.startswith("linked"):
        (tmp_path / "linked").mkdir()
        (one.folder / "exports").symlink_to(tmp_path / "linked")
    path = (tmp_path if place.startswith("linked") else one.folder) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a", encoding="utf-8")
    before = made_of.parts(one)
    path.write_text("b", encoding="utf-8")
    assert made_of.differences(before, made_of.parts(one))
