"""What "strong" promises, at every volume: chances are sums of binomial terms, never the Beta functions of the code."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln

from helpers import clustering, intervals
from helpers.verdicts import evidence
from helpers.vocabulary import METRICS

VOLUMES = np.arange(1, 5_001)
SHARES = {"1 %": 0.01, "2.5 %": 0.025, "4 %": 0.04, "95 %": 0.05, "90 %": 0.10}  # target → share of bad ones


def at_most(k, n, rate):
    """P(X ≤ k) of each n by its k, X binomial: the sum of its terms."""
    terms = np.arange(max(k.max(), 0) + 1.0)[:, None]
    ways = gammaln(n + 1.0) - gammaln(terms + 1) - gammaln(np.maximum(n - terms, 0) + 1)
    each = np.exp(ways + terms * math.log(rate) + (n - terms) * math.log1p(-rate))
    return np.where(terms <= np.minimum(k, n), each, 0).sum(axis=0)


def fewest_missed(n, share):
    """The fewest bad ones of n that are strong evidence of a miss, on days of their own; n + 1 when none are."""
    low, high = np.zeros_like(n), n + 1
    while (low < high).any():
        middle = (low + high) // 2
        is_proved = (middle <= n) & evidence.proves_missed(np.minimum(middle, n), n, share)
        high, low = np.where(is_proved, middle, high), np.where(is_proved | (low == high), low, middle + 1)
    return high


def most_met(n, share):
    """The most bad ones of n that are strong evidence of a met target; −1 when not even none are."""
    low, high = np.full_like(n, -1), n.copy()
    while (low < high).any():
        middle = (low + high + 1) // 2
        is_proved = evidence.proves_met(np.maximum(middle, 0), n, share)
        low, high = np.where(is_proved, middle, low), np.where(is_proved, high, np.maximum(middle - 1, -1))
    return low


@pytest.mark.parametrize("share", SHARES.values(), ids=SHARES)
def test_no_rate_on_one_side_of_the_target_is_called_strong_on_the_other_in_more_than_one_look_in_twenty(share):
    missed, met = fewest_missed(VOLUMES, share), most_met(VOLUMES, share)
    for rate in (share, 0.999 * share, 0.8 * share, 0.3 * share):
        assert (1 - at_most(missed - 1, VOLUMES, rate)).max() <= 0.05
    for rate in (share, 1.001 * share, 1.2 * share, 3 * share):
        assert at_most(met, VOLUMES, rate).max() <= 0.05
    assert (1 - at_most(missed - 1, VOLUMES, share) + at_most(met, VOLUMES, share)).max() <= 0.10


def test_of_a_population_of_sellers_few_that_are_called_strong_are_on_the_other_side():
    """Half of them at 0.4 times a target of 1 %, 30 % at 0.8 and 20 % at 1.5 times."""
    n = VOLUMES[14:]
    missed, met = fewest_missed(n, 0.01), most_met(n, 0.01)
    sellers = ((0.5, 0.004), (0.3, 0.008), (0.2, 0.015))
    called_missed = np.array([part * (1 - at_most(missed - 1, n, rate)) for part, rate in sellers])
    called_met = np.array([part * at_most(met, n, rate) for part, rate in sellers])
    under = called_missed[:2].sum(axis=0) / np.maximum(called_missed.sum(axis=0), 1e-12)
    over = called_met[2] / np.maximum(called_met.sum(axis=0), 1e-12)
    for orders, most in ((15, 0.28), (200, 0.13), (400, 0.075), (600, 0.055)):
        assert under[n >= orders].max() <= most
    assert over.max() <= 0.015


def test_of_sixty_orders_one_strong_miss_in_four_is_of_a_seller_under_the_target():
    """The worst volume, by hand: strong from 3 of 60 on."""
    assert fewest_missed(np.array([60]), 0.01) == 3
    rates, parts = (0.004, 0.008, 0.015), (0.5, 0.3, 0.2)
    chance = [1 - sum(math.comb(60, k) * q**k * (1 - q) ** (60 - k) for k in range(3)) for q in rates]
    called = np.multiply(parts, chance)
    assert called[:2].sum() / called.sum() == pytest.approx(0.275, abs=0.0005)


@pytest.mark.parametrize(("share", "orders"), [(0.01, 299), (0.025, 119), (0.04, 74), (0.05, 59), (0.10, 29)])
def test_without_a_bad_one_the_orders_that_prove_a_target_are_those_of_the_rule_of_three(share, orders):
    assert (1 - share) ** orders <= 0.05 < (1 - share) ** (orders - 1)
    assert evidence.orders_to_prove(share) == orders
    assert evidence.proves_met(0, orders, share)
    assert not evidence.proves_met(0, orders - 1, share)


def test_one_bad_order_is_never_strong_evidence_of_a_miss():
    assert not evidence.proves_missed(1, VOLUMES, 0.01).any()


def test_bad_ones_of_one_day_are_not_strong_evidence_of_a_miss_however_many():
    assert evidence.evidence("breached", 30, 600, 0.01, bad_days=1, worst_day=30) == "weak"
    assert evidence.evidence("breached", 30, 600, 0.01, bad_days=1) == "weak"
    assert evidence.evidence("breached", 30, 600, 0.01, bad_days=20, worst_day=3) == "strong"


def test_a_miss_that_hangs_on_its_worst_day_is_weak():
    """14 of 600 rule out 1 %; without all but one of the worst day's ten it is 5, of which 1 % gives as many in 7 of 10."""
    assert evidence.evidence("breached", 14, 600, 0.01, bad_days=5, worst_day=1) == "strong"
    assert evidence.evidence("breached", 14, 600, 0.01, bad_days=5, worst_day=10) == "weak"


