"""Rows of text → a quiet table that becomes a list of labelled rows on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from html import escape
from typing import Any

import polars as pl
from great_tables import GT
from IPython.display import HTML

from helpers.wording import short_day

DASH = "–"
MOST_OPEN = 12  # rows of a table that stand open among the text


# One look for every table, in a page and in JupyterLab (whose own rules it has to outdo), light and dark: lines are a
# shade of the text's own colour.
STYLE = """
div.listed{--line:color-mix(in srgb,currentColor 14%,transparent);overflow-wrap:break-word}
div.listed table{width:100%;table-layout:auto!important;border-collapse:collapse;font-size:.88rem;line-height:1.4;color:inherit;background:none}
div.listed th,div.listed td{text-align:left!important;vertical-align:top;padding:.4rem .9rem .4rem 0;border:0;border-bottom:1px solid var(--line);background:none}
div.listed th{font-weight:600;vertical-align:bottom;border-bottom-color:color-mix(in srgb,currentColor 40%,transparent)}
div.listed .gt_right{text-align:right!important}
div.listed tr{background:none!important}
@media screen and (max-width:36rem){
div.listed thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
div.listed table,div.listed tbody{display:block}
div.listed tbody tr{display:block;padding:.7rem 0;border-bottom:1px solid var(--line)}
div.listed tbody td.gt_row{display:grid;grid-template-columns:8.5rem 1fr;gap:.8rem;border:0;padding:2px 0;text-align:left!important;overflow-wrap:anywhere}
div.listed tbody td:before{opacity:.75}
div.listed tbody td.gt_row:first-child{display:block;font-weight:600}}"""


def table(rows: Iterable[dict], name: str, *, right: Collection[str] = (), nothing: str = "Nothing to show.") -> HTML:
    """Rows of text as a quiet table; their keys are the column labels. `name` makes its id, the same every run.

    On a narrow screen each row becomes a list under its first cell; the roles keep it a table for a screen reader.
    """
    frame = pl.DataFrame(list(rows))
    if frame.is_empty():
        return HTML(f'<p class="nothing">{nothing}</p>')
    written = GT(frame, id=name).sub_missing(missing_text=DASH).cols_align("left")
    written = written.cols_align("right", columns=list(right)).as_raw_html()
    # Of the library's output the table is kept, with its escaped cells; its sheet (8 KB a table) knows no dark page.
    bare = written[written.index("<table") : written.index("</table>")]
    for tag, role in _ROLES.items():
        bare = re.sub(rf"<{tag}(?=[ >])", f'<{tag} role="{role}"', bare)
    labels = "".join(
        f"#{name} tbody td:nth-child({place}):before{{content:{_css_text(column)}}}"
        for place, column in enumerate(frame.columns[1:], 2)
    )
    narrow = f"@media screen and (max-width:36rem){{{labels}}}"
    return HTML(f'<style>{STYLE}\n{narrow}</style><div class="listed" id="{name}">{bare}</table></div>')


def folded(table: HTML, rows: int, summary: str) -> HTML:
    """A long table behind a disclosure that says what is in it; a short one as it stands."""
    if rows <= MOST_OPEN:
        return table
    return HTML(f"<details><summary>{escape(summary)}</summary>{table.data}</details>")


_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}


def _css_text(text: str) -> str:
    """A text as a CSS string that can end neither itself nor the style element it stands in."""
    return '"' + re.sub(r"[^\w .,%()-]", lambda sign: f"\\{ord(sign.group()):x} ", text) + '"'


def or_dash(value: object, write: Callable[[Any], str]) -> str:
    return DASH if value is None else write(value)


def words(name: str) -> str:
    """A name of the code as words of a page."""
    return name.replace("_", " ")


def period(first: date | None, last: date | None) -> str:
    """Two days as a period, or a dash."""
    return f"{short_day(first)} to {short_day(last)}" if first and last else DASH
