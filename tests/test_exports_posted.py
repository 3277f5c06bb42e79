"""How money files write moments and amounts, worked out by hand from what the words say."""

from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest

from helpers.exports import posted


def moments(*texts, zone="UTC", reading=None):
    return posted.moments(pl.Series(texts, dtype=pl.String), zone, reading).to_list()


def utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-08-20T12:00:00+00:00", utc(2025, 8, 20, 12)),
        ("2012-07-14T02:22:29-07:00", utc(2012, 7, 14, 9, 22, 29)),
        ("2025-09-17 18:04:11 UTC", utc(2025, 9, 17, 18, 4, 11)),
        ("18.09.2025 22:30:00 UTC", utc(2025, 9, 18, 22, 30)),
        ("2025/09/02 16:30:00 UTC", utc(2025, 9, 2, 16, 30)),
        ("2025/09/02 1:30:00JST", utc(2025, 9, 1, 16, 30)),
        ("Sep 12, 2025 11:58:09 PM PDT", utc(2025, 9, 13, 6, 58, 9)),
        ("Dec 1, 2017 12:38:23 AM PST", utc(2017, 12, 1, 8, 38, 23)),
        ("Sep 12, 2025 12:05:00 p.m. PDT", utc(2025, 9, 12, 19, 5)),
        ("Sept 12, 2025 11:00:00 AM PDT", utc(2025, 9, 12, 18)),
        ("15 Mar 2026 3:22:08 PM UTC", utc(2026, 3, 15, 15, 22, 8)),
        ("2018-05-13 2:33:25 PM PDT", utc(2018, 5, 13, 21, 33, 25)),
        ("1 févr. 2025 00:32:54 UTC", utc(2025, 2, 1, 0, 32, 54)),
        ("3 lug 2025 08:00:00 GMT+02:00", utc(2025, 7, 3, 6)),
        ("9 sept 2025 10:00:00 GMT-7", utc(2025, 9, 9, 17)),
        ("1 wrz 2025 10:00:00 CEST", utc(2025, 9, 1, 8)),
    ],
)
def test_a_moment_in_any_of_the_languages_is_the_same_moment_in_utc(text, moment):
    assert moments(text) == [moment]


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2025-02-30 10:00:00 UTC", "1 Sep 2025 13:00:00 PM UTC", "1 Foo 2025 10:00:00 UTC"),
        *("0000-09-01 10:00:00 UTC", "0001-09-01 10:00:00 UTC"),
    ],
)
def test_what_names_no_moment_is_null(text):
    assert moments(text) == [None]


def test_a_zone_nobody_knows_is_not_taken_for_another():
    assert moments("1 Sep 2025 10:00:00 XYZ") == [None]


def test_a_moment_without_a_zone_is_in_the_zone_of_the_caller():
    assert moments("2025-09-01 10:00:00", zone="Europe/London") == [utc(2025, 9, 1, 9)]


def test_an_hour_that_comes_twice_in_autumn_is_the_first_of_the_two():
    assert moments("2025-10-26 01:30:00", zone="Europe/London") == [utc(2025, 10, 26, 0, 30)]


def test_a_day_beyond_twelve_decides_which_number_is_the_month():
    assert posted.readings(pl.Series(["03/09/2025 10:00:00 UTC", "13/09/2025 10:00:00 UTC"])) == ["d/m"]
    assert posted.readings(pl.Series(["03/09/2025 10:00:00 UTC", "09/13/2025 10:00:00 UTC"])) == ["m/d"]
    assert posted.readings(pl.Series(["03/09/2025 10:00:00 UTC"])) == ["d/m", "m/d"]
    assert posted.readings(pl.Series(["03/03/2025 10:00:00 UTC"])) == ["d/m"]
    assert posted.readings(pl.Series(["03.09.2025 10:00:00 UTC", "2025-09-03 10:00:00 UTC"])) == []


def test_the_reading_chosen_is_used_and_without_one_nothing_is_guessed():
    assert moments("03/09/2025 10:00:00 UTC", reading="d/m") == [utc(2025, 9, 3, 10)]
    assert moments("03/09/25 10:00:00 UTC", reading="m/d") == [utc(2025, 3, 9, 10)]
    assert moments("03/09/2025 10:00:00 UTC") == [None]


def test_no_month_name_means_two_months():
    assert set(posted.months().values()) == {str(number) for number in range(1, 13)}
    assert (posted.months()["mars"], posted.months()["maj"], posted.months()["lis"]) == ("3", "5", "11")


def amounts(*texts):
    column = pl.Series("amount", texts, dtype=pl.String)
    mark = posted.decimal_mark([column])
    return column.to_frame().select(posted.amount("amount", mark)).to_series().to_list()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["1,061.65", "-12.50", "0", "1,249"], ["1061.65", "-12.50", "0", "1249"]),
        (["1.249,00", "-187,35", "1.249"], ["1249", "-187.35", "1249"]),
        (["1\u202f249,00", "−3,50"], ["1249", "-3.50"]),
        (["25.00    ", ".50", "1.125"], ["25", "0.50", "1.125"]),
        (["1980", "-2,480"], ["1980", "-2480"]),  # yen: no amount has decimals
        (["1,49,999.00"], ["149999"]),  # India counts in lakhs
        (["12.50", "12,50"], ["12.50", "12.50"]),  # two files in one: each amount says it itself
    ],
)
def test_the_decimal_mark_is_that_of_the_file(written, meant):
    assert amounts(*written) == [Decimal(text) for text in meant]


@pytest.mark.parametrize("text", ["", "-", "abc", "(5.00)", "1,2,3", "12.50 GBP", "25.00-"])
def test_what_is_no_amount_is_null(text):
    assert amounts(text, "0.01") == [None, Decimal("0.01")]


def test_three_digits_after_nought_are_not_thousands():
    assert amounts("0.125", "300") == [None, Decimal(300)]
