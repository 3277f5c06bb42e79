"""What silence hides: bounds, implied shares, the ratio that decides, and chance on top."""

import json
from fractions import Fraction
from functools import cache
from itertools import product
from math import comb, inf, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import feedback
from helpers.feedback.sampling import estimated_tail, tail

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}
COUNTS = st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300)).filter(any)


def test_silence_can_hide_anything_between_none_and_all():
    assert feedback.bounds(100, 60, 10) == (0.1, 0.4)
    assert feedback.bounds(5, 0, 0) == (0, 1)
    assert feedback.bounds(5, 4, 1) == (0.2, 0.2)


def test_more_feedback_than_orders_is_refused():
    for counts in ((5, 4, 2), (0, 0, 0), (5, -1, 0)):
        with pytest.raises(ValueError, match="expected at most"):
            feedback.bounds(*counts)


def test_mean_stars_lie_between_all_silent_at_one_and_all_at_five():
    # 10 orders, 5 + 5 + 1 stars from three: (11 + 7)/10 and (11 + 35)/10
    assert feedback.bounds_of_stars(10, {5: 2, 1: 1}) == pytest.approx((1.8, 4.6))


def test_a_known_ratio_undoes_the_bias():
    inputs = CASES["SEL-03"]["inputs"]
    assert feedback.implied(19, 15, inputs["r"]) == pytest.approx(CASES["SEL-03"]["expected"]["q"], rel=1e-9)


def test_a_range_of_ratios_gives_a_range_of_shares():
    assert feedback.implied(90, 10, (0.5, 2)) == pytest.approx((10 / 190, 10 / 55))


def test_ratios_that_the_counts_do_not_allow_do_not_widen_the_range():
    # 100 orders, 60 and 10 feedback: ratios 10/40 to 90/60, shares 0.1 to 0.4.
    assert feedback.implied(60, 10, (1.0, 50.0), orders=100) == pytest.approx((0.1, 10 / 70))
    assert feedback.implied(60, 10, (0.01, 50.0), orders=100) == pytest.approx((0.1, 0.4))
    with pytest.raises(ValueError, match=r"between 0.25 and 1.5"):
        feedback.implied(60, 10, (2.0, 50.0), orders=100)
    with pytest.raises(ValueError, match="low to high"):
        feedback.implied(60, 10, (2.0, 1.0))


def test_a_wide_range_of_ratios_says_no_more_than_the_worst_case_does():
    worst = feedback.bounds_interval(100, 60, 10)
    assert feedback.implied_interval(60, 10, (0.001, 1000.0), orders=100) == worst
    with pytest.raises(ValueError, match="these counts allow"):
        feedback.implied_interval(600, 100, (200.0, 500.0), orders=1_000)


@given(COUNTS.filter(lambda counts: counts[0] and counts[1]))
def test_the_feasible_ratios_imply_exactly_the_bounds(counts):
    positive, negative, _ = counts
    orders = sum(counts)
    ratios = feedback.feasible_ratios(orders, positive, negative)
    implied = feedback.implied(positive, negative, tuple(ratios))
    assert implied == pytest.approx(feedback.bounds(orders, positive, negative), abs=1e-12)


def test_a_ratio_of_zero_and_no_feedback_are_refused():
    for counts in ((3, 1, 0), (0, 0, 2)):
        with pytest.raises(ValueError, match="ratio above 0"):
            feedback.implied(*counts)


def test_stars_are_weighed_by_how_readily_each_is_told():
    # 10/0.5 = 20 and 40/0.1 = 400 orders behind the feedback
    found = feedback.implied_stars({1: 10, 5: 40}, {1: 0.5, 5: 0.1})
    assert found["dissatisfied"] == pytest.approx((20 / 420, 20 / 420))
    assert found["stars"] == pytest.approx(((20 + 2000) / 420,) * 2)


