"""A charge against the account's own records: judged only by a count that bears it, the gap explained, order by order."""

from datetime import date

import polars as pl
import pytest

from helpers import audit
from helpers.cases import Charge
from helpers.evidence import STATUSES, gap, judged, orders
from helpers.evidence.counting import counted
from helpers.evidence.meant import of as meant_of
from helpers.evidence.shared import shared

LETTER = date(2026, 11, 1)
TODAY = "2026-11-28"
DEFECTS = {"subject": "order_defect_rate", "target": "0.01", "target_sense": "below", "window_days": 60}


@pytest.fixture(scope="module")
def mended(samples):
    return audit.of(samples / "on-the-mend", "2026-10-31", TODAY)


@pytest.fixture(scope="module")
def holed(samples):
    return audit.of(samples / "with-holes", "2026-10-31", TODAY)


def one(a, store="amazon.de", **said):
    return judged(Charge(**said), a, store)


# data/sample/README.md: on 31 October 18 of 1,421 orders (1.27 %) have a defect; on 31 July it was 33 of 1,544


def test_a_figure_that_is_the_files_own_is_confirmed(mended):
    found = one(mended, **DEFECTS, figure="0.0127", count=18, out_of=1421, window_to=date(2026, 10, 17))
    assert found.status == "charge_confirmed"
    assert "18 of 1,421 orders" in found.finding
    assert found.reasons == ()


def test_a_missed_target_with_another_figure_is_partly_confirmed(mended):
    found = one(mended, **DEFECTS, figure="0.0190", count=27, out_of=1421, window_to=date(2026, 10, 17))
    assert found.status == "partly_confirmed"
    assert [(reason.what, reason.orders) for reason in found.reasons] == [("rest", 9)]


def test_a_figure_of_an_older_window_is_known_again(mended):
    found = one(mended, **DEFECTS, figure="0.0214", count=33, out_of=1544)
    assert (found.status, found.older.span.first, found.older.span.last) == (
        "partly_confirmed",
        date(2026, 5, 19),
        date(2026, 7, 17),
    )


def test_a_window_that_holds_the_very_count_is_named_also_beside_a_printed_one(mended):
    found = one(
        mended,
        subject="late_shipment_rate",
        figure="0.0903",
        target="0.04",
        count=63,
        out_of=698,
        window_from=date(2026, 9, 1),
        window_to=date(2026, 9, 30),
        fulfilment="merchant",
    )
    # the marketplace's file of August prints it, and two newer windows held the same count when they were judged
    assert (found.older.span.first, found.older.span.last) == (date(2026, 8, 2), date(2026, 8, 31))
    assert found.older.printed_in == "account-health/account-health-2026-08.json"


def test_a_count_of_all_categories_is_looked_for_in_all_of_them(mended):
    # From 3 August to 1 September: 477 of 484 packages of one category, 251 of 253 of the other.
    found = one(mended, subject="valid_tracking_rate", figure="0.9878", count=728, out_of=737, window_days=30)
    assert found.older.span.last == date(2026, 9, 1)


def test_a_target_the_files_show_met_exactly_is_not_confirmed(mended):
    found = one(
        mended, subject="late_shipment_rate", figure="0.08", target="0.04", target_sense="below", window_days=30
    )
    assert found.status == "charge_not_confirmed"
    assert "9 of 730 orders" in found.finding


def test_a_printed_window_that_was_judged_earlier_is_counted_as_it_stood_then_too(mended):
    found = one(mended, **DEFECTS, figure="0.0214", count=33, out_of=1544, window_to=date(2026, 7, 17))
    assert found.status == "charge_confirmed"  # 33 then; 34 by the day of the letter


@pytest.mark.parametrize("category", ["Office", "OFFICE"])
def test_a_category_is_judged_by_its_own_packages(mended, category):
    found = one(mended, subject="valid_tracking_rate", category=category, target="0.95", target_sense="at_least")
    assert found.status == "charge_not_confirmed"
    assert "231 of 236 packages" in found.finding


def test_a_category_no_file_tells_cannot_be_judged(mended):
    found = one(mended, subject="valid_tracking_rate", category="Garden", figure="0.9", target="0.95")
    assert (found.status, found.counted) == ("cannot_be_judged", ())


@pytest.mark.parametrize("subject", ["inauthentic", "identity_verification", "account_health_rating"])
def test_a_charge_about_no_rate_of_the_kit_is_answered_with_documents(mended, subject):
    found = one(mended, subject=subject)
    assert found.status == "cannot_be_judged"
    assert "documents" in found.finding


def test_about_so_many_proves_nothing_either_way(holed):
    # with-holes: about 6 of 559 orders; claims and chargebacks are in no file, and a row could not be read
    found = one(holed, **DEFECTS, figure="0.03", count=17, out_of=559)
    assert found.status == "cannot_be_judged"
    assert "“about”" in found.finding


def bound(a, exactness, **said):
    """The same account, its files telling the rate as a bound only."""
    covered = a.covered.with_columns(exactness=pl.lit(exactness), is_told=pl.lit(True))
    return judged(Charge(**said), a.given(covered=covered, daily=a.daily, counted=a.counted), "amazon.de")


