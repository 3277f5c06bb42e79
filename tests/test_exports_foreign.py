"""Tables of other marketplaces: through a map, delimited or Parquet; what contradicts itself is counted and kept."""

import io
import json
from datetime import UTC, date, datetime

import polars as pl
import pytest

from helpers import coverage, exports
from helpers.errors import ExportError, SettingsError

SHOP = {"stores": ("olist",)}


def entry(report, columns, more="", name="t.csv"):
    said = ", ".join(f'{ours} = "{theirs}"' for ours, theirs in columns.items())
    return f'time_zone = "America/Sao_Paulo"\n[columns."{name}"]\nreport = "{report}"\ncolumns = {{ {said} }}\n{more}\n'


ORDERS = {"order_id": "id", "purchased_at": "bought", "status": "state"}
SHIPMENTS = {"order_id": "id", "purchased_at": "bought", "status": "state", "ship_by": "limit", "shipped_at": "sent"}
SHIPMENTS |= {"promised_by": "promised", "delivered_at": "there"}


def csv(*lines):
    return {"t.csv": "\n".join(lines).encode()}


def parquet(frame):
    packed = io.BytesIO()
    frame.write_parquet(packed)
    return {"t.parquet": packed.getvalue()}


def test_orders_of_any_number_are_read_with_their_statuses_in_our_words(read):
    more = 'values = { status = { canceled = "cancelled", unavailable = "cancelled", created = "pending" } }'
    text = csv(
        "id,bought,state",
        "#1,2018-01-05 08:00:00,delivered",
        "b 2,2018-01-06 08:00:00,Unavailable",
        "3,2018-01-07T08:00:00Z,created",
    )
    account = read(files=text, settings=entry("orders", ORDERS, more), **SHOP)
    found = account.orders.select("order_id", "marketplace", "fulfilment", "status", "is_cancelled").rows()
    assert found == [
        ("#1", "olist", "merchant", "delivered", False),
        ("b 2", "olist", "merchant", "cancelled", True),
        ("3", "olist", "merchant", "pending", False),
    ]
    assert account.orders["purchased_at"].to_list()[0] == datetime(2018, 1, 5, 10, tzinfo=UTC)  # two hours behind
    assert account.files.item(0, "covers") == "orders"
    assert account.last_complete_day == date(2018, 1, 6)


def test_the_account_s_own_store_is_a_store(read):
    account = read(
        files=csv("id,bought,state", "1,2018-01-05,shipped", "2,2018-01-06,shipped"),
        settings=entry("orders", ORDERS),
        **SHOP,
    )
    covered = coverage.of_metrics(account, date(2018, 1, 5))
    assert set(covered["marketplace"]) == {"olist"}
    assert coverage.order_days(account).to_list() == [date(2018, 1, 5)]


def test_a_row_without_what_it_cannot_do_without_is_rejected_with_its_reason(read):
    lines = (
        "id,bought,state",
        "1,,shipped",
        "2,yesterday,shipped",
        ",2018-01-05,shipped",
        "3,2030-01-05,shipped",
        "4,2018-01-05,",
    )
    account = read(files=csv(*lines), settings=entry("orders", ORDERS), **SHOP)
    assert account.rejected.select("line", "reason").rows() == [
        (2, "no readable purchase date"),
        (3, "no readable purchase date"),
        (4, "no order number"),
        (5, "purchase date in the future"),
        (6, "no order status"),
    ]


HEAD = "id,bought,state,limit,sent,promised,there"


def judged(read, *lines, id="t"):
    account = read(files=csv(HEAD, *lines), settings=entry("shipments", SHIPMENTS), id=id, **SHOP)
    return account.shipments.select("is_late", "is_on_time").rows(), list(account.files.item(0, "warnings"))


def test_late_is_sent_after_the_moment_and_a_promised_day_counts_whole(read):
    found, _ = judged(
        read,
        "1,2018-01-05 08:00:00,delivered,2018-01-08 10:00:00,2018-01-08 10:00:00,2018-01-12,2018-01-12 23:59:59",
        "2,2018-01-05 08:00:00,delivered,2018-01-08 10:00:00,2018-01-08 10:00:01,2018-01-12 00:00:00,2018-01-12 08:00:00",
        "3,2018-01-05 08:00:00,delivered,2018-01-08,2018-01-08 23:00:00,2018-01-12,2018-01-13 00:00:00",
        "4,2018-01-05 08:00:00,shipped,2018-01-08 10:00:00,,2018-01-12,",
    )
    assert found == [(False, True), (True, True), (False, False), (None, None)]


def test_the_confirming_goes_before_the_sending(read):
    columns = SHIPMENTS | {"confirmed_at": "told"}
    text = csv(HEAD + ",told", "1,2018-01-05,shipped,2018-01-08 10:00:00,2018-01-08 09:00:00,,,2018-01-08 11:00:00")
    account = read(files=text, settings=entry("shipments", columns), **SHOP)
    assert account.shipments["is_late"].to_list() == [True]


