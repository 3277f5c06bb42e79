"""What chance alone does to a small seller, against published and enumerated chances."""

import json
from pathlib import Path

import numpy as np
import pytest

from helpers import feedback
from helpers.feedback import Response

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}


def two(q, a, b):
    return Response.two_levels(dissatisfied=q, propensity_dissatisfied=b, propensity_satisfied=a)


def test_the_seed_case_has_more_negatives_than_positives_three_times_in_four():
    inputs, wanted = CASES["SEL-12a"]["inputs"], CASES["SEL-12a"]["expected"]
    found = feedback.probability_more_negative(
        inputs["n_satisfied"],
        inputs["n_dissatisfied"],
        propensity_satisfied=inputs["a"],
        propensity_dissatisfied=inputs["b"],
    )
    assert found.more_negative == pytest.approx(wanted["p_neg_gt_pos"], rel=1e-9)
    assert found.tie == pytest.approx(wanted["p_tie_nonzero"], rel=1e-9)
    assert found.none == wanted["p_no_feedback"]


def test_nobody_dissatisfied_is_never_more_negative():
    found = feedback.probability_more_negative(3, 0, propensity_satisfied=0.5, propensity_dissatisfied=1)
    assert (found.more_negative, found.tie, found.none) == pytest.approx((0, 0, 0.125))


def test_when_nobody_speaks_there_is_no_record():
    assert feedback.probability_standing(50, two(0.1, 0, 0)).none == 1


def test_three_stars_stand_on_neither_side():
    # One order: a quarter each negative, three stars, positive, silent.
    response = Response((1, 3, 5), (1 / 3, 1 / 3, 1 / 3), (0.75, 0.75, 0.75))
    found = feedback.probability_standing(1, response)
    assert (found.more_negative, found.tie, found.none, found.more_positive) == pytest.approx((0.25, 0, 0.5, 0.25))


def test_a_random_number_of_dissatisfied_buyers_mixes_the_fixed_ones():
    # 3 orders, half dissatisfied: 1/8, 3/8, 3/8, 1/8 of 0 to 3.
    mixed = feedback.probability_standing(3, two(0.5, 0.4, 0.7)).more_negative
    fixed = [
        feedback.probability_more_negative(3 - d, d, propensity_satisfied=0.4, propensity_dissatisfied=0.7)
        for d in range(4)
    ]
    assert mixed == pytest.approx(
        sum(w * f.more_negative for w, f in zip((1 / 8, 3 / 8, 3 / 8, 1 / 8), fixed, strict=True))
    )


def test_the_law_holds_for_a_large_shop_too():
    # 100,000 orders, mean 1,500 negative and 1,500 positive: even, and ties about 1/√(2π·3000) by the normal density.
    found = feedback.probability_standing(100_000, two(0.05, 0.3 * 0.05 / 0.95, 0.3))
    assert found.more_negative == pytest.approx(found.more_positive, rel=1e-9)
    assert found.tie == pytest.approx(1 / np.sqrt(2 * np.pi * 3_000), rel=1e-3)


def test_the_grid_has_a_row_for_every_combination():
    grid = feedback.grid([52, 100], [0.05], [0.02, 0.1], [0.3, 0.6, 1.0])
    assert grid.height == 12
    assert grid.select("orders", "propensity_satisfied", "propensity_dissatisfied").is_unique().all()
    last = grid.row(-1, named=True)
    direct = feedback.probability_standing(100, two(0.05, 0.1, 1.0))
    assert {name: last[name] for name in vars(direct)} == vars(direct)


@pytest.mark.parametrize("name", ["FP-21", "FP-23", "FP-24"])
def test_a_good_seller_misses_at_one_look_as_often_as_the_binomial_says(name):
    inputs, wanted = CASES[name]["inputs"], CASES[name]["expected"]
    for must_be, key in (("below", "p_ge"), ("at_most", "p_gt")):
        row = feedback.one_look(inputs["N"], inputs["p"], inputs["tau"], must_be).row(0, named=True)
        assert row["probability_missed"] == pytest.approx(wanted[key], rel=1e-9)
        assert row["allowed"] + 1 == wanted["min_defects_to_breach"] + (must_be == "at_most")


def test_a_window_of_a_steady_account_misses_as_often_as_the_binomial_says():
    inputs, wanted = CASES["CP-05"]["inputs"], CASES["CP-05"]["expected"]
    row = feedback.one_look(inputs["N"], inputs["p"], inputs["tau"]).row(0, named=True)
    assert row["probability_missed"] == pytest.approx(wanted["p_breach"], rel=1e-9)


def test_the_bad_orders_allowed_grow_one_in_a_hundred():
    wanted = CASES["REC-14"]["expected"]["max_defects"]
    assert feedback.one_look(CASES["REC-14"]["inputs"]["orders"], 0.005, "0.01")["allowed"].to_list() == wanted


def test_a_hundred_orders_allow_no_bad_one_and_a_hundred_and_one_allow_one():
    chances = feedback.one_look([0, 1, 100, 101], 0.005, "0.01")["probability_missed"].to_list()
    none = 0.995**100
    one = 101 * 0.005 * none
    assert chances == pytest.approx([0, 0.005, 1 - none, 1 - none * 0.995 - one])


def test_a_target_the_counts_cannot_miss_is_never_missed():
    assert feedback.one_look(5, 0.5, 1, "at_most")["probability_missed"].to_list() == [0]
    with pytest.raises(ValueError, match="below or at_most"):
        feedback.one_look(5, 0.5, 0.01, "at_least")
