"""What makes a chart move without a kernel: sliders, the closed forms of `feedback` as Vega expressions, a sentence.

The sentence is a parameter called `said`: the page writes it under the chart, where it wraps and is read aloud. Its
first wording comes from Python; a test holds the two together, value by value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl
from altair.utils import is_undefined

from helpers.charts.look import LABEL, layered
from helpers.wording import THIN

SAID = "said"

# Feedback of a model of two kinds of buyers (feedback.expected).
MODEL = {
    "dissatisfied": "unhappy / 100",
    "propensity_satisfied": "happy_write / 100",
    "propensity_dissatisfied": "unhappy_write / 100",
    "negative_of_orders": "dissatisfied * propensity_dissatisfied",
    "positive_of_orders": "(1 - dissatisfied) * propensity_satisfied",
    "response_rate": "negative_of_orders + positive_of_orders",
    "negative_of_feedback": "negative_of_orders / response_rate",
    "positive_of_feedback": "positive_of_orders / response_rate",
}
# What counts alone allow (feedback.bounds, implied, breakdown_ratio). The target is in orders of a thousand, so that
# every comparison with it is one of whole numbers.
COUNTS = {
    "target": "target_of_1000 / 1000",
    "low": "negative / orders",
    "high": "(orders - positive) / orders",
    "implied": "negative / (negative + ratio * positive)",
    "breakdown_ratio": "negative * (1000 - target_of_1000) / (positive * target_of_1000)",
    "is_always": "(orders - positive) * 1000 < target_of_1000 * orders",
    "is_never": "negative * 1000 >= target_of_1000 * orders",
}


def slider(name: str, label: str, value: float, low: float, high: float, step: float) -> alt.Parameter:
    """A slider under the chart, labelled in words."""
    return alt.param(name=name, value=value, bind=alt.binding_range(min=low, max=high, step=step, name=f"{label} "))


def choice(name: str, label: str, value: object, options: Mapping[Any, str]) -> alt.Parameter:
    """A list to choose from: value → its words."""
    bind = alt.binding_select(options=list(options), labels=list(options.values()), name=f"{label} ")
    return alt.param(name=name, value=value, bind=bind)


def forms(*closed: Mapping[str, str]) -> list[alt.Parameter]:
    """Each closed form as a parameter of its own name."""
    return [alt.param(name=name, expr=expr) for form in closed for name, expr in form.items()]


def sentence(*parts: str) -> alt.Parameter:
    """The sentence under the chart, from expressions that give text."""
    return alt.param(name=SAID, expr=joined(*parts))


def joined(*parts: str) -> str:
    """Expressions that give text, one after the other."""
    return " + ".join(f"({part})" for part in parts)


def words(text: str) -> str:
    """A text as an expression."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def percent(expr: str) -> str:
    """What wording.percent writes."""
    hundredfold = f"(100 * ({expr}))"
    two, one = (f"format({_to_even(hundredfold, digits)}, ',.{digits}f')" for digits in (2, 1))
    return f"({_to_even(hundredfold, 2)} < 10 ? {two} : {one}) + '{THIN}%'"


def share_percent(expr: str) -> str:
    """What wording.target_percent writes of a share in whole tenths of a per cent."""
    return f"format(100 * ({expr}), '.1~f') + '{THIN}%'"


def number(expr: str) -> str:
    """What wording.count writes."""
    return f"format({expr}, ',.0f')"


def about(expr: str) -> str:
    """What wording.about writes."""
    return f"format({in_tenths(expr)}, ',.1~f')"


def in_tenths(expr: str) -> str:
    """The number that wording.about writes."""
    return _to_even(expr, 1)


def _to_even(expr: str, digits: int) -> str:
    """A number of so many decimals, halves to even as babel writes them; d3 would write them away from nought."""
    scaled = f"(round(1e6 * {10**digits} * ({expr})) / 1e6)"
    rounded = f"({scaled} - floor({scaled}) == 0.5 ? 2 * round({scaled} / 2) : round({scaled}))"
    return f"{rounded} / {10**digits}"


def times(expr: str) -> str:
    """What wording.times writes."""
    return f"(({expr}) < 999.5 ? format({expr}, '.3~r') : format({expr}, ',.0f'))"


def fixed(chart: alt.LayerChart) -> alt.LayerChart:
    """The same chart without its sliders, for a place where something else moves it."""
    still = chart.copy(deep=True)
    for parameter in _parameters(still):
        parameter.bind = alt.Undefined
    return still


def labelled_bars(bars: Mapping[str, tuple[str, str]]) -> alt.LayerChart:
    """One bar for each label, as long as its expression (a share) says, label and share over it.

    bars   label → expression, colour
    """
    frame = pl.DataFrame({"label": list(bars), "at": range(len(bars)), "zero": [0] * len(bars)})
    shares = joined(*(f"datum.at == {at} ? {expr} : 0" for at, (expr, _) in enumerate(bars.values())))
    base = alt.Chart(frame).transform_calculate(share=f"({shares}) || 0")  # nothing of nothing draws no bar
    x = alt.X("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("label:N", sort=None, title=None, axis=None)
    colours = alt.Scale(domain=list(bars), range=[colour for _, colour in bars.values()])
    text = joined("datum.label", words(": "), percent("datum.share"))
    return layered(
        base.mark_bar(height=15, opacity=0.85).encode(x, y, color=alt.Color("label:N", scale=colours, legend=None)),
        base.transform_calculate(text=text)
        .mark_text(align="left", dx=2, dy=-18, limit=LABEL)
        .encode(alt.X("zero:Q"), y, text=alt.Text("text:N")),
    )


def sliders(chart: alt.LayerChart) -> dict[str, dict]:
    """What a chart's sliders and lists are bound to: name → the binding as Vega writes it; of a stage, its controls."""
    if stage := (chart.usermeta if isinstance(chart.usermeta, dict) else {}).get("stage"):
        return stage["controls"]
    return {one.name: one.bind.to_dict() for one in _parameters(chart) if one.bind is not alt.Undefined}


def _parameters(chart: alt.LayerChart) -> Sequence[Any]:
    return [] if is_undefined(chart.params) else chart.params
