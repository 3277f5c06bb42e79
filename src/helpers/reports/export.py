"""Executed notebook → one HTML file that needs no network and no other file.

The page holds its own content policy: nothing may be fetched, only its own scripts may run. Charts are still
pictures until the script draws them, so a reader without scripts, a preview and a printer lose nothing.
"""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from markupsafe import Markup

from helpers import drafts, places
from helpers.colours import LIGHT, variables
from helpers.reports.brand import Brand
from helpers.reports.contents import Page, read, table_style
from helpers.templates import asset, css_text, template

VEGA_LITE = "6.4"


def page(notebook: Any, title: str) -> str:
    """The HTML of an executed notebook, charts with their still pictures."""
    return written(read(notebook, title))


def written(content: Page) -> str:
    """The HTML of a page."""
    scripts = [_bundle(), asset("report.js")] if content.charts else []
    style = _colours(content.brand) + table_style() + asset("report.css")
    if content.is_played:
        scripts += [asset(f"{name}.js") for name in ("dealing", "stages", "lesson")]
        style += asset("lesson.css")
    return template("report.html.j2").render(
        page=content,
        style=Markup(style),
        running=css_text(content.running),
        house=css_text(content.brand.name),
        scripts=[Markup(script) for script in scripts],
        policy=_policy(scripts),
    )


def _colours(brand: Brand) -> str:
    """The colours of the page, light and dark, and each colour of a chart replaced by the page's own."""
    drawn = "".join(
        f'.picture [{what}="{colour}" i]{{{what}:var(--{name})}}'
        for name, colour in LIGHT.items()
        for what in ("fill", "stroke")
    )
    dark = f"@media screen and (prefers-color-scheme: dark){{:root{{color-scheme:dark;{variables(brand.dark)}}}}}"
    return f":root{{color-scheme:light;{variables(brand.light)}}}\n{dark}\n{drawn}\n"


def _policy(scripts: list[str]) -> str:
    """A content policy under which nothing is fetched and no script runs but these."""
    hashes = " ".join(f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes or chr(39) + 'none' + chr(39)}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


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
