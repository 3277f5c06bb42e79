"""What which files can prove: the table of formats, metric by metric."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from helpers import coverage, exports
from helpers.errors import ExportError, SettingsError
from helpers.frames import SCHEMAS, empty
from helpers.vocabulary import Account, OwnTarget

DAY = date(2026, 10, 31)


def file(report, first, last, reaches=None):
    said = {"path": f"{report}-{first}", "report": report, "first_day": first, "last_day": last}
    covers = "orders" if report == "all_orders" else None
    return dict.fromkeys(SCHEMAS["files"]) | said | {"reaches": reaches or last, "covers": covers}


def order(number, day, **said):
    row = {"order_id": str(number), "marketplace": "amazon.de", "fulfilment": "merchant", "day": day}
    row |= {"is_cancelled": False, "is_replacement": False, "status": "shipped"}
    return dict.fromkeys(SCHEMAS["orders"]) | row | said


def account(*files, orders=None, stars=(5, 1), fulfilments=("merchant",)):
    feedback = [
        dict.fromkeys(SCHEMAS["feedback"])
        | {"order_id": str(n), "received_on": DAY - timedelta(99 * n), "stars": n_stars, "source_file": "f"}
        for n, n_stars in enumerate(stars)
    ]
    return Account(
        id="a",
        name="A",
        folder=Path("a"),
        marketplaces=("amazon.de",),
        fulfilments=fulfilments,
        orders=pl.DataFrame(orders or [order(n, DAY - timedelta(n)) for n in range(100)], schema=SCHEMAS["orders"]),
        feedback=pl.DataFrame(feedback, schema=SCHEMAS["feedback"]) if stars else empty("feedback"),
        files=pl.DataFrame(list(files), schema=SCHEMAS["files"]),
        last_complete_day=DAY,
    )


def exactness(account, metric, fulfilment="merchant"):
    return coverage.of_metrics(account, DAY).filter(metric=metric, fulfilment=fulfilment).item(0, "exactness")


ORDERS = file("all_orders", DAY - timedelta(100), DAY)
FEEDBACK = file("feedback", DAY - timedelta(100), DAY)
LIST = file("order_defects", DAY - timedelta(60), DAY)


@pytest.mark.parametrize(
    ("files", "defect_rate", "claims", "negative_feedback"),
    [
        ((ORDERS, FEEDBACK, LIST), "exact", "exact", "exact"),
        ((ORDERS, LIST), "exact", "exact", "exact"),
        ((ORDERS, FEEDBACK), "lower_bound", "impossible", "exact"),
        ((ORDERS,), "impossible", "impossible", "impossible"),
    ],
    ids=["all", "no feedback file", "no list", "orders only"],
)
def test_what_the_files_prove_about_defects(files, defect_rate, claims, negative_feedback):
    one = account(*files, stars=(5, 1) if FEEDBACK in files else ())
    found = [exactness(one, metric) for metric in ("order_defect_rate", "a_to_z_claims", "negative_feedback_rate")]
    assert found == [defect_rate, claims, negative_feedback]


def busy_feedback(first, last):
    """One feedback a day: a week without any is a surprise."""
    blank = dict.fromkeys(SCHEMAS["feedback"]) | {"stars": 5, "source_file": "f"}
    days = range((last - first).days + 1)
    return [blank | {"order_id": f"x{n}", "received_on": first + timedelta(n)} for n in days]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(100, 0, "exact"), (100, 2, "exact"), (100, 9, "lower_bound"), (40, 0, "lower_bound")],
    ids=["whole", "a quiet end", "ends early", "begins late"],
)
def test_feedback_must_reach_from_the_window_s_start_to_the_day_unless_the_quiet_is_no_surprise(first, last, found):
    first, last = DAY - timedelta(first), DAY - timedelta(last)
    one = account(ORDERS, file("feedback", first, last))
    rows = pl.DataFrame(busy_feedback(first, last), schema=SCHEMAS["feedback"])
    assert exactness(Account(**{**vars(one), "feedback": rows}), "negative_feedback_rate") == found


def with_defects(*rows, lists=(LIST,)):
    blank = dict.fromkeys(SCHEMAS["defects"]) | {"kind": "a_to_z_claim", "counts": True, "is_dated": True}
    one = account(ORDERS, FEEDBACK, *lists)
    return Account(**{**vars(one), "defects": pl.DataFrame([blank | row for row in rows], schema=SCHEMAS["defects"])})


def test_a_list_taken_later_says_nothing_exact_about_the_window_of_an_earlier_day():
    later = file("order_defects", DAY - timedelta(40), DAY + timedelta(30))
    assert exactness(with_defects(lists=(later,)), "a_to_z_claims") == "lower_bound"


def test_a_mark_without_a_day_that_counts_only_after_the_day_looked_at_leaves_a_lower_bound():
    mark = {"order_id": "1", "is_dated": False, "occurred_on": DAY + timedelta(1)}
    listed = file("order_defects", DAY - timedelta(74), DAY + timedelta(1))
    row = (
        coverage.of_metrics(with_defects(mark, lists=(listed,)), DAY).filter(metric="a_to_z_claims").row(0, named=True)
    )
    assert row["exactness"] == "lower_bound"
    assert row["missing"] == ["1 listed defect without a day of its own counts only from 1 November 2026"]
    assert (row["download"], row["instead"]) == ([], ["look at that day, --as-of 2026-11-01"])
    assert coverage.advice(row) == ["instead of a download: look at that day, --as-of 2026-11-01"]


def test_a_listed_order_of_the_window_that_is_in_no_order_file_makes_the_rate_approximate():
    lost = {"order_id": "nowhere", "order_day": DAY - timedelta(20), "occurred_on": DAY - timedelta(3)}
    assert exactness(with_defects(lost), "order_defect_rate") == "approximate"
    outside = lost | {"order_day": DAY - timedelta(90)}
    assert exactness(with_defects(outside), "order_defect_rate") == "exact"


@pytest.mark.parametrize(
    ("kinds", "claims", "chargebacks", "together"),
    [
        (("money",), "lower_bound", "upper_bound", "approximate"),
        (("returns",), "approximate", "impossible", "approximate"),
        (("a_to_z_claims",), "exact", "impossible", "lower_bound"),
    ],
    ids=["payments", "marks in returns", "claims list"],
)
def test_without_the_defect_list_claims_and_chargebacks_are_bounds(kinds, claims, chargebacks, together):
    files = [file(kind, DAY - timedelta(100), DAY) for kind in kinds]
    flagged = pl.DataFrame([dict.fromkeys(SCHEMAS["returns"]) | {"has_claim_flag": True}], schema=SCHEMAS["returns"])
    one = account(ORDERS, FEEDBACK, *files)
    paid = pl.DataFrame([dict.fromkeys(SCHEMAS["money"])], schema=SCHEMAS["money"])
    one = Account(**{**vars(one), "returns": flagged if "returns" in kinds else one.returns})
    one = Account(**{**vars(one), "money": paid if "money" in kinds else one.money})
    found = [exactness(one, metric) for metric in ("a_to_z_claims", "chargebacks", "order_defect_rate")]
    assert found == [claims, chargebacks, together]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ((), "impossible"),
        (({"covers": "late_shipments", "rows_are": "all_judged"},), "exact"),
        (({"covers": "late_shipments", "rows_are": "defective_only"},), "exact"),
        (({"covers": "unshipped"},), "lower_bound"),
    ],
    ids=["all orders alone", "every order judged", "late ones only", "snapshots of open orders"],
)
def test_what_the_files_prove_about_lateness(files, found):
    listed = [file(said["covers"], DAY - timedelta(60), DAY) | said for said in files]
    judged = dict.fromkeys(SCHEMAS["shipments"]) | {"order_id": "1", "order_day": DAY - timedelta(1), "is_late": False}
    rows = [judged | {"source_file": one["path"]} for one in listed if one["rows_are"] == "all_judged"]
    one = Account(**vars(account(ORDERS, *listed)) | {"shipments": pl.DataFrame(rows, schema=SCHEMAS["shipments"])})
    assert exactness(one, "late_shipment_rate") == found


def test_a_list_of_late_orders_alone_has_no_denominator():
    late = file("late_shipments", DAY - timedelta(60), DAY) | {"covers": "late_shipments", "rows_are": "defective_only"}
    one = account(late)
    assert exactness(Account(**{**vars(one), "orders": empty("orders")}), "late_shipment_rate") == "impossible"


@pytest.mark.parametrize(("rows_are", "found"), [("all_judged", "exact"), ("defective_only", "impossible")])
def test_tracking_can_only_be_told_from_a_list_of_every_package(rows_are, found):
    said = {"covers": "valid_tracking", "rows_are": rows_are}
    one = account(ORDERS, listed := file("valid_tracking", DAY - timedelta(60), DAY) | said)
    blank = dict.fromkeys(SCHEMAS["shipments"]) | {"is_valid": True, "source_file": listed["path"]}
    packages = [blank | {"order_day": DAY - timedelta(n)} for n in range(61)]
    one = Account(**{**vars(one), "shipments": pl.DataFrame(packages, schema=SCHEMAS["shipments"])})
    assert exactness(one, "valid_tracking_rate") == found
    assert exactness(one, "on_time_delivery_rate") == "impossible"


def test_an_own_window_of_cancellations_is_looked_at_in_full():
    cancelled = order(9, DAY - timedelta(20), is_buyer_requested=None, is_cancelled=True, status="cancelled")
    one = account(ORDERS, orders=[order(1, DAY, is_buyer_requested=False), cancelled])
    longer = Account(**{**vars(one), "own_targets": (OwnTarget("cancellation_rate", "0.025", "below", 30),)})
    assert [exactness(each, "cancellation_rate") for each in (one, longer)] == ["exact", "upper_bound"]


def test_feedback_on_orders_fulfilled_by_amazon_is_an_upper_bound_and_with_claims_unknown_only_approximate():
    both = ("merchant", "amazon")
    placed = [order(n, DAY - timedelta(n), fulfilment="amazon") for n in range(100)]
    whole = account(ORDERS, FEEDBACK, LIST, fulfilments=both, orders=placed)
    said = {"kind": "negative_feedback", "occurred_on": DAY, "counts": True, "is_dated": True}
    alone = said | {"order_id": placed[20]["order_id"], "source_file": FEEDBACK["path"]}
    beside = replace(whole, defects=pl.DataFrame([alone], schema=SCHEMAS["defects"]))
    # what a list names as well the marketplace did not strike: a file that is there makes nothing less exact
    assert exactness(whole, "order_defect_rate", "amazon") == "exact"
    assert exactness(beside, "order_defect_rate", "amazon") == "upper_bound"
    assert (
        exactness(account(ORDERS, FEEDBACK, fulfilments=both, orders=placed), "order_defect_rate", "amazon")
        == "approximate"
    )


def test_a_cancellation_of_unknown_origin_makes_the_rate_an_upper_bound():
    cancelled = {"is_cancelled": True, "status": "cancelled"}
    said = [order(n, DAY - timedelta(n), is_buyer_requested=False) for n in range(5)]
    known = [*said, order(9, DAY, is_buyer_requested=True, **cancelled)]
    unknown = [*said, order(9, DAY, is_buyer_requested=None, **cancelled)]
    old = [*said, order(9, DAY - timedelta(20), is_buyer_requested=None, **cancelled)]
    found = [exactness(account(ORDERS, orders=rows), "cancellation_rate") for rows in (known, unknown, old)]
    assert found == ["exact", "upper_bound", "exact"]


def test_without_the_buyer_column_cancellations_are_an_upper_bound_even_when_there_are_none():
    assert exactness(account(ORDERS), "cancellation_rate") == "upper_bound"


def test_a_file_of_bad_stars_only_gives_no_public_score():
    assert exactness(account(ORDERS, FEEDBACK, stars=(1, 2)), "feedback_score", "all") == "impossible"
    assert exactness(account(ORDERS, FEEDBACK), "feedback_score", "all") == "exact"


def test_every_gap_names_the_download_that_closes_it_and_what_no_download_tells_is_no_gap():
    gaps = coverage.of_metrics(account(ORDERS, FEEDBACK), DAY).filter(pl.col("exactness") != "exact")
    without = gaps.filter(pl.col("download").list.len() == 0)
    assert set(without.get_column("metric")) == {"business_hour_delivery_rate", "return_dissatisfaction_rate"}
    assert set(without.get_column("exactness")) == {"impossible"}
    assert all(said[0].startswith("not supplied") for said in without.get_column("missing"))
    assert "Order defect list" in gaps.filter(metric="a_to_z_claims").item(0, "download")[0]
    assert "Account health" in gaps.filter(metric="invoice_defect_rate").item(0, "download")[0]


def test_a_quiet_day_between_two_files_is_covered_and_a_missing_month_is_not():
    busy = [order(f"{n}-{m}", DAY - timedelta(n)) for n in range(80) for m in range(3)]
    end = DAY - timedelta(40)
    first = file("all_orders", DAY - timedelta(79), end)
    next_day = account(first, file("all_orders", end + timedelta(2), DAY), orders=busy)
    month_later = account(first, file("all_orders", end + timedelta(30), DAY), orders=busy)
    assert len(coverage.order_days(next_day)) == 80
    assert len(coverage.order_days(month_later)) == 80 - 29


def test_files_by_last_update_cover_nothing():
    one = account(file("all_orders_by_last_update", DAY - timedelta(88), DAY))
    assert coverage.order_days(one).is_empty()


def test_the_day_looked_at_is_the_last_complete_day_unless_one_is_named():
    assert coverage.day_looked_at(account(ORDERS)) == DAY
    assert coverage.day_looked_at(account(ORDERS), "2026-09-30") == date(2026, 9, 30)
    with pytest.raises(SettingsError, match="expected a day such as 2026-03-31, found '2026-02-30'"):
        coverage.day_looked_at(account(ORDERS), "2026-02-30")


def test_a_day_before_the_files_begin_is_an_error_that_names_their_days():
    with pytest.raises(ExportError, match="expected files that reach back to 2026-01-31, found files of 2026-07-23"):
        coverage.day_looked_at(account(ORDERS), "2026-01-31")


def test_files_without_a_single_dated_row_are_no_report():
    nothing = Account(id="a", name="A", folder=Path("a"), marketplaces=())
    with pytest.raises(ExportError, match="expected at least one file with a dated row"):
        coverage.day_looked_at(nothing)


# --- why there is no day to look at -------------------------------------------------------------------------------


def why(folder):
    with pytest.raises(ExportError) as raised:
        coverage.day_looked_at(exports.read(folder, date(2025, 11, 1)))
    return str(raised.value)


def test_a_folder_without_a_file_is_told_to_be_filled(account_folder):
    said = why(account_folder())
    assert "found no file" in said
    assert "put the downloads into" in said


def test_a_file_whose_rows_were_all_rejected_is_named_with_the_reason(account_folder):
    mapped = '[columns."o.csv"]\nreport = "orders"\ncolumns = { order_id = "Order", purchased_at = "Sold" }\n'
    said = why(account_folder(files={"o.csv": b"Order,Sold\n1,2025-05-01\n2,2025-05-02\n"}, settings=mapped))
    assert "o.csv: 2 of 2 rows could not be read (no order status)" in said
    assert "put the downloads into" not in said


def test_a_file_nobody_recognises_is_named_with_the_reason_and_of_many_the_first(account_folder):
    said = why(account_folder(files={f"{n}.txt": f"what\never {n}".encode() for n in range(5)}))
    assert "found 0.txt (not recognised and not used" in said
    assert "and 2 more files" in said


def test_the_days_an_account_s_files_tell_are_worked_out_once_for_it_and_again_for_another():
    one = account(ORDERS)
    assert coverage.order_days(one, "amazon.de") is coverage.order_days(one, "amazon.de")
    shorter = replace(one, files=pl.DataFrame([file("all_orders", DAY, DAY)], schema=SCHEMAS["files"]))
    assert (len(coverage.order_days(one)), len(coverage.order_days(shorter))) == (101, 1)
