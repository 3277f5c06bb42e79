"""What is kept of a report that failed: a page for whichever way it failed, until it is made."""

import errno
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from trial import PUBLISH, recorded, task

from helpers.reports import failures, kept, runner
from helpers.reports.command_line import main
from helpers.reports.tasks import FAILED, Outcome, Task

WAYS = {  # what a cell does → what the page must say of it
    "raise ValueError('x < y')": ("ValueError: x < y (07-trial.ipynb, cell 3, line 2)", "as far as it ran"),
    "import time; time.sleep(600)": (
        "took longer than 4 seconds and was stopped in cell 3",
        "--timeout 4",
        "of at most 4 s",
    ),
    "held = [bytearray(b'x') * 2_000_000_000]\nimport time; time.sleep(60)": (
        "more than the 1,500 MB of one report, and was stopped in cell 3",
        "--memory MB",
    ),
    "import ctypes; ctypes.string_at(0)": ("the kernel ended by signal 11 (segmentation fault)",),
    "import os, signal; os.kill(os.getppid(), signal.SIGKILL)": ("its process ended by signal 9 (killed)",),
    "import os; os.makedirs(account_folder + '/exports')": None,  # nothing that is read has changed: it is made
    "open(account_folder + '/late.txt', 'w').write('x')": (
        "late.txt changed while the report was made",
        "seller-audit check",
    ),
    "from helpers.errors import SettingsError; raise SettingsError('no such level')": (
        "Mend what is said above and make it again:",
    ),
    "display = None": ("NoneType",),
}


@pytest.mark.parametrize("cell", WAYS)
def test_every_way_a_report_can_fail_leaves_a_page_that_says_how_far_it_came_and_what_to_do(tmp_path, cell):
    one = task(tmp_path / "acme", f"# of the trial\n{cell}", PUBLISH.replace("from IPython.display import display", ""))
    timeout = 4 if "sleep(600)" in cell else 60
    (found,) = runner.run([one], timeout=timeout, memory=1500)
    path = one.out / "acme" / "failed" / "07-trial.html"
    if WAYS[cell] is None:
        assert (found.code, path.exists()) == (0, False)
        return
    assert (found.status, found.page) == (FAILED, path)
    assert path.stat().st_mode & 0o777 == 0o600
    text = html.unescape(re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8").partition("<body>")[2]))
    for said in WAYS[cell]:
        assert said in text
    assert re.search(r"Memory\d[\d,]* MB in its last seconds, \d[\d,]* MB at most; one report may hold 1,500 MB", text)
    assert re.search(r"Came tocell \d: \S", text)
    assert f"seller-audit report {one.folder} --notebook 07-trial --month 2026-10 --out {one.out}" in text
    assert "x < y" not in path.read_text(encoding="utf-8")


def test_a_page_is_of_the_last_try_and_is_taken_away_when_the_report_is_made(tmp_path):
    one = task(tmp_path / "acme", "raise ValueError", PUBLISH)
    folder = one.out / "acme" / "failed"
    list(runner.run([one]))
    assert sorted(path.name for path in folder.iterdir()) == ["07-trial.html", "07-trial.ipynb"]
    list(runner.run([task(tmp_path / "acme", "import os; os._exit(3)", PUBLISH)]))
    assert [path.name for path in folder.iterdir()] == ["07-trial.html"]  # a notebook of another try explains nothing
    list(runner.run([task(tmp_path / "acme", PUBLISH)]))
    assert not folder.exists()


def test_where_no_page_can_be_kept_the_question_to_the_files_is_where_to_look(tmp_path):
    (tmp_path / "out").write_text("no folder")
    found = kept.outcome(Outcome(Task("a", Path("/d/a b"), Path("02-x.ipynb"), "", "", tmp_path / "out"), 1, "full"))
    assert found.page is None
    assert kept.where_to_look(found) == "seller-audit check '/d/a b'"


def test_the_page_of_a_report_nobody_watched_says_nothing_of_its_time_and_its_memory(tmp_path):
    found = kept.outcome(Outcome(Task("a", Path("/d/a"), Path("02-x.ipynb"), "", "", tmp_path), 1, "no worker is left"))
    page = found.page.read_text(encoding="utf-8")
    assert "Why: no worker is left." in page
    assert not [label for label in ("Took", "Memory", "Came to") if f"<dt>{label}" in page]


def test_a_disk_without_space_is_told_in_plain_words_wherever_it_is_met(tmp_path):
    error = OSError(errno.ENOSPC, "No space left on device", "/tmp/draft")
    assert failures.unforeseen(error).said == "no space is left on the disk: /tmp/draft"
    assert failures.unwritten(tmp_path, error).hint == f"Make room in {tmp_path}, or mend its permissions."


def test_the_command_to_make_it_again_has_the_month_or_the_day_that_was_asked_for():
    one = Task("a", Path("/d/a b"), Path("/n/02-x.ipynb"), "2026-10-31", "2026-10", Path("/out"))
    assert kept.again(one) == "seller-audit report '/d/a b' --notebook 02-x --month 2026-10 --out /out"
    assert "--as-of 2026-10-30" in kept.again(replace(one, period="2026-10-30"))
    assert "--month" not in kept.again(replace(one, period=""))


def test_a_folder_that_is_not_fit_has_a_page_until_it_is_fit_and_none_in_another_account_s_folder(
    account_folder, tmp_path
):
    for name in ("kiln", "acme"):
        account_folder("all_orders/us_31col.txt", stores=("amazon.com",), id=name)
    (tmp_path / "other").mkdir()
    good = (tmp_path / "kiln" / "account.toml").read_text()
    (tmp_path / "kiln" / "account.toml").write_text("id = 7")
    (tmp_path / "other" / "ACME").mkdir()
    (tmp_path / "other" / "ACME" / "account.toml").write_text("id = 7")
    out = tmp_path / "out"
    arguments = [str(tmp_path / name) for name in ("kiln", "acme", "other/ACME")]
    asked = ["report", *arguments, "--month", "2025-12", "--out", str(out), "--today", "2026-11-28"]
    found = CliRunner().invoke(main, asked)
    page = out / "kiln" / "failed" / "account.html"
    assert found.exit_code == 2
    assert "account.toml" in page.read_text()
    assert f"Look at: {page}" in found.stderr
    assert "Error:" not in found.stderr
    assert f"Look at: seller-audit check {tmp_path / 'other' / 'ACME'}" in found.stderr
    assert not (out / "ACME").exists()
    ((begin, *lines, _),) = recorded(out)
    assert [one["account"] for one in begin["asked"]] == ["acme"]
    assert sorted(line["look"] for line in lines) == [
        "",
        str(page),
        f"seller-audit check {tmp_path / 'other' / 'ACME'}",
    ]
    (tmp_path / "kiln" / "account.toml").write_text(good)
    CliRunner().invoke(main, asked)
    assert not page.exists()
