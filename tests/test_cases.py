"""Public cases rebuilt as made-up accounts: each README in data/cases says where it is from, and what is right."""

import re
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from helpers import answer, audit
from helpers.errors import ExportError

CASES = Path(__file__).parent / "data" / "cases"


@pytest.fixture
def audited(tmp_path):
    """A function that gives the audit of a case on a day, with more lines in its account.toml."""

    def audit_of(name, as_of="", more=""):
        folder = shutil.copytree(
            CASES / name / "account", tmp_path / name, copy_function=shutil.copyfile, dirs_exist_ok=True
        )
        with (folder / "account.toml").open("a", encoding="utf-8") as file:
            file.write(more)
        return audit.of(folder, as_of, "2026-11-28")

    return audit_of


def test_on_time_delivery_in_germany_is_missed_by_80_of_100_units_in_september_2026(audited):
    (row,) = audited("otdr-germany-2026", "2026-09-21").verdicts.to_dicts()
    assert (row["metric"], row["marketplace"]) == ("on_time_delivery_rate", "amazon.de")
    assert (row["window_start"], row["window_end"]) == (date(2026, 9, 1), date(2026, 9, 14))
    assert (row["numerator"], row["denominator"], row["target"]) == (80, 100, "0.90")
    assert (row["status"], row["exactness"], row["evidence"]) == ("breached", "exact", "strong")


def test_rates_of_the_marketplace_without_counts_are_judged_by_the_only_count_they_allow(audited):
    a = audited("health-rates-without-counts")
    columns = ("metric", "fulfilment", "status", "evidence", "numerator", "denominator", "target", "must_be")
    assert sorted(a.verdicts.select(columns).rows()) == [
        ("cancellation_rate", "merchant", "too_few_orders", None, 0, 9, "0.025", "below"),
        ("late_shipment_rate", "merchant", "breached", "weak", 1, 30, "0.02", "below"),
        ("on_time_delivery_rate", "merchant", "met", "weak", 13, 14, "0.9", "above"),
        ("order_defect_rate", "merchant", "breached", "weak", 1, 62, "0.01", "below"),
    ]
    assert set(a.compared.get_column("explanation")) == {
        "Not compared: no file here tells this rate but the marketplace's own."
    }


def test_what_the_marketplace_calls_bad_or_at_risk_is_told_with_its_figure(audited):
    marks = audited("health-rates-without-counts").marketplace_marks
    assert marks.filter("is_flagged").get_column("finding").to_list() == [
        "The marketplace marks the late shipment rate (amazon.com, seller ships) BAD: 3.33\N{NARROW NO-BREAK SPACE}% "
        "(1 of 30 orders), target under 2\N{NARROW NO-BREAK SPACE}%, 29 Aug 2026 to 27 Sept 2026.",
        "The marketplace marks the order defect rate (amazon.com, seller ships) AT RISK: 1.61\N{NARROW NO-BREAK SPACE}% "
        "(1 of 62 orders), target under 1\N{NARROW NO-BREAK SPACE}%, 16 Jul 2026 to 13 Sept 2026.",
        "The marketplace marks product authenticity customer complaints on amazon.com AT RISK (3).",
    ]
    assert (
        marks.filter(metric="valid_tracking_rate")
        .item(0, "finding")
        .endswith(
            "GOOD: not measured (0 packages), target over 95\N{NARROW NO-BREAK SPACE}%, 20 Aug 2026 to 18 Sept 2026."
        )
    )


def test_an_account_with_one_store_takes_the_figures_of_a_file_that_names_none_once_its_day_is_known(audited):
    with pytest.raises(ExportError, match="no day of its figures is known: when was it downloaded") as raised:
        audited("store-none")
    assert "None" not in str(raised.value)
    a = audited("store-none", more='\n[columns."V2.json"]\ntaken_on = 2026-09-28\n')
    assert a.day == date(2026, 9, 27)
    told = a.marketplace_marks.filter("is_flagged").select(
        "marketplace", "metric", "status", "numerator", "denominator"
    )
    assert told.rows() == [
        ("amazon.com", "late_shipment_rate", "BAD", 1, 30),
        ("amazon.com", "order_defect_rate", "AT RISK", 1, 62),
        ("amazon.com", "product_authenticity_customer_complaints", "AT RISK", 3, None),
    ]


