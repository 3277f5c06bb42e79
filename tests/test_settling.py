"""Answers to a file's questions: proposed with a reason, certain only where no other is possible, and written whole."""

import os
import shutil
import stat
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY
from test_exports_all_orders import saved
from test_exports_settlement import file, line

from helpers import exports
from helpers.errors import SettingsError
from helpers.exports import account_text, settings, settling
from helpers.reports.command_line import main

CLAIMS = Path(__file__).parent / "data" / "cases" / "advice-that-is-no-download" / "account"
ONE, TWO = "202-0000001-0000001", "202-0000001-0000002"
MAPPED = """
[columns."list*.csv"]  # from the agency
report = "order_defects"
rows_are = "defective_only"
columns = { order_id = "Order", occurred_on = "On", kind = "Kind" }
"""
LISTED = f"Order,On,Kind\n{ONE},2025-08-01,a_to_z_claim\n{ONE},2025-08-02,chargeback\n".encode()


def stamped(folder, name, day):
    moment = datetime.combine(day, datetime.min.time()).timestamp()
    os.utime(folder / "exports" / name, (moment, moment))


def proposed(folder, today=TODAY):
    return {one.key: one for one in settling.proposals(exports.read(folder, today), today)}


@pytest.fixture
def claims(tmp_path):
    """The account of the public case, its claim list last written on 15 August 2026."""
    folder = shutil.copytree(CLAIMS, tmp_path / "claims")
    stamped(folder, "atoz.csv", date(2026, 8, 15))
    stamped(folder, "feedback.txt", date(2026, 8, 12))  # the newest day in it: nothing to gain
    return folder


# --- what is proposed --------------------------------------------------------------------------------------------


def test_the_day_of_a_list_is_proposed_from_its_time_stamp_and_is_not_certain(claims):
    found = proposed(claims, date(2026, 11, 28))
    assert [(one.path, one.value, one.is_certain) for one in found.values()] == [("atoz.csv", date(2026, 8, 15), False)]
    assert found["taken_on"].reason == (
        "it was last written on 15 August 2026, which copying can change; the newest day in it is 25 July 2026"
    )


def test_a_list_whose_day_is_told_is_not_asked_again(claims):
    account_text.write(claims, {"atoz.csv": {"taken_on": date(2026, 8, 15)}}, ["atoz.csv"])
    assert proposed(claims, date(2026, 11, 28)) == {}


def test_a_time_stamp_before_the_newest_day_inside_proposes_nothing(account_folder):
    folder = account_folder(files={"h.json": b'{"performanceMetrics": [{"validTrackingRate": {"rate": 0.9}}]}'})
    stamped(folder, "h.json", date(2025, 9, 28))
    assert (proposed(folder)["taken_on"].value, proposed(folder)["taken_on"].is_certain) == (date(2025, 9, 28), False)
    found = settling._day_taken(folder, "h.json", date(2025, 9, 29), TODAY)
    assert found.value is None
    assert found.reason == "its time stamp, 28 September 2025, lies before the newest day in it, 29 September 2025"


def test_the_stamp_inside_an_archive_counts_where_it_is_older(account_folder):
    folder = account_folder(files={"a.zip": b""})
    with zipfile.ZipFile(folder / "exports" / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("lists/odr.csv", (2025, 9, 3, 10, 0, 0)), b"x")
        archive.writestr(zipfile.ZipInfo("lists/undated.csv"), b"x")  # 1980: the archive does not know
    stamped(folder, "a.zip", date(2025, 10, 1))
    assert settling.written_on(folder, "a.zip/lists/odr.csv") == date(2025, 9, 3)
    assert settling.written_on(folder, "a.zip/lists/undated.csv") == date(2025, 10, 1)


def test_a_reading_of_dates_after_the_file_was_written_is_ruled_out(account_folder):
    folder = account_folder(files=saved("5/6/2025 12:00"), stores=("amazon.com",))
    stamped(folder, "o.csv", date(2025, 5, 20))
    found = proposed(folder)["dates"]
    assert (found.value, found.is_certain) == ("m/d", True)
    assert found.reason == 'dates = "d/m": its newest row would be of 5 June 2025, and it was written on 20 May 2025'


def test_a_reading_outside_the_period_a_settlement_prints_is_ruled_out(account_folder):
    # the settlement is of 1 to 14 August 2025
    found = proposed(account_folder(files=file(line(posted="03/08/2025 10:00:00 UTC"))))["dates"]
    assert (found.value, found.is_certain) == ("d/m", True)
    assert found.reason == 'dates = "m/d": 1 row would lie outside the file\'s own period'


def test_a_reading_that_puts_payments_before_their_order_is_ruled_out(account_folder):
    orders = saved("31/5/2025 12:00")  # the order 111-0000001-0000000 of 31 May
    files = orders | file(line(posted="06/05/2025 10:00:00 UTC", order="111-0000001-0000000"))
    found = proposed(account_folder(files=files, stores=("amazon.com",)))["dates"]
    assert (found.value, found.is_certain, found.reason) == (
        "m/d",
        True,
        'dates = "d/m": 1 row would be older than the order',
    )


