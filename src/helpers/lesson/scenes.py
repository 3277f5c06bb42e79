"""Numbers → a picture of the lesson, under the sentence that says what the numbers come to.

One function a picture; its arguments are what its sliders move. There are no defaults: nobody outside knows a
marketplace's numbers, so whoever draws a picture says them.
"""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction
from functools import cache

import numpy as np
import polars as pl
from IPython.display import HTML

from helpers import charts, feedback, intervals, tables
from helpers.charts.look import Drawing
from helpers.feedback import Response, sentences
from helpers.lesson import beforehand, dealing, spoken
from helpers.lesson.shop import Shop
from helpers.sentences import say
from helpers.tables.layout import table
from helpers.wording import count, odds, percent

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


def on_ebay() -> Drawing:
    """A hundred buyers of the eBay study: how many were unhappy, and how many of those wrote so, each to a whole buyer."""
    response = feedback.PRESETS["ebay"].response
    unhappy = round(100 * response.of_orders(best=2))
    bad, good = 100 * response.told(best=2), 100 * response.told(worst=3)
    title = f"Of 100 buyers on eBay about {unhappy} were unhappy, and hardly one of them said so."
    shown = feedback.expected(response)
    said = (
        f"Unhappy: {percent(shown.dissatisfied)}, about {unhappy} of 100. Of these {unhappy} fewer than one reports badly "
        f"({percent(response.told(best=2) / response.of_orders(best=2))}); of the {100 - unhappy} happy ones about {round(good)} write. So only "
        f"{percent(shown.negative_of_feedback)} of the comments are bad."
    )
    orders = _laid_out(100 - unhappy, round(good), unhappy, round(bad))
    return charts.two_by_two(orders, said=said, title=title)


def denominators(*, happy: int, happy_write: int, unhappy: int, unhappy_write: int) -> Drawing:
    """The same buyers among those who wrote and among all who bought. More writers than buyers are cut."""
    orders = _laid_out(happy, happy_write, unhappy, unhappy_write)
    return charts.two_denominators(orders, said=sentences.of_buyers(orders))


def model(*, unhappy: float, happy_write: float, unhappy_write: float) -> Drawing:
    """What a model shows over feedback and over orders; each number is of 100 buyers of its kind."""
    response = of_hundred(unhappy, happy_write, unhappy_write)
    return charts.expected(feedback.shown(response), said=sentences.of_model(response))


def settled(shop: Shop) -> Drawing:
    """What the four numbers of a shop settle, and what they leave to the silent."""
    return charts.settled(**asdict(shop), said=spoken.of_settled(shop))


def dealt(shop: Shop, *, orders: int, bad_of_1000: int, seed: int) -> Drawing:
    """So many orders dealt once, and a thousand shops like it, against the shop's target."""
    bad = dealing.shop(seed, 1, orders, bad_of_1000)
    target = shop.target_of_1000
    counts = np.bincount(dealing.shops(seed, orders, bad_of_1000))
    pile = pl.DataFrame({"bad": np.arange(counts.size), "shops": counts}).with_columns(
        is_missed=1000 * pl.col("bad") >= target * orders
    )
    pile = pile.filter(pl.col("bad") >= int(np.flatnonzero(counts)[0]))
    missed = int(pile.filter("is_missed").get_column("shops").sum())
    setting = {"orders": orders, "bad_of_1000": bad_of_1000, "seed": seed, "target_of_1000": target}
    chance = feedback.one_look(orders, bad_of_1000 / 1000, Fraction(target, 1000)).item(0, "probability_missed")
    said = (
        f"{spoken.of_shop(number=1, bad=int(bad.sum()), **setting)} "
        f"{spoken.of_shops(missed=missed, many=dealing.SHOPS, chance=chance)}"
    )
    shown = {name: setting[name] for name in ("bad_of_1000", "seed", "target_of_1000")}
    return charts.dealt_shop(bad=bad.tolist(), pile=pile, rates=beforehand.BAD_OF_1000, said=said, **shown)


def year(shop: Shop, *, orders_a_day: int, bad_of_1000: int, seed: int) -> Drawing:
    """A year of days dealt once, and a thousand years like it, against the shop's target."""
    windows, target = dealing.year(seed, 1, orders_a_day, bad_of_1000), shop.target_of_1000
    is_missed = dealing.is_missed(windows["bad"].to_numpy(), windows["orders"].to_numpy(), target)
    over = int((dealing.days_missed(seed, orders_a_day, bad_of_1000, target) > 0).sum())
    setting = {"orders_a_day": orders_a_day, "bad_of_1000": bad_of_1000, "seed": seed, "target_of_1000": target}
    first = int(np.argmax(is_missed)) + 1
    chance = beforehand.chance(orders_a_day, bad_of_1000, target)
    said = (
        f"{spoken.of_year(number=1, missed=int(is_missed.sum()), first=first, **setting)} "
        f"{spoken.of_years(missed=over, many=dealing.SHOPS, chance=chance)}"
    )
    return charts.dealt_year(
        windows=windows,
        over=over,
        volumes=tuple(beforehand.MISSED),
        rates=beforehand.BAD_OF_1000,
        said=said,
        data=_for_the_page(),
        **setting,
    )


