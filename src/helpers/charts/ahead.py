"""A rate and its budget in the days to come, when nothing changes; the same under sliders."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import polars as pl

from helpers.charts.live import choice, sentence, slider, words
from helpers.charts.look import highest, layered, lowest, months, name_of, of_key, on_ground, target_rule, titled
from helpers.charts.spoken import counted, spoken
from helpers.colours import LIGHT
from helpers.frames import first_day
from helpers.rows import JudgedRow
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import count, percent, percent_range, several, short_day

BASELINE = "nothing changes"
NINETY = 90  # days: of what the sentence under the sliders speaks


def fan(projection: pl.DataFrame, trailing: pl.DataFrame, verdict: JudgedRow, title: str) -> alt.LayerChart:
    """The rate as it was shown, and as it will be in 90 of 100 futures.

    projection   the `projection` frame · trailing  metrics.trailing · title  what comes of it (scenarios.words)
    """
    to_come = _weekly(of_key(projection, verdict).filter(scenario=BASELINE))
    shown = pl.col("day").is_between(verdict["as_of"] - timedelta(179), verdict["as_of"])
    past = of_key(trailing, verdict).filter(shown, pl.col("is_covered"), pl.col("window_denominator") > 0)
    past = past.sort("day").select("day", pl.col("rate").round(5))
    known = past.height
    if known:
        past = past.upsample("day", every="1d")  # no line across days that the files do not tell
    target = float(verdict["target"])
    scale = _scale(pl.concat([past["rate"], to_come["rate_p05"], to_come["rate_p95"]]), target, verdict)
    x = alt.X("day:T", title=None, axis=months())
    y = alt.Y("rate_p50:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=5), scale=scale)
    drawn = alt.Chart(to_come.select("day", *(pl.col(name).round(5) for name in ("rate_p05", "rate_p50", "rate_p95"))))
    layers = [
        drawn.mark_area(color=LIGHT["chance"], opacity=0.25).encode(
            x, alt.Y("rate_p05:Q", scale=scale), alt.Y2("rate_p95:Q")
        ),
        drawn.mark_line(color=LIGHT["chance"], strokeDash=[4, 3]).encode(x, y),
        alt.Chart(past).mark_line(color=LIGHT["ink"], interpolate="step-after").encode(x, alt.Y("rate:Q", scale=scale)),
        *target_rule(verdict["target"]),
    ]
    subtitle = say("fan-measure", whose=name_of(verdict), gap="yes" if past.height > known else "no")
    rows = [
        {"day": short_day(row["day"]), "middle": percent(row["rate_p50"])}
        | {"futures": percent_range(row["rate_p05"], row["rate_p95"])}
        for row in to_come.iter_rows(named=True)
    ]
    return titled(layered(*layers), title, subtitle, height=250, name="fan", twin=rows, right=("middle", "futures"))


def budget(projection: pl.DataFrame, verdict: JudgedRow) -> alt.LayerChart:
    """How many more bad ones may come, day by day: in the middle future and in 80 of 100."""
    to_come = _weekly(of_key(projection, verdict).filter(scenario=BASELINE))
    x = alt.X("day:T", title=None, axis=months())
    scale = alt.Scale(
        domain=[min(lowest(to_come["left_p10"]), 0) - 1, max(highest(to_come["left_p90"]), 1) + 1], nice=False
    )
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=6)
    drawn = alt.Chart(to_come.select("day", "left_p10", "left_p50", "left_p90"))
    zero = alt.Chart(pl.DataFrame({"zero": [0], "first": [first_day(to_come["day"])], "text": [say("budget-under")]}))
    layers = [
        drawn.mark_area(color=LIGHT["chance"], opacity=0.25, interpolate="step-after").encode(
            x, alt.Y("left_p10:Q", scale=scale), alt.Y2("left_p90:Q")
        ),
        drawn.mark_line(color=LIGHT["good"], strokeWidth=2, interpolate="step-after").encode(
            x, alt.Y("left_p50:Q", title=None, axis=axis, scale=scale)
        ),
        zero.mark_rule(strokeDash=[6, 4], color=LIGHT["ink"]).encode(alt.Y("zero:Q", scale=scale)),
        *on_ground(
            zero.encode(alt.X("first:T"), alt.Y("zero:Q", scale=scale), text=alt.Text("text:N")),
            LIGHT["ink"],
            align="left",
            dx=3,
            dy=9,
        ),
    ]
    what = several(METRICS[verdict["metric"]].one_is)
    title, subtitle = say("allowed-left"), say("budget-measure", whose=name_of(verdict), what=what)
    rows = [
        {"day": short_day(row["day"]), "low": _left(row["left_p10"])}
        | {"middle": _left(row["left_p50"]), "high": _left(row["left_p90"])}
        for row in to_come.iter_rows(named=True)
    ]
    return titled(
        layered(*layers), title, subtitle, height=220, name="budget", twin=rows, right=("low", "middle", "high")
    )


def sliders_ahead(
    moved: pl.DataFrame, verdict: JudgedRow, fewer: int, orders: int, lately: str, said: str = ""
) -> alt.LayerChart:
    """The band of a rate under two sliders: fewer bad ones from tomorrow on, more or fewer orders.

    moved   scenarios.moved: computed beforehand for every place of the sliders · fewer, orders  chosen at first, of 100
    lately  which bad ones come where none fewer do (scenarios.words.lately)
    """
    names = ("low", "middle", "high", "over", "missed")
    grid = {
        f"{place['fewer']} {place['orders']}": {name: part.get_column(name).to_list() for name in names}
        for part in moved.partition_by("fewer", "orders", maintain_order=True)
        for place in [part.row(0, named=True)]
    }
    days = moved.get_column("day").unique().sort()
    ninety = days.to_list().index(verdict["as_of"] + timedelta(days=NINETY))
    target, is_over = float(verdict["target"]), verdict["status"] == "breached"
    volumes = {one: _volume(one) for one in moved.get_column("orders").unique().sort().to_list()}
    parameters = [
        slider("fewer", say("slider-ahead.fewer"), fewer, 0, 100, 10),
        choice("orders", say("slider-ahead.orders"), orders, volumes),
        alt.param(name="days", value=[str(one) for one in days]),
        alt.param(name="grid", value=grid),
        alt.param(name="place", expr="grid[fewer + ' ' + orders]"),
        sentence(_said_of_sliders(ninety, lately, is_over=is_over)),
    ]
    scale = _scale(pl.concat([moved["low"], moved["high"]]), target, verdict)
    line = alt.Chart(alt.sequence(days.len(), as_="at")).transform_calculate(
        day="toDate(days[datum.at])",
        low="place.low[datum.at]",
        middle="place.middle[datum.at]",
        high="place.high[datum.at]",
    )
    x = alt.X("day:T", title=None, axis=months())
    layers = [
        line.mark_area(color=LIGHT["chance"], opacity=0.25).encode(x, alt.Y("low:Q", scale=scale), alt.Y2("high:Q")),
        line.mark_line(color=LIGHT["good"], strokeWidth=2).encode(
            x, alt.Y("middle:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=5), scale=scale)
        ),
        *target_rule(verdict["target"]),
    ]
    title, subtitle = say("ahead-find"), say("ahead-measure", whose=name_of(verdict))
    ends = "met" if is_over else "over"
    twin = [
        {"fewer": count(place["fewer"]), "orders": volumes[place["orders"]]}
        | {ends: count(100 - place["missed"] if is_over else place["over"])}
        for part in moved.partition_by("fewer", "orders", maintain_order=True)
        for place in [part.row(ninety, named=True)]
    ]
    chart = layered(*layers).add_params(*parameters)
    right = ("fewer", ends)
    return titled(chart, title, subtitle, height=270, name="ahead", twin=twin, right=right, said=said)


def _said_of_sliders(ninety: int, lately: str, *, is_over: bool) -> str:
    """scenarios.words.of_sliders, as an expression."""
    change = "orders == 0 ? 'none' : orders > 0 ? 'more' : 'fewer'"
    setting = {"fewer": counted("fewer"), "orders": counted("abs(orders)"), "change": change, "lately": words(lately)}
    setting |= {"days": counted(str(NINETY))}
    if is_over:
        return spoken("setting-meets", met=counted(f"100 - place.missed[{ninety}]"), **setting)
    return spoken("setting-is-over", over=counted(f"place.over[{ninety}]"), **setting)


def _volume(orders: int) -> str:
    return say("more-orders", change="more" if orders > 0 else "fewer" if orders else "none", orders=abs(orders))


def _weekly(to_come: pl.DataFrame) -> pl.DataFrame:
    """Tomorrow and every seventh day after it: neighbouring days share almost all their orders."""
    return to_come.sort("day").gather_every(7)


def _scale(rates: pl.Series, target: float, verdict: JudgedRow) -> alt.Scale:
    if METRICS[verdict["metric"]].good_is == "high":
        least = min(lowest(rates), target)
        return alt.Scale(domain=[max(0.0, least - 0.1 * (1 - least)), 1.0], nice=False)
    return alt.Scale(domain=[0, max(highest(rates), target) * 1.15], nice=False)


def _left(number: int) -> str:
    return say("budget-left", side="over" if number < 0 else "left", bad=abs(number))
