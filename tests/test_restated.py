"""What the last report said of its day beside what today's files say of that day: a paragraph, or nothing.

The sample's report for 30 September 2026 counts 1 of 184 orders: the defect list of September names one order of the
window from 19 July to 16 September.
"""

import json
import shutil
from dataclasses import replace
from datetime import date
from hashlib import sha256

import jsonschema
import pytest

from helpers import answer, audit, places
from helpers.reports import results, runner, sent
from helpers.rows import VerdictRow, rows_of

SENT_ON, DAY, TODAY = date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 28)
ODR = "the order defect rate (amazon.com, seller ships)"
AUGUST, OCTOBER = "orders/all-orders-2026-08.txt", "defects/order-defects-2026-10.csv"
LATE = b"25/08/2026,202-0000000-0001034,Seller,,X,\n"  # an order of the window, first named by October's list


@pytest.fixture
def folder(samples, tmp_path):
    """The sample's folder, to be changed."""
    return shutil.copytree(samples / "small-good", tmp_path / "small-good", ignore=shutil.ignore_patterns(".cache"))


def report(folder, **said):
    """What the report for 30 September said, made of the files as they are now."""
    then = audit.of(folder, SENT_ON, TODAY)
    files = dict(then.account.files.select("path", "sha256").iter_rows())
    kit = results.version("seller-audit-kit")
    return replace(answer.Sent(SENT_ON, kit, tuple(rows_of(then.verdicts, VerdictRow)), files), **said)


def told(folder, last):
    said = answer.restated(audit.of(folder, DAY, TODAY), last)
    return tuple(one.replace("\N{NARROW NO-BREAK SPACE}", " ") for one in said)


def spoil(path, old, new):
    text = path.read_bytes()
    assert old in text
    path.write_bytes(text.replace(old, new, 1))


def test_of_a_report_whose_figures_stand_nothing_is_said(folder):
    assert told(folder, report(folder)) == ()
    assert told(folder, None) == ()


def test_of_a_file_taken_away_the_figures_that_can_no_longer_be_told_are_named_with_what_they_were(folder):
    last = report(folder)
    (folder / "exports" / AUGUST).unlink()
    assert told(folder, last) == (
        f"Restated since the report of 30 September 2026: {ODR}, 0.54 % (1 of 184 orders) then, can no longer be told. "
        f"Of the downloads for those days {AUGUST} is no longer there.",
    )


def test_of_a_spoilt_cell_the_figure_is_told_as_it_was_and_as_it_is_with_the_file(folder):
    last = report(folder)
    spoil(folder / "exports" / AUGUST, b"2026-08-10T18:20:30", b"2O26-08-10T18:20:30")
    assert told(folder, last) == (
        f"Restated since the report of 30 September 2026: {ODR} was 0.54 % (1 of 184 orders) and is about 0.55 % (1 of "
        f"183 orders). Of the downloads for those days {AUGUST} is other than before.",
    )


def test_what_was_reported_since_on_the_orders_of_its_window_is_told_apart_and_restates_nothing(folder):
    last = report(folder)
    with (folder / "exports" / OCTOBER).open("ab") as file:
        file.write(LATE)
    assert told(folder, last) == (
        "Reported since on orders of the windows of the report of 30 September 2026: "
        f"1 more bad one of {ODR}, which had 1 then.",
    )


def test_a_figure_that_changes_sides_says_so_and_what_nothing_explains_is_no_matter_of_the_account(folder):
    last = report(folder)
    odr = next(row for row in last.verdicts if row["metric"] == "order_defect_rate")
    other = odr | {"numerator": 3, "rate": 3 / 184, "status": "breached"}
    (said,) = told(folder, replace(last, verdicts=tuple(other if row is odr else row for row in last.verdicts)))
    assert "was 1.63 % (3 of 184 orders) and is 0.54 % (1 of 184 orders) and its target is met." in said
    assert said.endswith(
        "Downloads, readings of the rules and version of the kit are the same: its makers should know."
    )


def test_another_version_of_the_kit_another_reading_and_another_target_are_named(folder):
    last = report(folder, kit="0.0.9", options={"odr_denominator": "with_cancelled"})
    odr = next(row for row in last.verdicts if row["metric"] == "order_defect_rate")
    other = odr | {"denominator": 190, "rate": 1 / 190, "target": "0.02"}
    (said,) = told(folder, replace(last, verdicts=tuple(other if row is odr else row for row in last.verdicts)))
    assert "was 0.53 % (1 of 190 orders) and is 0.54 % (1 of 184 orders)." in said
    assert f"The kit that counts is version {results.version('seller-audit-kit')}, then 0.0.9." in said
    assert "The rules leave open whether cancelled and pending orders count as orders in the order defect rate" in said
    assert said.endswith(f"Another target is in force: {ODR} under 1 %, under 2 % then.")


