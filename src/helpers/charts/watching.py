"""Alerts, a small exhibit each: reports of the last weeks beside those that would just reach the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import altair as alt
import polars as pl

from helpers.charts.look import TOLD, highest, layered, months, pointed, titled
from helpers.colours import LIGHT
from helpers.frames import SERIES, last_day
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.signals import AlertRow, WatchedRow
from helpers.wording import about, count, short_day

SHOWN = 180  # days of an exhibit
WEEKS = 28  # days that are summed for the eye: the watch itself looks at single days


def alerts(alerts: pl.DataFrame, watched: pl.DataFrame) -> list[alt.LayerChart]:
    """An exhibit for each alarm: a breach has its trend elsewhere, and what is missing has none."""
    return [alarm(watched, row) for row in rows_of(alerts, AlertRow) if row["kind"] == "alarm"]


def alarm(watched: pl.DataFrame, row: AlertRow) -> alt.LayerChart:
    """Bad ones reported in the 28 days to each day, beside as many as would just reach the target, and since when the
    alarm stands."""
    of_series = watched.filter(pl.col(name).eq_missing(pl.lit(row[name])) for name in SERIES).sort("day")
    sums = of_series.with_columns(pl.col("reported", "expected").rolling_sum(WEEKS, min_samples=1))
    end = last_day(sums.get_column("day")) or row["since"]
    sums = sums.filter(pl.col("day") > end - timedelta(days=SHOWN))
    line = sums.select("day", "reported", pl.col("expected").round(2))
    x = alt.X("day:T", title=None, axis=months())
    top = max(highest(line.get_column("reported").cast(pl.Float64)), highest(line.get_column("expected"))) * 1.2 + 1
    scale = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(tickMinStep=1, tickCount=4)
    marked = pl.DataFrame({"start": [row["since"]], "end": [end]})
    last = line.tail(1)
    labels = last.select("day", y="reported", text=pl.lit(say("alarm-line.reported"))).vstack(
        last.select("day", y=pl.col("expected").cast(pl.Int64), text=pl.lit(say("alarm-line.expected")))
    )
    layers = [
        alt.Chart(marked).mark_rect(color=LIGHT["concern"], opacity=0.1).encode(alt.X("start:T"), x2=alt.X2("end:T")),
        alt.Chart(line.select("day", "expected"))
        .mark_line(color=LIGHT["ink"], strokeDash=[6, 4])
        .encode(x, alt.Y("expected:Q", title=None, scale=scale, axis=axis)),
        alt.Chart(line.select("day", "reported"))
        .mark_line(color=LIGHT["concern"], strokeWidth=2, interpolate="step-after")
        .encode(x, alt.Y("reported:Q", title=None, scale=scale, axis=axis)),
        alt.Chart(labels)
        .mark_text(align="right", dx=-4, dy=-8, color=LIGHT["ink"])
        .encode(x, alt.Y("y:Q", scale=scale), text=alt.Text("text:N")),
    ]
    weeks = list(
        rows_of(sums.sort("day", descending=True).gather_every(7), WatchedRow)
    )  # every seventh day, the newest first
    layers.append(_hover(weeks, x, scale))
    twin, right = map(_row, weeks), ("reported", "expected")
    return titled(
        layered(*layers), row["sentence"], say("alarm-measure"), height=130, name="alarm", twin=twin, right=right
    )


def _row(row: WatchedRow) -> dict[str, str]:
    return {
        "last_day": short_day(row["day"]),
        "reported": count(row["reported"]),
        "expected": about(row["expected"]),
        "alarm": say("alarm-stands") if row["is_marked"] else "–",
    }


def _hover(weeks: Sequence[WatchedRow], x: alt.X, scale: alt.Scale) -> alt.Chart:
    """Wherever the pointer is, the 28 days to the nearest of these days in a sentence."""
    told = [
        say(
            "alarm-told",
            day=short_day(row["day"]),
            reported=row["reported"],
            expected=about(row["expected"]),
            alarm="stands" if row["is_marked"] else "none",
        )
        for row in weeks
    ]
    frame = pl.DataFrame(
        {"day": [row["day"] for row in weeks], "at": [row["reported"] for row in weeks], "told": told},
        schema={"day": pl.Date, "at": pl.Int64, "told": pl.String},
    )
    marks = alt.Chart(frame).mark_point(color=LIGHT["ink"], size=36, tooltip=TOLD)
    return pointed(marks.encode(x, alt.Y("at:Q", title=None, scale=scale)), "week", "day")
