"""The folder itself: any names, archives, damage, settings; what is not understood is named."""

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from helpers import exports
from helpers.errors import SettingsError
from helpers.exports import encoding
from helpers.exports.defects import together
from helpers.exports.settings import read as read_settings
from helpers.frames import SCHEMAS, empty

FORMATS = Path(__file__).parent / "data" / "formats"
US = (FORMATS / "all_orders" / "us_31col.txt").read_bytes()


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def test_files_are_recognised_by_content_whatever_their_names_and_folders(read):
    files = {"a/b/holiday photo.jpg": US, "c.zip": zipped(x__feedback=(FORMATS / "feedback/us_mdy.txt").read_bytes())}
    account = read(files=files, stores=("amazon.com",))
    assert account.files.select("path", "report").rows() == [
        ("a/b/holiday photo.jpg", "all_orders"),
        ("c.zip/x/feedback", "feedback"),
    ]


def test_a_gz_file_is_opened_and_a_second_copy_is_read_once(read):
    account = read(files={"a.txt": US, "b.gz": gzip.compress(US)}, stores=("amazon.com",))
    assert account.orders.height == 20
    assert list(account.files.filter(path="b.gz").item(0, "warnings")) == ["the same file as a.txt, read once"]


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (b"", "empty file"),
        (b"hello", "not recognised"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
        (b"%PDF-1.7\n", "is a PDF; download the report as"),
        (b"Rar!\x1a\x07", "pack it as .zip"),
        (zipped(a=b"\xd0\xcf\x11\xe0\xa1\xb1"), "is an old spreadsheet workbook"),
        (b'{"performanceMetrics": [', "damaged JSON"),
        (b"[]", "empty JSON"),
        (gzip.compress(US)[:200], "damaged .gz"),
        (zipped(a=US)[:300], "damaged .zip"),
        (zipped(**{"[Content_Types].xml": "x"}), "spreadsheet workbook"),
        (zipped(inner=zipped(a=US)), "archive inside an archive"),
    ],
    ids=["empty", "text", "picture", "pdf", "rar", "xls", "cut json", "empty json", "gz", "zip", "xlsx", "nested"],
)
def test_what_cannot_be_used_is_named_with_what_to_do(read, content, remark):
    account = read(files={"f": content})
    (file,) = account.files.to_dicts()
    assert any(remark in warning for warning in file["warnings"])
    assert file["rows_kept"] == 0


def test_a_link_that_leaves_the_folder_is_not_followed(account_folder, tmp_path):
    folder = account_folder()
    outside = tmp_path / "secret.txt"
    outside.write_bytes(US)
    (folder / "exports" / "link.txt").symlink_to(outside)
    account = exports.read(folder)
    assert account.orders.is_empty()
    assert "link that leads outside" in account.files.item(0, "warnings")[0]


def test_a_link_that_leads_nowhere_or_to_a_folder_is_named_and_not_lost(account_folder):
    folder = account_folder(files={"a/orders.txt": US}, stores=("amazon.com",))
    (folder / "exports" / "gone.txt").symlink_to(folder / "exports" / "nothing.txt")
    (folder / "exports" / "b").symlink_to(folder / "exports" / "a", target_is_directory=True)
    said = dict(exports.read(folder).files.select("path", pl.col("warnings").list.join(" ")).iter_rows())
    assert said["gone.txt"] == said["b"] == "is a link that leads to no file; copy the file into the folder"
    assert "link" not in said["a/orders.txt"]


def test_a_member_that_points_out_of_its_archive_is_read_and_nothing_is_written_there(read):
    account = read(files={"a.zip": zipped(**{"../../orders.txt": US})}, stores=("amazon.com",))
    assert account.files.get_column("path").to_list() == ["a.zip/orders.txt"]
    assert account.orders.height == 20


def test_a_file_no_column_map_matches_says_so(read):
    said = '[columns."orders-*.csv"]\ncolumns = { order_id = "Nr" }'
    account = read(files={"order-1.csv": b"Nr;Tag\n1;2025-01-01\n"}, settings=said)
    assert "no pattern under [columns] in account.toml matches" in account.files.item(0, "warnings")[0]


def test_a_relative_folder_gives_the_same_names_as_an_absolute_one(account_folder, monkeypatch, tmp_path):
    folder = account_folder(files={"a/b/orders.txt": US}, stores=("amazon.com",))
    monkeypatch.chdir(tmp_path)
    for place in (folder, folder.relative_to(tmp_path)):
        assert exports.read(place).files.get_column("path").to_list() == ["a/b/orders.txt"]


