"""The sample accounts: written again they are the same, and their truth is counted here by other means."""

import csv
import gzip
import io
import math
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpers import exports
from helpers.sample import folders, profiles, truth

HERE = Path(__file__).parent.parent / "data" / "sample"
PROFILES = {profile.id: profile for profile in profiles.PROFILES}
SIXTY = date(2026, 8, 19), date(2026, 10, 17)  # sixty days ending fourteen before 31 October


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
    kept = {name: path for name, path in kept.items() if not name.startswith(".") and "/pack/" not in name}
    assert sorted(again) == sorted(kept)
    for name, path in kept.items():
        assert opened(name, again[name]) == opened(name, path.read_bytes()), name


def order_rows(id):
    """The rows of all order files by plain csv, newest file last, so that a later row replaces an earlier order."""
    for path in sorted((HERE / id / "exports").rglob("all-orders*")):
        text = opened(path.name, path.read_bytes()).decode("cp1252")
        yield from csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)


def placed(id, store, channel, window=SIXTY):
    """The orders of a window by plain csv: number → its newest row, without replacements."""
    zone = ZoneInfo(PROFILES[id].time_zone if store != "Amazon.de" else "Europe/Berlin")
    newest = {row["amazon-order-id"]: row for row in order_rows(id)}
    return {
        number: row
        for number, row in newest.items()
        if row["sales-channel"] == store
        and row["fulfillment-channel"] == channel
        and row.get("is-replacement-order") != "true"
        and window[0] <= datetime.fromisoformat(row["purchase-date"]).astimezone(zone).date() <= window[1]
    }


def sold(id, store, channel, window=SIXTY):
    rows = placed(id, store, channel, window)
    return {number for number, row in rows.items() if row["order-status"] == "Shipped"}


def listed(id, month="2026-10"):
    with (HERE / id / "exports" / "defects" / f"order-defects-{month}.csv").open(encoding="utf-8") as file:
        return {row["Order ID"] for row in csv.DictReader(file)}


def test_the_small_good_shop_is_breached_by_luck():
    orders = sold("small-good", "Amazon.com", "Merchant")
    assert (len(orders & listed("small-good")), len(orders)) == (2, 185)
    n, rate = 185, PROFILES["small-good"].defect_rate
    assert rate == pytest.approx(0.0048, abs=0.0001)
    none_or_one = (1 - rate) ** n + n * rate * (1 - rate) ** (n - 1)
    assert 1 - none_or_one == pytest.approx(0.22, abs=0.01)  # more than one look in five


def test_the_large_shop_is_good_in_truth_and_in_its_files():
    assert PROFILES["lamp-house"].defect_rate == pytest.approx(0.0038, abs=0.0001)
    orders = sold("lamp-house", "Amazon.co.uk", "Merchant")
    assert (len(orders & listed("lamp-house")), len(orders)) == (6, 2489)


@pytest.mark.parametrize("id", PROFILES)
def test_the_long_run_of_a_profile_is_the_rate_it_names(id):
    profile = PROFILES[id]
    orders = truth.orders(profile).filter(state="shipped", is_replacement=False, is_other_shop=False)
    is_fixed = orders["day"] >= (profile.fixed_on or date.max)
    is_bad = (orders["stars"] <= 2).fill_null(False) | orders["claim_on"].is_not_null()
    is_bad |= orders["chargeback_on"].is_not_null()
    for here, rate in ((~is_fixed, profile.defect_rate), (is_fixed, profile.defect_rate_fixed)):
        if n := here.sum():
            assert (is_bad & here).sum() / n == pytest.approx(rate, abs=3 * math.sqrt(rate / n))


def test_the_holes_are_seen_and_named(samples):
    account = exports.read(samples / "with-holes")
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
def test_no_sample_names_anybody(samples, id):
    account = exports.read(samples / id)
    assert account.orders.get_column("order_id").str.contains("-0000000-").all()
    # A report makes the account's secret on the spot; it is never committed.
    kept = subprocess.run(["git", "ls-files", id], cwd=HERE, capture_output=True, text=True, check=True).stdout
    assert "account.toml" in kept
    assert ".salt" not in kept
    assert ".cache" not in kept
