"""What each picture of the lesson says, in a sentence with its counts.

The page writes the same sentences as sliders move (helpers.charts.live).
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

import polars as pl

from helpers.feedback.response import DISSATISFIED, Number, Response, expected
from helpers.feedback.sampling import breakdown_interval, ratios_not_ruled_out
from helpers.feedback.silence import bounds, breakdown_ratio, exact, implied
from helpers.intervals import LEVEL
from helpers.wording import INTERVAL, about, count, percent, plural, target_percent, times


def of_buyers(orders: pl.DataFrame) -> str:
    """The same unhappy buyers over those who wrote and over all: `feedback.laid_out` or `.simulated`."""
    wrote = orders.filter("responded")
    negative, n, received = wrote.filter(experience=DISSATISFIED).height, orders.height, wrote.height
    if not n:
        return "No buyer, no rate."
    among_all = f"Among all {plural(n, 'buyer')}: {percent(negative / n)} negative ({count(negative)} of {count(n)})."
    if not received:
        return f"Nobody wrote, so there is no score. {among_all}"
    positive = received - negative
    return (
        f"Among the {count(received)} who wrote: {percent(positive / received)} positive ({count(positive)} of "
        f"{count(received)}), {percent(negative / received)} negative ({count(negative)} of {count(received)}). "
        f"{among_all}"
    )


def of_model(response: Response) -> str:
    """What a model shows, over feedback and over orders."""
    shown = expected(response)
    unhappy = plural_about(1000 * shown.dissatisfied, "unhappy buyer")
    if not shown.response_rate:
        return f"In 1,000 orders: {unhappy} and no feedback, so there is no score."
    return (
        f"In 1,000 orders: {unhappy} and {about(1000 * shown.response_rate)} feedback, "
        f"{about(1000 * shown.negative_of_orders)} of them negative. So {percent(shown.negative_of_feedback)} of the "
        f"feedback is negative and the score shows {percent(shown.positive_of_feedback)} positive; of the orders, "
        f"{percent(shown.negative_of_orders)} bring negative feedback."
    )


WHOLE_FROM = 3  # ratios that decide are written whole from here on
TINY = 1e-9  # a share at its very bound is inside: both come from fractions through floats


def of_counts(orders: int, positive: int, negative: int, ratio: float, target: str | float | Fraction) -> str:
    """What counts allow, what a response ratio makes of them, and the ratio that decides, with its interval."""
    if positive + negative > orders:
        return "More feedback than orders: that cannot be."
    low, high = bounds(orders, positive, negative)
    said = (
        f"{count(negative)} of {plural(positive + negative, 'feedback')} negative, {plural(orders, 'order')}. "
        f"Unhappy buyers: at least {percent(low)}, at most {percent(high)}."
    )
    if positive + negative:
        share, left = float(implied(positive, negative, ratio)), ratios_not_ruled_out(orders, positive, negative)
        if float(low) - TINY <= share <= float(high) + TINY:
            said += f" If the unhappy write {readily(ratio)}: {percent(share)}."
        elif left.low <= ratio <= left.high:
            said += f" If the unhappy write {readily(ratio)}, these counts are chance: they hardly fit it."
        else:
            said += f" That the unhappy write {readily(ratio)}, these counts rule out, chance taken in."
    found, at = breakdown_ratio(orders, positive, negative, target), target_percent(str(float(exact(target))))
    if found.truly_under == "always":
        return f"{said} Unhappy buyers are under {at} of these orders, whatever the silent think."
    if found.truly_under == "never":
        return f"{said} Unhappy buyers are not under {at} of these orders, whatever the silent think."
    if not found.ratio:
        return f"{said} These counts set no ratio that decides about {at} of the orders."
    least, most = breakdown_interval(positive, negative, target, level=LEVEL)
    return (
        f"{said} Unhappy buyers are under {at} of the orders only if they write about {about_times(found.ratio)} times as "
        f"often as the happy, or more; chance taken in, that is {about_times(least)} to {about_times(most)} times ({INTERVAL})."
    )


def readily(ratio: Number) -> str:
    """How much more readily the unhappy write, in words: `14.8 times as often as the happy`."""
    said = times(ratio)
    return "just as often as the happy" if said == "1" else f"{said} times as often as the happy"


def about_times(ratio: Number) -> str:
    """A ratio that decides, which no count knows to a decimal: whole from 3 on, halves up (`15` for 14.85)."""
    return count(floor(ratio + 0.5)) if ratio >= WHOLE_FROM else times(ratio)


def of_look(orders: int, allowed: int, rate: float, missed: float, target: str = "0.01") -> str:
    """How often a seller of this true rate misses the target at one look: a row of `feedback.one_look`."""
    return (
        f"{plural(orders, 'order')}: at most {count(allowed)} may be bad to stay under {target_percent(target)}. A seller "
        f"whose true rate is {target_percent(str(rate))} misses that with chance {percent(missed)}: of 1,000 such sellers, "
        f"about {count(round(1000 * missed))} look bad and {count(round(1000 * (1 - missed)))} look good."
    )


def of_standing(orders: int, more_negative: float, tie: float, none: float, more_positive: float) -> str:
    """How often a record of so many orders stands which way: a row of `feedback.grid`."""
    return (
        f"{plural(orders, 'order')}, 1,000 such shops: about {count(round(1000 * more_negative))} have more negative than "
        f"positive feedback, {count(round(1000 * tie))} as many of each, {count(round(1000 * none))} none at all, "
        f"{count(round(1000 * more_positive))} more positive."
    )


def plural_about(number: Number, one: str) -> str:
    """An expected count with its noun."""
    said = about(number)
    return f"{said} {one}" if said == "1" else f"{said} {one}s"
