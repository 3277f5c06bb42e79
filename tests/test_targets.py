from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import polars as pl
import pytest

from helpers import targets
from helpers.frames import SCHEMAS
from helpers.reports import rule_listing
from helpers.vocabulary import METRICS, OPTIONS, OwnTarget

TODAY = date(2026, 10, 31)


def windows(rows):
    return [(row.value, row.must_be, row.window_days, row.lag_days) for row in rows]


def test_the_order_defect_rate_is_under_one_percent_over_sixty_days_ending_fourteen_back():
    rows = targets.in_force("order_defect_rate", "amazon.co.uk", "merchant", TODAY)
    assert windows(rows) == [("0.01", "below", 60, 14)]
    assert rows[0].limit == Fraction(1, 100)


def test_a_report_about_january_2012_uses_the_ninety_day_window_of_its_day():
    rows = targets.in_force("order_defect_rate", "amazon.com", "merchant", date(2012, 1, 15))
    assert windows(rows) == [("0.01", "below", 90, 30)]


def test_late_shipment_is_judged_on_ten_and_on_thirty_days():
    rows = targets.in_force("late_shipment_rate", "amazon.de", "merchant", TODAY)
    assert [row.window_days for row in rows] == [10, 30]


def test_the_last_day_of_a_row_is_still_in_force_and_the_next_is_not():
    legacy = ("on_time_delivery_legacy", "amazon.com", "merchant")
    assert targets.in_force(*legacy, date(2024, 7, 24))
    assert not targets.in_force(*legacy, date(2024, 7, 25))


def test_a_group_speaks_for_its_stores_only():
    assert targets.in_force("on_time_delivery_rate", "amazon.co.uk", "merchant", TODAY)
    assert not targets.in_force("on_time_delivery_rate", "amazon.nl", "merchant", TODAY)


def test_advice_and_unknown_values_are_in_force_but_never_judged():
    advice = targets.in_force("return_dissatisfaction_rate", "amazon.de", "merchant", TODAY)
    unknown = targets.in_force("a_to_z_claims", "amazon.com", "all", date(2008, 1, 1))
    assert [row.is_judged for row in (*advice, *unknown)] == [False, False]


def test_an_account_s_own_target_replaces_the_row_from_the_day_it_says():
    own = [OwnTarget("order_defect_rate", "0.005", "at_most", valid_from=date(2026, 7, 1))]
    key = ("order_defect_rate", "amazon.com", "merchant")
    assert windows(targets.in_force(*key, date(2026, 6, 30), own=own)) == [("0.01", "below", 60, 14)]
    assert windows(targets.in_force(*key, date(2026, 7, 1), own=own)) == [("0.005", "at_most", 60, 14)]


def test_an_own_target_can_stand_where_the_marketplace_has_none():
    own = [OwnTarget("feedback_score", "0.95", "at_least", window_days=90)]
    rows = targets.in_force("feedback_score", "amazon.com", "all", TODAY, own=own)
    assert windows(rows) == [("0.95", "at_least", 90, None)]  # the lag is the metric's own: windows.of


def test_an_own_target_without_a_window_holds_in_every_window():
    own = [OwnTarget("late_shipment_rate", "0.02", "below")]
    rows = targets.in_force("late_shipment_rate", "amazon.de", "merchant", TODAY, own=own)
    assert windows(rows) == [("0.02", "below", 10, 0), ("0.02", "below", 30, 0)]


def test_an_account_can_read_old_order_defect_windows_as_ninety_days():
    key = ("order_defect_rate", "amazon.com", "merchant", date(2019, 6, 30))
    assert windows(targets.in_force(*key)) == [("0.01", "below", 60, 14)]
    older = targets.in_force(*key, options={"odr_window_before_2021": "90/30"})
    assert windows(older) == [("0.01", "below", 90, 30)]


def snapshot(metric, value, must_be, taken_on=TODAY):
    return dict.fromkeys(SCHEMAS["snapshots"]) | {
        "taken_on": taken_on,
        "marketplace": "amazon.com",
        "metric": metric,
        "fulfilment": "merchant",
        "target_reported": value,
        "must_be_reported": must_be,
        "source_file": "health.json",
    }


def as_reported(metric, *rows, own=(), as_of=TODAY):
    found = targets.reported(pl.DataFrame(list(rows), schema=SCHEMAS["snapshots"]), as_of)
    return targets.in_force(metric, "amazon.com", "merchant", TODAY, own=own, reported=found)


