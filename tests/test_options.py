"""Open points of the rules: which values an account may choose for each, and what two of them do to one rate."""

from datetime import date

import polars as pl
import pytest

from helpers import exports
from helpers.errors import SettingsError
from helpers.exports import setting_values
from helpers.exports.template import template
from helpers.metrics.facts import Facts
from helpers.metrics.tally import counted, readings
from helpers.vocabulary import METRICS, OPTIONS, Metric
from helpers.vocabulary.metric import Also, Change, Only


def said(account_folder, line):
    return exports.read(account_folder(settings=f"[options]\n{line}\n")).options


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('score_min = "11"', ("score_min", "11")),
        ("score_min = 12", ("score_min", "12")),
        ("break_date = 2025-09-01", ("break_date", "2025-09-01")),
        ('break_date = "2025-09-01"', ("break_date", "2025-09-01")),
        ("feedback_days = 60", ("feedback_days", "60")),
    ],
)
def test_an_option_that_is_a_number_or_a_day_may_stand_with_or_without_quotes(account_folder, line, value):
    assert said(account_folder, line) == dict([value])


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("score_min = 0", "expected one of 10, 11, another whole number"),
        ("score_min = 1.5", "options.score_min"),
        ("score_min = true", "options.score_min"),
        ("score_min = 123456", "another whole number"),
        ('break_date = "2025-02-30"', "another day, YYYY-MM-DD"),
        ('break_date = "20250804"', "another day, YYYY-MM-DD"),
        ("break_date = 2025-08-04T00:00:00", "options.break_date"),
        ("odr_denominator = 11", "expected one of not_cancelled, with_cancelled"),
        ('score_min = "another whole number"', "found 'another whole number'"),
    ],
)
def test_a_value_that_cannot_be_meant_is_an_error_that_says_what_may_stand_there(account_folder, line, hint):
    with pytest.raises(SettingsError) as raised:
        said(account_folder, line)
    assert hint in str(raised.value)


def test_the_template_shows_each_option_with_every_other_reading():
    text = template("a", "A")
    assert '# score_min = "11"  # or 10, another whole number' in text
    assert '# odr_denominator = "not_cancelled"  # or with_cancelled' in text


def test_every_default_is_a_value_the_option_accepts():
    assert [name for name, option in OPTIONS.items() if not option.accepts(option.default)] == []


def a_rate(variants):
    """A made-up rate: orders that are bad, by orders that are sold."""
    said = {"key": "made_up", "one_is": "order", "rows": "orders"}
    counts = {"denominator": pl.col("is_sold"), "numerator": pl.col("is_bad"), "variants": variants}
    return Metric(**said, **counts, proof="cancellations")


WITH_GIFTS = {"gifts": {"counted": Change(denominator=Also(pl.col("is_gift")))}}
WITHOUT_PENDING = {"pending": {"left_out": Change(denominator=Only(~pl.col("is_pending")))}}
# sold, gift, pending, bad, and how many such orders there are
ORDERS = [(True, False, False, True, 1), (True, False, True, False, 2), (False, True, False, False, 4)]
ORDERS += [(False, True, True, False, 8), (False, False, False, True, 16)]


def figures(metric, **chosen):
    """How many are bad of how many orders, under the chosen readings."""
    names = ("is_sold", "is_gift", "is_pending", "is_bad")
    rows = [dict(zip(names, said, strict=True)) for *said, number in ORDERS for _ in range(number)]
    told = pl.LazyFrame(rows).with_columns(account=pl.lit("a"), marketplace=pl.lit("m"), fulfilment=pl.lit("merchant"))
    facts = Facts(told.with_columns(day=pl.lit(date(2026, 1, 1))))
    (found,) = counted(facts, readings(facts, [metric], lambda name: chosen.get(name, "")))
    return int(found.numerator.sum()), int(found.denominator.sum())


@pytest.mark.parametrize("variants", [WITH_GIFTS | WITHOUT_PENDING, WITHOUT_PENDING | WITH_GIFTS])
@pytest.mark.parametrize(
    ("chosen", "of"),
    [
        ({}, 3),
        ({"gifts": "counted"}, 15),
        ({"pending": "left_out"}, 1),
        ({"gifts": "counted", "pending": "left_out"}, 5),  # gifts are in, and pending ones are out, gifts too
    ],
)
def test_two_options_on_one_denominator_combine_in_whatever_order_they_are_written(variants, chosen, of):
    assert figures(a_rate(variants), **chosen) == (1, of)


def test_two_options_on_one_numerator_combine():
    bad = {"gifts": {"bad": Change(numerator=Also(pl.col("is_gift")))}}
    settled = {"pending": {"never_bad": Change(numerator=Only(~pl.col("is_pending")))}}
    rate = a_rate(WITH_GIFTS | {"gifts_are_bad": bad["gifts"]} | settled)
    assert figures(rate, gifts="counted", gifts_are_bad="bad") == (13, 15)
    assert figures(rate, gifts="counted", gifts_are_bad="bad", pending="never_bad") == (5, 15)


def test_two_options_that_say_another_day_are_refused_with_both_names_and_the_rate():
    dated = {"dating": {"sent": Change(day="sent_on"), "paid": Change(day="paid_on")}}
    assert a_rate(dated | WITH_GIFTS).key == "made_up"
    with pytest.raises(ValueError, match=r"made_up: .* found dating and clocking: make them one option"):
        a_rate(dated | {"clocking": {"there": Change(day="day_there")}})


def test_pending_orders_and_cancelled_items_are_settled_each_on_its_own():
    chosen = {"cr_denominator": "without_pending", "cr_items": "counted"}
    both = METRICS["cancellation_rate"].under(lambda name: chosen.get(name, ""))
    rows = [("shipped", False, True), ("pending", True, False), ("cancelled", True, False)]
    frame = pl.DataFrame(rows, schema=["status", "is_cancelled", "has_cancelled_item"], orient="row")
    frame = frame.with_columns(marketplace=pl.lit("m"), is_replacement=False, is_buyer_requested=False)
    assert frame.select(both.denominator.alias("in"), both.numerator.alias("bad")).rows() == [
        (True, True),
        (False, True),
        (True, True),
    ]


def test_of_two_near_names_the_one_with_the_same_letters_is_meant():
    assert setting_values.nearest("amazon.ed", ["amazon.se", "amazon.de", "amazon.es"]) == "; did you mean 'amazon.de'?"
