"""Damaged files: never a crash, and every record of the file is kept, rejected with its line, or waits for an answer.

300 damaged files in the suite; any number by hand: MUTATIONS=20000 pytest tests/test_exports_damaged.py
"""

import os
import random
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from helpers import answer, audit, exports
from helpers.audit import Audit
from helpers.errors import KitError
from helpers.exports import encoding, flat
from helpers.reports import listing
from helpers.vocabulary import CUT

FORMATS = Path(__file__).parent / "data" / "formats"
READ = ("all_orders", "feedback", "account_health", "defects/odr")
SAMPLES = sorted(
    path
    for path in FORMATS.rglob("*")
    if path.suffix in {".txt", ".csv", ".json", ".xml"} and path.stat().st_size
    # those the readers of this version use, three times as often as the rest
    for _ in range(3 if path.relative_to(FORMATS).as_posix().startswith(READ) else 1)
)
TODAY = date(2025, 11, 1)
BATCHES = 30
SIZE = max(1, int(os.environ.get("MUTATIONS", "300")) // BATCHES)
ODD = (
    "\0",
    "\t",
    '"',
    "\r",
    "\n",
    "\r\n",
    ";",
    ",",
    "\ufeff",
    "\u2028",
    "\x1c",
    "٣",
    "😀",
    "e\u0301",
    "NaN",
    "-1",
    "1e999",
)
ODD += ("9" * 400, "x" * 70_000, "[[", "{}", "null", '"a": 1,', "0000-00-00", "9999-12-31T23:59:59+00:00", "true")


def lines_damaged(content, chance):
    """Whole lines cut, doubled, dropped, moved, glued; columns dropped or moved."""
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        case 1:
            lines[at:at] = [lines[at]] * chance.randrange(1, 4)
        case 2:
            del lines[at]
        case 3:
            chance.shuffle(lines)
        case 4 if at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        case 5:
            lines[at] = chance.choice([b"", b"   ", b"\t\t\t", b"\r", b'"', b"Total;;;", lines[0]])
        case 6:
            separator = chance.choice([b"\t", b",", b";"])
            place = chance.randrange(len(lines[0].split(separator)))
            lines = [
                separator.join(cell for n, cell in enumerate(line.split(separator)) if n != place) for line in lines
            ]
        case _:
            separator = chance.choice([b"\t", b",", b";"])
            order = list(range(len(lines[0].split(separator))))
            chance.shuffle(order)
            cells = [line.split(separator) for line in lines]
            lines = [separator.join(row[n] for n in order if n < len(row)) for row in cells]
    return b"\n".join(lines)


def text_damaged(content, chance):
    """Another encoding, delimiter, line end or year; odd text in a cell; cut, flipped and repeated bytes."""
    at, odd = chance.randrange(len(content) + 1), chance.choice(ODD).encode()
    match chance.randrange(11):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
        case 2:
            return content[:at] + content[chance.randrange(len(content) + 1) :]
        case 3:
            return content[:at] + content
        case 4:
            return content[:at] + odd + content[at:]
        case 5:
            return content.replace(
                *chance.choice([(b"\t", b","), (b"\t", b";"), (b",", b"\t"), (b",", b";"), (b"\t", b" ")])
            )
        case 6:
            return content.replace(b"\r\n", b"\n").replace(b"\n", chance.choice([b"\r", b"\r\n", b"\r\r\n", b"\n\n"]))
        case 7:
            name = chance.choice(
                ["utf-16-le", "utf-16", "utf-16-be", "utf-8-sig", "cp1252", "cp932", "latin-1", "utf-7"]
            )
            return content.decode("utf-8", "replace").encode(name, "replace")
        case 8:
            year = chance.choice([b"0000", b"0001", b"1970", b"2038", b"9999", b"25", b"-202", b"20255"])
            return content.replace(b"2025", year, chance.choice([1, 2, 50]))
        case 9:
            found = list(re.finditer(rb"[^\t,;\r\n{}\[\]:]+", content))
            cell = chance.choice(found) if found else re.match(b"", content)
            return content[: cell.start()] + odd + content[cell.end() :]
        case _:
            return content + chance.choice(SAMPLES).read_bytes()


def damaged(seed):
    chance = random.Random(seed)
    content = chance.choice(SAMPLES).read_bytes()
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        content = chance.choice([lines_damaged, text_damaged])(content, chance) or b"\n"
    return content


def filled(content):
    """The lines after the header that hold more than blanks and delimiters, counted without any reader."""
    lines = encoding.utf8(content)[0].decode("utf-8", "replace").split("\n")
    # Python calls four control signs blank that are none anywhere else.
    lines = [re.sub("[\x1c-\x1f]", "x", line) for line in lines]
    while lines and not lines[0].strip("\t ,;\r"):
        lines.pop(0)
    delimiter = max("\t;,", key=lines[0].count) if lines else ""
    nothing = str.maketrans("", "", delimiter if delimiter == "\t" else f"{delimiter}\0")
    return [line for line in lines[1:] if line.translate(nothing).strip()]


def waiting(file):
    """The records an open question holds back, which the remarks on the file say too."""
    said = [f"lines that wait for an answer: {file['rows_waiting']:,}"] if file["rows_waiting"] else []
    assert [text for text in file["warnings"] if "wait" in text] == said
    return file["rows_waiting"]


def read(content, folder):
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    (folder / "account.toml").write_text('id = "m"\nname = "M"\nmarketplaces = ["amazon.co.uk"]\n')
    (folder / "exports" / "f").write_bytes(content)
    return exports.read(folder, today=TODAY)


def check_every_record_is_accounted_for(content, account):
    (file,) = account.files.to_dicts()
    assert file["report"] or file["warnings"]
    assert file["rows_rejected"] == account.rejected.height
    records = file["rows_kept"] + file["rows_rejected"] + waiting(file)
    lines = filled(content)
    match file["report"]:
        case "all_orders" | "all_orders_by_last_update":
            if b'"' not in content:  # quotes of a comma file may hold line ends
                assert records == len(lines), "one record a line"
        case "order_defects":
            if b'"' not in content and b"\r" not in content.replace(b"\r\n", b"\n"):
                assert records == len(lines), "one record a line"
        case "feedback":
            whole = [
                line for line in lines if re.match(r"\d{1,2}[./]\d{1,2}[./]\d+\t[1-5]\t.*\t\d{3}-\d{7}-\d{7}\t", line)
            ]
            assert len(whole) <= records <= len(lines), "comments may run over lines; no record may swallow another"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_file_is_read_or_named_and_nothing_in_it_is_lost(tmp_path, batch):
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        content = damaged(seed)
        try:
            account = read(content, tmp_path)
            day = account.last_complete_day or TODAY
            one = Audit(account, day, TODAY)
            listing.as_text(one)
            listing.as_json(one)
        except KitError:
            continue
        except BaseException as error:
            error.add_note(f"mutation {seed}")
            raise
        assert day <= TODAY, f"mutation {seed}: the files cannot speak for a day to come"
        try:
            check_every_record_is_accounted_for(content, account)
        except AssertionError as error:
            error.add_note(f"mutation {seed}")
            raise


HEAD = b"amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\n"
ROW = b"202-0000001-000000%d\t2025-10-0%dT10:00:00+00:00\tShipped\tMerchant\tAmazon.co.uk\n"


@pytest.mark.parametrize("end", [b"202-00", b"202-0000001-0000009\t2025-10-09T10:00:00+00:00\tShip"])
def test_a_tab_file_that_ends_in_the_middle_of_a_line_loses_that_line_and_says_so(tmp_path, end):
    account = read(HEAD + ROW % (1, 1) + ROW % (2, 2) + end, tmp_path)
    assert account.orders.height == 2
    assert account.rejected.select("line", "reason").rows() == [(4, CUT)]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROW % (1, 1) + (ROW % (2, 2)).strip(),  # every field is there
        HEAD + ROW % (1, 1) + b"202-0000001-0000009\t2025-10-09T10:00:00+00:00\tShipped\n",  # a line end is there
        HEAD.strip(),
        b"a\tb\tc\n1\t2 begins\nand ends\t3",  # goes on with a cell of the row before
        HEAD.replace(b"\t", b",") + b"202-0000001-0000009,2025",  # quotes may hold line ends
    ],
)
def test_a_tab_file_ends_whole_where_it_has_a_line_end_or_every_field_or_goes_on_with_a_cell(text):
    assert flat.whole(text) == (text, ())


def test_the_first_screen_asks_for_a_file_cut_in_half_again(samples, tmp_path):
    folder = tmp_path / "cut"
    shutil.copytree(samples / "small-good", folder)
    file = folder / "exports" / "orders" / "all-orders-2026-10.txt"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    screen = answer.first_screen(audit.of(folder, "", "2026-11-28"))
    again = "Download again what was damaged: orders/all-orders-2026-10.txt, which ends in the middle of a line."
    assert screen.actions[0] == again  # before the gap behind it


def test_a_file_of_months_that_no_judged_window_reaches_may_be_cut_without_being_the_first_thing_to_do(
    samples, tmp_path
):
    folder = tmp_path / "old"
    shutil.copytree(samples / "small-good", folder)
    file = folder / "exports" / "orders" / "all-orders-2026-02.txt"
    file.write_bytes(file.read_bytes()[:-40])
    found = audit.of(folder, "", "2026-11-28")
    assert found.account.rejected.filter(reason=CUT).height == 1
    assert not any("middle of a line" in action for action in answer.first_screen(found).actions)
