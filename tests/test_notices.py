"""A notice is read in the words of docs/notices.md: what is charged, asked and by when, and nothing that is not there."""

import html
import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers import notices
from helpers.notices import rules

DATA = Path(__file__).parent / "data"
EXAMPLES = sorted((DATA / "notices").glob("*.txt"))
LETTERS = yaml.safe_load((DATA / "letters" / "expected.yaml").read_text(encoding="utf-8"))
TABLES = ("subjects", "roles", "events", "marks", "kinds", "asked", "periods", "funds", "senses", "senses_after")
TABLES += ("fulfilments", "scopes")
SETS = ("mentions", "plan_topics", "asked", "offered")  # their order says nothing


def plain(value):
    """Days as the JSON has them; of a charge what the expectation can say."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key not in ("sure", "words", "note")}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def read(path):
    return notices.as_json(notices.read(path.read_bytes()))


def said(reading, expected):
    """Of a reading what an expectation speaks of, in its order of keys."""
    found = {key: plain(reading.get(key)) for key in expected if key not in ("id", "note", "earlier")}
    if "earlier" in expected:
        pairs = zip(reading["earlier"], expected["earlier"], strict=True)
        found["earlier"] = [said(one, other) for one, other in pairs]
    return ordered(found)


def ordered(reading):
    return {key: sorted(value) if key in SETS else value for key, value in reading.items()}


def expectation(wanted):
    found = {key: plain(value) for key, value in wanted.items() if key not in ("id", "note", "earlier")}
    if "earlier" in wanted:
        found["earlier"] = [expectation(one) for one in wanted["earlier"]]
    return ordered(found)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_notice_reads_as_its_expectation_says(path):
    expected = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    assert said(read(path), expected) == expectation(expected)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_with_a_trap_reads_right(name):
    assert said(read(DATA / "letters" / name), LETTERS[name]) == expectation(LETTERS[name])


@pytest.mark.parametrize("one", [(table, rule) for table in TABLES for rule in rules.table(table)], ids=str)
def test_every_rule_reads_its_own_example(one):
    _, rule = one
    assert rule.pattern.search(rule.example)


@pytest.mark.parametrize(
    "path", [*EXAMPLES, *(DATA / "letters" / name for name in LETTERS)], ids=lambda path: path.stem
)
def test_every_charge_and_deadline_shows_words_that_stand_in_the_text(path):
    reading = notices.read(path.read_bytes())
    untagged = html.unescape(re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8")))
    text = re.sub(r"[>*•\s|\t-]+", "", untagged.replace("target ", ""))
    shown = [words for charge in reading.charges for words in charge.words] + [one.words for one in reading.deadlines]
    for words in shown:
        bare = re.sub(r"[>*•\s|\t-]+", "", words.text.replace("target ", ""))
        assert bare[:40] in text


def test_a_metric_in_a_definition_a_link_or_an_example_is_no_charge():
    text = """Hello, your account has been deactivated because buyers doubt that your products are genuine.
    What is the Order Defect Rate? It is the percentage of orders with a defect; for example 3 of 100 make 3%.
    See our drop shipping policy in Help: https://sellercentral.amazon.com/help?late-shipment-rate=9%25"""
    reading = notices.read(text.encode())
    assert [charge.subject for charge in reading.charges] == ["inauthentic"]


def test_nothing_is_filled_in_that_is_not_printed():
    (charge,) = notices.read(
        b"Your Late Shipment Rate of 6% does not meet our target. Your offers may be removed."
    ).charges
    assert (charge.figure, charge.target, charge.window_days, charge.count) == (Decimal("0.06"), None, None, None)


def test_a_threatened_deactivation_is_a_warning_and_a_told_one_is_not():
    told = "Your Order Defect Rate of 2% exceeds the target of 1%. "
    assert notices.read((told + "We may deactivate your account.").encode()).tone == "warning"
    assert notices.read((told + "We have deactivated your account.").encode()).tone == "deactivated"


def test_an_empty_file_is_not_recognised():
    reading = notices.read(b"")
    assert (reading.kind, reading.charges, reading.is_notice) == (None, (), False)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_without_an_error(content):
    notices.as_json(notices.read(content))


def test_the_messages_of_a_thread_are_told_newest_first_whatever_their_order_in_the_file():
    divided = b"Your account has been deactivated. Your Order Defect Rate is 2%, over our target of 1%.\n====\nYou may sell again."
    reading = notices.read(divided)
    assert (reading.kind, [one.kind for one in reading.earlier]) == ("reinstatement", ["metric_deactivation"])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Please send invoices from the last 365 days and a plan of action within 72 hours of receiving this message.",
            3,
        ),
        (
            "Please send us a plan of action. If you do not respond within 3 days your funds will be held for 90 days.",
            3,
        ),
    ],
)
def test_a_period_to_answer_is_the_deadline_whatever_other_periods_its_sentence_holds(text, days):
    reading = notices.read(f"Your order defect rate is 2.1 %, over the target of 1 %. {text}".encode())
    assert [one.days for one in reading.deadlines] == [days]


@pytest.mark.parametrize(
    ("asks", "asked", "days"),
    [
        (
            "To reactivate, send invoices from your supplier and a plan within 72 hours.",
            {"invoices", "plan_of_action"},
            3,
        ),
        (
            "Please send us:\n(a) the list of suppliers\n(b) invoices of the last 365 days, and a plan of what you will "
            "change, within 72 hours.",
            {"invoices", "plan_of_action"},
            3,
        ),
        (
            "Send us (a) your invoices, (b) your supplier's contact, and (c) a corrective action plan within 3 days.",
            {"invoices", "plan_of_action"},
            3,
        ),
        ("Please submit within 5 days invoices dated within the last 180 days.", {"invoices"}, 5),
        (
            "Please send invoices dated within 180 days of your last sale. No plan of action is needed.",
            {"invoices"},
            None,
        ),
    ],
)
def test_everything_a_sentence_asks_for_is_asked_and_its_limit_is_no_age_of_a_paper(asks, asked, days):
    reading = notices.read(
        f"Your account has been deactivated because buyers doubt that your items are genuine.\n\n{asks}".encode()
    )
    assert set(reading.asked) == asked
    assert (reading.deadline.days if reading.deadline else None) == days
    assert not any(one.what == "invoice_age" and one.days == days for one in reading.other_periods)
