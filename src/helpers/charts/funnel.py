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
    drawn = [part for part in parts if _stores(part) >= FEWEST_STORES and part["account"].n_unique() >= FEWEST_ACCOUNTS]
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
    equal = (
        points.filter(name="").group_by("worth", "rate", maintain_order=True).len("number").filter(pl.col("number") > 1)
    )
    told = [say("funnel-equal", number=number) for number in equal.get_column("number")]
    numbers = alt.Chart(equal.select("worth", "rate", text=pl.Series(told, dtype=pl.String)))
    layers += on_ground(numbers.encode(x, y, text=alt.Text("text:N")), LIGHT["ink"], align="left", dx=13)
    names = alt.Chart(named.select("worth", "rate", "name")).encode(x, y, text=alt.Text("name:N"))
    is_left = "scale('x', datum.worth) < width / 2"  # there a name stands on the other side, where the picture has room
    side = {"align": alt.ExprRef(f"{is_left} ? 'left' : 'right'"), "dx": alt.ExprRef(f"{is_left} ? 9 : -9")}
    layers += on_ground(names, LIGHT["concern"], **side, limit=150)
    twin, right = map(_row, rows), ("bad", "worth")
    title, subtitle = _title(rows, _stores(part)), _subtitle(rows, _stores(part), equal.height)
    return titled(layered(*layers), title, subtitle, height=300, name="funnel", twin=twin, right=right)


def _stores(part: pl.DataFrame) -> int:
    return part.select("account", "marketplace", "fulfilment").n_unique()


def _title(rows: list[FunnelRow], stores: int) -> str:
    over, first = sum(row["side"] == "over" for row in rows), rows[0]
    rate, points = METRICS[first["metric"]].label, len(rows)
    of = _of(points, stores)
    return say("funnel-find", rate=rate, days=first["window_days"], over=over, of=of, points=points, stores=stores)


def _subtitle(rows: list[FunnelRow], stores: int, equal: int) -> str:
    points = len(rows)
    return say("funnel-measure", of=_of(points, stores), points=points, equal=equal, expected=about(points * TAILS[0]))


def _of(points: int, stores: int) -> str:
    """What a point is: a store, or one of its categories."""
    return "stores" if points == stores else "categories"


def _row(row: FunnelRow) -> dict[str, str]:
    return {
        "account": row["name"],
        "of": ", ".join(filter(None, [row["marketplace"], within({**row, "window_days": None})])),
        "bad": share(row["bad"], row["orders"], METRICS[row["metric"]].one_is),
        "worth": count(round(row["worth"])),
        "side": say(f"beside-limits.{row['side']}"),
    }
