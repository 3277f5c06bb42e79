"""Rows of text → a quiet table that becomes a list of labelled rows on a narrow screen.

Strings that come from files are only ever cell values: the template escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from html import escape
from typing import Any

from IPython.display import HTML
from markupsafe import Markup

from helpers.templates import template
from helpers.wording import short_day

DASH = "–"
MOST_OPEN = 12  # rows of a table that stand open among the text


def table(rows: Iterable[dict], name: str, *, right: Collection[str] = (), nothing: str = "Nothing to show.") -> HTML:
    """Rows of text as a quiet table; their keys are the column labels, `right` those of figures. `name` is its id.

    A cell is text, or markup of our own (markupsafe.Markup); None is a dash.
    """
    told = list(rows)
    if not told:
        return HTML(f'<p class="nothing">{escape(nothing)}</p>')
    columns = list(told[0])
    cells = [[DASH if row[column] is None else row[column] for column in columns] for row in told]
    places = {columns.index(column) for column in right}
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
    return f"{short_day(first)} to {short_day(last)}" if first and last else DASH
