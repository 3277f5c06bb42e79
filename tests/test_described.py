"""What account.toml says of files: a key, a column or a word that no reader reads stops, with the nearest right one."""

import pytest

from helpers import exports
from helpers.errors import SettingsError

TABLE = b"id,bought,state,who,limit,sent\n1,2018-01-05,done,us,2018-01-08,2018-01-07\n"
COLUMNS = '{ order_id = "id", purchased_at = "bought", status = "state", fulfilment = "who" }'
LIST = b"Order,Day,Kind\n203-1111111-2222222,2025-09-05,A\n"


def said(report, columns, more=""):
    return f'time_zone = "Europe/London"\n[columns."t.csv"]\nreport = "{report}"\ncolumns = {columns}\n{more}\n'


@pytest.mark.parametrize(
    ("settings", "wrong", "right"),
    [
        (said("orders", '{ order_id = "id", purchased_at = "bought", statsu = "state" }'), "statsu", "status"),
        (said("orders", COLUMNS, "skip_line = 1"), "skip_line", "skip_lines"),
        (said("orders", COLUMNS, "taken_on = 2018-02-01"), "taken_on", None),
        (said("orders", COLUMNS, 'values = { stat = { done = "shipped" } }'), "stat", "status"),
        (said("orders", COLUMNS, 'values = { status = { done = "shiped" } }'), "shiped", "shipped"),
        (said("orders", COLUMNS, 'values = { fulfilment = { us = "merchnat" } }'), "merchnat", "merchant"),
        (said("orders", COLUMNS, 'constants = { statuss = "shipped" }'), "statuss", "status"),
        (said("orders", COLUMNS, 'constants = { item_status = "shiped" }'), "shiped", "shipped"),
        (said("orders", COLUMNS, 'constants = { marketplace = "my-shp" }'), "my-shp", "my-shop"),
        (said("order_defects", '{ order_id = "Order", chargebck = "Kind" }'), "chargebck", "chargeback"),
        (
            said("order_defects", '{ order_id = "Order", kind = "Kind" }', 'values = { kind = { A = "claim" } }'),
            "claim",
            None,
        ),
        (said("late_shipments", '{ order_id = "Order", is_lat = "Kind" }'), "is_lat", "is_late"),
        (said("valid_tracking", '{ order_id = "Order", is_vaild = "Kind" }'), "is_vaild", "is_valid"),
        (said("on_time_delivery", '{ order_id = "Order", promised = "Day" }'), "promised", "promised_by"),
        (said("a_to_z_claims", '{ order_id = "Order", outcom = "Kind" }'), "outcom", "outcome"),
        (said("feedback", '{ order_id = "id", received_on = "bought", star = "state" }'), "star", "stars"),
        (said("all_orders", '{ order_id = "id" }'), "columns", None),
    ],
)
def test_a_word_that_no_reader_reads_stops_and_names_the_nearest(account_folder, settings, wrong, right):
    folder = account_folder(files={"t.csv": TABLE}, settings=settings, stores=("my-shop",))
    with pytest.raises(SettingsError) as raised:
        exports.read(folder)
    assert f"{wrong}'" in str(raised.value)
    assert right is None or f"did you mean '{right}'?" in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (said("orders", '{ order_id = "id" }'), "expected purchased_at for orders, found none"),
        (said("orders", COLUMNS, 'constants = { status = "shipped" }'), "expected status as a column or as a constant"),
        (
            said(
                "orders", '{ order_id = "id", purchased_at = "bought" }', 'values = { status = { done = "shipped" } }'
            ),
            "expected status under columns",
        ),
        (said("orders", COLUMNS, 'marks = { set = ["x"], not_set = [""] }'), "expected one of is_buyer_requested"),
        (
            said(
                "order_defects",
                '{ order_id = "Order", chargeback = "Kind" }',
                'marks = { set = ["x"], not_set = ["X"] }',
            ),
            "found 'x' as both",
        ),
    ],
    ids=["a column is needed", "told twice", "a word without its column", "marks without a column", "a mark is both"],
)
def test_a_line_that_can_mean_nothing_stops(account_folder, settings, why):
    folder = account_folder(files={"t.csv": TABLE}, settings=settings, stores=("my-shop",))
    with pytest.raises(SettingsError, match=why):
        exports.read(folder)


def test_a_misspelt_column_stops_before_its_file_comes(account_folder):
    settings = '[columns."later*.csv"]\ncolumns = { order_id = "id", chargebck = "c" }\n'
    with pytest.raises(SettingsError, match="did you mean 'chargeback'"):
        exports.read(account_folder(settings=settings))


def test_a_map_of_a_file_that_is_known_by_its_content_is_checked_against_that_report(account_folder):
    settings = '[columns."*.txt"]\ncolumns = { order_id = "amazon-order-id" }\n'
    folder = account_folder("all_orders/uk_2025-08_91col.txt", settings=settings)
    with pytest.raises(SettingsError, match="a file of all_orders"):
        exports.read(folder)


def test_a_key_that_changes_nothing_in_a_file_is_named_beside_it(read):
    account = read("all_orders/uk_2025-08_91col.txt", settings='[columns."*.txt"]\ntaken_on = 2025-10-01\n')
    (text,) = [text for text in account.files.item(0, "warnings") if "changes nothing" in text]
    assert text == "account.toml says taken_on of this file, which changes nothing in a file of all_orders"


def test_an_entry_that_speaks_for_no_file_is_named(read):
    account = read("all_orders/uk_2025-08_91col.txt", settings='[columns."feedbak*.txt"]\ndates = "d/m/y"\n')
    assert account.unused_entries == ("feedbak*.txt",)


def test_a_list_without_a_column_of_chargebacks_proves_none_of_them(read):
    columns = '{ order_id = "Order", order_day = "Day", a_to_z_claim = "Claim" }'
    settings = f'[columns."t.csv"]\nreport = "order_defects"\none_row_is = "order"\nrows_are = "defective_only"\ncolumns = {columns}\n'
    account = read(files={"t.csv": b"Order,Day,Claim\n203-1111111-2222222,2025-09-05,X\n"}, settings=settings)
    assert account.tells == {"t.csv": {"a_to_z_claims"}}
    assert "not chargebacks: no column kind or chargeback" in account.columns_tell["t.csv"]
