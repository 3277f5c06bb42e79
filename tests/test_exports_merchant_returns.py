"""Returns the seller takes back, flat and XML: distinct orders, flags without a day, repeated items."""

from datetime import date

import pytest
from conftest import ANSWERS

SAID = ANSWERS["returns"]
FLAT = ["mfn_flat_32col.txt", "mfn_flat_33col.txt", "mfn_flat_empty_header_only.txt"]


@pytest.mark.parametrize("name", FLAT)
def test_every_layout_reads_to_the_numbers_written_beside_it(read, name):
    said, account = SAID[name], read(f"returns/{name}")
    file, returns = account.files.row(0, named=True), account.returns
    assert (file["report"], file["rows_kept"], file["rows_rejected"]) == ("merchant_returns", said["rows_kept"], 0)
    assert returns.get_column("order_id").n_unique() == said["orders"]
    assert [str(day) for day in returns.get_column("requested_on").sort()] == said["return_request_dates"]
    assert returns.get_column("units").sum() == said["return_quantity"]
    flags = {"Y": True, "N": False}
    assert dict(returns.group_by("has_claim_flag").len().iter_rows()) == {
        flags[k]: n for k, n in said["a_to_z"].items()
    }
    assert returns.filter("has_claim_flag").get_column("order_id").n_unique() == said["orders_flagged_a_to_z"]
    assert set(returns.get_column("fulfilment")) <= {"merchant"}
    assert file["covers"] == ("returns" if said["rows_kept"] else None)


def test_an_item_that_is_repeated_beyond_what_was_ordered_is_one(read):
    said, account = SAID["mfn_returns.xml"], read("returns/mfn_returns.xml")
    assert account.files.item(0, "report") == "merchant_returns"
    assert account.returns.height == said["item_details_kept"]
    assert account.returns.get_column("order_id").n_unique() == said["returns"]
    assert account.returns.filter("has_claim_flag").get_column("order_id").n_unique() == said["a_to_z_true"]
    repeated = dict(account.returns.group_by("order_id").len().iter_rows())
    assert (repeated["404-0000001-0000001"], repeated["404-0000002-0000001"]) == (1, 2)
    assert account.returns.get_column("requested_on").min() == date(2025, 9, 12)


def test_a_file_without_bytes_is_no_data_and_no_error(read):
    assert read("returns/mfn_flat_empty_0byte.txt").returns.is_empty()


HEADER = "Order ID\tReturn request date\tAmazon RMA ID\tA-to-Z Claim\tItem Name\tReturn quantity\tReturn Reason\n"


def line(order="202-0000001-0000001", day="10-Sep-2025", flag="N", units="1"):
    return f"{order}\t{day}\tDEXAMPLRRMA\t{flag}\tExample lamp\t{units}\tCR-DEFECTIVE\n"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line(order="5.80293E+13"), "no order number (cut line?)"),
        (line(day="10/09/2025"), "day of the return not readable"),
        (line(day="10-Dec-2025"), "day of the return in the future"),
        (line(units="lamp\t1"), "quantity not readable (a tab inside a text?)"),
        (line(day="10-Sep-0000"), "day of the return not readable"),
        (line(day="10-Sep-1970"), "day of the return not readable"),
        ("202-00", "no order number (cut line?)"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted_with_its_line_and_reason(read, bad, reason):
    account = read(files={"r.txt": (HEADER + line() + "\n" + bad).encode()})
    assert account.rejected.drop("day").rows() == [("r.txt", 4, reason)]
    assert account.returns.height == 1


def test_a_row_that_stops_early_has_unknown_values_and_is_kept(read):
    account = read(files={"r.txt": (HEADER + "202-0000001-0000001\t2025-09-10\tDEXAMPLRRMA\n").encode()})
    (row,) = account.returns.rows(named=True)
    assert (row["requested_on"], row["has_claim_flag"], row["units"]) == (date(2025, 9, 10), None, None)
    assert account.files.item(0, "warnings").to_list() == ["returns without a quantity, left empty: 1"]


def xml(*returns):
    return {"r.xml": f"<AmazonEnvelope><MessageType>Returns-Report</MessageType>{''.join(returns)}".encode()}


def returned(order="202-0000001-0000001", when="2025-09-10T23:30:00Z", flag="true"):
    item = "<item_details><asin>B0EXAMPL01</asin><return_quantity>1</return_quantity></item_details>"
    return (
        f"<return_details>{item}<order_id>{order}</order_id><return_request_date>{when}</return_request_date>"
        f"<a_to_z_claim>{flag}</a_to_z_claim></return_details>\n"
    )


def test_the_day_of_a_request_is_that_of_the_account_s_zone(read):
    account = read(files=xml(returned(), "</AmazonEnvelope>"))
    assert account.returns.get_column("requested_on").to_list() == [date(2025, 9, 11)]  # half past midnight in London


def test_a_moment_at_the_end_of_the_calendar_is_a_day_that_cannot_be_read(read):
    first = returned().replace("2025-", "0001-").replace("2024-", "0001-")
    account = read(files=xml(first, "</AmazonEnvelope>"))
    assert account.rejected.get_column("reason").to_list() == ["day of the return not readable"]


def test_a_cut_xml_keeps_what_is_whole_and_says_where_it_broke_off(read):
    account = read(files=xml(returned(), returned()[:60]))
    assert account.returns.height == 1
    (rejected,) = account.rejected.drop("day").rows()
    assert rejected[1] == 2
    assert rejected[2].startswith("damaged XML")
    assert rejected[2].endswith("records from here on not read: 1")
    assert account.files.item(0, "covers") is None


def test_a_return_without_an_order_number_is_counted_with_the_line_it_begins_on(read):
    account = read(files=xml(returned(), returned(order="?"), "</AmazonEnvelope>"))
    assert account.rejected.drop("day").rows() == [("r.xml", 2, "no order number (cut line?)")]


def test_a_return_without_items_is_still_a_return(read):
    bare = "<return_details><order_id>202-0000001-0000001</order_id>"
    bare += "<return_request_date>2025-09-10</return_request_date></return_details></AmazonEnvelope>"
    account = read(files=xml(bare))
    assert account.returns.select("order_id", "units").rows() == [("202-0000001-0000001", None)]