def test_the_newest_open_orders_of_each_region_are_told(audited):
    told = audited("open-orders-two-regions").tallies.select("where", "count", "of").rows()
    assert told == [("1-eu.txt", 2, "of 3 open orders"), ("2-na.txt", 0, "of 2 open orders")]


def test_returns_whose_file_tells_no_units_are_not_said_to_have_none(audited):
    (row,) = audited("returns-without-quantity").tallies.to_dicts()
    assert (row["what"], row["count"], row["of"]) == ("Orders with a return request", 4, None)
    assert (row["first_day"], row["last_day"]) == (date(2026, 8, 22), date(2026, 9, 16))
    assert row["note"].endswith("the file does not tell the units")


def test_a_table_of_orders_without_a_last_moment_to_ship_proves_no_late_shipment(audited):
    found = audited("lateness-exact-without-deadline", "2025-10-30")
    assert found.account.orders.height == 92
    covered = {row["metric"]: row for row in found.covered.to_dicts()}
    assert covered["late_shipment_rate"]["exactness"] == "impossible"
    assert "late_shipment_rate" not in found.trailing.get_column("metric")
    cancelled = found.trailing.filter(metric="cancellation_rate", day=date(2025, 10, 30)).row(0, named=True)
    assert (cancelled["window_start"], cancelled["window_end"]) == (date(2025, 10, 24), date(2025, 10, 30))
    assert (cancelled["window_numerator"], cancelled["window_denominator"]) == (1, 7)
    assert covered["cancellation_rate"]["exactness"] == "upper_bound"  # the buyer may have asked for it


def test_an_open_order_past_its_moment_is_not_called_confirmed(audited):
    said = answer.first_screen(audited("open-orders-two-regions")).headline
    assert said == (
        "The files do not allow a verdict yet. They name 2 orders not confirmed in time (amazon.co.uk, seller ships)."
    )


def test_a_miss_that_payments_alone_cannot_prove_is_no_fact_of_the_headline(audited):
    found = audited("unproved-miss-headline")
    row = found.verdicts.filter(metric="order_defect_rate").row(0, named=True)
    assert (row["window_start"], row["window_end"]) == (date(2026, 2, 7), date(2026, 4, 7))
    assert (row["numerator"], row["denominator"], row["exactness"]) == (2, 120, "approximate")
    said = answer.first_screen(found)
    assert said.headline == (
        "The order defect rate (amazon.de, seller ships) may miss its target: the files cannot prove it."
    )
    assert said.figures[0].word == "Missed, not proved"


@pytest.mark.parametrize(
    ("as_of", "first", "last", "denominator"),
    [
        ("2026-07-31", date(2026, 5, 19), date(2026, 7, 17), 10),
        ("2026-08-03", date(2026, 5, 22), date(2026, 7, 20), 10),
        ("2026-08-07", date(2026, 5, 26), date(2026, 7, 24), 8),
        ("2026-08-09", date(2026, 5, 28), date(2026, 7, 26), 6),
        ("2026-08-31", date(2026, 6, 19), date(2026, 8, 17), 6),
    ],
)
def test_a_rate_can_rise_because_orders_leave_its_window(audited, as_of, first, last, denominator):
    row = audited("rise-without-defect", as_of).verdicts.filter(metric="order_defect_rate").row(0, named=True)
    assert (row["window_start"], row["window_end"]) == (first, last)
    assert (row["numerator"], row["denominator"]) == (1, denominator)