def test_rows_that_contradict_themselves_are_kept_and_counted(read):
    found, warnings = judged(
        read,
        "1,2018-01-05 08:00:00,delivered,2018-01-08 10:00:00,2018-01-04 10:00:00,2018-01-12,2018-01-12 08:00:00",
        "2,2018-01-05 08:00:00,delivered,2018-01-08 10:00:00,2018-01-07 10:00:00,2018-01-12,2018-01-06 08:00:00",
        "3,2018-01-05 08:00:00,delivered,2020-02-08 10:00:00,2018-01-07 10:00:00,2018-01-12,2018-01-09 08:00:00",
        "4,2018-01-05 08:00:00,delivered,2018-01-08 10:00:00,2018-01-07 10:00:00,2018-01-12,",
        "5,2018-01-05 08:00:00,cancelled,2018-01-08 10:00:00,2018-01-07 10:00:00,2018-01-12,2018-01-09 08:00:00",
    )
    assert len(found) == 5
    assert sorted(warnings) == [
        "rows cancelled and yet delivered: 1",
        "rows delivered before they were shipped: 1",
        "rows delivered without a time of delivery: 1",
        "rows shipped before they were bought: 1",
        "rows to be shipped more than a year from the purchase: 1",
    ]


def test_an_hour_the_clocks_skip_loses_no_row(read):
    # In Sao Paulo 2017-10-15 began at 01:00.
    account = read(
        files=csv("id,bought,state", "1,2017-10-15 00:30:00,shipped"), settings=entry("orders", ORDERS), **SHOP
    )
    assert account.orders["purchased_at"].to_list() == [datetime(2017, 10, 15, 3, 30, tzinfo=UTC)]


def test_the_types_of_a_parquet_file_are_taken_as_they_are(read):
    frame = pl.DataFrame(
        {
            "id": pl.Series([17, 4], dtype=pl.Int32),
            "bought": pl.Series(["2018-01-05 08:00", "2018-01-06 08:00"]).str.to_datetime(),
            "state": pl.Series(["delivered", "canceled"], dtype=pl.Categorical),
            "promised": [date(2018, 1, 12), None],
            "there": pl.Series(["2018-01-12 23:00", None]).str.to_datetime().cast(pl.Datetime("ms")),
            "buyer": ["Example Buyer", "Example Buyer"],
        }
    )
    columns = {name: SHIPMENTS[name] for name in ("order_id", "purchased_at", "status", "promised_by", "delivered_at")}
    account = read(files=parquet(frame), settings=entry("orders", columns, name="t.parquet"), **SHOP)
    assert account.orders.select("order_id", "is_cancelled").rows() == [("17", False), ("4", True)]
    assert account.shipments["is_on_time"].to_list() == [True, None]
    assert account.files.item(0, "encoding") == "parquet"
    assert "Example Buyer" not in str(account.orders.to_dicts()) + str(account.shipments.to_dicts())


def test_damaged_parquet_and_parquet_of_lists_are_errors_that_name_the_file(account_folder):
    whole = parquet(pl.DataFrame({"id": ["1"], "bought": ["2018-01-05"], "state": [["a"]]}))
    settings = entry("orders", ORDERS, name="t.parquet")
    with pytest.raises(ExportError, match=r"t\.parquet: expected plain values for status"):
        exports.read(account_folder(files=whole, settings=settings, id="a", **SHOP))
    cut = {"t.parquet": whole["t.parquet"][:-40]}
    with pytest.raises(ExportError, match=r"t\.parquet: expected a whole Parquet file"):
        exports.read(account_folder(files=cut, settings=settings, id="b", **SHOP))


def test_a_report_without_a_map_of_its_columns_is_an_error_that_names_the_file(account_folder):
    said = 'time_zone = "America/Sao_Paulo"\n[columns."t.csv"]\nreport = "orders"\n'
    with pytest.raises(ExportError, match=r"t\.csv: expected columns under \[columns\]"):
        exports.read(account_folder(files=csv("id,bought,state", "1,2018-01-05,shipped"), settings=said, **SHOP))


def test_parquet_nobody_described_is_named_and_not_read(read):
    account = read(files=parquet(pl.DataFrame({"id": [1]})))
    assert account.files.item(0, "report") is None
    assert "describe it under [columns]" in account.files.item(0, "warnings")[0]


def test_the_feedback_answered_last_counts(read):
    columns = {"order_id": "id", "received_on": "at", "stars": "score"}
    text = csv(
        "id,at,score", "1,2018-01-05 08:00:00,1", "1,2018-01-05 09:00:00,5", "2,2018-01-06,2", "3,,4", "4,2018-01-06,7"
    )
    account = read(files=text, settings=entry("feedback", columns), **SHOP)
    assert account.feedback.select("order_id", "stars", "is_negative").rows() == [("1", 5, False), ("2", 2, True)]
    assert account.rejected.select("line", "reason").rows() == [(5, "no readable date"), (6, "rating not 1-5")]
    assert account.files.item(0, "report") == "feedback"


