from datetime import date
from fractions import Fraction
from itertools import combinations

import polars as pl
import pytest

from helpers import targets
from helpers.frames import SCHEMAS
from helpers.vocabulary import OwnTarget

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
    assert not targets.in_force("on_time_delivery_rate", "amazon.fr", "merchant", TODAY)


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
    assert "at_least 0.95" in row.note


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


def test_amazon_ca_keeps_pacific_time():
    assert targets.marketplaces()["amazon.ca"].time_zone == "America/Los_Angeles"
