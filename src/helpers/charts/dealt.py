"""Dealt chance as still pictures: one shop and a thousand like it, one year and a thousand like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from helpers.charts.look import LABEL, WIDTH, highest, layered, on_ground, titled
from helpers.charts.stages import chosen, staged, typed
from helpers.colours import LIGHT
from helpers.sentences import say
from helpers.wording import aimed, count

COLUMNS, CELL = 50, 17  # marks of the dealt shop
BARS = 130  # pixels of the pile
SEEDS, MOST = 9_999, 1_000  # the largest seed, and the most orders dealt


def dealt_shop(
    *,
    bad: Sequence[bool],
    pile: pl.DataFrame,
    bad_of_1000: int,
    target_of_1000: int,
    seed: int,
    rates: Sequence[int],
    said: str,
) -> alt.LayerChart:
    """A dealt shop, one mark an order, over the pile of a thousand shops like it.

    bad    whether each order went wrong · pile   one row a number of bad orders: `bad`, `shops`, `is_missed`
    rates  bad orders of 1,000 to choose from
    """
    orders = len(bad)
    marks = pl.DataFrame({"bad": bad}).with_row_index("at")
    rows = -(-orders // COLUMNS)
    cell = CELL if rows <= 4 else CELL * 4 / rows
    placed = marks.select(
        kind=pl.when("bad").then(pl.lit("bad")).otherwise(pl.lit("good")),
        x=(pl.col("at") % COLUMNS + 0.5) * CELL,
        y=(pl.col("at") // COLUMNS + 0.5) * cell + 2,
    )
    top = rows * cell + 40
    most = max(highest(pile.get_column("shops")), 1)
    wide = min(60, (WIDTH - 20) / max(pile.height, 1))
    bars = pile.with_row_index("at").select(
        side=pl.when("is_missed").then(pl.lit("misses")).otherwise(pl.lit("meets")),
        left=pl.col("at") * wide + 2,
        right=(pl.col("at") + 1) * wide - 2,
        middle=(pl.col("at") + 0.5) * wide,
        upper=top + BARS * (1 - pl.col("shops") / most),
        lower=pl.lit(top + BARS),
        under=pl.lit(top + BARS + 14),
        over=top + BARS * (1 - pl.col("shops") / most) - 8,
        shops=pl.col("shops").map_elements(count, return_dtype=pl.String),
        bad=pl.col("bad").map_elements(count, return_dtype=pl.String),
    )
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    shapes = alt.Scale(domain=["good", "bad"], range=["square", "diamond"])
    colours = alt.Scale(domain=["good", "bad"], range=[LIGHT["good"], LIGHT["concern"]])
    sides = alt.Scale(domain=["meets", "misses"], range=[LIGHT["good"], LIGHT["concern"]])
    middle = alt.Chart(bars).encode(alt.X("middle:Q", scale=None, axis=None))
    layers = [
        alt.Chart(placed)
        .mark_point(filled=True, opacity=1, size=min(90, (0.6 * cell) ** 2))
        .encode(
            x,
            y,
            shape=alt.Shape("kind:N", scale=shapes, legend=None),
            color=alt.Color("kind:N", scale=colours, legend=None),
        ),
        alt.Chart(bars)
        .mark_rect()
        .encode(
            alt.X("left:Q", scale=None, axis=None),
            alt.Y("upper:Q", scale=None, axis=None),
            x2=alt.X2("right:Q"),
            y2=alt.Y2("lower:Q"),
            color=alt.Color("side:N", scale=sides, legend=None),
        ),
        middle.mark_text().encode(y=alt.Y("under:Q", scale=None, axis=None), text=alt.Text("bad:N")),
        middle.mark_text(fontWeight=600).encode(y=alt.Y("over:Q", scale=None, axis=None), text=alt.Text("shops:N")),
    ]
    twin = [
        {
            "bad": count(row["bad"]),
            "shops": count(row["shops"]),
            "target": say(f"dealt-target.{'misses' if row['is_missed'] else 'meets'}"),
        }
        for row in pile.iter_rows(named=True)
    ]
    title, subtitle, right = say("dealt-find"), say("dealt-measure"), ["bad", "shops"]
    look = {"height": round(top + BARS + 44), "name": "dealt"}
    chart = titled(layered(*layers), title, subtitle, twin=twin, right=right, said=said, **look)
    controls = {
        "orders": typed(say("slider-dealt.orders", most=MOST), orders, 1, MOST),
        "bad_of_1000": chosen(say("slider-dealt.bad"), bad_of_1000, _names(rates)),
        "seed": typed(say("slider-dealt.seed"), seed, 0, SEEDS),
    }
    return staged(chart, "shop", controls, shop={"target_of_1000": target_of_1000})


def dealt_year(
    *,
    windows: pl.DataFrame,
    over: int,
    orders_a_day: int,
    bad_of_1000: int,
    target_of_1000: int,
    seed: int,
    volumes: Sequence[int],
    rates: Sequence[int],
    said: str,
    data: Mapping[str, Any],
) -> alt.LayerChart:
    """A dealt year: the rate over 60 days on each of its days, against the target.

    windows   one row a day: `day`, `bad`, `orders` (lesson.dealing.year) · over   of 1,000 years, missed on some day
    data      what the script deals with
    """
    target = target_of_1000 / 1000
    line = windows.filter(pl.col("orders") > 0).select(
        "day",
        rate=pl.col("bad") / pl.col("orders"),
        is_missed=1000 * pl.col("bad") >= target_of_1000 * pl.col("orders"),
    )
    high = max(1.6 * target, 1.1 * highest(line.get_column("rate")))
    x = alt.X("day:Q", title=say("year-axis"), scale=alt.Scale(domain=[1, 365], nice=False), axis=alt.Axis(grid=False))
    y = alt.Y("rate:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=4), scale=alt.Scale(domain=[0, high]))
    ends = alt.Chart(pl.DataFrame({"rate": [target], "day": [1], "text": [_aim(target_of_1000)]}))
    layers = [
        alt.Chart(line).mark_line(interpolate="step-after", color=LIGHT["good"], strokeWidth=2).encode(x, y),
        alt.Chart(line.filter("is_missed"))
        .mark_point(filled=True, shape="diamond", size=22, opacity=1, color=LIGHT["concern"])
        .encode(x, y),
        ends.mark_rule(strokeDash=[6, 4]).encode(y=alt.Y("rate:Q")),
        *on_ground(ends.encode(x, y, text=alt.Text("text:N")), LIGHT["ink"], align="left", dx=3, dy=-9, limit=LABEL),
    ]
    missed = line.filter("is_missed").height
    twin = [
        {"what": say("year-told.days"), "figure": say("part", part=missed, of=count(365))},
        {"what": say("year-told.years"), "figure": count(over)},
    ]
    title, subtitle = say("year-find"), say("year-measure")
    chart = titled(layered(*layers), title, subtitle, height=240, name="year", twin=twin, right=["figure"], said=said)
    controls = {
        "orders_a_day": chosen(say("slider-year.orders"), orders_a_day, _names(volumes)),
        "bad_of_1000": chosen(say("slider-year.bad"), bad_of_1000, _names(rates)),
        "seed": typed(say("slider-year.seed"), seed, 0, SEEDS),
    }
    return staged(chart, "year", controls, shop={"target_of_1000": target_of_1000}, **data)


def _names(numbers: Sequence[int]) -> dict[int, str]:
    return {one: count(one) for one in numbers}


def _aim(target_of_1000: int) -> str:
    return say("figure-aim", aim=aimed("below", str(target_of_1000 / 1000)))
