"""The currency of amounts: the file's own word, else account.toml's, else none."""

from decimal import Decimal

import pytest

from helpers import exports

GBP = 'currency = "GBP"\n'
TABLE = 'time_zone = "Europe/London"\n[columns."t.csv"]\nreport = "orders"\n'
TABLE += 'columns = {{ order_id = "id", purchased_at = "bought", status = "state", value = "price"{more} }}\n'
SETTLED = (
    "settlement-id\tsettlement-start-date\tsettlement-end-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\t"
    "marketplace-name\tamount-type\tamount-description\tamount\tfulfillment-id\tposted-date-time\n"
    "7\t2025-08-01 00:00:00 UTC\t2025-08-15 00:00:00 UTC\t1.00\t{currency}\n"
    "7\t\t\t\t\tOrder\t202-0000001-0000001\t{store}\tItemPrice\tPrincipal\t1.00\tMFN\t2025-08-02 10:00:00 UTC\n"
)
PAID = (
    '{before}\n"date/time","settlement id","type","order id","description","marketplace","fulfillment","total"\n'
    '"Aug 2, 2025 1:00:00 PM PDT","9","Order","111-0000001-0000001","Lamp","amazon.com","Seller","1.00"\n'
)


def settled(currency="", store="Amazon.co.uk"):
    return {"s.txt": SETTLED.format(currency=currency, store=store).encode()}


def sold(*lines, head="id,bought,state,price"):
    return {"t.csv": "\n".join([head, *lines]).encode()}


def warnings(account):
    return account.files.item(0, "warnings").to_list()


@pytest.mark.parametrize(("said", "currency"), [(GBP, "GBP"), ("", None)], ids=["said", "not said"])
def test_an_order_of_a_table_without_currencies_is_in_the_account_s_or_in_none(read, said, currency):
    lines = ("1,2025-08-01,shipped,12.50", "2,2025-08-02,shipped,")
    account = read(files=sold(*lines), settings=said + TABLE.format(more=""), stores=("shop",))
    # the second tells no price: there is nothing to be in a currency
    assert account.orders.select("value", "currency").rows() == [(Decimal("12.50"), currency), (Decimal("0.00"), None)]
    assert warnings(account) == []


@pytest.mark.parametrize(("said", "currency"), [(GBP, "GBP"), ("", None)], ids=["said", "not said"])
def test_a_settlement_that_names_no_currency_is_in_the_account_s_or_in_none(read, said, currency):
    assert read(files=settled(), settings=said).money["currency"].to_list() == [currency]


@pytest.mark.parametrize(
    "before", ["Definitions:", "All amounts in USD\nConverted from CAD"], ids=["none named", "two named"]
)
def test_a_transaction_file_that_names_no_one_currency_is_in_the_account_s(read, before):
    files = {"t.csv": PAID.format(before=before).encode()}
    told = read(files=files, settings='currency = "USD"\n', stores=("amazon.com",), id="told")
    assert told.money["currency"].to_list() == ["USD"]
    assert read(files=files, stores=("amazon.com",), id="silent").money["currency"].to_list() == [None]


def test_what_a_file_names_wins_and_the_difference_is_told(read):
    account = read(files=settled("EUR"), settings=GBP)
    assert account.money["currency"].to_list() == ["EUR"]
    assert warnings(account) == ['amounts in EUR, taken as the file says; account.toml says currency = "GBP"']


def test_a_mistaken_setting_is_told_beside_the_store_s_own_currency(read):
    account = read(files=settled("GBP"), settings='currency = "EUR"\n')
    assert warnings(account) == ['amounts in GBP, taken as the file says; account.toml says currency = "EUR"']


def test_two_stores_with_two_currencies_are_no_contradiction(read):
    stores = ("amazon.co.uk", "amazon.de")
    account = read(files=settled("EUR", "Amazon.de"), settings=GBP, stores=stores)
    assert account.money["currency"].to_list() == ["EUR"]
    assert warnings(account) == []


def test_a_store_of_another_currency_is_left_without_one_rather_than_in_a_wrong_one(read):
    account = read(files=settled(store="Amazon.de"), settings=GBP, stores=("amazon.co.uk", "amazon.de"))
    assert account.money["currency"].to_list() == [None]
    assert warnings(account) == ["amounts left without a currency: GBP of account.toml is not said of them: 1"]


def test_in_a_file_that_names_currencies_a_row_without_one_stays_without(read):
    lines = ("1,2025-08-01,shipped,12.50,usd", "2,2025-08-02,shipped,3.00,")
    more, head = ', currency = "paid in"', "id,bought,state,price,paid in"
    account = read(files=sold(*lines, head=head), settings=GBP + TABLE.format(more=more), stores=("shop",))
    assert account.orders["currency"].to_list() == ["USD", None]
    assert warnings(account) == [
        'amounts in USD, taken as the file says; account.toml says currency = "GBP"; '
        "amounts left without a currency: GBP of account.toml is not said of them: 1"
    ]


def test_a_currency_said_later_acts_on_files_read_before(account_folder):
    folder = account_folder(files=sold("1,2025-08-01,shipped,12.50"), settings=TABLE.format(more=""), stores=("shop",))
    assert exports.read(folder).orders["currency"].to_list() == [None]
    path = folder / "account.toml"
    path.write_text(GBP + path.read_text())
    assert exports.read(folder).orders["currency"].to_list() == ["GBP"]


def test_money_credited_later_is_told_in_the_account_s_currency(read):
    claim = "Aug 2, 2025 1:00:00 PM PDT", "A-to-z Guarantee Claim", "-5.00"
    back = "Aug 9, 2025 1:00:00 PM PDT", "Adjustment", "5.00"
    rows = [
        f'"{at}","9","{kind}","111-0000001-0000001","Lamp","amazon.com","Seller","{sum}"\n'
        for at, kind, sum in (claim, back)
    ]
    text = "".join(PAID.format(before="Definitions:").splitlines(keepends=True)[:2] + rows)
    account = read(files={"t.csv": text.encode()}, settings='currency = "USD"\n', stores=("amazon.com",))
    assert account.defects["outcome"].to_list() == ["credited later: 5.00 USD on 2025-08-09"]
