"""What follows a run: each part on its own, and a failure of one stops no other and changes no report."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from helpers.errors import SettingsError
from helpers.reports import clients, morning, records
from helpers.reports.command_line import main

DAY = date(2026, 11, 3)
END = records.End("2026-11-03T06:20:00+00:00", 0, 1, 0, 0)
RECORD = records.Record(
    "acme", "Acme", "data/acme", "02-metric-trends", "2026-10", "2026-10-31", "made", 0, "", 1.0, 90.0
)


def followed(out, **asked):
    return morning.follow(morning.Asked(**asked), out, "2026-10", DAY, [RECORD], END, folders={})


def test_a_run_that_came_to_its_end_leaves_a_sign_of_life(tmp_path):
    assert followed(tmp_path) == ([], [])
    said = json.loads((tmp_path / ".heartbeat").read_text(encoding="utf-8"))
    assert (said["day"], said["month"], said["made"], said["code"]) == ("2026-11-03", "2026-10", 1, 0)


def test_the_command_gets_the_run_as_json(tmp_path):
    target = tmp_path / "got.json"
    assert followed(tmp_path, on_done=f"tee {target}") == ([], [])
    said = json.loads(target.read_text(encoding="utf-8"))
    assert (said["made"], said["failed"], said["problems"]) == (1, 0, [])
    assert [one["account"] for one in said["reports"]] == ["acme"]


def test_a_command_that_fails_and_a_page_that_cannot_be_made_are_both_told(tmp_path):
    client = tmp_path / "client"
    client.mkdir()
    (client / "account.toml").write_text('id = "client"\n', encoding="utf-8")
    made, failed = followed(tmp_path, index=client, on_done="false")
    assert made == []
    assert [one.split(":")[0] for one in failed] == ["no page over all accounts", "--on-done"]
    assert (tmp_path / ".heartbeat").is_file()


def test_the_page_over_all_accounts_needs_a_month_and_is_refused_in_a_client_s_folder_before_anything_runs(
    samples, tmp_path
):
    small = samples / "small-good"
    found = CliRunner().invoke(main, ["report", str(small), "--index", str(tmp_path)])
    assert (found.exit_code, "--month" in found.output) == (2, True)
    found = CliRunner().invoke(
        main, ["report", str(small), "--month", "2026-10", "--out", str(tmp_path), "--index", str(small)]
    )
    assert found.exit_code == 2
    assert "names every client" in found.output
    assert not list(tmp_path.glob("*/*"))


def test_a_report_that_holds_the_name_of_another_account_of_the_run_is_stopped(account_folder, tmp_path):
    other = account_folder(id="other")
    said = (other / "account.toml").read_text(encoding="utf-8")
    (other / "account.toml").write_text(said.replace("Test account", "Quillby Harrow Trading"), encoding="utf-8")
    mine = account_folder("feedback/us_neg_only.txt", stores=("amazon.com",), id="mine")
    (mine / "note.md").write_text("As we saw at Quillby Harrow Trading last year.", encoding="utf-8")
    arguments = ["report", str(mine), str(other), "--out", str(tmp_path / "out"), "--notebook", "02", "--jobs", "1"]
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code != 0
    assert "another account" in found.output, found.output
    assert not list((tmp_path / "out" / "mine").glob("2*/*.html"))


@pytest.mark.parametrize(
    ("asked", "said"), [({"on_done": "nosuchprogram x"}, "nosuchprogram"), ({"on_done": '"'}, "--on-done")]
)
def test_what_cannot_follow_a_run_is_told_before_it(asked, said):
    with pytest.raises(SettingsError, match=said):
        morning.Asked(**asked).check()


def test_a_report_made_by_hand_is_no_sign_that_the_night_ran(tmp_path):
    morning.follow(morning.Asked(), tmp_path, "2026-10", DAY, [RECORD], END, folders={}, is_night=False)
    assert not (tmp_path / ".heartbeat").exists()


def test_a_client_whose_settings_are_no_toml_is_not_named_either(tmp_path):
    for name, text in (("a", 'id = "a"\nname = "Alder Trading Post"\n'), ("b", 'id = b\nname = Fir Trading Post"\n')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "account.toml").write_text(text, encoding="utf-8")
    assert {"Alder Trading Post", "Fir Trading Post"} <= clients.names([tmp_path / "a", tmp_path / "b"])


def test_a_run_whose_files_leave_a_judged_window_open_or_cannot_be_read_says_so():
    said = {"files": [{"reaches": "2026-10-31", "report": "feedback"}], "verdicts": [{"status": "met"}], "gaps": []}
    assert records.flags(said, "2026-10-31") == ()
    assert records.flags(said | {"gaps": [{"kind": "order files"}]}, "2026-10-31") == ("gaps",)
    unread = {"files": [*said["files"], {"reaches": None, "report": None}]}
    assert records.flags(said | unread, "2026-10-31") == ("unread",)
