"""Frame → Altair chart, and the look of every chart: theme, colours by meaning, the offline renderer.

A chart's title is its conclusion, its subtitle the measure; it aggregates nothing and receives only the
columns it draws, because Altair writes every column of a frame into the page.
"""

from __future__ import annotations

import re
import textwrap
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from helpers.frames import KEY
from helpers.vocabulary import METRICS, STATUS_LABEL
from helpers.wording import fulfilled_by, percent, short_day, target_percent

# Okabe-Ito: blue where a figure is in order, orange where it needs attention, grey for what is not judged.
COLOUR = {"good": "#0072B2", "concern": "#B84A00", "chance": "#6B6B6B", "ink": "#1A1A1A", "rule": "#D9D9D9"}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
WIDTH = 860
TITLE_COLUMNS, SUBTITLE_COLUMNS = 100, 125  # characters a line at this width

MIME = "application/vnd.vegalite.v5+json"


def _render(spec: dict) -> tuple[dict, dict]:
    """What a chart leaves in a notebook: the spec (drawn by JupyterLab and by the report's own script), a still
    picture for readers without scripts, and its description as text. The same spec gives the same bytes."""
    import vl_convert

    picture = vl_convert.vegalite_to_svg(spec, vl_version="6.4")
    # Hundredths of a pixel are more than a printer shows, and half the size of what Vega writes.
    picture = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number.group()):.2f}", picture)
    return {MIME: spec, "image/svg+xml": picture, "text/plain": spec.get("description", "chart")}, {}


def _theme() -> alt.theme.ThemeConfig:
    text = {"labelColor": COLOUR["ink"], "titleColor": COLOUR["ink"], "labelFontSize": 12, "titleFontSize": 12}
    return {
        "config": {
            "font": FONT,
            "background": "transparent",
            "view": {"stroke": None},
            "title": {"anchor": "start", "fontSize": 15, "fontWeight": 600, "color": COLOUR["ink"], "offset": 14}
            | {"subtitleFontSize": 12.5, "subtitleColor": "#555555", "subtitlePadding": 5, "lineHeight": 20},
            "axis": text
            | {"titleFontWeight": 400, "gridColor": "#EDEDED", "domainColor": COLOUR["rule"]}
            | {"tickColor": COLOUR["rule"], "labelPadding": 5},
            "text": {"font": FONT, "fontSize": 12, "color": COLOUR["ink"]},
        }
    }


alt.renderers.register("seller-audit", _render)
alt.renderers.enable("seller-audit")
alt.theme.register("seller-audit", enable=True)(_theme)


def _titled(chart: alt.LayerChart, title: str, subtitle: str, *, height: int) -> alt.LayerChart:
    title_lines, subtitle_lines = textwrap.wrap(title, TITLE_COLUMNS), textwrap.wrap(subtitle, SUBTITLE_COLUMNS)
    return chart.properties(
        title=alt.TitleParams(title_lines, subtitle=subtitle_lines),
        description=f"{title} {subtitle}",
        width=WIDTH,
        height=height + 20 * len(title_lines) + 18 * len(subtitle_lines),  # autosize counts the title in
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )


def _of(frame: pl.DataFrame, key: dict) -> pl.DataFrame:
    return frame.filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in KEY)


def _measure(verdict: dict) -> str:
    metric = METRICS[verdict["metric"]]
    return f"{metric.label}, {verdict['marketplace']}, {fulfilled_by(verdict['fulfilment'])}"


# --- the trend ---------------------------------------------------------------------------------------------


