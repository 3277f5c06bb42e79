"""The look of every chart: theme, colours by meaning, the offline renderer, its title and its table twin."""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, cast

import altair as alt
import polars as pl
from altair.utils import schemapi
from babel.dates import get_day_names, get_month_names

from helpers.colours import LIGHT
from helpers.frames import KEY
from helpers.rows import JudgedRow, KeyRow, RatedRow, rows_of
from helpers.sentences import say, separators, writing_now
from helpers.vocabulary import METRICS
from helpers.wording import head, is_month_first, labelled, share, short_day, target_percent, where

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
WIDTH = 860
TITLE_COLUMNS, SUBTITLE_COLUMNS = 96, 120  # characters a line at this width
WIDTHS: tuple[Literal["wide"], Literal["abbreviated"]] = ("wide", "abbreviated")  # of the names of months and days
NONE: Mapping[str, str] = MappingProxyType({})
Drawing = alt.LayerChart  # what every function of the package gives
MIME, PICTURE = "application/vnd.vegalite.v5+json", "image/svg+xml"
DRAWN_LATER = "SELLER_AUDIT_DRAWS_LATER"  # set in the environment of a kernel whose charts another process draws


def still_and_spec(spec: dict) -> tuple[dict, dict]:
    """What a chart leaves in a notebook: the spec (drawn by JupyterLab and by the report's own script), a still
    picture for readers without scripts, and its description as text. The same spec gives the same bytes.

    Where whoever runs the notebook draws the pictures himself (DRAWN_LATER), the picture is left out.
    """
    spec = drawable(spec)
    pictures = {} if os.environ.get(DRAWN_LATER) else {PICTURE: still(spec)}
    return {MIME: spec, **pictures, "text/plain": spec.get("description", "chart")}, {}


def still(spec: dict) -> str:
    """The still picture of a chart as SVG. Raises ValueError for a spec that cannot be drawn."""
    import vl_convert

    picture = vl_convert.vegalite_to_svg(_seen(spec), vl_version="6.4")
    # Hundredths of a pixel are more than a printer shows, and half the size of what Vega writes.
    picture = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number.group()):.2f}", picture)
    return _UNSEEN.sub("", picture)


# Labels of an axis that would lie over one another are in the drawing all the same.
_UNSEEN = re.compile(r'<(\w+)\b[^<>]* opacity="0"[^<>]*?(?:/>|>[^<]*</\1>)')


def _seen(spec: dict) -> dict:
    """The spec without what is there for the pointer alone, which a still picture has none of: layers that follow it."""
    views = {view for one in spec.get("params", ()) for view in one.get("views", ())}
    if not views:
        return spec
    layers = [layer for layer in spec["layer"] if layer.get("name") not in views]
    return spec | {"layer": layers, "params": [one for one in spec["params"] if not one.get("views")]}


# Signs no XML may hold: a single one ends the whole process in the library that draws the picture.
_UNDRAWABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drawable(node: Any) -> Any:
    """The spec with every sign that cannot be drawn shown as one that says so."""
    match node:
        case str():
            return _UNDRAWABLE.sub("\N{REPLACEMENT CHARACTER}", node)
        case dict():
            return {drawable(key): drawable(one) for key, one in node.items()}
        case list():
            return [drawable(one) for one in node]
        case _:
            return node


def _theme() -> alt.theme.ThemeConfig:
    decimal, thousands = separators()
    number = {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}
    text = {"labelColor": LIGHT["ink"], "titleColor": LIGHT["ink"], "labelFontSize": 12, "titleFontSize": 12}
    theme = {
        "config": {
            "font": FONT,
            "background": LIGHT["ground"],
            "locale": {"number": number, "time": _time()},
            "view": {"stroke": None},
            "title": {"anchor": "start", "fontSize": 15, "fontWeight": 600, "color": LIGHT["ink"], "offset": 14}
            | {"subtitleFontSize": 12.5, "subtitleColor": LIGHT["quiet"], "subtitlePadding": 5, "lineHeight": 20},
            "axis": text
            | {"titleFontWeight": 400, "gridColor": LIGHT["faint"], "domainColor": LIGHT["rule"]}
            | {"tickColor": LIGHT["rule"], "labelPadding": 5},
            "text": {"font": FONT, "fontSize": 12, "color": LIGHT["ink"]},
            "rule": {"color": LIGHT["ink"]},
        }
    }
    return cast("alt.theme.ThemeConfig", theme)  # altair knows colours as words of its own, not as text


def _time() -> dict[str, Any]:
    """The months of the account's days, and what else Vega asks for; its week begins on Sunday, babel's on Monday."""
    locale = writing_now().days
    long, short = (get_month_names(width, "stand-alone", locale) for width in WIDTHS)
    long_days, short_days = (get_day_names(width, "stand-alone", locale) for width in WIDTHS)
    return {
        **{"dateTime": "%-d %b %Y", "date": "%-d %b %Y", "time": "%H:%M", "periods": ["", ""]},
        "months": [long[month] for month in range(1, 13)],
        "shortMonths": [short[month] for month in range(1, 13)],
        "days": [long_days[(day - 1) % 7] for day in range(7)],
        "shortDays": [short_days[(day - 1) % 7] for day in range(7)],
    }


schemapi.disable_debug_mode()  # a chart is checked whole when it is shown: checked part by part too it takes half as long again
alt.renderers.register("seller-audit", still_and_spec)
alt.renderers.enable("seller-audit")
alt.theme.register("seller-audit", enable=True)(_theme)


