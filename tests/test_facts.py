"""What the metrics count besides orders: lateness, packages, units, traffic, and bad orders without a denominator."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import polars as pl
import pytest
from test_metrics import FIRST, RULES, STORE, account, one_a_day, order, window

from helpers import metrics, targets
from helpers.frames import SCHEMAS
from helpers.vocabulary import Account


def with_frames(one, **frames):
    made = {name: pl.DataFrame(rows, schema=SCHEMAS[name]) for name, rows in frames.items()}
    return Account(**{**vars(one), **made})


def file(report, first, last, *, covers=None, rows_are=None):
    said = {"path": report, "report": report, "covers": covers or report, "rows_are": rows_are}
    return dict.fromkeys(SCHEMAS["files"]) | said | {"first_day": first, "last_day": last, "reaches": last}


def shipment(order_id, source_file, **said):
    return dict.fromkeys(SCHEMAS["shipments"]) | {"order_id": order_id, "source_file": source_file} | said


def moment(day, hour=12):
    return datetime.combine(day, datetime.min.time(), UTC).replace(hour=hour)


def with_list(one, shipments, rows_are, report="late_shipments"):
    files = [*one.files.to_dicts(), file(report, FIRST, one.last_complete_day, rows_are=rows_are)]
    return with_frames(one, shipments=shipments, files=files)


def late_windows(one, as_of):
    frame = metrics.trailing(metrics.daily(one), RULES, as_of).filter(metric="late_shipment_rate", day=as_of)
    return {
        row["window_days"]: (row["window_numerator"], row["window_denominator"]) for row in frame.iter_rows(named=True)
    }


def test_a_list_of_late_orders_has_the_orders_of_its_days_as_denominator():
    late = [shipment("o35", "late_shipments", is_late=True, ship_by=moment(FIRST + timedelta(36)))]
    one = with_list(account(one_a_day(40)), late, "defective_only")
    assert late_windows(one, FIRST + timedelta(39)) == {10: (1, 10), 30: (1, 30)}


def test_a_cancelled_order_is_no_order_of_the_late_shipment_rate():
    orders = one_a_day(40)
    orders[38] |= {"status": "cancelled", "is_cancelled": True}
    one = with_list(account(orders), [shipment("o35", "late_shipments", is_late=True)], "defective_only")
    assert late_windows(one, FIRST + timedelta(39))[10] == (1, 9)


def test_a_list_of_every_judged_order_is_its_own_denominator():
    said = [shipment(f"o{n}", "late_shipments", is_late=n == 36, order_day=FIRST + timedelta(n)) for n in (31, 35, 36)]
    one = with_list(account(one_a_day(40)), said, "all_judged")
    assert late_windows(one, FIRST + timedelta(39))[10] == (1, 3)


def test_an_order_is_late_in_a_window_from_the_day_its_ship_by_moment_passed():
    late = [shipment("o35", "late_shipments", is_late=True, ship_by=moment(FIRST + timedelta(38)))]
    one = with_list(account(one_a_day(40)), late, "defective_only")
    assert late_windows(one, FIRST + timedelta(37))[10] == (0, 10)
    assert late_windows(one, FIRST + timedelta(38))[10] == (1, 10)


@pytest.mark.parametrize(("dating", "counts"), [("order_date", 0), ("expected_ship_date", 1), ("confirm_date", 1)])
def test_an_option_says_which_day_puts_an_order_into_the_late_window(dating, counts):
    # bought on day 20, due on day 31, confirmed on day 33: the ten days to day 39 begin on day 30
    times = {"ship_by": moment(FIRST + timedelta(31)), "confirmed_at": moment(FIRST + timedelta(33))}
    said = [shipment("o20", "late_shipments", is_late=True, order_day=FIRST + timedelta(20), **times)]
    one = with_list(account(one_a_day(40), options={"lsr_dating": dating}), said, "all_judged")
    assert late_windows(one, FIRST + timedelta(39))[10][0] == counts


def test_until_september_2014_an_order_was_late_three_days_after_its_ship_by_moment():
    due = FIRST + timedelta(30)
    said = [
        shipment("o29", "late_shipments", is_late=True, ship_by=moment(due), confirmed_at=moment(due + timedelta(2))),
        shipment("o30", "late_shipments", is_late=True, ship_by=moment(due), confirmed_at=moment(due + timedelta(3))),
    ]
    as_of = FIRST + timedelta(39)
    now = with_list(account(one_a_day(40)), said, "all_judged")
    then = with_list(account(one_a_day(40), options={"lsr_late": "three_days_past"}), said, "all_judged")
    assert [late_windows(one, as_of)[30] for one in (now, then)] == [(2, 2), (1, 2)]


def test_a_report_of_2013_reads_lateness_as_its_day_did_and_an_account_may_choose_otherwise():
    one = Account(**{**vars(account(one_a_day(3))), "marketplaces": ("amazon.com",)})
    chosen = Account(**{**vars(one), "options": {"lsr_late": "past_ship_by"}})
    assert targets.with_rules_of(one, date(2013, 6, 1)).option("lsr_late") == "three_days_past"
    assert targets.with_rules_of(one, date(2023, 6, 1)).option("lsr_late") == "past_ship_by"
    assert targets.with_rules_of(chosen, date(2013, 6, 1)).option("lsr_late") == "past_ship_by"
    looked_at_then = targets.with_rules_of(one, date(2013, 6, 1))  # a day looked at leaves no reading of its own behind
    assert targets.with_rules_of(looked_at_then, date(2023, 6, 1)).option("lsr_late") == "past_ship_by"


def packages_account(rows, rows_are="all_judged", report="valid_tracking"):
    return with_list(account(one_a_day(60)), rows, rows_are, report)


def test_valid_tracking_is_judged_apart_in_each_category():
    promised = moment(FIRST + timedelta(40))
    rows = [
        shipment("o1", "valid_tracking", is_valid=valid, category=category, promised_by=promised)
        for category, valid in [("Home", True), ("Home", False), ("Home", True), ("Office", False)]
    ]
    as_of = FIRST + timedelta(59)
    frame = metrics.trailing(metrics.daily(packages_account(rows)), RULES, as_of)
    of_day = frame.filter(metric="valid_tracking_rate", day=as_of).sort("group")
    assert of_day.select("group", "window_numerator", "window_denominator").rows() == [("Home", 2, 3), ("Office", 0, 1)]


def test_a_list_of_bad_packages_only_has_no_denominator_and_no_rate():
    rows = [shipment("o1", "valid_tracking", is_valid=False, promised_by=moment(FIRST + timedelta(40)))]
    daily = metrics.daily(packages_account(rows, "defective_only"))
    assert daily.filter(metric="valid_tracking_rate").is_empty()


def test_on_time_delivery_counts_units_and_ends_its_days_at_pacific_midnight():
    # 07:59:59 on 10 January in UTC is 23:59:59 on 9 January in Los Angeles
    deliver_by = datetime(2026, 1, 10, 7, 59, 59, tzinfo=UTC)
    rows = [
        shipment("a", "on_time_delivery", is_on_time=True, units=8, promised_by=deliver_by),
        shipment("b", "on_time_delivery", is_on_time=False, units=3, promised_by=deliver_by),
    ]
    daily = metrics.daily(packages_account(rows, report="on_time_delivery"))
    by_unit = daily.filter(pl.col("metric") == "on_time_delivery_rate", pl.col("numerator") > 0)
    assert by_unit.select("day", "numerator").row(0) == (date(2026, 1, 9), 8)


def test_refunds_are_units_over_units_of_the_same_days_and_may_exceed_them():
    rows = [
        dict.fromkeys(SCHEMAS["traffic"])
        | {"marketplace": STORE, "day": FIRST + timedelta(n), "days": 1, "units_ordered": sold, "units_refunded": back}
        for n, (sold, back) in enumerate([(10, 1), (3, 5), (0, 2)])
    ]
    one = with_frames(account(one_a_day(3)), traffic=rows)
    daily, day = metrics.daily(one), FIRST + timedelta(2)
    frame = metrics.trailing(daily, RULES, day, metrics.lumps(daily, RULES, day)).filter(metric="refund_rate")
    last = frame.row(-1, named=True)
    assert (last["window_numerator"], last["window_denominator"]) == (8, 13)
    assert frame.filter(window_numerator=1).item(0, "rate_low") is not None


def test_a_window_with_more_refunds_than_sales_has_a_figure_and_no_interval():
    rows = [
        dict.fromkeys(SCHEMAS["traffic"])
        | {"marketplace": STORE, "day": FIRST, "days": 1, "units_ordered": 3, "units_refunded": 5}
    ]
    one = with_frames(account(one_a_day(1)), traffic=rows)
    (row,) = metrics.trailing(metrics.daily(one), RULES, FIRST).filter(metric="refund_rate", day=FIRST).to_dicts()
    assert (row["window_numerator"], row["rate_low"], row["rate_high"]) == (5, None, None)


def test_bad_orders_of_a_list_are_known_without_any_order_file():
    blank = dict.fromkeys(SCHEMAS["defects"]) | {"kind": "a_to_z_claim", "counts": True, "fulfilment": "merchant"}
    listed = [blank | {"order_id": f"l{n}", "order_day": FIRST, "occurred_on": FIRST + timedelta(5)} for n in range(7)]
    bare = account([order("x", FIRST)], listed)
    one = Account(**{**vars(bare), "orders": bare.orders.clear(), "files": bare.files.clear()})
    rules = partial(targets.in_force, own=())
    frame = metrics.trailing(metrics.daily(one), rules, FIRST + timedelta(20))
    assert window(frame, "order_defect_rate", FIRST + timedelta(20)) == (7, 0)