def trend(trailing: pl.DataFrame, arrivals: pl.DataFrame, verdict: dict, *, days: int = 395) -> alt.LayerChart:
    """The judged rate on each day with its 95 % band, the target, and a tick where a defect entered the window.

    trailing   metrics.trailing · arrivals  metrics.arrivals · verdict  one row of verdicts.judge
    Days after the verdict's day are grey and dotted: windows not yet judged, as far as they are known.
    """
    as_of = verdict["as_of"]
    line = _of(trailing, verdict).filter(
        pl.col("is_covered"), pl.col("window_denominator") > 0, pl.col("day") > as_of - pl.duration(days=days)
    )
    rates = (pl.col(name).round(5) for name in ("rate", "rate_low", "rate_high"))
    line = line.select("day", *rates, judged=pl.col("day") <= as_of)
    colour = COLOUR["concern" if verdict["status"] == "breached" else "good"]
    target = float(verdict["target"])
    last = line.filter("judged").tail(1).with_columns(text=pl.col("rate").map_elements(percent, pl.String))
    top = max(line.get_column("rate").max() or 0, target) * 1.15
    # Ticks stand in a strip of their own under the zero line, so that cause and effect line up.
    floor = -0.09 * top
    ticks = _of(arrivals, verdict).filter(pl.col("day").is_between(line["day"].min(), line["day"].max()))
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount="month", grid=False, labelOverlap=True))
    scale = alt.Scale(domain=[floor, top], clamp=True, nice=False)
    y = alt.Y("rate:Q", title=None, axis=_rate_axis(top), scale=scale)
    judged, coming = (
        alt.Chart(line.filter(pl.col("judged") == is_judged).drop("judged")) for is_judged in (True, False)
    )
    last_text = alt.Chart(last.select("day", "rate", "text")).encode(x, y, text="text:N")
    tooltip = [alt.Tooltip("day:T", title="judged on"), alt.Tooltip("rate:Q", format=".2%")]
    layers = [
        alt.Chart(line.drop("judged"))
        .mark_area(color=colour, opacity=0.13)
        .encode(x, alt.Y("rate_low:Q", scale=scale), alt.Y2("rate_high:Q")),
        judged.mark_line(color=colour, strokeWidth=2, interpolate="step-after").encode(x, y, tooltip=tooltip),
        *_target_rule(target, f"target {target_percent(verdict['target'])}", line["day"].min()),
        alt.Chart(last.select("day", "rate")).mark_point(filled=True, color=colour, size=50, opacity=1).encode(x, y),
        *_on_ground(last_text, colour, align="right", dx=-8, dy=-11, fontWeight=600),
    ]
    if not line.get_column("judged").all():
        grey = coming.mark_line(color=COLOUR["chance"], strokeDash=[2, 3], interpolate="step-after")
        layers.append(grey.encode(x, y))
    if ticks.height:
        ends = (alt.YDatum(floor * 0.25), alt.Y2Datum(floor * 0.95))
        seen = [alt.Tooltip("day:T", title="entered"), alt.Tooltip("entering:Q", title="defects")]
        mark = alt.Chart(ticks.select("day", "entering")).mark_rule(color=COLOUR["ink"], strokeWidth=1)
        layers.append(mark.encode(x, *ends, tooltip=seen))
    subtitle = (
        f"{_measure(verdict)}: last {verdict['window_days']} days of orders, judged each day. "
        "Band: 95 % interval. Ticks: new defects. Grey: not yet judged."
    )
    return _titled(alt.layer(*layers), verdict["finding"], subtitle, height=250)


def _on_ground(text: alt.Chart, colour: str, **look: Any) -> list[alt.Chart]:
    """A label on a pale ground of its own, so that no line crosses it out."""
    ground = text.mark_text(**look, color="white", stroke="white", strokeWidth=4, opacity=0.85)
    return [ground, text.mark_text(**look, color=colour)]


def _rate_axis(top: float) -> alt.Axis:
    """Ticks of a rate from zero up, none on the strip below zero."""
    step = next(step for step in _STEPS if top / step <= 6)
    values = [round(step * n, 6) for n in range(int(top / step) + 1)]
    return alt.Axis(format=".2~%", values=values)


_STEPS = (0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)


