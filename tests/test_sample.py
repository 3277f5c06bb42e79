"""The sample accounts: written again they are the same, and their truth is counted here by other means."""

import csv
import gzip
import io
import math
import zipfile
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpers import exports
from helpers.sample import folders, truth

HERE = Path(__file__).parent.parent / "data" / "sample"
PROFILES = {profile.id: profile for profile in truth.PROFILES}
START, END = date(2026, 8, 19), date(2026, 10, 17)  # sixty days ending fourteen before 31 October


def opened(name, content):
    """What is inside: the bytes of a compressed file differ between versions of zlib, its content does not."""
    if name.endswith(".gz"):
        return gzip.decompress(content)
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()}
    return content


@pytest.mark.parametrize("id", PROFILES)
def test_written_again_a_sample_is_the_same_to_the_byte(id):
    again = folders.contents(PROFILES[id])
    kept = {str(path.relative_to(HERE / id)): path for path in (HERE / id).rglob("*") if path.is_file()}
    kept = {name: path for name, path in kept.items() if not name.startswith(".")}
    assert sorted(again) == sorted(kept)
    for name, path in kept.items():
        assert opened(name, again[name]) == opened(name, path.read_bytes()), name


def order_rows(id):
    """The rows of all order files by plain csv, newest file last, so that a later row replaces an earlier order."""
    for path in sorted((HERE / id / "exports").rglob("all-orders*")):
        text = opened(path.name, path.read_bytes()).decode("cp1252")
        yield from csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)


def placed(id, store, channel):
    zone = ZoneInfo(PROFILES[id].time_zone if store != "Amazon.de" else "Europe/Berlin")
    newest = {row["amazon-order-id"]: row for row in order_rows(id)}
    return {
        number
        for number, row in newest.items()
        if row["sales-channel"] == store
        and row["fulfillment-channel"] == channel
        and row["order-status"] == "Shipped"
        and row.get("is-replacement-order") != "true"
        and START <= datetime.fromisoformat(row["purchase-date"]).astimezone(zone).date() <= END
    }


def listed(id):
    with (HERE / id / "exports" / "defects" / "order-defects-2026-10.csv").open(encoding="utf-8") as file:
        return {row["Order ID"] for row in csv.DictReader(file)}


def test_the_small_good_shop_is_breached_by_luck():
    orders = placed("small-good", "Amazon.com", "Merchant")
    assert (len(orders & listed("small-good")), len(orders)) == (2, 185)
    n, rate = 185, PROFILES["small-good"].defect_rate
    assert rate == pytest.approx(0.005, abs=0.0001)
    none_or_one = (1 - rate) ** n + n * rate * (1 - rate) ** (n - 1)
    assert 1 - none_or_one == pytest.approx(0.24, abs=0.01)  # one look in four


def test_the_large_shop_is_good_in_truth_and_in_its_files():
    assert PROFILES["lamp-house"].defect_rate == pytest.approx(0.004, abs=0.0001)
    orders = placed("lamp-house", "Amazon.co.uk", "Merchant")
    assert (len(orders & listed("lamp-house")), len(orders)) == (6, 2489)


def test_the_long_run_of_a_profile_is_the_rate_it_names():
    profile = PROFILES["lamp-house"]
    orders = truth.orders(profile).filter(state="shipped", is_replacement=False, is_other_shop=False)
    bad = orders.filter(
        (orders["stars"] <= 2) | orders["claim_on"].is_not_null() | orders["chargeback_on"].is_not_null()
    )
    # one buyer in twelve of those who write after a bad experience gives three stars, which is no defect
    spread = math.sqrt(profile.defect_rate / orders.height)
    assert bad.height / orders.height == pytest.approx(profile.defect_rate, abs=4 * spread)


def test_the_holes_are_seen_and_named():
    account = exports.read(HERE / "with-holes")
    said = {row["path"]: row for row in account.files.to_dicts()}
    assert said["empty.txt"]["report"] is None
    assert said["notes from the call.txt"]["report"] is None
    assert said["von der Kundin/feedback.zip/bewertungen.txt"]["encoding"] == "cp1252"
    assert said["march/all-orders-2026-03.txt"]["encoding"] in ("cp1252", "utf-8")
    assert said["all-orders-2026-08.txt"]["rows_rejected"] == 1
    assert account.rejected.height == 1
    months = {(day.year, day.month) for day in account.orders.get_column("day")}
    # the download of June begins three days before the month, so three days of May are there
    assert account.orders.filter(account.orders["day"].is_between(date(2026, 5, 1), date(2026, 5, 28))).is_empty()
    assert (2026, 6) in months


@pytest.mark.parametrize("id", PROFILES)
def test_no_sample_names_anybody(id):
    account = exports.read(HERE / id)
    assert account.orders.get_column("order_id").str.contains("-0000000-").all()
    assert not (HERE / id / ".salt").exists()
