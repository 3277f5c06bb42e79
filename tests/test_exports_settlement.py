"""Settlements of both layouts: the numbers written beside the invented files, and the sum that gives a cut file away."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from conftest import ANSWERS

SAID = ANSWERS["settlement"]
FILES = [name for name, said in SAID.items() if "layout" in said]
STORES = {"v1_36col_uk.txt": "amazon.co.uk", "v1_33col_ca.txt": "amazon.ca", "v2_us.txt": "amazon.com"}
STORES |= {"v2_de.txt": "amazon.de", "v2_jp.txt": "amazon.co.jp"}


@pytest.fixture
def settlement(read):
    return lambda name: read(f"settlement/{name}", stores=(STORES[name],))


@pytest.mark.parametrize("name", FILES)
def test_every_layout_reads_to_the_numbers_written_beside_it(settlement, name):
    said, account = SAID[name], settlement(name)
    file, money = account.files.row(0, named=True), account.money
    assert (file["report"], file["rows_kept"], file["rows_rejected"]) == ("settlement", said["rows_kept"], 0)
    assert money.height == said["body_rows"]
    assert money.get_column("settlement_id").n_unique() == said["settlement_ids"]
    assert money.get_column("currency").unique().to_list() == said["currency"]
    assert money.get_column("posted_at").min().isoformat() == said["posted"]["first_utc"]
    assert money.get_column("posted_at").max().isoformat() == said["posted"]["last_utc"]
    assert dict(money.group_by("type").len().iter_rows()) == said["transaction_types"]
    stores: dict[str, int] = {}
    for store, n in said["marketplace_name"].items():
        stores[store.lower()] = stores.get(store.lower(), 0) + n
    assert dict(money.group_by(pl.col("marketplace").fill_null("(blank)")).len().iter_rows()) == stores
    orders = money.get_column("order_id").drop_nulls().unique()
    assert orders.str.starts_with("S").sum() == said["distinct_non_amazon_orders"]
    assert (~orders.str.starts_with("S")).sum() == said["distinct_amazon_orders"]


@pytest.mark.parametrize("name", FILES)
def test_the_amounts_add_up_to_the_printed_total(settlement, name):
    account = settlement(name)
    assert account.money.get_column("amount").sum() == Decimal(SAID[name]["sum_of_amounts"])
    assert not any("add up" in warning for warning in account.files.item(0, "warnings"))
    assert account.files.item(0, "covers") == "money"


@pytest.mark.parametrize("name", FILES)
def test_what_only_sounds_like_a_claim_and_numbers_of_removals_are_counted_aloud(settlement, name):
    said, warnings = SAID[name], settlement(name).files.item(0, "warnings")
    alike = sum(said["lookalike_fee_rows"].values())
    assert [text for text in warnings if "sound like" in text and text.endswith(f": {alike}")] or not alike
    others = said["order_ids_of_another_form"]
    assert [text for text in warnings if "no order number" in text and text.endswith(f": {others}")] or not others
    assert len(warnings) == bool(alike) + bool(others)


@pytest.mark.parametrize("name", ["empty_0byte.txt", "empty_header_only_v2.txt"])
def test_no_data_is_no_error_and_covers_nothing(read, name):
    account = read(f"settlement/{name}")
    assert account.money.is_empty()
    assert account.files.row(0, named=True)["covers"] is None


def test_a_settlement_speaks_for_the_days_of_its_period_but_the_last_which_the_next_one_shares(settlement):
    file = settlement("v1_36col_uk.txt").files.row(0, named=True)
    # printed: 15 August 22:07 UTC to 29 August 22:07 UTC, an hour later on the clocks of London
    assert (file["first_day"], file["last_day"], file["reaches"]) == (
        date(2025, 8, 15), date(2025, 8, 28), date(2025, 8, 28),
    )  # fmt: skip


HEADER = (
    "settlement-id\tsettlement-start-date\tsettlement-end-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\t"
    "marketplace-name\tamount-type\tamount-description\tamount\tfulfillment-id\tposted-date-time\n"
)
TOTAL = "7\t2025-08-01 00:00:00 UTC\t2025-08-15 00:00:00 UTC\t{}\tGBP\n"


def line(amount="1.00", posted="2025-08-02 10:00:00 UTC", kind="Order", order="202-0000001-0000001", id="7"):
    return f"{id}\t\t\t\t\t{kind}\t{order}\tAmazon.co.uk\tItemPrice\tPrincipal\t{amount}\tMFN\t{posted}\n"


def file(*lines, total="1.00"):
    return {"s.txt": (HEADER + TOTAL.format(total) + "".join(lines)).encode()}


def test_a_cut_file_gives_itself_away_and_says_which_sums_differ(read):
    account = read(files=file(line("1.00"), total="3.50"))
    assert account.files.item(0, "warnings").to_list() == [
        "the settlement from line 2 on: its amounts add up to £1.00 and its total says £3.50; "
        "the file was cut, or joined from several; download it again"
    ]
    assert account.files.item(0, "covers") is None
    assert account.money.height == 1


def test_a_settlement_in_which_nothing_happened_adds_up(read):
    assert read(files=file(total="0.00")).files.item(0, "warnings").to_list() == []


def test_a_joined_file_is_checked_settlement_by_settlement(read):
    warnings = read(files=file(line("1.00"), line("2.00", id="8"))).files.item(0, "warnings")
    assert warnings.to_list() == [
        "the settlement from line 4 on: the row with its total is missing; the file was cut, or joined from several; download it again"
    ]


def test_a_file_joined_to_itself_is_noticed(read):
    twice = HEADER + (TOTAL.format("1.00") + line("1.00")) * 2
    (warning,) = read(files={"s.txt": twice.encode()}).files.item(0, "warnings")
    assert "add up to £2.00 and its total says £1.00" in warning


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line(kind=""), "no transaction type (cut line?)"),
        ("202-00\n", "no transaction type (cut line?)"),
        (line(posted="2025-08-02 10:00:00 UTC\tmore"), "more fields than columns (a tab inside a text?)"),
        (line(amount="1,2,3"), "amount not readable"),
        (line(posted="2 Aug"), "posting date not readable (cut line?)"),
        (line(posted="2025-12-01 10:00:00 UTC"), "posting date in the future"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted_with_its_line_and_reason(read, bad, reason):
    account = read(files=file(line(), "\n", bad))
    assert account.rejected.drop("day").rows() == [("s.txt", 5, reason)]
    assert account.money.height == 1
    assert account.files.item(0, "covers") is None


def test_a_row_with_two_amounts_is_one_posting_of_their_sum(read):
    header = "settlement-id\ttotal-amount\ttransaction-type\tprice-type\tprice-amount\titem-related-fee-type\t"
    header += "item-related-fee-amount\tposted-date\n"
    rows = "7\t8.50\n7\t\tOrder\tPrincipal\t10.00\tCommission\t-1.50\t2025-08-02T10:00:00+00:00\n"
    account = read(files={"s.txt": (header + rows).encode()})
    assert account.money.select("amount", "description").rows() == [(Decimal("8.50"), "Principal, Commission")]
    assert account.files.item(0, "warnings").to_list() == []


def test_a_slash_date_nothing_decides_is_a_question_and_its_answer_is_used(read):
    files = file(line(posted="03/09/2025 10:00:00 UTC"))
    asked = read(files=files)
    assert asked.questions[0].path == "s.txt"
    assert asked.money.is_empty()
    assert asked.files.select("rows_kept", "rows_rejected", "rows_waiting").row(0) == (0, 0, 2)  # and its total
    told = read(files=files, id="told", settings='[columns."s.txt"]\ndates = "d/m"\n')
    assert not told.questions
    assert told.money.item(0, "posted_at").date() == date(2025, 9, 3)


def test_of_a_file_that_waits_only_what_no_answer_can_save_is_rejected(read):
    lines = (line(posted="03/09/2025 10:00:00 UTC"), line("x,y", posted="03/09/2025 10:00:00 UTC"))
    asked = read(files=file(*lines, line(posted="03/12/2025 10:00:00 UTC")))  # today is 1 November 2025
    assert asked.files.select("rows_kept", "rows_rejected", "rows_waiting").row(0) == (0, 1, 3)
    assert asked.rejected.get_column("reason").to_list() == ["amount not readable"]
    assert asked.files.item(0, "warnings").to_list() == ["lines that wait for an answer: 3"]


def test_a_saved_again_file_keeps_its_amounts_without_the_spreadsheet_s_quotes(read):
    account = read(files=file(line('"1,249.50"'), total='"1,249.50"'))
    assert account.money.item(0, "amount") == Decimal("1249.50")
    assert account.files.item(0, "warnings").to_list() == []


def test_a_printed_period_that_ends_in_the_future_is_not_what_the_file_speaks_for(read):
    far = file(line("1.00"))["s.txt"].replace(b"2025-08-15", b"2099-08-15")
    assert read(files={"s.txt": far}).files.item(0, "last_day") == date(2025, 8, 2)
