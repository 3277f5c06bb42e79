"""Strings made to break out, in every field of every input and on every way to the page: they arrive as text.

Looked at in a real browser. A canary says whether any of them ran; nothing may be fetched; no link may lead away.
"""

import csv
import io
import json
from datetime import date

import nbformat
import polars as pl
import pytest
from conftest import FORMATS, ROOT
from test_answer import screen
from test_answer import verdict as answered
from test_charts import ARRIVALS, DAY, trailing, trend, verdict

from helpers import charts, front
from helpers.charts.look import still_and_spec
from helpers.frames import SCHEMAS
from helpers.reports import contents, export, runner
from helpers.reports.brand import Brand
from helpers.tables.layout import table

STRINGS = (
    "</script><script>window.canary=1</script>",
    "<!--<script>",
    "<img src=x onerror=window.canary=1>",
    "<svg onload=window.canary=1>",
    "</style><style>*{display:none}",
    "{{7*7}}{% raw %}${7*7}",
    "[a](javascript:window.canary=1) ![b](http://canary.example/x.png)",
    "'\"><a href=javascript:window.canary=1>x</a>",
    "datum.canary ? warn('x') : event.canary",
    "&lt;script&gt;window.canary=1&lt;/script&gt;",
    "\u202egnp.exe\u202c \x07\x1b[31m",
)
EVIL = " ".join(STRINGS)


def harmless(page, requests, *, refused=0):
    """What must hold of every page, whatever it shows."""
    for picture in page.locator("figure.chart .drawn svg").all()[:4]:
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        for step in range(12):  # over every mark, so that tooltips show what they hold
            page.mouse.move(box["x"] + box["width"] * step / 12, box["y"] + box["height"] * (step % 4) / 4)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert page.evaluate("window.canary") is None
    assert requests == []
    foreign = "img:not([src^='data:']), svg[onload], [onerror], iframe, object, embed"
    assert page.locator(foreign).count() <= refused
    links = page.evaluate("[...document.querySelectorAll('a, svg a')].map((one) => one.getAttribute('href') || '')")
    assert [one for one in links if not one.startswith("#")] == []
    assert page.locator("body").is_visible()
    assert page.evaluate("document.body.innerText.length") > 100  # nothing swallowed the rest of the page
    assert "49" not in page.evaluate("document.body.innerText").replace("7*7", "")


def chart_output(chart):
    return nbformat.v4.new_output("display_data", data=still_and_spec(chart.to_dict())[0])


def html_output(shown):
    return nbformat.v4.new_output("display_data", data={"text/html": shown.data})


def opened(look, tmp_path, cells, **said):
    path = tmp_path / "hostile.html"
    page = contents.read(nbformat.v4.new_notebook(cells=cells), EVIL, running=EVIL, **said)
    path.write_text(export.written(page), encoding="utf-8")
    return look(path)


DAYS = {"window_start": date(2026, 8, 1), "window_end": date(2026, 9, 29)}
HEADS = {"a": "A", "b": "B"}
WAYS = {
    "a chart's finding": lambda: chart_output(trend(trailing([0.01, 0.02]), ARRIVALS, verdict(finding=EVIL))),
    "a chart's measure": lambda: chart_output(
        trend(trailing([0.01, 0.02]).with_columns(marketplace=pl.lit(EVIL)), ARRIVALS, verdict(marketplace=EVIL))
    ),
    "an event": lambda: chart_output(trend(trailing([0.01] * 9), ARRIVALS, verdict(), moments=[(DAY, EVIL)])),
    "a lane": lambda: chart_output(
        charts.lanes(
            trailing([0.01, 0.02]).with_columns(marketplace=pl.lit(EVIL)),
            pl.DataFrame([verdict(marketplace=EVIL)], schema=SCHEMAS["verdicts"]),
        )[0]
    ),
    "a chart's label": lambda: chart_output(
        charts.denominators(
            pl.DataFrame(
                {"of": [EVIL, EVIL + "2"], "rate": [0.5, 0.1], "rate_low": 0.1, "rate_high": 0.6, "text": EVIL}
            ).with_columns(numerator=1, denominator=2, marketplace=pl.lit(EVIL), fulfilment=pl.lit("merchant"), **DAYS)
        )[0]
    ),
    "a table's cell": lambda: html_output(table([{"a": EVIL, "b": EVIL}], "t", heads=HEADS)),
    "a table's label": lambda: html_output(table([{"a": "x", "b": "y"}], "t", heads={"a": "A", "b": EVIL})),
    "the first screen": lambda: html_output(
        front.html(screen(answered("breached", marketplace=EVIL), answered("met", marketplace=EVIL)))
    ),
    "a sentence": lambda: html_output(front.sentences([EVIL])),
    "printed text": lambda: nbformat.v4.new_output("stream", name="stdout", text=EVIL),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", [360, 1440])
def test_a_hostile_string_is_text_on_every_way_to_the_page(look, tmp_path, way, width):
    filler = nbformat.v4.new_markdown_cell("# Title\n\n## Section\n\n" + "word " * 60)
    page, requests, _ = opened(look, tmp_path, [filler, nbformat.v4.new_code_cell("x", outputs=[WAYS[way]()])])
    harmless(page, requests)


def test_a_hostile_heading_brand_and_title_are_text(look, tmp_path):
    cells = [nbformat.v4.new_markdown_cell(f"# {EVIL}\n\n## {EVIL}\n\n{EVIL}\n\n" + "word " * 60)]
    page, requests, _ = opened(look, tmp_path, cells, brand=Brand(name=EVIL, footer=EVIL))
    harmless(page, requests)
    assert STRINGS[0] in page.title()
    assert STRINGS[2] in page.locator("footer").inner_text()


def test_a_hostile_spec_from_a_notebook_can_reach_nothing(look, tmp_path):
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"embedOptions": {"actions": True, "defaultStyle": EVIL}, "title": EVIL, "subtitle": EVIL},
        "description": EVIL,
        "width": 400,
        "height": 100,
        "datasets": {"d": [{"a": EVIL, "b": 1, "image": "http://canary.example/x.png", "__proto__": EVIL}]},
        "data": {"name": "d"},
        "mark": {"type": "bar", "tooltip": {"content": "data"}},
        "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
    }
    spec["usermeta"]["twin"] = {"columns": [EVIL], "right": [], "rows": [[EVIL]]}
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="window.canary=1"><g/></svg>'
    output = nbformat.v4.new_output("display_data", data={contents.CHART: spec, contents.PICTURE: picture})
    page, requests, _ = opened(look, tmp_path, [nbformat.v4.new_code_cell("x", outputs=[output])])
    harmless(page, requests, refused=1)  # a tooltip's picture, which the page's policy does not let through
    assert STRINGS[2] in page.locator(".finding").inner_text()


