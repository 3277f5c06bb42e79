"""The marketplace's figure beside ours: its own window, its own day, and why they differ."""

from datetime import date, timedelta

import polars as pl

from helpers import referee
from helpers.frames import SCHEMAS

TAKEN = date(2025, 9, 14)
START, END = date(2025, 7, 2), date(2025, 8, 30)
KEY = {"account": "a", "marketplace": "amazon.co.uk", "fulfilment": "merchant"}


def snapshot(metric, x, n, rate, **said):
    blank = dict.fromkeys(SCHEMAS["snapshots"]) | KEY
    row = {"metric": metric, "window_days": 60, "taken_on": TAKEN, "window_start": START, "window_end": END}
    return blank | row | {"numerator": x, "denominator": n, "rate_reported": rate} | said


def counted(metric, orders, defects, *, first=START):
    """One row a covered day; all `orders` on the first day; `defects` are (seen_on, count) on that day."""
    days = [first + timedelta(n) for n in range((END - first).days + 1)]
    blank = dict.fromkeys(SCHEMAS["daily"]) | KEY | {"metric": metric, "numerator": 0, "denominator": 0}
    calendar = [blank | {"day": day, "denominator": orders if day == days[0] else 0} for day in days]
    return calendar + [blank | {"day": days[0], "seen_on": seen_on, "numerator": n} for seen_on, n in defects]


def compare(counts, snapshots, as_of=TAKEN - timedelta(1)):
    daily = pl.DataFrame(counts, schema=SCHEMAS["daily"])
    return referee.compare(daily, pl.DataFrame(snapshots, schema=SCHEMAS["snapshots"]), as_of).to_dicts()


def test_equal_counts_are_said_to_be_equal():
    (row,) = compare(
        counted("order_defect_rate", 18, [(date(2025, 8, 25), 4)]), [snapshot("order_defect_rate", 4, 18, 0.2222)]
    )
    assert (row["numerator"], row["denominator"]) == (4, 18)
    assert row["explanation"] == "Both count the same."


def test_a_defect_seen_on_the_day_of_the_snapshot_was_not_in_it():
    (row,) = compare(
        counted("order_defect_rate", 18, [(TAKEN - timedelta(1), 1), (TAKEN, 1)]),
        [snapshot("order_defect_rate", 1, 18, 0.0556)],
        as_of=TAKEN + timedelta(5),
    )
    assert row["numerator"] == 1


def test_a_window_the_order_files_do_not_cover_is_never_compared():
    (row,) = compare(
        counted("order_defect_rate", 18, [], first=START + timedelta(1)), [snapshot("order_defect_rate", 4, 25, 0.16)]
    )
    assert (row["rate"], row["discrepancy"], row["is_covered"]) == (None, None, False)
    assert row["explanation"].startswith("Not compared: the order files do not cover")


def test_a_rate_no_file_tells_is_not_said_to_lack_days_of_order_files():
    (row,) = compare([], [snapshot("order_defect_rate", 4, 25, 0.16)])
    assert row["explanation"] == "Not compared: no file here tells this rate but the marketplace's own."


def test_two_windows_of_one_rate_explain_each_other():
    month, days = snapshot("late_shipment_rate", 5, 200, 0.025, window_days=30), {"window_days": 10}
    found = compare([], [month, snapshot("late_shipment_rate", 3, 50, 0.06, **days)])
    said = {row["window_days"]: row["explanation"] for row in found}
    # 5 - 3 late of 200 - 50 orders
    assert said[30].endswith(
        "Of the marketplace's 30 days the last 10 hold 6.00\N{NARROW NO-BREAK SPACE}% (3 of 50 orders), "
        "the 20 before 1.33\N{NARROW NO-BREAK SPACE}% (2 of 150 orders)."
    )
    assert "before" not in said[10]


def test_a_shorter_window_with_more_late_orders_than_the_longer_one_is_a_contradiction_and_said():
    month, days = snapshot("late_shipment_rate", 2, 200, 0.01, window_days=30), {"window_days": 10}
    found = compare([], [month, snapshot("late_shipment_rate", 3, 50, 0.06, **days)])
    (row,) = [row for row in found if row["window_days"] == 30]
    assert "the file contradicts itself" in row["explanation"]


def test_windows_that_end_on_different_days_explain_nothing():
    month, days = snapshot("late_shipment_rate", 5, 200, 0.025, window_days=30), {"window_days": 10}
    short = snapshot("late_shipment_rate", 3, 50, 0.06, window_end=END - timedelta(1), **days)
    assert not [row for row in compare([], [month, short]) if "days the last" in row["explanation"]]


def test_an_explanation_keeps_the_capitals_of_its_words():
    (row,) = compare(
        counted("order_defect_rate", 19, [(date(2025, 8, 25), 4)]), [snapshot("order_defect_rate", 4, 18, 0.2222)]
    )
    assert row["explanation"].startswith("The files hold 1 order more")


