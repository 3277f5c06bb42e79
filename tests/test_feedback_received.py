"""One group of unhappy buyers, two denominators."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from helpers import feedback
from helpers.frames import SCHEMAS
from helpers.vocabulary import Account

START = date(2026, 8, 1)


def account(stars, orders=52, day=START):
    order = dict.fromkeys(SCHEMAS["orders"]) | {"marketplace": "amazon.de", "fulfilment": "merchant", "day": day}
    blank = dict.fromkeys(SCHEMAS["feedback"]) | {"received_on": START + timedelta(20), "source_file": "f"}
    rows = [
        blank | {"order_id": str(n), "stars": star, "is_negative": star <= 2, "is_struck": False}
        for n, star in enumerate(stars)
    ]
    return Account(
        id="a",
        name="A",
        folder=Path("a"),
        marketplaces=("amazon.de",),
        orders=pl.DataFrame([order | {"order_id": str(n)} for n in range(orders)], schema=SCHEMAS["orders"]),
        feedback=pl.DataFrame(rows, schema=SCHEMAS["feedback"]),
    )


def verdicts(denominator=52):
    row = {"metric": "order_defect_rate", "marketplace": "amazon.de", "fulfilment": "merchant", "status": "breached"}
    row |= {"window_start": START, "window_end": START + timedelta(59), "as_of": START + timedelta(73)}
    return pl.DataFrame(
        [dict.fromkeys(SCHEMAS["verdicts"]) | row | {"denominator": denominator}], schema=SCHEMAS["verdicts"]
    )


def test_one_good_and_two_bad_of_fifty_two_orders_are_sixty_seven_percent_and_under_four():
    received, placed = feedback.beside(account([5, 1, 1]), verdicts()).to_dicts()
    assert (received["numerator"], received["denominator"]) == (2, 3)
    assert (placed["numerator"], placed["denominator"]) == (2, 52)
    assert received["rate"] == pytest.approx(2 / 3)
    assert placed["rate"] == pytest.approx(2 / 52)


def test_a_file_without_four_and_five_stars_is_not_compared():
    assert feedback.beside(account([1, 2, 3]), verdicts()).is_empty()


def test_orders_outside_the_window_bring_no_feedback_into_it():
    assert feedback.beside(account([5, 1], day=START - timedelta(1)), verdicts()).is_empty()


def test_without_a_verdict_there_is_nothing_to_compare():
    assert feedback.beside(account([5, 1]), verdicts().clear()).is_empty()
