"""A model of who speaks: the closed form, the same order by order, and the published cases."""

import json
from fractions import Fraction
from math import exp, isnan, sqrt
from pathlib import Path

import polars as pl
import pytest

from helpers import feedback
from helpers.feedback import PRESETS, Response

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}


def two(q, a, b):
    return Response.two_levels(dissatisfied=q, propensity_dissatisfied=b, propensity_satisfied=a)


def test_fifty_happy_and_two_unhappy_buyers_are_one_third_positive_and_two_of_fifty_two():
    wanted = CASES["SEL-01"]["expected"]
    outcome = feedback.expected(two(Fraction(2, 52), Fraction(1, 50), Fraction(1)))
    assert outcome.negative_of_feedback == Fraction(2, 3)
    assert outcome.negative_of_orders == outcome.dissatisfied == Fraction(2, 52)
    assert float(outcome.positive_of_feedback * 100) == pytest.approx(wanted["observed_positive_percent"], rel=1e-9)
    assert float(outcome.negative_of_orders) == pytest.approx(wanted["negatives_per_order"], rel=1e-9)
    assert float(outcome.positive_of_feedback - outcome.negative_of_feedback) == pytest.approx(
        wanted["net_score_observed"], rel=1e-9
    )
    assert two(Fraction(2, 52), Fraction(1, 50), Fraction(1)).response_ratio == wanted["selection_ratio_r"]


def test_two_rates_give_both_denominators_at_once():
    inputs, wanted = CASES["SEL-02"]["inputs"], CASES["SEL-02"]["expected"]
    outcome = feedback.expected(two(inputs["q"], inputs["a"], inputs["b"]))
    assert outcome.negative_of_feedback == pytest.approx(wanted["observed_negative_share"], rel=1e-9)
    assert outcome.response_rate == pytest.approx(wanted["response_rate_overall"], rel=1e-9)
    assert outcome.negative_of_orders == pytest.approx(wanted["negatives_per_order"], rel=1e-9)
    assert outcome.reporting_bias == pytest.approx(15 / 34 - 0.05, rel=1e-9)


def test_more_feedback_from_the_satisfied_moves_the_score_and_not_the_order_based_rate():
    inputs, wanted = CASES["SEL-16"]["inputs"], CASES["SEL-16"]["expected"]
    for when in ("before", "after"):
        outcome = feedback.expected(two(inputs["q"], inputs[f"a_{when}"], inputs["b"]))
        assert outcome.negative_of_feedback == pytest.approx(wanted[f"share_{when}"], rel=1e-9)
        assert outcome.negative_of_orders == pytest.approx(wanted[f"negatives_per_order_{when}"], rel=1e-9)


def test_equal_scores_can_hide_unequal_silence():
    for seller, wanted in (("A", CASES["SEL-17"]["expected"]["EPP_A"]), ("B", CASES["SEL-17"]["expected"]["EPP_B"])):
        counts = CASES["SEL-17"]["inputs"][f"seller{seller}"]
        silent = counts["transactions"] - counts["P"] - counts["M"]
        orders = feedback.laid_out(
            satisfied=counts["P"] + silent, dissatisfied=counts["M"], positive=counts["P"], negative=counts["M"]
        )
        outcome = feedback.counted(orders)
        assert outcome.positive_of_feedback == pytest.approx(CASES["SEL-17"]["expected"][f"PP_{seller}"], rel=1e-9)
        assert outcome.positive_of_orders == pytest.approx(wanted, rel=1e-9)


def test_five_levels_weigh_each_star_by_its_readiness():
    # 0.1·0.5 + 0.9·0.1 = 0.05 + 0.09 told; mean (1·0.05 + 5·0.09)/0.14
    response = Response.five_levels((0.1, 0, 0, 0, 0.9), (0.5, 1, 1, 1, 0.1))
    outcome = feedback.expected(response)
    assert outcome.negative_of_feedback == pytest.approx(0.05 / 0.14)
    assert outcome.stars_of_feedback == pytest.approx(0.5 / 0.14)
    assert outcome.stars_of_orders == pytest.approx(4.6)
    assert response.response_ratio == pytest.approx(5)


def test_three_stars_are_neither_positive_nor_a_defect():
    outcome = feedback.expected(Response.five_levels((0, 0, 1, 0, 0), (1, 1, 0.5, 1, 1)))
    assert (outcome.negative_of_feedback, outcome.positive_of_feedback, outcome.response_rate) == (0, 0, 0.5)


def test_readiness_fades_with_the_age_of_the_order():
    response = Response.five_levels((0.1, 0.1, 0.4, 0.2, 0.2), (0.4,) * 5, (0, 0.01, 0.1, 0.01, 0), 20)
    assert response.response_rates == pytest.approx((0.4, 0.4 * exp(-0.2), 0.4 * exp(-2), 0.4 * exp(-0.2), 0.4))
    # Asked sooner, the quiet middle is still there: less extreme.
    late, early = (
        feedback.by_stars(Response.five_levels(response.shares, response.propensities, response.attrition, days))
        for days in (20, 2)
    )
    middle = pl.col("stars") == 3
    assert late.filter(middle)["of_feedback"][0] < early.filter(middle)["of_feedback"][0] < 0.4


