"""A rate over time, with its band, its target and the days on which bad ones entered the window."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import highest, layered, lowest, name_of, of_key, on_ground, target_rule, titled
from helpers.colours import LIGHT
from helpers.frames import first_day
from helpers.rows import JudgedRow, RatedRow, rows_of
from helpers.vocabulary import METRICS
from helpers.wording import INTERVAL, count, percent, percent_range, plural, short_day, target_percent

MOST_TICKS = 200  # more of them are a grey bar
MOST_TWIN_ROWS = 62  # a longer twin shows every seventh day: neighbouring days share almost all their orders


def trend(trailing: pl.DataFrame, arrivals: pl.DataFrame, verdict: JudgedRow, *, days: int = 395) -> alt.LayerChart:
    """The judged rate on each day with its 90 % band, the target, and a tick where a defect entered the window.

    trailing   metrics.trailing · arrivals  metrics.arrivals · verdict  one row of verdicts.judge
    Days after the verdict's day are grey and dotted: windows not yet judged, as far as they are known.
    """
    as_of = verdict["as_of"]
    line = of_key(trailing, verdict).filter(
        pl.col("is_covered"), pl.col("window_denominator") > 0, pl.col("day") > as_of - pl.duration(days=days)
    )
    line = line.sort("day")
    rates = (pl.col(name).round(5) for name in ("rate", "rate_low", "rate_high"))
    # A run of covered days is one line: over a missing file the line breaks, for nothing is known there.
    run = (pl.col("day").diff().dt.total_days() > 1).fill_null(False).cum_sum()
    told, line = line, line.select("day", *rates, judged=pl.col("day") <= as_of, run=run)
    colour = LIGHT["concern" if verdict["status"] == "breached" else "good"]
    target = float(verdict["target"])
    last = line.filter("judged").tail(1).with_columns(text=pl.lit(percent(verdict["rate"])))
    bottom, top = _heights(line, target, METRICS[verdict["metric"]].good_is)
    # Ticks stand in a strip of their own under the zero line, so that cause and effect line up.
    floor = bottom - 0.09 * (top - bottom)
    ticks = _ticks(arrivals, verdict, line)
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount="month", grid=False, labelOverlap=True))
    scale = alt.Scale(domain=[floor, top], clamp=True, nice=False)
    y = alt.Y("rate:Q", title=None, axis=_rate_axis(bottom, top), scale=scale)
    drawn = alt.Chart(line)
    last_text = alt.Chart(last.select("day", "rate", "text")).encode(x, y, text="text:N")
    tooltip = [alt.Tooltip("day:T", title="judged on"), alt.Tooltip("rate:Q", format=".2%")]
    layers = [
        *_holes(line),
        drawn.mark_area(color=colour, opacity=0.13).encode(
            x, alt.Y("rate_low:Q", scale=scale), alt.Y2("rate_high:Q"), detail="run:N"
        ),
        drawn.transform_filter("datum.judged")
        .mark_line(color=colour, strokeWidth=2, interpolate="step-after")
        .encode(x, y, tooltip=tooltip, detail="run:N"),
        *target_rule(target, f"target {target_percent(verdict['target'])}", first_day(line["day"])),
        alt.Chart(last.select("day", "rate")).mark_point(filled=True, color=colour, size=50, opacity=1).encode(x, y),
        *on_ground(last_text, colour, align="right", dx=-8, dy=-11, fontWeight=600),
    ]
    if not line.get_column("judged").all():
        coming = drawn.transform_filter("!datum.judged")
        grey = coming.mark_line(color=LIGHT["chance"], strokeDash=[2, 3], interpolate="step-after")
        layers.append(grey.encode(x, y, detail="run:N"))
    if ticks.height:
        ends = (alt.YDatum(bottom + 0.25 * (floor - bottom)), alt.Y2Datum(bottom + 0.95 * (floor - bottom)))
        seen = [alt.Tooltip("day:T", title="entered"), alt.Tooltip("entering:Q", title="defects")]
        mark = alt.Chart(ticks.select("day", "entering")).mark_rule(color=LIGHT["ink"], strokeWidth=1)
        layers.append(mark.encode(x, *ends, tooltip=seen))
    one_is = METRICS[verdict["metric"]].one_is
    subtitle = (
        f"{name_of(verdict)}: last {verdict['window_days']} days of {one_is}s, judged each day. Band: {INTERVAL}"
        + (", cut at the top" if highest(line.get_column("rate_high")) > top else "")
        + (". Ticks: new defects" if ticks.height else "")
        + ". Grey: not yet judged."
    )
    rows = _trend_rows(told, verdict)
    return titled(layered(*layers), verdict["finding"], subtitle, height=250, twin=rows, right=("Rate", "Of"))


HOLE = "not known: files missing"


def _holes(line: pl.DataFrame) -> list[alt.Chart]:
    """The days between two runs of the line, on which the files do not hold the window: grey, and said."""
    before = pl.col("day").shift(1)
    holes = line.with_columns(start=before).filter((pl.col("day") - pl.col("start")).dt.total_days() > 1)
    if holes.is_empty():
        return []
    middle = pl.col("start") + (pl.col("day") - pl.col("start")) / 2
    spans = holes.select("start", end="day", middle=middle.cast(pl.Date), text=pl.lit(HOLE))
    drawn, height = alt.Chart(spans), {"y": alt.value(0), "y2": alt.value("height")}
    band = drawn.mark_rect(color=LIGHT["chance"], opacity=0.12).encode(alt.X("start:T"), x2="end:T", **height)
    label = drawn.mark_text(angle=270, fontSize=11, color=LIGHT["ink"], opacity=0.75)
    return [band, label.encode(alt.X("middle:T"), y=alt.value(100), text="text:N")]


def _heights(line: pl.DataFrame, target: float, good_is: str) -> tuple[float, float]:
    """Where the scale of a trend begins and ends: at zero for a rate that should be low, under all of one near 100 %."""
    if good_is == "low":
        return 0.0, max(highest(line.get_column("rate")), target) * 1.15
    least = min(lowest(line.get_column("rate_low")), target)
    return max(0.0, least - 0.15 * (1 - least)), 1.0


def _ticks(arrivals: pl.DataFrame, verdict: JudgedRow, line: pl.DataFrame) -> pl.DataFrame:
    """The days on which bad ones entered; none where they come nearly every day, and none of a rate of good ones."""
    days = of_key(arrivals, verdict).filter(pl.col("day").is_between(line["day"].min(), line["day"].max()))
    is_crowded = days.height > MOST_TICKS
    return days.clear() if is_crowded or METRICS[verdict["metric"]].good_is == "high" else days


def _trend_rows(line: pl.DataFrame, verdict: JudgedRow) -> list[dict]:
    """The days of a trend as text, the judged day first; every seventh day of a long one."""
    newest_first = line.sort("day", descending=True)
    step = "Day"
    if newest_first.height > MOST_TWIN_ROWS:
        step = "Day, every seventh"
        newest_first = newest_first.filter((pl.lit(verdict["as_of"]) - pl.col("day")).dt.total_days() % 7 == 0)
    one_is = METRICS[verdict["metric"]].one_is
    return [
        {
            step: short_day(row["day"]) + ("" if row["day"] <= verdict["as_of"] else " (not yet judged)"),
            "Rate": percent(row["rate"]),
            "Of": f"{count(row['window_numerator'])} of {plural(row['window_denominator'], one_is)}",
            INTERVAL: percent_range(row["rate_low"], row["rate_high"]),
        }
        for row in rows_of(newest_first, RatedRow)
    ]


def _rate_axis(bottom: float, top: float) -> alt.Axis:
    """Ticks of a rate from the bottom up, none on the strip below it."""
    step = next(step for step in _STEPS if (top - bottom) / step <= 6)
    first, last = -int(-bottom / step // 1), int(top / step)
    return alt.Axis(format=".2~%", values=[round(step * n, 6) for n in range(first, last + 1)])


_STEPS = (0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)


def trends(
    trailing: pl.DataFrame, arrivals: pl.DataFrame, verdicts: pl.DataFrame, *, most: int = 8
) -> list[alt.LayerChart]:
    """A trend for each verdict that has a figure, most urgent first, at most `most` of them."""
    with_figure = verdicts.filter(
        ~pl.col("status").is_in(["no_data", "not_mature"]), pl.col("denominator") > 0, pl.col("source") == "files"
    )
    return [trend(trailing, arrivals, verdict) for verdict in rows_of(with_figure.head(most), JudgedRow)]
