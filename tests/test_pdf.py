"""The printed report: page numbers, whose it is, and a clear word where no browser can print it."""

import io

import pypdf
import pytest
from click.testing import CliRunner

from helpers.errors import KitError, SettingsError
from helpers.reports import contents, export, pdf
from helpers.reports.command_line import main


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SELLER_AUDIT_CHROMIUM", raising=False)


def test_every_page_but_the_first_names_account_and_day_and_every_page_its_number(browser):
    prose = [contents.Block("prose", f"Paragraph {number}. " * 60) for number in range(40)]
    page = contents.Page("T", running='Acme "& <Sons> · 31 October 2026', sections=[contents.Section(blocks=prose)])
    found = pypdf.PdfReader(io.BytesIO(pdf.printed(export.written(page))))
    texts = [one.extract_text() for one in found.pages]
    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert ('Acme "& <Sons> · 31 October 2026' in text) == (number > 1)
    assert found.metadata.title == "T"
    assert "/StructTreeRoot" in found.trailer["/Root"]  # tagged, so that it can be read aloud


def test_without_a_browser_pdf_is_a_setting_to_mend_before_anything_starts(no_browser, samples, tmp_path):
    found = CliRunner().invoke(main, ["report", str(samples / "small-good"), "--pdf", "--out", str(tmp_path / "out")])
    assert found.exit_code == 2
    assert "expected Chromium, Chrome or Edge" in found.output
    assert "SELLER_AUDIT_CHROMIUM" in found.output
    assert not (tmp_path / "out").exists()


def test_a_browser_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("SELLER_AUDIT_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(SettingsError, match="found '/nowhere/chromium' in SELLER_AUDIT_CHROMIUM"):
        pdf.demanded()


def test_a_program_that_prints_nothing_is_an_error_not_an_empty_file(monkeypatch, tmp_path):
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\necho no display >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv("SELLER_AUDIT_CHROMIUM", str(program))
    with pytest.raises(KitError, match="printed no PDF; it said: no display"):
        pdf.printed("<p>x")