def test_the_shares_by_stars_sum_to_one_over_orders_and_over_feedback():
    frame = feedback.by_stars(PRESETS["product_reviews"].response)
    assert frame["of_orders"].sum() == pytest.approx(1)
    assert frame["of_feedback"].sum() == pytest.approx(1)
    assert frame["experience"].to_list() == ["dissatisfied"] * 2 + ["satisfied"] * 3


def test_when_nobody_speaks_there_is_no_share_among_feedback():
    outcome = feedback.expected(two(0.1, 0, 0))
    assert isnan(outcome.negative_of_feedback)
    assert outcome.negative_of_orders == 0
    assert isnan(feedback.counted(feedback.simulated(two(0.1, 0, 0), 10, seed=1)).positive_of_feedback)


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: Response((1, 5), (0.5, 0.6), (0.1, 0.1)), "sum to 1"),
        (lambda: Response((1, 5), (0.5, 0.5), (0.1, 1.1)), "propensities"),
        (lambda: Response((5, 1), (0.5, 0.5), (0.1, 0.1)), "rising stars"),
        (lambda: Response((1, 5), (0.5, 0.5), (0.1,)), "one share and one propensity"),
        (lambda: Response((1, 5), (0.5, 0.5), (0.1, 0.1), (-1, 0)), "attrition"),
    ],
)
def test_impossible_models_are_refused(build, said):
    with pytest.raises(ValueError, match=said):
        build()


@pytest.mark.parametrize("name", PRESETS)
def test_simulated_feedback_comes_to_the_closed_form(name):
    orders, response = 200_000, PRESETS[name].response
    drawn = feedback.counted(feedback.simulated(response, orders, seed=3))
    wanted = feedback.expected(response)
    for share in ("dissatisfied", "response_rate", "negative_of_orders", "positive_of_orders"):
        p = float(getattr(wanted, share))
        assert getattr(drawn, share) == pytest.approx(p, abs=4.5 * sqrt(p * (1 - p) / orders))
    told = orders * float(wanted.response_rate)
    p = float(wanted.negative_of_feedback)
    assert drawn.negative_of_feedback == pytest.approx(p, abs=5 * sqrt(p * (1 - p) / told))


def test_the_same_seed_gives_the_same_buyers_and_more_readiness_only_more_speakers():
    quiet, loud = (feedback.simulated(two(0.1, a, 0.5), 1_000, seed=5) for a in (0.02, 0.2))
    assert quiet["stars"].equals(loud["stars"])
    assert (loud["responded"] | ~quiet["responded"]).all()
    assert loud["responded"].sum() > quiet["responded"].sum()
    assert not quiet["stars"].equals(feedback.simulated(two(0.1, 0.02, 0.5), 1_000, seed=6)["stars"])


def test_a_picture_of_the_seed_case_has_one_row_an_order():
    orders = feedback.laid_out(satisfied=50, dissatisfied=2, positive=1, negative=2)
    assert orders.group_by("experience", "responded").len().sort("len")["len"].to_list() == [1, 2, 49]
    with pytest.raises(ValueError, match="at most as many"):
        feedback.laid_out(satisfied=1, dissatisfied=0, positive=2, negative=0)


# --- published cases ---


def test_presets_go_in_both_directions_and_name_their_source():
    assert {preset.louder for preset in PRESETS.values()} == {"dissatisfied", "satisfied"}
    assert all(preset.source and preset.assumed for preset in PRESETS.values())
    assert not [preset for preset in PRESETS.values() if "amazon" in preset.title.lower()]


def test_ebay_buyers_are_the_other_way_round():
    wanted = CASES["SEL-04"]["expected"]
    response = PRESETS["ebay"].response
    assert response.response_ratio == pytest.approx(wanted["r"], rel=1e-9)
    assert response.propensities[0] == pytest.approx(wanted["b"], rel=1e-9)
    outcome = feedback.expected(response)
    assert outcome.negative_of_feedback == pytest.approx(0.0055, rel=1e-9)
    assert outcome.positive_of_orders == pytest.approx(0.647, abs=5e-4)


def test_hotel_guests_are_twice_as_loud_when_unhappy():
    outcome = feedback.expected(PRESETS["hotel_survey"].response)
    assert (outcome.dissatisfied, outcome.negative_of_feedback) == pytest.approx((0.12, 0.24))
    assert PRESETS["hotel_survey"].response.response_ratio == pytest.approx(0.24 * 0.88 / (0.76 * 0.12))


def test_product_reviews_make_a_j_and_its_two_means():
    response = PRESETS["product_reviews"].response
    outcome, shown = feedback.expected(response), feedback.by_stars(response)["of_feedback"].to_list()
    assert (round(outcome.stars_of_feedback, 2), round(outcome.stars_of_orders, 2)) == (3.89, 4.34)
    assert shown[4] > shown[0] > max(shown[1:3])
    assert response.shares[0] < response.shares[2]


def test_hidden_reviews_bring_the_published_changes():
    before, after = (feedback.expected(PRESETS[name].response) for name in ("shown_at_once", "blind_reveal"))
    assert after.response_rate / before.response_rate - 1 == pytest.approx(0.017, abs=5e-4)
    assert after.stars_of_feedback / before.stars_of_feedback - 1 == pytest.approx(-0.0025, abs=5e-5)


def test_film_renters_speak_as_published():
    assert PRESETS["film_rental"].response.propensities == (0.06, 0.23, 0.32)
