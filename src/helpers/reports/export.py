"""Executed notebook → one HTML file that needs no network and no other file.

The page holds its own content policy: nothing may be fetched, only its own two scripts may run. Charts are still
pictures until the script draws them, so a reader without scripts, a preview and a printer lose nothing.
"""

from __future__ import annotations

import base64
import html
import json
import re
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import mistune
from jinja2 import Environment
from markupsafe import Markup

CHART, PICTURE = "application/vnd.vegalite.v5+json", "image/svg+xml"
HIDDEN = {"parameters", "injected-parameters", "interactive", "setup", "title", "remove-cell"}
VEGA_LITE = "6.4"
CACHE = Path(__file__).resolve().parents[3] / ".cache"


@dataclass
class Block:
    """One piece of the page: `kind` is prose, exhibit, chart or text."""

    kind: str
    content: Markup | str
    spec: Markup | str = ""
    description: str = ""


@dataclass
class Page:
    """What the template needs: the title, the sections for the table of contents, the blocks in order."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_charts(self) -> bool:
        return any(block.spec for block in self.blocks)


def page(notebook: Any, title: str) -> str:
    """The HTML of an executed notebook: code and hidden cells left out, charts with their still pictures."""
    content = Page(title)
    for cell in notebook.cells:
        if HIDDEN & set(cell.metadata.get("tags", ())):
            continue
        if cell.cell_type == "markdown":
            content.blocks.append(Block("prose", _prose(cell.source, content.sections)))
        elif cell.cell_type == "code":
            content.blocks += [block for output in cell.outputs for block in _block(output)]
    scripts = [_bundle(), _asset("report.js")] if content.has_charts else []
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_asset("report.html.j2"))
    return template.render(
        page=content,
        style=Markup(_asset("report.css")),
        scripts=[Markup(script) for script in scripts],
        policy=_policy(scripts),
    )


def _asset(name: str) -> str:
    return files("helpers.reports").joinpath("template", name).read_text(encoding="utf-8")


def _policy(scripts: list[str]) -> str:
    """A content policy under which nothing is fetched and no script runs but these."""
    hashes = " ".join(f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes or chr(39) + 'none' + chr(39)}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


class _Headings(mistune.HTMLRenderer):
    """Markdown whose second-level headings can be linked to; raw HTML and unsafe links are escaped by mistune."""

    def __init__(self, sections: list[tuple[str, str]]) -> None:
        super().__init__(escape=True)
        self.sections = sections

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        if level != 2:
            return f"<h{level}>{text}</h{level}>\n"
        words = re.sub(r"<[^>]+>", "", text)
        anchor = re.sub(r"[^a-z0-9]+", "-", html.unescape(words).lower()).strip("-")
        self.sections.append((anchor, html.unescape(words)))
        return f'<h2 id="{anchor}">{text}</h2>\n'


def _prose(source: str, sections: list[tuple[str, str]]) -> Markup:
    return Markup(mistune.create_markdown(renderer=_Headings(sections))(source))


def _block(output: Any) -> list[Block]:
    """What one output shows; standard error and the results of the notebook show nothing."""
    data = output.get("data", {})
    if CHART in data:
        spec = data[CHART]
        return [
            Block("chart", _picture(data.get(PICTURE, "")), Markup(_script_json(spec)), spec.get("description", ""))
        ]
    if "text/html" in data:
        return [Block("exhibit", Markup(data["text/html"]))]
    if output.get("name") == "stdout":
        return [Block("text", output["text"])]
    return []


def _picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" if svg else ""


def _script_json(spec: dict) -> str:
    """JSON that cannot end its script element or open a comment in it, whatever the data hold."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def _bundle() -> str:
    """The chart library as one script. Building it takes over a second, so it is kept in the checkout if it can be."""
    import vl_convert

    kept = CACHE / f"vega-lite-{VEGA_LITE}-vl-convert-{vl_convert.__version__}.js"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    script = vl_convert.javascript_bundle(vl_version=VEGA_LITE)
    try:
        CACHE.mkdir(exist_ok=True)
        draft = kept.with_suffix(f".{sha256(script.encode()).hexdigest()[:8]}")
        draft.write_text(script, encoding="utf-8")
        draft.replace(kept)
    except OSError:
        return script  # a read-only checkout builds it each time
    return script
