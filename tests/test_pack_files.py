"""A pack as files: whole or not at all, with a manifest, without a buyer's name, and gone when it is to be forgotten."""

import csv
import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.reports.command_line import main as command

CASE = "2026-11-letter"
SAMPLE = Path(__file__).parent.parent / "data" / "sample" / "on-the-mend"


def run(*arguments):
    return CliRunner().invoke(command, [*map(str, arguments)])


@pytest.fixture(scope="module")
def account(samples, tmp_path_factory):
    return shutil.copytree(samples / "on-the-mend", tmp_path_factory.mktemp("accounts") / "on-the-mend")


@pytest.fixture(scope="module")
def pack(account):
    done = run("pack", account, CASE, "--no-pdf", "--zip", "--today", "2026-11-28")
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [str(account / "cases" / CASE / "pack"), str(account / "cases" / CASE / "pack.zip")],
    )
    return account / "cases" / CASE / "pack"


def test_the_manifest_holds_what_every_file_is_and_what_it_was_made_of(pack):
    said = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    there = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in pack.iterdir() if path.name != "manifest.json"
    }
    assert said["outputs"] == there
    assert (said["as_of"], said["is_ready"], said["charges"][0]["status"]) == ("2026-10-31", True, "charge_confirmed")
    assert said["charges"][0]["windows"] == [["2026-08-19", "2026-10-17"]]
    assert len(said["inputs"]) > 60


def test_the_committed_pack_is_that_of_the_sample_data_today(pack):
    kept = SAMPLE / "cases" / CASE / "pack"
    made = {path.name: path.read_text(encoding="utf-8") for path in pack.iterdir() if path.name != "manifest.json"}
    assert {path.name: path.read_text(encoding="utf-8") for path in kept.iterdir()} == made, "run: make notebooks"


def test_the_tables_hold_real_order_numbers_and_every_bad_order(pack):
    with open(pack / "orders-1-order-defect-rate.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 18
    assert all(row["order_id"].startswith("202-0000000-") for row in rows)


def test_the_zip_leaves_out_what_is_for_the_one_who_answers(pack):
    with zipfile.ZipFile(pack.with_suffix(".zip")) as archive:
        names = {name.split("/")[1] for name in archive.namelist()}
    assert names == {path.name for path in pack.iterdir()} - {"check.md", "may-go.csv", "watch.csv", "weeks.csv"}


def test_a_pack_made_again_is_the_same(account, pack):
    before = {path.name: path.read_bytes() for path in pack.iterdir()}
    run("pack", account, CASE, "--no-pdf", "--today", "2026-11-28")
    assert {path.name: path.read_bytes() for path in pack.iterdir()} == before


def test_the_answer_in_a_hurry_is_stopped_by_everything_planted_in_it(account):
    done = run("pack", account, "2026-11-exercise", "--no-pdf", "--today", "2026-11-28")
    assert done.exit_code == 3
    said = (account / "cases" / "2026-11-exercise" / "pack" / "check.md").read_text(encoding="utf-8")
    for planted in (
        "“2.1%” against",
        "1 September 2026 against 14 September 2026",
        "stock system",
        "not admitted",
        "blames",
        "promises",
    ):
        assert planted in said


def test_a_name_of_a_buyer_stops_the_pack(account):
    case = account / "cases" / "named"
    shutil.copytree(account / "cases" / CASE, case, ignore=shutil.ignore_patterns("pack*"))
    path = case / "case.toml"
    text = path.read_text(encoding="utf-8").replace(
        "One packing shift ended", "Write to jo@example.org. One packing shift ended"
    )
    path.write_text(text, encoding="utf-8")
    done = run("pack", account, "named", "--no-pdf", "--today", "2026-11-28")
    assert done.exit_code == 1
    assert "an e-mail address" in done.output
    assert not (case / "pack").exists()
    shutil.rmtree(case)


def test_what_a_spreadsheet_would_take_for_a_formula_is_text():
    from helpers.reports.packing import _cell

    assert [_cell(one) for one in ("=1+1", "@x", "x", -1, None, True)] == ["'=1+1", "'@x", "x", "-1", "", "yes"]


def test_letters_are_listed_by_their_deadline_and_those_of_rules_with_their_180_days(account):
    policy = account / "cases" / "rule"
    policy.mkdir()
    (policy / "letter.txt").write_text("x", encoding="utf-8")
    (policy / "case.toml").write_text(
        'letter = "letter.txt"\nreceived_on = 2026-11-20\nmarketplace = "amazon.de"\nkind = "policy_warning"\ntone = "warning"\n',
        encoding="utf-8",
    )
    lines = run("cases", account.parent).output.splitlines()
    assert [line.split(":")[0].split()[-1] for line in lines] == ["2026-11-exercise", CASE, "rule"]
    assert "to 19 May 2027" in lines[2]
    assert "not confirmed" in lines[2]
    shutil.rmtree(policy)


def test_forgetting_names_what_it_would_remove_and_removes_it_only_when_told(account, pack):
    named = run("forget", account)
    assert str(pack) in named.output
    assert pack.exists()
    run("forget", account, "--yes")
    assert not pack.exists()
    assert not pack.with_suffix(".zip").exists()
    assert not (account / ".cache").exists()
    assert (account / "cases" / CASE / "case.toml").exists()
    assert (account / "exports").exists()
