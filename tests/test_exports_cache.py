"""What was read of an order file is kept; whatever could make it wrong makes it read anew."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from helpers import exports

FORMATS = Path(__file__).parent / "data" / "formats"
UK = "all_orders/uk_2025-08_91col.txt"
TODAY = date(2025, 11, 1)


def entries(folder):
    return sorted((folder / ".cache" / "readings").glob("*.json"))


def marked(folder):
    """Change a word of the only entry, so that a reading shows whether it was taken from there."""
    (entry,) = entries(folder)
    entry.write_text(json.dumps(json.loads(entry.read_text()) | {"encoding": "kept"}))


def encoding(folder, today=TODAY):
    return exports.read(folder, today=today).files.item(0, "encoding")


@pytest.mark.parametrize("name", [UK, "orders_api/uk_v2026_page1.json", "fulfilled_shipments/de_48col.txt"])
def test_what_is_kept_is_what_was_read(account_folder, name):
    folder = account_folder(name)
    first, second = (exports.read(folder, today=TODAY) for _ in range(2))
    marked(folder)
    assert encoding(folder) == "kept"
    for frame in ("orders", "shipments", "files", "rejected"):
        assert getattr(first, frame).equals(getattr(second, frame)), frame
    assert first.last_complete_day == second.last_complete_day


def test_a_changed_file_is_read_again_and_what_was_kept_of_the_old_one_goes(account_folder):
    folder = account_folder(UK)
    before = exports.read(folder, today=TODAY).orders.height
    path = folder / "exports" / Path(UK).name
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]))
    assert exports.read(folder, today=TODAY).orders.height == before - 1
    assert len(entries(folder)) == 1


def test_another_time_zone_is_another_reading(account_folder):
    header = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel"
    row = "202-0000001-0000001\t2025-08-01T02:00:00+00:00\tShipped\tMerchant\tOther"
    folder = account_folder(files={"o.txt": f"{header}\n{row}\n".encode()})
    assert exports.read(folder, today=TODAY).orders["day"].to_list() == [date(2025, 8, 1)]
    with (folder / "account.toml").open("a") as settings:
        settings.write('\ntime_zone = "America/Los_Angeles"\n')
    assert exports.read(folder, today=TODAY).orders["day"].to_list() == [date(2025, 7, 31)]


def test_another_way_of_writing_is_another_reading_for_its_remarks_hold_numbers(account_folder):
    folder = account_folder(UK)
    assert encoding(folder) != "kept"
    marked(folder)
    path = folder / "account.toml"
    path.write_text(f'locale = "de_DE"\n{path.read_text()}')
    assert encoding(folder) != "kept"


def test_a_row_in_the_future_is_looked_at_again_on_another_day(account_folder):
    folder = account_folder(UK)
    assert exports.read(folder, today=date(2025, 8, 20)).rejected.height > 0
    assert entries(folder) == []
    assert exports.read(folder, today=TODAY).rejected.height == 0


def test_what_was_kept_on_a_later_day_does_not_speak_for_an_earlier_one(account_folder):
    folder = account_folder(UK)
    exports.read(folder, today=TODAY)
    assert exports.read(folder, today=date(2025, 8, 20)).rejected.height > 0


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'{"today": "2025-11-01", "frames": {}}', b"\xff\x00"])
def test_a_damaged_entry_is_read_anew(account_folder, damage):
    folder = account_folder(UK)
    whole = exports.read(folder, today=TODAY)
    (entry,) = entries(folder)
    entry.write_bytes(damage)
    assert exports.read(folder, today=TODAY).orders.equals(whole.orders)


def test_a_frame_that_is_not_as_it_was_written_is_read_anew(account_folder):
    folder = account_folder(UK)
    whole = exports.read(folder, today=TODAY)
    marked(folder)
    frame = entries(folder)[0].with_suffix(".rows")
    content = frame.read_bytes()
    frame.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
    account = exports.read(folder, today=TODAY)
    assert account.orders.equals(whole.orders)
    assert account.files.item(0, "encoding") != "kept"


def test_a_folder_that_cannot_be_written_works_without(account_folder):
    folder = account_folder(UK)
    (folder / ".cache").write_text("in the way")
    assert [exports.read(folder, today=TODAY).orders.height for _ in range(2)] == [24, 24]


def test_a_copy_is_read_once_whether_kept_or_not(account_folder):
    content = (FORMATS / "orders_api" / "uk_v2026_page1.json").read_bytes()
    folder = account_folder(files={"a.json": content, "b.json": content})
    first, second = (exports.read(folder, today=TODAY) for _ in range(2))
    assert first.shipments.equals(second.shipments)
    assert second.files["warnings"].to_list()[1] == ["the same file as a.json, read once"]


def test_nothing_of_a_buyer_is_kept(account_folder):
    folder = account_folder(UK, "fulfilled_shipments/de_48col.txt")
    exports.read(folder, today=TODAY)
    kept = folder / ".cache" / "readings"
    text = "".join(path.read_text() for path in kept.glob("*.json"))
    text += "".join(str(pl.read_parquet(path).to_dicts()) for path in kept.iterdir() if path.suffix != ".json")
    assert "202-0000" in text
    assert not any(
        word in text for word in ("Example Buyer", "@marketplace", "Musterweg", "Sample Street", "Testville")
    )
    assert kept.stat().st_mode & 0o077 == 0
