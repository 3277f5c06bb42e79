"""What an open point of the rules changes, on accounts counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

from test_facts import file, with_frames
from test_metrics import FIRST, defect, one_a_day
from test_metrics import account as placed

from helpers import sensitivity
from helpers.audit import Audit
from helpers.vocabulary import OwnTarget

AS_OF = FIRST + timedelta(99)


def account(orders, defects=()):
    """The orders with a list of their defects, which names none where there are none."""
    one = placed(orders, defects)
    return with_frames(one, files=[*one.files.to_dicts(), file("order_defects", FIRST, AS_OF)])


def changed(one, option):
    found = sensitivity.other_readings(Audit(one, AS_OF, AS_OF)).filter(option=option, metric="order_defect_rate")
    return found.select("numerator", "denominator", "other", "other_numerator", "other_denominator").rows()


def test_a_cancelled_order_in_the_window_makes_the_denominator_an_open_point():
    orders = one_a_day(100)
    orders[40] |= {"status": "cancelled", "is_cancelled": True}
    assert changed(account(orders), "odr_denominator") == [(0, 59, "with_cancelled", 0, 60)]


def test_an_option_that_changes_no_figure_is_not_told():
    assert (
        sensitivity.other_readings(Audit(account(one_a_day(100)), AS_OF, AS_OF))
        .filter(option="odr_denominator")
        .is_empty()
    )


def test_a_refused_claim_counted_under_the_older_practice():
    refused = [defect("o50", "a_to_z_claim", FIRST + timedelta(60), counts=False)]
    assert changed(account(one_a_day(100), refused), "claims_rule") == [(0, 60, "every_claim", 1, 60)]


def test_a_withdrawn_claim_is_an_open_point():
    withdrawn = [defect("o50", "a_to_z_claim", FIRST + timedelta(60)) | {"outcome": "withdrawn"}]
    assert changed(account(one_a_day(100), withdrawn), "claims_withdrawn") == [(1, 60, "not_counted", 0, 60)]


def test_the_older_window_of_the_order_defect_rate_is_told_before_october_2021_only():
    assert changed(account(one_a_day(100)), "odr_window_before_2021") == []


def test_a_part_with_a_target_of_the_account_s_own_is_told_beside_the_whole():
    withdrawn = [defect("o50", "a_to_z_claim", FIRST + timedelta(60)) | {"outcome": "withdrawn"}]
    own = replace(account(one_a_day(100), withdrawn), own_targets=(OwnTarget("a_to_z_claims", "0.01", "below"),))
    found = sensitivity.other_readings(Audit(own, AS_OF, AS_OF)).filter(option="claims_withdrawn")
    assert found.sort("metric").select("metric", "numerator", "other_numerator").rows() == [
        ("a_to_z_claims", 1, 0),
        ("order_defect_rate", 1, 0),
    ]


def test_where_no_rate_is_judged_no_reading_changes_a_verdict():
    in_2008 = date(2008, 5, 1)  # the only target in force is that of cancellations, for orders the seller fulfils
    one = replace(account(one_a_day(100, fulfilment="amazon")), fulfilments=("amazon",))
    found = sensitivity.other_readings(Audit(one, in_2008, AS_OF))
    assert (found.height, found.columns[:3]) == (0, ["option", "value", "other"])


def test_where_no_rate_is_judged_no_open_point_changes_one():
    assert sensitivity.other_readings(Audit(account(one_a_day(3)), AS_OF, AS_OF, ("return_rate",))).is_empty()
