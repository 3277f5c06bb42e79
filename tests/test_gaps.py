"""Gaps: a kind of file that speaks for some days of an account and not for all days of a judged window.

A table of small accounts, one a kind of file, with the days counted by hand; everything is looked at on an audit.
"""

from datetime import date, datetime, time, timedelta

import polars as pl
import pytest
from test_coverage import busy_feedback
from test_coverage import file as listed_file

from helpers.audit import Audit
from helpers.frames import SCHEMAS
from helpers.vocabulary import Account, OwnTarget

DAY = date(2026, 10, 31)  # defects are judged over 19 August to 17 October, cancellations over 25 to 31 October
TODAY = date(2026, 11, 28)
DE, FR = "amazon.de", "amazon.fr"
WHOLE = "order_defect_rate"


def on(month, day):
    return date(2026, month, day)


def file(report, first, last, **said):
    covers = "orders" if report in ("all_orders", "orders") else report
    return listed_file(report, first, last) | {"covers": covers, "marketplaces": [DE]} | said


def order(number, day, store=DE, **said):
    row = {"order_id": str(number), "account": "a", "marketplace": store, "fulfilment": "merchant", "day": day}
    row |= {"is_cancelled": False, "is_replacement": False, "status": "shipped", "updated_on": day}
    return dict.fromkeys(SCHEMAS["orders"]) | row | {"is_buyer_requested": False} | said


def a_day(first, last, each, store=DE):
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [order(f"{store}{day}{n}", day, store) for day in days for n in range(each)]


def account(files, orders, *, stores=(DE,), last=DAY, **frames):
    made = {name: pl.DataFrame(rows, schema=SCHEMAS[name]) for name, rows in frames.items()}
    return Account(
        id="a",
        name="A",
        folder="a",
        marketplaces=stores,
        fulfilments=("merchant",),
        files=pl.DataFrame(files, schema=SCHEMAS["files"]),
        orders=pl.DataFrame(orders, schema=SCHEMAS["orders"]),
        last_complete_day=last,
        **made,
    )


def audit(one, day=DAY):
    return Audit(one, day, TODAY)


def gaps(one, metric=WHOLE, day=DAY, store=DE):
    found = audit(one, day).gaps.filter(metric=metric, marketplace=store)
    return found.select("kind", "first_day", "last_day").rows()


def exactness(one, metric=WHOLE, day=DAY, store=DE):
    return audit(one, day).covered.filter(metric=metric, marketplace=store).item(0, "exactness")


YEAR = file("all_orders", on(1, 1), DAY)
SOLD = a_day(on(1, 1), DAY, 3)
LIST = file("order_defects", on(8, 19), DAY)


# --- orders ------------------------------------------------------------------------------------------------------


def two_stores(files):
    """Three orders a day in Germany, and in France one every fortnight: in no month more than three."""
    rare = [order(f"fr{n}", on(1, 1) + timedelta(14 * n), FR) for n in range(22)]
    inside = [row for row in SOLD + rare if any(one["first_day"] <= row["day"] <= one["last_day"] for one in files)]
    return account([*files, LIST], inside, stores=(DE, FR))


def test_a_month_without_an_order_file_is_missing_of_every_store_however_seldom_it_sells():
    files = [
        file("all_orders", on(1, 1), on(8, 31), marketplaces=[DE, FR]),
        file("all_orders", on(10, 1), DAY, marketplaces=[DE, FR]),
    ]
    for store in (DE, FR):
        assert gaps(two_stores(files), store=store) == [("order files", on(9, 1), on(9, 30))]
        assert exactness(two_stores(files), store=store) == "approximate"
    found = audit(two_stores(files))
    assert found.holes.select("kind", "marketplace", "first_day", "last_day").rows() == [
        ("order files", None, on(9, 1), on(9, 30))
    ]
    covered = found.daily.filter(pl.col("seen_on").is_null(), pl.col("day").is_between(on(9, 1), on(9, 30)))
    assert covered.is_empty()


