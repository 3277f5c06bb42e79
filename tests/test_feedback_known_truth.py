"""Made-up shops whose truth is known: which readings of feedback find it."""

from math import sqrt

import pytest

from helpers import feedback

SHOPS = 2000
FLOOR = 0.95 - 3 * sqrt(0.95 * 0.05 / SHOPS)  # of shops covered with 95 % each, 999 times in 1,000


def read(q, a, b, orders=600):
    response = feedback.Response.two_levels(dissatisfied=q, propensity_satisfied=a, propensity_dissatisfied=b)
    return {row["reading"]: row for row in feedback.known_truth(response, orders, SHOPS, seed=3).iter_rows(named=True)}


@pytest.mark.parametrize(("q", "a", "b"), [(0.05, 0.05, 0.5), (0.2, 0.6, 0.1), (0.1, 0.2, 0.4)])
def test_a_known_ratio_and_the_bounds_hold_the_truth_and_the_score_does_not(q, a, b):
    found = read(q, a, b)
    assert found["ratio"]["covered"] / found["ratio"]["shops"] >= FLOOR
    assert found["bounds"]["covered"] / found["bounds"]["shops"] >= FLOOR
    assert found["score"]["covered"] / found["score"]["shops"] < 0.5
    assert found["ratio"]["mean_error"] < found["score"]["mean_error"] / 3
    assert found["bounds"]["mean_width"] > found["ratio"]["mean_width"]


def test_without_silence_of_a_kind_the_score_is_right_too():
    found = read(0.2, 0.5, 0.5)
    assert found["score"]["covered"] / SHOPS == pytest.approx(0.95, abs=0.02)
    assert found["score"]["mean_error"] == pytest.approx(found["ratio"]["mean_error"])


def test_three_stars_are_no_dissatisfied_buyer_and_a_known_ratio_still_finds_the_truth():
    # A third of the buyers would give three stars and speak as readily as the satisfied.
    response = feedback.Response((1, 3, 5), (0.1, 0.3, 0.6), (0.4, 0.2, 0.2))
    rows = feedback.known_truth(response, 600, SHOPS, seed=4).iter_rows(named=True)
    found = {row["reading"]: row["covered"] / row["shops"] for row in rows}
    assert found["ratio"] >= FLOOR
    assert found["bounds"] >= FLOOR


def test_shops_without_feedback_on_both_sides_are_counted_not_read():
    # of 2,000 shops with one order each none has feedback on both sides
    found = read(0.5, 0.5, 0.5, orders=1)
    assert {(row["shops"], row["left_out"], row["mean_error"]) for row in found.values()} == {(0, SHOPS, None)}
