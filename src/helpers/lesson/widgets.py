"""A scene with sliders of JupyterLab: each step is computed by the same Python function that drew the page.

The sliders are read from the chart's own, so their names, ranges and steps are said once. Nothing of this reaches a
page without a kernel: its cell is tagged `interactive`.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from IPython.display import display
from ipywidgets import (
    Accordion,
    BoundedIntText,
    Dropdown,
    FloatSlider,
    IntSlider,
    Layout,
    VBox,
    Widget,
    interactive_output,
)

from helpers import charts
from helpers.charts.look import Drawing
from helpers.templates import template

WIDE = Layout(width="34rem")


def moved(scene: Callable[..., Drawing], *given: Any, **start: Any) -> VBox:
    """The scene under sliders that start where it is told to; each move calls it again and shows what it gives.

    given   what the scene takes that no slider moves: a shop
    """
    binds = charts.sliders(scene(*given, **start))
    controls = {name: _control(name, bind, start[name]) for name, bind in binds.items()}
    for name, bind in binds.items():
        if "at_most" in bind:
            _bound(controls[name], controls[bind["at_most"]])
    return VBox([*controls.values(), interactive_output(lambda **values: _show(scene, given, values), controls)])


@dataclass(frozen=True)
class Closed:
    """A chart that JupyterLab keeps closed until it is asked for, run or just opened, trusted or not."""

    chart: Drawing

    def _repr_mimebundle_(self, *_: object, **__: object) -> tuple[dict, dict]:
        data, more = cast("tuple[dict, dict]", self.chart._repr_mimebundle_())
        picture = base64.b64encode(data["image/svg+xml"].encode()).decode()
        said = self.chart.usermeta.get("said", "")
        html = template("closed.html.j2").render(picture=picture, described=data["text/plain"], said=said)
        return data | {"text/html": html, "text/plain": "Guess first; then open the picture."}, more


def closed(one: Drawing | VBox) -> Closed | Accordion:
    """A picture that follows a guess, or its sliders, closed until it is asked for. A page has ways of its own (its tag)."""
    if isinstance(one, VBox):
        return Accordion([one], titles=("Move it yourself, when you have guessed",), selected_index=None)
    return Closed(one)


def _bound(lower: Any, upper: Any) -> None:
    """Keep one slider from ever passing another."""

    def follow(_: object = None) -> None:
        lower.max = upper.value

    upper.observe(follow, "value")
    follow()


def _control(name: str, bind: dict, value: Any) -> Widget:
    look = {"description": bind["name"].strip(), "style": {"description_width": "20rem"}, "layout": WIDE}
    if bind["input"] == "select":
        words = zip(bind["labels"], bind["options"], strict=True)
        return Dropdown(options=list(words), value=value, **look)
    if bind["input"] == "number":
        return BoundedIntText(value=value, min=bind["min"], max=bind["max"], **look)
    ends = {"min": bind["min"], "max": bind["max"], "step": bind["step"]}
    if all(isinstance(one, int) for one in ends.values()):
        return IntSlider(value=value, continuous_update=False, **ends, **look)
    return FloatSlider(value=value, readout_format=".1f", continuous_update=False, **ends, **look)


def _show(scene: Callable[..., Drawing], given: tuple[Any, ...], values: dict[str, Any]) -> None:
    chart = scene(*given, **values)
    print(textwrap.fill(chart.usermeta["said"], 100))
    display(charts.fixed(chart))