@pytest.mark.parametrize(
    ("exactness", "target", "status"),
    [
        ("lower_bound", "0.01", "charge_confirmed"),  # at least 18 miss it
        ("lower_bound", "0.02", "cannot_be_judged"),  # at least 18 cannot show that it is met
        ("upper_bound", "0.02", "charge_not_confirmed"),  # at most 18 meet it
        ("upper_bound", "0.01", "cannot_be_judged"),
        ("approximate", "0.01", "cannot_be_judged"),
        ("approximate", "0.02", "cannot_be_judged"),
        ("impossible", "0.02", "cannot_be_judged"),
    ],
)
def test_a_bound_is_asked_only_what_it_can_bear(mended, exactness, target, status):
    said = {"subject": "order_defect_rate", "target": target, "target_sense": "below", "window_days": 60}
    assert bound(mended, exactness, **said).status == status


def test_a_missed_target_known_as_a_bound_does_not_confirm_the_letters_own_figure(mended):
    found = bound(mended, "lower_bound", **DEFECTS, figure="0.0190", count=27, out_of=1421)
    assert found.status == "partly_confirmed"


def test_a_window_with_a_day_no_file_tells_cannot_be_judged(mended):
    gone = mended.daily.filter(pl.col("day") != date(2026, 9, 1))
    a = mended.given(daily=gone, covered=mended.covered, counted=mended.counted)
    found = judged(Charge(**DEFECTS), a, "amazon.de")
    assert found.status == "cannot_be_judged"
    assert "do not tell every day" in found.finding


def test_without_a_window_a_rate_is_refuted_only_where_every_window_meets_the_target(mended):
    said = {"subject": "late_shipment_rate", "target": "0.04", "target_sense": "below"}
    assert one(mended, **said).status == "charge_not_confirmed"
    bad = mended.daily.filter(pl.col("metric") == "late_shipment_rate", pl.col("seen_on").is_not_null()).head(1)
    lately = bad.with_columns(
        day=pl.lit(date(2026, 10, 30)), seen_on=pl.lit(date(2026, 10, 31)), numerator=pl.lit(25, pl.Int64)
    )
    a = mended.given(daily=pl.concat([mended.daily, lately]), covered=mended.covered, counted=mended.counted)
    assert judged(Charge(**said), a, "amazon.de").status == "charge_confirmed"  # 25 of 223 in the last ten days


def test_the_table_holds_every_bad_order_of_the_figure_and_says_what_each_counts_as(mended):
    what = meant_of(Charge(**DEFECTS), mended, "amazon.de")
    found = orders.behind(what, what.spans[0], mended)
    assert found.height == counted(what, what.spans[0], mended).numerator == 18
    assert found.get_column("outcome").is_not_null().all()
    told = found.get_column("outcome")
    assert found.filter(pl.col("stars") <= 2).height + told.str.contains("claim").sum() >= 16
    assert found.get_column("claim_on").null_count() == 18  # the list of the marketplace dates no claim
    assert set(found.columns) == set(orders.COLUMNS)
    assert found.get_column("ordered_on").is_between(date(2026, 8, 19), date(2026, 10, 17)).all()


def test_a_refused_claim_explains_what_the_letter_counts_more(mended):
    order = mended.account.orders.filter(pl.col("day") == date(2026, 9, 1), ~pl.col("is_cancelled")).row(0, named=True)
    refused = mended.account.defects.head(1).with_columns(
        order_id=pl.lit(order["order_id"]), kind=pl.lit("a_to_z_claim"), counts=pl.lit(False), outcome=pl.lit("denied")
    )
    from dataclasses import replace

    account = replace(mended.account, defects=pl.concat([mended.account.defects, refused]))
    a = replace(mended, account=account).given(daily=mended.daily, covered=mended.covered, counted=mended.counted)
    what = meant_of(Charge(**DEFECTS, count=20, out_of=1421), a, "amazon.de")
    reasons = gap.reasons(what, counted(what, what.spans[0], a), None, a)
    assert [(reason.what, reason.orders) for reason in reasons] == [("refused_claims", 1), ("rest", 1)]


def test_an_old_letters_share_of_the_ratings_is_held_against_the_ratings_not_the_orders(mended):
    found = one(mended, subject="feedback_score", figure="0.114", count=10, out_of=88, window_days=90)
    assert found.meant.metric.key == "negative_share"


@pytest.mark.parametrize(("factor", "kind"), [("sku", "driver"), ("carrier", "beside")])
def test_what_bad_ones_share_is_told_as_an_upper_limit_and_no_plan_names_a_carrier(mended, factor, kind):
    level = mended.drivers.filter(pl.col("outcome") == "order_defect_rate").head(1)
    level = level.with_columns(
        factor=pl.lit(factor), level=pl.lit("L"), numerator=pl.lit(9), denominator=pl.lit(100), numerator_rest=pl.lit(10),
        denominator_rest=pl.lit(1000), excess_high=pl.lit(8.4), is_selected=pl.lit(True), is_reversed=pl.lit(False),
    )  # fmt: skip
    a = mended.given(drivers=level, daily=mended.daily, covered=mended.covered, counted=mended.counted)
    ((found, said),) = shared(judged(Charge(**DEFECTS), a, "amazon.de"), a)
    assert found == kind
    assert "9 of 100 orders" in said
    assert "at most 8.4 more" in said
    assert "not why" in said


def test_every_status_has_its_words():
    assert set(STATUSES) == {"charge_confirmed", "charge_not_confirmed", "partly_confirmed", "cannot_be_judged"}
