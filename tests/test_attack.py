"""One bad cell, file or folder stops nothing else: what other systems write for nothing, what claims to be more than it
is, what cannot be read; and no traceback reaches a user. `benchmarks/attack.py` damages files by the thousand."""

import gzip
import io
import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
import zipfile
from datetime import date

import polars as pl
import pytest
from click.testing import CliRunner
from conftest import FORMATS, ROOT

from helpers import exports
from helpers.audit import Audit
from helpers.errors import SettingsError
from helpers.exports import flat, source
from helpers.reports import listing
from helpers.reports.command_line import main

sys.path.append(str(ROOT / "benchmarks"))
from attack import attacked

ORDERS = (FORMATS / "all_orders" / "us_31col.txt").read_bytes()
US = {"stores": ("amazon.com",)}


@pytest.mark.parametrize("batch", range(6))
def test_a_damaged_file_raises_nothing_loses_nothing_and_tells_no_buyer(tmp_path, batch):
    assert [found for seed in range(batch * 10, batch * 10 + 10) if (found := attacked(seed, tmp_path))[1]] == []


def cell(content, column, value, row=1):
    """The file with another value in one cell."""
    lines = content.split(b"\n")
    cells = lines[row].split(b"\t")
    cells[lines[0].strip().split(b"\t").index(column.encode())] = value.encode()
    return b"\n".join([*lines[:row], b"\t".join(cells), *lines[row + 1 :]])


def warnings(account, n=0):
    return " | ".join(account.files.item(n, "warnings"))


# --- cells ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["purchase-date", "last-updated-date"])
@pytest.mark.parametrize(
    "null", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"]
)
def test_the_first_and_the_last_moment_of_the_calendar_are_none(read, column, null):
    plain, account = (
        read("all_orders/us_31col.txt", id="p", **US),
        read(files={"o.txt": cell(ORDERS, column, null)}, **US),
    )
    assert account.last_complete_day == plain.last_complete_day
    kept, rejected = account.files.select("rows_kept", "rows_rejected").row(0)
    assert (kept, rejected) == ((21, 1) if column == "purchase-date" else (22, 0))


def test_a_promise_in_the_year_9999_is_no_promise_that_was_kept(read, mapping):
    lists = "Order ID,Order Date,Expected ship date,Confirm date\n"
    lists += "111-0000001-0000001,2025-09-01,9999-12-31,2025-09-03\n"
    entry = '[columns."*"]\none_row_is = "order"\nrows_are = "all_judged"\n'
    account = read(files={"l.csv": lists.encode()}, settings=entry, **US)
    assert account.shipments.select("ship_by", "is_late").row(0) == (None, None)
    assert "lines without a readable last moment to ship: 1" in warnings(account)


def test_figures_of_any_script_are_figures(read):
    for column, figures in (
        ("quantity", "٢"),
        ("item-price", "１２.50"),
        ("purchase-date", "२०२५-०९-०१T०५:३०:००+00:00"),
    ):
        account = read(files={"o.txt": cell(ORDERS, column, figures)}, id=column, **US)
        assert account.files.select("rows_kept", "rows_rejected").row(0) == (22, 0)
        first = account.orders.filter(order_id="111-0000001-0000001").row(0, named=True)
        assert first["units"] == (2 if column == "quantity" else 1)
        assert (first["value"], first["day"]) == (
            pl.Series(["12.50"]).cast(pl.Decimal(18, 2)).item(),
            date(2025, 8, 31),
        )


def test_a_number_of_five_thousand_figures_costs_its_own_cell_only(read):
    long = "9" * 5000
    account = read(files={"o.txt": cell(ORDERS, "quantity", long)}, **US)
    assert account.files.item(0, "rows_kept") == 22
    text = (FORMATS / "account_health" / "v2_clean_uk_2025-08-31.json").read_text()
    plain = read(files={"h.json": text.encode()}, id="p").snapshots.height
    spoilt = text.replace('"orderCount": ', f'"orderCount": {long}', 1)
    assert read(files={"h.json": spoilt.encode()}, id="h").snapshots.height == plain


def test_a_moment_after_the_day_a_file_was_taken_is_rejected_and_moves_no_default_day(read):
    later = cell(ORDERS, "purchase-date", "2025-10-20T10:00:00+00:00")
    taken = '[columns."o.txt"]\ntaken_on = 2025-09-15\n'
    account = read(files={"o.txt": later}, settings=taken, **US)
    assert account.last_complete_day == date(2025, 9, 13)
    assert account.rejected.drop("day").rows() == [("o.txt", 2, "purchase date in the future")]
    later = cell(ORDERS, "last-updated-date", "2025-10-20T10:00:00+00:00")
    account = read(files={"o.txt": later}, settings=taken, id="u", **US)
    assert account.last_complete_day == date(2025, 9, 13)