def test_ranges_of_readiness_give_the_widest_shares_that_fit():
    counts, spans = {1: 10, 3: 5, 5: 40}, {1: (0.2, 0.5), 3: 0.1, 5: (0.1, 0.4)}
    found = feedback.implied_stars(counts, spans)
    tried = [
        (10 / x / (10 / x + 50 + 40 / y), (10 / x + 150 + 200 / y) / (10 / x + 50 + 40 / y))
        for x, y in product(np.linspace(0.2, 0.5, 31), np.linspace(0.1, 0.4, 31))
    ]
    assert found["dissatisfied"] == pytest.approx((min(t[0] for t in tried), max(t[0] for t in tried)))
    assert found["stars"] == pytest.approx((min(t[1] for t in tried), max(t[1] for t in tried)))


def test_the_ratio_that_decides_is_exact_and_within_the_feasible_ones():
    inputs, wanted = CASES["SEL-06"]["inputs"], CASES["SEL-06"]["expected"]
    found = feedback.breakdown_ratio(inputs["N"], inputs["P"], inputs["M"], inputs["q0"])
    assert found.ratio == Fraction(297, 97)
    assert float(found.ratio) == pytest.approx(wanted["r_breakdown"], rel=1e-9)
    assert found.feasible == pytest.approx((wanted["r_min"], wanted["r_max"]), rel=1e-9)
    assert found.is_attainable is wanted["feasible"]
    assert found.truly_under == "depends"
    assert "more than 3.06 times as likely" in found.finding
    assert "30 of 1,000 feedback negative, 10,000 orders" in found.finding


@pytest.mark.parametrize(
    ("counts", "attainable", "under"),
    [
        ((1000, 100, 11), False, "never"),  # 11 known among 1,000: over 1 % whatever the rest
        ((1000, 100, 10), True, "never"),  # exactly at 1 % at best, and "under" is not "at"
        ((1000, 100, 9), True, "depends"),
        ((1000, 990, 5), True, "depends"),  # exactly at 1 % at worst
        ((1000, 991, 5), False, "always"),
        ((1000, 0, 5), False, "depends"),  # nobody satisfied spoke: no ratio
    ],
)
def test_equality_with_the_target_is_decided_in_whole_numbers(counts, attainable, under):
    found = feedback.breakdown_ratio(*counts, "0.01")
    assert (found.is_attainable, found.truly_under) == (attainable, under)
    assert f"{counts[0]:,} orders" in found.finding


def test_a_target_outside_zero_and_one_is_refused():
    with pytest.raises(ValueError, match="target between 0 and 1"):
        feedback.breakdown_ratio(10, 1, 1, 1)


@given(COUNTS.filter(lambda counts: counts[0] and counts[1]), st.sampled_from(["0.01", "0.05", "0.3"]))
def test_just_above_the_ratio_the_account_is_under_and_just_below_it_is_over(counts, target):
    positive, negative, _ = counts
    ratio = float(feedback.breakdown_ratio(sum(counts), positive, negative, target).ratio)
    assert feedback.implied(positive, negative, ratio * 1.001) < float(target)
    assert feedback.implied(positive, negative, ratio * 0.999) > float(target)


# --- chance on top ---


def test_one_tail_is_enough_for_a_wide_set_and_two_are_needed_for_a_point():
    assert tail(0, 1) == pytest.approx(0.025)
    assert tail(100, 1) == pytest.approx(0.05)
    assert tail(0, 0) == pytest.approx(0.025)
    assert tail(0.1, 0) == pytest.approx(0.05)


def test_the_tail_solves_the_equation_of_imbens_and_manski():
    # At C: P(Z ≤ C + Δ) − P(Z ≤ −C) = 0.95, by a sum over the normal density.
    from scipy.stats import norm

    for width in (0.1, 0.5, 1, 2):
        c = norm.isf(tail(width, 1))
        assert norm.cdf(c + width) - norm.cdf(-c) == pytest.approx(0.95, abs=1e-9)
    assert tail(0.2, 1) < tail(0.5, 1) < tail(2, 1)


