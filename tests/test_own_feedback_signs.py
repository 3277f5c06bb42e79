"""Claims, returns and refunds on the orders of a window: what they say of silent buyers. Counted by hand."""

from datetime import date
from math import sqrt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from helpers import own_feedback
from helpers.frames import SCHEMAS
from helpers.own_feedback.signs import SIGNS, with_signs
from helpers.vocabulary import Account

FIRST, LAST, DAY = date(2026, 8, 1), date(2026, 9, 29), date(2026, 10, 31)
WINDOW = {"marketplace": "amazon.de", "fulfilment": "merchant", "window_days": 60, "as_of": DAY}
WINDOW |= {"window_start": FIRST, "window_end": LAST}


def orders(stars, *, is_returned_for_fault, exactness="exact", tells_positive=True):
    """Orders of one window with these stars (None: silent) and this sign; no other sign is told."""
    frame = pl.DataFrame({"stars": pl.Series(stars, dtype=pl.Int64), "is_returned_for_fault": is_returned_for_fault})
    return frame.with_columns(
        *(pl.lit(None, pl.Boolean).alias(name) for name in SIGNS if name != "is_returned_for_fault"),
        *(pl.lit(value).alias(name) for name, value in WINDOW.items()),
        is_placed=True,
        is_negative=(pl.col("stars") <= 2).fill_null(False),
        exactness=pl.lit(exactness),
        tells_positive=pl.lit(tells_positive),
    )


# --- lists that overlap ---


def test_the_overlap_of_two_lists_says_about_how_many_went_wrong():
    # Chapman 1951: 3 + 1 times 4 + 1 over 1 + 1, less 1 = 9
    flagged = [False, False, True, True, True, True] + [False] * 14
    (row,) = own_feedback.lists(orders([1, 1, 1] + [None] * 17, is_returned_for_fault=flagged)).to_dicts()
    assert (row["in_first"], row["in_second"], row["in_both"]) == (3, 4, 1)
    assert (row["estimate"], row["rate"]) == (pytest.approx(9), pytest.approx(9 / 20))
    assert "About 9 of 20 orders went wrong" in row["finding"]
    assert "at least" not in row["finding"].lower()


def test_one_list_alone_overlaps_with_nothing():
    flagged = [True] * 2 + [False] * 4
    silent = orders([None] * 6, is_returned_for_fault=flagged, exactness="impossible")
    assert own_feedback.lists(silent).is_empty()


# --- signs known for every order ---


def test_a_sign_corrects_for_how_often_it_errs_among_those_who_spoke():
    # on 8 of 10 negative and 1 of 10 other feedback, and on 110 of 1,000 orders: (0.11 - 0.1) / (0.8 - 0.1) = 1.4 %
    stars = [1] * 10 + [5] * 10 + [None] * 980
    flagged = [True] * 8 + [False] * 2 + [True] + [False] * 9 + [True] * 101 + [False] * 879
    (row,) = own_feedback.proxies(orders(stars, is_returned_for_fault=flagged)).to_dicts()
    assert (row["flagged"], row["negative_flagged"], row["other_flagged"]) == (110, 8, 1)
    assert row["low"] < 0.0143 < row["high"] < 1 - 10 / 1000
    assert "if the silent are like those who spoke" in row["finding"]


def test_a_sign_without_negative_feedback_beside_it_says_nothing():
    (row,) = own_feedback.proxies(orders([5, 5, None], is_returned_for_fault=[False, True, True])).to_dicts()
    assert (row["low"], row["high"]) == (None, None)
    assert "cannot say how often the sign errs" in row["finding"]


def test_a_file_of_bad_stars_only_checks_no_sign():
    told = orders([1, 3, None], is_returned_for_fault=[True, False, False], tells_positive=False)
    assert own_feedback.proxies(told).is_empty()


def test_a_sign_and_two_lists_hold_the_truth_of_made_up_accounts():
    random, accounts, n, truth = np.random.default_rng(5), 200, 1500, 0.1
    held = {"lists": 0, "proxies": 0}
    for _ in range(accounts):
        unhappy = random.random(n) < truth
        speaks = random.random(n) < np.where(unhappy, 0.4, 0.05)
        stars = [int(star) if said else None for star, said in zip(np.where(unhappy, 1, 5), speaks, strict=True)]
        sign = random.random(n) < np.where(unhappy, 0.5, 0.02)
        one = own_feedback.proxies(orders(stars, is_returned_for_fault=sign.tolist())).row(0, named=True)
        held["proxies"] += one["low"] <= truth <= one["high"]
        # a list names nobody who was content; each unhappy buyer is on either list by a chance of its own
        listed = (unhappy & (random.random(n) < 0.5)).tolist()
        pair = own_feedback.lists(orders(stars, is_returned_for_fault=listed)).row(0, named=True)
        held["lists"] += pair["low"] <= unhappy.sum() <= pair["high"]
    floor = 0.95 - 3 * sqrt(0.95 * 0.05 / accounts)
    assert {name: times / accounts >= floor for name, times in held.items()} == {"lists": True, "proxies": True}


# --- what the files tell of every order ---


def returned(last_day, reason, requested_on=date(2026, 9, 1)):
    """The signs of two orders, of which 1 has a return, by a file with a row of another order on every day to `last_day`."""
    row = {"requested_on": requested_on, "units": 1, "fulfilment": "merchant", "source_file": "r"}
    days = pl.date_range(FIRST, last_day, eager=True)
    asked = [{"order_id": "1", "reason": reason} | row]
    asked += [{"order_id": f"x{n}", "reason": None} | row | {"requested_on": day} for n, day in enumerate(days)]
    names = {"path": "r", "report": "returns", "first_day": FIRST, "last_day": last_day, "reaches": last_day}
    account = Account(
        id="a",
        name="A",
        folder=Path("a"),
        marketplaces=("amazon.de",),
        returns=_frame("returns", asked),
        files=_frame("files", [names]),
    )
    two = pl.DataFrame({"order_id": ["1", "2"]}).with_columns(pl.lit(v).alias(k) for k, v in WINDOW.items())
    none = pl.DataFrame(schema={"metric": pl.String, "exactness": pl.String} | dict.fromkeys(WINDOW, pl.String))
    return with_signs(account, two, none)


def _frame(name, rows):
    return pl.DataFrame([dict.fromkeys(SCHEMAS[name]) | row for row in rows], schema=SCHEMAS[name])


@pytest.mark.parametrize(
    ("reason", "is_fault"),
    [("CR-DEFECTIVE", True), ("AMZ-PG-NOT-AS-DESCRIBED", True), ("defective", True), ("CR-UNWANTED_ITEM", False)],
)
def test_a_return_is_for_a_fault_by_its_reason_whatever_its_prefix(reason, is_fault):
    found = returned(DAY, reason)
    assert found.get_column("is_returned").to_list() == [True, False]
    assert found.get_column("is_returned_for_fault").to_list() == [is_fault, False]


def test_a_return_asked_for_after_the_day_looked_at_is_not_known_yet():
    found = returned(date(2026, 11, 9), "DEFECTIVE", date(2026, 11, 1))
    assert found.get_column("is_returned").to_list() == [False, False]


def test_a_file_that_ends_long_before_the_day_looked_at_tells_of_no_order():
    # five weeks are missing: "no return" is then not known of any order
    found = returned(date(2026, 9, 26), "DEFECTIVE")
    assert found.get_column("is_returned").to_list() == [None, None]
    assert found.get_column("is_disputed").to_list() == [None, None]