@pytest.mark.parametrize("count", [200_000])
def test_stray_quotes_in_two_hundred_thousand_lines_take_linear_time(count):
    lines = ["a,b,c"] + [f'{n},"x,y' if n % 3 else f'{n},""x,y' for n in range(count)]
    begun = time.process_time()
    _, rows = flat.records("\n".join(lines).encode(), ",")
    assert time.process_time() - begun < 30  # seconds; in quadratic time it is an hour
    assert len(rows) > count / 2


def test_a_hundred_thousand_columns_take_linear_time():
    names = b",".join(b"c%d" % n for n in range(100_000))
    begun = time.process_time()
    assert flat.records(names + b'\n"' + b"," * 99_999, ",")[1]
    assert len(flat._once_each(["same"] * 100_000)) == 100_000
    assert time.process_time() - begun < 20


# --- files and folders ---------------------------------------------------------------------------------------------


def packed(**members):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


BOMB = b"\0" * (source.SMALL + 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("b.gz", lambda: gzip.compress(BOMB)),
        ("b.zip", lambda: packed(a=BOMB)),
        ("b.zip", lambda: packed(a=BOMB[: len(BOMB) // 2], b=BOMB)),
    ],
    ids=["gz", "zip", "two in a zip"],
)
def test_an_archive_that_opens_to_over_two_hundred_times_its_size_is_named_and_not_opened(read, name, content):
    account = read("all_orders/us_31col.txt", files={name: content()}, **US)
    assert "opens to over 1 GB, or to over 200 times its size" in json.dumps(
        account.files.get_column("warnings").to_list()
    )
    assert account.orders.height == 20


def test_an_archive_of_very_many_files_is_named(read):
    many = packed(**{str(n): "" for n in range(source.MOST_MEMBERS + 1)})
    assert "holds over 10,000 files" in warnings(read(files={"m.zip": many}))


def test_parquet_that_says_it_holds_more_rows_than_any_shop_has_is_named(read):
    whole = io.BytesIO()
    pl.select(pl.repeat(0, source.MOST_ROWS + 1, dtype=pl.Int8).alias("n")).write_parquet(whole)
    assert len(whole.getvalue()) < 1_000_000
    assert "is Parquet of over 50,000,000 rows" in warnings(read(files={"p.parquet": whole.getvalue()}))


def test_what_is_no_file_is_named_and_stops_nothing(account_folder):
    folder = account_folder("all_orders/us_31col.txt", **US)
    inside = folder / "exports"
    (inside / "loop").symlink_to(inside / "loop")
    (inside / "up").symlink_to(inside)
    os.mkfifo(inside / "pipe")
    account = exports.read(folder, date(2025, 11, 1))
    said = dict(account.files.select("path", pl.col("warnings").list.first()).iter_rows())
    assert "leads in a circle" in said["loop"]
    assert "leads to no file" in said["up"]
    assert "neither a file nor a folder" in said["pipe"]
    assert account.orders.height == 20


def test_exports_that_is_a_file_is_named(account_folder):
    folder = account_folder()
    (folder / "exports").rmdir()
    (folder / "exports").write_text("x")
    assert "is a file; make it a folder" in warnings(exports.read(folder))


def _seen_by_nobody(folder, answer):
    if os.geteuid() == 0:
        os.setuid(65534)  # root may look into every folder
    answer.put([(one.path, one.problem) for one in source.sources(folder)])


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no other user to be")
def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path_factory):
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        folder = source.Path(place)
        (folder / "shut").mkdir(mode=0o700)
        (folder / "shut" / "a.txt").write_text("x")
        (folder / "kept.txt").write_text("x")
        (folder / "kept.txt").chmod(0o600)
        if os.geteuid() != 0:
            (folder / "shut").chmod(0)
            (folder / "kept.txt").chmod(0)
        context = multiprocessing.get_context("fork")
        answer = context.Queue()
        child = context.Process(target=_seen_by_nobody, args=(folder, answer))
        child.start()
        seen = answer.get(timeout=30)
        child.join()
        (folder / "shut").chmod(0o700)
    assert [path for path, _ in seen] == ["kept.txt", "shut"]
    assert "cannot be read (Permission denied)" in seen[0][1]
    assert "is a folder that cannot be opened" in seen[1][1] or "cannot be read" in seen[1][1]


def test_a_file_that_vanishes_while_the_folder_is_read_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    found = iter(source.paths(tmp_path))
    path = next(found)
    path.unlink()
    (only,) = source._opened(path, tmp_path)
    assert "was taken away while it was read" in only.problem


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html><html>", "\ufeff\n<HTML lang=x>", "<?xml version='1.0'?><!-- saved from url --><html>"]
)
@pytest.mark.parametrize(
    "entry", ["", '[columns."*"]\nreport = "order_defects"\ncolumns = { order_id = "Order ID" }\n']
)
def test_a_saved_web_page_is_refused_with_what_to_do(read, start, entry):
    page = f"{start}<body><table><tr><td>Order ID</td></tr></table></body></html>"
    account = read(files={"page.csv": page.encode()}, settings=entry)
    assert "is a saved web page; open that page again, choose its download button" in warnings(account)


