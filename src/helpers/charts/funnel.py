"""Stores of many accounts beside what chance does to a store exactly on target, at its size: funnel plots."""

from __future__ import annotations

import altair as alt
import numpy as np
import polars as pl

from helpers.charts.look import highest, layered, lowest, on_ground, target_is, titled
from helpers.colours import LIGHT
from helpers.portfolio import FunnelRow, limits
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import about, count, share, within

FEWEST_STORES, FEWEST_ACCOUNTS = 3, 2  # fewer are no funnel: the table of stores says all
TAILS = (0.05, 0.001)  # beyond each limit lies a store exactly on target so often
POINTS = 90  # of a limit
MOST_NAMES = 6  # written beside their points
SIDES = ["over", "within", "under"]


def funnels(funnel: pl.DataFrame, *, most: int = 2) -> list[alt.LayerChart]:
    """A funnel of each rate that several accounts are judged by alike, those of most stores first, at most `most`."""
    parts = [part for _, part in funnel.group_by("metric", "allowed", "window_days", maintain_order=True)]
    drawn = [part for part in parts if part.height >= FEWEST_STORES and part["account"].n_unique() >= FEWEST_ACCOUNTS]
    drawn.sort(key=lambda part: -part.height)
    return [one(part) for part in drawn[:most]]


def one(part: pl.DataFrame) -> alt.LayerChart:
    """The stores of one rate: a point each, its bad share against how many orders it is worth."""
    rows = list(rows_of(part.sort("rate", descending=True), FunnelRow))
    allowed = rows[0]["allowed"]
    sizes = np.geomspace(max(lowest(part["worth"]) * 0.7, 2.0), highest(part["worth"]) * 1.4, POINTS)
    points = part.select(
        "worth", "rate", "side", name=pl.when(pl.col("side") == "over").then("name").otherwise(pl.lit(""))
    )
    named = points.filter(pl.col("name") != "").group_by("worth", "rate", maintain_order=True)
    named = named.agg(pl.col("name").str.join(", ")).sort("rate", descending=True).head(MOST_NAMES)
    bands = [limits(sizes, allowed, tail) for tail in TAILS]
    top = max(highest(part["rate"]) * 1.15, allowed * 3)
    x = alt.X(
        "worth:Q",
        title=say("funnel-axis"),
        scale=alt.Scale(type="log", domain=[float(sizes[0]), float(sizes[-1])], nice=False),
        axis=alt.Axis(format=",d", tickCount=6, grid=False),
    )
    axis = alt.Axis(format=".2~%", tickCount=5)
    y = alt.Y("rate:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False, clamp=True), axis=axis)
    layers = []
    for (low, high), dash in zip(bands, ([1, 0], [3, 3]), strict=True):
        for side in (low, high):
            line = pl.DataFrame({"worth": sizes.round(2), "rate": side.round(5)}).filter(pl.col("rate") <= top)
            layers.append(alt.Chart(line).mark_line(color=LIGHT["chance"], strokeWidth=1, strokeDash=dash).encode(x, y))
    aim = pl.DataFrame({"rate": [allowed], "worth": [float(sizes[-1])], "label": [target_is(str(allowed))]})
    layers.append(alt.Chart(aim.select("rate")).mark_rule(strokeDash=[6, 4], color=LIGHT["ink"]).encode(y))
    text = alt.Chart(aim).encode(x, y, text=alt.Text("label:N"))
    layers += on_ground(text, LIGHT["ink"], align="right", dx=-3, dy=-8)
    colour = alt.Color("side:N", legend=None).scale(
        domain=SIDES, range=[LIGHT["concern"], LIGHT["chance"], LIGHT["good"]]
    )
    shape = alt.Shape("side:N", legend=None).scale(domain=SIDES, range=["diamond", "circle", "square"])
    drawn = alt.Chart(points.select("worth", "rate", "side"))
    layers.append(drawn.mark_point(filled=True, size=80, opacity=0.9).encode(x, y, color=colour, shape=shape))
    names = alt.Chart(named.select("worth", "rate", "name")).encode(x, y, text=alt.Text("name:N"))
    layers += on_ground(names, LIGHT["concern"], align="right", dx=-9, limit=150)
    twin, right = map(_row, rows), ("bad", "worth")
    return titled(layered(*layers), _title(rows), _subtitle(rows), height=300, name="funnel", twin=twin, right=right)


def _title(rows: list[FunnelRow]) -> str:
    over, first = sum(row["side"] == "over" for row in rows), rows[0]
    rate = METRICS[first["metric"]].label
    return say("funnel-find", rate=rate, days=first["window_days"], over=over, stores=len(rows))


def _subtitle(rows: list[FunnelRow]) -> str:
    return say("funnel-measure", stores=len(rows), expected=about(len(rows) * TAILS[0]))


def _row(row: FunnelRow) -> dict[str, str]:
    return {
        "account": row["name"],
        "of": ", ".join(filter(None, [row["marketplace"], within({**row, "window_days": None})])),
        "bad": share(row["bad"], row["orders"], METRICS[row["metric"]].one_is),
        "worth": count(round(row["worth"])),
        "side": say(f"beside-limits.{row['side']}"),
    }
