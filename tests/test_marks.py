"""The marketplace's own words: told as they stand, never calmer than it is."""

from datetime import date, timedelta

import polars as pl
import pytest

from helpers import marks
from helpers.frames import SCHEMAS

DAY = date(2026, 9, 27)
RATE = {"marketplace": "amazon.com", "metric": "late_shipment_rate", "fulfilment": "merchant", "window_days": 30}
RATE |= {"taken_on": DAY + timedelta(1), "denominator": 12_000, "rate_reported": 0.03, "source_file": "f"}
RATE |= {"target_reported": "0.04", "must_be_reported": "below", "status_reported": "GOOD"}
COUNTER = {"metric": "food_safety_issues", "fulfilment": "all", "denominator": None, "rate_reported": None}
COUNTER |= {"numerator": 2, "target_reported": "0", "must_be_reported": "equal", "window_days": None}


def told(*rows):
    whole = [dict.fromkeys(SCHEMAS["snapshots"]) | RATE | row for row in rows]
    return marks.of(pl.DataFrame(whole, schema=SCHEMAS["snapshots"]), DAY).to_dicts()


@pytest.mark.parametrize(
    ("said", "is_flagged"),
    [
        ({}, False),
        ({"status_reported": "BAD"}, True),
        ({"status_reported": "AT_RISK"}, True),
        ({"status_reported": "Fair"}, True),
        ({"status_reported": "A word nobody knows"}, True),
        ({"status_reported": None, "rate_reported": 0.04}, True),  # under 4 % is asked for
        ({"rate_reported": 0.05}, True),  # called GOOD, against its own target
        ({"status_reported": "BAD", "denominator": 0, "rate_reported": None}, False),  # not measured
        (COUNTER, True),
        (COUNTER | {"numerator": 0}, False),
        (COUNTER | {"numerator": None, "status_reported": "BAD"}, True),
    ],
)
def test_a_word_that_is_not_calm_or_a_missed_printed_target_is_flagged(said, is_flagged):
    (row,) = told(said)
    assert row["is_flagged"] == is_flagged


def test_a_rate_is_never_told_without_its_orders():
    (row,) = told({"status_reported": "AT_RISK"})
    assert row["status"] == "AT RISK"
    assert row["finding"] == (
        "The marketplace marks the late shipment rate (amazon.com, seller ships) AT RISK: 3.00\N{NARROW NO-BREAK SPACE}%, "
        "printed for 12,000 orders without its count, target under 4\N{NARROW NO-BREAK SPACE}%."
    )


def test_a_counter_over_its_target_is_told_with_both():
    (row,) = told(COUNTER | {"status_reported": None})
    assert row["finding"] == "The marketplace prints food safety issues on amazon.com (2, target 0)."


def test_the_word_on_the_whole_account_is_a_sentence():
    blank = {"denominator": None, "rate_reported": None, "target_reported": None, "must_be_reported": None}
    (row,) = told(blank | {"metric": "account_status", "fulfilment": "all", "status_reported": "AT_RISK"})
    assert row["finding"] == "The marketplace calls the account on amazon.com AT RISK."


def test_the_newest_file_of_each_store_speaks_and_says_how_old_it_is():
    old = {"taken_on": DAY - timedelta(7), "status_reported": "BAD", "marketplace": "amazon.ca"}
    found = told(old, {"taken_on": DAY - timedelta(1), "status_reported": "BAD"}, {}, {"taken_on": DAY + timedelta(2)})
    said = {(row["marketplace"], row["status"], row["is_flagged"], row["is_recent"]) for row in found}
    assert said == {("amazon.ca", "BAD", True, False), ("amazon.com", "GOOD", False, True)}


def test_what_is_flagged_stands_first():
    assert [row["status"] for row in told({}, COUNTER | {"status_reported": "BAD"})] == ["BAD", "GOOD"]
