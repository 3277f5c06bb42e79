"""The schedules to copy are ones their own tools accept, and say only what the kit can do."""

import ast
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from helpers.reports.command_line import main

PLACE = Path(__file__).parent.parent / "docs" / "schedules"
PAGES = [PLACE / "README.md", PLACE.parent / "fetching.md"]
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))  # minute, hour, day, month, weekday


def jobs():
    lines = (PLACE / "crontab").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#") and not re.match(r"[A-Z_]+=", line)]


def blocks(language):
    found = (
        re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for page in PAGES
    )
    return [block for page in found for block in page]


def test_every_job_of_the_crontab_has_five_fields_in_their_ranges():
    assert len(jobs()) == 4
    for line in jobs():
        for field, (low, high) in zip(line.split(maxsplit=5)[:5], FIELDS, strict=True):
            assert field == "*" or all(low <= int(number) <= high for number in field.split(",")), line


def test_no_percent_sign_of_the_crontab_ends_its_command():
    assert [line for line in jobs() if re.search(r"(?<!\\)%", line)] == []


@pytest.mark.parametrize("now", ["2026-01-31", "2026-03-31", "2026-11-03", "2028-02-29"])
def test_the_month_before_is_right_on_every_day(now):
    """`date -d "last month"` on a 31 March is in March: a night made up for late would take the wrong month."""
    (said,) = {re.search(r'MONTH="(\$\(.*?\))" &&', line)[1] for line in jobs() if "MONTH=" in line}
    command = said.replace("\\%", "%").replace("$(date +%Y-%m-15)", f"{now[:8]}15")
    found = subprocess.run(["sh", "-c", f'echo "{command}"'], capture_output=True, text=True, check=True).stdout.strip()
    day = date.fromisoformat(now).replace(day=1)
    assert found == f"{date.fromordinal(day.toordinal() - 1):%Y-%m}"


@pytest.fixture
def units(tmp_path):
    """The units as they would be installed, with the folder of the kit where this computer has one."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("NO SYSTEMD: the units were not looked at")
    for name in ("seller-audit.service", "seller-audit.timer"):
        text = (PLACE / name).read_text(encoding="utf-8").replace("/srv/seller-audit", str(tmp_path))
        (tmp_path / name).write_text(text.replace("User=seller-audit", "User=root"), encoding="utf-8")
    return tmp_path


def test_systemd_accepts_the_service_and_the_timer(units):
    command = ["systemd-analyze", "verify", str(units / "seller-audit.service"), str(units / "seller-audit.timer")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_systemd_accepts_the_day_and_makes_up_for_a_missed_one(units):
    text = (units / "seller-audit.timer").read_text(encoding="utf-8")
    when = re.search(r"^OnCalendar=(.+)$", text, re.MULTILINE)[1]
    found = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True, check=True)
    assert re.search(r"Next elapse: \w+ \d{4}-\d{2}-03 06:15:00", found.stdout)
    assert "Persistent=true" in text


def test_the_line_of_the_service_is_a_command_a_shell_can_read():
    line = re.search(
        r"^ExecStart=/bin/sh -c '(.+)'$", (PLACE / "seller-audit.service").read_text(encoding="utf-8"), re.MULTILINE
    )[1]
    command = line.replace("%%", "%").replace("$$", "$")
    assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0
    assert "%" not in line.replace("%%", "")


def test_what_is_written_in_python_and_yaml_can_be_read():
    for block in blocks("python"):
        ast.parse(block)
    (night,) = [yaml.safe_load(block) for block in blocks("yaml")]
    assert night[True]["schedule"] == [{"cron": "15 6 3 * *"}]  # YAML reads the word `on` as yes


def test_every_command_on_the_pages_is_one_of_the_kit_with_options_it_has():
    texts = [page.read_text(encoding="utf-8") for page in (*PAGES, PLACE / "crontab", PLACE / "seller-audit.service")]
    asked = [
        found
        for text in texts
        for found in re.findall(r"seller-audit (report|index|alerts|targets|check|forget|new)\b([^\n;`'\"|]*)", text)
    ]
    assert {name for name, _ in asked} >= {"report", "index", "alerts", "targets"}
    for name, rest in asked:
        known = CliRunner().invoke(main, [name, "--help"]).output
        assert [option for option in re.findall(r"--[a-z-]+", rest) if option not in known] == [], name
