"""Feedback order by order: drawn from a model, or laid out by hand for a picture, and counted again."""

from __future__ import annotations

from math import nan

import numpy as np
import polars as pl

from helpers.feedback.arguments import number
from helpers.feedback.response import DISSATISFIED, NEGATIVE, POSITIVE, SATISFIED, Outcome, Response


def simulated(response: Response, orders: int, seed: int) -> pl.DataFrame:
    """One made-up order a row, in the order placed: `order`, `stars` (lived), `experience`, `responded`.

    The same seed gives the same buyers whatever the propensities: raising one only makes more of them speak. Raises
    ValueError for more orders than memory can hold.
    """
    number("orders", orders)
    draw = np.random.default_rng(seed)
    lived, speaks = draw.random(orders), draw.random(orders)
    edges = np.cumsum([float(share) for share in response.shares])[:-1]
    level = np.searchsorted(edges, lived, side="right")
    rates = np.array([float(rate) for rate in response.response_rates])
    return _frame(np.array(response.stars)[level], speaks < rates[level])


def laid_out(*, satisfied: int, dissatisfied: int, positive: int, negative: int) -> pl.DataFrame:
    """The same frame with the counts said: 50 satisfied of whom 1 speaks, 2 dissatisfied who both do.

    Raises ValueError when more speak than there are, and for more buyers than memory can hold.
    """
    number("buyers", satisfied + dissatisfied)
    if not 0 <= positive <= satisfied or not 0 <= negative <= dissatisfied:
        raise ValueError("expected at most as many feedback as buyers of that experience")
    stars = np.repeat([5, 1], [satisfied, dissatisfied])
    responded = np.concatenate([np.arange(satisfied) < positive, np.arange(dissatisfied) < negative])
    return _frame(stars, responded)


def counted(orders: pl.DataFrame) -> Outcome:
    """What a frame of orders comes to, in the terms of the closed form; nan where nobody spoke.

    orders   one row an order: `stars` (lived), `responded`
    """
    stars = orders.get_column("stars").to_numpy()
    told = stars[orders.get_column("responded").to_numpy()]
    negative, positive = (told <= NEGATIVE).sum(), (told >= POSITIVE).sum()

    def share(part: float, whole: int) -> float:
        return float(part / whole) if whole else nan

    return Outcome(
        dissatisfied=share((stars <= NEGATIVE).sum(), stars.size),
        response_rate=share(told.size, stars.size),
        negative_of_feedback=share(negative, told.size),
        negative_of_orders=share(negative, stars.size),
        positive_of_feedback=share(positive, told.size),
        positive_of_orders=share(positive, stars.size),
        stars_of_feedback=share(told.sum(), told.size),
        stars_of_orders=share(stars.sum(), stars.size),
    )


def _frame(stars: np.ndarray, responded: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame(
        {"order": np.arange(1, stars.size + 1), "stars": stars.astype(np.int8), "responded": responded}
    ).select(
        pl.col("order").cast(pl.Int32),
        "stars",
        pl.when(pl.col("stars") <= NEGATIVE)
        .then(pl.lit(DISSATISFIED))
        .otherwise(pl.lit(SATISFIED))
        .alias("experience"),
        "responded",
    )
