"""The maps of docs/maps, each read out of its page, and a made-up file of that shop read through it: figures by hand."""

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from helpers import audit
from helpers.exports import foreign

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "maps"
FILES = Path(__file__).parent / "data" / "maps"
ZONES = {
    "ebay": ("ebay.com", "America/Los_Angeles"),
    "etsy": ("etsy.com", "America/New_York"),
    "shopify": ("my-shop", "Europe/Amsterdam"),
    "walmart": ("walmart.com", "America/Chicago"),
}
BUYER = ("Exampleton", "Madeup Crescent", "555 010", "5550100077", "pat@", "pat_example_77", "patmakes")


def map_of(shop):
    """The TOML of a page, word for word."""
    (text,) = re.findall(r"```toml\n(.*?)```", (PAGES / f"{shop}.md").read_text(encoding="utf-8"), re.DOTALL)
    return text


@pytest.fixture
def shop(tmp_path):
    """A function that gives the audit of the made-up files of shops on a day, read through the maps of their pages."""

    def audit_of(*names, as_of, more=""):
        folder = tmp_path / "-".join(names)
        stores = [ZONES[name][0] for name in names]
        said = (
            f'id = "{"-".join(names)}"\nname = "Made up"\nmarketplaces = {stores}\ntime_zone = "{ZONES[names[0]][1]}"\n'
        )
        for name in names:
            shutil.copytree(FILES / name, folder / "exports" / name, copy_function=shutil.copyfile)
            said += map_of(name)
        (folder / "account.toml").write_text(said + more, encoding="utf-8")
        return audit.of(folder, as_of, "2026-11-28")

    return audit_of


def figure(found, metric, days, fulfilment="merchant"):
    rows = found.trailing.filter(metric=metric, window_days=days, fulfilment=fulfilment, day=found.day)
    return rows.select("window_numerator", "window_denominator").row(0)


def proved(found, metric, fulfilment="merchant"):
    return found.covered.filter(metric=metric, fulfilment=fulfilment).item(0, "exactness")


def everything(found):
    """Every cell of every frame, as text."""
    account = found.account
    frames = (account.orders, account.shipments, account.files, account.rejected, found.verdicts, found.trailing)
    return " ".join(str(frame.to_dicts()) for frame in frames)


def test_an_ebay_orders_report_tells_who_was_shipped_late(shop):
    found = shop("ebay", as_of="2026-09-30")
    account = found.account
    # Ten orders on twelve lines: one has a line of its own and two items. Blank lines and the footer are no rows.
    assert account.orders.height == 10
    assert account.files.select("rows_kept", "rows_rejected", "rows_waiting").row(0) == (12, 0, 0)
    assert list(account.files.item(0, "warnings")) == []
    # 21 to 30 September: nine orders, one not yet due and not shipped. Two were shipped after their day.
    assert figure(found, "late_shipment_rate", 10) == (2, 8)
    assert proved(found, "late_shipment_rate") == "exact"
    # A report without a status and without cancelled orders says nothing of cancellations.
    assert proved(found, "cancellation_rate") == "impossible"
    assert "cancellation_rate" not in found.trailing.get_column("metric")


def test_an_etsy_export_tells_cancellations_at_most_and_no_late_shipment(shop):
    found = shop("etsy", as_of="2026-10-28")
    assert found.account.orders.height == 10
    assert figure(found, "cancellation_rate", 7) == (1, 7)
    assert (proved(found, "cancellation_rate"), proved(found, "late_shipment_rate")) == ("upper_bound", "impossible")
    (amount,) = found.account.orders.filter(order_id="3300000005").get_column("value")
    assert str(amount) == "1102.00"


def test_a_shopify_export_tells_cancellations_by_a_filled_cell(shop):
    found = shop("shopify", as_of="2026-10-14")
    orders = found.account.orders
    # Nine orders on eleven lines; one of 00:15 belongs to the day that has just begun.
    assert (orders.height, found.account.files.item(0, "rows_kept")) == (9, 11)
    assert dict(orders.select("order_id", "day").rows())["#2008"] == date(2026, 10, 15)
    assert figure(found, "cancellation_rate", 7) == (1, 7)
    assert orders.filter("is_cancelled").select("order_id", "updated_on").rows() == [("#2003", date(2026, 10, 11))]
    assert dict(orders.select("order_id", "units").rows())["#2005"] == 3
    assert proved(found, "cancellation_rate") == "upper_bound"


def test_a_walmart_file_counts_purchase_orders_the_seller_ships(shop):
    found = shop("walmart", as_of="2026-08-14")
    orders = found.account.orders
    assert orders.height == 9
    # 8 to 14 August: six of the seller's, without a replacement. One was cancelled whole; one lost an item only.
    assert figure(found, "cancellation_rate", 7) == (1, 6)
    assert orders.filter("has_cancelled_item").height == 1
    assert orders.filter(fulfilment="amazon").height == 1
    assert proved(found, "late_shipment_rate") == "impossible"


@pytest.mark.parametrize("name", ZONES)
def test_what_a_map_does_not_name_is_not_read(shop, name):
    text = everything(shop(name, as_of=""))
    assert [word for word in BUYER if word in text] == []


@pytest.mark.parametrize("name", ZONES)
def test_every_rate_a_page_says_is_not_told_is_not_told(shop, name):
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    found = shop(name, as_of="")
    words = {"exactly": "exact", "at most": "upper_bound", "not at all": "impossible"}
    rates = {"late shipments": "late_shipment_rate", "cancellations": "cancellation_rate"}
    rates |= {"valid tracking": "valid_tracking_rate", "on-time delivery": "on_time_delivery_rate"}
    rates |= {"negative feedback": "negative_feedback_rate"}
    said = {}
    for names, told in re.findall(r"^\| ([a-z ,-]+) \| (exactly|at most|not at all)", page, re.MULTILINE):
        said |= dict.fromkeys((rates[one] for one in names.split(", ")), words[told])
    assert set(said) == set(rates.values())
    assert {rate: proved(found, rate) for rate in said} == said


def test_two_shops_side_by_side_keep_their_orders_their_days_and_their_advice(shop):
    found = shop("etsy", "ebay", as_of="2026-09-30")
    account = found.account
    assert account.orders.group_by("marketplace").len().sort("marketplace").rows() == [
        ("ebay.com", 10),
        ("etsy.com", 10),
    ]
    late = found.covered.filter(metric="late_shipment_rate").select("marketplace", "exactness").rows()
    assert late == [("ebay.com", "exact"), ("etsy.com", "impossible")]
    assert found.trailing.filter(metric="late_shipment_rate").get_column("marketplace").unique().to_list() == [
        "ebay.com"
    ]


def test_each_page_is_known_by_the_headers_of_its_map():
    pages = {}
    for page in PAGES.glob("*.md"):
        (entry,) = tomllib.loads(map_of(page.stem))["columns"].values()
        pages[page.stem] = (entry["columns"]["order_id"], entry["columns"]["purchased_at"])
    assert pages == dict(foreign.PAGES)
