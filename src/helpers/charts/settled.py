"""What a shop's own counts settle, and what asking everyone would do to its score."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import LABEL, layered, on_ground, titled
from helpers.charts.stages import ranged, staged
from helpers.colours import LIGHT
from helpers.sentences import say
from helpers.wording import aimed, count, labelled


def settled(*, orders: int, good: int, bad: int, target_of_1000: int, said: str) -> alt.LayerChart:
    """All buyers as one strip: known to be unhappy, silent, known to be happy, and where the target lies in it."""
    silent = orders - good - bad
    parts = pl.DataFrame(
        {"who": ["unhappy", "silent", "happy"], "low": [0, bad, bad + silent], "high": [bad, bad + silent, orders]}
    ).filter(pl.col("high") > pl.col("low"))
    twin = [
        {"buyers": say(f"settled-are.{who}"), "many": count(many)}
        for who, many in (("unhappy", bad), ("silent", silent), ("happy", good))
    ]
    names = [say("so-many-buyers", buyers=row["many"], are=row["buyers"]) for row in twin]
    labels = pl.DataFrame({"at": [0.0, orders / 2, float(orders)], "text": names})
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, orders], nice=False), axis=None)
    colours = alt.Scale(domain=["unhappy", "silent", "happy"], range=[LIGHT["concern"], LIGHT["faint"], LIGHT["good"]])
    target = pl.DataFrame(
        {
            "at": [orders * target_of_1000 / 1000],
            "text": [say("figure-aim", aim=aimed("below", str(target_of_1000 / 1000)))],
        }
    )
    is_right = target_of_1000 > 500
    look = {"align": "right" if is_right else "left", "dx": -5 if is_right else 5}
    label = alt.Chart(target).encode(alt.X("at:Q"), y=alt.YValue(96), text=alt.Text("text:N"))
    layers = [
        alt.Chart(parts)
        .mark_rect(stroke=LIGHT["rule"])
        .encode(
            x,
            x2=alt.X2("high:Q"),
            y=alt.YValue(30),
            y2=alt.Y2Value(80),
            color=alt.Color("who:N", scale=colours, legend=None),
        ),
        *(
            alt.Chart(labels[at : at + 1])
            .mark_text(align=align, fontWeight=600, limit=LABEL)
            .encode(alt.X("at:Q"), y=alt.YValue(14), text=alt.Text("text:N"))
            for at, align in enumerate(("left", "center", "right"))
        ),
        alt.Chart(target).mark_rule(strokeDash=[6, 4]).encode(alt.X("at:Q"), y=alt.YValue(24), y2=alt.Y2Value(102)),
        *on_ground(label, LIGHT["ink"], **look),
    ]
    title, subtitle = say("settled-find"), say("settled-measure")
    look = {"height": 116, "name": "settled"}
    drawn = titled(layered(*layers), title, subtitle, twin=twin, right=["many"], said=said, **look)
    return staged(drawn, "settled", {}, shop=_shop(orders, good, bad, target_of_1000))


def asked(
    *, orders: int, good: int, bad: int, target_of_1000: int, answer: int, unhappy: int, said: str
) -> alt.LayerChart:
    """The score unasked and when everyone is asked, and bad feedback of all orders, on average.

    answer, unhappy   of 100 silent buyers, so many answer and so many are unhappy
    """
    answers = (orders - good - bad) * answer / 100
    worse = bad + answers * unhappy / 100
    after = good + bad + answers
    bars = [
        (say("asked-bar.good_unasked"), good, good + bad, "good"),
        (say("asked-bar.good_asked"), after - worse, after, "good"),
        (say("asked-bar.bad_unasked"), bad, orders, "concern"),
        (say("asked-bar.bad_asked"), worse, orders, "concern"),
    ]
    rows = pl.DataFrame(
        [
            {
                "label": labelled(name, say("part", part=_whole(part), of=_whole(of)) if of else say("asked-no-score")),
                "share": part / of if of else 0.0,
                "colour": LIGHT[colour],
                "zero": 0,
            }
            for name, part, of, colour in bars
        ]
    )
    x = alt.X("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("label:N", sort=None, title=None, axis=None)
    base = alt.Chart(rows)
    layers = [
        base.mark_bar(height=15, opacity=0.85).encode(x, y, color=alt.Color("colour:N", scale=None)),
        base.mark_text(align="left", dx=2, dy=-18, limit=LABEL).encode(alt.X("zero:Q"), y, text=alt.Text("label:N")),
    ]
    twin = [{"share": name, "of": _whole(of), "many": _whole(part)} for name, part, of, _ in bars]
    title, subtitle, right = say("asked-find"), say("asked-measure"), ["of", "many"]
    chart = titled(layered(*layers), title, subtitle, height=210, name="asked", twin=twin, right=right, said=said)
    controls = {
        "answer": ranged(say("slider-asked.answer"), answer, 0, 100),
        "unhappy": ranged(say("slider-asked.unhappy"), unhappy, 0, 100),
    }
    return staged(chart, "asked", controls, shop=_shop(orders, good, bad, target_of_1000))


def _whole(expected: float) -> str:
    return count(round(round(expected, 6)))


def _shop(orders: int, good: int, bad: int, target_of_1000: int) -> dict[str, int]:
    return {"orders": orders, "good": good, "bad": bad, "target_of_1000": target_of_1000}