def test_a_cell_of_a_hundred_thousand_letters_does_not_widen_a_telephone(look, tmp_path):
    outputs = [
        html_output(table([{"a": "x", "b": "m" * 100_000}], "t", heads=HEADS)),
        html_output(front.sentences(["m" * 100_000])),
    ]
    path = tmp_path / "long.html"
    path.write_text(export.page(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=outputs)]), "T"))
    page, *_ = look(path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# --- from the files to the page ------------------------------------------------------------------------------------

KEPT = {  # columns a row needs to be a good row; everything else is replaced
    *("amazon-order-id", "purchase-date", "last-updated-date", "order-status", "fulfillment-channel", "quantity"),
    *("item-price", "currency"),
}
CELL = EVIL.replace("\x07", "").replace("\x1b", "")


def hostile_orders():
    header, *rows = (FORMATS / "all_orders" / "us_31col.txt").read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    cells = [dict(zip(names, row.split("\t"), strict=False)) for row in rows]
    lines = ["\t".join(row.get(name, "") if name in KEPT else CELL for name in names) for row in cells]
    lines[-1] = lines[-1].replace(CELL, "m" * 100_000, 1)
    return "\n".join([header, *lines]).encode()


def hostile_feedback():
    rows = [f"10/{day}/25\t1\t{CELL}\t{CELL}\t111-0000000-00000{day}\t{CELL}" for day in range(13, 29)]
    return "\n".join(["Date\tRating\tComments\tYour Response\tOrder ID\tRater Email", *rows]).encode()


def hostile_defects():
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Order ID", "Order Date", "Negative Feedback", "A-to-z Guarantee claim", "Chargeback", CELL])
    writer.writerow(["111-0000000-0000013", "2025-10-01", "X", CELL, CELL, CELL])
    return text.getvalue().encode()


def hostile_snapshot():
    """The strings of a clean file replaced, but for what says which file it is and when."""
    said = json.loads((FORMATS / "account_health" / "v2_clean_uk_2025-08-31.json").read_text(encoding="utf-8"))

    def replaced(node):
        if isinstance(node, dict):
            return {key: replaced(one) for key, one in node.items()} | {CELL: CELL}
        if isinstance(node, list):
            return [replaced(one) for one in node]
        return CELL if isinstance(node, str) and not node[:4].isdigit() else node

    return json.dumps(replaced(said)).encode()


def test_hostile_files_settings_and_names_are_harmless_from_the_folder_to_the_page(look, account_folder, tmp_path):
    name = "<img src=x onerror=window.canary=1>{{7*7}}'\".txt"
    files = {
        name: hostile_orders(),
        "f.txt": hostile_feedback(),
        "d.csv": hostile_defects(),
        "s.json": hostile_snapshot(),
    }
    files |= {f"</b><script>{number}": b"x" for number in range(2)}
    settings = f"[brand]\nname = {json.dumps(STRINGS[2])}\nfooter = {json.dumps(STRINGS[0])}\n"
    folder = account_folder(files=files, stores=("amazon.com",), settings=settings)
    toml = folder / "account.toml"
    toml.write_text(toml.read_text().replace('"Test account"', json.dumps(STRINGS[2] + STRINGS[0])))
    notebook = ROOT / "notebooks" / "02-metric-trends.ipynb"
    (found,) = runner.run([runner.Task("t", folder, notebook, "2025-10-31", "x", tmp_path / "out")])
    assert found.code == 0, found.said
    page, requests, _ = look(tmp_path / "out" / "t" / "x" / "t-x-metric-trends.html")
    harmless(page, requests)
    assert STRINGS[2] in page.locator(".kicker").inner_text()
    assert name in page.locator("#files").inner_text()