def test_a_reading_of_orders_that_puts_their_payments_before_them_is_ruled_out(account_folder):
    files = saved("5/6/2025 12:00") | file(line(posted="2025-05-08 10:00:00 UTC", order="111-0000001-0000000"))
    found = proposed(account_folder(files=files, stores=("amazon.com",)))["dates"]
    assert (found.value, found.is_certain) == ("m/d", True)


def test_of_several_readings_that_fit_none_is_proposed(account_folder):
    found = proposed(account_folder(files=file(line(posted="03/09/2025 10:00:00 UTC"))))["dates"]
    assert (found.value, found.choices, found.is_certain) == (None, ("d/m", "m/d"), False)
    assert found.reason == "nothing in the files decides"


def test_what_speaks_against_every_reading_says_nothing(account_folder):
    folder = account_folder(files=file(line(posted="03/09/2025 10:00:00 UTC")))
    stamped(folder, "s.txt", date(2024, 1, 1))
    assert proposed(folder)["dates"].choices == ("d/m", "m/d")


def test_an_order_on_two_lines_that_say_different_things_rules_out_a_line_an_order(account_folder):
    found = proposed(account_folder(files={"list.csv": LISTED}, settings=MAPPED))
    assert (found["one_row_is"].value, found["one_row_is"].is_certain) == ("defect", True)
    assert "orders on more than one line, which say different things" in found["one_row_is"].reason


def test_what_only_a_person_knows_of_a_list_is_left_open(account_folder):
    found = proposed(account_folder("defects/lsr_a.csv"))
    assert {key: (one.value, one.choices) for key, one in found.items()} == {
        "one_row_is": (None, ("order", "package")),
        "rows_are": (None, ("defective_only", "all_judged")),
    }
    assert found["rows_are"].also == {"report": "late_shipments"}


# --- the text of account.toml ------------------------------------------------------------------------------------

TOLD = {"taken_on": date(2025, 8, 15)}


def written(folder, answers, files=None):
    paths = files or exports.read(folder, TODAY).files.get_column("path").to_list()
    account_text.write(folder, answers, paths)
    return (folder / "account.toml").read_text(encoding="utf-8")


def test_a_file_without_an_entry_gets_one_at_the_end_and_every_other_word_stays(account_folder):
    folder = account_folder(files={"list.csv": LISTED}, settings='# my own note\n[options]\nclock = "utc"  # why\n')
    before = (folder / "account.toml").read_text(encoding="utf-8")
    said = {"report": "order_defects", "one_row_is": "defect", "rows_are": "defective_only"}
    assert written(folder, {"list.csv": said}) == (
        f'{before}\n[columns."list.csv"]\nreport = "order_defects"\none_row_is = "defect"\nrows_are = "defective_only"\n'
    )


def test_an_entry_of_this_file_alone_gets_the_line_under_its_heading(account_folder):
    folder = account_folder(files={"list.csv": LISTED}, settings=MAPPED + "\n# a note on the next\n[options]\n")
    text = written(folder, {"list.csv": {"one_row_is": "defect"}})
    assert '[columns."list*.csv"]  # from the agency\none_row_is = "defect"\nreport = "order_defects"\n' in text
    assert text.endswith("\n# a note on the next\n[options]\n")


def test_an_entry_of_several_files_is_not_changed_for_one_of_them(account_folder):
    folder = account_folder(files={"list1.csv": LISTED, "list2.csv": LISTED + b"\n"}, settings=MAPPED)
    text = written(folder, {"list1.csv": TOLD})
    assert MAPPED.strip() in text
    said = settings.read(folder)
    assert [said.columns_for(name).taken_on for name in ("list1.csv", "list2.csv")] == [date(2025, 8, 15), None]
    assert said.columns_for("list1.csv").columns == said.columns_for("list2.csv").columns


def test_an_answer_of_every_file_of_an_entry_stands_in_it_once(account_folder):
    folder = account_folder(files={"list1.csv": LISTED, "list2.csv": LISTED + b"\n"}, settings=MAPPED)
    text = written(folder, {name: {"one_row_is": "defect"} for name in ("list1.csv", "list2.csv")})
    assert text.count("[columns.") == 1
    assert text.count("one_row_is") == 1


def test_an_entry_of_sub_tables_alone_gets_its_heading(account_folder):
    said = '[columns."list.csv".columns]\norder_id = "Order"\noccurred_on = "On"\nkind = "Kind"\n'
    folder = account_folder(files={"list.csv": LISTED}, settings=said)
    assert said in written(folder, {"list.csv": TOLD})
    assert settings.read(folder).columns_for("list.csv").taken_on == date(2025, 8, 15)