def test_a_month_in_which_the_small_store_sold_nothing_is_no_gap_of_it():
    files = [
        file("all_orders", on(1, 1), on(8, 31), marketplaces=[DE, FR]),
        file("all_orders", on(9, 1), on(9, 10), marketplaces=[DE]),
        file("all_orders", on(9, 11), DAY, marketplaces=[DE, FR]),
    ]
    assert audit(two_stores(files)).gaps.is_empty()


def test_files_of_one_store_alone_speak_for_that_store():
    german = [file("all_orders", on(1, 1), on(8, 31)), file("all_orders", on(10, 1), DAY)]
    french = file("all_orders", on(1, 1), DAY, marketplaces=[FR])
    sold = [row for row in SOLD if row["day"].month != 9] + a_day(on(1, 1), DAY, 1, FR)
    one = account([*german, french, LIST], sold, stores=(DE, FR))
    assert gaps(one, store=DE) == [("order files", on(9, 1), on(9, 30))]
    assert gaps(one, store=FR) == []
    assert audit(one).holes.get_column("marketplace").to_list() == [DE]


def test_order_files_that_end_or_begin_inside_a_window_are_gaps_with_the_day_they_do():
    ended = account([file("all_orders", on(1, 1), on(9, 30)), LIST], a_day(on(1, 1), on(9, 30), 3), last=on(9, 30))
    assert gaps(ended) == [("order files", on(10, 1), on(10, 17))]
    assert gaps(ended, "cancellation_rate") == [("order files", on(10, 25), on(10, 31))]
    said = audit(ended).gaps.row(0, named=True)
    assert said["why"] == "the order files end on 30 September 2026"
    assert "1 October 2026 to 31" not in said["download"]
    assert "1 October to 31 October 2026" in said["download"]
    late = account([file("all_orders", on(9, 1), DAY), LIST], a_day(on(9, 1), DAY, 3))
    assert gaps(late) == [("order files", on(8, 19), on(8, 31))]
    assert audit(late).gaps.item(0, "why") == "the order files begin on 1 September 2026"


def test_a_hole_older_than_every_window_is_no_gap_and_stands_among_the_holes():
    files = [file("all_orders", on(1, 1), on(3, 31)), file("all_orders", on(5, 1), DAY), LIST]
    one = account(files, [row for row in SOLD if row["day"].month != 4])
    assert audit(one).gaps.is_empty()
    assert exactness(one) == "exact"
    assert audit(one).holes.select("first_day", "last_day").rows() == [(on(4, 1), on(4, 30))]


# --- feedback and lists of defects -------------------------------------------------------------------------------


def with_feedback(*spans):
    rows = [row | {"source_file": f"{a}"} for a, b in spans for row in busy_feedback(a, b)]
    files = [file("feedback", a, b, path=f"{a}", covers=None) for a, b in spans]
    return account([YEAR, *files], SOLD, feedback=rows)


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(on(8, 1), DAY)], []),
        ([(on(1, 1), on(8, 31)), (on(9, 3), DAY)], []),  # two days without one are no surprise
        ([(on(1, 1), on(8, 31)), (on(10, 1), DAY)], [(on(9, 1), on(9, 30))]),
        ([(on(1, 1), on(9, 30))], [(on(10, 5), DAY)]),  # four quiet days may belong to the file
        ([(on(9, 10), DAY)], [(on(8, 19), on(9, 5))]),
        ([(on(1, 1), on(3, 31)), (on(5, 1), DAY)], []),
    ],
    ids=["one file", "a quiet time", "a month between", "ends early", "begins late", "an old hole"],
)
def test_months_between_feedback_files_are_gaps_and_a_quiet_time_is_none(spans, found):
    one = with_feedback(*spans)
    assert gaps(one) == [("feedback files", first, last) for first, last in found]
    part = audit(one).covered.filter(metric="negative_feedback_rate").item(0, "exactness")
    assert part == ("lower_bound" if found else "exact")


def test_an_old_hole_between_feedback_files_stands_among_the_holes():
    found = audit(with_feedback((on(1, 1), on(3, 31)), (on(5, 1), DAY))).holes
    assert found.select("kind", "first_day", "last_day").rows() == [("feedback files", on(4, 1), on(4, 30))]


