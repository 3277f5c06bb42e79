"""cases/<name>/case.toml: drafted from the letter, strict, and nothing is built on it before a person has confirmed it."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers import cases
from helpers.errors import SettingsError
from helpers.reports.command_line import main

LETTERS = Path(__file__).parent / "data" / "letters"
NOTICES = Path(__file__).parent / "data" / "notices"
TODAY = date(2026, 11, 28)


@pytest.fixture
def account(account_folder):
    return account_folder(stores=("amazon.co.uk", "amazon.de"))


def begun(account, letter, name="first"):
    cases.draft(account, name, letter, TODAY)
    return account / "cases" / name / "case.toml"


def changed(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


def test_a_draft_reads_back_as_the_letter_reads(account):
    begun(account, NOTICES / "02_odr_deactivated_figures.txt")
    said = cases.read(account, "first").said
    first, *parts = said.charges
    assert (first.figure, first.target, first.count, first.out_of) == ("0.0199", "0.01", 14, 702)
    assert (first.window_from, first.window_to) == (date(2024, 3, 30), date(2024, 5, 28))
    assert [(one.subject, one.count, one.part_of) for one in parts] == [
        ("negative_feedback_rate", 6, "order_defect_rate"),
        ("a_to_z_claims", 7, "order_defect_rate"),
        ("chargebacks", 3, "order_defect_rate"),
    ]
    assert (said.received_on, said.marketplace, said.asked) == (date(2024, 6, 12), "amazon.co.uk", ("plan_of_action",))


@pytest.mark.parametrize(
    "letter",
    [*sorted(NOTICES.glob("*.txt")), *sorted(path for path in LETTERS.iterdir() if path.suffix != ".yaml")],
    ids=lambda path: path.stem,
)
def test_the_draft_of_any_letter_is_a_case_that_can_be_read(account, letter):
    begun(account, letter)
    changed(account / "cases" / "first" / "case.toml", ('confirmed_by = ""', 'confirmed_by = "me"'))
    path = account / "cases" / "first" / "case.toml"
    text = path.read_text(encoding="utf-8")
    stores = ("amazon.com", "amazon.fr", "amazon.it", "amazon.nl", "amazon.ie", "amazon.ca")
    named = next((store for store in stores if f'marketplace = "{store}"' in text), None)
    if named:  # a store this account does not have
        with pytest.raises(SettingsError, match="a case is of one store"):
            cases.read(account, "first")
    else:
        assert cases.read(account, "first").confirmed().letter.is_file()


def test_a_deadline_of_days_ends_that_many_days_after_the_letter(account):
    begun(account, NOTICES / "05_several_charges_72_hours.txt")
    assert cases.read(account, "first").said.deadline == date(2026, 12, 1)


def test_nothing_is_built_on_a_reading_no_person_confirmed(account):
    begun(account, LETTERS / "two_deadlines.txt")
    case = cases.read(account, "first")
    with pytest.raises(SettingsError, match="unconfirmed reading"):
        case.confirmed()


def test_a_letter_in_another_language_fills_in_no_charge(account):
    path = begun(account, LETTERS / "german.txt")
    assert cases.read(account, "first").said.charges == ()
    assert "NOT READ" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("received_on", "recieved_on", "did you mean 'received_on'"),
        ('subject = "late_shipment_rate"', 'subject = "late_shipment"', "did you mean 'late_shipment_rate'"),
        ("out_of", "outof", "did you mean 'out_of'"),
        ("letter.txt", "../../account.toml", "letter"),
        ("letter.txt", "gone.txt", "expected the file"),
        ('topic = "cause"', 'topic = "causes"', "topic"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(account, before, after, said):
    path = begun(account, LETTERS / "two_deadlines.txt")
    changed(path, (before, after))
    with pytest.raises(SettingsError, match=said):
        cases.read(account, "first")


def test_a_second_draft_does_not_overwrite_the_first(account):
    begun(account, LETTERS / "two_deadlines.txt")
    with pytest.raises(SettingsError, match="expected no such file"):
        begun(account, LETTERS / "two_deadlines.txt")


def test_a_document_that_is_named_must_be_there_with_what_it_shows(account):
    path = begun(account, LETTERS / "two_deadlines.txt")
    more = '\n[[done]]\nsubject = "late_shipment_rate"\ntext = "a shift"\non = 2026-09-14\nowner = "me"\ndocument = "shift.pdf"\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"expected a file of \[\[documents\]\]"):
        cases.read(account, "first")


def test_the_newest_case_is_the_one_whose_letter_came_last(account):
    begun(account, LETTERS / "two_deadlines.txt", "b")
    shutil.copytree(account / "cases" / "b", account / "cases" / "a")
    changed(account / "cases" / "a" / "case.toml", ("received_on = 2026-11-28", "received_on = 2026-12-01"))
    assert cases.newest(account).name == "a"


def test_a_letter_without_a_day_of_its_own_is_dated_by_a_person_and_its_limit_counts_from_there(
    tmp_path, account_folder
):
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "Your Late Shipment Rate of 6% misses our target of 4%. Please send a plan of action within 17 days."
    )
    folder = account_folder("feedback/us_neg_only.txt", stores=("amazon.com",))
    found = CliRunner().invoke(main, ["case", str(folder), "one", str(letter), "--received", "2026-11-01"])
    assert found.exit_code == 0, found.output
    said = (folder / "cases" / "one" / "case.toml").read_text(encoding="utf-8")
    assert "prints no day of its own" in said
    assert "received_on = 2026-11-01" in said
    assert "deadline = 2026-11-18" in said
