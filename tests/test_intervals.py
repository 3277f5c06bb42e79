"""Expected values: published tables and arbitrary-precision references in tests/data/oracles.json."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intervals

CASES = json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
REFERENCE = [case for case in CASES if "wilson" in case["expected"]]


@pytest.mark.parametrize("case", REFERENCE, ids=lambda case: case["id"])
@pytest.mark.parametrize(
    ("function", "name"),
    [
        (intervals.wilson, "wilson"),
        (intervals.clopper_pearson, "clopper_pearson"),
        (intervals.jeffreys, "jeffreys_BCD_modified"),
    ],
    ids=["wilson", "clopper_pearson", "jeffreys"],
)
def test_intervals_agree_with_arbitrary_precision_references(case, function, name):
    found = function(case["inputs"]["x"], case["inputs"]["n"], case["inputs"]["level"])
    assert np.array(found) == pytest.approx(case["expected"][name], rel=1e-8, abs=1e-12)


def test_three_of_six_hundred_is_under_one_percent_with_probability_ninety_not_certainty():
    assert intervals.probability_below(3, 600, 0.01) == pytest.approx(0.9005940917451076, rel=1e-9)


def test_no_orders_give_no_interval():
    assert np.isnan(intervals.wilson(0, 0)).all()
    assert np.isnan(intervals.jeffreys(0, 0)).all()
    assert np.isnan(intervals.clopper_pearson(0, 0)).all()


def test_more_defects_than_orders_is_refused():
    with pytest.raises(ValueError, match="0 ≤ x ≤ n"):
        intervals.wilson(3, 2)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_every_interval_holds_the_observed_rate_and_mirrors_good_and_bad(counts):
    x, n = counts
    for function in (intervals.wilson, intervals.jeffreys, intervals.clopper_pearson):
        low, high = function(x, n)
        mirrored_low, mirrored_high = function(n - x, n)
        assert 0 <= low <= x / n <= high <= 1
        assert (low, high) == pytest.approx((1 - mirrored_high, 1 - mirrored_low), abs=1e-9)


def test_clopper_pearson_covers_the_truth_at_least_as_often_as_it_says():
    n, rate = 60, 0.01
    low, high = intervals.clopper_pearson(np.arange(n + 1), n, 0.95)
    chance = np.array([rate**k * (1 - rate) ** (n - k) for k in range(n + 1)])
    ways = np.cumprod(np.concatenate([[1.0], (n - np.arange(n)) / (np.arange(n) + 1.0)]))
    assert (chance * ways)[(low <= rate) & (rate <= high)].sum() >= 0.95


@pytest.mark.parametrize(("x", "n", "effect"), [(1, 20, 3.0), (5, 300, 1.7), (18, 20, 1.3)])
def test_the_interval_of_deflated_counts_leaves_five_percent_of_the_beta_on_either_side(x, n, effect):
    """By sums over a fine grid of v, the rate being v⁴: there the densities have no pole at 0."""
    low, high = intervals.clopper_pearson(x / effect, n / effect)
    v = (np.arange(1_000_000) + 0.5) / 1_000_000
    rates, a, b = v**4, x / effect, (n - x) / effect
    under = v ** (4 * a - 1) * (1 - rates) ** b
    over = v ** (4 * a + 3) * (1 - rates) ** (b - 1)
    assert under[rates < low].sum() / under.sum() == pytest.approx(0.05, abs=5e-4)
    assert over[rates > high].sum() / over.sum() == pytest.approx(0.05, abs=5e-4)


def test_none_and_all_have_their_own_end_however_the_counts_are_deflated():
    """The other end by hand: (1 − high)^n = 0.05."""
    low, high = intervals.clopper_pearson([0, 2.5], [2.5, 2.5])
    assert (low[0], high[1]) == (0, 1)
    assert high[0] == pytest.approx(1 - 0.05 ** (1 / 2.5))
    assert low[1] == pytest.approx(0.05 ** (1 / 2.5))


def test_fewer_orders_of_one_rate_give_a_wider_interval():
    low, high = intervals.clopper_pearson(6 / np.linspace(1, 20, 100), 400 / np.linspace(1, 20, 100))
    assert (np.diff(low) < 0).all()
    assert (np.diff(high) > 0).all()


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, float("nan")])
@pytest.mark.parametrize("function", [intervals.wilson, intervals.jeffreys, intervals.clopper_pearson])
def test_a_level_outside_nought_and_one_is_refused(function, level):
    with pytest.raises(ValueError, match="level between 0 and 1"):
        function(3, 600, level)


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (float("nan"), 5), (1, float("inf")), (0, -3), ([1, 7], [5, 5])])
def test_counts_that_cannot_be_are_refused(x, n):
    with pytest.raises(ValueError, match="0 ≤ x ≤ n"):
        intervals.clopper_pearson(x, n)


@pytest.mark.parametrize(("target", "prior"), [(1.5, (1, 1)), (-0.01, (1, 1)), (float("nan"), (1, 1)), (0.01, (0, 1))])
def test_a_target_or_a_prior_that_cannot_be_is_refused(target, prior):
    with pytest.raises(ValueError, match="expected"):
        intervals.probability_below(3, 600, target, prior)
