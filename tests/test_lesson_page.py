"""The page of the lesson in a real browser, without a kernel: the same numbers as Python, guesses, exercises, sliders."""

import re

import pytest
from click.testing import CliRunner
from test_lesson import HUNDREDTHS, VECTORS, of_hundred

from helpers.lesson import scenes
from helpers.reports.command_line import main

NAMES = {  # what tells the charts of the page that Vega draws apart
    "model": "One shop's buyers, counted",
    "counts": "The counts leave a wide range",
    "one_look": "With few orders a good seller",
    "standing": "With few orders, the record",
}
# The page's own charts, embedded once more where a test can reach them: same library, same specification.
REACH = """async (names) => {
  window.views = {};
  for (const [name, start] of Object.entries(names)) {
    const figure = [...document.querySelectorAll('figure.chart')].find((one) => one.innerText.startsWith(start)
      || one.textContent.trim().startsWith(start));
    const spec = JSON.parse(figure.querySelector('script').textContent);
    for (const [key, { columns }] of Object.entries(spec.datasets || {})) {
      if (!columns) continue;
      const keys = Object.keys(columns);
      spec.datasets[key] = columns[keys[0]].map((_, at) => Object.fromEntries(keys.map((k) => [k, columns[k][at]])));
    }
    const place = document.body.appendChild(document.createElement('div'));
    views[name] = (await vegaEmbed(place, spec, { ast: true, actions: false, renderer: 'svg' })).view;
  }
}"""
MOVE = """async ([name, values, wanted]) => {
  const view = views[name];
  for (const [key, value] of Object.entries(values)) view.signal(key, value);
  await view.runAsync();
  return Object.fromEntries(wanted.map((key) => [key, view.signal(key)]));
}"""


@pytest.fixture(scope="module")
def lesson_page(tmp_path_factory):
    """The page that `seller-audit lesson` writes."""
    out = tmp_path_factory.mktemp("lesson")
    ran = CliRunner().invoke(main, ["lesson", "--out", str(out)])
    path = out / "01-feedback-bias.html"
    assert (ran.exit_code, ran.output.strip()) == (0, str(path))
    assert [one.name for one in out.iterdir()] == [path.name]
    return path


@pytest.fixture(scope="module")
def moved(lesson_page, browser):
    """A function that moves the parameters of a chart and gives what others then are: (chart, to, wanted) → values."""
    context = browser.new_context(offline=True, bypass_csp=True)
    page = context.new_page()
    page.goto(lesson_page.as_uri())
    page.wait_for_function("document.querySelectorAll('.drawn[hidden]').length === 0", timeout=30_000)
    page.evaluate(REACH, NAMES)
    yield lambda chart, to, wanted: page.evaluate(MOVE, [chart, to, list(wanted)])
    context.close()


def of(group):
    return pytest.mark.parametrize(
        "case", VECTORS[group], ids=[str(list(case["inputs"].values())) for case in VECTORS[group]]
    )


@of("model")
def test_a_model_moved_in_the_page_gives_what_fractions_give(moved, case):
    names = ("dissatisfied", "response_rate", "negative_of_feedback", "negative_of_orders", "positive_of_feedback")
    found = moved("model", of_hundred(case["inputs"]), names)
    assert found == pytest.approx({name: case["expected"][name] for name in names}, rel=1e-12)


@of("counts")
def test_a_ratio_moved_in_the_page_gives_what_fractions_give(moved, case):
    # The counts themselves stand still in this picture; they are parameters of it all the same.
    to = dict(case["inputs"])
    to["target_of_1000"] = round(1000 * to.pop("target"))
    names = ("low", "high", "implied", "breakdown_ratio")
    found = moved("counts", to, names)
    assert found == pytest.approx({name: case["expected"][name] for name in names}, rel=1e-12)


@pytest.mark.parametrize("case", [one for one in VECTORS["one_look"] if one["inputs"]["must_be"] == "below"])
def test_one_look_in_the_page_misses_as_often_as_the_binomial_says(moved, case):
    to = {name: case["inputs"][name] for name in ("orders", "rate")}
    found = moved("one_look", to, ["missed", "at", "allowed"])
    assert found["missed"] == pytest.approx(case["expected"]["probability_missed"], abs=1e-6)
    assert found["allowed"][found["at"]] == case["expected"]["allowed"]


