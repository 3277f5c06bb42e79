"""Executed notebook → what a page shows: its sections, prose, exhibits and charts, in the notebook's order."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

import mistune
from markupsafe import Markup

from helpers.charts.look import MIME as CHART
from helpers.charts.look import PICTURE
from helpers.reports import results
from helpers.reports.brand import Brand
from helpers.reports.pictures import Still, still
from helpers.templates import template, worded

HIDDEN = {"parameters", "injected-parameters", "interactive", "setup", "title", "remove-cell"}
NO_BRAND = Brand()


@dataclass(frozen=True)
class Chart:
    """One chart of the page: its words, its still picture, its twin (columns, rows) and its spec for the script.

    said     the sentence of a chart with sliders, which the script keeps true · narrow   its height on a telephone
    stage    what the script of the lesson plays in place of the still picture; empty for every other chart
    look     its fonts, colours, numbers and days: Vega's config
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
    stage: dict = field(default_factory=dict)
    look: dict = field(default_factory=dict)

    def script(self, shared: dict) -> Markup:
        """The spec for the page's script, its datasets packed, with its look where that is not the shared one; of a stage what is
        played."""
        if self.stage:
            return Markup(script_json(self.stage))
        own = {} if self.look == shared else {"config": self.look}
        packed_sets = {"datasets": {key: packed(rows) for key, rows in self.datasets.items()}} if self.datasets else {}
        return Markup(script_json(own | self.spec | packed_sets))


@dataclass(frozen=True)
class Block:
    """One piece of the page: `kind` is prose, exhibit, chart or text; one that `waits` is shown after a guess."""

    kind: str
    content: Markup | str | Chart
    waits: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether it is an exhibit that says only that there is nothing to show."""
        return self.kind == "exhibit" and bool(re.fullmatch(r'\s*<p class="nothing">[^<]*</p>\s*', str(self.content)))


@dataclass
class Section:
    """What stands under one heading: its words, its anchor, its blocks; `is_folded` in the appendix. The first has no
    heading of its own."""

    words: str = ""
    anchor: str = ""
    is_folded: bool = False
    shows: bool = False  # whether a cell under it shows something of its own, which can be empty
    blocks: list[Block] = field(default_factory=list)

    @property
    def has_something(self) -> bool:
        """Whether it says anything: exhibits that are all empty say nothing."""
        exhibits = [block for block in self.blocks if block.kind != "prose"]
        return not self.words or not self.shows or not all(block.is_nothing for block in exhibits)


@dataclass
class Page:
    """What the template needs: the title, what stands on every printed page, the sections, whose report it is.

    note   a consultant's own words under the first screen, as markup
    """

    title: str
    running: str = ""
    brand: Brand = NO_BRAND
    note: Markup = field(default_factory=Markup)
    sections: list[Section] = field(default_factory=lambda: [Section()])

    @property
    def blocks(self) -> list[Block]:
        return [block for section in self.sections for block in section.blocks]

    @property
    def charts(self) -> list[Chart]:
        return [block.content for block in self.blocks if isinstance(block.content, Chart)]

    @property
    def look(self) -> dict:
        """The look of its charts, which the page holds once."""
        return next((chart.look for chart in self.charts), {})

    @property
    def look_script(self) -> Markup:
        """The same for the page's script."""
        return Markup(script_json(self.look))

    @property
    def is_played(self) -> bool:
        """Whether it is the page of the lesson, some of whose pictures are played."""
        return any(chart.stage for chart in self.charts)

    @property
    def contents(self) -> bool:
        """Whether a list of contents helps: a report with an appendix is short, and its folds are one."""
        return (self.is_played or not self.appendix) and len(self.sections) > 1

    @property
    def open_sections(self) -> list[Section]:
        return [section for section in self.sections if not section.is_folded]

    @property
    def appendix(self) -> list[Section]:
        return [section for section in self.sections if section.is_folded]


