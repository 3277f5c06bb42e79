"""The same buyers on two denominators."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import LABEL, layered, titled
from helpers.colours import LIGHT
from helpers.wording import INTERVAL, count, percent, percent_range, plural, short_day, where


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
        base.mark_rule(strokeWidth=1.5).encode(alt.X("rate_low:Q"), y, x2=alt.X2("rate_high:Q")),
        base.mark_text(align="left", dx=2, dy=-18, limit=LABEL).encode(alt.X("zero:Q"), y, text=alt.Text("label:N")),
    ]
    received, orders = beside.to_dicts()
    unhappy = orders["numerator"]
    whose = "unhappy buyer is" if unhappy == 1 else f"{count(unhappy)} unhappy buyers are"
    title = (
        f"The same {whose} {percent(received['rate'])} of the {count(received['denominator'])} who wrote and "
        f"{percent(orders['rate'])} of {plural(orders['denominator'], 'order')}."
        if unhappy
        else "No buyer of these orders left one or two stars."
    )
    days = f"{short_day(orders['window_start'])} to {short_day(orders['window_end'])}"
    subtitle = f"One and two star feedback on the orders of {days}, {where(orders)}, with {INTERVAL}s."
    told = [
        {
            "Divided by": row["of"],
            "Rate": row["text"],
            INTERVAL: percent_range(row["rate_low"], row["rate_high"]),
        }
        for row in beside.iter_rows(named=True)
    ]
    return [titled(layered(*layers), title, subtitle, height=140, twin=told)]
