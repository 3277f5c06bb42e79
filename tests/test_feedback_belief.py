"""A Bayesian reading: exact where counts teach, honest where they cannot."""

from math import log, sqrt

import numpy as np
import pytest
from scipy.special import betainc, betaln, gammaln, ndtri
from scipy.stats import beta

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


def below(orders, positive, negative, prior, target):
    """Exactly: a sum over how many of the silent are dissatisfied, given which all three chances are Beta again."""
    silent = orders - positive - negative
    k = np.arange(silent + 1)
    (of, rest), (speak, hush), (answer, mute) = (
        prior.dissatisfied,
        prior.propensity_dissatisfied,
        prior.propensity_satisfied,
    )
    weight = gammaln(silent + 1) - gammaln(k + 1) - gammaln(silent - k + 1)
    weight += betaln(of + negative + k, rest + positive + silent - k)
    weight += betaln(speak + negative, hush + k) + betaln(answer + positive, mute + silent - k)
    weight = np.exp(weight - weight.max())
    return weight @ betainc(of + negative + k, rest + positive + silent - k, target) / weight.sum()


INFORMED = [
    (1_000, 30, 20, Prior((30, 3_000), (60, 40))),
    (1_000, 5, 40, Prior((1, 199))),
    (20_000, 380, 300, Prior(propensity_dissatisfied=(3_000, 7_000), propensity_satisfied=(2_000, 98_000))),
    (40, 2, 12, Prior((667, 264), (69, 38), (239, 312))),
    (5, 0, 0, Prior((0.5, 0.5), (0.5, 0.5), (0.5, 0.5))),
    (500, 400, 50, Prior()),
    (5_000, 80, 3_700, Prior((1_700, 550), (6.7, 6.1), (0.8, 4))),
]


@pytest.mark.parametrize(("orders", "positive", "negative", "prior"), INFORMED)
def test_a_prior_of_any_sharpness_gives_the_posterior_of_the_exact_sum(orders, positive, negative, prior):
    belief = feedback.posterior(orders, positive, negative, prior)
    for level in (0.05, 0.25, 0.5, 0.75, 0.95):
        at = quantile(belief, "dissatisfied", level)
        assert below(orders, positive, negative, prior, at) == pytest.approx(level, abs=0.003)
        assert beta.cdf(quantile(belief, "dissatisfied", level, "prior"), *prior.dissatisfied) == pytest.approx(
            level, abs=0.003
        )


def test_random_priors_and_counts_give_the_posterior_of_the_exact_sum():
    draw = np.random.default_rng(22)
    for _ in range(30):
        orders = int(10 ** draw.uniform(0.5, 3.5))
        negative, positive, _ = draw.multinomial(orders, draw.dirichlet([0.3, 0.5, 1]))
        weights, means = 10 ** draw.uniform(-0.3, 3.5, 3), draw.uniform(0.02, 0.98, 3)
        prior = Prior(*((float(w * m), float(w * (1 - m))) for w, m in zip(weights, means, strict=True)))
        belief = feedback.posterior(orders, int(positive), int(negative), prior)
        at = quantile(belief, "dissatisfied", 0.5)
        assert below(orders, positive, negative, prior, at) == pytest.approx(0.5, abs=0.003)


def test_a_log_normal_ratio_gives_the_posterior_that_a_sum_over_the_prior_gives():
    # The same integral at quantiles of the three priors: 60 orders, 10 positive, 4 negative.
    prior = Prior((2, 10), propensity_satisfied=(2, 8), response_ratio=(3, 0.6))
    at = (np.arange(200) + 0.5) / 200
    ratios = 3 * np.exp(0.6 * ndtri(at))
    q, a, r = np.meshgrid(beta.ppf(at, 2, 10), beta.ppf(at, 2, 8), ratios, indexing="ij")
    b = np.minimum(a * r, 1)
    weight = np.where(a * r < 1, (q * b) ** 4 * ((1 - q) * a) ** 10 * (1 - q * b - (1 - q) * a) ** 46, 0)
    belief = feedback.posterior(60, 10, 4, prior)
    for target in (0.05, 0.1, 0.2):
        wanted = weight[q < target].sum() / weight.sum()
        assert belief.probability_below(target)[1] == pytest.approx(wanted, abs=0.005)
    for ratio in (1.5, 3, 5):
        before, after = belief.probability_below(ratio, "response_ratio")
        assert after == pytest.approx(weight[r < ratio].sum() / weight.sum(), abs=0.006)
        assert before == pytest.approx(((r < ratio) & (a * r < 1)).sum() / (a * r < 1).sum(), abs=0.006)


def test_a_ratio_that_is_all_but_known_makes_of_the_counts_what_the_ratio_implies():
    belief = feedback.posterior(1_000_000, 100_000, 20_000, Prior(response_ratio=(2, 1e-4)))
    assert quantile(belief, "dissatisfied", 0.5) == pytest.approx(feedback.implied(100_000, 20_000, 2.0), rel=1e-3)
    assert quantile(belief, "response_ratio", 0.5) == pytest.approx(2, rel=1e-3)


@pytest.mark.parametrize(
    "said",
    [
        {"dissatisfied": (0, 1)},
        {"propensity_satisfied": (1, float("nan"))},
        {"response_ratio": (float("inf"), 1)},
        {"response_ratio": (2, 1), "propensity_dissatisfied": (2, 1)},
    ],
)
def test_a_prior_that_is_no_distribution_is_refused(said):
    with pytest.raises(ValueError, match="expected"):
        Prior(**said)


def test_a_million_million_orders_are_read_as_fast_as_a_thousand():
    belief = feedback.posterior(10**12, 10**11, 2 * 10**10)
    low, high = logit(0.02), logit(0.9)
    assert logit(quantile(belief, "dissatisfied", 0.5)) == pytest.approx((low + high) / 2, abs=0.02)


def test_a_prior_that_cannot_have_these_counts_is_refused():
    with pytest.raises(ValueError, match="expected at most"):
        feedback.posterior(5, 4, 2)


def test_over_the_prior_ninety_percent_intervals_hold_the_truth_nine_times_in_ten():
    draws, orders, draw = 120, 40, np.random.default_rng(21)
    covered = 0
    for q, a, b in draw.random((draws, 3)):
        m, p, _ = draw.multinomial(orders, [q * b, (1 - q) * a, 1 - q * b - (1 - q) * a])
        found = feedback.posterior(orders, int(p), int(m)).quantiles(0.05, 0.95)["posterior"]
        covered += found[0] <= q <= found[1]
    assert covered / draws == pytest.approx(0.9, abs=3 * sqrt(0.9 * 0.1 / draws))


def test_one_negative_order_makes_the_share_as_likely_as_it_is_large():
    # Under uniform priors the chance of it is q/2, so the posterior density is 2q: a quarter below one half.
    assert feedback.posterior(1, 0, 1).probability_below(0.5)[1] == pytest.approx(0.25, abs=0.01)
