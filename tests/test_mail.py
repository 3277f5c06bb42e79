"""The mail: words that survive any mail client, pictures inside it, nothing that runs or is fetched."""

import email
import io
import re
from email import policy

import pytest
from PIL import Image
from test_charts import ARRIVALS, trailing, trend, verdict

from helpers.charts.look import still_and_spec
from helpers.errors import SettingsError
from helpers.reports import contents, mail, pdf, product
from helpers.reports.brand import Brand

EVIL = '<script>x</script>"\r\nBcc: a@b.example'
FIGURE = {"label": "Order defect rate", "text": "1.08 %", "counts": "2 of 185 orders", "interval": "0.30–3.86 %"}
FIGURE |= {"aim": "target under 1 %", "status": "breached", "word": "Target missed, weak evidence"}
ANSWER = {"kicker": "Shop", "headline": "The rate misses its target.", "figures": [FIGURE], "actions": ["Wait."]}
SAID = {"account": "s", "name": "Shop", "as_of": "2026-10-31", "answer": ANSWER, "changed": ["It rose."]}


def page(number=2):
    spec, name = (
        still_and_spec(trend(trailing([0.01, 0.02] * 150), ARRIVALS, verdict()).to_dict())[0],
        contents.CHART,
    )
    charted = [contents._block({"data": spec}, f"chart-{n}", set())[0] for n in range(1, number + 1)]
    assert all(block.kind == "chart" for block in charted), name
    return contents.Page("T", sections=[contents.Section(blocks=charted)])


def opened(content):
    return email.message_from_bytes(content, policy=policy.default)


@pytest.fixture(scope="module")
def message():
    attachments = {"r.pdf": b"%PDF-1", "r.html": b"<p>"}
    return opened(mail.written(mail.words(SAID, attachments), page(), attachments))


def test_the_text_says_figure_count_interval_and_what_to_do(message):
    text = message.get_body(("plain",)).get_content()
    for said in (
        "The rate misses its target.",
        "Order defect rate: 1.08 % (2 of 185 orders), 90 % interval 0.30–3.86 %, target under 1 %.",
        "1. Wait.",
        "- It rose.",
        "The whole report is attached: r.pdf and r.html.",
    ):
        assert said in text


def test_the_html_runs_nothing_and_fetches_nothing(message):
    page = message.get_body(("html",)).get_content()
    assert not re.search(r"<script|<style|<link|<svg|javascript:|url\(|https?:|data:| on\w+=", page)
    assert {one[:4] for one in re.findall(r'(?:src|href)="([^"]*)"', page)} == {"cid:"}


def test_every_picture_is_a_png_inside_the_mail_with_words_for_it(message):
    page = message.get_body(("html",)).get_content()
    wanted = set(re.findall(r'src="cid:([^"]*)"', page))
    parts = {part["content-id"].strip("<>"): part for part in message.walk() if part["content-id"]}
    assert wanted == set(parts) == {"chart-1@report", "chart-2@report"}
    for part in parts.values():
        assert Image.open(io.BytesIO(part.get_content())).format == "PNG"
    assert page.count('alt="A finding. Order defect rate') == 2


def test_pdf_and_page_are_attached_whole(message):
    found = {part.get_filename(): part.get_content_type() for part in message.iter_attachments()}
    assert found == {"r.pdf": "application/pdf", "r.html": "text/html"}


def test_however_many_charts_the_mail_stays_under_half_a_megabyte():
    body = mail.written(mail.words(SAID, []), page(40), {})
    assert 200_000 < len(body) <= mail.MOST_BYTES
    assert 0 < body.count(b"Content-ID") < 40


def test_hostile_words_are_only_words():
    said = SAID | {"name": EVIL, "answer": ANSWER | {"headline": EVIL}, "changed": [EVIL]}
    found = opened(mail.written(mail.words(said, [EVIL], Brand(name=EVIL, footer=EVIL)), page(0), {}))
    assert found["bcc"] is None
    assert "<script" not in found.get_body(("html",)).get_content()


def test_the_own_logo_comes_along():
    logo = Brand(name="Us", logo=b"\x89PNG\r\n\x1a\n", kind="png")
    found = opened(mail.written(mail.words(SAID, [], logo), page(0), {}))
    assert [part["content-id"] for part in found.walk() if part["content-id"]] == ["<logo@report>"]


def test_the_same_report_gives_the_same_mail():
    one, other = (mail.written(mail.words(SAID, ["r.html"]), page(1), {"r.html": b"x"}) for _ in range(2))
    assert one == other


def test_without_a_browser_a_mail_carries_the_page_and_says_so_and_never_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SELLER_AUDIT_CHROMIUM", raising=False)
    assert pdf.browser() is None
    product.Wanted(mail=True).check()
    assert "the mail gets no PDF" in capsys.readouterr().err
    with pytest.raises(SettingsError):
        product.Wanted(mail=True, page_in_mail=False).check()