def with_lists(*taken):
    """Lists of order defects taken on these days, each with one order of the 60 days it is about."""
    files = [file("order_defects", day - timedelta(60), day, path=f"{day}") for day in taken]
    return account([YEAR, *files], SOLD)


@pytest.mark.parametrize(
    ("taken", "found"),
    [
        ([on(8, 31), on(9, 30), DAY], []),
        ([on(8, 31), DAY], []),  # the newest speaks for all orders of the window
        ([on(8, 31), on(9, 30)], [(on(10, 1), DAY)]),
    ],
    ids=["every month", "without September", "without October"],
)
def test_lists_of_defects_that_overlap_are_no_gap_and_one_that_ends_early_is(taken, found):
    assert gaps(with_lists(*taken)) == [("order defect lists", first, last) for first, last in found]
    assert exactness(with_lists(*taken)) == ("lower_bound" if found else "exact")
    assert audit(with_lists(*taken)).holes.is_empty()


def test_two_lists_further_apart_than_the_days_one_speaks_for_leave_a_hole():
    # the list of 31 October speaks for the orders of the 74 days from 19 August on
    found = audit(with_lists(on(7, 31), DAY)).holes
    assert found.select("kind", "first_day", "last_day").rows() == [("order defect lists", on(8, 1), on(8, 18))]


def test_a_mark_that_only_a_later_list_names_came_after_the_list_of_the_day():
    mark = dict.fromkeys(SCHEMAS["defects"]) | {"order_id": "x", "kind": "chargeback", "counts": True}
    later = pl.DataFrame([mark | {"occurred_on": DAY, "is_dated": False}], schema=SCHEMAS["defects"])
    of_september = with_lists(on(9, 30), DAY)
    assert exactness(Account(**vars(of_september) | {"defects": later}), day=on(9, 30)) == "exact"
    assert exactness(Account(**vars(with_lists(DAY)) | {"defects": later}), day=on(9, 30)) == "lower_bound"


# --- lists of shipments ------------------------------------------------------------------------------------------


def moment(day):
    return datetime.combine(day, time(12)).astimezone()


def shipments(first, last, path, **said):
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    blank = dict.fromkeys(SCHEMAS["shipments"]) | {"fulfilment": "merchant", "source_file": path} | said
    return [blank | {"order_id": f"{DE}{day}0", "order_day": day} for day in days]


def with_late_lists(*spans, rows_are="defective_only"):
    files = [file("late_shipments", a, b, path=f"{a}", rows_are=rows_are) for a, b in spans]
    rows = [row for a, b in spans for row in shipments(a, b, f"{a}", is_late=True)]
    return account([YEAR, *files], SOLD, shipments=rows)


@pytest.mark.parametrize("rows_are", ["defective_only", "all_judged"])
def test_a_month_between_lists_of_late_orders_is_a_gap_of_the_windows_it_touches(rows_are):
    one = with_late_lists((on(1, 1), on(8, 31)), (on(10, 10), DAY), rows_are=rows_are)
    begins = on(10, 2) if rows_are == "defective_only" else on(10, 10)  # a list of late ones speaks for 30 days
    hole = (on(9, 1), begins - timedelta(1))
    assert audit(one).holes.select("kind", "first_day", "last_day").rows() == [("late shipment lists", *hole)]
    found = [("late shipment lists", on(10, 2), on(10, 9))] if rows_are == "all_judged" else []
    assert gaps(one, "late_shipment_rate") == found
    # the window of 10 days is told in full, so the rate is exact in it
    assert exactness(one, "late_shipment_rate") == "exact"
    status = {
        row["window_days"]: row["status"] for row in audit(one).verdicts.filter(metric="late_shipment_rate").to_dicts()
    }
    assert status[10] == "breached"
    assert status[30] == ("no_data" if found else "breached")


def test_a_list_of_late_orders_that_ends_early_leaves_no_exact_rate():
    one = with_late_lists((on(1, 1), on(9, 30)))
    assert gaps(one, "late_shipment_rate") == [("late shipment lists", on(10, 2), DAY)]
    assert exactness(one, "late_shipment_rate") == "lower_bound"


