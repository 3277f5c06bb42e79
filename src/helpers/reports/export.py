"""Executed notebook → one HTML file that needs no network and no other file.

The page holds its own content policy: nothing may be fetched, only its own two scripts may run. Charts are still
pictures until the script draws them, so a reader without scripts, a preview and a printer lose nothing.
"""

from __future__ import annotations

import base64
import html
import json
import re
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import mistune
from jinja2 import Environment
from markupsafe import Markup

from helpers import drafts, places
from helpers.colours import LIGHT, variables
from helpers.reports.brand import Brand
from helpers.reports.pictures import Still, still

CHART, PICTURE = "application/vnd.vegalite.v5+json", "image/svg+xml"
HIDDEN = {"parameters", "injected-parameters", "interactive", "setup", "title", "remove-cell"}
VEGA_LITE = "6.4"
NO_BRAND = Brand()


@dataclass(frozen=True)
class Chart:
    """One chart of the page: its words, its still picture, its twin (columns, rows) and its spec for the script.

    said     the sentence of a chart with sliders, which the script keeps true · narrow   its height on a telephone
    """

    name: str
    finding: str
    more: str
    measure: str
    description: str
    picture: Still | None
    twin: dict
    spec: dict
    datasets: dict
    said: str = ""
    narrow: int | None = None

    @property
    def script(self) -> Markup:
        """The spec for the page's script, its datasets packed."""
        packed_sets = {"datasets": {key: packed(rows) for key, rows in self.datasets.items()}} if self.datasets else {}
        return Markup(script_json(self.spec | packed_sets))


@dataclass(frozen=True)
class Block:
    """One piece of the page: `kind` is prose, exhibit, chart or text; one that `waits` is shown after a guess."""

    kind: str
    content: Markup | str | Chart
    waits: bool = False


@dataclass
class Page:
    """What the template needs: the title, what stands on every printed page, the sections, the blocks in order."""

    title: str
    running: str = ""
    brand: Brand = NO_BRAND
    blocks: list[Block] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)

    @property
    def charts(self) -> list[Chart]:
        return [block.content for block in self.blocks if isinstance(block.content, Chart)]


def read(notebook: Any, title: str, *, running: str = "", brand: Brand = NO_BRAND) -> Page:
    """The blocks of an executed notebook: code and hidden cells left out.

    running   what the head of every printed page says: account and period · brand   whose report it is
    """
    content = Page(title, running, brand)
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", ()))
        if HIDDEN & tags:
            continue
        waits = "reveal" in tags
        if cell.cell_type == "markdown":
            content.blocks.append(Block("prose", _prose(cell.source, content.sections), waits))
        elif cell.cell_type == "code":
            for output in cell.outputs:
                blocks = _block(output, f"chart-{len(content.charts) + 1}")
                content.blocks += [replace(block, waits=waits) for block in blocks]
    return content


def page(notebook: Any, title: str) -> str:
    """The HTML of an executed notebook, charts with their still pictures."""
    return written(read(notebook, title))


def written(content: Page) -> str:
    """The HTML of a page."""
    scripts = [_bundle(), asset("report.js")] if content.charts else []
    return template("report.html.j2").render(
        page=content,
        style=Markup(_colours(content.brand) + asset("report.css")),
        running=Markup(css_text(content.running)),
        house=Markup(css_text(content.brand.name)),
        scripts=[Markup(script) for script in scripts],
        policy=_policy(scripts),
    )


def asset(name: str) -> str:
    return files("helpers.reports").joinpath("template", name).read_text(encoding="utf-8")


def template(name: str) -> Any:
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(asset(name))


def _colours(brand: Brand) -> str:
    """The colours of the page, light and dark, and each colour of a chart replaced by the page's own."""
    drawn = "".join(
        f'.picture [{what}="{colour}" i]{{{what}:var(--{name})}}'
        for name, colour in LIGHT.items()
        for what in ("fill", "stroke")
    )
    dark = f"@media screen and (prefers-color-scheme: dark){{:root{{color-scheme:dark;{variables(brand.dark)}}}}}"
    return f":root{{color-scheme:light;{variables(brand.light)}}}\n{dark}\n{drawn}\n"