def layered(*parts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """The parts over one another."""
    return cast("alt.LayerChart", alt.layer(*parts))  # altair makes another kind only of parts with facets


def months() -> alt.Axis:
    """An axis of days, a tick a month."""
    return alt.Axis(format="%b %Y", tickCount="month", grid=False, labelOverlap=True, labelSeparation=8)


def days() -> alt.Axis:
    """An axis of days of a few weeks."""
    return alt.Axis(format="%b %-d" if is_month_first() else "%-d %b", grid=False, labelOverlap=True)


def highest(figures: pl.Series) -> float:
    """The highest of a column of figures, 0 where it holds none."""
    return cast("float | None", figures.max()) or 0.0


def lowest(figures: pl.Series) -> float:
    """The lowest of a column of figures, 0 where it holds none."""
    return cast("float | None", figures.min()) or 0.0


def titled(
    chart: alt.LayerChart,
    title: str,
    subtitle: str,
    *,
    height: int,
    name: str,
    twin: Iterable[Mapping[str, str]],
    heads: Mapping[str, str] = NONE,
    right: Collection[str] = (),
    said: str = "",
    narrow: int | None = None,
) -> alt.LayerChart:
    """The chart under its conclusion and its measure, with its table twin: the same figures as rows of text.

    twin    rows of text under the codes of their columns, from the frame that is drawn · right   columns of figures
    name    whose heads the twin has (wording.head) · heads   those that are said already, by code: of a rate
    said    what a chart with sliders says before one is moved (its parameter `said`, helpers.charts.live)
    narrow  its height on a telephone, where squares are smaller; as it is when None
    """
    title_lines, subtitle_lines = textwrap.wrap(title, TITLE_COLUMNS), textwrap.wrap(subtitle, SUBTITLE_COLUMNS)
    rows = list(twin)
    codes = list(rows[0]) if rows else []
    figures = [codes.index(code) for code in right if rows]
    columns = [heads.get(code) or head(code, name) for code in codes]
    table = {"columns": columns, "right": figures, "rows": [list(row.values()) for row in rows]}
    return chart.properties(
        title=alt.TitleParams(title_lines, subtitle=subtitle_lines),
        description=" ".join(filter(None, [title, subtitle, said])),
        usermeta={"title": title, "subtitle": subtitle, "twin": table}
        | ({"said": said} if said else {})
        | ({"narrow": narrow} if narrow else {}),
        width=WIDTH,
        height=height + 20 * len(title_lines) + 18 * len(subtitle_lines),  # autosize counts the title in
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )


def on_ground(text: alt.Chart, colour: str, **look: Any) -> list[alt.Chart]:
    """A label on a ground of its own, so that no line crosses it out."""
    ground = text.mark_text(**look, color=LIGHT["ground"], stroke=LIGHT["ground"], strokeWidth=6)
    return [ground, text.mark_text(**look, color=colour)]


LABEL = alt.ExprRef("width")  # a name over its line has the width of the chart; the whole name stands in the twin


NARROW = 480  # a picture narrower than this, in pixels, has its short labels


def by_width(labels: alt.Chart) -> alt.Chart:
    """Labels from two columns, `wide` and `narrow`: the narrow one where the picture is drawn on a telephone."""
    chosen = labels.transform_calculate(text=f"width < {NARROW} ? datum.narrow : datum.wide")
    return chosen.encode(text=alt.Text("text:N"))


def of_key(frame: pl.DataFrame, key: KeyRow) -> pl.DataFrame:
    """The rows of a frame that belong to the key of a verdict."""
    return frame.filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in KEY)


def name_of(row: Mapping[str, Any]) -> str:
    """What a chart calls a rate: `Order defect rate, amazon.de, seller ships`."""
    return f"{METRICS[row['metric']].label}, {where(row)}"


# The sentence of a frame's `told`. Between marks Vega asks a cell around the nearest one, whose datum is that mark.
TOLD = alt.ExprRef("(datum.datum || datum).told")


def pointed(marks: alt.Chart, name: str, *fields: str, opacity: float = 0.9) -> alt.Chart:
    """Marks with `tooltip=TOLD` of which the one nearest to the pointer is seen and told: nearest in these fields."""
    nearest = alt.selection_point(
        name=name, fields=list(fields), nearest=True, on="pointerover", clear="pointerout", empty=False
    )
    seen = alt.when(nearest).then(alt.value(opacity)).otherwise(alt.value(0))
    return marks.encode(opacity=seen).add_params(nearest)


def target_is(target: str) -> str:
    """A target beside its line, from its decimal text: `target 1 %`."""
    return say("figure-aim", aim=target_percent(target))


def target_rule(target: str) -> list[alt.Chart]:
    """The target as a dashed line with its label behind the right end, where no data lie."""
    frame = pl.DataFrame({"target": [float(target)], "label": [target_is(target)]})
    rule = (
        alt.Chart(frame.select("target")).mark_rule(strokeDash=[6, 4], color=LIGHT["ink"]).encode(y=alt.Y("target:Q"))
    )
    text = alt.Chart(frame).encode(x=alt.XValue("width"), y=alt.Y("target:Q"), text=alt.Text("label:N"))
    return [rule, text.mark_text(align="left", dx=5, color=LIGHT["ink"])]


def judged_on(days: pl.DataFrame, verdict: JudgedRow) -> list[str]:
    """What the pointer tells of the days of a `trailing` frame: `On 31 Oct 2026: 0.80 % (11 of 1,380 orders).`"""
    one_is = METRICS[verdict["metric"]].one_is
    return [
        say(
            "judged-on",
            day=short_day(row["day"]),
            figure=share(row["window_numerator"], row["window_denominator"], one_is),
        )
        for row in rows_of(days, RatedRow)
    ]


def named_moments(done: Iterable[str]) -> str:
    """What was done, with the numbers of its lines: `1: a new carrier; 2: new boxes`."""
    return "; ".join(labelled(str(number), what) for number, what in enumerate(done, 1))
