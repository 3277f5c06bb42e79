"""One report, one way of writing: title, first screen, check, mail and print agree, and no account's way reaches another's."""

import email
import html
import json
import re
import shutil
from email import policy

import nbformat
import pypdf
import pytest
from click.testing import CliRunner
from conftest import ROOT

from helpers import exports, sentences, wording
from helpers.reports import product, runner
from helpers.reports.command_line import main

SMALL = ROOT / "data" / "sample" / "small-good"
# locale → the last day of the sample in words and in short, and its order defect rate of 2 in 185 orders
WAYS = {
    "en_US": ("October 31, 2026", "Oct 31, 2026", "1.08\u202f%"),
    "de_DE": ("31 October 2026", "31 Oct 2026", "1,08\u202f%"),
}


def speaking(tmp_path, locale):
    """A copy of the small sample whose account writes in a locale."""
    folder = tmp_path / locale
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns(".*"))
    said = (folder / "account.toml").read_text(encoding="utf-8")
    (folder / "account.toml").write_text(f'locale = "{locale}"\n{said}'.replace("small-good", locale), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def reports(tmp_path_factory, browser):
    """locale → the account's folder and the folder of its report, with mail and PDF."""
    place = tmp_path_factory.mktemp("writing")
    folders = {locale: speaking(place, locale) for locale in WAYS}
    notebook = ROOT / "notebooks" / "02-metric-trends.ipynb"
    wanted = product.Wanted(pdf=True, mail=True)
    tasks = [runner.Task(id, folder, notebook, "", "", place / "out", wanted) for id, folder in folders.items()]
    assert [outcome.said for outcome in runner.run(tasks, jobs=2)] == ["", ""]
    return {locale: (folders[locale], place / "out" / locale / "2026-10") for locale in WAYS}


@pytest.mark.parametrize("locale", WAYS)
def test_title_first_screen_check_mail_and_print_write_the_day_and_the_rate_alike(reports, locale):
    (folder, made), (day, short, rate) = reports[locale], WAYS[locale]
    stem = f"{locale}-2026-10-metric-trends"
    page = html.unescape((made / f"{stem}.html").read_text(encoding="utf-8"))
    assert re.search(r"<title>(.*?)</title>", page)[1].endswith(f", {day}")
    assert f"<bdi>as of {day}</bdi>" in page
    assert rate in page
    answer = json.loads((made / f"{stem}.json").read_text(encoding="utf-8"))["answer"]
    assert f"as of {day}" in answer["kicker"].split(" · ")
    mail = email.message_from_bytes((made / f"{stem}.eml").read_bytes(), policy=policy.default)
    assert mail["subject"].endswith(f"({day})")
    for part in ("plain", "html"):
        text = html.unescape(mail.get_body((part,)).get_content())
        assert f" · as of {day}" in text
        assert rate in text
    printed = pypdf.PdfReader(made / f"{stem}.pdf")
    assert printed.metadata.title.endswith(f", {day}")
    assert f" · {day}" in printed.pages[1].extract_text()
    checked = CliRunner().invoke(main, ["check", str(folder)])
    assert checked.exit_code == 0, checked.output
    assert f"Last complete day in the files: {short}" in checked.output
    other, other_short, _ = next(way for name, way in WAYS.items() if name != locale)
    assert [text for text in (page, mail.as_string(), checked.output) if other in text or other_short in text] == []


def test_accounts_checked_one_after_the_other_keep_their_own_way(tmp_path):
    folders = {locale: speaking(tmp_path, locale) for locale in WAYS}
    for locale in (*WAYS, *WAYS):
        found = CliRunner().invoke(main, ["check", str(folders[locale])]).output
        assert f"Last complete day in the files: {WAYS[locale][1]}" in found
    assert wording.count(1380) == "1,380"  # and who speaks of no account writes British
    assert sentences.writing_now() == sentences.Writing.of("en_GB")


def test_two_reports_of_one_process_keep_their_own_way_also_after_one_that_is_stopped(tmp_path):
    folders = {locale: speaking(tmp_path, locale) for locale in WAYS}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Where?")])
    said = {"account": "a", "as_of": "2026-10-31", "files": []}

    def title(folder, notebook=book):
        made = product.files(notebook, said, folder, "trial", product.Wanted())
        return re.search(r"<title>(.*?)</title>", made[".html"])[1]

    leaking = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Who?\nAsk buyer@example.com.")])
    assert title(folders["en_US"]) == "Where? a, October 31, 2026"
    with pytest.raises(product.LeakError):
        title(folders["en_US"], leaking)
    assert sentences.writing_now() == sentences.Writing.of("en_GB")
    assert title(folders["de_DE"]) == "Where? a, 31 October 2026"


def test_an_account_that_cannot_be_read_leaves_the_british_way(account_folder):
    folder = account_folder(
        settings='locale = "en_US"\n[columns."t.csv"]\nreport = "orders"\n', files={"t.csv": b"a,b\n"}
    )
    found = CliRunner().invoke(main, ["check", str(folder)])
    assert found.exit_code == 3, found.output
    assert sentences.writing_now() == sentences.Writing.of("en_GB")


def test_the_remarks_on_a_file_are_written_like_the_rest_of_the_report(account_folder):
    lines = "".join(f"202-0000001-{number:07},X,\n" for number in range(1234))
    text = f"Order ID,Negative Feedback,Chargeback\n{lines}202-0000009-0000001,,\n".encode()
    folder = account_folder(settings='locale = "de_DE"\n', files={"list.csv": text})
    assert exports.read(folder).files.item(0, "warnings").to_list() == ["lines that wait for an answer: 1.235"]
