"""Claims and chargebacks among postings: exact types, distinct orders, split by who ships."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from conftest import ANSWERS

from helpers.exports import settings
from helpers.exports.money_defects import claims_and_chargebacks, kind, set_aside
from helpers.frames import SCHEMAS

SAID = ANSWERS["settlement"]
STORES = {"v1_36col_uk.txt": "amazon.co.uk", "v1_33col_ca.txt": "amazon.ca", "v2_us.txt": "amazon.com"}
STORES |= {"v2_de.txt": "amazon.de", "v2_jp.txt": "amazon.co.jp", "date_range_us.csv": "amazon.com"}
SHIPS = {"MFN": "merchant", "AFN": "amazon", "Seller": "merchant", "Amazon": "amazon"}


def split(said):
    """`AFN 1, MFN 2` as a mapping."""
    return {} if said == "none" else {SHIPS[who]: int(n) for who, n in (one.split() for one in said.split(", "))}


def found(account):
    defects = claims_and_chargebacks(account.money, settings.read(account.folder))
    assert dict(defects.schema) == dict(SCHEMAS["defects"])
    return defects


@pytest.mark.parametrize("name", STORES)
def test_every_file_gives_the_orders_written_beside_it_split_by_who_ships(read, name):
    said, defects = SAID[name], found(read(f"settlement/{name}", stores=(STORES[name],)))
    for of, key in (("a_to_z_claim", "a_to_z"), ("chargeback", "chargeback")):
        expected = said.get(key) or said[f"{key}_refund"]
        of_kind = defects.filter(kind=of)
        assert of_kind.height == expected["distinct_orders"], of
        assert dict(of_kind.group_by("fulfilment").len().iter_rows()) == split(expected["by_fulfillment"]), of


def test_the_same_orders_in_a_settlement_and_a_transaction_file_are_counted_once(read):
    account = read("settlement/v2_us.txt", "settlement/date_range_us.csv", stores=("amazon.com",))
    assert account.money.height == 23 + 9
    assert found(account).select("order_id", "kind").rows() == [
        ("111-0000001-0000003", "a_to_z_claim"),
        ("111-0000001-0000009", "chargeback"),
        ("112-0000001-0000012", "a_to_z_claim"),
    ]


CLAIM, MFN, UK = "A-to-z Guarantee Refund", "merchant", "amazon.co.uk"


def posting(day, type_=CLAIM, amount="-10.00", order="202-0000001-0000001", hour=12, store=UK, described="Principal"):
    when = datetime(2025, 8, day, hour, tzinfo=UTC)
    return (when, order, type_, None, described, Decimal(amount), "GBP", MFN, "7", store, "s.txt")


@pytest.fixture
def counted(account_folder):
    said = settings.read(account_folder())
    return lambda *rows: claims_and_chargebacks(money(*rows), said)


def money(*rows):
    return pl.DataFrame(rows, schema=dict(SCHEMAS["money"]), orient="row").with_columns(kind=kind())


@pytest.mark.parametrize(
    "kind",
    ["ShippingChargeback", "Order", "Refund", "SAFE-T Reimbursement", "Chargeback Refund Fee", "Order_Retrocharge"],
)
def test_a_type_that_only_holds_the_word_is_no_chargeback(counted, kind):
    assert counted(posting(2, kind, described="ShippingChargeback")).is_empty()


def test_the_day_is_that_of_the_first_posting_in_the_store_s_own_zone(counted):
    (row,) = counted(posting(24), posting(22, hour=23)).rows(named=True)
    assert row["occurred_on"] == date(2025, 8, 23)  # 23:00 UTC is past midnight in London in summer
    assert (row["reason"], row["counts"], row["outcome"], row["order_day"]) == ("settlement", True, None, None)


def test_an_order_with_a_claim_and_a_chargeback_is_a_row_of_each_kind(counted):
    kinds = counted(posting(2), posting(3, "Chargeback Refund")).get_column("kind").to_list()
    assert kinds == ["a_to_z_claim", "chargeback"]


def test_money_that_came_back_later_is_named_and_the_claim_still_counts(counted):
    rows = posting(2), posting(2, amount="1.50"), posting(9, amount="10.00"), posting(9, amount="-1.50")
    (row,) = counted(*rows).rows(named=True)
    assert row["outcome"] == "credited later: 8.50 GBP on 2025-08-09"
    assert row["counts"]


@pytest.mark.parametrize(
    "later",
    [
        posting(9, amount="-5.00"),
        posting(9, "Order", "20.00"),
        posting(9, amount="20.00", order="202-0000001-0000002"),
        posting(2, "SAFE-T Reimbursement", "20.00"),
    ],
    ids=["more is taken", "a sale", "another order", "the same moment"],
)
def test_not_every_later_posting_is_a_credit(counted, later):
    assert counted(posting(2), later).filter(order_id="202-0000001-0000001").item(0, "outcome") is None


def test_the_same_credit_told_by_two_files_is_named_once(counted):
    credit = posting(9, amount="10.00")
    (row,) = counted(posting(2), credit, (*credit[:-1], "t.csv")).rows(named=True)
    assert row["outcome"] == "credited later: 10.00 GBP on 2025-08-09"


@pytest.mark.parametrize("elsewhere", [{"order": "S02-0000001-0000001"}, {"store": "non-amazon uk"}, {"order": None}])
def test_orders_of_other_shops_and_postings_without_an_order_are_no_defects(counted, elsewhere):
    assert counted(posting(2, **elsewhere)).is_empty()


def test_what_is_set_aside_is_said_with_its_number():
    alike = posting(2, "Order", described="ShippingChargeback"), posting(2, "A-to-z Guarantee Recovery")
    assert set_aside(money(*alike, posting(2), posting(2, order=None))) == (
        "postings that sound like a claim or a chargeback and are another type (a fee, a reversal), not counted: 2",
        "claims or chargebacks without an order number, not counted: 1",
    )
    assert set_aside(money(posting(2), posting(2, "Refund"))) == ()


def test_no_postings_give_no_defects(counted):
    assert counted().is_empty()
