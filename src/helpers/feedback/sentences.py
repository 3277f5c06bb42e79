"""What each picture of the lesson says, in a sentence with its counts.

The page writes the same sentences as sliders move (helpers.charts.live).
"""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from helpers.feedback.response import DISSATISFIED, Number, Response, expected
from helpers.feedback.silence import bounds, breakdown_ratio, exact, implied
from helpers.feedback.solicitation import solicited
from helpers.wording import about, count, percent, plural, target_percent, times


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


def of_asking(response: Response, chance: Number) -> str:
    """What asking everyone does, when each who would have been silent answers with this chance."""
    before, after = expected(response), expected(solicited(response, chance))
    if not before.response_rate or not after.response_rate:
        return "Where nobody writes there is no score."
    return (
        f"Unasked, the score tends to {percent(before.positive_of_feedback)} positive; with everyone asked, to "
        f"{percent(after.positive_of_feedback)}. With many orders it settles there. If everybody wrote, it "
        f"would be {percent(1 - before.dissatisfied)}, the share of happy buyers. Negative feedback in 1,000 orders: "
        f"{about(1000 * before.negative_of_orders)} unasked, {about(1000 * after.negative_of_orders)} asked."
    )


TINY = 1e-9  # a share at its very bound is inside: both come from fractions through floats


def of_counts(orders: int, positive: int, negative: int, ratio: float, target: str | float | Fraction) -> str:
    """What counts allow, what a response ratio makes of them, and the ratio that decides."""
    if positive + negative > orders:
        return "More feedback than orders: that cannot be."
    low, high = bounds(orders, positive, negative)
    said = (
        f"{count(negative)} of {plural(positive + negative, 'feedback')} negative, {plural(orders, 'order')}. "
        f"Unhappy buyers: at least {percent(low)}, at most {percent(high)}."
    )
    if positive + negative:
        share = float(implied(positive, negative, ratio))
        if float(low) - TINY <= share <= float(high) + TINY:
            said += f" If the unhappy write {times(ratio)} times as readily: {percent(share)}."
        else:
            said += f" That the unhappy write {times(ratio)} times as readily, these counts rule out."
    found, at = breakdown_ratio(orders, positive, negative, target), target_percent(str(float(exact(target))))
    if found.truly_under == "always":
        return f"{said} Truly under {at} whatever the silent think."
    if found.truly_under == "never":
        return f"{said} Not truly under {at}, whatever the silent think."
    if not found.ratio:
        return f"{said} These counts set no ratio that decides about {at}."
    return f"{said} Truly under {at} only if the unhappy write more than {times(found.ratio)} times as readily."


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