def test_feedback_with_a_column_map_is_of_another_marketplace_and_without_one_it_is_amazon_s(read):
    text = (
        b"Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n13/08/2025\t1\tbad\t\t202-0000001-0000001\tx\n"
    )
    account = read(files={"f.txt": text}, settings='[columns."f.txt"]\nreport = "feedback"\ndates = "d/m/y"\n')
    assert account.feedback["received_on"].to_list() == [date(2025, 8, 13)]


@pytest.mark.parametrize(
    ("settings", "stores", "said"),
    [
        (entry("order", ORDERS), ("olist",), "did you mean 'orders'?"),
        ("", ("olist",), "'olist' is no store the kit knows"),
        ('time_zone = "Europe/London"', ("amazon.co.ku",), "did you mean 'amazon.co.uk'?"),
        ('time_zone = "Europe/London"', ("My Shop",), "give it a lower-case name"),
    ],
    ids=["report", "no time zone", "typing error", "no name"],
)
def test_a_setting_that_cannot_be_meant_names_the_right_one(account_folder, settings, stores, said):
    folder = account_folder(settings=settings, stores=stores)
    with pytest.raises(SettingsError) as raised:
        exports.read(folder)
    assert said in str(raised.value)


def test_feedback_totals_may_name_the_account_s_own_store(read):
    total = '[[feedback_totals]]\ntaken_on = 2018-01-31\nmarketplace = "olist"\ndays = 90\npositive = 3\nneutral = 0\nnegative = 1\n'
    account = read(settings='time_zone = "America/Sao_Paulo"\n' + total, **SHOP)
    assert account.feedback_totals[0].marketplace == "olist"


@pytest.fixture(scope="module")
def olist(real):
    orders, items = (pl.read_parquet(real / f"olist_{name}.parquet") for name in ("orders", "items"))
    limits = items.group_by("order_key", "seller_key").agg(ship_by=pl.col("shipping_limit_date").max())
    expected = json.loads((real / "expected.json").read_text(encoding="utf-8"))["olist"]
    return limits.join(orders, on="order_key", how="left"), expected


VALUES = 'values = { status = { canceled = "cancelled", unavailable = "cancelled", created = "pending" } }'
OLIST = {"order_id": "order_key", "status": "order_status", "purchased_at": "purchased_at", "shipped_at": "carrier_at"}
OLIST |= {"promised_by": "estimated_delivery_date", "delivered_at": "delivered_at"}


def test_real_shipments_of_olist_give_the_published_counts(read, olist):
    rows, expected = olist
    settings = entry("shipments", OLIST | {"ship_by": "ship_by"}, VALUES, name="t.parquet")
    account = read(files=parquet(rows), settings=settings, **SHOP)
    late, on_time = (account.shipments[name].drop_nulls() for name in ("is_late", "is_on_time"))
    overall, faults = expected["overall"], expected["data_faults"]
    assert account.shipments.height == expected["counts"]["order_account_rows"]
    assert (late.sum(), late.len()) == (overall["late_shipment"]["numerator"], overall["late_shipment"]["denominator"])
    assert ((~on_time).sum(), on_time.len()) == (
        overall["late_delivery"]["numerator"],
        overall["late_delivery"]["denominator"],
    )
    assert set(account.files.item(0, "warnings")) == {
        f"rows shipped before they were bought: {faults['shipped_before_purchase']}",
        f"rows delivered before they were shipped: {faults['delivered_before_shipped']}",
        f"rows to be shipped more than a year from the purchase: {faults['ship_by_after_2018']}",
        f"rows delivered without a time of delivery: {faults['delivered_without_delivery_time']}",
        f"rows cancelled and yet delivered: {faults['cancelled_but_delivered']}",
    }


def test_real_orders_and_reviews_of_olist_give_the_published_counts(read, real, olist):
    _, expected = olist
    files = {f"{name}.parquet": (real / f"olist_{name}.parquet").read_bytes() for name in ("orders", "reviews")}
    reviews = {"order_id": "order_key", "received_on": "answered_at", "stars": "review_score"}
    settings = entry("orders", OLIST, VALUES, name="orders.parquet")
    settings += entry("feedback", reviews, name="reviews.parquet").split("\n", 1)[1]
    account = read(files=files, settings=settings, **SHOP)
    cancelled = expected["overall_each_order_once"]["cancellation_all_orders"]
    assert (account.orders["is_cancelled"].sum(), account.orders.height) == (
        cancelled["numerator"],
        cancelled["denominator"],
    )
    kept, rejected = account.files.filter(path="reviews.parquet").select("rows_kept", "rows_rejected").row(0)
    assert (kept + rejected, rejected) == (expected["counts"]["reviews"], 40)
