"""Weeks of orders: how many turned bad so far, and how many will have in the end."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import highest, layered, named_moments, titled
from helpers.colours import LIGHT
from helpers.frames import SERIES
from helpers.maturity import CohortRow, MaturityRow
from helpers.rows import rows_of
from helpers.vocabulary import METRICS
from helpers.wording import about, count, day, percent, plural, short_day, where

HEIGHT = 110  # pixels of the drawing: an exhibit beside a sentence
LEAST_TOP = 0.005  # of the scale: a shop without a bad one has one too


def cohort(cohorts: pl.DataFrame, maturity: MaturityRow, actions: pl.DataFrame) -> alt.LayerChart:
    """The weeks of orders of one rate: bars for what is reported, a point with its interval for what there will be.

    cohorts, actions   the frames; the events of the rate stand as lines with their number
    """
    weeks = _of_series(cohorts, maturity)
    drawn = weeks.select(
        week="first_day",
        ends=pl.col("last_day") + pl.duration(days=1),
        middle=pl.col("first_day") + pl.duration(days=3),
        reported=(pl.col("visible") / pl.col("orders")).round(5),
        ended=(pl.col("expected") / pl.col("orders")).round(5),
        low=(pl.col("low") / pl.col("orders")).round(5),
        high=(pl.col("high") / pl.col("orders")).round(5),
    ).with_columns(_told(weeks))
    x = alt.X("week:T", title=None, axis=alt.Axis(format="%-d %b", grid=False, labelOverlap=True))
    top = 1.6 * max(highest(drawn["reported"]), highest(drawn["ended"]), LEAST_TOP)
    scale = alt.Scale(domain=[0, top], clamp=True, nice=False)
    y = alt.Y("reported:Q", title=None, axis=alt.Axis(format=".2~%", tickCount=5), scale=scale)
    middle, chart = alt.X("middle:T"), alt.Chart(drawn)
    tooltip = [
        alt.Tooltip("on:N", title="orders of"),
        alt.Tooltip("known:N", title="known to be bad"),
        alt.Tooltip("end:N", title="in the end"),
    ]
    layers = [
        chart.mark_rect(color=LIGHT["concern"], opacity=0.5, stroke=LIGHT["ground"], strokeWidth=4).encode(
            x, y, x2=alt.X2("ends:T"), y2=alt.Y2Datum(0), tooltip=tooltip
        ),
        chart.mark_rule(color=LIGHT["chance"], strokeWidth=1.5).encode(
            middle, alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")
        ),
        chart.mark_point(color=LIGHT["ink"], size=38, filled=False, strokeWidth=1.5).encode(
            middle, alt.Y("ended:Q", scale=scale)
        ),
    ]
    first, last = weeks.select(pl.col("first_day").min(), pl.col("last_day").max()).row(0)
    done = _of_series(actions, maturity).filter(pl.col("on").is_between(first, last)).sort("on")
    if done.height:
        marks = done.select("on", number=pl.int_range(1, pl.len() + 1).cast(pl.String))
        lines = alt.Chart(marks)
        layers += [
            lines.mark_rule(color=LIGHT["good"], strokeWidth=1.5).encode(alt.X("on:T")),
            lines.mark_text(dx=7, dy=0, color=LIGHT["good"], fontWeight=600).encode(
                alt.X("on:T"), y=alt.YValue(6), text=alt.Text("number:N")
            ),
        ]
    named = named_moments(done.get_column("what"))
    subtitle = (
        "Bars: orders of a week that are known to be bad. Points: how many will be in the end, with their 90 % interval"
        + (", cut at the top." if highest(drawn["high"]) > top else ".")
        + (f" Lines: {named}." if named else "")
    )
    rows = [_row(row) for row in rows_of(weeks.sort("first_day", descending=True), CohortRow)]
    right = ("Orders", "Known to be bad", "In the end")
    return titled(layered(*layers), _title(maturity), subtitle, height=HEIGHT, twin=rows, right=right)


def cohorts(
    cohorts: pl.DataFrame, maturity: pl.DataFrame, actions: pl.DataFrame, *, most: int = 1
) -> list[alt.LayerChart]:
    """The weeks of each rate that turned or that something was done for, those that turned first, at most `most`."""
    with_weeks = maturity.join(cohorts.select(SERIES).unique(), on=list(SERIES), how="semi", nulls_equal=True)
    acted = actions.filter("is_meant").select(SERIES).unique().with_columns(is_acted=True)
    with_weeks = with_weeks.join(acted, on=list(SERIES), how="left", nulls_equal=True, maintain_order="left")
    with_weeks = with_weeks.filter(pl.col("turned").is_not_null() | pl.col("is_acted")).drop("is_acted")
    order = with_weeks.sort(pl.col("turned").is_null(), -pl.col("visible"), maintain_order=True)
    return [cohort(cohorts, row, actions) for row in rows_of(order.head(most), MaturityRow)]


def _of_series(frame: pl.DataFrame, row: MaturityRow) -> pl.DataFrame:
    return frame.filter(pl.col(name).eq_missing(pl.lit(row[name])) for name in SERIES)


def _title(row: MaturityRow) -> str:
    name = f"{METRICS[row['metric']].label}, {where(row)}"
    seen, expected, first = row["turned_visible"], row["turned_expected"], row["turned_from"]
    if first is None or seen is None or expected is None:
        return f"{name}: no turn is seen in the last weeks of orders."
    side = "fewer" if row["turned"] == "down" else "more"
    return (
        f"{name}: {side} of the orders since {day(first)} turn bad: {count(seen)} known, about "
        f"{about(round(expected, 1))} would be at the rate before."
    )


def _told(weeks: pl.DataFrame) -> pl.DataFrame:
    """What the pointer is told of each week, as the twin says it."""
    rows = [_row(row) for row in rows_of(weeks, CohortRow)]
    names = {"on": "Week", "known": "Known to be bad", "end": "In the end"}
    return pl.DataFrame({name: [row[column] for row in rows] for name, column in names.items()})


def _row(row: CohortRow) -> dict[str, str]:
    in_the_end = f"about {about(round(row['expected'], 1))} ({count(row['low'])} to {count(row['high'])})"
    return {
        "Week": f"{short_day(row['first_day'])} to {short_day(row['last_day'])}",
        "Orders": count(row["orders"]),
        "Known to be bad": plural(row["visible"], METRICS[row["metric"]].one_is)
        + (f" ({percent(row['visible'] / row['orders'])})" if row["orders"] else ""),
        "In the end": in_the_end,
    }