def _target_rule(target: float, label: str, first: date | None) -> list[alt.Chart]:
    frame = pl.DataFrame({"target": [target], "label": [label], "first": [first]})
    rule = alt.Chart(frame.select("target")).mark_rule(strokeDash=[6, 4], color=COLOUR["ink"]).encode(y="target:Q")
    text = alt.Chart(frame).encode(x="first:T", y="target:Q", text="label:N")
    return [rule, *_on_ground(text, COLOUR["ink"], align="left", dx=3, dy=-7)]


def trends(
    trailing: pl.DataFrame, arrivals: pl.DataFrame, verdicts: pl.DataFrame, *, most: int = 8
) -> list[alt.LayerChart]:
    """A trend for each verdict that has a figure, most urgent first, at most `most` of them."""
    with_figure = verdicts.filter(~pl.col("status").is_in(["no_data", "not_mature"]), pl.col("denominator") > 0)
    return [trend(trailing, arrivals, verdict) for verdict in with_figure.head(most).iter_rows(named=True)]


# --- all rates at a glance -------------------------------------------------------------------------------------


def scorecard(verdicts: pl.DataFrame) -> list[alt.LayerChart]:
    """Every judged rate with its interval on one scale, the target being 1: one row a verdict, worst first.

    One chart, or none when nothing was judged.
    """
    rows = verdicts.filter(pl.col("rate").is_not_null(), pl.col("status") != "no_data")
    if rows.is_empty():
        return []
    target = pl.col("target").cast(pl.Float64)
    frame = rows.select(
        "status",
        name=pl.struct("metric", "marketplace", "fulfilment").map_elements(_short_name, pl.String),
        ratio=pl.col("rate") / target,
        low=pl.col("rate_low") / target,
        high=pl.min_horizontal(pl.col("rate_high") / target, pl.lit(4.0)),
        word=pl.col("status").replace_strict(STATUS_LABEL, return_dtype=pl.String),
    ).with_columns(ratio_drawn=pl.min_horizontal("ratio", pl.lit(4.0)))
    status = alt.Scale(
        domain=list(STATUS_LABEL.values()),
        range=[COLOUR["good"], COLOUR["concern"], *[COLOUR["chance"]] * (len(STATUS_LABEL) - 2)],
    )
    shape = alt.Scale(domain=list(STATUS_LABEL.values()), range=["circle", "diamond", "square", "square", "square"])
    axis = alt.Axis(values=[0, 1, 2, 3, 4], labelExpr="datum.value == 1 ? 'target' : datum.value + ' ×'", grid=False)
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=330, ticks=False, domain=False))
    colour = alt.Color("word:N", scale=status, legend=None)
    scale = alt.Scale(domain=[0, 4])
    drawn = alt.Chart(frame.select("name", "low", "high", "ratio_drawn", "word"))
    layers = [
        alt.Chart(pl.DataFrame({"one": [1]})).mark_rule(strokeDash=[6, 4]).encode(x=alt.X("one:Q", scale=scale)),
        drawn.mark_rule(strokeWidth=2).encode(
            alt.X("low:Q", scale=scale, axis=axis, title=None), y, color=colour, x2="high:Q"
        ),
        drawn.mark_point(filled=True, size=90, opacity=1).encode(
            alt.X("ratio_drawn:Q", scale=scale), y, color=colour, shape=alt.Shape("word:N", scale=shape, legend=None)
        ),
    ]
    missed = rows.filter(status="breached").height
    title = (
        f"{missed} of {rows.height} judged rates miss their target." if missed else "No judged rate misses its target."
    )
    subtitle = "Each rate as a multiple of its own target, with its 95 % interval (cut at four times the target)."
    return [_titled(alt.layer(*layers), title, subtitle, height=60 + 30 * frame.height)]


def _short_name(row: dict) -> str:
    return f"{METRICS[row['metric']].label} · {row['marketplace']} · {row['fulfilment']}"


# --- when it clears ----------------------------------------------------------------------------------------------