def test_a_width_that_may_be_zero_by_luck_counts_as_zero():
    assert estimated_tail(2, 1, 600) == pytest.approx(0.025)  # √ln 600 = 2.53
    assert estimated_tail(3, 1, 600) == pytest.approx(tail(3, 1))
    assert estimated_tail(-1, 1, 600) == pytest.approx(0.025)


@cache
def _bounds_interval(orders, positive, negative):
    return feedback.bounds_interval(orders, positive, negative)


@pytest.mark.parametrize(
    ("q", "a", "b"),
    [
        (0.05, 0.02, 0.3),
        (0.05, 0.95, 1),
        (0.2, 1, 0.9),
        (0.02, 0.1, 1),
        (0.02, 1, 0.02),
        (0.3, 0.99, 0.99),
        (0.1, 1, 1),
    ],
)
def test_widened_bounds_cover_the_share_with_the_chance_they_say(q, a, b):
    # Every outcome of 40 orders with its chance: coverage without simulation.
    n, u, v, covered = 40, q * b, (1 - q) * a, 0.0
    for m in range(n + 1):
        for p in range(n - m + 1):
            low, high = _bounds_interval(n, p, m)
            if low <= q <= high:
                covered += comb(n, m) * comb(n - m, p) * u**m * v**p * (1 - u - v) ** (n - m - p)
    assert covered >= 0.95


@pytest.mark.parametrize(
    ("ratio", "truly", "q", "a", "orders"),
    [
        (3.0, 3.0, 0.05, 0.05, 400),
        (3.0, 3.0, 0.01, 0.05, 1000),
        ((1.0, 5.0), 1.0, 0.05, 0.05, 400),
        ((1.0, 5.0), 5.0, 0.05, 0.05, 400),
        ((2.9, 3.1), 2.9, 0.05, 0.05, 400),
        (0.2, 0.2, 0.1, 0.8, 100),
    ],
)
def test_implied_intervals_cover_the_share_with_the_chance_they_say(ratio, truly, q, a, orders):
    draws = 2_000
    u, v = q * truly * a, (1 - q) * a
    counts = np.random.default_rng(11).multinomial(orders, [u, v, 1 - u - v], draws)
    spoke = counts[counts[:, 0] + counts[:, 1] > 0]
    spans = np.array([feedback.implied_interval(int(p), int(m), ratio) for m, p, _ in spoke])
    covered = ((spans[:, 0] <= q) & (q <= spans[:, 1])).mean()
    assert covered >= 0.95 - 3 * sqrt(0.95 * 0.05 / draws)


@pytest.mark.parametrize("readiness", [{}, {1: (0.2, 0.365), 5: (0.06, 0.1)}], ids=["known", "ranges"])
@pytest.mark.parametrize("orders", [100, 300, 1500])
def test_stars_imply_an_interval_that_covers_the_dissatisfied_share(orders, readiness):
    response, draws = feedback.PRESETS["product_reviews"].response, 1_500
    told = [share * rho for share, rho in zip(response.shares, response.propensities, strict=True)]
    counts = np.random.default_rng(13).multinomial(orders, [*told, 1 - sum(told)], draws)[:, :5]
    counts = counts[counts.sum(1) > 0]
    known = dict(zip(response.stars, response.propensities, strict=True)) | readiness
    spans = [
        feedback.implied_stars_interval(dict(zip(response.stars, map(int, row), strict=True)), known) for row in counts
    ]
    covered = sum(low <= 0.07 <= high for low, high in spans) / len(spans)
    assert covered >= 0.95 - 3 * sqrt(0.95 * 0.05 / draws)


@pytest.mark.parametrize(("q", "ratio"), [(0.1, (0.02, 20.0)), (0.1, (1.0, 20.0)), (0.1, (0.02, 1.0))])
def test_ranges_cut_to_what_the_counts_allow_cover_the_share(q, ratio):
    draws, orders = 1_000, 150
    counts = np.random.default_rng(14).multinomial(orders, [q * 0.95, (1 - q) * 0.95, 0.05], draws)
    spans = np.array([feedback.implied_interval(int(p), int(m), ratio, orders=orders) for m, p, _ in counts])
    assert ((spans[:, 0] <= q) & (q <= spans[:, 1])).mean() >= 0.95 - 3 * sqrt(0.95 * 0.05 / draws)


