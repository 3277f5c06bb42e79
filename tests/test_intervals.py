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
    low, high = intervals.clopper_pearson(np.arange(n + 1), n)
    chance = np.array([rate**k * (1 - rate) ** (n - k) for k in range(n + 1)])
    ways = np.cumprod(np.concatenate([[1.0], (n - np.arange(n)) / (np.arange(n) + 1.0)]))
    assert (chance * ways)[(low <= rate) & (rate <= high)].sum() >= 0.95
