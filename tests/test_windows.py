"""Over which days a rate stands, and that the parts of a rate stand over the same as the whole, whatever changes when."""

from datetime import date, timedelta
from functools import partial

import pytest
from test_coverage import file
from test_facts import with_frames
from test_metrics import STORE, account, one_a_day, order

from helpers import coverage, metrics, targets, windows
from helpers.frames import SCHEMAS
from helpers.targets import Target
from helpers.vocabulary import METRICS, Account, OwnTarget

WHOLE = "order_defect_rate"
PARTS = ("negative_feedback_rate", "a_to_z_claims", "chargebacks")
CHANGE = date(2026, 5, 1)  # the made-up day on which the lag of the order defect rate changes
RULES = partial(targets.in_force, own=())


def over(metric, day, rules=RULES, store="amazon.com"):
    return windows.of(metric, store, "merchant", day, rules)


def row(metric, window_days, lag_days, value="0.01"):
    return Target(metric, (STORE,), "all", "below", "test", "A", value, window_days=window_days, lag_days=lag_days)


def changing(metric, marketplace, fulfilment, day):
    """A lag of 14 days, and of 20 from the day of the change."""
    return (row(WHOLE, 60, 14 if day < CHANGE else 20),) if metric == WHOLE else ()


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (date(2011, 11, 30), (60, 14)),  # no window is told before December 2011: today's
        (date(2012, 1, 15), (90, 30)),
        (date(2012, 1, 31), (90, 30)),
        (date(2012, 2, 1), (60, 14)),
        (date(2026, 10, 31), (60, 14)),
    ],
)
@pytest.mark.parametrize("metric", [WHOLE, *PARTS])
def test_the_order_defect_rate_and_its_parts_stand_over_the_window_of_the_day(metric, day, window):
    assert over(metric, day) == (window,)


@pytest.mark.parametrize("metric", [WHOLE, *PARTS])
def test_the_parts_follow_the_account_s_reading_of_the_old_window(metric):
    rules = partial(targets.in_force, options={"odr_window_before_2021": "90/30"})
    assert over(metric, date(2019, 6, 30), rules) == ((90, 30),)


@pytest.mark.parametrize(("days", "lag"), [(-1, 14), (0, 20), (1, 20)])
@pytest.mark.parametrize("metric", [WHOLE, *PARTS])
def test_a_lag_that_changes_on_a_day_changes_for_the_whole_and_its_parts(metric, days, lag):
    assert over(metric, CHANGE + timedelta(days), changing) == ((60, lag),)


@pytest.mark.parametrize(("days", "lag"), [(-1, 14), (0, 20), (5, 20)])
def test_a_trend_across_a_changed_lag_is_that_of_the_day_looked_at_for_the_whole_and_its_parts(days, lag):
    as_of = CHANGE + timedelta(days)
    frame = metrics.trailing(metrics.daily(account(one_a_day(140))), changing, as_of)
    drawn = frame.filter(fulfilment="merchant").select("metric", "day", "window_start", "window_end")
    whole = drawn.filter(metric=WHOLE).drop("metric").rows()
    before = CHANGE - timedelta(10)
    assert (before, before - timedelta(lag + 59), before - timedelta(lag)) in whole
    assert [drawn.filter(metric=part).drop("metric").rows() == whole for part in PARTS] == [True, True, True]


def test_a_window_the_table_names_for_a_part_is_its_own_and_its_lag_that_of_the_whole():
    def rules(metric, marketplace, fulfilment, day):
        return {WHOLE: (row(WHOLE, 90, 30),), "chargebacks": (row("chargebacks", 45, None),)}.get(metric, ())

    assert over("chargebacks", CHANGE, rules) == ((45, 30),)
    assert over("a_to_z_claims", CHANGE, rules) == ((90, 30),)


def test_a_row_that_names_a_lag_alone_leaves_the_windows_as_they_are():
    assert over("late_shipment_rate", CHANGE, lambda *_: (row("late_shipment_rate", None, 3),)) == ((10, 3), (30, 3))


