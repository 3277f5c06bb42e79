"""The gallery shows every chart and table, and none of them breaks on nothing, one point or extremes."""

import pytest

from helpers import charts, tables
from helpers.reports import gallery


def test_every_chart_and_every_table_is_in_the_gallery():
    public = {f"charts.{name}" for name in charts.__all__} | {f"tables.{name}" for name in tables.__all__}
    assert public - set(gallery.SHOWN) - set(gallery.LESSON) == gallery.ONE_OF_MANY | gallery.NO_PICTURE


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("gallery") / "gallery.html"
    path.write_text(gallery.page(), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 1440])
def test_no_extreme_figure_and_no_name_breaks_the_page(page, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    shown, messages = context.new_page(), []
    shown.on("console", lambda message: messages.append(message.text))
    shown.on("pageerror", lambda error: messages.append(str(error)))
    shown.goto(page.as_uri())
    shown.wait_for_function("document.querySelectorAll('.drawn[hidden]').length === 0", timeout=60_000)
    assert messages == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    wide = (
        "[...document.querySelectorAll('.drawn svg')].filter((one) => one.getBoundingClientRect().width > innerWidth)"
    )
    assert shown.evaluate(f"{wide}.length") == 0
    context.close()