def test_an_order_confirmed_very_late_does_not_make_a_list_speak_for_the_month_before():
    due = [moment(on(8, 10)), *(moment(on(10, n)) for n in range(2, 32) for _ in range(3))]
    rows = [
        row | {"ship_by": day} for day, row in zip(due, shipments(on(1, 1), on(4, 1), "l", is_late=True), strict=True)
    ]
    one = account(
        [YEAR, file("late_shipments", on(8, 9), DAY, path="l", rows_are="defective_only")], SOLD, shipments=rows
    )
    assert gaps(one, "late_shipment_rate", on(9, 30)) == [("late shipment lists", on(9, 1), on(9, 30))]
    assert gaps(one, "late_shipment_rate") == []


@pytest.mark.parametrize(
    ("metric", "proof", "mark", "window"),
    [
        ("valid_tracking_rate", "valid_tracking", "is_valid", (on(9, 18), on(10, 17))),
        ("on_time_delivery_rate", "on_time_delivery", "is_on_time", (on(10, 11), on(10, 24))),
    ],
)
def test_each_list_of_packages_speaks_for_its_own_rate_alone(metric, proof, mark, window):
    other = {"valid_tracking": "on_time_delivery", "on_time_delivery": "valid_tracking"}[proof]
    marks = {"valid_tracking": "is_valid", "on_time_delivery": "is_on_time"}
    # five packages a day, so that no quiet day belongs to a list
    whole = shipments(on(1, 1), DAY, other, **{marks[other]: True, "units": 1}) * 5
    cut = shipments(on(1, 1), on(9, 30), proof, **{mark: True, "units": 1}) * 5
    files = [
        file(name, on(1, 1), day, path=name, rows_are="all_judged") for name, day in ((other, DAY), (proof, on(9, 30)))
    ]
    one = account([YEAR, *files], SOLD, stores=("amazon.co.uk",), shipments=whole + cut)
    found = gaps(one, metric, store="amazon.co.uk")
    assert found == [
        ({"is_valid": "valid tracking lists"}.get(mark, "on-time delivery lists"), max(window[0], on(10, 1)), window[1])
    ]
    assert audit(one).verdicts.filter(metric=metric, exactness="exact").is_empty()


# --- payments, account health, what is not supplied --------------------------------------------------------------


def with_settlements(*spans, lists=()):
    files = [file("settlement", a, b, path=f"{a}", covers="money") for a, b in spans]
    posted = [dict.fromkeys(SCHEMAS["money"]) | {"order_id": "x", "posted_at": moment(on(9, 1))}] * 900
    return account([YEAR, *files, *lists], SOLD, money=posted)


def test_a_hole_between_settlements_is_a_gap_where_they_prove_the_claims_and_the_open_one_is_none():
    first, second, third = (on(7, 1), on(9, 3)), (on(9, 4), on(9, 17)), (on(9, 18), on(10, 20))
    assert gaps(with_settlements(first, second, third)) == []  # the settlement after 20 October has not closed
    assert gaps(with_settlements(first, third)) == [("payment files", on(9, 4), on(9, 17))]
    assert gaps(with_settlements(first, second)) == [("payment files", on(9, 18), DAY)]
    listed = with_settlements(first, third, lists=[LIST])
    assert gaps(listed) == []
    assert audit(listed).holes.get_column("kind").to_list() == ["payment files"]


def with_health(taken_on, metric="invoice_defect_rate"):
    window = {"window_days": 7, "window_start": taken_on - timedelta(21), "window_end": taken_on - timedelta(15)}
    row = dict.fromkeys(SCHEMAS["snapshots"]) | {"account": "a", "marketplace": DE, "fulfilment": "merchant"}
    row |= window | {"metric": metric, "taken_on": taken_on, "numerator": 1, "denominator": 20, "rate_reported": 0.05}
    return account([YEAR, LIST], SOLD, snapshots=[row])


def test_an_account_health_file_older_than_the_window_is_a_gap_of_the_rate_it_alone_tells():
    # invoices are judged over 11 to 17 October; a file of 1 October tells them to 16 September
    assert gaps(with_health(on(11, 1)), "invoice_defect_rate") == []
    assert gaps(with_health(on(10, 1)), "invoice_defect_rate") == [("account health files", on(10, 11), on(10, 17))]
    assert audit(with_health(on(10, 1))).gaps.item(0, "why").endswith("was taken on 1 October 2026")


