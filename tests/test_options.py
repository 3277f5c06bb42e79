"""Open points of the rules: which values an account may choose for each."""

import pytest

from helpers import exports
from helpers.errors import SettingsError
from helpers.exports.template import template
from helpers.vocabulary import OPTIONS


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
