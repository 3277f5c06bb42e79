"""The notebooks in a real JupyterLab: offline; the monthly one in light and dark with the charts and tables of the
report, the lesson with sliders that compute."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from conftest import ROOT

from helpers.colours import READABLE, contrast
from helpers.lesson import questions

EXTENSIONS = {
    "apputils-extension/notification": {"fetchNews": "false"},
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell stands in the page, on the screen or not
}
GUESSES = (
    questions.how_many_unhappy(),
    questions.how_many_unhappy_again(),
    questions.if_more_happy_buyers_write(),
    questions.how_many_behind_few_complaints(),
    questions.how_many_good_shops_miss(),
    questions.how_many_years_over(),
)
ANSWERS = {
    "Right.",
    "Not quite.",
    *(one.because for asked in (*GUESSES, *questions.exercises()) for one in asked.choices),
}
MOST_HEIGHT = 3000  # pixels of one output: no cell fills page after page


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A function that sets the theme of a running JupyterLab and gives the address of a notebook without its outputs."""
    place = tmp_path_factory.mktemp("lab")
    (place / "work").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "run", "IPYTHONDIR": "ipython"}
    folders |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "spaces"}
    environment = os.environ | {name: str(place / folder) for name, folder in folders.items()}
    environment["JUPYTER_CONFIG_PATH"] = str(ROOT / ".jupyter")  # as `make lab` sets it
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    flags = ["--no-browser", "--allow-root", f"--port={port}", f"--ServerApp.root_dir={place / 'work'}"]
    flags += ["--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.port_retries=0"]
    address = f"http://127.0.0.1:{port}"

    def of(theme, stem="02-metric-trends", *, is_fresh=False):
        book = nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", as_version=4)
        for cell in book.cells:
            if cell.cell_type == "code" and not is_fresh:
                cell.outputs, cell.execution_count = [], None
        book.cells[1].source = book.cells[1].source.replace("lamp-house", "small-good")
        nbformat.write(book, place / "work" / f"{theme}-{stem}.ipynb")
        named = EXTENSIONS if not is_fresh else {"notebook-extension/tracker": {"windowingMode": "none"}}
        for old in (place / "settings").rglob("notification.jupyterlab-settings"):
            old.unlink()
        chosen = named | {"apputils-extension/themes": {"theme": f"JupyterLab {theme}"}}
        for name, said in chosen.items():
            path = place / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(said))
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
                return f"{address}/lab/tree/{theme}-{stem}.ipynb?reset"
            except OSError:
                time.sleep(0.25)
        pytest.fail(f"JupyterLab did not start: {(place / 'log').read_text()[-2000:]}")

    with (place / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *flags], env=environment, stderr=log)
        yield of
        server.terminate()
        server.wait()