def test_a_kind_of_which_no_file_is_there_is_not_supplied_and_no_gap():
    found = audit(account([YEAR], SOLD))
    assert found.gaps.is_empty()
    untold = found.covered.filter("is_judged", ~pl.col("is_told")).get_column("metric").to_list()
    assert set(untold) >= {WHOLE, "late_shipment_rate", "invoice_defect_rate"}


# --- nothing across a hole ---------------------------------------------------------------------------------------


def missed(files):
    """The sixth order of every tenth day with a chargeback: the target is missed."""
    placed = [row for row in SOLD if any(one["first_day"] <= row["day"] <= one["last_day"] for one in files)]
    blank = dict.fromkeys(SCHEMAS["defects"]) | {"kind": "chargeback", "counts": True, "is_dated": True}
    bad = [blank | {"order_id": row["order_id"], "occurred_on": row["day"]} for row in placed[::20]]
    return account([*files, LIST], placed, defects=bad)


def test_no_staircase_and_no_clear_day_is_told_across_a_hole():
    whole = audit(missed([YEAR]))
    assert whole.verdicts.filter(metric=WHOLE).item(0, "clear_on") is not None
    # October's orders from the 18th on are not yet in the window, and will be
    for first, last in [(on(9, 1), on(9, 30)), (on(10, 19), on(10, 25))]:
        files = [file("all_orders", on(1, 1), first - timedelta(1)), file("all_orders", last + timedelta(1), DAY)]
        holed = audit(missed(files))
        assert holed.roll_off.filter(metric=WHOLE).is_empty()
        assert holed.verdicts.filter(metric=WHOLE).get_column("clear_on").drop_nulls().is_empty()


def test_nothing_is_told_to_have_changed_when_either_window_is_not_whole():
    # looked at on 31 October and 30 September: orders of 19 August to 17 October, and of 19 July to 16 September
    for first, last, is_covered in [
        (on(9, 20), on(9, 30), False),
        (on(7, 20), on(7, 31), False),
        (on(4, 1), on(4, 9), True),
    ]:
        files = [file("all_orders", on(1, 1), first - timedelta(1)), file("all_orders", last + timedelta(1), DAY)]
        assert audit(missed(files)).changes.filter(metric=WHOLE).item(0, "is_covered") is is_covered


def test_a_rate_of_the_day_stands_once_where_the_marketplace_s_figure_judges_in_place_of_a_gap():
    files = [file("all_orders", on(1, 1), on(8, 31)), file("all_orders", on(10, 1), DAY)]
    theirs = dict.fromkeys(SCHEMAS["snapshots"]) | {"account": "a", "marketplace": DE, "fulfilment": "merchant"}
    theirs |= {"metric": WHOLE, "taken_on": on(11, 1), "numerator": 3, "denominator": 180, "rate_reported": 3 / 180}
    theirs |= {"window_days": 60, "window_start": on(8, 19), "window_end": on(10, 17)}
    one = missed(files)
    found = audit(Account(**vars(one) | {"snapshots": pl.DataFrame([theirs], schema=SCHEMAS["snapshots"])}))
    of_day = found.trailing.filter(metric=WHOLE, day=DAY)
    assert of_day.select("source", "window_denominator").rows() == [("marketplace", 180)]
    assert found.trailing.filter(metric=WHOLE, source="files").height > 0  # the days before still make the trend
    assert [row["source"] for row in found.verdicts.filter(metric=WHOLE).to_dicts()] == ["marketplace"]
    assert gaps(found.account) == [("order files", on(9, 1), on(9, 30))]


# --- exactly is earned -------------------------------------------------------------------------------------------


def test_a_table_of_orders_without_a_last_moment_to_ship_tells_no_lateness():
    table = file("orders", on(1, 1), DAY, path="t")
    untimed = account([table], SOLD, shipments=shipments(on(1, 1), DAY, "t", shipped_at=moment(DAY)))
    found = audit(untimed).covered.filter(metric="late_shipment_rate").row(0, named=True)
    assert (found["exactness"], found["is_told"]) == ("impossible", False)
    timed = account([table], SOLD, shipments=shipments(on(1, 1), DAY, "t", is_late=False))
    assert exactness(timed, "late_shipment_rate") == "exact"


