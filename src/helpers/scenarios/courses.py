"""What the marketplace would show on each day to come, of each drawn future, when nothing changes or when a scenario holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helpers.scenarios.futures import SEED, Futures
from helpers.scenarios.known import Floats


@dataclass(frozen=True)
class Effect:
    """What a scenario does to one rate, by order day after the last one told.

    orders   [order day] or [path, order day] factor of the orders · bad  of the bad ones among all orders (so 0.5 is half as many)
    removed  bad ones of today's window that are taken away: (how many, from which judged day on, the chance of each)
    """

    orders: Floats
    bad: Floats
    removed: tuple[tuple[int, int, float], ...] = ()

    @property
    def is_more(self) -> bool:
        """Whether more bad ones come than otherwise: then the futures need those with marks from 1 on."""
        return bool(self.bad.size and self.bad.max() > 1)


@dataclass(frozen=True)
class Courses:
    """[path, judged day] bad ones and orders of the window, from tomorrow on, and whether it is judged and missed."""

    bad: NDArray[np.int32]
    orders: NDArray[np.int32]
    is_missed: NDArray[np.bool_]

    @property
    def first(self) -> NDArray[np.int64]:
        """[path] the first missed day, from 1 on; 0 where none is."""
        return np.where(self.is_missed.any(axis=1), self.is_missed.argmax(axis=1) + 1, 0)


def of(futures: Futures, effect: Effect | None = None) -> Courses:
    """The courses of all futures. Raises ValueError when more bad ones are asked for than were drawn."""
    known, days = futures.known, futures.days
    rule, shape = known.rule, (futures.paths, days)
    coming, keep = futures.orders, futures.mark < 1
    if effect is not None:
        coming = _scaled(coming, effect.orders)
        keep = futures.mark < _factor(futures, effect)
        if effect.is_more and futures.mark.max(initial=0) < 1:
            raise ValueError("expected futures drawn with more bad ones (more=True)")
    orders = _known_standing(known.orders, futures)[None, :] + _windows(coming, futures.first, rule.window, days)
    path, enters = futures.path[keep], np.maximum(futures.enters[keep], 1)
    leaves = futures.placed[keep] + rule.lag + rule.window
    moves = np.bincount(path * (days + 1) + np.minimum(enters, days + 1) - 1, minlength=shape[0] * (days + 1))
    moves -= np.bincount(path * (days + 1) + np.minimum(leaves, days + 1) - 1, minlength=shape[0] * (days + 1))
    bad = moves.reshape(shape[0], days + 1)[:, :days].cumsum(axis=1) + _known_standing(known.bad, futures)[None, :]
    if effect is not None and effect.removed:
        bad = bad - _removed(futures, effect)
    bad = np.minimum(bad, orders)
    return Courses(bad.astype(np.int32), orders.astype(np.int32), rule.is_missed(bad, orders))


def _scaled(coming: NDArray, factor: Floats) -> NDArray[np.int32]:
    """Whole numbers of orders whose mean is so many times as large."""
    if np.all(factor == 1):
        return coming
    coin = np.random.default_rng(SEED).random(coming.shape, np.float32)
    return np.floor(coming * factor + coin).astype(np.int32)


def _factor(futures: Futures, effect: Effect) -> NDArray:
    """[bad one] the factor of its order day; 1 for orders already placed."""
    column = futures.placed - 1 + futures.known.untold
    inside = (column >= 0) & (column < futures.orders.shape[1])
    at = np.clip(column, 0, max(futures.orders.shape[1] - 1, 0))
    factor = effect.bad[futures.path, at] if effect.bad.ndim == 2 else effect.bad[at]
    return np.where(inside, factor, 1.0)


def _known_standing(counts: NDArray[np.int64], futures: Futures) -> NDArray[np.int64]:
    """[judged day] what is already there of the windows to come."""
    rule, size = futures.known.rule, len(counts)
    upto = np.concatenate([[0], np.cumsum(counts)])
    last = size + np.arange(1, futures.days + 1) - rule.lag  # places: the window holds [last − window, last)
    return upto[np.clip(last, 0, size)] - upto[np.clip(last - rule.window, 0, size)]


def _windows(coming: NDArray, first: int, window: int, days: int) -> NDArray[np.int64]:
    """[path, judged day] orders to come in the window: order day 0 enters on judged day `first`."""
    upto = np.pad(coming.cumsum(axis=1), ((0, 0), (1, 0)))
    last = np.arange(1, days + 1) - first + 1
    size = coming.shape[1]
    return upto[:, np.clip(last, 0, size)] - upto[:, np.clip(last - window, 0, size)]


def _removed(futures: Futures, effect: Effect) -> NDArray[np.int64]:
    """[path, judged day] how many of today's bad ones are taken away: which they are is drawn, for nobody knows."""
    known, generator = futures.known, np.random.default_rng(SEED + 1)
    rule = known.rule
    age = np.repeat(known.age, known.bad)
    leaves = rule.lag + rule.window - age  # judged day on which each is gone
    leaves = leaves[leaves > 1]
    gone = np.zeros((futures.paths, futures.days), np.int64)
    if not len(leaves):
        return gone
    place = np.argsort(generator.random((futures.paths, len(leaves))), axis=1)
    at = 0
    for number, start, chance in effect.removed:
        chosen = place[:, at : at + number]
        is_won = generator.random(chosen.shape) < chance
        at += number
        day = np.arange(1, futures.days + 1)
        for column in range(chosen.shape[1]):
            stays = (day >= start) & (day < leaves[chosen[:, column]][:, None])
            gone += is_won[:, column : column + 1] & stays
    return gone