def calendar(roll_off: pl.DataFrame, verdict: dict) -> alt.LayerChart:
    """The staircase of the rate if no new defect came, a mark on each day a defect leaves, and the day it clears."""
    steps = _of(roll_off, verdict).filter(pl.col("rate").is_not_null())
    target = float(verdict["target"])
    leaving = steps.filter(pl.col("leaves") > 0).select("day", "leaves", "rate")
    every = "week" if steps.height > 20 else "day"
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=every, grid=False, labelOverlap=True))
    top = max(steps["rate"].max() or 0, target) * 1.2
    y = alt.Y("rate:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=4), scale=alt.Scale(domain=[0, top]))
    layers = [
        alt.Chart(steps.select("day", pl.col("rate").round(5)))
        .mark_line(interpolate="step-after", color=COLOUR["good"], strokeWidth=2)
        .encode(x, y),
        *_target_rule(target, f"target {target_percent(verdict['target'])}", steps["day"].min()),
        alt.Chart(leaving)
        .mark_point(shape="triangle-down", filled=True, size=70, color=COLOUR["ink"], opacity=1)
        .encode(x, y, tooltip=[alt.Tooltip("day:T", title="leaves on"), "leaves:Q"]),
    ]
    clear = verdict["clear_on"]
    if clear is not None:
        frame = pl.DataFrame({"day": [clear], "label": [f"clears {short_day(clear)}"]})
        layers += [
            alt.Chart(frame.select("day")).mark_rule(color=COLOUR["good"]).encode(x="day:T"),
            alt.Chart(frame)
            .mark_text(align="left", dx=5, y=8, color=COLOUR["good"], fontWeight=600)
            .encode(x="day:T", text="label:N"),
        ]
        title = f"Without a new defect the rate meets its target again on {short_day(clear)}."
    elif verdict["status"] == "breached":
        title = "Waiting alone does not bring the rate under its target."
    else:
        title = f"The defects known today leave by {short_day(leaving.get_column('day').max())}."
    subtitle = f"{_measure(verdict)}. Triangles: a defect leaves. Orders to come: the mean of the last 28 days."
    return _titled(alt.layer(*layers), title, subtitle, height=200)


def calendars(roll_off: pl.DataFrame, verdicts: pl.DataFrame, *, most: int = 4) -> list[alt.LayerChart]:
    """A roll-off calendar for each missed target and each order defect rate with a defect, at most `most`."""
    judged = verdicts.filter(pl.col("status").is_in(["breached", "met", "too_few_orders"]), pl.col("numerator") > 0)
    defects = judged.filter((pl.col("status") == "breached") | (pl.col("metric") == "order_defect_rate"))
    return [calendar(roll_off, verdict) for verdict in defects.head(most).iter_rows(named=True)]


# --- two denominators ----------------------------------------------------------------------------------------------


def denominators(beside: pl.DataFrame) -> list[alt.LayerChart]:
    """Bad feedback as a share of feedback received and as a share of orders, on one scale: same buyers, two rates.

    beside   feedback.beside. One chart, or none when there is nothing to compare.
    """
    if beside.is_empty():
        return []
    frame = beside.select("of", "rate", "rate_low", "rate_high", "text")
    y = alt.Y("of:N", sort=None, title=None, axis=alt.Axis(labelLimit=260, ticks=False, domain=False))
    x = alt.X("rate:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=5), scale=alt.Scale(domainMin=0))
    base = alt.Chart(frame)
    layers = [
        base.mark_bar(height=16, color=COLOUR["good"], opacity=0.75).encode(x, y),
        base.mark_rule(strokeWidth=1.5).encode(alt.X("rate_low:Q"), y, x2="rate_high:Q"),
        base.mark_text(align="left", dx=6, dy=-14).encode(alt.X("rate:Q"), y, text="text:N"),
    ]
    received, orders = beside.get_column("rate").to_list()
    title = (
        f"The same unhappy buyers are {percent(received)} of those who wrote and {percent(orders)} of all orders."
        if orders
        else "No buyer of these orders left one or two stars."
    )
    subtitle = "One and two star feedback, with 95 % intervals."
    return [_titled(alt.layer(*layers), title, subtitle, height=130)]
