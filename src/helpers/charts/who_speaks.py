"""What a model of who speaks comes to: over feedback and over orders, when everyone is asked, in published cases."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.live import ASKED, MODEL, about, forms, joined, labelled_bars, percent, sentence, slider, words
from helpers.charts.look import LABEL, layered, titled
from helpers.colours import LIGHT
from helpers.wording import percent as written

SLIDERS = (
    ("unhappy", "Of 100 buyers, unhappy", 0.5),
    ("happy_write", "Of 100 happy ones, write", 0.5),
    ("unhappy_write", "Of 100 unhappy ones, write", 0.5),
)


def expected(model: pl.DataFrame, said: str = "") -> alt.LayerChart:
    """Negative feedback over feedback, over orders, and the unhappy buyers behind it, for any model.

    model   one row: `dissatisfied`, `propensity_satisfied`, `propensity_dissatisfied` and the two rates
            `negative_of_feedback`, `negative_of_orders` (feedback.shown)
    """
    row = model.row(0, named=True)
    bars = {
        "Negative, of the feedback": ("negative_of_feedback", LIGHT["concern"]),
        "Negative feedback, of the orders": ("negative_of_orders", LIGHT["concern"]),
        "Unhappy buyers, of the orders": ("dissatisfied", LIGHT["chance"]),
    }
    chart = labelled_bars(bars).add_params(*_sliders(row), *forms(MODEL), sentence(_said_of_model()))
    twin = [{"What": label, "Share": written(row[name])} for label, (name, _) in bars.items()]
    title = "The same buyers give one rate among feedback and another among orders."
    subtitle = "Expected shares, from a formula. The score divides by feedback, the order defect rate by orders."
    return titled(chart, title, subtitle, height=190, twin=twin, right=["Share"], said=said)


def asking(model: pl.DataFrame, said: str = "") -> alt.LayerChart:
    """The score unasked, the score when everyone is asked, and the share of happy buyers that ends every honest score.

    model   as in expected, with `chance` (a silent buyer who is asked answers), `positive_of_feedback` and `ceiling`
            (the score when everyone is asked)
    """
    row = model.row(0, named=True)
    bars = {
        "Score, unasked": ("positive_of_feedback", LIGHT["chance"]),
        "Score, everyone asked: where it settles": ("ceiling", LIGHT["good"]),
        "Happy buyers, of the orders": ("1 - dissatisfied", LIGHT["chance"]),
    }
    answers = slider("answer", "Of 100 silent ones who are asked, answer", 100 * row["chance"], 0, 100, 1)
    parameters = [*_sliders(row), answers, *forms(MODEL, ASKED), sentence(_said_of_asking())]
    shares = [row["positive_of_feedback"], row["ceiling"], 1 - row["dissatisfied"]]
    twin = [{"What": label, "Share": written(share)} for label, share in zip(bars, shares, strict=True)]
    title = "Asking everyone moves the score towards the share of happy buyers."
    subtitle = "Expected share of positive feedback, from a formula."
    chart = labelled_bars(bars).add_params(*parameters)
    return titled(chart, title, subtitle, height=190, twin=twin, right=["Share"], said=said)


def directions(cases: pl.DataFrame) -> alt.LayerChart:
    """Published cases: how many buyers were dissatisfied, and how many the feedback shows.

    cases   one row a case: `title`, `dissatisfied`, `negative_of_feedback`, `response_ratio` (feedback.published)
    """
    louder = pl.col("response_ratio") > 1
    frame = cases.select(
        "title",
        "dissatisfied",
        "negative_of_feedback",
        direction=pl.when(louder).then(pl.lit("unhappy louder")).otherwise(pl.lit("happy louder")),
        zero=pl.lit(0),
    )
    scale = alt.Scale(domain=["unhappy louder", "happy louder"], range=[LIGHT["concern"], LIGHT["good"]])
    colour = alt.Color("direction:N", scale=scale, legend=None)
    x = alt.X("dissatisfied:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 0.8]))
    y = alt.Y("title:N", sort=None, title=None, axis=None)
    base = alt.Chart(frame)
    layers = [
        base.mark_text(align="left", dx=2, dy=-16, limit=LABEL).encode(alt.X("zero:Q"), y, text="title:N"),
        base.mark_rule(strokeWidth=2.5).encode(x, y, x2="negative_of_feedback:Q", color=colour),
        base.mark_point(size=70, filled=False, strokeWidth=2, opacity=1).encode(x, y, color=colour),
        base.mark_point(size=70, filled=True, opacity=1, shape="triangle-right")
        .encode(alt.X("negative_of_feedback:Q"), y, color=colour)
        .transform_filter("datum.negative_of_feedback >= datum.dissatisfied"),
        base.mark_point(size=70, filled=True, opacity=1, shape="triangle-left")
        .encode(alt.X("negative_of_feedback:Q"), y, color=colour)
        .transform_filter("datum.negative_of_feedback < datum.dissatisfied"),
    ]
    twin = [
        {
            "Case": row["title"],
            "Unhappy, of all": written(row["dissatisfied"]),
            "Negative, of the feedback": written(row["negative_of_feedback"]),
        }
        for row in cases.iter_rows(named=True)
    ]
    ups = cases.filter(louder).height
    title = f"Feedback can look worse than the truth, or better: here {ups} against {cases.height - ups}."
    subtitle = "Ring: dissatisfied buyers. Arrowhead: negative share of the feedback. Cases from the literature."
    right = ["Unhappy, of all", "Negative, of the feedback"]
    return titled(layered(*layers), title, subtitle, height=44 * cases.height + 30, twin=twin, right=right)


def _sliders(row: dict) -> list[alt.Parameter]:
    values = (row["dissatisfied"], row["propensity_satisfied"], row["propensity_dissatisfied"])
    return [
        slider(name, label, round(100 * value, 10), 0, 100, step)
        for (name, label, step), value in zip(SLIDERS, values, strict=True)
    ]


def _said_of_model() -> str:
    """feedback.sentences.of_model, as an expression."""
    unhappy = joined(
        words("In 1,000 orders: "), about("1000 * dissatisfied"), words(" unhappy buyer"), _s("1000 * dissatisfied")
    )
    nothing = joined(unhappy, words(" and no feedback, so there is no score."))
    shown = joined(
        unhappy,
        words(" and "),
        about("1000 * response_rate"),
        words(" feedback, "),
        about("1000 * negative_of_orders"),
        words(" of them negative. So "),
        percent("negative_of_feedback"),
        words(" of the feedback is negative and the score shows "),
        percent("positive_of_feedback"),
        words(" positive; of the orders, "),
        percent("negative_of_orders"),
        words(" bring negative feedback."),
    )
    return f"response_rate == 0 ? {nothing} : {shown}"


def _s(expr: str) -> str:
    return f"{about(expr)} == '1' ? '' : 's'"


def _said_of_asking() -> str:
    """feedback.sentences.of_asking, as an expression."""
    shown = joined(
        words("Unasked, the score tends to "),
        percent("positive_of_feedback"),
        words(" positive; with everyone asked, to "),
        percent("ceiling"),
        words(". With many orders it settles there. If everybody wrote, it would be "),
        percent("1 - dissatisfied"),
        words(", the share of happy buyers. Negative feedback in 1,000 orders: "),
        about("1000 * negative_of_orders"),
        words(" unasked, "),
        about("1000 * negative_when_asked"),
        words(" asked."),
    )
    nothing = words("Where nobody writes there is no score.")
    return f"response_rate == 0 || positive_when_asked + negative_when_asked == 0 ? {nothing} : {shown}"
