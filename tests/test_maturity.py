"""How many of the bad ones of young orders have been reported: delays, their curve, what is still to come."""

from datetime import date, timedelta

import numpy as np
import pytest

from helpers import audit, maturity
from helpers.maturity import Delays, priors
from helpers.maturity.curve import pooled


def test_delays_of_young_orders_are_corrected_for_the_longer_ones_they_cannot_show_yet():
    # Twelve delays, worked by fractions: of those up to one day that could have been one day long, 3 of 8 are.
    delay, age = [0, 1, 0, 2, 1, 0, 0, 3, 1, 0, 0, 2], [3, 3, 2, 3, 2, 1, 0, 3, 1, 3, 2, 2]
    reported, _ = pooled(Delays.of(delay, age), np.zeros(4))
    assert reported == pytest.approx([0.375, 0.6, 0.8, 1.0])  # the naive shares are 0.5, 0.75, 0.917, 1


def test_an_account_without_delays_has_the_curve_of_the_prior_and_says_so():
    found = maturity.curve("negative_feedback_rate", Delays.none())
    assert found.own == 0
    assert found.share(20) == pytest.approx(0.5, abs=0.05)
    assert found.share(53) == pytest.approx(0.99, abs=0.005)
    assert found.sources == (priors.PRIORS["negative_feedback_rate"].source,)


def test_a_kind_without_published_delays_has_a_wider_curve():
    claims, feedback = (maturity.curve(kind, Delays.none()) for kind in ("a_to_z_claims", "negative_feedback_rate"))
    assert claims.error(claims.age_of(0.5)) > 1.3 * feedback.error(feedback.age_of(0.5))
    assert "wide" in claims.sources[0]


def test_one_delay_of_the_account_s_own_hardly_moves_its_curve_and_a_thousand_carry_it():
    ripe = 400
    prior = maturity.curve("negative_feedback_rate", Delays.none()).share(5)
    one = maturity.curve("negative_feedback_rate", Delays.of([3], [ripe])).share(5)
    many = maturity.curve("negative_feedback_rate", Delays.of([3], [ripe], [1000])).share(5)
    assert one - prior < 0.06
    assert many > 0.97


def test_before_an_order_nothing_is_reported_and_after_half_a_year_everything():
    found = maturity.curve("a_to_z_claims", Delays.of([40, 50], [90, 90]))
    assert found.share([-1, 180, 900]).tolist() == [0.0, 1.0, 1.0]
    assert (np.diff(found.reported) >= 0).all()


def test_a_delay_longer_than_its_order_is_old_is_refused():
    with pytest.raises(ValueError, match="0 ≤ delay ≤ age"):
        Delays.of([5], [4])


def test_defects_dated_by_their_file_tell_no_delay(samples):
    found = audit.of(samples / "on-the-mend")
    assert found.account.defects.filter(~found.account.defects["is_dated"])["kind"].is_in(["a_to_z_claim"]).any()
    assert maturity.delays(found.dated, "a_to_z_claims", found.day).total == 0
    assert found.curves["a_to_z_claims"].own == 0
    assert found.curves["negative_feedback_rate"].own > 100


def test_the_curve_of_a_made_up_account_is_near_the_law_its_feedback_was_drawn_from(samples):
    # helpers.sample.truth: 5 days and a geometric law of mean 12 on top: 1 − (11/12)^(x − 5) are there by age x.
    found = audit.of(samples / "on-the-mend").curves["negative_feedback_rate"]
    for age in (10, 20, 30, 45):
        assert found.share(age) == pytest.approx(1 - (11 / 12) ** (age - 5), abs=0.1)


def test_the_curve_of_the_whole_rate_lies_between_those_of_its_kinds(samples):
    curves = audit.of(samples / "on-the-mend").curves
    ages = np.arange(5, 90)
    kinds = np.stack([curves[kind].share(ages) for kind in ("negative_feedback_rate", "a_to_z_claims", "chargebacks")])
    whole = curves["order_defect_rate"].share(ages)
    assert ((whole >= kinds.min(axis=0)) & (whole <= kinds.max(axis=0))).all()


def test_what_was_reported_after_a_day_is_in_no_curve_of_that_day(samples):
    found = audit.of(samples / "on-the-mend")
    then = found.day - timedelta(days=90)
    assert maturity.delays(found.dated, "negative_feedback_rate", then).total == (
        found.on(then).curves["negative_feedback_rate"].own
    )
    assert then < date(2026, 9, 1)
