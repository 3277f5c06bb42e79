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


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Your Order Defect Rate was 1.8% (target under 1%), while all other targets were met.", ["0.018"]),
        ("Your Order Defect Rate did not exceed 1%. Your Late Shipment Rate of 6% exceeds 4%.", ["0.06"]),
        ("You have never exceeded the order defect rate target. Your Late Shipment Rate of 6% exceeds 4%.", ["0.06"]),
        ("Your Late Shipment Rate rose from 1.1% to 6.0%, over our limit of 4%.", ["0.06"]),
        ("Order defects and more:\n\nName\tYours\tTarget\nOrder defects\t0.4%\t1%\nLate shipments\t6%\t4%", ["0.06"]),
    ],
)
def test_a_figure_is_held_against_the_seller_where_it_misses_its_own_target_alone(text, figures):
    charged = notices.read(f"Your offers may be removed.\n\n{text}".encode()).charges
    assert [str(one.figure) for one in charged] == figures


@pytest.mark.parametrize(
    ("asks", "days"),
    [
        ("Because buyers have reported counterfeits, send us invoices within 7 days.", 7),
        ("Please answer buyers' complaints and send us a plan of action within 3 days.", 3),
        ("Reply within 7 days of the delivery of this notice.", 7),
        ("Reply to buyers within 24 hours.", None),
        ("Ship within 2 days of the order.", None),
        ("Please send a plan within a fortnight.", 14),
    ],
)
def test_a_limit_is_of_this_letter_or_of_what_sellers_always_owe_buyers(asks, days):
    reading = notices.read(f"Your account has been deactivated over counterfeit items.\n\n{asks}".encode())
    assert (reading.deadline.days if reading.deadline else None) == days


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Your funds and your account have been suspended over counterfeit items.", "deactivated"),
        (
            "None of your papers was accepted and your account has been deactivated over counterfeit items.",
            "deactivated",
        ),
        ("Some items may be counterfeit. None of your offers has been removed.", "warning"),
        ("Some items are counterfeit. Accounts are deactivated for that.", "warning"),
        ("Your account was closed over counterfeit items. If you think that was our mistake, appeal.", "deactivated"),
        ("Your payments have been suspended since your Late Shipment Rate of 6% exceeds 4%.", "warning"),
    ],
)
def test_only_what_was_done_to_the_account_or_its_offers_closes_something(text, tone):
    assert notices.read(text.encode()).tone == tone


@pytest.mark.parametrize(
    "text",
    [
        "Dear Amazon seller, your Late Shipment Rate of 6% exceeds our target of 4%. We will never ask for your password.",
        "Your Late Shipment Rate of 6% exceeds our late shipment rate of 4%. Please give us a plan of action.",
    ],
)
def test_a_letter_a_colleague_sent_on_is_no_text_of_the_seller(text):
    mail = f"From: Ivo <ivo@shop.example>\nDate: Fri, 4 Sep 2026 10:00:00 +0200\nSubject: FW\n\n{text}"
    assert notices.read(mail.encode()).kind == "metric_warning"


def test_a_past_limit_without_a_year_is_no_limit_of_the_next_year():
    text = b"Sent 10 March 2026\n\nWe asked you to reply by 3 March. Your Late Shipment Rate of 6% exceeds 4%. Reply by 20 March."
    assert [str(one.date) for one in notices.read(text).deadlines] == ["2026-03-20"]


def test_the_figures_of_a_table_belong_to_the_rate_named_before_it_whatever_its_first_column_says():
    text = b"""Your Valid Tracking Rate is too low in these categories. The figures:

Garden\t91.0%\ttarget 95%
Toys\t88.0%\ttarget 95%"""
    assert [one.category for one in notices.read(text).charges] == ["Garden", "Toys"]


def test_two_rates_that_are_one_reason_are_both_charges():
    text = b"We closed your account because of your Order Defect Rate of 2.3% and your Late Shipment Rate of 9%. Your Cancellation Rate is 1.0%."
    assert [one.subject for one in notices.read(text).charges] == ["order_defect_rate", "late_shipment_rate"]


def test_a_figure_of_a_measure_that_is_not_known_is_left_out_with_a_word():
    reading = read(DATA / "letters" / "another_measure_without_a_name.txt")
    assert "a measure that was not recognised stands in line 3" in reading["note"]
    assert "note" not in read(DATA / "letters" / "late_answers_beside_invoices.txt")
