"""Real orders of another marketplace, one folder an account: Olist, Brazilian E-Commerce Public Dataset (CC BY-NC-SA 4.0).

Found by KIT_REALDATA and never copied here; the right totals stand beside the data.
"""

import io
import json

import polars as pl
import pytest

from helpers import coverage, exports, metrics

SETTINGS = """fulfilment = ["merchant"]
time_zone = "America/Sao_Paulo"

[columns."orders.parquet"]
report = "orders"
columns = { order_id = "order_key", status = "order_status", purchased_at = "purchased_at", ship_by = "ship_by", shipped_at = "carrier_at", promised_by = "estimated_delivery_date", delivered_at = "delivered_at" }
values = { status = { canceled = "cancelled", unavailable = "cancelled" } }

[columns."reviews.parquet"]
report = "feedback"
columns = { order_id = "order_key", received_on = "answered_at", stars = "review_score" }
"""


def parquet(frame):
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def olist(real):
    """One row an order and account, with its last review; and the published totals of the ten largest accounts."""
    orders, items, reviews = (
        pl.read_parquet(real / f"olist_{name}.parquet") for name in ("orders", "items", "reviews")
    )
    last = reviews.sort("answered_at", "review_key", nulls_last=False).group_by("order_key", maintain_order=True).last()
    limits = items.group_by("order_key", "seller_key").agg(ship_by=pl.col("shipping_limit_date").max())
    rows = limits.join(orders, on="order_key").join(last, on="order_key", how="left")
    # A review without a moment of its own counts as earliest: on the day of its order.
    rows = rows.with_columns(pl.coalesce("answered_at", "purchased_at").alias("answered_at"))
    expected = json.loads((real / "expected.json").read_text(encoding="utf-8"))["olist"]["top10_accounts"]
    return rows, {one["account"]: one for one in expected}


def test_the_ten_largest_accounts_come_to_their_published_totals(olist, account_folder):
    rows, expected = olist
    for number, said in expected.items():
        one = rows.filter(seller_key=number)
        stars = one.filter(pl.col("review_score").is_not_null()).select("order_key", "answered_at", "review_score")
        files = {"orders.parquet": parquet(one.drop("answered_at", "review_score")), "reviews.parquet": parquet(stars)}
        folder = account_folder(files=files, settings=SETTINGS, stores=("olist",), id=f"seller-{number}")
        account = exports.read(folder)
        sums = dict(
            (key, (x, n))
            for key, x, n in metrics.daily(account)
            .group_by("metric")
            .agg(pl.col("numerator", "denominator").sum())
            .iter_rows()
        )
        on_time, delivered = sums["on_time_delivery_legacy"]
        found = {
            "late_shipment": sums["late_shipment_rate"],
            "late_delivery": (delivered - on_time, delivered),
            "cancellation": sums["cancellation_rate"],
            "negative_share": sums["negative_share"],
        }
        totals = {name: (said[name]["numerator"], said[name]["denominator"]) for name in found}
        assert found == totals, f"account {number}"
        assert (account.rejected.height, account.orders.height) == (0, said["rows"])


def test_what_contradicts_itself_is_counted_aloud_and_kept(olist, account_folder):
    rows, expected = olist
    one = rows.filter(pl.col("seller_key").is_in(list(expected)))
    folder = account_folder(
        files={"orders.parquet": parquet(one.drop("answered_at", "review_score"))},
        settings=SETTINGS.split('[columns."reviews')[0],
        stores=("olist",),
    )
    said = exports.read(folder).files.item(0, "warnings").to_list()
    early = one.filter(pl.col("carrier_at") < pl.col("purchased_at")).height
    assert f"rows shipped before they were bought: {early}" in said


def test_lateness_and_delivery_of_a_table_that_tells_both_are_exact(olist, account_folder):
    rows, expected = olist
    one = rows.filter(seller_key=next(iter(expected)))
    folder = account_folder(
        files={"orders.parquet": parquet(one.drop("answered_at", "review_score"))},
        settings=SETTINGS.split('[columns."reviews')[0],
        stores=("olist",),
    )
    account = exports.read(folder)
    proved = coverage.of_metrics(account, account.last_complete_day)
    assert proved.filter(metric="late_shipment_rate").item(0, "exactness") == "exact"
