"""Numbers → a picture of the lesson, under the sentence that says what the numbers come to.

One function a picture; its arguments are what its sliders move. There are no defaults: nobody outside knows a
marketplace's numbers, so whoever draws a picture says them.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from helpers import charts, feedback, tables
from helpers.charts.look import Drawing
from helpers.feedback import Response, sentences

VOLUMES = range(10, 601, 10)  # orders of standing
# Made-up buyers a class can imagine: name → unhappy share, and how readily the happy and the unhappy write.
SHOPS = {
    "as in the story": (2 / 52, 0.02, 1.0),
    "as good, the unhappy quieter": (2 / 52, 0.02, 1 / 3),
    "as good, all write alike": (2 / 52, 0.1, 0.1),
    "a bad shop, all write alike": (0.25, 0.1, 0.1),
}


def buyers(*, happy: int, happy_write: int, unhappy: int, unhappy_write: int) -> Drawing:
    """Every buyer in the place that says what they lived and whether they wrote. More writers than buyers are cut."""
    orders = _laid_out(happy, happy_write, unhappy, unhappy_write)
    return charts.two_by_two(orders, said=sentences.of_buyers(orders))


def denominators(*, happy: int, happy_write: int, unhappy: int, unhappy_write: int) -> Drawing:
    """The same buyers among those who wrote and among all who bought. More writers than buyers are cut."""
    orders = _laid_out(happy, happy_write, unhappy, unhappy_write)
    return charts.two_denominators(orders, said=sentences.of_buyers(orders))


def model(*, unhappy: float, happy_write: float, unhappy_write: float) -> Drawing:
    """What a model shows over feedback and over orders; each number is of 100 buyers of its kind."""
    response = of_hundred(unhappy, happy_write, unhappy_write)
    return charts.expected(feedback.shown(response), said=sentences.of_model(response))


def asking(*, unhappy: float, happy_write: float, unhappy_write: float, answer: float) -> Drawing:
    """The score before and after everyone is asked; `answer` of 100 silent buyers who are asked do answer."""
    response = of_hundred(unhappy, happy_write, unhappy_write)
    chance = answer / 100
    return charts.asking(feedback.shown(response, chance), said=sentences.of_asking(response, chance))


def counts(*, orders: int, positive: int, negative: int, ratio: float, target_of_1000: int) -> Drawing:
    """What counts leave open, for every ratio of who writes."""
    said = sentences.of_counts(orders, positive, negative, ratio, f"{target_of_1000 / 1000:.3f}")
    return charts.ratios(
        orders=orders, positive=positive, negative=negative, ratio=ratio, target_of_1000=target_of_1000, said=said
    )


def no_excuse(*, orders: int, positive: int, negative: int, ratio: float, target_of_1000: int) -> Drawing:
    """The same without sliders, for counts that miss the target whatever the silent think. Raises ValueError for others."""
    if negative * 1000 < target_of_1000 * orders:
        raise ValueError(
            f"expected negative feedback on {target_of_1000} of 1,000 orders or more, found {negative} of {orders}"
        )
    said = sentences.of_counts(orders, positive, negative, ratio, f"{target_of_1000 / 1000:.3f}")
    chart = charts.ratios(
        orders=orders,
        positive=positive,
        negative=negative,
        ratio=ratio,
        target_of_1000=target_of_1000,
        said=said,
        title="Here the whole thick line lies over the target: no silence can excuse this shop.",
    )
    return charts.fixed(chart)


def one_look(*, orders: int, rate: float) -> Drawing:
    """The chance that a seller of a true rate misses 1 % at one look, by volume; the volumes are those of the slider."""
    row = _looks().row(by_predicate=(pl.col("rate") == rate) & (pl.col("orders") == orders), named=True)
    said = sentences.of_look(orders, row["allowed"], rate, row["probability_missed"])
    return charts.one_look(_looks(), orders, rate, said=said)


def standing(*, orders: int, model: str) -> Drawing:
    """How often a record of so many orders stands which way; `model` is one of SHOPS."""
    row = _standings().row(by_predicate=(pl.col("case") == model) & (pl.col("orders") == orders), named=True)
    chances = {name: row[name] for name in ("more_negative", "tie", "none", "more_positive")}
    return charts.standing(_standings(), orders, model, said=sentences.of_standing(orders, **chances))


def two_roads(*, unhappy: float, happy_write: float, unhappy_write: float, orders: int, seed: int) -> object:
    """The closed form beside as many made-up orders drawn from the same model: a table with the difference."""
    response = of_hundred(unhappy, happy_write, unhappy_write)
    return tables.two_roads(feedback.expected(response), feedback.counted(feedback.simulated(response, orders, seed)))


def known_truth(
    *, unhappy: float, happy_write: float, unhappy_write: float, orders: int, shops: int, seed: int
) -> object:
    """Made-up shops whose truth is known, read in three ways: a table of how often each is right."""
    response = of_hundred(unhappy, happy_write, unhappy_write)
    return tables.known_truth(feedback.known_truth(response, orders, shops, seed))


def of_hundred(unhappy: float, happy_write: float, unhappy_write: float) -> Response:
    """The model of two kinds of buyers, from numbers of 100."""
    return Response.two_levels(
        dissatisfied=unhappy / 100,
        propensity_dissatisfied=unhappy_write / 100,
        propensity_satisfied=happy_write / 100,
    )


def _laid_out(happy: int, happy_write: int, unhappy: int, unhappy_write: int) -> pl.DataFrame:
    wrote = {"positive": min(happy_write, happy), "negative": min(unhappy_write, unhappy)}
    return feedback.laid_out(satisfied=happy, dissatisfied=unhappy, **wrote)


@cache
def _looks() -> pl.DataFrame:
    return feedback.looks()


@cache
def _standings() -> pl.DataFrame:
    models = {
        name: Response.two_levels(dissatisfied=q, propensity_dissatisfied=b, propensity_satisfied=a)
        for name, (q, a, b) in SHOPS.items()
    }
    return feedback.standings(models, VOLUMES)