def run_all(browser, address):
    """The notebook at an address after "Run All Cells": (page, what was asked of other hosts, the context to close)."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page, foreign = context.new_page(), []
    context.route(
        lambda url: not url.startswith(address.split("/lab")[0]) and not url.startswith(("data:", "blob:")),
        lambda route: (foreign.append(route.request.url), route.abort()),
    )
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_function("document.body.innerText.includes('| Idle')", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.add_locator_handler(page.locator(".jp-Dialog"), lambda: page.locator(".jp-Dialog .jp-mod-accept").click())
    last = page.locator(".jp-CodeCell .jp-InputPrompt").last
    for _ in range(240):
        if re.fullmatch(r"\[\d+\]:", last.inner_text().strip()):
            break
        page.wait_for_timeout(500)
    page.wait_for_timeout(2000)  # the last charts are drawn after their cell has ended
    return page, foreign, context


@pytest.fixture(scope="module", params=["Light", "Dark"])
def notebook(request, lab, browser):
    """The monthly notebook after "Run All Cells": (theme, page, what was asked of other hosts)."""
    page, foreign, context = run_all(browser, lab(request.param))
    yield request.param, page, foreign
    context.close()


def test_a_slider_of_the_lesson_computes_in_python_without_a_call_elsewhere(lab, browser):
    page, foreign, context = run_all(browser, lab("Light", "01-feedback-bias"))
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
    assert [one for one in prompts if not re.fullmatch(r"\[\d+\]:", one.strip())] == []
    # What follows a guess is closed, run or not, until it is asked for.
    text = page.locator(".jp-Notebook").inner_text()
    assert [one for one in ANSWERS if one in text] == []
    assert not any(one.is_visible() for one in page.locator(".jp-OutputArea details img, .widget-slider").all()[:3])
    page.get_by_text("Move it yourself").first.click()
    moved = page.locator(".jp-CodeCell", has=page.locator(".widget-slider")).first
    moved.locator(".widget-slider").first.wait_for(timeout=20_000)
    assert "3.85" in moved.inner_text()  # 2 of 52
    moved.locator(".widget-readout").first.fill("30")  # happy buyers: 2 of 32 are 6.25 %
    moved.locator(".widget-readout").first.press("Enter")
    moved.get_by_text("6.25").first.wait_for(timeout=20_000)
    assert foreign == []
    context.close()


@pytest.mark.parametrize("is_trusted", [False, True])
def test_a_fresh_clone_of_the_lesson_shows_no_answer_before_the_guess_and_asks_for_no_news(lab, browser, is_trusted):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(lab("Light", "01-feedback-bias", is_fresh=True))
    page.wait_for_function("document.body.innerText.includes('| Idle')", timeout=60_000)
    if is_trusted:
        page.get_by_role("menuitem", name="View", exact=True).click()
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Shift+C")
        page.get_by_role("textbox", name="search").fill("trust notebook")
        page.locator(".lm-CommandPalette-item", has_text="Trust Notebook").first.click()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        page.wait_for_timeout(3000)
    page.locator(".jp-MarkdownCell", has_text="How it is computed").first.wait_for(timeout=60_000)
    text = page.locator(".jp-Notebook").inner_text()
    assert "One mark is one buyer" not in text
    assert "How many of the 52 buyers were unhappy?" in text
    assert [one for one in ANSWERS if one in text] == []
    assert page.get_by_text("get notified about official Jupyter news").count() == 0
    question = page.locator(".jp-OutputArea details", has_text="Nobody can tell from this").first
    question.locator("summary").click()
    (chosen,) = (one for one in GUESSES[0].choices if one.text == "Nobody can tell from this")
    assert chosen.because in question.inner_text()
    context.close()


def test_every_cell_runs_and_nothing_is_fetched_from_elsewhere(notebook):
    _, page, foreign = notebook
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
    assert [one for one in prompts if not re.fullmatch(r"\[\d+\]:", one.strip())] == []
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert foreign == []


def test_charts_are_drawn_and_tables_stand_as_in_the_report(notebook):
    _, page, _ = notebook
    assert page.locator(".vega-embed svg, .vega-embed canvas").count() >= 3
    for name in ("kinds", "rates", "parts", "changes", "roll-off"):
        assert page.locator(f"#{name} tbody tr").count() > 0
    sides = (
        page.locator("#kinds tbody tr")
        .first.locator("td")
        .evaluate_all("all => all.map((one) => getComputedStyle(one).textAlign)")
    )
    assert sides == ["left", "right", "right", "right", "left"]
    assert page.locator(".front .headline").inner_text().startswith("2 of 2 rates miss their targets")


def test_no_output_fills_page_after_page(notebook):
    _, page, _ = notebook
    heights = page.locator(".jp-OutputArea-child").evaluate_all("all => all.map((one) => one.clientHeight)")
    assert max(heights) <= MOST_HEIGHT


def hexadecimal(colour):
    return "#" + "".join(f"{round(float(part)):02X}" for part in re.findall(r"[\d.]+", colour)[:3])


def test_words_of_tables_and_figures_can_be_read_on_the_theme_s_ground(notebook):
    theme, page, _ = notebook
    ground = hexadecimal(page.evaluate("getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor"))
    assert (contrast(ground, "#FFFFFF") > 7) == (theme == "Dark")
    for name in ("#rates td", "#rates th", ".front .headline", ".front .breached .figure-value"):
        colour = hexadecimal(page.locator(name).first.evaluate("one => getComputedStyle(one).color"))
        assert contrast(ground, colour) >= READABLE, name
    # Charts keep a light ground of their own, on which their colours can be read.
    drawn = page.locator(".vega-embed svg, .vega-embed canvas").first
    style = drawn.evaluate("one => one.style.backgroundColor || getComputedStyle(one).backgroundColor")
    assert drawn.evaluate("one => one.tagName") == "CANVAS" or hexadecimal(style) == "#FFFFFF"