def test_a_rise_without_a_new_defect_is_explained_by_the_orders(audited):
    found = audited("rise-without-defect", "2026-08-31")
    said = next(one for one in answer.changed(found) if one.startswith("The order defect rate"))
    assert "10.0\N{NARROW NO-BREAK SPACE}% (1 of 10 orders) on 31 July" in said
    assert "16.7\N{NARROW NO-BREAK SPACE}% (1 of 6 orders)" in said
    assert said.endswith("none new, none left, 4 fewer orders in the window.")
    row = found.verdicts.filter(metric="order_defect_rate").row(0, named=True)
    assert (row["clear_on"], row["evidence"]) == (date(2026, 9, 2), "weak")


NO_STATUS = """constants = { status = "shipped" }
footer = ["record(s) downloaded", "Seller ID"]
"""


def said_more(name, tmp_path, after, more):
    """The case's account with lines put into account.toml after a line of it."""
    folder = shutil.copytree(CASES / name / "account", tmp_path / f"{name}-answered", copy_function=shutil.copyfile)
    path = folder / "account.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(after, after + more, 1), encoding="utf-8")
    return folder


def test_a_table_without_a_status_says_what_to_write_and_is_read_once_it_is_written(audited, tmp_path):
    with pytest.raises(ExportError, match=r"148 of 150 rows could not be read \(no order status\)"):
        audited("no-status-column")
    with pytest.raises(ExportError, match=r"another download has none either, .* docs/maps/ebay\.md"):
        audited("no-status-column")
    folder = said_more("no-status-column", tmp_path, 'report = "orders"\n', NO_STATUS)
    found = audit.of(folder, "", "2026-11-28")
    account = found.account
    assert account.orders.height == 124
    assert account.orders.select(pl.col("day").min(), pl.col("day").max().alias("last")).row(0) == (
        date(2026, 7, 1),
        date(2026, 8, 31),
    )
    assert account.files.select("rows_kept", "rows_rejected").row(0) == (
        148,
        0,
    )  # 24 of them further lines of 12 orders
    late = found.trailing.filter(metric="late_shipment_rate", window_days=30, day=date(2026, 9, 1))
    assert late.select("window_numerator", "window_denominator").row(0) == (3, 58)


def test_a_filled_cell_can_mean_cancelled_and_further_lines_of_an_order_are_items_of_it(tmp_path):
    more = 'cancelled_at = "Cancelled at"\n'
    folder = said_more("shopify-cancelled-at", tmp_path, 'shipped_at = "Fulfilled at"\n', more)
    found = audit.of(folder, "", "2026-11-28")
    assert found.account.orders.height == 152
    assert found.account.files.select("rows_kept", "rows_rejected").row(0) == (182, 0)
    cancelled = found.trailing.filter(metric="cancellation_rate", window_days=7, day=date(2026, 6, 15))
    assert cancelled.select("window_numerator", "window_denominator").row(0) == (1, 14)


def test_a_filled_column_of_cancellations_the_map_leaves_out_is_named_and_no_figure_is_shown_without_it(audited):
    found = audited("shopify-cancelled-at")
    (remark,) = found.account.files.item(0, "warnings")
    assert 'the column "Cancelled at" is filled on 1 line and not mapped' in remark
    assert 'write cancelled_at = "Cancelled at" under columns in account.toml' in remark
    assert found.covered.filter(metric="cancellation_rate").get_column("exactness").to_list() == ["impossible"]
    assert not [figure for figure in answer.first_screen(found).figures if "ancellation" in figure.label]
    again = audited("shopify-cancelled-at")  # its readings are kept
    assert again.account.tells == found.account.tells
    assert (
        "not cancellation rate: a filled column that tells it is not mapped"
        in found.account.columns_tell["orders_export_1.csv"]
    )


@pytest.mark.parametrize("name", ["shopify-cancelled-at", "lateness-exact-without-deadline"])
def test_advice_for_a_shop_outside_amazon_names_no_download_of_amazon(audited, name):
    found = audited(name)
    screen = answer.first_screen(found)
    told = [*screen.actions, *found.covered.explode("download").get_column("download").drop_nulls()]
    assert [
        text for text in told if re.search(r"All Orders|Account Health|Reports >|Performance >|authorised", text)
    ] == []
    shop = found.account.marketplaces[0]
    assert any(f"{shop}'s own orders export" in text for text in told)