def test_a_target_in_the_marketplace_s_own_file_wins_over_the_table_and_names_its_file():
    (row,) = as_reported("valid_tracking_rate", snapshot("valid_tracking_rate", "0.97", "above"))
    assert (row.value, row.must_be, row.source, row.grade) == ("0.97", "above", "health.json", "file")
    assert "at least 95\u202f%" in row.note


def test_a_printed_target_no_rate_can_be_held_to_replaces_none_and_is_named():
    (row,) = as_reported("order_defect_rate", snapshot("order_defect_rate", "0.02", "equal"))
    assert (row.value, row.must_be, row.is_judged) == ("0.01", "below", True)
    assert "prints exactly 2\u202f%, which no rate can be held to" in row.note
    (none,) = as_reported("order_defect_rate", snapshot("order_defect_rate", "0", "equal"))
    assert (none.value, none.must_be, none.is_judged) == ("0", "equal", True)


def test_a_file_that_prints_the_same_target_changes_nothing():
    (row,) = as_reported("order_defect_rate", snapshot("order_defect_rate", "0.010", "below"))
    assert row.grade != "file"


def test_an_account_s_own_target_wins_over_the_marketplace_s_file():
    own = [OwnTarget("order_defect_rate", "0.005", "below")]
    (row,) = as_reported("order_defect_rate", snapshot("order_defect_rate", "0.02", "below"), own=own)
    assert row.value == "0.005"


def test_a_file_of_a_later_day_says_nothing_about_an_earlier_one():
    later = snapshot("order_defect_rate", "0.02", "below", taken_on=date(2026, 12, 1))
    (row,) = as_reported("order_defect_rate", later)
    assert row.value == "0.01"


def test_advice_stays_advice_whatever_the_file_prints():
    said = snapshot("return_dissatisfaction_rate", "0.05", "below")
    (row,) = as_reported("return_dissatisfaction_rate", said)
    assert (row.value, row.is_judged) == ("0.05", False)


def test_a_target_of_every_store_holds_in_stores_the_kit_does_not_know():
    assert windows(targets.in_force("late_shipment_rate", "olist", "merchant", TODAY)) == [
        ("0.04", "below", 10, 0),
        ("0.04", "below", 30, 0),
    ]


@pytest.mark.parametrize("row", targets.table().to_dicts(), ids=lambda row: f"{row['metric']}-{row['valid_from']}")
def test_every_row_names_its_source_and_grade_and_its_value_is_a_decimal(row):
    assert row["source"]
    assert row["grade"]
    assert row["value"] is None or 0 <= Fraction(row["value"]) <= 1000


def test_rows_of_one_metric_store_and_window_never_overlap_in_time():
    def places(row):
        groups = targets.groups()
        return {store for name in row["marketplaces"].split(", ") for store in groups.get(name, [name])}

    rows = targets.table().to_dicts()
    overlapping = [
        (one, other)
        for one, other in combinations(rows, 2)
        if (one["metric"], one["window_days"]) == (other["metric"], other["window_days"])
        and places(one) & places(other)
        and (one["fulfilment"] == other["fulfilment"] or "all" in (one["fulfilment"], other["fulfilment"]))
        and (one["valid_from"] or date.min) <= (other["valid_to"] or date.max)
        and (other["valid_from"] or date.min) <= (one["valid_to"] or date.max)
    ]
    assert overlapping == []


@pytest.mark.parametrize("store", ["amazon.de", "amazon.fr", "amazon.it", "amazon.es"])
def test_on_time_delivery_is_judged_in_four_more_stores_since_july_2026_and_no_floor_is_known_there(store):
    key = ("on_time_delivery_rate", store, "merchant")
    assert targets.in_force(*key, date(2026, 7, 14)) == ()
    (row,) = targets.in_force(*key, date(2026, 7, 15))
    assert (*windows([row])[0], row.min_count, row.grade) == ("0.90", "at_least", 14, 7, None, "A")
    assert "floor of units not told" in row.note


def test_the_business_hour_rate_has_a_target_in_the_eu_since_the_end_of_september_2026_and_no_window_is_told():
    key = ("business_hour_delivery_rate", "amazon.pl", "merchant")
    assert targets.in_force(*key, date(2026, 9, 29)) == ()
    assert windows(targets.in_force(*key, date(2026, 9, 30))) == [("0.90", "at_least", None, None)]
    assert targets.in_force("business_hour_delivery_rate", "amazon.com", "merchant", TODAY) == ()


