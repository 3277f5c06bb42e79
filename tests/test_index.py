"""The page over all accounts as it is written: whole, for one pair of eyes, and with ways to the reports."""

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import helpers.reports

SCHEMA = json.loads((Path(helpers.reports.__file__).parent / "schemas" / "portfolio.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(samples, tmp_path_factory):
    """The reports of the sample night with a page of one, and the page over all of them, in a folder of its own."""
    place = tmp_path_factory.mktemp("morning")
    shutil.copytree(samples / "night", place / "out")
    folder = place / "out" / "late-and-broken" / "2026-10"
    (folder / "late.html").write_text("<p>", encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["reports"]["02-metric-trends"]["outputs"]["late.html"] = ""
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    command = [sys.executable, "-m", "helpers.reports.command_line", "index", str(place / "out"), "--month", "2026-10"]
    command += ["--to", str(place / "own"), "--today", "2026-11-10"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, f"{place / 'own' / 'index.html'}\n"), found.stderr
    return place / "own"


def test_the_page_is_for_the_one_who_runs_it(made):
    assert [stat.S_IMODE((made / name).stat().st_mode) for name in ("index.html", "index.json")] == [0o600, 0o600]


def test_a_consultant_reads_whom_to_call_first(made):
    page = (made / "index.html").read_text(encoding="utf-8")
    assert "Call Late and Broken (made up) first: it misses a target on strong evidence." in page


def test_the_limits_stand_on_the_page_though_results_are_published_after_them(made):
    page = (made / "index.html").read_text(encoding="utf-8")
    assert "A month without a report of the month before has no news." in page


def test_a_name_leads_to_the_report_from_where_the_page_lies(made):
    page = (made / "index.html").read_text(encoding="utf-8")
    assert 'href="../out/late-and-broken/2026-10/late.html"' in page
    assert (made / "../out/late-and-broken/2026-10/late.html").resolve().is_file()


def test_the_results_of_the_page_are_those_its_schema_describes(made):
    said = json.loads((made / "index.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(said)
    assert said["accounts"][0]["account"] == "late-and-broken"


def test_the_page_fits_a_telephone_and_fetches_nothing(made, look):
    page, requests, messages = look(made / "index.html", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert (requests, messages) == ([], [])
