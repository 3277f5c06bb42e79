"""Cells spoilt in the files that prove a defect: a row that cannot be read is no proof that there was nothing in it."""

import gzip
import re
import shutil
from datetime import date

import polars as pl
import pytest

from helpers import audit, exports, targets
from helpers.audit import Audit
from helpers.errors import ExportError

DAY, TODAY = date(2026, 10, 31), date(2026, 11, 28)
ODR = "order_defect_rate"
ORDER_ID = re.compile(rb"\d{3}-\d{7}-\d{7}")
STAR = re.compile(rb"^([^\t\n]+\t)[1-5](\t)", re.MULTILINE)
LISTS, NEWEST, FEEDBACK = "defects/*.csv", "defects/order-defects-2026-10.csv", "feedback.txt"


@pytest.fixture(scope="module")
def folder(samples, tmp_path_factory):
    """A copy of the sample whose rate is missed by 30 of 1,458 orders."""
    return shutil.copytree(
        samples / "late-and-broken", tmp_path_factory.mktemp("spoilt") / "s", copy_function=shutil.copyfile
    )


@pytest.fixture
def spoilt(folder):
    """A function that reads the account with cells of some of its files spoilt; the files are put back afterwards."""
    before = {}

    def reading(*changes, most=0):
        for glob, cell, spoiling in changes:
            for path in sorted((folder / "exports").glob(glob)):
                content = before.setdefault(path, path.read_bytes())
                is_packed = path.suffix == ".gz"
                text = cell.sub(spoiling, gzip.decompress(content) if is_packed else content, count=most)
                path.write_bytes(gzip.compress(text) if is_packed else text)
        return exports.read(folder, TODAY)

    yield reading
    for path, content in before.items():
        path.write_bytes(content)


def judged(account):
    found = Audit(targets.with_rules_of(account, DAY), DAY, TODAY)
    return found.verdicts.filter(metric=ODR).row(0, named=True), found


NO_NUMBER = (LISTS, ORDER_ID, b"damaged")
NO_STAR = (FEEDBACK, STAR, rb"\g<1>x\g<2>")
NO_ORDER = (FEEDBACK, ORDER_ID, b"damaged")


def test_as_they_are_the_files_prove_a_strong_miss(spoilt):
    row, found = judged(spoilt())
    assert (row["status"], row["evidence"], row["exactness"]) == ("breached", "strong", "exact")
    assert (row["numerator"], row["denominator"]) == (30, 1458)
    assert found.account.questions == ()


@pytest.mark.parametrize(
    "changes", [(NO_NUMBER, NO_STAR), (NO_NUMBER, NO_ORDER)], ids=["numbers and stars", "numbers in both"]
)
def test_with_every_cell_spoilt_nothing_is_met_exactly_and_the_files_ask(spoilt, folder, changes):
    account = spoilt(*changes)
    row, found = judged(account)
    assert row["exactness"] not in ("exact", "upper_bound")
    assert row["status"] in ("no_data", "breached") or row["evidence"] == "weak"
    # the marketplace's own figure may stand there; ours may not
    assert found.verdicts.filter(metric=ODR, source="files", exactness="exact").is_empty()
    asked = {question.path for question in account.questions}
    assert asked >= {FEEDBACK, NEWEST}
    text = next(question.text for question in account.questions if question.path == FEEDBACK)
    assert text.startswith("484 of 484 rows could not be read")
    with pytest.raises(ExportError, match="could not be read"):
        audit.of(folder, DAY, TODAY)


def test_one_spoilt_line_leaves_a_bound_that_still_proves_the_miss_and_names_its_file(spoilt):
    row, found = judged(spoilt((NEWEST, ORDER_ID, b"damaged"), most=1))
    assert (row["status"], row["exactness"], row["evidence"]) == ("breached", "lower_bound", "strong")
    missing = found.covered.filter(metric=ODR).item(0, "missing").to_list()
    assert missing == [f"1 row of {NEWEST} could not be read"]
    assert found.account.questions == ()


def test_spoilt_orders_of_the_window_make_its_rates_about_and_those_of_another_month_do_not(spoilt):
    row, found = judged(spoilt(("orders/all-orders-2026-09.txt.gz", ORDER_ID, b"damaged"), most=3))
    assert (row["exactness"], row["evidence"]) == ("approximate", "weak")
    missing = found.covered.filter(metric=ODR).item(0, "missing").to_list()
    assert missing == ["3 rows of orders/all-orders-2026-09.txt.gz could not be read"]
    # the cancellations of the last week lie in another file
    assert found.verdicts.filter(metric="cancellation_rate").item(0, "exactness") == "exact"


def test_no_row_is_lost_between_kept_and_rejected(spoilt):
    before = {row["path"]: row["rows_kept"] for row in spoilt().files.to_dicts()}
    after = spoilt((LISTS, ORDER_ID, b"damaged"), most=2).files.filter(pl.col("path").str.starts_with("defects/"))
    for row in after.to_dicts():
        assert row["rows_kept"] + row["rows_rejected"] == before[row["path"]], row["path"]


CONFIRMED = re.compile(rb"\d{4}-\d\d-\d\dT[^,\r\n]+")
MARKED = re.compile(rb"\t[YN](\r?\n)")
PROMISED = re.compile(rb"\t\d{4}-\d\d-\d\d\t")
CHANNEL = re.compile(rb"\tAmazon\.co\.uk\t")
STATUS = re.compile(rb"\tShipped\t")
NEWEST_ORDERS = "orders/all-orders-2026-10.txt.gz"


@pytest.mark.parametrize(
    ("glob", "cell", "spoiling", "metric", "after"),
    [
        ("shipping/late-shipments-2026-10.csv", CONFIRMED, b"soon", "late_shipment_rate", "lower_bound"),
        ("shipping/valid-tracking-2026-10.txt.gz", MARKED, rb"\t?\g<1>", "valid_tracking_rate", "approximate"),
        ("shipping/valid-tracking-2026-10.txt.gz", PROMISED, b"\tsoon\t", "valid_tracking_rate", "approximate"),
        (NEWEST_ORDERS, CHANNEL, b"\tsomewhere\t", "cancellation_rate", "approximate"),
        (NEWEST_ORDERS, STATUS, b"\tmaybe\t", "cancellation_rate", "approximate"),
        (NEWEST_ORDERS, ORDER_ID, b"damaged", "cancellation_rate", "approximate"),
    ],
    ids=["confirmed", "mark of tracking", "promise", "store of orders", "status of orders", "number of orders"],
)
def test_a_kept_line_that_says_nothing_of_what_its_file_is_about_leaves_no_exact_rate(
    spoilt, glob, cell, spoiling, metric, after
):
    account = spoilt((glob, cell, spoiling))
    found = Audit(targets.with_rules_of(account, DAY), DAY, TODAY)
    assert found.covered.filter(metric=metric, marketplace="amazon.co.uk").item(0, "exactness") == after
    assert found.verdicts.filter(metric=metric, exactness="exact", source="files").is_empty()
