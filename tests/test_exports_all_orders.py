"""All Orders in every layout: the counts of the invented files, written down beside them, and the rules behind."""

import csv
import hashlib
import io
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from conftest import ANSWERS, FORMATS

from helpers import exports

EXPECTED = ANSWERS
FILES = {name: said for name, said in EXPECTED["all_orders"].items() if "orders" in said and name.endswith(".txt")}


def test_the_invented_files_are_the_bytes_they_were_written_as():
    for line in (FORMATS / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        assert hashlib.sha256((FORMATS / name.strip("* ")).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("name", FILES)
def test_every_layout_reads_to_the_numbers_written_beside_it(read, name):
    said, account = FILES[name], read(f"all_orders/{name}")
    file = account.files.row(0, named=True)
    assert (file["rows_kept"], file["rows_rejected"]) == (said["rows_kept"], said["rows_rejected"])
    assert account.orders.height == said["orders"]
    statuses = account.orders.group_by("fulfilment", "status").len().rows()
    known = {"Merchant": "merchant", "Amazon": "amazon"}
    expected = {
        (known[channel], status.lower()): n
        for key, n in said["orders_by_channel_status"].items()
        for channel, status in [key.split(" | ")]
    }
    assert {(channel, status): n for channel, status, n in statuses} == expected
    by_store = dict(account.orders.group_by("marketplace").len().iter_rows())
    assert by_store == {store.lower(): n for store, n in said["orders_by_sales_channel"].items()}
    assert account.orders.get_column("purchased_at").min().isoformat() == said["purchase_date"]["first_utc"]
    assert account.orders.get_column("purchased_at").max().isoformat() == said["purchase_date"]["last_utc"]
    assert account.orders.get_column("is_replacement").sum() == said["replacement_orders"]
    local = account.orders.filter(pl.col("purchased_at").dt.date() != pl.col("day"))
    assert local.height == said["orders_whose_local_day_is_not_the_utc_day"]


@pytest.mark.parametrize("name", FILES)
def test_cancellations_are_counted_in_orders_of_the_seller_s_own_channel(read, name):
    said = FILES[name]["cancellation_whole_file"]
    merchant = read(f"all_orders/{name}").orders.filter(fulfilment="merchant")
    cancelled = merchant.filter("is_cancelled")
    assert (merchant.height, cancelled.height) == (said["mfn_orders"], said["cancelled"])
    assert cancelled.get_column("is_buyer_requested").sum() == said["buyer_requested"]


def test_a_flag_that_was_cut_off_is_unknown_and_not_no(read):
    cancelled = read("all_orders/eu_91col_cut.txt").orders.filter("is_cancelled")
    assert sorted(cancelled.get_column("is_buyer_requested"), key=str) == [False, None, True]


def test_a_file_with_ids_of_items_is_read_like_one_without(read):
    text = (FORMATS / "all_orders" / "us_31col.txt").read_bytes().decode()
    cells = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    ids = ["order-item-id", *(f"{n:014d}" for n in range(1, len(cells)))]  # as other reports write them: leading zeros
    wider = "".join("\t".join([*line[:2], item, *line[2:]]) + "\n" for line, item in zip(cells, ids, strict=True))
    plain, found = read("all_orders/us_31col.txt", id="p"), read(files={"us_31col.txt": wider.encode()}, id="w")
    said = ("report", "rows_kept", "rows_rejected", "warnings", "first_day", "last_day", "covers")
    assert found.files.select(said).rows() == plain.files.select(said).rows()
    assert found.orders.drop("account", strict=False).equals(plain.orders.drop("account", strict=False))


def test_without_the_column_nobody_is_said_to_have_asked(read):
    assert read("all_orders/us_31col.txt").orders.get_column("is_buyer_requested").is_null().all()


def test_a_shipped_order_with_a_cancelled_item_is_named_and_not_cancelled(read):
    orders = read("all_orders/eu_91col.txt").orders.filter("has_cancelled_item")
    assert sorted(orders.get_column("fulfilment")) == ["amazon", "merchant"]
    assert not orders.get_column("is_cancelled").any()


@pytest.mark.parametrize("turn", [1, -1], ids=["in order", "reversed"])
def test_overlapping_files_give_one_truth_an_order_and_keep_equal_rows_inside_one_file(read, turn):
    names = ["uk_2025-07_35col.txt", "uk_2025-08_91col.txt"]
    content = [(FORMATS / "all_orders" / name).read_bytes() for name in names]
    files = {f"{n}.txt": file for n, file in enumerate(content[::turn])}
    account, said = read(files=files), EXPECTED["stacked_uk_account"]
    assert account.orders.height == said["orders"]
    units = account.orders.filter(order_id="202-0000007-0000012").item(0, "units")
    assert units == 2  # two equal rows of one file are two units
    counts = {
        f"{c.title()} | {s.title()}": n for c, s, n in account.orders.group_by("fulfilment", "status").len().rows()
    }
    assert counts == said["orders_by_channel_status"]


def test_a_name_in_cp932_comes_through(read):
    account = read("all_orders/jp_31col_cp932.txt", stores=("amazon.co.jp",))
    assert account.files.item(0, "encoding") == "cp932"
    assert account.orders.get_column("day").min() == date(2025, 8, 31)


def test_a_sku_with_leading_zeros_is_text_and_a_damaged_one_is_reported(read):
    assert "00012345" in read("all_orders/eu_91col.txt", id="a").orders.get_column("sku").to_list()
    (warning,) = read("all_orders/eu_91col_excel.txt", id="b").files.item(0, "warnings")
    assert warning == "SKUs damaged by a spreadsheet (5.8E+13): 1"


def test_orders_downloaded_by_last_update_do_not_stand_for_a_period(read):
    account = read("all_orders/us_31col_by_last_update.txt", stores=("amazon.com",))
    assert account.files.item(0, "report") == "all_orders_by_last_update"
    assert any("by last update" in warning for warning in account.files.item(0, "warnings"))


def test_a_renamed_table_is_refused_and_not_guessed(read):
    account = read("all_orders/in_renamed_headers.csv", stores=("amazon.in",))
    assert account.files.item(0, "report") is None
    assert "renamed headers" in account.files.item(0, "warnings")[0]
    assert account.orders.is_empty()


@pytest.mark.parametrize("name", ["empty_0byte.txt", "empty_header_only.txt"])
def test_no_data_is_no_error_and_no_proof(read, name):
    account = read(f"all_orders/{name}")
    assert account.orders.is_empty()
    assert account.last_complete_day is None


HEADER = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tquantity\titem-price\tbuyer-name"


def rows(*lines):
    return {"o.txt": "\n".join([HEADER, *lines]).encode()}


def line(
    order="202-0000001-0000001",
    bought="2025-08-01T12:00:00+00:00",
    status="Shipped",
    channel="Merchant",
    price="1.50",
    updated=None,
    units="1",
):
    dates = f"{bought}\t{updated or bought}"
    return f"{order}\t{dates}\t{status}\t{channel}\tAmazon.co.uk\t{units}\t{price}\tExample Buyer"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line(order="5.80293E+13"), "no order number (cut line?)"),
        (line(bought="1 Aug 2025"), "purchase date not readable"),
        (line(bought="2025-12-01T12:00:00+00:00"), "purchase date in the future"),
        (line(bought="0000-12-01T12:00:00+00:00"), "purchase date not readable"),
        (line(bought="1970-01-01T00:00:00+00:00"), "purchase date not readable"),
        (f"{line()}\tone field more", "more fields than columns (a tab inside a text?)"),
        (line(channel="Pigeon"), "fulfilment channel neither Amazon nor Merchant"),
        (line(status=""), "no order status"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted_with_its_line_and_reason(read, bad, reason):
    account = read(files=rows(line(), "", bad))
    assert account.rejected.drop("day").rows() == [("o.txt", 4, reason)]
    assert account.orders.height == 1


def test_a_price_that_cannot_be_read_leaves_the_order_and_is_counted(read):
    account = read(files=rows(line(price="25.00    "), line(order="202-0000001-0000002", price="12,50")))
    assert account.orders.get_column("value").to_list() == [Decimal("25.00"), Decimal("0.00")]
    assert "prices not readable, left empty: 1" in account.files.item(0, "warnings")


def test_no_column_about_the_buyer_is_read(read):
    account = read("all_orders/eu_91col.txt")
    text = str(account.orders.to_dicts()) + str(account.feedback.to_dicts())
    assert not any("buyer-name" in name or "address" in name or "postal" in name for name in account.orders.columns)
    assert "Example Buyer" not in text


def test_the_last_complete_day_is_the_day_before_the_newest_change(read):
    account = read(files=rows(line(), line(order="202-0000001-0000002", bought="2025-08-09T23:30:00+00:00")))
    assert account.last_complete_day == date(2025, 8, 9)  # 00:30 on 10 August in London


def test_an_order_of_tomorrow_is_none_of_the_future_where_the_store_is_ahead_of_the_clock(read):
    late = line(bought="2025-11-01T23:30:00+00:00").replace("Amazon.co.uk", "Amazon.com.au")
    assert read(files=rows(late), stores=("amazon.com.au",)).orders.get_column("day").to_list() == [date(2025, 11, 2)]


@pytest.mark.parametrize("updated", ["2099-08-02T12:00:00+00:00", "0001-01-01T00:00:00+00:00", "yesterday"])
def test_a_last_update_that_cannot_be_is_counted_and_does_not_say_what_the_file_covers(read, updated):
    account = read(files=rows(line(updated=updated)))
    assert account.last_complete_day == date(2025, 7, 31)
    assert "rows without a last-updated-date that can be, taken as of purchase: 1" in account.files.item(0, "warnings")


def test_a_quantity_or_price_too_large_to_be_one_is_left_empty_and_counted(read):
    account = read(files=rows(line(units="9" * 25, price="9" * 16), line(units="two")))
    assert account.orders.select("units", "value").row(0) == (0, Decimal("1.50"))
    assert {"quantities not readable, left empty: 2", "prices not readable, left empty: 1"} <= set(
        account.files.item(0, "warnings")
    )


def test_a_tab_inside_a_text_does_not_put_a_word_into_the_quantity(read):
    header = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tproduct-name\tquantity\tcurrency\tnote"
    good = "202-0000001-0000001\t2025-08-01T12:00:00Z\tShipped\tMerchant\tLamp\t1\tGBP\t"
    moved = good.replace("0000001\t2025", "0000002\t2025").replace("Lamp", "Lamp\tbrass")
    account = read(files={"o.txt": f"{header}\n{good}\n{moved}\n".encode()})
    assert account.orders.get_column("order_id").to_list() == ["202-0000001-0000001"]
    assert account.rejected.drop("day").rows() == [("o.txt", 3, "more fields than columns (a tab inside a text?)")]


def resaved(name, delimiter):
    table = [line.split("\t") for line in (FORMATS / "all_orders" / name).read_text("utf-8").split("\n")]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    return text.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("name", ["us_31col.txt", "eu_91col.txt"])
def test_a_file_saved_with_commas_holds_the_same_orders(read, name, delimiter):
    tabs, commas = read(f"all_orders/{name}", id="a"), read(files={"o.csv": resaved(name, delimiter)}, id="b")
    seen = commas.orders.drop("account", "source_file")
    assert seen.equals(tabs.orders.drop("account", "source_file"))
    assert commas.rejected.is_empty()


@pytest.mark.parametrize(
    "before", [b"\n\n", b"\t\t\t\n", b"\xef\xbb\xbf\xef\xbb\xbf"], ids=["blank", "tabs", "two marks"]
)
def test_what_stands_before_the_header_hides_nothing(read, before):
    text = rows(line(), line(order="bad"))["o.txt"]
    account = read(files={"o.txt": before + text})
    assert account.orders.height == 1
    assert account.rejected.item(0, "line") == 3 + before.count(b"\n")


def test_lines_that_end_in_carriage_returns_alone_are_lines(read):
    account = read(files={"o.txt": rows(line(), line(order="bad"))["o.txt"].replace(b"\n", b"\r")})
    assert (account.orders.height, account.rejected.height) == (1, 1)


def test_a_column_may_have_any_name_and_one_that_comes_twice_is_its_first(read):
    text = rows(line()).popitem()[1].replace(b"buyer-name", b"line").replace(b"item-price", b"quantity")
    account = read(files={"o.txt": text.replace(b"\t1\t1.50", b"\t3\t7")})
    assert account.orders.item(0, "units") == 3


def slashed(day, order="111-0000001-0000001"):
    """A row of the 31-column file as a spreadsheet saves it again: commas, and moments without seconds or zone."""
    head = resaved("us_31col.txt", ",").splitlines()[0].decode()
    cells = dict.fromkeys(head.split(","), "") | {"amazon-order-id": order, "purchase-date": day, "quantity": "1"}
    cells |= {"last-updated-date": day, "order-status": "Shipped", "fulfillment-channel": "Merchant"}
    return head, ",".join((cells | {"sales-channel": "Amazon.com"}).values())


def saved(*days):
    lines = [slashed(day, f"111-0000001-000000{n}") for n, day in enumerate(days)]
    return {"o.csv": "\n".join([lines[0][0], *(row for _, row in lines)]).encode()}


def test_a_file_whose_dates_another_program_rewrote_is_read_where_the_whole_column_decides(read):
    account = read(files=saved("5/31/2025 23:22", "6/1/2025 3:05"), stores=("amazon.com",))
    # 23:22 UTC is the afternoon of the same day in Los Angeles, 3:05 UTC the evening before
    assert account.orders.get_column("day").to_list() == [date(2025, 5, 31), date(2025, 5, 31)]
    assert any("saved again by another program" in text for text in account.files.item(0, "warnings"))


def test_dates_another_program_rewrote_wait_for_an_answer_where_nothing_decides(read):
    waiting = read(files=saved("5/6/2025 12:00"), stores=("amazon.com",), id="a")
    assert waiting.orders.is_empty()
    assert waiting.files.select("rows_kept", "rows_rejected", "rows_waiting").row(0) == (0, 0, 1)
    assert "5/6/2025 can be read as month first (m/d/y) or day first (d/m/y)" in waiting.questions[0].text
    said = '[columns."o.csv"]\ndates = "d/m"'
    told = read(files=saved("5/6/2025 12:00"), stores=("amazon.com",), id="b", settings=said)
    assert told.orders.item(0, "day") == date(2025, 6, 5)
    assert told.questions == ()


def test_an_open_question_is_asked_again_when_the_folder_is_read_again(account_folder):
    folder = account_folder(files=saved("5/6/2025 12:00"), stores=("amazon.com",))
    assert [len(exports.read(folder).questions) for _ in range(2)] == [1, 1]
