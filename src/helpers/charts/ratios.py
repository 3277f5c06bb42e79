"""What counts say about unhappy buyers, for every ratio of who speaks: the bounds, the curve, the ratio that decides."""

from __future__ import annotations

import altair as alt

from helpers.charts.live import COUNTS, forms, joined, number, percent, sentence, share_percent, slider, times, words
from helpers.charts.look import layered, on_ground, titled
from helpers.charts.spoken import counted, factor, spoken
from helpers.colours import LIGHT
from helpers.sentences import say
from helpers.wording import count

LOWEST, HIGHEST, POINTS = 0.01, 1000.0, 200  # response ratios drawn, equally far apart in factors
FLOOR = 0.001  # the smallest share drawn


def ratios(
    *,
    orders: int,
    positive: int,
    negative: int,
    ratio: float,
    target_of_1000: int,
    not_ruled_out: tuple[float, float],
    odds: tuple[float, float],
    said: str = "",
    title: str = "",
) -> alt.LayerChart:
    """The unhappy share of orders that counts imply, for every response ratio.

    ratio            how many times as readily the unhappy write, marked on the curve: a slider, like the target
    target_of_1000   of 1,000 orders, so many unhappy buyers are the target
    not_ruled_out    the ratios that chance leaves possible (feedback.ratios_not_ruled_out)
    odds             the interval of the ratio that decides at even odds (feedback.breakdown_interval for a target of 1/2)
    title            what a chart whose sliders are taken away concludes; what every one does when empty
    """
    given = {"orders": orders, "positive": positive, "negative": negative}
    given |= {"not_low": not_ruled_out[0], "not_high": min(not_ruled_out[1], 1e300)}
    given |= {"odds_low": odds[0], "odds_high": min(odds[1], 1e300)}
    parameters = [
        *(alt.param(name=name, value=value) for name, value in given.items()),
        slider("ratio", say("slider-ratios.ratio"), ratio, 0.1, 60, 0.1),
        slider("target_of_1000", say("slider-ratios.target"), target_of_1000, 1, 100, 1),
        *forms(COUNTS),
        alt.param(name="is_possible", expr="positive + negative <= orders"),
        sentence(_said()),
    ]
    line = (
        alt.Chart(alt.sequence(POINTS + 1, as_="at"))
        .transform_calculate(ratio=f"{LOWEST} * pow({HIGHEST / LOWEST}, datum.at / {POINTS})")
        .transform_calculate(share="negative / (negative + datum.ratio * positive)")
        .transform_calculate(is_feasible="datum.share >= low && datum.share <= high")
        .transform_filter(f"is_possible && positive + negative > 0 && datum.share >= {FLOOR}")
    )
    one = alt.Chart(alt.sequence(1, as_="at")).transform_filter("is_possible")
    x = alt.X(
        "ratio:Q",
        title=say("ratios-axis"),
        scale=alt.Scale(type="log", domain=[LOWEST, HIGHEST]),
        axis=alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000], format="~g", grid=False),
    )
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(type="log", domain=[FLOOR, 1]),
        axis=alt.Axis(values=[0.001, 0.01, 0.1, 1], format="~%"),
    )
    thick = {"color": LIGHT["good"], "strokeWidth": 3}
    at_target = one.transform_calculate(share="target", text=spoken("figure-aim", aim=_target()), ratio=str(LOWEST))
    decides = one.transform_filter(
        f"!is_always && !is_never && positive && negative && breakdown_ratio >= {LOWEST} && breakdown_ratio <= {HIGHEST}"
    ).transform_calculate(
        ratio="breakdown_ratio", share="0.55", text=spoken("ratios-decide", ratio=_about_times("breakdown_ratio"))
    )
    chosen = one.transform_filter("positive + negative > 0").transform_calculate(
        ratio="ratio", share=f"max({FLOOR}, implied)", text=percent("implied")
    )
    layers = [
        line.mark_line(color=LIGHT["rule"], strokeWidth=1.5).encode(x, y),
        line.transform_filter("datum.is_feasible").mark_line(**thick).encode(x, y),
        at_target.mark_rule(strokeDash=[6, 4]).encode(y),
        *on_ground(at_target.encode(x, y, text=alt.Text("text:N")), LIGHT["ink"], align="left", dx=3, dy=9),
        decides.mark_rule(color=LIGHT["concern"], strokeWidth=1.5).encode(x),
        *on_ground(
            decides.encode(x, y, text=alt.Text("text:N")),
            LIGHT["concern"],
            align=alt.ExprRef("breakdown_ratio > 5 ? 'right' : 'left'"),
            dx=alt.ExprRef("breakdown_ratio > 5 ? -6 : 6"),
        ),
        chosen.mark_point(filled=True, size=90, opacity=1, color=LIGHT["ink"]).encode(x, y),
        chosen.mark_text(align="left", dx=9, dy=-9, fontWeight=600).encode(x, y, text=alt.Text("text:N")),
    ]
    chart = layered(*layers).add_params(*parameters)
    known = {"orders": orders, "positive": positive, "negative": negative, "least": negative, "most": orders - positive}
    twin = [{"what": say(f"ratios-known.{name}"), "figure": count(number)} for name, number in known.items()]
    title, subtitle = title or say("ratios-find"), say("ratios-measure")
    return titled(chart, title, subtitle, height=300, name="ratios", twin=twin, right=["figure"], said=said)


def _target() -> str:
    return share_percent("target_of_1000 / 1000")


def _said() -> str:
    """feedback.sentences.of_counts, as an expression."""
    allow = spoken(
        "counts-allow",
        negative=counted("negative"),
        feedback=counted("positive + negative"),
        orders=counted("orders"),
        low=percent("low"),
        high=percent("high"),
    )
    mean = spoken("counts-mean", ratio=factor("ratio"), share=percent("implied"))
    hardly, out = (spoken(key, ratio=factor("ratio")) for key in ("counts-hardly-fit", "counts-rule-out"))
    is_left = "ratio >= not_low && ratio <= not_high"
    if_so = f"(implied >= low - 1e-9 && implied <= high + 1e-9 ? {mean} : {is_left} ? {hardly} : {out})"
    always, never, nothing = (
        spoken(f"counts-{key}", target=_target()) for key in ("always-under", "never-under", "decide-nothing")
    )
    at = "(1000 - target_of_1000) / target_of_1000"
    decide = spoken(
        "counts-decide",
        target=_target(),
        interval=words(say("interval")),
        ratio=_about_times("breakdown_ratio"),
        least=_about_times(f"odds_low * {at}"),
        most=_about_times(f"odds_high * {at}"),
    )
    decided = f"is_always ? {always} : is_never ? {never} : !positive || !negative ? {nothing} : {decide}"
    whole = joined(allow, f"positive + negative ? {joined(words(' '), if_so)} : ''", words(" "), decided)
    return f"is_possible ? {whole} : {spoken('counts-impossible')}"


def _about_times(expr: str) -> str:
    """feedback.sentences.about_times, as an expression."""
    return f"(({expr}) >= 3 ? {number(f'floor(({expr}) + 0.5)')} : {times(expr)})"
