"""How bad ones come in lumps, and how much fewer orders such counts are worth.

A carrier's bad week or one broken batch makes many bad orders of one cause: 300 orders of such a shop tell as much as 300/D
that go wrong one by one. D is the design effect; test, posterior and interval take x/D of n/D. Lumps are days, then seven
days; the larger D holds. How alike the orders of seven days are is the largest of the seven ways to cut them: bad weeks that
lie across two lumps would pass as a slow drift, on one day of report in seven they would not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

SIZES = (1, 7)  # days of a lump
YEAR = 365  # days that end with the window: what the clustering is learnt from
USUAL = 0.02  # of an account whose own is not known
WEIGHT = 50.0  # how firmly the usual holds against the account's own counts: 1 / 50 = 0.02
WINDOWS_OF_HISTORY = 3  # so many windows, the judged one included, tell an account's own clustering …
ENOUGH_DAYS = 330  # … and so do eleven months


@dataclass(frozen=True)
class Clustering:
    """How alike the orders of one lump are, and how evenly the window's orders lie on its lumps.

    rho            [..., size] correlation of two orders of one lump, of days and of weeks: 0 one by one, 1 all or none
    concentration  [..., size] Σ n_l² / N² over the window's own lumps: 1 when all its orders lie in one
    """

    rho: NDArray[np.float64]
    concentration: NDArray[np.float64]

    def effect(self, n: ArrayLike) -> NDArray[np.float64]:
        """D of a window of n orders, at least 1: max over both sizes of 1 + ρ (Σ n_l² / N − 1)."""
        n = np.asarray(n, float)
        each = 1 + self.rho * (self.concentration * n[..., None] - 1)
        return np.maximum(each.max(axis=-1), 1.0)

    def orders_worth(self, deflated: float) -> int | None:
        """The fewest orders, spread over the window as its own are, that are worth `deflated` ones; None when no
        number is, because the orders of a lump share one cause. Of one window."""
        rest = 1 - self.rho * self.concentration * deflated
        if (rest <= 0).any():
            return None
        return math.ceil(max(deflated, *(deflated * (1 - self.rho) / rest)) - 1e-9)


def lumps(daily: ArrayLike, days: int) -> NDArray[np.float64]:
    """[..., lump] sums of so many days, counted back from the last; the first lump may be shorter."""
    daily = np.asarray(daily, float)
    missing = -daily.shape[-1] % days
    whole = np.pad(daily, [(0, 0)] * (daily.ndim - 1) + [(missing, 0)])
    return whole.reshape(*whole.shape[:-1], -1, days).sum(axis=-1)


def correlation(n: ArrayLike, x: ArrayLike) -> NDArray[np.float64]:
    """ρ of lumps of n orders with x bad ones, along the last axis: max(0, C − E + 1) / (V + 50), at most 1.

    C = Σ x (x − 1) pairs of bad ones share a lump. E = S Σ x_l x_{l+1} / Σ n_l n_{l+1} would without clustering: what
    neighbouring lumps have in common (a slow drift, a season) is none. V = p (1 − p) S, S = Σ n (n − 1). Without a bad one
    p is taken as if there were one: fewer bad ones are never worth less.
    """
    n, x = np.asarray(n, float), np.asarray(x, float)
    orders, bad = n.sum(axis=-1), x.sum(axis=-1)
    p = np.maximum(bad, 1.0) / np.maximum(orders, 1.0)
    pairs, together = np.vecdot(n, n) - orders, np.vecdot(x, x) - bad
    neighbours, alike = (np.vecdot(each[..., 1:], each[..., :-1]) for each in (n, x))
    expected = pairs * np.divide(alike, neighbours, out=np.zeros_like(pairs), where=neighbours > 0)
    return np.minimum(np.maximum(together - expected + 1, 0) / (p * (1 - p) * pairs + WEIGHT), 1.0)


def rho(n: ArrayLike, x: ArrayLike) -> NDArray[np.float64]:
    """[..., size] ρ of lumps of each of SIZES, the largest over the days on which lumps can begin.

    n, x   [..., day] orders and bad ones of each day, the last 365 looked at
    """
    n, x = (np.asarray(each, float)[..., -YEAR:] for each in (n, x))
    return np.stack([correlation(_cuts(n, size), _cuts(x, size)).max(axis=-1) for size in SIZES], axis=-1)


def _cuts(daily: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """[..., start, lump] sums of so many days, as lumps that begin on the first day, the second …; only whole lumps: one
    that is not there holds 0, which no sum of products counts."""
    if size == 1:
        return daily[..., None, :]
    days = daily.shape[-1]
    upto = np.zeros((*daily.shape[:-1], days + 1))
    np.cumsum(daily, axis=-1, out=upto[..., 1:])
    whole = np.zeros((*daily.shape[:-1], -(-days // size) * size))
    np.subtract(upto[..., size:], upto[..., :-size], out=whole[..., : max(days - size + 1, 0)])
    return whole.reshape(*whole.shape[:-1], -1, size).swapaxes(-1, -2)


def of(n: ArrayLike, x: ArrayLike, window: int) -> Clustering:
    """The clustering of a window, from the orders and bad ones of each day that ends with it.

    n, x    [..., day] the last 365 days, or as many as are known, the window's own last; a day without files holds 0
    window  its days
    ρ is the account's own when its orders reach back three windows, or eleven months, from the window's end; else 0.02:
    counts of one window alone would pass as one by one where they are not.
    Raises ValueError when the shapes differ, a count is not 0 ≤ x ≤ n, or the window has no day.
    """
    n, x = (np.asarray(each, float)[..., -YEAR:] for each in (n, x))
    if n.shape != x.shape or not np.all((x >= 0) & (x <= n) & (n < np.inf)):
        raise ValueError("expected as many days of bad ones as of orders, with 0 ≤ x ≤ n on each")
    if window < 1:
        raise ValueError(f"expected a window of at least one day, found {window}")
    days = n.shape[-1] - (n > 0).argmax(axis=-1)
    has_history = (n > 0).any(axis=-1) & (days >= min(WINDOWS_OF_HISTORY * window, ENOUGH_DAYS))
    return Clustering(np.where(has_history[..., None], rho(n, x), USUAL), _concentration(n[..., -window:]))


def usual(window: int) -> Clustering:
    """The clustering taken of counts without their days, as the marketplace prints them: ρ 0.02, orders spread evenly."""
    if window < 1:
        raise ValueError(f"expected a window of at least one day, found {window}")
    return Clustering(np.full(len(SIZES), USUAL), _concentration(np.ones(window)))


def effects(rho: ArrayLike, n: ArrayLike, window: int) -> NDArray[np.float64]:
    """[..., day] D of the window that ends on each day, the days before the first holding no orders.

    rho  [..., size] as in Clustering, one for all days: how alike the orders of a lump are is a trait of the account, how
         they lie on the lumps one of the window
    """
    rho, n = np.asarray(rho, float), np.asarray(n, float)
    upto = np.concatenate([np.zeros((*n.shape[:-1], window)), n], axis=-1).cumsum(axis=-1)
    upto = np.concatenate([np.zeros((*n.shape[:-1], 1)), upto], axis=-1)
    days = n.shape[-1]

    def back(by: int) -> NDArray[np.float64]:
        """The orders of all days up to so many before each."""
        return upto[..., window + 1 - by : window + 1 - by + days]

    total = back(0) - back(window)
    worst = np.ones_like(total)
    for place, size in enumerate(SIZES):
        starts = range(0, window, size)
        squares = sum((back(start) - back(min(start + size, window))) ** 2 for start in starts)
        mean = np.divide(squares, total, out=np.ones_like(total), where=total > 0)
        np.maximum(worst, 1 + rho[..., place, None] * (mean - 1), out=worst)
    return worst


def of_row(row: Mapping[str, Any]) -> Clustering:
    """The clustering told by a row of the `lumps` frame."""
    rho, concentration = ([row[f"{name}_{size}"] for size in ("days", "weeks")] for name in ("rho", "concentration"))
    return Clustering(np.array(rho, float), np.array(concentration, float))


def _concentration(n: NDArray[np.float64]) -> NDArray[np.float64]:
    total = n.sum(axis=-1) ** 2
    squares = [(lumps(n, size) ** 2).sum(axis=-1) for size in SIZES]
    return np.stack([np.divide(each, total, out=np.zeros_like(total), where=total > 0) for each in squares], axis=-1)
