"""Rows of text → a quiet table that becomes a list of labelled rows on a narrow screen.

Rows are keyed by code names; the heads stand in the table of sentences: those of one table under `head-<name>`, what is
meant alike in every table under `head`.

Strings that come from files are only ever cell values: the template escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from html import escape
from types import MappingProxyType
from typing import Any

from IPython.display import HTML
from markupsafe import Markup

from helpers.sentences import say
from helpers.templates import template
from helpers.wording import head, short_day

DASH = "–"
NONE: Mapping[str, str] = MappingProxyType({})
MOST_OPEN = 12  # rows of a table that stand open among the text


def table(
    rows: Iterable[Mapping[str, Markup | str | None]],
    name: str,
    *,
    family: str = "",
    heads: Mapping[str, str] = NONE,
    right: Collection[str] = (),
    nothing: str = "",
) -> HTML:
    """Rows of text as a quiet table; their keys are the codes of its columns.

    A cell is text, or markup of our own (markupsafe.Markup); None is a dash.
    name      its id
    family    whose heads it has, where tables share them; else it has those of its name
    heads     heads that are said already, by code: those that name a day or a store
    right     the codes of columns of figures
    nothing   what is said instead of a table without a row
    """
    told = list(rows)
    if not told:
        return HTML(f'<p class="nothing">{escape(nothing or say("nothing-to-show"))}</p>')
    codes = list(told[0])
    columns = [heads.get(code) or head(code, family or name) for code in codes]
    cells = [[DASH if row[code] is None else row[code] for code in codes] for row in told]
    places = {codes.index(code) for code in right}
    return HTML(template("exhibit.html.j2").render(columns=columns, rows=cells, right=places, name=name))


def folded(table: HTML, rows: int, summary: str, *, always: bool = False, is_proof: bool = True) -> HTML:
    """A long table behind a disclosure that says what is in it; a short one as it stands, unless `always`.

    is_proof   whether a figure rests on it: then it is printed. Else it is a register to look things up in.
    """
    if rows <= MOST_OPEN and not always:
        return table
    of = ' class="evidence"' if is_proof else ""
    return HTML(f"<details{of}><summary>{escape(summary)}</summary>{table.data}</details>")


def two_lines(first: str, second: str, side: str = "") -> Markup:
    """A cell of two lines, the second quiet; the first in the look of its side. Empty where neither says anything."""
    if not first and not second:
        return Markup()
    line = Markup('<span class="{}">{}</span>').format(side, first) if side else Markup("{}").format(first)
    return line + Markup("<small>{}</small>").format(second) if second else line


def or_dash(value: object, write: Callable[[Any], str]) -> str:
    return DASH if value is None else write(value)


def words(name: str) -> str:
    """A name of the code as words of a page."""
    return name.replace("_", " ")


def period(first: date | None, last: date | None) -> str:
    """Two days as a period, or a dash."""
    return say("days", first=short_day(first), last=short_day(last)) if first and last else DASH