def test_a_store_that_is_no_longer_told_and_one_that_was_not_told_then(folder):
    last = report(folder)
    elsewhere = replace(last, verdicts=tuple(row | {"marketplace": "amazon.ca"} for row in last.verdicts))
    (said,) = told(folder, elsewhere)
    assert (
        "the order defect rate (amazon.ca, seller ships), 0.54 % (1 of 184 orders) then, can no longer be told" in said
    )
    assert f"{ODR}, not told then, 0.54 % (1 of 184 orders) now" in said


# --- the results file it is read from ----------------------------------------------------------------------------


def kept(place, month, said, *, digest=None):
    """A report's results file and the manifest that names it."""
    (place / month).mkdir(parents=True)
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    (place / month / "02-metric-trends.json").write_bytes(content)
    entry = {"as_of": f"{month}-30", "outputs": {"02-metric-trends.json": digest or sha256(content).hexdigest()}}
    (place / month / "manifest.json").write_text(json.dumps({"reports": {"02-metric-trends": entry}}))


def said(**other):
    return {
        "schema_version": 2,
        "kit_version": "0.1.0",
        "account": "t",
        "verdicts": [],
        "files": [],
        "options": [],
    } | other


def test_the_last_report_is_that_of_the_newest_earlier_day(tmp_path):
    assert sent.last("", DAY, "t") is None
    assert sent.last(str(tmp_path / "none"), DAY, "t") is None
    for month in ("2026-06", "2026-09", "2026-11"):
        kept(tmp_path, month, said(kit_version=month))
    found = sent.last(str(tmp_path), DAY, "t")
    assert (found.day, found.kit, found.problem) == (SENT_ON, "2026-09", "")


@pytest.mark.parametrize(
    ("content", "digest", "problem"),
    [
        (b'{"schema_version": 2, "account"', None, "is missing or damaged"),
        (said(verdicts=[{"metric": "order_defect_rate"}]), None, "is missing or damaged"),
        (said(verdicts=7), None, "is missing or damaged"),
        (said(), "0" * 64, "is no longer as it was made"),
        (said(account="another"), None, "is of another account"),
        (said(schema_version=1), None, "is of another version of the kit"),
    ],
)
def test_a_results_file_that_cannot_be_relied_on_is_said_and_not_used(folder, tmp_path, content, digest, problem):
    kept(tmp_path / "reports", "2026-09", content, digest=digest)
    found = sent.last(str(tmp_path / "reports"), DAY, "t")
    (sentence,) = told(folder, found)
    assert sentence.startswith(f"The last report is not compared: its results file {problem}")


def test_a_damaged_manifest_is_no_report(tmp_path):
    for month, text in (
        ("2026-07", "{"),
        ("2026-08", '{"reports": []}'),
        ("2026-09", '{"reports": {"02-metric-trends": 3}}'),
    ):
        (tmp_path / month).mkdir()
        (tmp_path / month / "manifest.json").write_text(text)
    assert sent.last(str(tmp_path), DAY, "t") is None


def test_a_monthly_report_holds_the_one_before_it_against_its_files(folder, tmp_path):
    task = runner.Task(
        "small-good", folder, places.NOTEBOOKS / "02-metric-trends.ipynb", "2026-09-30", "2026-09", tmp_path / "out"
    )
    assert [one.said for one in runner.run([task])] == [""]
    with (folder / "exports" / OCTOBER).open("ab") as file:
        file.write(LATE)
    assert [one.said for one in runner.run([replace(task, as_of="2026-10-31", period="2026-10")])] == [""]
    first, second = (
        tmp_path / "out" / "small-good" / month / f"small-good-{month}-metric-trends.html"
        for month in ("2026-09", "2026-10")
    )
    assert "Since the last report" not in first.read_text(encoding="utf-8")
    page = second.read_text(encoding="utf-8")
    assert "Since the last report" in page
    found = json.loads(second.with_suffix(".json").read_text(encoding="utf-8"))
    schema = places.NOTEBOOKS.parent / "src/helpers/reports/schemas/results.json"
    jsonschema.validate(found, json.loads(schema.read_text(encoding="utf-8")))
    (sentence,) = found["restated"]
    assert sentence in page
    assert f"1 more bad one of {ODR}, which had 1 then." in sentence
