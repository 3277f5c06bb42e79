"""The end of a night, told: a command with the summary, mails ready to send, a sign of life a watchdog can miss."""

import email
import email.policy
import json
import stat
import sys
from datetime import date

import pytest

from helpers.reports import notify

SUMMARY = {"schema_version": 1, "code": 1, "made": 11, "failed": 1, "accounts": ["Käthe's $(touch x) Shop"]}
ALERT = {"account": "a", "marketplace": "amazon.co.uk", "metric": "order_defect_rate", "fulfilment": "merchant"}
ALERT |= {"group": None, "window_days": 60, "kind": "breach", "since": "2026-10-12", "share_marked": 0.1}
ALERT |= {"fixed_step": None, "share_fixed_step": None}


def test_a_command_gets_the_summary_as_json_on_its_standard_input(tmp_path):
    script = tmp_path / "told.py"
    script.write_text("import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())")
    assert notify.done(f'{sys.executable} "{script}" "{tmp_path}/got it.json"', SUMMARY) == ""
    assert json.loads((tmp_path / "got it.json").read_text(encoding="utf-8")) == SUMMARY


@pytest.mark.parametrize(
    "tail", ["; touch {0}", "&& touch {0}", "| tee {0}", "$(touch {0})", "`touch {0}`", "> {0}", "\ntouch {0}"]
)
def test_nothing_in_a_command_is_for_a_shell(tmp_path, tail):
    made = tmp_path / "made"
    notify.done(f"{sys.executable} -c pass {tail.format(made)}", SUMMARY)
    assert not made.exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"{sys.executable} -c 'import sys; sys.exit(\"no network\")'", "ended with exit code 1: no network"),
        (f"{sys.executable} -c 'raise SystemExit(7)'", "ended with exit code 7"),
        ("/no/such/program", "could not be run: No such file or directory"),
        ("", "expected a command, found none"),
        ("mail 'x", 'expected a command, found "mail \'x" (No closing quotation)'),
    ],
)
def test_a_command_that_fails_is_told_in_one_line(command, said):
    found = notify.done(command, SUMMARY)
    assert said in found
    assert found.startswith("--on-done: ")
    assert "\n" not in found


def test_a_command_that_hangs_is_stopped():
    assert "took longer than 0 seconds" in notify.done(
        f"{sys.executable} -c 'import time; time.sleep(60)'", SUMMARY, longest=0.3
    )


def test_what_a_failed_command_says_cannot_drive_a_terminal():
    code = "import sys; sys.stderr.write(chr(27) + chr(93) + chr(7) + 'x' * 5000); sys.exit(1)"
    found = notify.done(f'{sys.executable} -c "{code}"', SUMMARY)
    assert "\x1b" not in found
    assert len(found) < 500


def test_a_night_that_ended_leaves_its_day_and_its_counts(tmp_path):
    ended = {"schema_version": 1, "ended_at": "2026-11-28T04:21:10Z", "code": 0, "made": 4, "unchanged": 7, "failed": 1}
    path = notify.heartbeat(tmp_path, ended, "2026-10", date(2026, 11, 28))
    assert path == tmp_path / ".heartbeat"
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "schema_version": 1,
        "day": "2026-11-28",
        "month": "2026-10",
        "ended_at": "2026-11-28T04:21:10Z",
        "code": 0,
        "made": 4,
        "unchanged": 7,
        "failed": 1,
    }


@pytest.fixture
def told(tmp_path, account_folder):
    """A function that lays down an account with results that hold these alerts, and gives (reports, its folder)."""

    def lay(*sentences, id="wren", name="Wren Lamps"):
        folder = tmp_path / id if (tmp_path / id).exists() else account_folder(id=id)
        text = (folder / "account.toml").read_text(encoding="utf-8").replace("Test account", name)
        (folder / "account.toml").write_text(text, encoding="utf-8")
        place = tmp_path / "out" / id / "2026-10"
        place.mkdir(parents=True, exist_ok=True)
        (place / "r.html").write_text("<p>whole report", encoding="utf-8")
        said = {"schema_version": 2, "account": id, "name": name, "as_of": "2026-10-31"}
        said |= {"alerts": [ALERT | {"sentence": sentence} for sentence in sentences]}
        (place / "r.json").write_text(json.dumps(said), encoding="utf-8")
        manifest = {"reports": {"02-metric-trends": {"outputs": {"r.html": "", "r.json": ""}}}}
        (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return tmp_path / "out", folder

    return lay


def test_a_client_with_an_alert_gets_one_mail_that_is_ready_to_send(told):
    reports, folder = told("The order defect rate misses its target.", "Order files of 1 to 9 September are missing.")
    (path,), problems = notify.mails(reports, "2026-10", {"wren": folder})
    assert problems == []
    assert path == reports / "wren" / "2026-10" / "wren-2026-10-alerts.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Wren Lamps: 2 alerts (31 October 2026)"
    assert (message["X-Unsent"], message["To"], message["From"]) == ("1", None, None)
    assert "- The order defect rate misses its target." in message.get_body(("plain",)).get_content()
    assert [one.get_filename() for one in message.iter_attachments()] == ["r.html"]


def test_a_client_without_an_alert_gets_none_and_the_mail_of_last_time_goes(told):
    reports, folder = told("The order defect rate misses its target.")
    (path,), problems = notify.mails(reports, "2026-10", {"wren": folder})
    assert problems == []
    told()
    assert notify.mails(reports, "2026-10", {"wren": folder}) == ([], [])
    assert not path.exists()


def test_a_mail_that_would_name_another_client_is_not_written_and_the_others_are(told):
    reports, folder = told("The orders of Quill and Thimble are missing.")
    _, other = told("The order defect rate misses its target.", id="finch", name="Finch")
    folders = {"wren": folder, "finch": other}
    written, (problem,) = notify.mails(reports, "2026-10", folders, names={"Quill and Thimble", "Wren Lamps"})
    assert [path.name for path in written] == ["finch-2026-10-alerts.eml"]
    assert problem.startswith("wren: no mail: stopped, the report would show")
    assert "the name of another account" in problem
    assert list((reports / "wren" / "2026-10").glob("*.eml")) == []
