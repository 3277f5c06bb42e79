"""What makes a picture one that is played: the page's own script draws it, with these controls (templates/lesson.js).

The chart itself is its still picture: on paper, without scripts, and in JupyterLab, where Python draws it anew for each
move of a slider (helpers.lesson.widgets).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt


def staged(chart: alt.LayerChart, kind: str, controls: Mapping[str, dict], **data: Any) -> alt.LayerChart:
    """The chart as a stage of that kind, with its controls and what the script needs to know."""
    chart.usermeta = {**chart.usermeta, "stage": {"kind": kind, "controls": dict(controls), **data}}
    return chart


def ranged(label: str, value: int, low: int, high: int, step: int = 1, *, at_most: str = "") -> dict:
    """A slider; `at_most` is the name of the control whose value it can never pass."""
    bound = {"at_most": at_most} if at_most else {}
    return {"name": label, "input": "range", "value": value, "min": low, "max": high, "step": step} | bound


def chosen(label: str, value: int, options: Mapping[int, str]) -> dict:
    """A list to choose from: value → its words."""
    words = {"options": list(options), "labels": list(options.values())}
    return {"name": label, "input": "select", "value": value} | words


def typed(label: str, value: int, low: int, high: int) -> dict:
    """A whole number to type."""
    return {"name": label, "input": "number", "value": value, "min": low, "max": high, "step": 1}
