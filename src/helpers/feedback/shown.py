"""The frames of the lesson: a model with what it shows, published cases, chances by volume."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
import polars as pl

from helpers.feedback.luck import grid, one_look
from helpers.feedback.presets import PRESETS
from helpers.feedback.response import Number, Response, expected
from helpers.feedback.solicitation import solicited

VOLUMES = tuple(np.union1d(np.arange(10, 1201, 10), np.arange(101, 1201, 100)).tolist())  # with the teeth of the saw
RATES = (0.002, 0.005, 0.008, 0.01, 0.015, 0.02, 0.03)  # of defective orders, from good to bad


def shown(response: Response, chance: Number = 0) -> pl.DataFrame:
    """A model of two kinds of buyers and what it shows: one row.

    chance   of an answer from a silent buyer, when everyone is asked
    Columns `dissatisfied`, `propensity_satisfied`, `propensity_dissatisfied`, `chance`, `negative_of_feedback`,
    `negative_of_orders`, `positive_of_feedback` and `ceiling`, the score when everyone is asked.
    """
    outcome = expected(response)
    unhappy, happy = response.response_rates
    row = {
        "dissatisfied": outcome.dissatisfied,
        "propensity_satisfied": happy,
        "propensity_dissatisfied": unhappy,
        "chance": chance,
        "negative_of_feedback": outcome.negative_of_feedback,
        "negative_of_orders": outcome.negative_of_orders,
        "positive_of_feedback": outcome.positive_of_feedback,
        "ceiling": expected(solicited(response, chance)).positive_of_feedback,
    }
    return pl.DataFrame({name: [float(value)] for name, value in row.items()})


def published() -> pl.DataFrame:
    """Every preset with what it shows, the unhappy loudest first: one row a case.

    Columns `case`, `title`, `dissatisfied`, `negative_of_feedback`, `dissatisfied_write`, `satisfied_write` (the share of
    each that leaves feedback), `response_ratio`, `source`, `grade`, `known`, `assumed`.
    """
    rows = [
        {
            "case": case,
            "title": preset.title,
            "dissatisfied": float(preset.response.of_orders(best=2)),
            "negative_of_feedback": float(expected(preset.response).negative_of_feedback),
            "dissatisfied_write": float(preset.response.told(best=2) / preset.response.of_orders(best=2)),
            "satisfied_write": float(preset.response.told(worst=3) / preset.response.of_orders(worst=3)),
            "response_ratio": float(preset.response.response_ratio),
            "source": preset.source,
            "grade": preset.grade,
            "known": preset.known,
            "assumed": preset.assumed,
        }
        for case, preset in PRESETS.items()
    ]
    return pl.DataFrame(rows).sort("response_ratio", descending=True)


def looks(
    rates: Iterable[float] = RATES, orders: Iterable[int] = VOLUMES, target: str | float | Fraction = "0.01"
) -> pl.DataFrame:
    """`one_look` for several true rates: one row a rate and a volume, with a column `rate` before its columns."""
    volumes = list(orders)
    return pl.concat([one_look(volumes, rate, target).select(pl.lit(rate).alias("rate"), pl.all()) for rate in rates])


def standings(models: Mapping[str, Response], orders: Iterable[int]) -> pl.DataFrame:
    """`grid` for a few models of two kinds of buyers: one row a model and a volume, its name in `case`."""
    volumes = list(orders)
    frames = []
    for name, model in models.items():
        unhappy, happy = model.response_rates
        frame = grid(volumes, [float(model.of_orders(best=2))], [float(happy)], [float(unhappy)])
        frames.append(frame.select(pl.lit(name).alias("case"), pl.all()))
    return pl.concat(frames)