@pytest.mark.parametrize(
    ("metric", "store", "last_day", "before", "after"),
    [
        ("premium_on_time_delivery", "amazon.co.uk", date(2025, 7, 30), ["0.97"], ["0.92"]),
        ("premium_on_time_delivery", "amazon.com", date(2025, 6, 28), ["0.97"], ["0.935"]),
        ("sfp_on_time_shipment", "amazon.de", date(2023, 6, 20), ["0.99"], []),
        ("sfp_own_labels", "amazon.de", date(2023, 6, 20), ["0.98"], []),
        ("sfp_on_time_delivery", "amazon.de", date(2023, 6, 20), [], ["0.90"]),
        ("sfp_valid_tracking", "amazon.com.be", date(2023, 6, 20), [], ["0.99"]),
        ("sfp_cancellation", "amazon.de", date(2023, 6, 20), ["0.005"], ["0.005"]),
        ("sfp_on_time_shipment", "amazon.co.jp", date(2021, 7, 14), ["0.99"], []),
        ("sfp_on_time_delivery", "amazon.co.jp", date(2021, 7, 14), [], ["0.96"]),
        ("sfp_valid_tracking", "amazon.co.jp", date(2021, 7, 14), [], ["0.94"]),
        ("sfp_cancellation", "amazon.co.jp", date(2021, 7, 14), ["0.005"], ["0.01"]),
        ("sfp_on_time_shipment", "amazon.co.uk", date(2023, 6, 20), ["0.99"], ["0.99"]),
        ("valid_tracking_rate", "amazon.fr", date(2025, 1, 14), ["0.95"], ["0.95"]),
        ("valid_tracking_rate", "amazon.ie", date(2025, 1, 14), ["0.95"], ["0.95"]),
    ],
)
def test_an_older_rule_ends_on_the_day_before_the_newer_one_begins(metric, store, last_day, before, after):
    def values(day):
        return [row.value for row in targets.in_force(metric, store, "merchant", day)]

    assert (values(last_day), values(last_day + timedelta(1))) == (before, after)


# --- the pause of 2020: orders of 20 March to 31 May were not used against accounts ---


@pytest.mark.parametrize(
    ("metric", "window_days", "first", "last"),
    [
        # the last window that still holds 31 May ends (window − 1) days later, and is judged the lag after that
        ("late_shipment_rate", 10, date(2020, 3, 20), date(2020, 6, 9)),
        ("late_shipment_rate", 30, date(2020, 3, 20), date(2020, 6, 29)),
        ("cancellation_rate", 7, date(2020, 3, 20), date(2020, 6, 6)),
        ("order_defect_rate", 60, date(2020, 3, 20), date(2020, 8, 12)),
    ],
)
def test_in_the_pandemic_pause_and_over_windows_with_its_orders_nothing_is_judged(metric, window_days, first, last):
    def row(day):
        found = targets.in_force(metric, "amazon.co.uk", "merchant", day)
        return next(one for one in found if one.window_days == window_days)

    days = (first - timedelta(1), first, last, last + timedelta(1))
    assert [row(day).is_judged for day in days] == [True, False, False, True]
    assert (row(first).value, row(first).must_be) == (row(TODAY).value, "below")
    assert row(first).note.startswith("not judged: pause in the pandemic")


def test_the_pause_follows_the_window_an_account_chose_for_its_old_order_defects():
    key, longer = ("order_defect_rate", "amazon.com", "merchant"), {"odr_window_before_2021": "90/30"}
    (still,) = targets.in_force(*key, date(2020, 9, 27), options=longer)  # 31 May + 89 days + lag of 30
    (over,) = targets.in_force(*key, date(2020, 9, 28), options=longer)
    assert (still.is_judged, over.is_judged) == (False, True)


def test_an_account_s_own_target_is_judged_in_the_pause_too():
    own = [OwnTarget("cancellation_rate", "0.02", "below")]
    (row,) = targets.in_force("cancellation_rate", "amazon.de", "merchant", date(2020, 4, 15), own=own)
    assert (row.is_judged, row.note) == (True, "")


# --- events ---


def told(*key):
    return [(event.on, event.last) for event in targets.events(*key)]


def test_an_event_is_told_in_its_stores_and_of_its_rates_only():
    july = (date(2026, 7, 1), date(2026, 7, 31))
    (event,) = targets.events("amazon.de", *july, "late_shipment_rate")
    assert (event.on, event.last, event.grade) == (date(2026, 7, 15), date(2026, 7, 15), "A")
    assert [event.grade for event in targets.events("amazon.co.uk", *july, "late_shipment_rate")] == ["T"]
    assert told("amazon.de", *july, "valid_tracking_rate") == told("amazon.com", *july) == []


