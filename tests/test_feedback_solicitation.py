"""Asking everyone: how far a score can rise, and what it takes, in whole numbers."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import feedback
from helpers.feedback import PRESETS, Response

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}


def two(q, a, b):
    return Response.two_levels(dissatisfied=q, propensity_dissatisfied=b, propensity_satisfied=a)


def test_five_stars_that_lift_a_mean():
    inputs, wanted = CASES["SEL-14"]["inputs"], CASES["SEL-14"]["expected"]
    total = round(inputs["n_ratings"] * inputs["mean"])
    assert feedback.five_stars_needed(total, inputs["n_ratings"], inputs["target"]) == wanted["extra_to_4_5"]
    shown = inputs["target_display_rounded_to_half_up"]
    assert feedback.five_stars_needed(total, inputs["n_ratings"], shown) == wanted["extra_to_4_45"]


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(1, 99))
def test_feedback_needed_is_the_first_count_that_reaches_the_target(counts, percent):
    positive, received = counts
    k = feedback.feedback_needed(positive, received, f"{percent / 100:.2f}")
    assert 100 * (positive + k) >= percent * (received + k)
    assert k == 0 or 100 * (positive + k - 1) < percent * (received + k - 1)


def test_the_score_cannot_pass_what_buyers_are_like():
    # q 5 %, a 20 %, b 30 %: 190 positives to 15 negatives in a thousand orders, 190/205.
    found = feedback.reach(two(0.05, 0.2, 0.3), 80, 100, "0.95")
    assert found.ceiling == Fraction(190, 205)
    assert found.orders_needed is None
    assert found.feedback_needed == 300
    assert "out of reach (80 of 100 feedback positive)" in found.finding


def test_a_target_at_the_ceiling_is_never_reached_from_below():
    assert feedback.reach(two(0.1, 0.1, 0.1), 8, 10, "0.9").orders_needed is None


def test_a_score_already_there_may_still_be_above_what_it_tends_to():
    found = feedback.reach(two(0.1, 0.1, 0.1), 95, 100, "0.95")
    assert (found.orders_needed, found.feedback_needed) == (0, 0)
    assert "tends to 90.0" in found.finding


def test_asking_everyone_lifts_the_quiet_middle_most_and_changes_nobody():
    response = PRESETS["product_reviews"].response
    asked = feedback.solicited(response, 0.4)
    gain = [after - before for after, before in zip(asked.propensities, response.propensities, strict=True)]
    assert gain[2] == max(gain)
    assert gain[0] == min(gain)
    assert feedback.expected(asked).stars_of_orders == feedback.expected(response).stars_of_orders


def test_asking_everyone_raises_the_score_towards_the_truth_and_the_order_based_rate_with_it():
    seed = two(Fraction(2, 52), Fraction(1, 50), Fraction(1, 2))
    before, after, all_ = (feedback.expected(feedback.solicited(seed, Fraction(c))) for c in ("0", "1/2", "1"))
    assert before.positive_of_feedback < after.positive_of_feedback < all_.positive_of_feedback == Fraction(50, 52)
    assert before.negative_of_orders < after.negative_of_orders < all_.negative_of_orders == Fraction(2, 52)
    assert seed.response_ratio > feedback.solicited(seed, Fraction(1, 2)).response_ratio > 1


def test_counts_that_cannot_be_are_refused():
    for counts in ((3, 2, 0.9), (0, 0, 0.9), (1, 2, 1)):
        with pytest.raises(ValueError, match="expected feedback"):
            feedback.feedback_needed(*counts)
    with pytest.raises(ValueError, match="1 to 5 stars"):
        feedback.five_stars_needed(11, 2, 4)
    with pytest.raises(ValueError, match="somebody leaves feedback"):
        feedback.reach(two(0.1, 0, 0), 1, 2, 0.9)