def css_text(text: str) -> str:
    """A text as a CSS string that cannot end itself or the style element it stands in."""
    return '"' + re.sub(r"[^\w .,:·–-]", lambda sign: f"\\{ord(sign.group()):x} ", text) + '"'


def _policy(scripts: list[str]) -> str:
    """A content policy under which nothing is fetched and no script runs but these."""
    hashes = " ".join(f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes or chr(39) + 'none' + chr(39)}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


class _Headings(mistune.HTMLRenderer):
    """Markdown whose second-level headings can be linked to; raw HTML and unsafe links are escaped by mistune.

    Pictures are left out: a page shows none but its own.
    """

    def __init__(self, sections: list[tuple[str, str]]) -> None:
        super().__init__(escape=True)
        self.sections = sections

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        if level != 2:
            return f"<h{level}>{text}</h{level}>\n"
        words = html.unescape(re.sub(r"<[^>]+>", "", text))
        anchor = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or f"section-{len(self.sections) + 1}"
        self.sections.append((anchor, words))
        return f'<h2 id="{anchor}">{text}</h2>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text


def _prose(source: str, sections: list[tuple[str, str]]) -> Markup:
    return Markup(mistune.create_markdown(renderer=_Headings(sections))(source))


def _block(output: Any, name: str) -> list[Block]:
    """What one output shows; standard error and the results of the notebook show nothing."""
    data = output.get("data", {})
    if CHART in data:
        return [Block("chart", _chart(data[CHART], data.get(PICTURE, ""), name))]
    if "text/html" in data:
        return [Block("exhibit", Markup(data["text/html"]))]
    if output.get("name") == "stdout":
        return [Block("text", output["text"])]
    return []


def _chart(spec: dict, svg: str, name: str) -> Chart:
    """The chart with its words taken out of the drawing, so that they wrap, print and are read like any text."""
    said = spec.get("usermeta", {})
    finding, more = _first_sentence(said.get("title") or _joined(spec.get("title", {}).get("text")))
    picture = still(svg, name) if svg else None
    drawn = {key: value for key, value in spec.items() if key not in ("title", "usermeta", "datasets")}
    drawn["config"] = drawn.get("config", {}) | {"background": "transparent"}
    if picture and "height" in drawn:
        drawn["height"] = round(drawn["height"] - picture.cut)
    return Chart(
        name=name,
        finding=finding,
        more=more,
        measure=said.get("subtitle") or _joined(spec.get("title", {}).get("subtitle")),
        description=spec.get("description", "").removesuffix(said.get("said", "")).rstrip(),
        picture=picture,
        twin=said.get("twin", {}),
        spec=drawn,
        datasets=spec.get("datasets", {}),
        said=said.get("said", ""),
        narrow=said.get("narrow"),
    )


def packed(rows: list) -> dict | list:
    """Rows of one shape as columns, which take a third of the room; the page's script turns them back."""
    columns = list(rows[0]) if rows and isinstance(rows[0], dict) else []
    if not columns or any(not isinstance(row, dict) or list(row) != columns for row in rows):
        return rows
    return {"columns": {name: [row[name] for row in rows] for name in columns}}


def _joined(lines: Any) -> str:
    return lines if isinstance(lines, str) else " ".join(lines or ())


def _first_sentence(text: str) -> tuple[str, str]:
    """A finding's first sentence, which is its headline, and the rest of it."""
    found = re.match(r"(.+?[.?!]) (?=[A-Z])(.+)", text)
    return (found[1], found[2]) if found else (text, "")


def script_json(spec: dict) -> str:
    """JSON that cannot end its script element or open a comment in it, whatever the data hold."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def _bundle() -> str:
    """The chart library as one script. Building it takes over a second, so it is kept in the home if it can be."""
    import vl_convert

    kept = places.home() / ".cache" / f"vega-lite-{VEGA_LITE}-vl-convert-{version('vl-convert-python')}.js"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    # The snippet has a default, as the function's own text says; the stub beside it leaves that out.
    script = vl_convert.javascript_bundle(vl_version=VEGA_LITE)  # pyright: ignore[reportCallIssue]
    try:
        kept.parent.mkdir(exist_ok=True)
        drafts.write(kept, script.encode())
    except OSError:
        return script  # a read-only home builds it each time
    return script
