"""What a model of who speaks comes to: over feedback and over orders, when everyone is asked, in published cases."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.live import MODEL, forms, labelled_bars, percent, sentence, slider
from helpers.charts.look import LABEL, layered, titled
from helpers.charts.spoken import estimated, spoken
from helpers.colours import LIGHT
from helpers.sentences import say
from helpers.wording import percent as written
from helpers.wording import times

SLIDERS, STEP = ("unhappy", "happy_write", "unhappy_write"), 0.5
BARS = {
    "negative_of_feedback": "concern",
    "negative_of_orders": "concern",
    "dissatisfied": "chance",
}  # and their colours


def expected(model: pl.DataFrame, said: str = "") -> alt.LayerChart:
    """Negative feedback over feedback, over orders, and the unhappy buyers behind it, for any model.

    model   one row: `dissatisfied`, `propensity_satisfied`, `propensity_dissatisfied` and the two rates
            `negative_of_feedback`, `negative_of_orders` (feedback.shown)
    """
    row = model.row(0, named=True)
    bars = {say(f"model-bar.{name}"): (name, LIGHT[colour]) for name, colour in BARS.items()}
    chart = labelled_bars(bars).add_params(*_sliders(row), *forms(MODEL), sentence(_said_of_model()))
    twin = [{"what": label, "share": written(row[name])} for label, (name, _) in bars.items()]
    title, subtitle = say("model-find"), say("model-measure")
    return titled(chart, title, subtitle, height=190, name="model", twin=twin, right=["share"], said=said)


def directions(cases: pl.DataFrame) -> alt.LayerChart:
    """Who speaks, in which market: of a hundred happy and of a hundred unhappy buyers, how many leave feedback.

    cases   one row a case: `title`, `dissatisfied_write`, `satisfied_write`, `response_ratio`, `grade`, `known`
            (feedback.published); what was made up for teaching is not drawn
    """
    cases = cases.filter(pl.col("grade") != "illustration")
    frame = cases.select(
        "title",
        "dissatisfied_write",
        "satisfied_write",
        words=pl.concat_str(
            pl.col("response_ratio").map_elements(louder, return_dtype=pl.String), pl.lit("; "), "known"
        ),
        zero=pl.lit(0.0),
        most=pl.lit(1.0),
    )
    x_title, axis = say("directions-axis"), alt.Axis(format=".0%", tickCount=5)
    x = alt.X("satisfied_write:Q", title=x_title, axis=axis, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("title:N", sort=None, title=None, axis=None)
    base = alt.Chart(frame)
    size = alt.ExprRef("width > 560 ? 12 : 10.5")  # the longest name fits a telephone
    marks = {"filled": True, "opacity": 1, "size": 110}
    layers = [
        base.mark_text(align="left", dx=2, dy=-19, fontWeight=600, fontSize=size, limit=LABEL).encode(
            alt.X("zero:Q"), y, text=alt.Text("title:N")
        ),
        base.mark_rule(strokeWidth=2, color=LIGHT["rule"]).encode(x, y, x2=alt.X2("dissatisfied_write:Q")),
        base.mark_point(shape="square", color=LIGHT["good"], **marks).encode(x, y),
        base.mark_point(shape="diamond", color=LIGHT["concern"], **marks).encode(alt.X("dissatisfied_write:Q"), y),
        base.mark_text(
            align="right", dy=alt.ExprRef("width > 560 ? -19 : 18"), fontSize=size, color=LIGHT["quiet"], limit=LABEL
        ).encode(alt.X("most:Q"), y, text=alt.Text("words:N")),
    ]
    twin = [
        {
            "market": row["title"],
            "happy": written(row["satisfied_write"]),
            "unhappy": written(row["dissatisfied_write"]),
            "oftener": louder(row["response_ratio"]),
            "known": row["known"],
        }
        for row in cases.iter_rows(named=True)
    ]
    title, subtitle, right = say("directions-find"), say("directions-measure"), ["happy", "unhappy"]
    look = {"height": 52 * cases.height + 30, "narrow": 64 * cases.height, "name": "directions"}
    return titled(layered(*layers), title, subtitle, twin=twin, right=right, **look)


def louder(ratio: float) -> str:
    """Who writes more readily, and by what factor: `the happy, 48.4 times as often`."""
    who, by = ("unhappy", ratio) if ratio > 1 else ("happy", 1 / ratio)
    return say("writes-oftener", who=who, times=times(by))


def _sliders(row: dict) -> list[alt.Parameter]:
    values = (row["dissatisfied"], row["propensity_satisfied"], row["propensity_dissatisfied"])
    return [
        slider(name, say(f"slider-model.{name}"), round(100 * value, 10), 0, 100, STEP)
        for name, value in zip(SLIDERS, values, strict=True)
    ]


def _said_of_model() -> str:
    """feedback.sentences.of_model, as an expression."""
    unhappy = estimated("1000 * dissatisfied")
    silent = spoken("model-silent", unhappy=unhappy)
    shown = spoken(
        "model-shown",
        unhappy=unhappy,
        feedback=estimated("1000 * response_rate"),
        negative=estimated("1000 * negative_of_orders"),
        of_feedback=percent("negative_of_feedback"),
        positive=percent("positive_of_feedback"),
        of_orders=percent("negative_of_orders"),
    )
    return f"response_rate == 0 ? {silent} : {shown}"
