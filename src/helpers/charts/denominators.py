"""The same buyers on two denominators."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import LABEL, layered, titled
from helpers.colours import LIGHT
from helpers.sentences import say
from helpers.wording import capital, counted, labelled, percent, percent_range, share, short_day, where


def denominators(beside: pl.DataFrame) -> list[alt.LayerChart]:
    """Bad feedback as a share of feedback received and as a share of orders, on one scale: same buyers, two rates.

    beside   feedback.beside. One chart, or none when there is nothing to compare.
    """
    if beside.is_empty():
        return []
    received, orders = beside.to_dicts()
    rows = [_row(by, row) for by, row in (("feedback", received), ("orders", orders))]
    texts = [{"label": labelled(capital(row["by"]), row["rate"]), "told": told} for row, told in rows]
    frame = beside.select("rate", "rate_low", "rate_high", zero=pl.lit(0)).with_columns(pl.DataFrame(texts))
    y = alt.Y("label:N", sort=None, title=None, axis=None)
    x = alt.X("rate:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=5), scale=alt.Scale(domainMin=0))
    base, tooltip = alt.Chart(frame), alt.Tooltip("told:N")
    layers = [
        base.mark_bar(height=16, color=LIGHT["good"], opacity=0.75).encode(x, y, tooltip=tooltip),
        base.mark_rule(strokeWidth=1.5).encode(alt.X("rate_low:Q"), y, x2=alt.X2("rate_high:Q"), tooltip=tooltip),
        base.mark_text(align="left", dx=2, dy=-18, limit=LABEL).encode(
            alt.X("zero:Q"), y, text=alt.Text("label:N"), tooltip=tooltip
        ),
    ]
    title = say(
        "denominators-find",
        unhappy=orders["numerator"],
        of_feedback=percent(received["rate"]),
        feedback=received["denominator"],
        of_orders=percent(orders["rate"]),
        orders=counted(orders["denominator"], "order"),
    )
    subtitle = say("denominators-measure", where=where(orders), **_days(orders))
    twin = [row for row, _ in rows]
    return [titled(layered(*layers), title, subtitle, height=140, name="denominators", twin=twin)]


def _row(by: str, row: dict) -> tuple[dict[str, str], str]:
    """A row of the twin, and what the pointer tells of it in a sentence."""
    one_is, ends = "feedback" if by == "feedback" else "order", percent_range(row["rate_low"], row["rate_high"])
    rate = share(row["numerator"], row["denominator"], one_is)
    of = counted(row["denominator"], one_is)
    said = {"part": row["numerator"], "of": of, "rate": percent(row["rate"]), "ends": ends}
    told = say("denominators-told", by=by, **said, **_days(row))
    return {"by": say(f"denominators-of.{by}"), "rate": rate, "interval": ends}, told


def _days(row: dict) -> dict[str, str]:
    return {"first": short_day(row["window_start"]), "last": short_day(row["window_end"])}
