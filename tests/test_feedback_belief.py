"""A Bayesian reading: exact where counts teach, honest where they cannot."""

from math import log, sqrt

import numpy as np
import pytest

from helpers import feedback
from helpers.feedback import Prior


def quantile(belief, quantity, level, column="posterior"):
    found = belief.quantiles(level)
    return found.filter(found["quantity"] == quantity)[column][0]


def logit(p):
    return log(p / (1 - p))


def test_prior_and_posterior_are_both_distributions_and_side_by_side():
    curves = feedback.posterior(100, 10, 3).curves
    sums = curves.group_by("quantity").sum()
    assert sums["prior"].to_list() == pytest.approx([1, 1])
    assert sums["posterior"].to_list() == pytest.approx([1, 1])


def test_before_the_counts_nobody_is_louder():
    belief = feedback.posterior(100, 10, 3)
    assert quantile(belief, "response_ratio", 0.5, "prior") == pytest.approx(1, rel=0.06)  # half a cell of the ratio
    assert belief.probability_below(0.3)[0] == pytest.approx(0.3, abs=0.002)


def test_few_counts_give_the_posterior_that_a_sum_over_the_prior_gives():
    # The same integral on a plain grid of q, a and b: 6 orders, 2 positive, 1 negative.
    at = (np.arange(120) + 0.5) / 120
    q, a, b = np.meshgrid(at, at, at, indexing="ij")
    u, v = q * b, (1 - q) * a
    weight = u * v**2 * (1 - u - v) ** 3
    belief = feedback.posterior(6, 2, 1)
    for target in (0.2, 0.4, 0.6):
        wanted = weight[: round(120 * target)].sum() / weight.sum()
        assert belief.probability_below(target)[1] == pytest.approx(wanted, abs=0.01)
    for ratio in (0.5, 2):
        wanted = weight[b / a < ratio].sum() / weight.sum()
        assert belief.probability_below(ratio, "response_ratio")[1] == pytest.approx(wanted, abs=0.015)


def test_a_hundred_times_the_orders_do_not_settle_the_share():
    # Known u and v leave log-odds of q uniform between the worst-case bounds, under uniform priors.
    small, large = feedback.posterior(1_000, 100, 20), feedback.posterior(1_000_000, 100_000, 20_000)
    low, high = logit(0.02), logit(0.9)
    for level in (0.1, 0.5, 0.9):
        assert logit(quantile(large, "dissatisfied", level)) == pytest.approx(low + level * (high - low), abs=0.06)
    spread = [
        logit(quantile(belief, "dissatisfied", 0.95)) - logit(quantile(belief, "dissatisfied", 0.05))
        for belief in (small, large)
    ]
    assert spread[1] > 0.9 * spread[0] > 4


def test_what_is_known_of_the_propensities_settles_it():
    prior = Prior(propensity_dissatisfied=(3_000, 7_000), propensity_satisfied=(2_000, 98_000))
    belief = feedback.posterior(20_000, 380, 300, prior)  # u = 0.015 = 0.3·q
    assert quantile(belief, "dissatisfied", 0.5) == pytest.approx(0.05, rel=0.05)
    assert quantile(belief, "response_ratio", 0.5) == pytest.approx(15, rel=0.08)
    assert quantile(belief, "dissatisfied", 0.95) < 0.06


def test_a_prior_that_cannot_have_these_counts_is_refused():
    with pytest.raises(ValueError, match="expected at most"):
        feedback.posterior(5, 4, 2)


def test_over_the_prior_ninety_percent_intervals_hold_the_truth_nine_times_in_ten():
    draws, orders, draw = 400, 40, np.random.default_rng(21)
    covered = 0
    for q, a, b in draw.random((draws, 3)):
        m, p, _ = draw.multinomial(orders, [q * b, (1 - q) * a, 1 - q * b - (1 - q) * a])
        found = feedback.posterior(orders, int(p), int(m)).quantiles(0.05, 0.95)["posterior"]
        covered += found[0] <= q <= found[1]
    assert covered / draws == pytest.approx(0.9, abs=3 * sqrt(0.9 * 0.1 / draws))


def test_one_negative_order_makes_the_share_as_likely_as_it_is_large():
    # Under uniform priors the chance of it is q/2, so the posterior density is 2q: a quarter below one half.
    assert feedback.posterior(1, 0, 1).probability_below(0.5)[1] == pytest.approx(0.25, abs=0.01)