def test_an_account_s_own_window_of_the_whole_is_that_of_its_parts():
    rules = partial(targets.in_force, own=[OwnTarget(WHOLE, "0.01", "below", window_days=30)])
    assert [over(metric, CHANGE, rules) for metric in (WHOLE, *PARTS)] == [((30, 14),)] * 4


def test_an_account_s_own_target_of_a_part_stands_over_the_window_of_the_whole_on_that_day():
    rules = partial(targets.in_force, own=[OwnTarget("a_to_z_claims", "0.005", "below")])
    assert over("a_to_z_claims", date(2012, 1, 15), rules) == ((90, 30),)
    assert over("a_to_z_claims", date(2026, 10, 31), rules) == ((60, 14),)


def test_an_own_target_without_a_window_holds_in_every_window_also_where_the_marketplace_has_none():
    rules = partial(targets.in_force, own=[OwnTarget("feedback_score", "0.95", "at_least")])
    assert windows.of("feedback_score", "amazon.com", "all", CHANGE, rules) == ((30, 0), (90, 0), (365, 0))


def test_an_own_target_in_a_window_it_names_leaves_the_lag_as_it_is():
    rules = partial(targets.in_force, own=[OwnTarget("feedback_score", "0.95", "at_least", window_days=90)])
    assert windows.of("feedback_score", "amazon.com", "all", CHANGE, rules) == ((90, 0),)


def test_a_rate_only_the_marketplace_counts_can_have_an_own_target_and_no_window():
    rules = partial(targets.in_force, own=[OwnTarget("contact_response_time", "0.9", "at_least")])
    assert windows.of("contact_response_time", "amazon.com", "all", CHANGE, rules) == ()
    assert [one.value for one in rules("contact_response_time", "amazon.com", "all", CHANGE)] == ["0.9"]


def test_every_part_of_a_rate_counts_over_its_orders_and_windows():
    parts = [(metric, METRICS[metric.part_of]) for metric in METRICS.values() if metric.part_of]
    assert [metric.key for metric, _ in parts] == list(PARTS)
    said = ("rows", "day", "weight", "windows", "lag_days", "fulfilments", "group", "proof", "variants")
    assert [name for part, whole in parts for name in said if str(vars(part)[name]) != str(vars(whole)[name])] == []
    assert [part.key for part, whole in parts if not part.denominator.meta.eq(whole.denominator)] == []


OLD = date(2012, 1, 15)


def an_account_of_2012():
    """An order a day from August 2011 to the day looked at, in the store whose old window is known."""
    first = OLD - timedelta(160)
    orders = [order(f"o{n}", first + timedelta(n), marketplace="amazon.com") for n in range(161)]
    one = account(orders, first=first)
    return Account(**vars(one) | {"marketplaces": ("amazon.com",)})


def test_a_report_of_january_2012_shows_the_rate_and_its_parts_over_ninety_days_to_thirty_back():
    one = an_account_of_2012()
    frame = metrics.trailing(metrics.daily(one), targets.rules(one, OLD), OLD).filter(day=OLD, fulfilment="merchant")
    shown = frame.filter(frame["metric"].is_in([WHOLE, *PARTS])).sort("metric")
    assert shown.select("window_days", "window_start", "window_end", "window_denominator").unique().rows() == [
        (90, OLD - timedelta(119), OLD - timedelta(30), 90)
    ]
    assert shown.height == 4


def test_what_the_files_prove_of_a_part_is_looked_at_over_the_window_of_the_whole():
    # feedback from 100 days back: all of the later window of 60 + 14 days, not all of the 90 + 30 of January 2012
    received = [OLD - timedelta(n) for n in range(0, 101, 2)]
    one = an_account_of_2012()
    said = [dict.fromkeys(SCHEMAS["feedback"]) | {"order_id": "x", "stars": 5, "received_on": day} for day in received]
    files = [*one.files.to_dicts(), file("feedback", received[-1], OLD)]
    covered = coverage.of_metrics(with_frames(one, feedback=said, files=files), OLD).filter(fulfilment="merchant")
    part = covered.filter(metric="negative_feedback_rate")
    assert (part.item(0, "exactness"), part["missing"][0].to_list()) == (
        "lower_bound",
        ["the feedback files begin on 7 October 2011"],
    )
