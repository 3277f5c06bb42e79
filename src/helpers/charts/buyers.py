"""The pictures of the lesson in which one mark is one buyer: who was happy, and who wrote."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import WIDTH, layered, titled
from helpers.charts.stages import ranged, staged
from helpers.colours import LIGHT
from helpers.sentences import say
from helpers.wording import capital, count

COLUMNS, ROWS = 13, 6  # of one panel of two_denominators: 78 buyers
MOST = COLUMNS * ROWS
AMONG = ("wrote", "bought")  # whom each panel of two_denominators counts
HAPPY, UNHAPPY = 15, 5  # columns of the two halves of two_by_two
KINDS = ["happy-wrote", "unhappy-wrote", "happy-silent", "unhappy-silent"]
HEAD = 58  # pixels over the marks for words


def two_by_two(orders: pl.DataFrame, said: str = "", title: str = "") -> alt.LayerChart:
    """Every buyer in the place that says what they lived and whether they wrote.

    orders   one row an order: `experience`, `responded` (feedback.laid_out, feedback.simulated)
    title    what the picture finds, where it is more than its counts
    """
    happy, wrote = pl.col("experience") == "satisfied", pl.col("responded")
    place = pl.int_range(pl.len()).over("experience", "responded")
    wide = pl.when(happy).then(HAPPY).otherwise(UNHAPPY)
    placed = orders.select(
        kind=pl.concat_str(
            pl.when(happy).then(pl.lit("happy-")).otherwise(pl.lit("unhappy-")),
            pl.when(wrote).then(pl.lit("wrote")).otherwise(pl.lit("silent")),
        ),
        wrote="responded",
        column=place % wide + pl.when(happy).then(0).otherwise(HAPPY + 1),
        row=place // wide,
    )
    rows = placed.group_by("wrote").agg(pl.col("row").max() + 1)
    high = {True: 1, False: 1} | dict(rows.iter_rows())
    counts = [placed.filter(kind=kind).height for kind in KINDS]
    names = [say(f"buyers-are.{kind}") for kind in KINDS]
    texts = [say("so-many-buyers", buyers=count(n), are=are) for n, are in zip(counts, names, strict=True)]
    told = pl.DataFrame({"kind": KINDS, "text": texts})
    top = f"(datum.wrote ? 26 : 56 + {high[True]} * cell)"
    marks = _marks(
        alt.Chart(placed)
        .transform_calculate(x="(datum.column + 0.5) * cell", y=f"{top} + (datum.row + 0.5) * cell")
        .transform_calculate(is_counted="true")
    )
    labels = (
        alt.Chart(told)
        .transform_calculate(is_unhappy="indexof(datum.kind, 'unhappy') == 0")
        .transform_calculate(
            x=f"datum.is_unhappy ? {HAPPY + UNHAPPY + 1} * cell : 0",
            y=f"indexof(datum.kind, 'wrote') > 0 ? 12 : 42 + {high[True]} * cell",
        )
        .mark_text(align=alt.ExprRef("datum.is_unhappy ? 'right' : 'left'"), fontWeight=600)
        .encode(alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None), text=alt.Text("text:N"))
    )
    across, down = HAPPY + UNHAPPY + 1, sum(high.values())
    chart = layered(marks, labels).add_params(alt.param(name="cell", expr=f"min(24, width / {across})"))
    unhappy, happy = counts[1] + counts[3], counts[0] + counts[2]
    title = title or say(
        "buyers-find",
        unhappy=unhappy,
        buyers=unhappy + happy,
        unhappy_wrote=counts[1],
        happy=happy,
        happy_wrote=counts[0],
    )
    twin = [{"which": capital(are), "buyers": count(n)} for are, n in zip(names, counts, strict=True)]
    look = {"height": 90 + 24 * down, "narrow": round(64 + down * 320 / across), "name": "buyers"}
    return titled(chart, title, say("buyers-measure"), twin=twin, right=["buyers"], said=said, **look)


def two_denominators(orders: pl.DataFrame, said: str = "") -> alt.LayerChart:
    """The same buyers in the same order twice: counted among those who wrote, and among all who bought.

    orders   as in two_by_two, at most MOST of them: the sliders start at its counts. Raises ValueError for more.
    """
    if orders.height > MOST:
        raise ValueError(f"expected at most {MOST} orders, found {orders.height}")
    happy, unhappy = (orders.filter(experience=name) for name in ("satisfied", "dissatisfied"))
    spoke = [int(half.get_column("responded").sum()) for half in (happy, unhappy)]
    received, cell = sum(spoke), WIDTH / (2 * COLUMNS + 2) * 0.8
    kinds = [(1, spoke[1]), (0, spoke[0]), (3, unhappy.height - spoke[1]), (2, happy.height - spoke[0])]
    order = [KINDS[kind] for kind, many in kinds for _ in range(many)]
    placed = pl.DataFrame(
        [
            {
                "kind": kind,
                "is_counted": panel == 1 or slot < received,
                "x": (panel * (COLUMNS + 2) + slot % COLUMNS + 0.5) * cell,
                "y": HEAD + (slot // COLUMNS + 0.5) * cell,
            }
            for panel in (0, 1)
            for slot, kind in enumerate(order)
        ],
        schema={"kind": pl.String, "is_counted": pl.Boolean, "x": pl.Float64, "y": pl.Float64},
    )
    counts = [(spoke[1], received), (spoke[1], orders.height)]
    heads = pl.DataFrame(
        {
            "x": [0.0, (COLUMNS + 2) * cell],
            "text": [say(f"panel.{among}") for among in AMONG],
            "rate": [say("part", part=part, of=count(whole)) for part, whole in counts],
        }
    )
    x = alt.X("x:Q", scale=None, axis=None)
    head = alt.Chart(heads).encode(x)
    texts = [
        head.mark_text(align="left").encode(y=alt.YValue(8), text=alt.Text("text:N")),
        head.mark_text(align="left", fontSize=24, fontWeight=600).encode(y=alt.YValue(34), text=alt.Text("rate:N")),
    ]
    marks = _marks(alt.Chart(placed)).add_params(alt.param(name="cell", value=cell))
    twin = [
        {"among": say(f"counted-among.{among}"), "bad": count(part), "of": count(whole)}
        for among, (part, whole) in zip(AMONG, counts, strict=True)
    ]
    rows = max(-(-orders.height // COLUMNS), 1)
    title, subtitle, right = say("panels-find"), say("buyers-measure"), ["bad", "of"]
    look = {"height": round(HEAD + cell * (rows + 1)), "name": "panels"}
    chart = titled(layered(marks, *texts), title, subtitle, twin=twin, right=right, said=said, **look)
    controls = {
        "happy": ranged(say("slider-panels.happy"), happy.height, 0, MOST - 20),
        "happy_write": ranged(say("slider-panels.happy_write"), spoke[0], 0, MOST - 20, at_most="happy"),
        "unhappy": ranged(say("slider-panels.unhappy"), unhappy.height, 0, 20),
        "unhappy_write": ranged(say("slider-panels.unhappy_write"), spoke[1], 0, 20, at_most="unhappy"),
    }
    return staged(chart, "buyers", controls)


def _marks(placed: alt.Chart) -> alt.Chart:
    """Buyers at their pixels `x` and `y`, by `kind`; those not counted (`is_counted`) only sketched."""
    kinds = alt.Scale(
        domain=KINDS,
        range=[LIGHT["good"], LIGHT["concern"], LIGHT["ground"], LIGHT["ground"]],
    )
    edges = alt.Scale(domain=KINDS, range=[LIGHT["good"], LIGHT["concern"]] * 2)
    shapes = alt.Scale(domain=KINDS, range=["square", "diamond"] * 2)
    return placed.mark_point(size=alt.ExprRef("pow(0.66 * cell, 2)"), opacity=1, strokeWidth=1.4).encode(
        alt.X("x:Q", scale=None, axis=None),
        alt.Y("y:Q", scale=None, axis=None),
        shape=alt.Shape("kind:N", scale=shapes, legend=None),
        fill=alt.Fill("kind:N", scale=kinds, legend=None),
        stroke=alt.condition(
            "datum.is_counted", alt.Stroke("kind:N", scale=edges, legend=None), alt.value(LIGHT["rule"])
        ),
    )
