"""Alerts, a small exhibit each: reports of the last weeks beside those that would just reach the target."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import polars as pl

from helpers.charts.look import highest, layered, titled
from helpers.colours import LIGHT
from helpers.frames import SERIES, last_day
from helpers.rows import rows_of
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
    x = alt.X(
        "day:T",
        title=None,
        axis=alt.Axis(format="%b %Y", tickCount="month", grid=False, labelOverlap=True, labelSeparation=8),
    )
    top = max(highest(line.get_column("reported").cast(pl.Float64)), highest(line.get_column("expected"))) * 1.2 + 1
    scale = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(tickMinStep=1, tickCount=4)
    marked = pl.DataFrame({"start": [row["since"]], "end": [end]})
    last = line.tail(1)
    labels = last.select("day", y="reported", text=pl.lit("reported")).vstack(
        last.select("day", y=pl.col("expected").cast(pl.Int64), text=pl.lit("would just reach the target"))
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
    subtitle = f"Bad ones reported in {WEEKS} days, by the day of the report. Shaded: since the alarm stands."
    return titled(
        layered(*layers), row["sentence"], subtitle, height=130, twin=_rows(sums), right=("Reported", "At the target")
    )


def _rows(sums: pl.DataFrame) -> list[dict[str, str]]:
    """Every seventh day, the newest first."""
    newest = sums.sort("day", descending=True).gather_every(7)
    return [
        {
            "28 days to": short_day(row["day"]),
            "Reported": count(row["reported"]),
            "At the target": about(row["expected"]),
            "Alarm": "stands" if row["is_marked"] else "–",
        }
        for row in rows_of(newest, WatchedRow)
    ]
