"""What each picture of the lesson says, in a sentence with its counts.

The page writes those under sliders from the same templates (helpers.charts.spoken).
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

import polars as pl

from helpers.feedback.response import DISSATISFIED, Number, Response, expected
from helpers.feedback.sampling import breakdown_interval, ratios_not_ruled_out
from helpers.feedback.silence import bounds, breakdown_ratio, exact, implied
from helpers.intervals import LEVEL
from helpers.sentences import Value, Written, say
from helpers.wording import about, count, percent, target_percent, times


def of_buyers(orders: pl.DataFrame) -> str:
    """The same unhappy buyers over those who wrote and over all: `feedback.laid_out` or `.simulated`."""
    wrote = orders.filter("responded")
    negative, n, received = wrote.filter(experience=DISSATISFIED).height, orders.height, wrote.height
    if not n:
        return say("no-buyer")
    among: dict[str, Value] = {"buyers": n, "negative": negative, "rate": percent(negative / n)}
    if not received:
        return say("nobody-wrote", **among)
    positive = received - negative
    rates = {"positive_rate": percent(positive / received), "negative_rate": percent(negative / received)}
    return say("among-those", wrote=received, positive=positive, **rates, **among)


def of_model(response: Response) -> str:
    """What a model shows, over feedback and over orders."""
    shown = expected(response)
    unhappy = about_1000(shown.dissatisfied)
    if not shown.response_rate:
        return say("model-silent", unhappy=unhappy)
    return say(
        "model-shown",
        unhappy=unhappy,
        feedback=about_1000(shown.response_rate),
        negative=about_1000(shown.negative_of_orders),
        of_feedback=percent(shown.negative_of_feedback),
        positive=percent(shown.positive_of_feedback),
        of_orders=percent(shown.negative_of_orders),
    )


WHOLE_FROM = 3  # ratios that decide are written whole from here on
TINY = 1e-9  # a share at its very bound is inside: both come from fractions through floats


def of_counts(orders: int, positive: int, negative: int, ratio: float, target: str | float | Fraction) -> str:
    """What counts allow, what a response ratio makes of them, and the ratio that decides, with its interval."""
    if positive + negative > orders:
        return say("counts-impossible")
    low, high = bounds(orders, positive, negative)
    allow = {"feedback": positive + negative, "low": percent(low), "high": percent(high)}
    said = [say("counts-allow", negative=negative, orders=orders, **allow)]
    if positive + negative:
        share, left = float(implied(positive, negative, ratio)), ratios_not_ruled_out(orders, positive, negative)
        if float(low) - TINY <= share <= float(high) + TINY:
            said.append(say("counts-mean", ratio=readily(ratio), share=percent(share)))
        else:
            is_chance = left.low <= ratio <= left.high
            said.append(say("counts-hardly-fit" if is_chance else "counts-rule-out", ratio=readily(ratio)))
    found, at = breakdown_ratio(orders, positive, negative, target), target_percent(str(float(exact(target))))
    if found.truly_under in ("always", "never"):
        said.append(say(f"counts-{found.truly_under}-under", target=at))
    elif not found.ratio:
        said.append(say("counts-decide-nothing", target=at))
    else:
        least, most = (about_times(end) for end in breakdown_interval(positive, negative, target, level=LEVEL))
        decides = {"ratio": about_times(found.ratio), "least": least, "most": most}
        said.append(say("counts-decide", target=at, interval=say("interval"), **decides))
    return " ".join(said)


def readily(ratio: Number) -> Written:
    """How many times as readily the unhappy write, known no better than it is written."""
    said = times(ratio)
    return Written(1 if said == "1" else float(ratio), said)


def about_times(ratio: Number) -> str:
    """A ratio that decides, which no count knows to a decimal: whole from 3 on, halves up (`15` for 14.85)."""
    return count(floor(ratio + 0.5)) if ratio >= WHOLE_FROM else times(ratio)


def of_look(orders: int, allowed: int, rate: float, missed: float, target: str = "0.01") -> str:
    """How often a seller of this true rate misses the target at one look: a row of `feedback.one_look`."""
    return say(
        "look",
        orders=orders,
        allowed=allowed,
        target=target_percent(target),
        rate=target_percent(str(rate)),
        missed=percent(missed),
        bad=round(1000 * missed),
        good=round(1000 * (1 - missed)),
    )


def of_standing(orders: int, more_negative: float, tie: float, none: float, more_positive: float) -> str:
    """How often a record of so many orders stands which way: a row of `feedback.grid`."""
    shares = {"more_negative": more_negative, "tie": tie, "none": none, "more_positive": more_positive}
    return say("standing", orders=orders, **{name: round(1000 * share) for name, share in shares.items()})


def about_1000(share: Number) -> Written:
    """How many of 1,000 a share is, known no better than it is written."""
    return Written(round(float(1000 * share), 1), about(1000 * share))