def test_the_orders_of_the_worst_day_leave_with_it():
    """52 of 1,400 against 2.5 %, 11 of 200 on the worst day: 42 of 1,400 are 3.0 % (p = 0.13), 42 of 1,201 are 3.5 %
    (p = 0.02, bad ones one by one)."""
    spread = {"bad_days": 7, "worst_day": 11}
    assert evidence.evidence("breached", 52, 1_400, 0.025, **spread) == "weak"
    assert evidence.evidence("breached", 52, 1_400, 0.025, **spread, worst_day_orders=200) == "strong"


def test_counts_worth_fewer_orders_are_weaker_evidence():
    """0 of 300 prove 1 % one by one; worth 200 orders they do not (0.99²⁰⁰ = 0.134)."""
    assert evidence.evidence("met", 0, 300, 0.01) == "strong"
    assert evidence.evidence("met", 0, 300, 0.01, effect=1.5) == "weak"


def test_a_figure_that_does_not_bear_its_verdict_is_never_strong():
    assert evidence.evidence("met", 0, 5_000, 0.01, is_borne=False) == "weak"
    assert evidence.evidence("breached", 500, 5_000, 0.01, bad_days=60, worst_day=12, is_borne=False) == "weak"


@pytest.mark.parametrize(
    ("status", "share"), [("too_few_orders", 0.01), ("no_data", 0.01), ("met", 0.0), ("breached", 0.0), ("met", 1.0)]
)
def test_without_a_verdict_and_beside_a_counter_there_is_no_word_of_evidence_and_no_chance(status, share):
    assert evidence.evidence(status, 0, 1_000, share) is None
    assert evidence.probability_met(status, 0, 1_000, share) is None


@given(
    n=st.integers(1, 20_000),
    part=st.floats(0, 1),
    share=st.sampled_from([*SHARES.values(), 0.9, 0.95]),
    effect=st.floats(1, 40),
    worst=st.floats(0, 1),
)
def test_the_interval_never_contradicts_the_word_beside_it(n, part, share, effect, worst):
    bad = round(n * min(1, part**3 * 5 * share))
    low, high = intervals.clopper_pearson(bad / effect, n / effect)
    for status in ("met", "breached"):
        if evidence.evidence(status, bad, n, share, effect, bad_days=9, worst_day=round(worst * bad)) == "strong":
            assert high <= share if status == "met" else low >= share