def asked(shop: Shop, *, answer: int, unhappy: int) -> Drawing:
    """The score before and after every buyer is asked: `answer` of 100 silent ones answer, `unhappy` of 100 are unhappy."""
    said = spoken.of_asked(shop, answer, unhappy)
    return charts.asked(**asdict(shop), answer=answer, unhappy=unhappy, said=said)


def counts(*, orders: int, positive: int, negative: int, ratio: float, target_of_1000: int) -> Drawing:
    """What counts leave open, for every ratio of who writes."""
    return _ratios(orders, positive, negative, ratio, target_of_1000)


def no_excuse(*, orders: int, positive: int, negative: int, ratio: float, target_of_1000: int) -> Drawing:
    """The same without sliders, for counts that miss the target whatever the silent think. Raises ValueError for others."""
    if negative * 1000 < target_of_1000 * orders:
        raise ValueError(
            f"expected negative feedback on {target_of_1000} of 1,000 orders or more, found {negative} of {orders}"
        )
    title = "Here the whole thick line lies over the target: no silence can excuse this shop."
    return charts.fixed(_ratios(orders, positive, negative, ratio, target_of_1000, title=title))


def one_look(*, orders: int, rate: float) -> Drawing:
    """The chance that a seller of a true rate misses 1 % at one look, by volume; the volumes are those of the slider."""
    row = _looks().row(by_predicate=(pl.col("rate") == rate) & (pl.col("orders") == orders), named=True)
    said = sentences.of_look(orders, row["allowed"], rate, row["probability_missed"])
    return charts.one_look(_looks(), orders, rate, said=said)


def longer() -> HTML:
    """The chance of a good shop to miss on some day, by volume and by how long it is checked: a table."""
    heads = {f"within_{days}": say("checked", days=days) for days in beforehand.HORIZONS}
    rows = [
        {"volume": str(volume)} | dict(zip(heads, map(odds, chances), strict=True))
        for volume, chances in beforehand.LONGER.items()
    ]
    return table(rows, "longer", family="beforehand", heads=heads)


def flagged() -> HTML:
    """Of shops that miss at one check, how many are truly on target, by volume and by who sells: a table."""
    rows = [
        {"volume": str(volume)}
        | {
            name: say("part", part=int(f"{100 * share:.0f}"), of=count(100))
            for name, share in zip(beforehand.POPULATIONS, shares, strict=True)
        }
        for volume, shares in beforehand.FLAGGED.items()
    ]
    return table(rows, "flagged", family="beforehand")


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


def _ratios(orders: int, positive: int, negative: int, ratio: float, target_of_1000: int, **look: str) -> Drawing:
    is_possible = positive + negative <= orders
    left = feedback.ratios_not_ruled_out(orders, positive, negative) if is_possible else (0.0, 0.0)
    odds = (
        feedback.breakdown_interval(positive, negative, "0.5", level=intervals.LEVEL)
        if positive + negative
        else (0.0, 0.0)
    )
    return charts.ratios(
        orders=orders,
        positive=positive,
        negative=negative,
        ratio=ratio,
        target_of_1000=target_of_1000,
        not_ruled_out=(left[0], left[1]),
        odds=(odds[0], odds[1]),
        said=sentences.of_counts(orders, positive, negative, ratio, f"{target_of_1000 / 1000:.3f}"),
        **look,
    )


@cache
def _for_the_page() -> dict:
    """What a page needs to deal years: the laws of a day as tables, and the chances computed beforehand."""
    shares = {share for bad in beforehand.BAD_OF_1000 for share in (bad, 1000 - bad)}
    laws = {
        str(volume): {
            str(share): [least, below.tolist()]
            for share in shares
            for least, below in [dealing.law(volume * share / 1000)]
        }
        for volume in beforehand.MISSED
    }
    chances = {str(volume): list(chances) for volume, chances in beforehand.MISSED.items()}
    return {
        "laws": laws,
        "chances": chances,
        "rates": list(beforehand.BAD_OF_1000),
        "target": beforehand.TARGET_OF_1000,
    }


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
