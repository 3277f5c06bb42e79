"""Returns of orders Amazon ships: comments over several lines, no store, nothing a buyer wrote is kept."""

from datetime import date

import pytest
from conftest import ANSWERS

from helpers.vocabulary import CUT

SAID = ANSWERS["returns"]["fba_returns.txt"]


def test_the_invented_file_reads_to_the_numbers_written_beside_it(read):
    account = read("returns/fba_returns.txt", stores=("amazon.com",))
    file, returns = account.files.row(0, named=True), account.returns
    assert (file["report"], file["rows_kept"], file["rows_rejected"]) == ("fba_returns", SAID["rows"], 0)
    assert returns.get_column("order_id").n_unique() == SAID["orders"]
    assert returns.get_column("units").sum() == SAID["units"]
    assert set(returns.get_column("fulfilment")) == {"amazon"}
    assert returns.get_column("has_claim_flag").is_null().all()
    # 2025-09-11T06:30Z is the evening of the tenth on the clocks of the account's store, 09-13T00:05Z of the twelfth
    assert (file["first_day"], file["last_day"]) == (date(2025, 9, 10), date(2025, 9, 12))


def test_nothing_a_buyer_wrote_is_kept(read):
    account = read("returns/fba_returns.txt")
    assert "Broken arm" not in str(account.returns.to_dicts())
    assert "Gefällt" not in str(account.returns.to_dicts())


def test_a_bare_header_is_no_data_and_no_error(read):
    account = read("returns/fba_empty_header_only.txt")
    assert account.returns.is_empty()
    assert account.files.item(0, "warnings").to_list() == []


HEADER = "return-date\torder-id\tsku\tquantity\treason\tlicense-plate-number\tcustomer-comments\n"


def line(comment="", when="2025-09-10T15:31:40+00:00", order="112-0000001-0000011"):
    return f"{when}\t{order}\tEX-1\t1\tDEFECTIVE\tLPNEXAMPLE01\t{comment}\n"


@pytest.mark.parametrize("comment", ["Broken.\nStill broken.", '"Broken.\n\nStill\nbroken."', "Broken.\n12 times"])
def test_a_comment_over_several_lines_is_one_return(read, comment):
    account = read(files={"r.txt": (HEADER + line(comment) + line()).encode()})
    assert account.returns.height == 2
    assert account.rejected.is_empty()


@pytest.mark.parametrize(
    ("before", "bad", "reason"),
    [
        ("", "Still broken.\n", "no order number (cut line?)"),  # no comment, so nothing can go on
        ("Broken.", "2025-09-1", CUT),  # begins as a row begins
        ("Broken.", line(order="?"), "no order number (cut line?)"),
        ("Broken.", line(when="soon"), "day of the return not readable"),
        ("Broken.", line(when="2025-12-10T15:31:40+00:00"), "day of the return in the future"),
    ],
)
def test_a_line_that_is_no_comment_is_never_taken_for_one(read, before, bad, reason):
    account = read(files={"r.txt": (HEADER + line(before) + bad).encode()})
    assert account.rejected.drop("day").rows() == [("r.txt", 3, reason)]
    assert account.returns.height == 1


def test_more_of_a_comment_is_no_row_of_its_own_when_the_row_before_is_spoilt(read):
    text = HEADER + line() + line("Broken arm.", order="") + "Does not stand.\n" + line(order="112-0000001-0000012")
    account = read(files={"r.txt": text.encode()}, stores=("amazon.com",))
    assert account.files.select("rows_kept", "rows_rejected").row(0) == (2, 1)
    assert account.rejected.get_column("line").to_list() == [3]


@pytest.mark.parametrize("last", ["and torn", 'and "torn', "torn"])
def test_a_comment_that_goes_on_to_the_end_of_a_file_without_a_line_end_costs_no_row(read, last):
    account = read(files={"r.txt": (HEADER + line() + line("Broken") + last).encode()})
    assert (account.returns.height, account.rejected.height) == (2, 0)
