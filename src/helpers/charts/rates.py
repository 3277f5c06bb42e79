"""Charts of the judged rates: all of them at a glance, each over time, when it clears, and on two denominators."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from helpers.charts.look import on_ground, titled
from helpers.colours import LIGHT
from helpers.frames import KEY
from helpers.vocabulary import METRICS, STATUS_LABEL, STATUS_SHAPE
from helpers.wording import count, fulfilled_by, percent, percent_range, plural, share, short_day, target_percent

MOST_TWIN_ROWS = 62  # a longer twin shows every seventh day: neighbouring days share almost all their orders


def _of(frame: pl.DataFrame, key: dict) -> pl.DataFrame:
    return frame.filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in KEY)


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
    line = line.sort("day")
    rates = (pl.col(name).round(5) for name in ("rate", "rate_low", "rate_high"))
    told, line = line, line.select("day", *rates, judged=pl.col("day") <= as_of)
    colour = LIGHT["concern" if verdict["status"] == "breached" else "good"]
    target = float(verdict["target"])
    last = line.filter("judged").tail(1).with_columns(text=pl.col("rate").map_elements(percent, pl.String))
    top = max(line.get_column("rate").max() or 0, target) * 1.15
    # Ticks stand in a strip of their own under the zero line, so that cause and effect line up.
    floor = -0.09 * top
    ticks = _of(arrivals, verdict).filter(pl.col("day").is_between(line["day"].min(), line["day"].max()))
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount="month", grid=False, labelOverlap=True))
    scale = alt.Scale(domain=[floor, top], clamp=True, nice=False)
    y = alt.Y("rate:Q", title=None, axis=_rate_axis(top), scale=scale)
    drawn = alt.Chart(line)
    last_text = alt.Chart(last.select("day", "rate", "text")).encode(x, y, text="text:N")
    tooltip = [alt.Tooltip("day:T", title="judged on"), alt.Tooltip("rate:Q", format=".2%")]
    layers = [
        drawn.mark_area(color=colour, opacity=0.13).encode(x, alt.Y("rate_low:Q", scale=scale), alt.Y2("rate_high:Q")),
        drawn.transform_filter("datum.judged")
        .mark_line(color=colour, strokeWidth=2, interpolate="step-after")
        .encode(x, y, tooltip=tooltip),
        *_target_rule(target, f"target {target_percent(verdict['target'])}", line["day"].min()),
        alt.Chart(last.select("day", "rate")).mark_point(filled=True, color=colour, size=50, opacity=1).encode(x, y),
        *on_ground(last_text, colour, align="right", dx=-8, dy=-11, fontWeight=600),
    ]
    if not line.get_column("judged").all():
        coming = drawn.transform_filter("!datum.judged")
        grey = coming.mark_line(color=LIGHT["chance"], strokeDash=[2, 3], interpolate="step-after")
        layers.append(grey.encode(x, y))
    if ticks.height:
        ends = (alt.YDatum(floor * 0.25), alt.Y2Datum(floor * 0.95))
        seen = [alt.Tooltip("day:T", title="entered"), alt.Tooltip("entering:Q", title="defects")]
        mark = alt.Chart(ticks.select("day", "entering")).mark_rule(color=LIGHT["ink"], strokeWidth=1)
        layers.append(mark.encode(x, *ends, tooltip=seen))
    subtitle = (
        f"{_name(verdict)}: last {verdict['window_days']} days of orders, judged each day. "
        "Band: 95 % interval. Ticks: new defects. Grey: not yet judged."
    )
    rows = _trend_rows(told, verdict)
    return titled(alt.layer(*layers), verdict["finding"], subtitle, height=250, twin=rows, right=("Rate", "Of"))


def _trend_rows(line: pl.DataFrame, verdict: dict) -> list[dict]:
    """The days of a trend as text, the judged day first; every seventh day of a long one."""
    newest_first = line.sort("day", descending=True)
    if newest_first.height > MOST_TWIN_ROWS:
        newest_first = newest_first.filter((pl.lit(verdict["as_of"]) - pl.col("day")).dt.total_days() % 7 == 0)
    one_is = METRICS[verdict["metric"]].one_is
    return [
        {
            "Day": short_day(row["day"]) + ("" if row["day"] <= verdict["as_of"] else " (not yet judged)"),
            "Rate": percent(row["rate"]),
            "Of": f"{count(row['window_numerator'])} of {plural(row['window_denominator'], one_is)}",
            "95 % interval": percent_range(row["rate_low"], row["rate_high"]),
        }
        for row in newest_first.iter_rows(named=True)
    ]


def _rate_axis(top: float) -> alt.Axis:
    """Ticks of a rate from zero up, none on the strip below zero."""
    step = next(step for step in _STEPS if top / step <= 6)
    values = [round(step * n, 6) for n in range(int(top / step) + 1)]
    return alt.Axis(format=".2~%", values=values)


_STEPS = (0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)


def _target_rule(target: float, label: str, first: date | None) -> list[alt.Chart]:
    frame = pl.DataFrame({"target": [target], "label": [label], "first": [first]})
    rule = alt.Chart(frame.select("target")).mark_rule(strokeDash=[6, 4], color=LIGHT["ink"]).encode(y="target:Q")
    text = alt.Chart(frame).encode(x="first:T", y="target:Q", text="label:N")
    return [rule, *on_ground(text, LIGHT["ink"], align="left", dx=3, dy=-7)]


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
        name=pl.struct("metric", "marketplace", "fulfilment").map_elements(_name, pl.String),
        ratio=pl.min_horizontal(pl.col("rate") / target, pl.lit(CUT)).round(4),
        low=pl.min_horizontal(pl.col("rate_low") / target, pl.lit(CUT)).round(4),
        high=pl.min_horizontal(pl.col("rate_high") / target, pl.lit(CUT)).round(4),
        word=pl.col("status").replace_strict(STATUS_LABEL, return_dtype=pl.String),
        zero=pl.lit(0),
    )
    status = alt.Scale(
        domain=list(STATUS_LABEL.values()),
        range=[LIGHT["good"], LIGHT["concern"], *[LIGHT["chance"]] * (len(STATUS_LABEL) - 2)],
    )
    shape = alt.Scale(domain=list(STATUS_LABEL.values()), range=["circle", "diamond", "square", "square", "square"])
    labels = "datum.value == 1 ? 'target' : datum.value + ' ×'"
    scale, axis = alt.Scale(domain=[0, CUT]), alt.Axis(values=[0, 1, 2, 3, 4], labelExpr=labels, grid=False)
    y = alt.Y("name:N", sort=None, title=None, axis=None)
    colour = alt.Color("word:N", scale=status, legend=None)
    drawn = alt.Chart(frame)
    # The name stands over its own line, so that a narrow screen has the whole width for the figures.
    layers = [
        alt.Chart(pl.DataFrame({"one": [1]})).mark_rule(strokeDash=[6, 4]).encode(x=alt.X("one:Q", scale=scale)),
        drawn.mark_rule(strokeWidth=2).encode(
            alt.X("low:Q", scale=scale, axis=axis, title=None), y, color=colour, x2="high:Q"
        ),
        drawn.mark_point(filled=True, size=90, opacity=1).encode(
            alt.X("ratio:Q", scale=scale), y, color=colour, shape=alt.Shape("word:N", scale=shape, legend=None)
        ),
        *on_ground(
            drawn.encode(alt.X("zero:Q", scale=scale), y, text="name:N"),
            LIGHT["ink"],
            align="left",
            dx=2,
            dy=-15,
            limit=LABEL,
        ),
    ]
    missed = rows.filter(status="breached").height
    title = "No judged rate misses its target."
    if missed:
        title = (
            f"{missed} of {plural(rows.height, 'judged rate')} {'misses its' if missed == 1 else 'miss their'} target."
        )
    subtitle = f"Each rate as a multiple of its own target, with its 95 % interval (cut at {CUT} times the target)."
    height, told = 50 + 42 * frame.height, _scorecard_rows(rows)
    return [titled(alt.layer(*layers), title, subtitle, height=height, twin=told, right=("Rate", "Times its target"))]


LABEL = 310  # pixels of a name over its line, what a telephone shows; the whole name stands in the twin
CUT = 4  # times the target: where the scale of the scorecard ends


def _scorecard_rows(rows: pl.DataFrame) -> list[dict]:
    return [
        {
            "Of": _name(row),
            "Rate": share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is),
            "95 % interval": percent_range(row["rate_low"], row["rate_high"]),
            "Times its target": f"{row['rate'] / float(row['target']):.2f}" if float(row["target"]) else "–",
            "Verdict": f"{STATUS_SHAPE[row['status']]} {STATUS_LABEL[row['status']]}",
        }
        for row in rows.iter_rows(named=True)
    ]


def _name(row: dict) -> str:
    return f"{METRICS[row['metric']].label}, {row['marketplace']}, {fulfilled_by(row['fulfilment'])}"


# --- when it clears ----------------------------------------------------------------------------------------------


def calendar(roll_off: pl.DataFrame, verdict: dict) -> alt.LayerChart:
    """The staircase of the rate if no new defect came, a mark on each day a defect leaves, and the day it clears."""
    steps = _of(roll_off, verdict).filter(pl.col("rate").is_not_null())
    target = float(verdict["target"])
    leaving = steps.filter(pl.col("leaves") > 0).select("day", "leaves", "rate")
    every = "week" if steps.height > 20 else "day"
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=every, grid=False, labelOverlap=True))
    top = min(max(steps["rate"].max() or 0, target) * 1.2, 1.05)
    y = alt.Y("rate:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=4), scale=alt.Scale(domain=[0, top]))
    layers = [
        alt.Chart(steps.select("day", pl.col("rate").round(5)))
        .mark_line(interpolate="step-after", color=LIGHT["good"], strokeWidth=2)
        .encode(x, y),
        *_target_rule(target, f"target {target_percent(verdict['target'])}", steps["day"].min()),
    ]
    if leaving.height:
        mark = alt.Chart(leaving).mark_point(shape="triangle-down", filled=True, size=70, color=LIGHT["ink"], opacity=1)
        layers.append(mark.encode(x, y, tooltip=[alt.Tooltip("day:T", title="leaves on"), "leaves:Q"]))
    clear = verdict["clear_on"]
    if clear is not None:
        frame = pl.DataFrame({"day": [clear], "label": [f"clears {short_day(clear)}"]})
        is_late = (clear - verdict["as_of"]).days * 2 > steps.height  # its label then stands before the line
        layers += [
            alt.Chart(frame.select("day")).mark_rule(color=LIGHT["good"]).encode(x="day:T"),
            alt.Chart(frame)
            .mark_text(
                align="right" if is_late else "left", dx=-5 if is_late else 5, y=8, color=LIGHT["good"], fontWeight=600
            )
            .encode(x="day:T", text="label:N"),
        ]
        title = f"Without a new defect the rate meets its target again on {short_day(clear)}."
    elif verdict["status"] == "breached":
        title = "Waiting alone does not bring the rate under its target."
    elif leaving.is_empty():
        title = "No defect leaves in the days ahead."
    else:
        title = f"The defects known today leave by {short_day(leaving.get_column('day').max())}."
    subtitle = f"{_name(verdict)}. Triangles: a defect leaves. Orders to come: the mean of the last 28 days."
    right = ("Defects leaving", "Rate after it")
    return titled(alt.layer(*layers), title, subtitle, height=200, twin=_leaving_rows(steps, verdict), right=right)


def _leaving_rows(steps: pl.DataFrame, verdict: dict) -> list[dict]:
    one_is = METRICS[verdict["metric"]].one_is
    return [
        {
            "Day": short_day(row["day"]),
            "Defects leaving": count(row["leaves"]),
            "Rate after it": share(row["numerator"], row["denominator"], one_is),
        }
        for row in steps.filter(pl.col("leaves") > 0, pl.col("denominator") > 0).iter_rows(named=True)
    ]


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
    label = pl.concat_str(pl.col("of").str.to_titlecase().str.head(1) + pl.col("of").str.tail(-1), pl.lit(": "), "text")
    frame = beside.select("of", "rate", "rate_low", "rate_high", label=label, zero=pl.lit(0))
    y = alt.Y("of:N", sort=None, title=None, axis=None)
    x = alt.X("rate:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=5), scale=alt.Scale(domainMin=0))
    base = alt.Chart(frame)
    layers = [
        base.mark_bar(height=16, color=LIGHT["good"], opacity=0.75).encode(x, y),
        base.mark_rule(strokeWidth=1.5).encode(alt.X("rate_low:Q"), y, x2="rate_high:Q"),
        base.mark_text(align="left", dx=2, dy=-18, limit=LABEL).encode(alt.X("zero:Q"), y, text="label:N"),
    ]
    received, orders = beside.get_column("rate").to_list()
    title = (
        f"The same unhappy buyers are {percent(received)} of those who wrote and {percent(orders)} of all orders."
        if orders
        else "No buyer of these orders left one or two stars."
    )
    subtitle = "One and two star feedback, with 95 % intervals."
    told = [
        {
            "Divided by": row["of"],
            "Rate": row["text"],
            "95 % interval": percent_range(row["rate_low"], row["rate_high"]),
        }
        for row in beside.iter_rows(named=True)
    ]
    return [titled(alt.layer(*layers), title, subtitle, height=140, twin=told)]