def test_over_a_large_grid_the_word_is_the_exact_test_and_its_interval_lies_on_that_side():
    n = np.unique(np.geomspace(1, 5_000, 90).astype(int))
    for share in SHARES.values():
        for x in range(0, 120):
            some = n[n > x]
            k = np.full(len(some), x)
            low, high = intervals.clopper_pearson(k, some)
            met, missed = evidence.proves_met(k, some, share), evidence.proves_missed(k, some, share)
            assert (met == (at_most(k, some, share) <= 0.05)).all()
            assert not (missed & (1 - at_most(k - 1, some, share) > 0.05)).any()
            assert (high[met] <= share).all()
            assert (low[missed] >= share).all()
            assert not (met & missed).any()


def test_before_the_first_order_two_shops_in_three_are_taken_to_be_on_target():
    """Beta(½, b) within τ: ∫ u^(−½) (1 − u)^(b − 1) to τ over the whole, by u = v², in a million steps."""
    for share in SHARES.values():
        b = (1 - share) / (2 * share)
        v = (np.arange(1_000_000) + 0.5) / 1_000_000
        density = (1 - v**2) ** (b - 1)
        on_target = density[v**2 <= share].sum() / density.sum()
        assert on_target == pytest.approx(2 / 3, abs=0.015)
        assert evidence.posterior_met(0, 0, share) == pytest.approx(on_target, abs=1e-3)


@pytest.mark.parametrize(("share", "first"), [(0.01, 50), (0.025, 20), (0.04, 13), (0.10, 5)])
def test_a_chance_is_told_from_the_orders_on_that_weigh_as_much_as_what_was_taken_before(share, first):
    assert evidence.probability_met("met", 0, first - 1, share) is None
    assert evidence.probability_met("met", 0, first, share) > 2 / 3


def test_a_chance_is_told_by_what_the_orders_are_worth():
    assert evidence.probability_met("breached", 3, 60, 0.01, effect=1.5) is None
    assert evidence.probability_met("breached", 3, 90, 0.01, effect=1.5) < 0.5


@pytest.mark.parametrize(
    ("exactness", "ends"),
    [
        ("exact", (0.01, 0.03)),
        ("lower_bound", (0.01, None)),
        ("upper_bound", (None, 0.03)),
        ("approximate", (None, None)),
        ("impossible", (None, None)),
    ],
)
def test_at_least_keeps_the_lower_end_at_most_the_upper_one_and_about_neither(exactness, ends):
    assert evidence.standing_ends(exactness, 0.01, 0.03) == ends


def test_at_least_so_many_bad_ones_leave_the_chance_at_most_so_high():
    defects, tracking = METRICS["order_defect_rate"], METRICS["valid_tracking_rate"]
    kinds = ("exact", "lower_bound", "upper_bound", "approximate")
    assert [evidence.chance_bound(kind, defects) for kind in kinds] == ["", "at most", "at least", None]
    assert [evidence.chance_bound(kind, tracking) for kind in kinds] == ["", "at least", "at most", None]


def test_orders_that_share_their_causes_must_be_more_to_prove_a_target_or_can_never():
    """Of ten even days, by trial; the orders of one week, however many, are worth 1 / 0.02 = 50, and 119 are needed."""
    lumped = clustering.usual(10)
    enough = evidence.orders_to_prove(0.04, lumped)
    assert enough is not None
    assert evidence.proves_met(0, enough, 0.04, lumped.effect(enough))
    assert not evidence.proves_met(0, enough - 1, 0.04, lumped.effect(enough - 1))
    assert evidence.orders_to_prove(0.025, clustering.usual(7)) is None
    assert not evidence.proves_met(0, 10**6, 0.025, clustering.usual(7).effect(10**6))


@pytest.mark.parametrize("share", [0, 1, -0.01, 1.5, float("nan")])
def test_a_share_that_is_none_or_all_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        evidence.proves_met(0, 10, share)
    with pytest.raises(ValueError, match="between 0 and 1"):
        evidence.orders_to_prove(share)


def test_a_design_effect_under_one_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        evidence.posterior_met(0, 10, 0.01, 0.5)
