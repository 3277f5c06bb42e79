"""A table of kinds: files of each sample taken away in turn, with the gap each leaves, its days counted by hand.

The samples end on 31 October 2026. Defects are judged over 19 August to 17 October, late shipments over the 10 and 30 days
to 31 October, cancellations over 25 to 31 October, valid tracking over 18 September to 17 October, deliveries in time
over 11 to 24 October, invoices over 11 to 17 October.
"""

import shutil
from datetime import date

import polars as pl
import pytest

from helpers import answer, audit, exports, targets
from helpers.audit import Audit
from helpers.reports import listing

DAY, TODAY = date(2026, 10, 31), date(2026, 11, 28)
ODR, LATE, CANCELLED = "order_defect_rate", "late_shipment_rate", "cancellation_rate"
ORDERS, LISTS, LATE_LISTS = "order files", "order defect lists", "late shipment lists"
TRACKING, IN_TIME, HEALTH = "valid tracking lists", "on-time delivery lists", "account health files"


def on(month, day):
    return date(2026, month, day)


SEPTEMBER = (ODR, ORDERS, on(9, 1), on(9, 27))  # October's files begin with orders of the last days of September
OCTOBER = {(ODR, ORDERS, on(10, 1), on(10, 17)), (CANCELLED, ORDERS, on(10, 25), on(10, 31))}
NO_LATE_ORDERS = (LATE, ORDERS, on(10, 2), on(10, 31))
LISTED = (ODR, LISTS, on(10, 1), on(10, 31))
# sample, file → the gaps of the day, and the kinds of older holes
TAKEN = [
    ("lamp-house", "orders/all-orders-2026-10.txt.gz", OCTOBER, set()),
    ("lamp-house", "orders/all-orders-2026-09.txt.gz", {SEPTEMBER}, set()),
    ("lamp-house", "orders/all-orders-2026-02.txt.gz", set(), {ORDERS}),
    ("lamp-house", "defects/order-defects-2026-10.csv", {LISTED}, set()),
    ("lamp-house", "defects/order-defects-2026-09.csv", set(), set()),  # October's tells the whole window
    ("lamp-house", "feedback.txt", set(), set()),  # the defect list tells bad feedback as well
    ("lamp-house", "account-health.json", set(), set()),  # the files count all it tells
    ("late-and-broken", "orders/all-orders-2026-10.txt.gz", {*OCTOBER, NO_LATE_ORDERS}, set()),
    ("late-and-broken", "orders/all-orders-2026-09.txt.gz", {SEPTEMBER}, set()),
    ("late-and-broken", "defects/order-defects-2026-10.csv", {LISTED}, set()),
    ("late-and-broken", "shipping/late-shipments-2026-10.csv", {(LATE, LATE_LISTS, on(10, 2), on(10, 31))}, set()),
    ("late-and-broken", "shipping/late-shipments-2026-09.csv", set(), {LATE_LISTS}),
    (
        "late-and-broken",
        "shipping/valid-tracking-2026-10.txt.gz",
        {("valid_tracking_rate", TRACKING, on(9, 18), on(10, 17))},
        set(),
    ),
    ("late-and-broken", "shipping/valid-tracking-2026-09.txt.gz", set(), {TRACKING}),
    (
        "late-and-broken",
        "shipping/on-time-delivery-2026-10.csv.gz",
        {("on_time_delivery_rate", IN_TIME, on(10, 11), on(10, 24))},
        set(),
    ),
    ("late-and-broken", "shipping/on-time-delivery-2026-09.csv.gz", set(), {IN_TIME}),
    (
        "late-and-broken",
        "account-health/account-health-2026-10.json",
        {("invoice_defect_rate", HEALTH, on(10, 11), on(10, 17))},
        set(),
    ),
    ("late-and-broken", "settlements/settlement-2026-10-02.txt.gz", set(), {"payment files"}),
    ("late-and-broken", "returns/merchant-returns-2026-09.txt", set(), {"returns files"}),
    ("late-and-broken", "sales-and-traffic.json.gz", set(), set()),
    ("on-the-mend", "orders/all-orders-2026-08.txt.gz", {(ODR, ORDERS, on(8, 19), on(8, 28))}, set()),
    ("on-the-mend", "defects/order-defects-2026-10.csv", {LISTED}, set()),
    ("on-the-mend", "shipping/late-shipments-2026-10.csv", {(LATE, LATE_LISTS, on(10, 2), on(10, 31))}, set()),
    ("on-the-mend", "feedback.txt", set(), set()),
    ("small-good", "orders/all-orders-2026-10.txt", OCTOBER, set()),
    ("small-good", "orders/all-orders-2026-09.txt", {SEPTEMBER}, set()),
    ("small-good", "defects/order-defects-2026-10.csv", {LISTED}, set()),
    ("small-good", "defects/order-defects-2025-12.csv", set(), set()),  # the list of January has the same bytes
    ("small-good", "feedback.txt", set(), set()),
    ("with-holes", "all-orders-2026-10.txt.gz", OCTOBER, {ORDERS}),
    ("with-holes", "all-orders-2026-09.txt.gz", {SEPTEMBER}, {ORDERS}),
    ("with-holes", "von der Kundin/feedback.zip", set(), {ORDERS}),  # no file is left that tells a defect
]


