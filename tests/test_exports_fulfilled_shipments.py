"""Fulfilled Shipments: what Amazon shipped; All Orders always knows better."""

from datetime import UTC, date, datetime

from conftest import ANSWERS, FORMATS

from helpers.vocabulary import CUT

SAID = ANSWERS["fulfilled_shipments"]["de_48col.txt"]
NAME = "fulfilled_shipments/de_48col.txt"


def test_the_file_reads_to_the_numbers_written_beside_it(read):
    account = read(NAME, stores=("amazon.de",))
    file = account.files.row(0, named=True)
    assert (file["rows_kept"], file["rows_rejected"]) == (SAID["rows_kept"], SAID["rows_rejected"])
    assert account.rejected.drop("day").rows() == [("de_48col.txt", 10, CUT)]
    assert account.shipments["order_id"].n_unique() == SAID["orders"]
    assert account.shipments.height == SAID["shipments"]
    assert account.shipments["shipped_at"].min().isoformat() == SAID["shipment_date"]["first_utc"]
    assert account.shipments["shipped_at"].max().isoformat() == SAID["shipment_date"]["last_utc"]
    assert account.orders["purchased_at"].min().isoformat() == SAID["purchase_date"]["first_utc"]
    assert file["covers"] is None


def test_an_unreadable_time_is_counted_and_taken_from_another_row_of_the_order(read):
    account = read(NAME, stores=("amazon.de",))
    unread = SAID["unparsable_times"]["purchase-date"]
    assert (
        f"purchase times not readable, taken from another row of the order where there is one: {unread}"
        in account.files.item(0, "warnings")
    )
    found = account.orders.filter(order_id="302-0000003-0000004")
    assert found["purchased_at"].to_list() == [datetime(2025, 8, 11, 12, tzinfo=UTC)]


def test_goods_for_another_shop_without_a_purchase_time_are_parcels_and_no_orders(read):
    account = read(NAME, stores=("amazon.de",))
    assert account.orders.filter(order_id="S02-0000003-0000001").is_empty()
    assert account.shipments.filter(order_id="S02-0000003-0000001")["marketplace"].to_list() == ["non-amazon"]
    assert "orders without a purchase time, in no rate: 1" in account.files.item(0, "warnings")


def test_the_items_of_one_parcel_are_one_parcel(read):
    parcels = read(NAME, stores=("amazon.de",)).shipments
    assert parcels.filter(order_id="302-0000003-0000003")["units"].to_list() == [2]
    assert parcels.filter(order_id="302-0000003-0000004").height == 2  # one order in two parcels


HEADER = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\tquantity"
ROW = "302-0000003-0000001\t2025-08-08T12:00:00+00:00\tCancelled\tAmazon\tAmazon.de\t1"


def test_all_orders_wins_even_where_it_does_not_say_when_an_order_changed(read):
    files = {"z.txt": f"{HEADER}\n{ROW}\n".encode(), "a.txt": (FORMATS / NAME).read_bytes()}
    account = read(files=files, stores=("amazon.de",))
    assert account.orders.filter(order_id="302-0000003-0000001")["status"].to_list() == ["cancelled"]


def test_a_later_file_of_parcels_does_not_move_the_last_complete_day(read):
    files = {"z.txt": f"{HEADER}\n{ROW}\n".encode(), "a.txt": (FORMATS / NAME).read_bytes()}
    assert read(files=files, stores=("amazon.de",)).last_complete_day == date(2025, 8, 7)


def test_no_column_about_the_buyer_is_read(read):
    account = read(NAME, stores=("amazon.de",))
    text = str(account.orders.to_dicts()) + str(account.shipments.to_dicts())
    assert "Example Buyer" not in text
    assert "Musterweg" not in text