def read(notebook: Any, title: str, *, running: str = "", brand: Brand = NO_BRAND, note: str = "") -> Page:
    """What an executed notebook shows, in its order: no parameters, no code, no widgets. From the first cell with the tag
    `appendix` on, each heading is a fold. A section whose exhibits are all empty is left out.

    running   what stands on every printed page · brand  whose report it is · note  Markdown under the first screen
    """
    content, styles = Page(title, running, brand, _prose(note) if note.strip() else Markup()), {table_style().strip()}
    is_appendix = False
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", ()))
        is_appendix = is_appendix or "appendix" in tags
        if HIDDEN & tags:
            continue
        waits = "reveal" in tags
        if cell.cell_type == "markdown":
            heading, text = _heading(cell.source)
            if heading:
                content.sections.append(Section(heading, _anchor(heading, content.sections), is_appendix))
            if text or not heading:
                content.sections[-1].blocks.append(Block("prose", _prose(text), waits))
        elif cell.cell_type == "code":
            content.sections[-1].shows |= not any(results.MIME in output.get("data", {}) for output in cell.outputs)
            for output in cell.outputs:
                blocks = _block(output, f"chart-{len(content.charts) + 1}", styles)
                content.sections[-1].blocks += [replace(block, waits=waits) for block in blocks]
    content.sections = [section for section in content.sections if section.has_something]
    return content


def _heading(source: str) -> tuple[str, str]:
    """A second-level heading a cell begins with, as plain words, and what stands under it."""
    found = re.match(r"\s*## (.+?)\s*(?:\n|$)", source)
    if not found:
        return "", source
    words = html.unescape(re.sub(r"<[^>]+>", "", str(_prose(found[1]))))
    return words.strip(), source[found.end() :].strip()


def _anchor(words: str, before: list[Section]) -> str:
    anchor = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    taken = {section.anchor for section in before}
    return anchor if anchor and anchor not in taken else f"section-{len(before)}"


def _once(html: str, styles: set[str]) -> str:
    """The HTML of an output without the styles the page has already; those it brings are added to `styles`."""

    def kept(found: re.Match) -> str:
        said = found[1].strip()
        is_new = said not in styles
        styles.add(said)
        return found[0] if is_new else ""

    return re.sub(r"<style>(.*?)</style>\s*", kept, html, flags=re.DOTALL)


def table_style() -> str:
    """The look of every table, which a page holds once."""
    return template("table.style.j2").render()


class _Quiet(mistune.HTMLRenderer):
    """Markdown in which raw HTML and unsafe links are escaped by mistune. Pictures are left out: a page shows none but its
    own."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text


def _prose(source: str) -> Markup:
    return worded(Markup(mistune.create_markdown(renderer=_Quiet(escape=True))(source)))


def _block(output: Any, name: str, styles: set[str]) -> list[Block]:
    """What one output shows; standard error and the results of the notebook show nothing."""
    data = output.get("data", {})
    if CHART in data:
        return [Block("chart", _chart(data[CHART], data.get(PICTURE, ""), name))]
    if "text/html" in data:
        if not data["text/html"].strip():
            return []
        return [Block("exhibit", Markup(_once(data["text/html"], styles)))]
    if output.get("name") == "stdout":
        return [Block("text", output["text"])]
    return []


def _chart(spec: dict, svg: str, name: str) -> Chart:
    """The chart with its words taken out of the drawing, so that they wrap, print and are read like any text."""
    said = spec.get("usermeta", {})
    finding, more = _first_sentence(said.get("title") or _joined(spec.get("title", {}).get("text")))
    picture = still(svg, name) if svg else None
    drawn = {key: value for key, value in spec.items() if key not in ("title", "usermeta", "datasets", "config")}
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
        stage=said.get("stage", {}),
        look=spec.get("config", {}) | {"background": "transparent"},
    )


MIDNIGHT = "T00:00:00"  # at the end of every day altair writes


def packed(rows: list) -> dict | list:
    """Rows of one shape as columns, which take a third of the room, days without their midnight; the page's script turns them back."""
    columns = list(rows[0]) if rows and isinstance(rows[0], dict) else []
    if not columns or any(not isinstance(row, dict) or list(row) != columns for row in rows):
        return rows
    held = {name: [row[name] for row in rows] for name in columns}
    days = [
        name for name, values in held.items() if all(isinstance(one, str) and one.endswith(MIDNIGHT) for one in values)
    ]
    return {"columns": held | {name: [one.removesuffix(MIDNIGHT) for one in held[name]] for name in days}, "days": days}


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
