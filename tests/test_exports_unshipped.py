"""Unshipped Orders: snapshots of open orders, dated by their own rows."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from conftest import ANSWERS, FORMATS

from helpers.exports import unshipped

EXPECTED = ANSWERS["unshipped"]
FILES = [name for name, said in EXPECTED.items() if said["rows_kept"]]
ZONES = {"amazon.com": "America/Los_Angeles", "amazon.ca": "America/Los_Angeles", "amazon.co.uk": "Europe/London"}
ZONES |= {"amazon.de": "Europe/Berlin", "amazon.fr": "Europe/Paris"}


@pytest.fixture
def snapshot(read):
    return lambda name: read(
        f"unshipped/{name}", stores=("amazon.com",) if name[:2] == "na" else ("amazon.co.uk",), id=name[:-4]
    )


@pytest.mark.parametrize("name", FILES)
def test_a_snapshot_reads_to_the_numbers_written_beside_it(snapshot, name):
    account, said = snapshot(name), EXPECTED[name]
    assert (account.files.item(0, "rows_kept"), account.files.item(0, "rows_rejected")) == (said["rows_kept"], 0)
    assert account.shipments["order_id"].n_unique() == said["orders"]
    assert account.shipments["is_late"].sum() == said["overdue_rows"]
    local = [
        moment.astimezone(ZoneInfo(ZONES[store])).date().isoformat()
        for store, moment in account.shipments.select("marketplace", "ship_by").iter_rows()
    ]
    assert {day: local.count(day) for day in local} == said["promise_local_day"]


def test_an_open_order_that_is_not_yet_due_says_nothing(snapshot):
    assert snapshot("na_68col_day1.txt").shipments["is_late"].to_list().count(False) == 0


def test_the_store_is_named_by_the_ship_service_and_not_by_where_the_parcel_goes(snapshot):
    by_store = dict(snapshot("eu_85col.txt").shipments.group_by("marketplace").len().iter_rows())
    assert by_store == {"amazon.co.uk": 3, "amazon.de": 2, "amazon.fr": 2}


def test_a_layout_with_a_sales_channel_names_its_store_there_and_one_with_neither_names_none(read):
    head = "order-id\tpurchase-date\tpromise-date\tdays-past-promise"
    row = "249-0000001-0000001\t2025-10-27T15:00:00+09:00\t2025-10-31T23:59:59+09:00\t-1"
    named = f"{head}\tsales-channel\tship-service-name\n{row}\tAmazon.co.jp\tStd US D2D Dom\n"
    jp = {"stores": ("amazon.co.jp",)}
    assert read(files={"u.txt": named.encode()}, id="a", **jp).shipments["marketplace"].to_list() == ["amazon.co.jp"]
    bare = read(files={"u.txt": f"{head}\n{row}\n".encode()}, id="b", **jp)
    assert bare.shipments["marketplace"].to_list() == [None]
    assert list(bare.files.item(0, "warnings")) == ["rows that name no store: 1"]


def test_all_rows_together_pin_the_moment_the_file_was_taken():
    rows = pl.DataFrame(
        {
            "ship_by": [datetime(2025, 10, 31, 7, tzinfo=UTC), datetime(2025, 11, 4, 8, tzinfo=UTC)],
            "days_past": [-1, -5],  # less than 24 hours left; between 96 and 120 hours left
            "purchased_at": [datetime(2025, 10, 27, 15, tzinfo=UTC), datetime(2025, 10, 30, 9, tzinfo=UTC)],
            "reported_at": [None, datetime(2025, 10, 30, 9, 45, tzinfo=UTC)],
        },
        schema_overrides={"reported_at": pl.Datetime("us", "UTC")},
    )
    told = unshipped.taken_between(rows)
    assert told == (datetime(2025, 10, 30, 9, 45, tzinfo=UTC), datetime(2025, 10, 31, 7, tzinfo=UTC))


def test_a_snapshot_is_known_on_the_local_day_it_was_taken(snapshot):
    account = snapshot("na_68col_day1.txt")
    assert account.shipments["known_on"].unique().to_list() == [date(2025, 10, 30)]
    file = account.files.row(0, named=True)
    assert (file["first_day"], file["last_day"], file["reaches"]) == (
        date(2025, 10, 30),
        date(2025, 10, 30),
        date(2025, 10, 29),
    )
    assert file["covers"] == "unshipped"


def test_two_snapshots_tell_which_orders_are_open_left_and_new(snapshot):
    found = unshipped.compared(snapshot("na_68col_day1.txt").shipments, snapshot("na_68col_day2.txt").shipments)
    assert dict(found.group_by("state").len().iter_rows()) == EXPECTED["na_68col_day2.txt"]["against_day1"]


def test_rows_that_no_one_moment_can_have_written_are_named(read):
    one, other = ((FORMATS / "unshipped" / name).read_bytes() for name in ("na_68col_day1.txt", "na_68col_day2.txt"))
    glued = one + other.split(b"\n", 1)[1].replace(b"2025-10-31T06:59:59+00:00\t0", b"2025-10-31T06:59:59+00:00\t9")
    account = read(files={"u.txt": glued}, stores=("amazon.com",))
    assert any("cannot all have been written at one moment" in said for said in account.files.item(0, "warnings"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"113-0000001-0000002", b"113-00000", "no order number (cut line?)"),
        (b"2025-11-01T06:59:59+00:00", b"soon", "promise date not readable"),
        (b"2025-10-28T15:00:00+00:00", b"2025-12-28T15:00:00+00:00", "purchase date in the future"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted_with_its_line_and_reason(read, old, new, reason):
    text = (FORMATS / "unshipped" / "na_68col_day1.txt").read_bytes()
    account = read(files={"u.txt": text.replace(old, new, 1)}, stores=("amazon.com",))
    assert account.rejected.drop("day").rows() == [("u.txt", 3, reason)]
    assert account.shipments.height == 5


@pytest.mark.parametrize("name", ["empty_0byte.txt", "empty_header_only.txt"])
def test_no_open_order_is_no_error_and_no_proof(read, name):
    account = read(f"unshipped/{name}")
    assert account.shipments.is_empty()
    assert account.files.item(0, "covers") is None


def test_no_column_about_the_buyer_is_read(snapshot):
    text = str(snapshot("eu_85col.txt").shipments.to_dicts())
    assert "Example Buyer" not in text
    assert "Sample Street" not in text


@pytest.mark.parametrize("year", [b"0000", b"0001", b"9999"])
def test_a_year_that_cannot_be_is_a_promise_that_cannot_be_read(read, year):
    text = (FORMATS / "unshipped" / "na_68col_day1.txt").read_bytes().replace(b"2025-", year + b"-")
    account = read(files={"u.txt": text}, stores=("amazon.com",))
    assert account.rejected.get_column("reason").unique().to_list() == ["promise date not readable"]
    assert account.last_complete_day is None


@pytest.mark.parametrize("past", [-1, 0, 3])
def test_a_promise_that_ends_in_the_last_second_of_a_day_dates_the_file_by_the_day_after_that_second(read, past):
    header = "order-id\tpurchase-date\treporting-date\tpromise-date\tdays-past-promise\tship-service-name"
    # 23:59:59 on 20 October in Germany; the account's other store keeps another time
    row = f"302-0000001-0000001\t2025-10-16T09:00:00+00:00\t\t2025-10-20T21:59:59+00:00\t{past}\tStd DE Dom_1"
    account = read(files={"u.txt": f"{header}\n{row}\n".encode()}, stores=("amazon.co.uk", "amazon.de"))
    assert account.files.item(0, "last_day") == date(2025, 10, 21 + past)
