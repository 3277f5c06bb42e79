"""When defects leave their window, and the day a rate meets its target again."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import highest, layered, name_of, of_key, target_rule, titled
from helpers.colours import LIGHT
from helpers.frames import first_day, span
from helpers.rows import JudgedRow, RollOffRow, rows_of
from helpers.vocabulary import COUNTS_BAD, METRICS
from helpers.wording import count, share, short_day, target_percent


def calendar(roll_off: pl.DataFrame, verdict: JudgedRow) -> alt.LayerChart:
    """The staircase of the rate if no new defect came, a mark on each day a defect leaves, and the day it clears."""
    steps = of_key(roll_off, verdict).filter(pl.col("rate").is_not_null())
    target = float(verdict["target"])
    leaving = steps.filter(pl.col("leaves") > 0).select("day", "leaves", "rate")
    every = "week" if steps.height > 20 else "day"
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=every, grid=False, labelOverlap=True))
    top = min(max(highest(steps["rate"]), target) * 1.2, 1.05)
    y = alt.Y("rate:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=4), scale=alt.Scale(domain=[0, top]))
    layers = [
        alt.Chart(steps.select("day", pl.col("rate").round(5)))
        .mark_line(interpolate="step-after", color=LIGHT["good"], strokeWidth=2)
        .encode(x, y),
        *target_rule(target, f"target {target_percent(verdict['target'])}", first_day(steps["day"])),
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
        title = f"{name_of(verdict)}: without a new defect the target is met again on {short_day(clear)}."
    elif verdict["status"] == "breached":
        title = f"{name_of(verdict)}: waiting alone does not bring the rate under its target."
    elif leaving.is_empty():
        title = f"{name_of(verdict)}: no defect leaves in the days ahead."
    else:
        title = f"{name_of(verdict)}: the defects known today leave by {short_day(span(leaving.get_column('day'))[1])}."
    subtitle = "Triangles: a defect leaves. Orders to come: the mean of the last 28 days."
    right = ("Defects leaving", "Rate after it")
    return titled(layered(*layers), title, subtitle, height=200, twin=_leaving_rows(steps, verdict), right=right)


def _leaving_rows(steps: pl.DataFrame, verdict: JudgedRow) -> list[dict]:
    one_is = METRICS[verdict["metric"]].one_is
    return [
        {
            "Day": short_day(row["day"]),
            "Defects leaving": count(row["leaves"]),
            "Rate after it": share(row["numerator"], row["denominator"], one_is),
        }
        for row in rows_of(steps.filter(pl.col("leaves") > 0, pl.col("denominator") > 0), RollOffRow)
    ]


def calendars(roll_off: pl.DataFrame, verdicts: pl.DataFrame, *, most: int = 4) -> list[alt.LayerChart]:
    """A roll-off calendar for each missed target and each order defect rate with a defect, at most `most`."""
    judged = verdicts.filter(
        pl.col("status").is_in(["breached", "met", "too_few_orders"]),
        pl.col("numerator") > 0,
        pl.col("metric").is_in(COUNTS_BAD),
        pl.col("source") == "files",
    )
    defects = judged.filter((pl.col("status") == "breached") | (pl.col("metric") == "order_defect_rate"))
    return [calendar(roll_off, verdict) for verdict in rows_of(defects.head(most), JudgedRow)]