def test_a_figure_without_its_window_is_named_and_not_compared():
    windowless = snapshot("order_defect_rate", 4, 18, 0.2222, window_start=None, window_end=None)
    (row,) = compare(counted("order_defect_rate", 18, [(date(2025, 8, 25), 4)]), [windowless])
    assert (row["numerator"], row["is_covered"]) == (None, False)
    assert row["explanation"] == "Not compared: the marketplace's file prints no window with this figure."


def test_the_gap_is_explained_by_the_kind_of_defect_the_files_do_not_hold():
    counts = counted("order_defect_rate", 18, [(date(2025, 8, 1), 2)]) + counted("a_to_z_claims", 18, [])
    counts += counted("negative_feedback_rate", 18, [(date(2025, 8, 1), 2)])
    found = compare(
        counts,
        [
            snapshot("order_defect_rate", 4, 18, 0.2222),
            snapshot("a_to_z_claims", 2, 18, 2 / 18),
            snapshot("negative_feedback_rate", 2, 18, 2 / 18),
        ],
    )
    (row,) = [row for row in found if row["metric"] == "order_defect_rate"]
    assert row["explanation"] == "A-to-z claims: 2 at the marketplace, 0 in the files."


def test_a_part_printed_without_its_count_explains_no_gap():
    counts = counted("order_defect_rate", 18, [(date(2025, 8, 1), 2)]) + counted("a_to_z_claims", 18, [])
    theirs = [snapshot("order_defect_rate", 4, 18, 0.2222), snapshot("a_to_z_claims", None, None, 0.1111)]
    (row,) = [row for row in compare(counts, theirs) if row["metric"] == "order_defect_rate"]
    assert row["explanation"] == "4 at the marketplace, 2 in the files."


def test_only_the_newest_snapshot_by_the_day_after_counts():
    older = snapshot("order_defect_rate", 1, 18, 0.0556, taken_on=TAKEN - timedelta(7))
    future = snapshot("order_defect_rate", 9, 18, 0.5, taken_on=TAKEN + timedelta(1))
    newest = snapshot("order_defect_rate", 4, 18, 0.2222)
    (row,) = compare(counted("order_defect_rate", 18, []), [future, newest, older])
    assert row["numerator_reported"] == 4


def test_a_rate_that_was_not_measured_is_not_compared():
    assert compare(counted("order_defect_rate", 18, []), [snapshot("order_defect_rate", 0, 0, None)]) == []


def as_trailing(snapshots, own=()):
    frame = pl.DataFrame(list(own), schema=SCHEMAS["trailing"])
    return referee.as_trailing(pl.DataFrame(snapshots, schema=SCHEMAS["snapshots"]), frame, TAKEN - timedelta(1))


def test_the_marketplace_s_own_figure_stands_where_the_files_give_none():
    (row,) = as_trailing([snapshot("late_shipment_rate", 5, 200, 0.025, window_days=30)]).to_dicts()
    assert (row["window_numerator"], row["window_denominator"], row["rate"]) == (5, 200, 0.025)
    assert (row["source"], row["is_covered"], row["day"]) == ("marketplace", True, TAKEN - timedelta(1))


def test_the_files_own_figure_is_not_pushed_aside_by_the_marketplace_s():
    said = {"metric": "order_defect_rate", "window_days": 60, "day": TAKEN - timedelta(1), "is_covered": True}
    own = dict.fromkeys(SCHEMAS["trailing"]) | KEY | said | {"window_denominator": 18, "is_mature": True}
    assert as_trailing([snapshot("order_defect_rate", 4, 18, 0.2222)], [own]).is_empty()


def test_where_the_files_end_before_the_window_does_the_marketplace_s_own_figure_stands():
    said = {"metric": "order_defect_rate", "window_days": 60, "day": TAKEN - timedelta(1), "is_covered": True}
    own = dict.fromkeys(SCHEMAS["trailing"]) | KEY | said | {"window_denominator": 13, "is_mature": False}
    (row,) = as_trailing([snapshot("order_defect_rate", 4, 18, 0.2222)], [own]).to_dicts()
    assert (row["window_numerator"], row["window_denominator"], row["source"]) == (4, 18, "marketplace")


def test_a_rate_without_its_counts_or_with_more_than_all_is_not_judged():
    odd = [snapshot("late_shipment_rate", None, 200, 0.1), snapshot("cancellation_rate", 9, 8, 0.1)]
    assert as_trailing(odd).is_empty()


def test_a_file_older_than_a_week_is_no_verdict_of_the_day():
    frame = pl.DataFrame([], schema=SCHEMAS["trailing"])
    said = pl.DataFrame([snapshot("late_shipment_rate", 5, 200, 0.025, window_days=30)], schema=SCHEMAS["snapshots"])
    ages = [referee.as_trailing(said, frame, TAKEN + timedelta(days)).height for days in (-1, 6, 7)]
    assert ages == [1, 1, 0]


def test_tracking_of_each_category_is_not_compared_with_one_figure_of_all():
    (row,) = compare([], [snapshot("valid_tracking_rate", 90, 100, 0.9)])
    assert "tell each category apart" in row["explanation"]