def test_a_list_that_holds_only_the_last_figures_of_its_order_numbers_says_what_to_do(read):
    rows = "".join(f"{n:06},2025-09-0{n},X,,\n" for n in range(1, 7))
    table = f"Order ID,Order Date,Negative Feedback,A-to-z Guarantee claim,Chargeback\n{rows}"
    account = read(files={"odr.csv": table.encode()})
    (question,) = account.questions
    assert "6 of 6 rows could not be read (no order number (cut line?))" in question.text
    assert "None holds a whole order number such as 202-1234567-1234567" in question.text
    assert "Download the report itself" in question.text


def test_one_date_that_is_none_decides_nothing_about_the_others(read):
    lines = ["amazon-order-id,purchase-date,order-status,fulfillment-channel,sales-channel,quantity,currency"]
    for day in ("13/09/2025 10:00", "05/09/2025 10:00", "45/45/2025 10:00"):
        lines.append(f"202-0000001-00000{day[:2]},{day},Shipped,Merchant,Amazon.co.uk,1,GBP")
    account = read(files={"o.csv": "\n".join(lines).encode()})
    assert sorted(account.orders.get_column("day")) == [date(2025, 9, 5), date(2025, 9, 13)]
    assert account.files.select("rows_kept", "rows_rejected").row(0) == (2, 1)


# --- settings and the console --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = " + "9" * 5000, "Exceeds the limit"),
        ("x = " + "[" * 5000, "found an error"),
        ("\n".join(f"k{n} = 1" for n in range(200_000)), "and 199,993 more"),
        ("name = " + json.dumps("x" * 100_000), "id"),
        (b"\xff\xfe", "UTF-8"),
    ],
    ids=["figures", "depth", "keys", "letters", "bytes"],
)
def test_an_account_toml_that_cannot_be_meant_is_a_short_error(account_folder, text, said):
    folder = account_folder()
    (folder / "account.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError, match=r"account\.toml") as found:
        exports.read(folder)
    assert said in str(found.value)
    assert len(str(found.value)) < 7000


def test_a_folder_in_the_place_of_account_toml_or_brand_toml_is_an_error_of_its_account_alone(account_folder, tmp_path):
    account_folder("all_orders/us_31col.txt", id="good", **US)
    bad = account_folder(id="bad")
    (bad / "account.toml").unlink()
    (bad / "account.toml").mkdir()
    found = CliRunner().invoke(main, ["check", str(bad)])
    assert found.exit_code == 2
    assert "expected a file that can be read, found: Is a directory" in found.output
    found = CliRunner().invoke(main, ["report", str(tmp_path), "--notebook", "02", "--as-of", "2020-01-01"])
    assert f"{bad}: {bad / 'account.toml'}: expected a file that can be read" in found.output
    assert "good 02-metric-trends" in found.output  # it was tried: it has no data of that day


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_console_that_cannot_print_a_name_prints_its_figures(account_folder, encoding):
    folder = account_folder("all_orders/us_31col.txt", files={"Grüße 山.txt": b"x"}, **US)
    (folder / "account.toml").write_text('id = "t"\nname = "Müller 山田"\nmarketplaces = ["amazon.com"]', "utf-8")
    plain = {**os.environ, "PYTHONIOENCODING": encoding, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "helpers.reports.command_line", "check", str(folder)]
    for more in ([], ["--json"]):
        found = subprocess.run([*command, *more], capture_output=True, env=plain)
        assert (found.returncode, found.stderr) == (0, b"")
        assert b"22" in found.stdout


def test_what_nobody_foresaw_is_one_line_for_the_user(account_folder, monkeypatch):
    folder = account_folder()

    def broken(*_, **__):
        raise ZeroDivisionError("as if")

    monkeypatch.setattr(os, "walk", broken)
    found = CliRunner().invoke(main, ["check", str(folder)])
    assert found.exit_code == 1
    assert found.output.startswith("ZeroDivisionError: as if (test_attack.py, line ")
    assert "Traceback" not in found.output


def test_ten_accounts_one_of_which_is_random_bytes_are_all_looked_at(tmp_path):
    chance = random.Random(7)
    for n in range(10):
        (tmp_path / f"a{n}").mkdir()
        (tmp_path / f"a{n}" / "account.toml").write_bytes(chance.randbytes(500))
    found = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert found.exit_code == 2
    assert sum(f"a{n}: {tmp_path / f'a{n}'}" in found.output for n in range(10)) == 10
    assert "Error" not in found.output


def test_two_hundred_thousand_unknown_keys_are_one_remark(read):
    keys = ",".join(f'"k{n}":{{"x":1}}' for n in range(200_000))
    text = f'{{"performanceMetrics":[{{"marketplaceId":"A1F83G8C2ARO7P",{keys}}}]}}'
    account = read(files={"h.json": text.encode()})
    assert account.files.item(0, "warnings").to_list() == [
        "amazon.co.uk: 200,000 entries the kit does not know (200,000 not named), not used"
    ]
    day = date(2025, 10, 31)
    assert len(listing.as_text(Audit(account, day, day))) < 10_000
