"""The finished page in a real browser: offline, without scripts, on a phone, under attack."""

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from helpers.reports import export, runner

ROOT = Path(__file__).parent.parent
SAMPLES = ("lamp-house", "small-good", "with-holes")
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The monthly reports of the sample accounts: id → path of the page."""
    out = tmp_path_factory.mktemp("pages")
    notebook = ROOT / "notebooks" / "02-metric-trends.ipynb"
    tasks = [runner.Task(name, ROOT / "data/sample" / name, notebook, "", "", out) for name in SAMPLES]
    assert [found.said for found in runner.run(tasks, jobs=2) if found.code] == []
    return {name: out / name / "2026-10" / "02-metric-trends.html" for name in SAMPLES}


@pytest.fixture
def look(browser):
    """A function that opens a page offline and gives (page, requests, messages)."""
    contexts = []

    def opened(path, *, width=1440, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, offline=True
        )
        contexts.append(context)
        page, requests, messages = context.new_page(), [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(path.as_uri())
        if scripts and page.locator("figure.chart").count():
            page.wait_for_function("document.querySelectorAll('figure.chart > img').length === 0", timeout=30_000)
        return page, [url for url in requests if not url.startswith(("file:", "data:"))], messages

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_charts_are_drawn_offline_without_a_request_or_a_complaint(pages, look, name):
    page, requests, messages = look(pages[name])
    charts = page.locator("figure.chart").count()
    assert charts > 0
    assert page.locator("figure.chart .drawn svg").count() == charts
    assert requests == []
    assert messages == []


@pytest.mark.parametrize("name", SAMPLES)
def test_without_scripts_every_chart_is_still_a_picture(pages, look, name):
    page, *_ = look(pages[name], scripts=False)
    for picture in page.locator("figure.chart > img").all():
        box = picture.bounding_box()
        assert box["width"] > 200
        assert box["height"] > 50
        assert len(picture.get_attribute("alt")) > 20


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("name", SAMPLES)
def test_no_width_needs_a_sideways_scroll(pages, look, name, width):
    page, *_ = look(pages[name], width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_one_small_file_that_refers_to_nothing(pages, name):
    text = pages[name].read_text(encoding="utf-8")
    assert len(text.encode()) <= MOST_BYTES
    found = []

    class References(HTMLParser):
        def handle_starttag(self, tag, attributes):
            for key, value in attributes:
                if key in ("src", "href", "srcset", "action", "data", "poster", "background"):
                    found.append(value)

    References().feed(text)
    assert [one for one in found if not one.startswith(("#", "data:"))] == []
    assert not re.search(r"@import|url\((?!data:)", text.split("</style>")[0])
    assert text.count("window.vegaEmbed=") == 1


def test_the_first_screen_answers_before_anything_is_scrolled(pages, look):
    page, *_ = look(pages["small-good"])
    assert page.locator("h1").inner_text().startswith("2 rates miss their targets, first the order defect rate")
    assert page.locator("h1").count() == 1
    assert page.locator(".actions").bounding_box()["y"] < 900


def test_a_table_on_a_phone_is_a_list_of_labelled_rows(pages, look):
    page, *_ = look(pages["small-good"], width=360)
    assert not page.locator("#scorecard thead").is_visible()
    label = page.locator("#scorecard tbody td").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert label == '"Rate"'


HOSTILE = (
    "</script><script>window.canary=1</script><img src=x onerror=window.canary=1>{{7*7}}[a](javascript:window.canary=1)"
)


def test_hostile_text_in_every_output_is_only_text(look, tmp_path):
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": HOSTILE,
        "title": {"text": [HOSTILE], "subtitle": [HOSTILE]},
        "width": 400,
        "height": 100,
        "data": {"values": [{"a": HOSTILE, "b": 1}]},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
    }
    outputs = [
        nbformat.v4.new_output("display_data", data={export.CHART: spec, export.PICTURE: "<svg/>"}),
        nbformat.v4.new_output("stream", name="stdout", text=HOSTILE),
    ]
    cells = [nbformat.v4.new_markdown_cell(HOSTILE), nbformat.v4.new_code_cell("x", outputs=outputs)]
    path = tmp_path / "hostile.html"
    path.write_text(export.page(nbformat.v4.new_notebook(cells=cells), HOSTILE), encoding="utf-8")
    page, requests, _ = look(path)
    page.locator("figure.chart svg path").first.hover(force=True)
    assert page.evaluate("window.canary") is None
    assert requests == []
    assert HOSTILE in page.locator("pre").inner_text()


def test_a_hostile_account_is_harmless_from_its_files_to_its_page(look, account_folder, tmp_path):
    evil = "<img src=x onerror=window.canary=1>"
    settings = 'fulfilment = ["merchant"]\n'
    folder = account_folder(
        "all_orders/us_31col.txt",
        files={f"{evil.replace('/', '')}.txt": b"x"},
        stores=("amazon.com",),
        settings=settings,
    )
    path = folder / "account.toml"
    path.write_text(path.read_text().replace("Test account", evil))
    notebook = ROOT / "notebooks" / "02-metric-trends.ipynb"
    (found,) = runner.run([runner.Task("t", folder, notebook, "", "x", tmp_path / "out")])
    assert found.code == 0, found.said
    page, requests, _ = look(tmp_path / "out" / "t" / "x" / "02-metric-trends.html")
    assert page.evaluate("window.canary") is None
    assert evil in page.locator(".kicker").inner_text()
    assert requests == []