def test_a_file_name_with_signs_of_a_pattern_names_that_file_alone(account_folder):
    folder = account_folder(files={"list[1].csv": LISTED, "list1.csv": LISTED + b"\n"})
    written(folder, {"list[1].csv": TOLD})
    said = settings.read(folder)
    assert said.columns_for("list[1].csv").taken_on == date(2025, 8, 15)
    assert said.columns_for("list1.csv") is None


def test_line_ends_and_the_rights_of_the_file_stay(account_folder):
    folder = account_folder(files={"list.csv": LISTED})
    path = folder / "account.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o600)
    before = path.read_bytes()
    account_text.write(folder, {"list.csv": TOLD}, ["list.csv"])
    assert path.read_bytes() == before.rstrip() + b'\r\n\r\n[columns."list.csv"]\r\ntaken_on = 2025-08-15\r\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir() if one.name.startswith(".settle")] == []


@pytest.mark.parametrize(
    "said",
    ['columns = { "list.csv" = { report = "order_defects" } }\n', 'columns."list.csv".report = "order_defects"\n'],
)
def test_a_text_that_cannot_be_added_to_is_left_and_the_lines_are_given(account_folder, said):
    folder = account_folder(files={"list.csv": LISTED}, settings=said)
    before = (folder / "account.toml").read_bytes()
    with pytest.raises(SettingsError, match="write them yourself") as raised:
        account_text.write(folder, {"list.csv": TOLD}, ["list.csv"])
    assert "taken_on = 2025-08-15" in str(raised.value)
    assert (folder / "account.toml").read_bytes() == before


def test_a_heading_inside_a_text_of_several_lines_is_none(account_folder):
    said = f'[brand]\nfooter = """\n[columns."list*.csv"]\n"""\n{MAPPED}'
    folder = account_folder(files={"list.csv": LISTED}, settings=said)
    before = (folder / "account.toml").read_bytes()
    with pytest.raises(SettingsError, match="cannot be added to"):
        account_text.write(folder, {"list.csv": TOLD}, ["list.csv"])
    assert (folder / "account.toml").read_bytes() == before


# --- the command -------------------------------------------------------------------------------------------------


def settle(folder, *options, said=""):
    return CliRunner().invoke(main, ["settle", str(folder), *options], input=said)


def test_without_a_person_only_the_one_possible_answer_is_written(account_folder):
    folder = account_folder(files={"list.csv": LISTED}, settings=MAPPED)
    found = settle(folder, "--yes")
    assert found.exit_code == 0
    assert 'one_row_is = "defect"' in (folder / "account.toml").read_text()
    assert exports.read(folder, TODAY).defects.height == 2


def test_without_a_person_several_that_fit_are_printed_and_nothing_is_written(account_folder):
    folder = account_folder("defects/lsr_a.csv")
    before = (folder / "account.toml").read_bytes()
    found = settle(folder, "--yes")
    assert found.exit_code == 3
    assert "rows_are: defective_only or all_judged (nothing in the files decides)" in found.output
    assert found.output.endswith(
        "Nothing was written: no question has one possible answer. Without --yes each is asked.\n"
    )
    assert (folder / "account.toml").read_bytes() == before


def test_a_person_s_choice_is_written_and_an_empty_line_leaves_it_open(account_folder):
    folder = account_folder("defects/lsr_a.csv")
    assert settle(folder, said="\n\n").exit_code == 3
    assert settings.read(folder).columns == {}
    assert settle(folder, said="order\nall_judged\n").exit_code == 0
    entry = settings.read(folder).columns_for("lsr_a.csv")
    assert (entry.report, entry.one_row_is, entry.rows_are) == ("late_shipments", "order", "all_judged")


def test_the_day_proposed_takes_a_yes_and_another_day_can_be_typed(claims):
    text = (claims / "account.toml").read_bytes()
    assert settle(claims, "--yes").exit_code == 0
    assert settle(claims, said="\n").exit_code == 0
    assert (claims / "account.toml").read_bytes() == text  # proposed, not certain, not confirmed
    assert settle(claims, said="yes\n").exit_code == 0
    assert settings.read(claims).columns_for("atoz.csv").taken_on == date(2026, 8, 15)
    (claims / "account.toml").write_bytes(text)
    assert settle(claims, said="soon\n2026-08-14\n").exit_code == 0
    assert settings.read(claims).columns_for("atoz.csv").taken_on == date(2026, 8, 14)


def test_where_nothing_is_open_that_is_said(account_folder):
    assert settle(account_folder("feedback/us_neg_only.txt", stores=("amazon.com",)), "--yes").exit_code == 0
    assert settle(account_folder(id="empty"), "--yes").output == "Nothing is open.\n"


def test_a_question_no_line_can_answer_is_told_and_stays_open(account_folder):
    folder = account_folder(files={"s.txt": file(line("x"), line("y"))["s.txt"]})
    found = settle(folder, "--yes")
    assert found.exit_code == 3
    assert "s.txt\n  2 of 3 rows could not be read (amount not readable)" in found.output
    assert exports.read(folder, TODAY).questions[0].line == ""