def sentences():
    """Settings of each chart that Vega draws, among them nothing, one, too much, and every branch of what can be decided."""
    for values in [(5, 5, 50), (0.1, 0, 0), (0, 100, 0), (100, 0, 100), (12.5, 0.5, 33)]:
        yield "model", dict(zip(HUNDREDTHS, values, strict=True))
    names = ("ratio", "target_of_1000")
    for values in [(15, 10), (0.1, 10), (1, 15), (60, 10), (60, 1), (14.85, 100), (29.5, 5), (32, 5)]:
        yield "counts", {"orders": 600, "positive": 20, "negative": 3} | dict(zip(names, values, strict=True))
    for orders, rate in [(10, 0.002), (100, 0.005), (600, 0.01), (1200, 0.03)]:
        yield "one_look", {"orders": orders, "rate": rate}
    for orders, model in zip((10, 50, 600), scenes.SHOPS, strict=False):
        yield "standing", {"orders": orders, "model": model}


@pytest.mark.parametrize(
    ("name", "values"), [*sentences()], ids=lambda one: one if isinstance(one, str) else str([*one.values()])
)
def test_the_page_says_the_very_sentence_that_python_says(moved, name, values):
    assert moved(name, values, ["said"])["said"] == getattr(scenes, name)(**values).usermeta["said"]


def guess(page):
    for question in page.locator(".predict").all():
        question.locator(".choice summary").last.click()


def test_a_picture_waits_for_the_guess_except_in_print(lesson_page, look):
    page, requests, messages = look(lesson_page)
    waiting = page.locator(".reveal")
    assert waiting.count() == page.locator(".predict").count() == 5
    assert not any(one.is_visible() for one in waiting.all())
    first = page.locator(".predict").first
    assert "2 to 51" not in first.inner_text()
    first.locator(".choice summary").first.press("Space")
    assert "2 to 51" in first.inner_text()
    assert [one.is_visible() for one in waiting.all()] == [True, False, False, False, False]
    assert waiting.first.locator(".drawn svg").bounding_box()["width"] > 300
    first.locator(".choice summary").first.press("Enter")  # closed again: what was seen stays
    assert "2 to 51" not in first.inner_text()
    assert waiting.first.is_visible()
    page.emulate_media(media="print")
    assert all(one.is_visible() for one in waiting.all())
    assert not any(one.is_visible() for one in page.locator(".controls, .acts, .your-shop, .hands, .appendix").all())
    assert (requests, messages) == ([], [])


def test_guesses_and_exercises_need_no_script_and_pictures_stand(lesson_page, look):
    page, *_ = look(lesson_page, scripts=False)
    guess(page)
    assert all(one.is_visible() for one in page.locator(".reveal").all())
    pictures = page.locator("main > section:not(.appendix) figure.chart > .still svg")
    assert all(one.bounding_box()["width"] > 200 for one in pictures.all())
    assert page.locator("input, select, button:visible").count() == 0
    exercise = page.locator("#to-ninety")
    exercise.locator("summary", has_text="50").click()
    assert "Not quite." in exercise.inner_text()
    exercise.locator("summary", has_text="100").click()
    assert "Right." in exercise.inner_text()
    assert "Not quite." not in exercise.inner_text()  # one is chosen at a time


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_the_accessibility_checker_finds_nothing_in_the_lesson(lesson_page, look, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page, *_ = look(lesson_page, width=width, scheme=scheme, bypass_csp=True)
    page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
    guess(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    for name in ("Deal 1,000 shops", "Deal 1,000 years"):
        page.get_by_role("button", name=name).click()
    found = axe.Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for drawn in page.locator(".drawn svg").all():
        assert drawn.bounding_box()["width"] <= width


def test_every_chart_of_the_lesson_has_its_words_and_its_table_or_a_sentence_that_changes_with_it(lesson_page, look):
    page, *_ = look(lesson_page)
    guess(page)
    page.evaluate("document.querySelectorAll('.fold').forEach((one) => { one.open = true })")
    assert page.locator("h1").count() == 1
    for chart in page.locator("figure.chart").all():
        finding = chart.locator(".finding").inner_text()
        if chart.get_attribute("data-stage"):
            assert chart.locator(".drawn > .said[aria-live=polite]").inner_text()
        else:
            assert chart.get_by_role("img", name=finding[:40]).count() == 1
        assert chart.locator(".twin tbody tr").count() > 0


def test_the_page_of_the_lesson_is_one_small_file_without_a_word_of_code(lesson_page):
    text = lesson_page.read_text(encoding="utf-8")
    assert len(text.encode()) < 2_000_000
    assert "widget-view" not in text
    outside = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert "import" not in re.sub(r"<[^>]+>", " ", outside.split("</style>", 1)[1]).split()
