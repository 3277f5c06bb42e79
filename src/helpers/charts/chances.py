"""What chance alone does, by volume: exact chances computed beforehand, between which a slider chooses."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.live import choice, labelled_bars, percent, sentence, share_percent, slider, words
from helpers.charts.look import layered, titled
from helpers.charts.spoken import counted, spoken
from helpers.colours import LIGHT
from helpers.sentences import say
from helpers.wording import count, target_percent
from helpers.wording import percent as written

STEP = 10  # orders
PRINTED = (50, 100, 101, 300, 600, 1000)  # volumes of the table twin
STANDINGS = {  # how a record stands, and its colour
    "more_negative": LIGHT["concern"],
    "tie": LIGHT["chance"],
    "none": LIGHT["chance"],
    "more_positive": LIGHT["good"],
}


def one_look(looks: pl.DataFrame, orders: int, rate: float, said: str = "") -> alt.LayerChart:
    """The chance that a seller of a true rate is seen at or over the target at one look, by volume.

    looks          one row a rate and a volume: `rate`, `orders`, `allowed`, `probability_missed`; every rate has the
                   same volumes (feedback.looks)
    orders, rate   chosen at first
    """
    volumes = looks.get_column("orders").unique().sort()
    by_rate = {
        str(of): part.sort("orders") for (of,), part in looks.group_by("rate", maintain_order=True)
    }  # the same text as JavaScript writes the number
    grid = {of: part.get_column("probability_missed").round(6).to_list() for of, part in by_rate.items()}
    allowed = next(iter(by_rate.values())).get_column("allowed").to_list()
    names = {float(of): target_percent(of) for of in grid}
    most = volumes.item(-1)
    parameters = [
        slider("orders", say("slider-look.orders"), orders, STEP, most, STEP),
        choice("rate", say("slider-look.rate"), rate, names),
        alt.param(name="volumes", value=volumes.to_list()),
        alt.param(name="allowed", value=allowed),
        alt.param(name="grid", value=grid),
        alt.param(name="at", expr="indexof(volumes, orders)"),
        alt.param(name="missed", expr="grid[rate][at]"),
        sentence(_said_of_look()),
    ]
    line = alt.Chart(alt.sequence(volumes.len(), as_="at")).transform_calculate(
        orders="volumes[datum.at]", missed="grid[rate][datum.at]"
    )
    here = line.transform_filter("datum.at == at")
    x = alt.X("orders:Q", title=say("slider-look.orders"), scale=alt.Scale(domain=[0, most], nice=False))
    y = alt.Y("missed:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    layers = [
        line.mark_line(color=LIGHT["chance"], strokeWidth=1.5).encode(x, y),
        here.mark_rule(color=LIGHT["concern"], strokeDash=[3, 3]).encode(x),
        here.mark_point(filled=True, size=90, opacity=1, color=LIGHT["concern"]).encode(x, y),
        here.transform_calculate(text=percent("datum.missed"))
        .mark_text(
            fontWeight=600,
            fontSize=14,
            align=alt.ExprRef(f"orders > {most // 2} ? 'right' : 'left'"),
            dx=alt.ExprRef(f"orders > {most // 2} ? -10 : 10"),
            dy=alt.ExprRef("missed > 0.9 ? 16 : -12"),
        )
        .encode(x, y, text=alt.Text("text:N")),
    ]
    twin = [
        {"orders": count(n), "allowed": count(part.get_column("allowed")[0])}
        | {f"{row['rate']}": written(row["probability_missed"]) for row in part.iter_rows(named=True)}
        for (n,), part in looks.filter(pl.col("orders").is_in(PRINTED))
        .sort("orders", "rate")
        .group_by("orders", maintain_order=True)
    ]
    chart = layered(*layers).add_params(*parameters)
    heads = {of: say("head-look.true_rate", rate=names[float(of)]) for of in grid}
    title, subtitle = say("look-find"), say("look-measure", target=target_percent("0.01"))
    right = list(twin[0]) if twin else []
    look = {"height": 270, "name": "look", "heads": heads}
    return titled(chart, title, subtitle, twin=twin, right=right, said=said, **look)


def standing(grid: pl.DataFrame, orders: int, model: str, said: str = "") -> alt.LayerChart:
    """How often the feedback on so many orders stands which way, for a few models.

    grid           feedback.grid with a column `case`, the name of the model; every case has the same volumes
    orders, model   chosen at first
    """
    volumes = grid.get_column("orders").unique().sort()
    values = {
        of: {name: part.sort("orders").get_column(name).round(6).to_list() for name in STANDINGS}
        for (of,), part in grid.group_by("case", maintain_order=True)
    }
    parameters = [
        slider("orders", say("slider-standing.orders"), orders, STEP, volumes.item(-1), STEP),
        choice("model", say("slider-standing.model"), model, {of: of for of in values}),
        alt.param(name="volumes", value=volumes.to_list()),
        alt.param(name="grid", value=values),
        alt.param(name="at", expr="indexof(volumes, orders)"),
        *(alt.param(name=name, expr=f"grid[model].{name}[at]") for name in STANDINGS),
        sentence(_said_of_standing()),
    ]
    at = grid.filter(pl.col("orders") == orders, pl.col("case") == model).row(0, named=True)
    told = {name: say(f"stands.{name}") for name in STANDINGS}
    twin = [{"stands": text, "chance": written(at[name])} for name, text in told.items()]
    chart = labelled_bars({told[name]: (name, colour) for name, colour in STANDINGS.items()}).add_params(*parameters)
    title, subtitle = say("standing-find"), say("standing-measure")
    return titled(chart, title, subtitle, height=240, name="records", twin=twin, right=["chance"], said=said)


def _said_of_look() -> str:
    """feedback.sentences.of_look, as an expression."""
    found = spoken(
        "look",
        orders=counted("orders"),
        allowed=counted("allowed[at]"),
        target=words(target_percent("0.01")),
        rate=share_percent("rate"),
        missed=percent("missed"),
        bad=counted("1000 * missed"),
        good=counted("1000 * (1 - missed)"),
    )
    return f"at < 0 ? {spoken('volume-not-computed')} : {found}"


def _said_of_standing() -> str:
    """feedback.sentences.of_standing, as an expression."""
    found = spoken("standing", orders=counted("orders"), **{name: counted(f"1000 * {name}") for name in STANDINGS})
    return f"at < 0 ? {spoken('volume-not-computed')} : {found}"