def test_litter_of_file_managers_is_left_out(read):
    assert read(files={".DS_Store": b"x", "desktop.ini": b"x", "__MACOSX/a.txt": US}).files.is_empty()


def test_no_exports_folder_is_an_account_without_files(account_folder):
    folder = account_folder()
    (folder / "exports").rmdir()
    assert exports.read(folder).files.is_empty()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('marketplace = ["amazon.de"]', "unknown key 'marketplace'; did you mean 'marketplaces'?"),
        ('options = { odr_denominater = "with_cancelled" }', "did you mean 'odr_denominator'?"),
        ('options = { odr_denominator = "with_canceled" }', "did you mean 'with_cancelled'?"),
        ('[targets.order_defect]\nvalue = "0.01"', "did you mean 'order_defect_rate'?"),
        ("[targets.order_defect_rate]\nvalue = 0.01", "targets.order_defect_rate.value"),
        ('[targets.order_defect_rate]\nvalue = "1 %"', "such as \"0.01\" for 1 %; found '1 %'"),
        ('[targets.order_defect_rate]\nvalue = "2"', "such as \"0.01\" for 1 %; found '2'"),
        ('[targets.order_defect_rate]\nvalue = "0.01"\nmust_be = "equal"', "'below', 'at_most'"),
        ('[targets.valid_tracking_rate]\nvalue = "0.95"', "expected one of above, at_least, found 'below'"),
        ('[targets.order_defect_rate]\nvalue = "0.01"\nmust_be = "above"', "expected one of at_most, below"),
        ('[targets.order_defect_rate]\nvalue = "0"', "did you mean 'at_most'?"),
        ('[columns."*.csv"]\ndates = "d/m/yyyy"', "did you mean 'd/m/y'?"),
        ('marketplaces = ["amazon.de", "amazon.de"]', "marketplaces: expected each name once"),
        ("fulfilment = []", "fulfilment: "),
        ('name = "  "', "name: "),
        ('notebooks = ["07"]', "[notebooks]: expected one of 01, 01-own-feedback, 02"),
        ('time_zone = "Europe/Londn"', "did you mean 'Europe/London'?"),
        ('[columns."*.csv"]\ndelimeter = ";"', "did you mean 'delimiter'?"),
        ("name = ", "expected TOML text"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_an_error_that_names_the_right_one(account_folder, text, said):
    folder = account_folder()
    path = folder / "account.toml"
    lines = [line for line in path.read_text().splitlines() if not text.startswith(line.split(" ")[0] + " ")]
    path.write_text("\n".join([*lines, text]))
    with pytest.raises(SettingsError) as raised:
        exports.read(folder)
    assert said in str(raised.value)


@pytest.mark.parametrize("bad", ["../x", "a/b", "", "a b", ".hidden"])
def test_an_id_that_is_no_safe_folder_name_is_refused(account_folder, bad):
    folder = account_folder()
    path = folder / "account.toml"
    path.write_text(path.read_text().replace('id = "t"', f'id = "{bad}"'))
    with pytest.raises(SettingsError, match="id: "):
        exports.read(folder)


def test_a_folder_without_account_toml_names_the_command_that_makes_one(tmp_path):
    with pytest.raises(SettingsError, match="seller-audit new"):
        exports.read(tmp_path)
    with pytest.raises(SettingsError, match="found no such folder"):
        exports.read(tmp_path / "nowhere")


def test_the_template_names_the_senses_a_target_of_one_s_own_may_have_and_no_other():
    (line,) = [line for line in exports.template("acme", "Acme").splitlines() if line.startswith("# must_be")]
    assert line.endswith("# below or at_most; of a rate that is good when high: above or at_least")


def test_the_template_for_a_new_account_can_be_read_as_it_stands_and_with_every_comment_taken_away(tmp_path):
    text = exports.template("acme", 'Acme "Lamps" 日本')
    (tmp_path / "account.toml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path).id == "acme"
    bare = "\n".join(
        line[2:] if line.startswith("# ") and ("=" in line or "[" in line) else line for line in text.splitlines()
    )
    (tmp_path / "account.toml").write_text(bare.split("# When ")[0], encoding="utf-8")
    assert read_settings(tmp_path).targets["order_defect_rate"].value == "0.005"


def test_an_order_number_has_one_key_an_account_and_comes_back_by_it(read):
    account = read(files={"o.txt": US}, stores=("amazon.com",))
    keys = exports.order_keys(account.orders.get_column("order_id"), account.folder)
    again = exports.order_keys(account.orders.get_column("order_id"), account.folder)
    assert keys.to_list() == again.to_list()
    assert keys.n_unique() == account.orders.height
    asked = [keys[3].lower(), keys[0].replace("-", "")]
    assert exports.whois(account, asked) == {keys[n]: account.orders.item(n, "order_id") for n in (3, 0)}
    assert set(keys) <= set(exports.whois(account))
    unknown = exports.whois(account, [keys[3], "AAAA-AAAA"])
    assert unknown == {keys[3]: account.orders.item(3, "order_id"), "AAAA-AAAA": None}
    assert (account.folder / ".salt").stat().st_mode & 0o077 == 0


def test_two_accounts_give_one_order_number_two_keys(account_folder):
    folders = [account_folder(id="a"), account_folder(id="b")]
    one, other = (exports.order_keys(pl.Series(["202-0000001-0000001"]), folder)[0] for folder in folders)
    assert one != other


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16-le", "cp1252"])
def test_a_text_comes_back_whole_from_every_encoding(name):
    text = "Datum\tBewertung\nüber 20 € – sehr schön, Straße 12\n" * 3
    assert encoding.utf8(text.encode(name))[0].decode() == text


def test_a_german_header_in_cp1252_is_not_taken_for_japanese():
    text = "Número de pedido\tE-mail del cliente\tVersand bestätigt\n"
    assert encoding.utf8(text.encode("cp1252")) == (text.encode(), "cp1252")


def test_a_defect_of_an_order_in_no_order_file_is_counted_in_no_rate_and_named(read):
    account = read("all_orders/uk_2025-08_91col.txt", "feedback/gb_dmy.txt")
    (said,) = (row["warnings"] for row in account.files.to_dicts() if row["report"] == "feedback")
    assert any("with a defect not in any order file, so counted in no rate" in text for text in said)


def test_one_damaged_byte_does_not_garble_every_name():
    text = "Schöne Straße, größer; für Müller, Jäger und Söhne. Größe, Höhe, Länge: ähnlich.\n".encode()
    assert encoding.utf8(text + b"\xff\n") == (text + "\ufffd\n".encode(), "utf-8 with damaged characters")
    assert encoding.utf8("für Müller".encode("cp1252"))[1] == "cp1252"


def test_a_file_name_in_another_encoding_is_read_and_named(read):
    account = read(files={b"best\xe4tigt.txt".decode("utf-8", "surrogateescape"): US}, stores=("amazon.com",))
    assert account.files.item(0, "path") == "best?tigt.txt"
    assert account.orders.height == 20


def defects_of(listed=(), paid=(), returns=(), files=()):
    def frame(name, rows):
        return pl.DataFrame([dict.fromkeys(SCHEMAS[name]) | row for row in rows], schema=SCHEMAS[name])

    found = together(
        frame("defects", listed),
        empty("feedback"),
        frame("defects", paid),
        frame("returns", returns),
        frame("files", files),
    )
    return {row["order_id"]: (row["counts"], row["reason"]) for row in found.to_dicts()}


CLAIM = {"kind": "a_to_z_claim", "counts": True, "occurred_on": date(2025, 9, 5), "source_file": "x"}
LISTED_DAYS = {"path": "l", "report": "order_defects", "first_day": date(2025, 8, 1), "reaches": date(2025, 9, 13)}


def test_a_list_is_the_only_word_on_claims_of_the_days_it_speaks_for():
    inside = CLAIM | {"order_id": "in", "order_day": date(2025, 8, 20), "reason": "settlement"}
    before = CLAIM | {"order_id": "before", "order_day": date(2025, 7, 20), "reason": "settlement"}
    unknown = CLAIM | {"order_id": "unknown", "reason": "settlement"}
    listed = CLAIM | {"order_id": "listed", "order_day": date(2025, 8, 3)}
    found = defects_of([listed], [inside, before, unknown], files=[LISTED_DAYS])
    assert sorted(found) == ["before", "listed", "unknown"]


def test_marks_in_returns_count_from_the_day_of_their_file_and_only_without_lists_and_payments():
    flagged = {"order_id": "r", "has_claim_flag": True, "fulfilment": "merchant", "source_file": "ret"}
    file = {"path": "ret", "report": "merchant_returns", "last_day": date(2025, 9, 30), "reaches": date(2025, 9, 30)}
    assert defects_of(returns=[flagged, flagged], files=[file]) == {
        "r": (True, "marked in the returns file, without a day or an outcome")
    }
    paid = CLAIM | {"order_id": "p", "reason": "settlement"}
    assert list(defects_of(paid=[paid], returns=[flagged], files=[file])) == ["p"]
