"""Orders of the API: pages of JSON, late by the moment of confirming."""

import json
from datetime import UTC, date, datetime

import pytest
from conftest import ANSWERS, FORMATS

SAID = ANSWERS["orders_api"]["uk_v2026_page1.json"]
PAGE = json.loads((FORMATS / "orders_api" / "uk_v2026_page1.json").read_bytes())


def page(**changes):
    return {"p.json": json.dumps(PAGE | changes).encode()}


def order(**changes):
    return PAGE["orders"][0] | changes


def test_a_page_reads_to_the_numbers_written_beside_it(read):
    account = read("orders_api/uk_v2026_page1.json")
    assert account.orders.height == SAID["orders"]
    assert account.orders.filter(fulfilment="merchant").height == SAID["merchant"]
    packages = account.shipments.drop_nulls("confirmed_at")
    assert packages.height == SAID["packages"]
    late = account.shipments.filter("is_late")
    assert late.drop_nulls("confirmed_at")["order_id"].to_list() == ["202-0000010-0000002"]
    assert late.filter(late["confirmed_at"].is_null())["order_id"].n_unique() == SAID["not_confirmed_and_due"]


def test_the_time_the_seller_typed_does_not_decide(read):
    shipments = read("orders_api/uk_v2026_page1.json").shipments
    by_typed = shipments.filter(shipments["shipped_at"] > shipments["ship_by"])
    assert by_typed.height == SAID["late_if_ship_time_is_used_WRONG"]


def test_an_order_confirmed_at_the_last_moment_is_in_time(read):
    shipments = read("orders_api/uk_v2026_page1.json").shipments
    assert shipments.filter(order_id="202-0000010-0000006")["is_late"].to_list() == [False]


def test_an_order_with_two_packages_is_judged_by_the_first(read):
    two = [{"createdTime": "2025-08-23T09:00:00Z"}, {"createdTime": "2025-08-22T09:00:00Z"}]
    shipments = read(files=page(orders=[order(packages=two)])).shipments
    assert shipments["is_late"].to_list() == [False, False]


def test_an_open_order_that_is_not_yet_due_says_nothing(read):
    one = order(packages=[], fulfillment=PAGE["orders"][3]["fulfillment"])
    early = {"createdBefore": "2025-08-27T22:00:00Z", "orders": [one | {"lastUpdatedTime": "2025-08-26T09:00:00Z"}]}
    assert read(files=page(**early)).shipments["is_late"].to_list() == [None]


def test_a_shipped_order_without_packages_is_not_known_to_be_late(read):
    account = read(files=page(orders=[order(packages=[])]))
    assert account.shipments["is_late"].to_list() == [None]
    assert "ask for PACKAGES" in " ".join(account.files.item(0, "warnings"))


def test_one_page_of_several_is_not_the_period(read):
    file = read("orders_api/uk_v2026_page1.json").files.row(0, named=True)
    assert file["covers"] is None
    assert any("more pages follow" in warning for warning in file["warnings"])


def test_the_last_page_ends_the_period_and_pages_in_one_file_are_read_together(read):
    last = PAGE | {"pagination": {}, "orders": [order(orderId="202-0000010-0000099")]}
    account = read(files={"all.json": json.dumps([PAGE, last]).encode()})
    assert account.orders.height == SAID["orders"] + 1
    assert account.files.item(0, "covers") == "orders"


def test_a_bare_list_of_orders_is_read(read):
    account = read(files={"list.json": json.dumps(PAGE["orders"]).encode()})
    assert account.orders.height == SAID["orders"]


def test_orders_asked_for_by_last_update_do_not_stand_for_a_period(read):
    said = {name: value for name, value in PAGE.items() if name != "createdBefore"} | {"pagination": {}}
    account = read(files={"p.json": json.dumps(said | {"lastUpdatedBefore": "2025-08-30T00:00:00Z"}).encode()})
    assert account.files.item(0, "covers") is None


def test_what_the_orders_say_of_shop_buyer_and_price_is_read(read):
    item = PAGE["orders"][0]["orderItems"][0]
    item = item | {"quantityOrdered": 2, "cancellation": {"cancellationRequest": {"requester": "BUYER"}}}
    item["product"] = item["product"] | {"price": {"unitPrice": {"amount": "12.50", "currencyCode": "GBP"}}}
    other = order(orderId="S02-0000010-0000001", salesChannel={"channelName": "NON_AMAZON"})
    replaced = order(orderId="202-0000010-0000002", associatedOrders=[{"associationType": "REPLACEMENT_ORIGINAL_ID"}])
    account = read(files=page(orders=[order(orderItems=[item]), other, replaced]))
    rows = {row["order_id"]: row for row in account.orders.to_dicts()}
    first = rows["202-0000010-0000001"]
    assert (str(first["value"]), first["currency"], first["units"], first["is_buyer_requested"]) == (
        "25.00",
        "GBP",
        2,
        True,
    )
    assert rows["S02-0000010-0000001"]["marketplace"] == "non-amazon"
    assert rows["202-0000010-0000002"]["is_replacement"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"orderId": "202-1"}, "no order number"),
        ({"createdTime": "2025-08-21"}, "purchase time not readable"),
        ({"createdTime": "2025-12-21T09:00:00Z"}, "purchase date in the future"),
        ({"fulfillment": {"fulfilledBy": "PIGEON"}}, "fulfilled neither by MERCHANT nor by AMAZON"),
        ({"fulfillment": {"fulfilledBy": "AMAZON"}}, "no order status"),
    ],
)
def test_an_order_that_cannot_be_used_is_counted_with_its_place_and_reason(read, change, reason):
    account = read(files=page(orders=[order(orderId="202-0000010-0000009"), order(**change)]))
    assert account.rejected.drop("day").rows() == [("p.json", 2, reason)]
    assert account.orders.height == 1


def test_an_order_without_items_stays_an_order(read):
    assert read(files=page(orders=[order(orderItems=[])])).orders.height == 1


def test_an_unconfirmed_order_is_known_to_be_late_from_the_newest_moment_of_the_file(read):
    account = read("orders_api/uk_v2026_page1.json")
    (row,) = account.shipments.filter(order_id="202-0000010-0000004").to_dicts()
    assert (row["is_late"], row["known_on"]) == (True, date(2025, 8, 30))  # 00:00Z on 30 August is 01:00 in London
    assert row["ship_by"] == datetime(2025, 8, 27, 22, 59, 59, tzinfo=UTC)
    assert account.last_complete_day == date(2025, 8, 29)


def test_an_empty_page_is_no_error_and_no_proof(read):
    account = read(files=page(orders=[], pagination={}))
    assert account.files.item(0, "report") == "orders_api"
    assert account.orders.is_empty()
