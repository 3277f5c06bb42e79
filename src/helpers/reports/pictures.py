"""The still picture of a chart: its SVG with nothing in it but drawing, ready to stand in a page.

Title and subtitle are left out, because the page sets them as text. Everything not on the list of drawing elements
and attributes is dropped, so no link, script, style or address can come in with a picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import Markup, escape

ELEMENTS = {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath", "linearGradient", "stop"}
ATTRIBUTES = {
    *("d", "transform", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "r", "cx", "cy", "rx", "ry", "width", "height"),
    *("viewBox", "fill", "fill-opacity", "opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"),
    *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "font-size", "font-weight", "font-style"),
    *("text-anchor", "id", "clip-path", "offset", "stop-color", "display"),
}
DEFAULTS = {
    ("opacity", "1"),
    ("stroke-width", "1"),
    ("transform", "translate(0,0)"),
    ("x", "0"),
    ("y2", "0"),
    ("x2", "0"),
}
ROOM = 4  # pixels left over the drawing where the title was


@dataclass(frozen=True)
class Still:
    """A picture as markup, and how many of its pixels the title took that was cut off its top."""

    markup: Markup
    cut: float


def still(svg: str, name: str) -> Still:
    """The SVG as markup for a page; `name` keeps its inner names apart from those of other pictures.

    Raises xml.etree.ElementTree.ParseError when the text is no XML.
    """
    root = ElementTree.fromstring(svg)
    cut = _without_title(root)
    left, top, width, height = (float(part) for part in root.get("viewBox", "0 0 0 0").split())
    root.set("viewBox", f"{left:g} {top + cut:g} {width:g} {height - cut:g}")
    root.set("height", f"{height - cut:g}")
    return Still(Markup("".join(_written(root, name))), cut)


def _without_title(root: ElementTree.Element) -> float:
    """Take the title's group out and say how far down it reached."""
    plot = root.find("./{*}g")
    for parent in root.iter():
        for child in list(parent):
            if "role-title" in (child.get("class") or "").split():
                parent.remove(child)
                top = _down(plot) + _down(child.find("./{*}g"))
                return max(
                    0.0, top + max((_last_line(text) for text in child.iterfind(".//{*}text")), default=0) + ROOM
                )
    return 0.0


def _down(element: ElementTree.Element | None) -> float:
    """How far down an element is moved."""
    found = re.search(r"translate\([^,]+,\s*([-\d.]+)\)", element.get("transform", "") if element is not None else "")
    return float(found[1]) if found else 0.0


def _last_line(text: ElementTree.Element) -> float:
    return _down(text) + sum(float(line.get("dy", 0)) for line in text.iterfind(".//{*}tspan"))


def _written(element: ElementTree.Element, name: str) -> list[Markup | str]:
    tag = element.tag.rpartition("}")[2]
    if tag not in ELEMENTS or element.get("display") == "none" or _is_empty(element, tag):
        return []
    said = {key: value for key, value in element.attrib.items() if key in ATTRIBUTES and (key, value) not in DEFAULTS}
    # A tenth of a pixel is more than a printer shows.
    if "d" in said:
        said["d"] = re.sub(r"\d+\.\d{2,}", lambda number: f"{float(number.group()):.1f}", said["d"])
    if "id" in said:
        said["id"] = f"{name}-{said['id']}"
    for key, value in said.items():
        if "url(" in value:
            said[key] = re.sub(r"url\(#([\w-]+)\)", rf"url(#{name}-\1)", value) if "url(#" in value else "none"
    parts: list[Markup | str] = [Markup("<%s%s>") % (Markup(tag), _attributes(said)), escape(_text(element.text, tag))]
    for child in element:
        parts += [*_written(child, name), escape(_text(child.tail, tag))]
    return [*parts, Markup(f"</{tag}>")]


def _is_empty(element: ElementTree.Element, tag: str) -> bool:
    """Vega draws a path round every group, most of them invisible."""
    is_unseen = {"background", "foreground"} & set((element.get("class") or "").split())
    return tag == "path" and bool(is_unseen) and not element.get("fill") and not element.get("stroke")


def _text(text: str | None, tag: str) -> str:
    return text or "" if tag in ("text", "tspan") else ""


def _attributes(said: dict[str, str]) -> Markup:
    return Markup("").join(Markup(' %s="%s"') % (key, value) for key, value in said.items())