@pytest.mark.parametrize(
    ("q", "a", "b"), [(0.1, 0.2, 1.0), (0.3, 1.0, 0.2), (0.05, 0.02, 0.6), (0.2, 1.0, 1.0), (0.1, 0.1, 0.9)]
)
@pytest.mark.parametrize("orders", [40, 200, 1_000])
def test_a_ratio_cut_by_the_worst_case_covers_the_share_even_where_everybody_speaks(q, a, b, orders):
    draws = 1_000
    counts = np.random.default_rng(15).multinomial(orders, [q * b, (1 - q) * a, 1 - q * b - (1 - q) * a], draws)
    counts = counts[counts[:, 0] + counts[:, 1] > 0]
    spans = [feedback.implied_interval(int(p), int(m), b / a, orders=orders) for m, p, _ in counts]
    assert np.mean([low <= q <= high for low, high in spans]) >= 0.95 - 3 * sqrt(0.95 * 0.05 / draws)


@given(COUNTS.filter(lambda counts: counts[0] and counts[1]), st.floats(0, 1), st.floats(1, 100))
def test_knowing_the_orders_never_makes_an_interval_wider(counts, part, factor):
    positive, negative, silent = counts
    orders = positive + negative + silent
    least, most = feedback.feasible_ratios(orders, positive, negative)
    allowed = least * (most / least) ** part
    for ratio in (allowed, (allowed, allowed * factor), (allowed / factor, allowed * factor)):
        alone = feedback.implied_interval(positive, negative, ratio)
        cut = feedback.implied_interval(positive, negative, ratio, orders=orders)
        assert alone.low <= cut.low <= cut.high <= alone.high


def test_equal_readiness_makes_the_interval_of_stars_that_of_the_counts():
    wanted = feedback.implied_interval(90, 10, 2.0)
    assert feedback.implied_stars_interval({1: 10, 5: 90}, {1: 0.4, 5: 0.2}) == pytest.approx(wanted)


def test_a_side_nobody_took_still_has_an_interval():
    # No negative among 20: at most 1 − 0.025^(1/20) of feedback, at the readiness of two stars, the least ready.
    low, high = feedback.implied_stars_interval({5: 20}, {1: 0.5, 2: 0.1, 5: 0.2})
    share = 1 - 0.025 ** (1 / 20)
    assert (low, high) == pytest.approx((0, share / 0.1 / (share / 0.1 + (1 - share) / 0.2)))


def test_an_interval_for_the_ratio_that_decides_covers_it():
    q, a, b, orders, target, draws = 0.02, 0.05, 0.15, 1_000, 0.01, 2_000
    u, v = q * b, (1 - q) * a
    truth = u / v * (1 - target) / target
    counts = np.random.default_rng(12).multinomial(orders, [u, v, 1 - u - v], draws)
    spans = np.array([feedback.breakdown_interval(int(p), int(m), target) for m, p, _ in counts])
    assert ((spans[:, 0] <= truth) & (truth <= spans[:, 1])).mean() >= 0.95 - 3 * sqrt(0.95 * 0.05 / draws)
    assert feedback.breakdown_interval(0, 3, target)[1] == inf


def test_the_curve_falls_with_the_ratio_and_marks_what_the_counts_allow():
    curve = feedback.curve(10_000, 970, 30)
    assert curve["dissatisfied"].is_sorted(descending=True)
    assert (curve["low"] < curve["dissatisfied"]).all()
    assert (curve["dissatisfied"] < curve["high"]).all()
    feasible = curve.filter("is_feasible")["response_ratio"]
    assert 0.0033 < feasible.min() <= 0.01 < feasible.max() < 10.279
    assert 1.0 in [round(ratio, 12) for ratio in curve["response_ratio"]]
