from datetime import date
from decimal import Decimal

import pytest

from helpers import sentences, wording

THIN = "\N{NARROW NO-BREAK SPACE}"


def test_a_rate_never_stands_without_its_counts():
    assert wording.share(11, 1380, "order") == f"0.80{THIN}% (11 of 1,380 orders)"
    assert wording.share(1, 1, "order") == f"100.0{THIN}% (1 of 1 order)"
    assert wording.share(3, 4, "feedback") == f"75.0{THIN}% (3 of 4 feedback)"


@pytest.mark.parametrize(
    ("rate", "text"), [(0, "0.00"), (0.00996, "1.00"), (0.0999, "9.99"), (0.099996, "10.0"), (0.2222, "22.2")]
)
def test_small_rates_have_the_two_decimals_the_marketplace_prints(rate, text):
    assert wording.percent(rate) == f"{text}{THIN}%"


@pytest.mark.parametrize(("value", "text"), [("0.01", "1"), ("0.025", "2.5"), ("0.005", "0.5"), ("1.00", "100")])
def test_a_target_is_written_without_false_decimals(value, text):
    assert wording.target_percent(value) == f"{text}{THIN}%"


@pytest.mark.parametrize(("value", "text"), [(0.004, "under 1"), (0.9006, "90"), (0.999, "over 99"), (1.0, "over 99")])
def test_a_probability_never_claims_certainty(value, text):
    assert wording.odds(value, 100) == f"{text} in 100"


@pytest.mark.parametrize(
    ("value", "text"), [(0.052, "just over 5"), (0.05, "5"), (0.048, "5"), (0.9498, "just under 95"), (0.95, "95")]
)
def test_a_probability_that_is_weak_evidence_is_never_printed_as_the_limit_of_strong(value, text):
    assert wording.odds(value, 100) == f"{text} in 100"


def test_a_sentence_begins_with_a_capital_and_names_keep_theirs():
    assert wording.capital("from 2012 to October 2021, fulfilled by Amazon") == (
        "From 2012 to October 2021, fulfilled by Amazon"
    )
    assert wording.capital("") == ""


def test_days_are_written_in_words():
    assert wording.day(date(2026, 3, 31)) == "31 March 2026"
    assert wording.short_day(date(2026, 3, 1)) == "1 Mar 2026"


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_GB", ("1,380", "0.80\u202f%", "31 March 2026", "31 Mar 2026", "31 March", "£1,380.50")),
        ("en_US", ("1,380", "0.80\u202f%", "March 31, 2026", "Mar 31, 2026", "March 31", "£1,380.50")),
        ("de_DE", ("1.380", "0,80\u202f%", "31 March 2026", "31 Mar 2026", "31 March", "1.380,50\u00a0£")),
        ("fr_FR", ("1\u202f380", "0,80\u202f%", "31 March 2026", "31 Mar 2026", "31 March", "1\u202f380,50\u00a0£GB")),
    ],
)
def test_numbers_days_and_money_are_written_the_way_of_the_locale(locale, said):
    day = date(2026, 3, 31)
    with sentences.written_like(locale):
        found = (wording.count(1380), wording.percent(0.008), wording.day(day), wording.short_day(day))
        assert (*found, wording.day(day, year=False), wording.money(Decimal("1380.5"), "GBP")) == said


def test_one_way_within_another_ends_with_its_block_also_after_an_error():
    with sentences.written_like("de_DE"):
        with pytest.raises(ZeroDivisionError), sentences.written_like("en_US"):
            wording.share(1, 0, "order")
        assert wording.count(1380) == "1.380"
    assert wording.count(1380) == "1,380"


def test_a_kernel_writes_its_account_s_way_until_told_otherwise():
    with sentences.written_like("en_GB"):  # what follows ends with the test
        sentences.write_like("fr_FR")
        assert sentences.separators() == (",", "\u202f")
        sentences.write_like("en_US")
        assert wording.day(date(2026, 3, 31)) == "March 31, 2026"


def test_an_amount_without_a_currency_is_a_bare_number():
    assert wording.money(Decimal("1380.5"), None) == "1,380.50"


def test_a_change_is_written_with_its_sign():
    assert [wording.signed(number) for number in (1380, -3, 0)] == ["+1,380", "−3", "0"]
