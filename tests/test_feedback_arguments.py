"""What cannot be meant is refused by name, and nothing asked for takes the machine's memory."""

from functools import partial
from math import inf, nan

import polars as pl
import pytest

from helpers import feedback, identification, own_feedback
from helpers.feedback import Response

two = partial(Response.two_levels, dissatisfied=0.1, propensity_satisfied=0.1)
MODEL = two(propensity_dissatisfied=0.5)
ARM = pl.DataFrame({"orders": [100], "positive": [10], "negative": [5]})
LISTS = pl.DataFrame({"one": [True, False], "two": [True, True]})
SPOKE = pl.DataFrame({"is_flagged": [True, False, False], "stars": [1, 5, None]})
HUGE = 10**12


def known_proxy(level):
    return identification.by_known_proxy(5, 100, 0.8, 0.9, level=level)


@pytest.mark.parametrize("level", [95, 1, 0, -0.5, nan])
@pytest.mark.parametrize(
    "reading",
    [
        lambda level: feedback.bounds_interval(100, 10, 5, level=level),
        lambda level: feedback.implied_interval(10, 5, 2.0, level=level),
        lambda level: feedback.implied_interval(10, 5, 2.0, orders=100, level=level),
        lambda level: feedback.implied_stars_interval({1: 5, 5: 10}, {1: 0.1, 5: 0.2}, level=level),
        lambda level: feedback.breakdown_interval(10, 5, "0.01", level=level),
        lambda level: feedback.curve(100, 10, 5, [1.0], level=level),
        lambda level: identification.by_solicitation(ARM, level=level),
        known_proxy,
        lambda level: identification.by_proxy(SPOKE, level=level),
        lambda level: identification.by_lists(LISTS, level=level),
        lambda level: own_feedback.implied(pl.DataFrame(), level=level),
    ],
)
def test_a_level_that_is_no_share_of_one_is_refused(reading, level):
    with pytest.raises(ValueError, match=r"expected a level between 0 and 1, such as 0.95 for 95 %"):
        reading(level)


@pytest.mark.parametrize("ratio", [nan, inf, 0, -1, (nan, 2.0), (1.0, nan), (1.0, inf), (0.0, 1.0)])
@pytest.mark.parametrize("reading", [feedback.implied, feedback.implied_interval])
def test_a_ratio_that_is_no_number_above_zero_is_refused(reading, ratio):
    with pytest.raises(ValueError, match="expected"):
        reading(10, 5, ratio)


@pytest.mark.parametrize("rate", [1.5, -0.1, nan, inf])
@pytest.mark.parametrize(
    "reading",
    [
        lambda rate: feedback.one_look(100, rate, "0.01"),
        lambda rate: feedback.looks([rate], [100]),
        lambda rate: feedback.grid([10], [rate], [0.1], [0.2]),
        lambda rate: feedback.probability_more_negative(5, 5, propensity_satisfied=rate, propensity_dissatisfied=0.1),
        lambda rate: feedback.probability_more_negative(5, 5, propensity_satisfied=0.1, propensity_dissatisfied=rate),
        lambda rate: two(propensity_dissatisfied=rate),
        lambda rate: feedback.solicited(MODEL, rate),
        lambda rate: feedback.breakdown_interval(10, 5, rate),
        lambda rate: feedback.breakdown_ratio(100, 10, 5, rate),
        lambda rate: feedback.one_look(100, 0.1, rate),
    ],
)
def test_a_rate_outside_zero_to_one_is_refused(reading, rate):
    with pytest.raises(ValueError, match="expected"):
        reading(rate)


@pytest.mark.parametrize(
    "reading",
    [
        lambda: feedback.bounds(nan, 1, 1),
        lambda: feedback.bounds(100, nan, 1),
        lambda: feedback.bounds(inf, 1, 1),
        lambda: feedback.posterior(10, -1, 3),
        lambda: feedback.posterior(10, 1, 3).quantiles(95),
        lambda: feedback.bounds_of_stars(10, {6: 1}),
        lambda: feedback.bounds_of_stars(10, {1: -1, 5: 2}),
        lambda: feedback.implied_stars({1: 2, 5: 3}, {1: nan, 5: 0.1}),
        lambda: feedback.implied_stars({1: -2, 5: 3}, {1: 0.1, 5: 0.1}),
        lambda: feedback.breakdown_interval(0, 0, "0.01"),
        lambda: feedback.one_look([-5], 0.1, "0.01"),
        lambda: feedback.probability_standing(-1, MODEL),
        lambda: feedback.simulated(MODEL, -1, seed=1),
        lambda: feedback.feedback_needed(1, 2, nan),
        lambda: Response((1, 5), (0.1, 0.9), (0.1, 0.1), (nan, 0.1), 3),
        lambda: Response((1, 5), (0.1, 0.9), (0.1, 0.1), (0.1, 0.1), nan),
        lambda: identification.by_known_proxy(5, 100, nan, 0.9),
        lambda: identification.by_lists(LISTS.clear()),
    ],
)
def test_counts_that_cannot_be_are_refused(reading):
    with pytest.raises(ValueError, match="expected"):
        reading()


@pytest.mark.parametrize(
    "reading",
    [
        lambda: feedback.simulated(MODEL, HUGE, seed=1),
        lambda: feedback.laid_out(satisfied=HUGE, dissatisfied=1, positive=1, negative=1),
        lambda: feedback.known_truth(MODEL, 100, HUGE, seed=1),
        lambda: feedback.known_truth(MODEL, 10**17, 1, seed=1),
        lambda: feedback.probability_standing(HUGE, MODEL),
        lambda: feedback.grid([HUGE], [0.1], [0.1], [0.1]),
        lambda: feedback.probability_more_negative(HUGE, 1, propensity_satisfied=0.1, propensity_dissatisfied=0.1),
        lambda: feedback.one_look([10**18], 0.1, "0.123456789"),
    ],
)
def test_more_than_memory_or_whole_numbers_can_hold_is_refused_with_the_most_that_can_be(reading):
    with pytest.raises(ValueError, match=r"expected a whole number of \w+ from 0 to [\d,]+, found 1"):
        reading()


def test_a_million_million_orders_have_their_closed_forms():
    assert feedback.bounds(HUGE, HUGE // 2, HUGE // 10) == (0.1, 0.5)
    assert feedback.one_look(HUGE, 0.005, "0.01").row(0) == (HUGE, 10**10 - 1, 0.0)
    low, high = feedback.implied_interval(HUGE // 2, HUGE // 10, 1.0, orders=HUGE)
    assert low == pytest.approx(1 / 6, rel=1e-4)
    assert high == pytest.approx(1 / 6, rel=1e-4)
    rows = feedback.known_truth(MODEL, HUGE, 3, seed=1)
    assert rows.filter(reading="ratio").item(0, "covered") == 3
