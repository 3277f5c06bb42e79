"""The small trend of one rate: a step line on its own scale with its target, each day in the colour of its side."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

import polars as pl
from markupsafe import Markup

from helpers.frames import KEY
from helpers.rows import KeyRow, VerdictRow, rows_of
from helpers.sentences import say
from helpers.tables.layout import period
from helpers.templates import template
from helpers.verdicts import is_on_target
from helpers.vocabulary import METRICS
from helpers.wording import percent_range, target_percent

WIDTH, HEIGHT, DAYS = 132, 30, 365
EVERY = 3  # days from one drawn point to the next: finer than a pixel and a half


class DayRow(KeyRow):
    """A day of the trend: how many days before the last it lies, its rate and its side."""

    ago: int
    rate: float
    is_met: bool


def spark(counted: pl.DataFrame, verdict: VerdictRow) -> Markup:
    """The year of a judged rate as a picture of a few pixels; empty where the files hold fewer than two of its days."""
    days = _days(counted, verdict)
    if days.height < 2:
        return Markup()
    target = float(verdict["target"])
    points = list(rows_of(days, DayRow))
    low, high = _scale([row["rate"] for row in points], target, METRICS[verdict["metric"]].good_is)

    def y(rate: float) -> float:
        return round(HEIGHT - 3 - (min(max(rate, low), high) - low) / (high - low) * (HEIGHT - 6), 1)

    def x(ago: int) -> float:
        return round((WIDTH - 4) * (1 - ago / DAYS), 1)

    paths = []
    for (_, is_met), run in groupby(_runs(points), key=lambda one: one[:2]):
        steps = [row for _, _, row in run]
        ends = [*steps[1:], None]
        line = f"M{x(steps[0]['ago'])} {y(steps[0]['rate'])}" + "".join(
            f"H{x(after['ago'] if after else max(row['ago'] - EVERY, 0))}" + (f"V{y(after['rate'])}" if after else "")
            for row, after in zip(steps, ends, strict=True)
        )
        paths.append(("met" if is_met else "breached", line))
    last = points[-1]
    rates = [row["rate"] for row in points]
    first = verdict["as_of"] - timedelta(days=points[0]["ago"])
    said = say(
        "trend",
        days=period(first, verdict["as_of"]),
        rates=percent_range(min(rates), max(rates)),
        aim=target_percent(verdict["target"]),
    )
    drawn = {"x": x(last["ago"]), "y": y(last["rate"]), "side": "met" if last["is_met"] else "breached"}
    svg = template("spark.svg.j2").render(width=WIDTH, height=HEIGHT, said=said, aim=y(target), paths=paths, last=drawn)
    return Markup(svg)


def _days(counted: pl.DataFrame, verdict: VerdictRow) -> pl.DataFrame:
    ago = (pl.lit(verdict["as_of"]) - pl.col("day")).dt.total_days()
    of_key = [pl.col(name).eq_missing(pl.lit(verdict[name])) for name in KEY]
    held = counted.filter(*of_key, pl.col("is_covered"), pl.col("window_denominator") > 0, ago.is_between(0, DAYS))
    drawn = held.with_columns(ago=ago, is_met=is_on_target(verdict["target"], verdict["must_be"]))
    return drawn.filter(pl.col("ago") % EVERY == 0).sort("ago", descending=True)


def _runs(points: list[DayRow]) -> list[tuple[int, bool, DayRow]]:
    """Each day with the number of its run: a run ends where files are missing or the rate changes its side."""
    run, told = 0, []
    for n, row in enumerate(points):
        if n and (points[n - 1]["ago"] - row["ago"] > EVERY or points[n - 1]["is_met"] != row["is_met"]):
            run += 1
        told.append((run, row["is_met"], row))
    return told


def _scale(rates: list[float], target: float, good_is: str) -> tuple[float, float]:
    """Zero to above all of a rate that should be low; from under all to 100 % of one that should be high."""
    if good_is == "low":
        return 0.0, max(*rates, target) * 1.15 or 1.0
    least = min(*rates, target)
    return max(0.0, least - 0.2 * (1 - least) - 0.005), 1.0
