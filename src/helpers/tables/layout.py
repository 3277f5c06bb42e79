"""Rows of text → a quiet table that becomes a list of labelled rows on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

import polars as pl
from great_tables import GT
from IPython.display import HTML

from helpers.wording import short_day

DASH = "–"


def table(rows: Iterable[dict], name: str, *, right: Collection[str] = (), nothing: str = "Nothing to show.") -> HTML:
    """Rows of text as a quiet table; their keys are the column labels. `name` makes its id, the same every run."""
    frame = pl.DataFrame(list(rows))
    if frame.is_empty():
        return HTML(f'<p class="nothing">{nothing}</p>')
    set_out = (
        GT(frame, id=name)
        .sub_missing(missing_text=DASH)
        .cols_align("left")
        .cols_align("right", columns=list(right))
        .tab_options(
            table_width="100%",
            table_font_names="inherit",
            table_font_size="0.88rem",
            table_background_color="transparent",
            column_labels_font_weight="600",
            column_labels_border_top_style="none",
            table_border_top_style="none",
            table_border_bottom_style="none",
            table_body_hlines_color="#E6E6E6",
            data_row_padding="7px",
        )
    )
    labels = "".join(
        f"#{name} tbody td:nth-child({place}):before{{content:{_css_text(column)}}}"
        for place, column in enumerate(frame.columns, 1)
    )
    narrow = (
        f"#{name} thead{{display:none}}#{name} tbody tr{{display:block;padding:.6rem 0;border-bottom:1px solid #ddd}}"
        f"#{name} tbody td{{display:grid;grid-template-columns:8.5rem 1fr;gap:.8rem;border:0!important;padding:2px 0!important;"
        f"text-align:left!important;overflow-wrap:anywhere}}#{name} tbody td:before{{color:#666}}{labels}"
    )
    return HTML(f"<style>@media screen and (max-width:36rem){{{narrow}}}</style>{set_out.as_raw_html()}")


def _css_text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def or_dash(value: object, write: Callable[[Any], str]) -> str:
    return DASH if value is None else write(value)


def words(name: str) -> str:
    """A name of the code as words of a page."""
    return name.replace("_", " ")


def period(first: date | None, last: date | None) -> str:
    """Two days as a period, or a dash."""
    return f"{short_day(first)} to {short_day(last)}" if first and last else DASH