def test_files_that_stand_for_no_period_prove_no_rate_over_orders():
    shipped = file("fulfilled_shipments", on(1, 1), DAY, covers=None)
    found = audit(account([shipped, LIST], SOLD)).covered.filter(pl.col("metric").is_in([WHOLE, "cancellation_rate"]))
    assert found.get_column("exactness").to_list() == ["impossible", "impossible"]


def test_nought_of_nought_is_not_exact_and_stops_no_report():
    one = account([YEAR | {"marketplaces": [DE, FR]}, LIST], [*SOLD, order("old", on(3, 1), FR)], stores=(DE, FR))
    found = audit(one).covered.filter(metric=WHOLE, marketplace=FR).row(0, named=True)
    assert (found["exactness"], found["is_told"], found["missing"]) == ("impossible", True, ["no order in the window"])
    assert exactness(one) == "exact"
    assert (
        audit(one)
        .verdicts.filter(marketplace=FR, metric=WHOLE)
        .item(0, "finding")
        .startswith(
            "Order defect rate, seller ships, amazon.fr: no order in any file that can be read, of the 60 days to "
        )
    )


def test_feedback_of_two_stores_without_orders_gives_neither_a_share():
    received = busy_feedback(on(1, 1), DAY)
    alone = account([file("feedback", on(1, 1), DAY, covers=None)], [], stores=(DE, FR), feedback=received)
    assert [exactness(alone, "feedback_score", store=store) for store in (DE, FR)] == ["impossible", "impossible"]
    one_store = account([file("feedback", on(1, 1), DAY, covers=None)], [], feedback=received)
    assert exactness(one_store, "feedback_score") == "exact"
    placed = [order("x1", on(1, 1)), *a_day(on(1, 1), DAY, 1)]
    some = account([YEAR, file("feedback", on(1, 1), DAY, covers=None)], placed, stores=(DE, FR), feedback=received)
    assert exactness(some, "feedback_score") == "approximate"


def test_a_rate_whose_bad_ones_no_file_can_tell_has_no_figure_anywhere():
    found = audit(account([YEAR], SOLD))
    for part in ("daily", "counted", "trailing", "roll_off", "changes", "arrivals", "verdicts"):
        assert WHOLE not in getattr(found, part).get_column("metric"), part
        assert "a_to_z_claims" not in getattr(found, part).get_column("metric"), part
    assert "cancellation_rate" in found.verdicts.get_column("metric")
    theirs = with_health(on(11, 1), "a_to_z_claims")
    said = audit(Account(**vars(theirs) | {"files": pl.DataFrame([YEAR], schema=SCHEMAS["files"])})).compared
    assert said.select("rate", "rate_reported", "explanation").row(0) == (
        None,
        0.05,
        "Not compared: no file here tells this rate but the marketplace's own.",
    )


def test_bad_orders_of_a_list_stay_as_they_are_without_an_order_file():
    bad = dict.fromkeys(SCHEMAS["defects"]) | {"order_id": "l", "kind": "chargeback", "counts": True, "is_dated": True}
    bad |= {"order_day": on(9, 1), "occurred_on": on(9, 9), "fulfilment": "merchant"}
    found = audit(account([LIST], [], defects=[bad]))
    row = found.verdicts.filter(metric=WHOLE).row(0, named=True)
    assert (row["status"], row["numerator"], row["denominator"], row["exactness"]) == ("no_data", 1, 0, "impossible")


# --- rows that could not be read ---------------------------------------------------------------------------------


def rejected(path, number, reason="no order number (cut line?)"):
    return [{"path": path, "line": n + 2, "reason": reason} for n in range(number)]


WITH_FEEDBACK = with_feedback((on(8, 1), DAY))
WITH_LATE = with_late_lists((on(1, 1), DAY))
WITH_ALL_LATE = with_late_lists((on(1, 1), DAY), rows_are="all_judged")
WITH_PAYMENTS = with_settlements((on(7, 1), DAY))