@pytest.fixture(scope="module")
def without(samples, tmp_path_factory):
    """A function that gives the audit of a sample on a day without one of its files; each sample is copied once."""
    home = tmp_path_factory.mktemp("taken")

    def looked_at(name, path, day=DAY):
        folder = home / name
        if not folder.exists():
            shutil.copytree(samples / name, folder, copy_function=shutil.copyfile)
        away = home / "away"
        (folder / "exports" / path).rename(away)
        try:
            account = exports.read(folder, TODAY)
        finally:
            away.rename(folder / "exports" / path)
        return Audit(targets.with_rules_of(account, day), day, TODAY)

    return looked_at


@pytest.mark.parametrize(("name", "path", "gaps", "older"), TAKEN, ids=[f"{one[0]} {one[1]}" for one in TAKEN])
def test_a_file_taken_away_leaves_its_gap_and_no_exact_verdict_across_it(without, name, path, gaps, older):
    audit = without(name, path)
    found = audit.gaps.select("metric", "kind", "first_day", "last_day").unique().rows()
    assert set(found) == gaps
    stores = set(audit.account.marketplaces)
    for metric, kind in {(metric, kind) for metric, kind, *_ in gaps}:
        assert set(audit.gaps.filter(metric=metric, kind=kind).get_column("marketplace")) == stores
    needed = audit.gaps.get_column("kind").unique().implode()
    assert (
        set(audit.holes.filter(~pl.col("kind").is_in(needed) | (pl.col("last_day") < on(8, 19))).get_column("kind"))
        == older
    )
    for metric, kind, first, last in gaps:
        counted = audit.verdicts.filter(pl.col("window_end") >= first, metric=metric, source="files")
        if kind != LISTS:
            counted = counted.filter(pl.col("window_start") <= last)
        assert counted.filter(pl.col("status").is_in(["met", "breached"]), exactness="exact").is_empty()
        assert counted.filter(pl.col("evidence") == "strong", pl.col("status") == "met").is_empty()
        if kind != LISTS:
            assert counted.get_column("clear_on").null_count() == counted.height
    for row in audit.gaps.iter_rows(named=True):  # a snapshot of a past day cannot be had any more
        asked = "for none can be had of a past day" if row["kind"] == HEALTH else str(row["last_day"].year)
        assert asked in row["download"]


def test_with_every_file_there_is_no_gap_on_the_day_and_one_at_the_end_a_month_later(samples):
    for name in ("lamp-house", "late-and-broken", "on-the-mend", "small-good", "with-holes"):
        account = exports.read(samples / name, TODAY)
        assert Audit(targets.with_rules_of(account, DAY), DAY, TODAY).gaps.is_empty(), name
        later = on(11, 27)  # defects are judged over 15 September to 13 November, cancellations from 21 November on
        ended = Audit(targets.with_rules_of(account, later), later, TODAY).gaps.filter(kind=ORDERS)
        assert set(ended.get_column("why")) == {"the order files end on 31 October 2026"}, name
        days = set(ended.filter(pl.col("metric") != LATE).select("metric", "first_day", "last_day").iter_rows())
        assert days == {(ODR, on(11, 1), on(11, 13)), (CANCELLED, on(11, 21), on(11, 27))}, name


def test_without_its_feedback_the_past_of_on_the_mend_is_a_bound_and_its_clear_day_the_earliest(without):
    """132 of the 142 stand in the monthly lists, and of the orders after the window no list speaks."""
    said = answer.first_screen(without("on-the-mend", "feedback.txt"))
    assert said.headline.endswith("as in each of the 5 periods of 60 days before (at least 132 of 7,888 orders).")
    (fact,) = said.facts
    assert fact.startswith("Met again at the earliest (bad ones may be missing, if only of newer orders): ")


def test_settings_of_another_store_than_every_file_are_said_first_in_check_in_remarks_and_on_the_page(
    samples, tmp_path
):
    folder = tmp_path / "other"
    shutil.copytree(samples / "small-good", folder)
    settings = folder / "account.toml"
    found = audit.of(folder, "", "2026-11-28")
    assert found.account.other_stores == ()
    assert "ACCOUNT.TOML AND THE FILES DIFFER" not in listing.as_text(found)
    settings.write_text(settings.read_text().replace('"amazon.com"', '"amazon.de"'))
    found = audit.of(folder, "", "2026-11-28")
    assert found.account.other_stores == ("amazon.com",)
    said = "The settings name amazon.de, but the files are of amazon.com: correct marketplaces in account.toml"
    assert answer.first_screen(found).actions[0].startswith(said)
    assert "ACCOUNT.TOML AND THE FILES DIFFER" in listing.as_text(found)
    told = found.account.files.filter(
        pl.col("warnings").list.join(" ").str.contains("and account.toml names amazon.de")
    )
    assert told.height == found.account.files.filter(pl.col("marketplaces").list.len() > 0).height > 0


def test_settings_that_name_one_of_the_files_stores_do_not_differ_from_them(samples, tmp_path):
    folder = tmp_path / "both"
    shutil.copytree(samples / "small-good", folder)
    settings = folder / "account.toml"
    settings.write_text(settings.read_text().replace('["amazon.com"]', '["amazon.de", "amazon.com"]'))
    assert audit.of(folder, "", "2026-11-28").account.other_stores == ()


def test_periods_before_a_missing_one_are_those_the_files_tell_and_not_the_ones_before(without):
    """Without the orders of July the period just before the window has a hole: 20 June to 18 August."""
    said = answer.first_screen(without("on-the-mend", "orders/all-orders-2026-07.txt.gz"))
    assert (
        "misses its target, as in each of the 4 earlier periods of 60 days the files tell (at least " in said.headline
    )
