"""Weeks of orders: how many turned bad so far, and how many will have in the end."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import days, highest, layered, name_of, named_moments, titled
from helpers.colours import LIGHT
from helpers.frames import SERIES
from helpers.maturity import CohortRow, MaturityRow
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import about, count, counted, day, percent, short_day

HEIGHT = 110  # pixels of the drawing: an exhibit beside a sentence
LEAST_TOP = 0.005  # of the scale: a shop without a bad one has one too


def cohort(cohorts: pl.DataFrame, maturity: MaturityRow, actions: pl.DataFrame) -> alt.LayerChart:
    """The weeks of orders of one rate: bars for what is reported, a point with its interval for what there will be.

    cohorts, actions   the frames; the events of the rate stand as lines with their number
    """
    weeks = _of_series(cohorts, maturity)
    drawn = weeks.select(
        begins="first_day",
        ends=pl.col("last_day") + pl.duration(days=1),
        middle=pl.col("first_day") + pl.duration(days=3),
        reported=(pl.col("visible") / pl.col("orders")).round(5),
        ended=(pl.col("expected") / pl.col("orders")).round(5),
        low=(pl.col("low") / pl.col("orders")).round(5),
        high=(pl.col("high") / pl.col("orders")).round(5),
        told=pl.Series(map(_told, rows_of(weeks, CohortRow)), dtype=pl.String),
    )
    x = alt.X("begins:T", title=None, axis=days())
    top = 1.6 * max(highest(drawn["reported"]), highest(drawn["ended"]), LEAST_TOP)
    scale = alt.Scale(domain=[0, top], clamp=True, nice=False)
    y = alt.Y("reported:Q", title=None, axis=alt.Axis(format=".2~%", tickCount=5), scale=scale)
    middle, chart = alt.X("middle:T"), alt.Chart(drawn)
    tooltip = alt.Tooltip("told:N")
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
    cut, named = "yes" if highest(drawn["high"]) > top else "no", named_moments(done.get_column("what"))
    subtitle = say("cohort-measure", cut=cut, lines=done.height, done=named)
    rows = [_row(row) for row in rows_of(weeks.sort("first_day", descending=True), CohortRow)]
    right = ("orders", "known", "end")
    return titled(layered(*layers), _title(maturity), subtitle, height=HEIGHT, name="cohort", twin=rows, right=right)


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
    seen, expected, since = row["turned_visible"], row["turned_expected"], row["turned_from"]
    if since is None or seen is None or expected is None:
        return say("cohort-find", whose=name_of(row), turned="none")
    turned = {"seen": seen, "expected": about(round(expected, 1)), "since": day(since)}
    return say("cohort-find", whose=name_of(row), turned=row["turned"] or "none", **turned)


def _told(row: CohortRow) -> str:
    """What the pointer is told of a week, in a sentence."""
    said = _row(row)
    of = counted(row["orders"], METRICS[row["metric"]].one_is)
    return say("cohort-told", of=of, week=said["week"], bad=row["visible"], end=said["end"])


def _row(row: CohortRow) -> dict[str, str]:
    bad, end = counted(row["visible"], METRICS[row["metric"]].one_is), about(round(row["expected"], 1))
    rate = percent(row["visible"] / row["orders"]) if row["orders"] else ""
    return {
        "week": say("days", first=short_day(row["first_day"]), last=short_day(row["last_day"])),
        "orders": count(row["orders"]),
        "known": say("cohort-bad", orders=row["orders"], bad=bad, rate=rate),
        "end": say("cohort-end", expected=end, low=row["low"], high=row["high"]),
    }