@pytest.mark.parametrize(
    ("one", "path", "metric", "before", "after"),
    [
        (with_lists(DAY), "2026-10-31", "a_to_z_claims", "exact", "lower_bound"),
        (with_lists(DAY), "2026-10-31", WHOLE, "exact", "lower_bound"),
        (WITH_FEEDBACK, "2026-08-01", "negative_feedback_rate", "exact", "lower_bound"),
        (WITH_FEEDBACK, "2026-08-01", "feedback_score", "exact", "approximate"),
        (WITH_LATE, "2026-01-01", "late_shipment_rate", "exact", "lower_bound"),
        (WITH_ALL_LATE, "2026-01-01", "late_shipment_rate", "exact", "approximate"),
        (WITH_PAYMENTS, "2026-07-01", "chargebacks", "upper_bound", "approximate"),
        (with_lists(DAY), "all_orders-2026-01-01", WHOLE, "exact", "approximate"),
        (with_lists(DAY), "all_orders-2026-01-01", "cancellation_rate", "exact", "approximate"),
    ],
    ids=["defects", "whole", "feedback", "score", "late ones", "all late", "payments", "orders", "cancellations"],
)
def test_a_row_that_could_not_be_read_makes_what_it_could_tell_a_bound(one, path, metric, before, after):
    assert exactness(one, metric) == before
    spoilt = Account(**vars(one) | {"rejected": pl.DataFrame(rejected(path, 3), schema=SCHEMAS["rejected"])})
    assert exactness(spoilt, metric) == after
    missing = audit(spoilt).covered.filter(metric=metric).item(0, "missing").to_list()
    assert f"3 rows of {path} could not be read" in missing


@pytest.mark.parametrize("word", ["order", "package", "defect"])
def test_a_copy_of_a_line_loses_nothing(word):
    said = rejected("2026-10-31", 3, f"the same {word} as on a line before")
    one = Account(**vars(with_lists(DAY)) | {"rejected": pl.DataFrame(said, schema=SCHEMAS["rejected"])})
    assert exactness(one) == "exact"


def test_rows_of_a_file_of_other_days_lose_the_window_nothing_and_those_of_unknown_days_may():
    old = file("order_defects", on(1, 1), on(3, 31), path="old")
    said = pl.DataFrame(rejected("old", 2), schema=SCHEMAS["rejected"])
    one = account([YEAR, LIST, old], SOLD)
    assert exactness(Account(**vars(one) | {"rejected": said})) == "exact"
    undated = account([YEAR, LIST, old | {"first_day": None, "last_day": None, "reaches": None}], SOLD)
    assert exactness(Account(**vars(undated) | {"rejected": said})) == "lower_bound"


@pytest.mark.parametrize(
    ("day", "after"),
    [(on(8, 18), "exact"), (on(8, 19), "lower_bound"), (DAY, "lower_bound"), (None, "lower_bound")],
    ids=["before the window", "its first day", "the day looked at", "unknown"],
)
def test_a_row_that_could_not_be_read_counts_by_its_own_day_where_that_can_be_read(day, after):
    said = [one | {"day": day} for one in rejected("2026-10-31", 1)]
    one = Account(**vars(with_lists(DAY)) | {"rejected": pl.DataFrame(said, schema=SCHEMAS["rejected"])})
    assert exactness(one) == after


def test_an_own_target_makes_a_gap_of_a_rate_the_marketplace_does_not_judge():
    own = (OwnTarget("return_rate", "0.1", "below"),)
    asked = [dict.fromkeys(SCHEMAS["returns"]) | {"order_id": "x", "fulfilment": "merchant", "source_file": "r"}]
    rows = [asked[0] | {"requested_on": day} for day in (on(1, 1) + timedelta(n) for n in range(273))]
    one = account([YEAR, file("merchant_returns", on(1, 1), on(9, 30), path="r")], SOLD, returns=rows)
    assert audit(one).gaps.is_empty()
    assert gaps(Account(**vars(one) | {"own_targets": own}), "return_rate") == [("returns files", on(10, 5), DAY)]