def test_an_event_touches_a_time_that_holds_any_of_its_days():
    pause = (date(2020, 3, 20), date(2020, 5, 31))
    for first, last, seen in [
        (date(2020, 3, 1), date(2020, 3, 19), []),
        (date(2020, 3, 1), date(2020, 3, 20), [pause]),
        (date(2020, 4, 1), date(2020, 4, 30), [pause]),
        (date(2020, 5, 31), date(2020, 6, 30), [pause]),
        (date(2020, 6, 1), date(2020, 6, 30), []),
    ]:
        assert told("amazon.de", first, last, "cancellation_rate") == seen


def test_the_busy_weeks_come_again_every_year_and_end_in_the_next():
    busy = [(date(year, 11, 15), date(year + 1, 1, 15)) for year in (2024, 2025)]
    assert told("amazon.com.au", date(2025, 1, 15), date(2025, 11, 15), "on_time_delivery_rate") == busy
    assert told("amazon.com.au", date(2025, 1, 16), date(2025, 11, 14), "on_time_delivery_rate") == []


def test_events_of_all_rates_hold_those_that_touch_none_and_stand_by_day():
    found = targets.events("amazon.com", date(2026, 1, 16), date(2026, 9, 1))
    assert [event.on for event in found] == [date(2026, 1, 26), date(2026, 6, 29), date(2026, 9, 1)]
    assert [bool(event.metrics) for event in found] == [False, True, True]


def test_an_event_of_every_store_holds_in_stores_the_kit_does_not_know():
    assert told("olist", date(2025, 8, 4), date(2025, 8, 4)) == [(date(2025, 8, 4), date(2025, 8, 4))]


def test_stars_alone_are_an_event_on_the_day_the_option_says():
    day = date.fromisoformat(OPTIONS["break_date"].default)
    assert told("amazon.de", day, day, "feedback_score") == [(day, day)]


def test_every_event_names_its_source_and_grade_and_metrics_of_the_kit():
    found = {event for store in targets.marketplaces() for event in targets.events(store, date(2011, 1, 1), TODAY)}
    assert all(event.what and event.source and event.grade for event in found)
    assert {metric for event in found for metric in event.metrics} <= set(METRICS)
    assert all(event.on <= event.last for event in found)


def test_an_own_target_of_a_rate_without_a_window_is_in_force_and_names_none():
    own = [OwnTarget("business_hour_delivery_rate", "0.95", "at_least")]
    rows = targets.in_force("business_hour_delivery_rate", "amazon.com", "merchant", TODAY, own=own)
    assert windows(rows) == [("0.95", "at_least", None, None)]


def test_amazon_ca_keeps_pacific_time():
    assert targets.marketplaces()["amazon.ca"].time_zone == "America/Los_Angeles"


# --- keeping up -----------------------------------------------------------------------------------------------------


def test_every_row_says_when_it_was_last_compared_with_its_source_and_none_in_the_future():
    confirmed = targets.table().get_column("confirmed")
    assert confirmed.null_count() == 0
    assert confirmed.max() <= date(2026, 11, 28)


def test_a_target_is_stale_from_the_hundred_and_eighty_first_day_on():
    day = targets.table().filter(pl.col("valid_to").is_null()).get_column("confirmed").min()
    assert targets.stale(day + timedelta(days=180)).is_empty()
    rows = targets.stale(day + timedelta(days=181))
    assert rows.get_column("confirmed").unique().to_list() == [day]


def test_a_target_that_is_over_is_never_stale():
    rows = targets.stale(date(2030, 1, 1))
    assert rows.filter(pl.col("valid_to") < date(2030, 1, 1)).is_empty()
    assert rows.height == targets.table().filter(pl.col("valid_to").is_null()).height


def test_stale_targets_are_named_with_their_source_and_what_to_do():
    assert list(rule_listing.stale(date(2026, 12, 1))) == [
        "every target in force was compared with its source in the 180 days to 2026-12-01"
    ]
    first, source, *_, last = rule_listing.stale(date(2027, 12, 1))
    assert first == "order_defect_rate below 0.01, 60 days (all, merchant)"
    assert source.startswith("    confirmed 2026-11-28, 368 days ago: h/G200285170")
    assert "write confirmed = YYYY-MM-DD into its row" in last
