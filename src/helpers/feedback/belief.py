"""A Bayesian reading of feedback: what counts teach about the response ratio, and what they never can.

The counts fix u = qb and v = (1−q)a, the chances that an order brings a negative or another feedback. How u splits
into q and b is left to the prior, however many orders come: the posterior of q does not concentrate (Gustafson 2005,
Statistical Science 20:111). So prior and posterior are always returned side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, betaln, expit, log_expit, logit, ndtri

from helpers.feedback.arguments import chance
from helpers.feedback.quadrature import Beta, LogNormal, Speaking
from helpers.feedback.silence import bounds

_EDGES = np.linspace(-14, 14, 71)  # log-odds of q, cut finer where prior or posterior lie
_RATIO_EDGES = np.linspace(np.log(1e-3), np.log(1e3), 121)  # log of the response ratio, likewise
_QUARTERS = np.array([0.25, 0.5, 0.75])
_MOST_CUTS = 12
_FULL = 1 / 250  # of the posterior: a cell that holds more is cut in four
_LEVELS = (np.arange(200) + 0.5) / 200
_SPECK = 1e-9
_SMALLEST = np.finfo(float).tiny


@dataclass(frozen=True)
class Prior:
    """What is believed before the counts, independently: uniform each when nothing is said.

    dissatisfied              dissatisfied share of orders
    propensity_dissatisfied   chance that a dissatisfied buyer speaks
    propensity_satisfied      chance that a satisfied one does
    response_ratio            the first of these over the second: its median, and the standard deviation of its logarithm
                              (log-normal, as far as chances up to 1 allow it); instead of propensity_dissatisfied
    Raises ValueError for a shape that is no number above 0, and for both a ratio and propensity_dissatisfied.
    """

    dissatisfied: Beta = (1, 1)
    propensity_dissatisfied: Beta = (1, 1)
    propensity_satisfied: Beta = (1, 1)
    response_ratio: LogNormal | None = None

    def __post_init__(self) -> None:
        shapes = (self.dissatisfied, self.propensity_dissatisfied, self.propensity_satisfied, self.response_ratio)
        if not all(0 < one < np.inf for shape in shapes if shape is not None for one in shape):
            raise ValueError(f"expected numbers above 0 for every prior, found {self}")
        if self.response_ratio is not None and self.propensity_dissatisfied != (1, 1):
            raise ValueError("expected a prior of the response ratio or of propensity_dissatisfied, found both")


@dataclass(frozen=True)
class Belief:
    """Prior and posterior side by side.

    curves    one row a cell: `quantity` (dissatisfied, response_ratio), `low`, `high` (its edges), `prior`, `posterior`
              (chance that the quantity lies in the cell; each column sums to 1 a quantity)
    """

    curves: pl.DataFrame

    def quantiles(self, *levels: float) -> pl.DataFrame:
        """One row for each quantity and level: `quantity`, `level`, `prior`, `posterior`. Default 5, 50, 95 %. Raises
        ValueError for a level outside 0 to 1."""
        for level in levels:
            chance("level", level)
        rows = []
        for quantity, cells in self._cells():
            edges, at = np.append(cells["low"], cells["high"][-1]), levels or (0.05, 0.5, 0.95)
            readings = [np.interp(at, np.append(0, cells[name].cum_sum()), edges) for name in ("prior", "posterior")]
            rows += [(quantity, *row) for row in zip(at, *readings, strict=True)]
        return pl.DataFrame(rows, schema=["quantity", "level", "prior", "posterior"], orient="row")

    def probability_below(self, target: float, quantity: str = "dissatisfied") -> tuple[float, float]:
        """Chance that the quantity is below `target`: before the counts, and after."""
        cells = dict(self._cells())[quantity]
        edges = np.append(cells["low"], cells["high"][-1])
        before, after = (
            np.interp(target, edges, np.append(0, cells[name].cum_sum())) for name in ("prior", "posterior")
        )
        return float(before), float(after)

    def _cells(self) -> list[tuple[str, pl.DataFrame]]:
        return [(str(key[0]), cells) for key, cells in self.curves.group_by("quantity", maintain_order=True)]


def posterior(orders: int, positive: int, negative: int, prior: Prior | None = None) -> Belief:
    """What the counts make of the prior, by quadrature that follows both: no draws, the same every time.

    Given the dissatisfied share, who speaks is integrated out (quadrature.Speaking); the share's own cells are cut finer
    until none holds much of the posterior. Shares and ratios outside the outermost cells count in them.
    Raises ValueError for counts that cannot be.
    """
    bounds(orders, positive, negative)  # refuses what cannot be
    prior = prior or Prior()
    speaks = prior.propensity_dissatisfied if prior.response_ratio is None else None
    speaking = Speaking(
        positive, negative, orders - positive - negative, prior.propensity_satisfied, speaks, prior.response_ratio
    )
    edges, weights, ratios = _cells(speaking, prior.dissatisfied)
    shares = _curve("dissatisfied", expit(edges), _mass(edges, prior.dissatisfied), weights.sum(axis=1))
    return Belief(pl.concat([shares, _of_ratio(prior, ratios, weights)]))


def _cells(speaking: Speaking, shape: Beta) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Edges of the cells in log-odds of q; of each cell's nodes the weight in the posterior, and the log ratio.

    Where a cell holds much, it and its wider neighbours are cut in four, until none does.
    """
    likely = logit(betaincinv(*shape, np.linspace(0.005, 0.995, 50)))
    edges = np.union1d(_EDGES, likely[(likely > _EDGES[0]) & (likely < _EDGES[-1])])
    heights, ratios = speaking.nodes(_centres(edges))
    for _ in range(_MOST_CUTS):
        after = _weights(edges, heights, shape).sum(axis=1)
        width = np.diff(edges)
        is_full = after > _FULL * after.sum()
        is_beside = np.zeros_like(is_full)
        is_beside[1:] |= is_full[:-1] & (width[1:] > 1.5 * width[:-1])
        is_beside[:-1] |= is_full[1:] & (width[:-1] > 1.5 * width[1:])
        is_cut = is_full | is_beside
        if not is_cut.any():
            break
        edges = np.union1d(edges, edges[:-1][is_cut] + np.outer(_QUARTERS, width[is_cut]))
        is_new = np.repeat(is_cut, np.where(is_cut, 4, 1))
        found = speaking.nodes(_centres(edges)[is_new])
        heights, ratios = (_put(kept[~is_cut], new, is_new) for kept, new in zip((heights, ratios), found, strict=True))
    return edges, _weights(edges, heights, shape), ratios


def _centres(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    return expit((edges[:-1] + edges[1:]) / 2)


def _put(kept: NDArray[np.float64], new: NDArray[np.float64], is_new: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The rows of both in the order of their cells."""
    rows = np.empty((is_new.size, new.shape[1]))
    rows[~is_new], rows[is_new] = kept, new
    return rows


def _weights(edges: NDArray[np.float64], heights: NDArray[np.float64], shape: Beta) -> NDArray[np.float64]:
    """Weight of each node in the posterior, the largest 1; by the prior's density where its mass in a cell is too small
    to be told from the difference of two."""
    mass, centre, width = _mass(edges, shape), (edges[:-1] + edges[1:]) / 2, np.diff(edges)
    dense = shape[0] * log_expit(centre) + shape[1] * log_expit(-centre) - betaln(*shape) + np.log(width)
    heights = heights + np.where(mass > 1e-9, np.log(np.maximum(mass, _SMALLEST)), dense)[:, None]
    return np.exp(heights - heights.max())


def _mass(edges: NDArray[np.float64], shape: Beta) -> NDArray[np.float64]:
    """The prior's mass in each cell, the outermost ones open."""
    return np.diff(betainc(*shape, expit(edges[1:-1])), prepend=0.0, append=1.0)


def _of_ratio(prior: Prior, ratios: NDArray[np.float64], weights: NDArray[np.float64]) -> pl.DataFrame:
    """The cells of the response ratio, finer where it is likely before or after the counts."""
    answers = np.log(np.maximum(betaincinv(*prior.propensity_satisfied, _LEVELS), _SMALLEST))
    if prior.response_ratio is None:
        speaks = np.log(np.maximum(betaincinv(*prior.propensity_dissatisfied, _LEVELS), _SMALLEST))
        before = speaks[:, None] - answers
        likely = np.ones_like(before)
    else:
        median, spread = prior.response_ratio
        before = np.broadcast_to((log(median) + spread * ndtri(_LEVELS))[:, None], (_LEVELS.size, _LEVELS.size))
        likely = (before + answers <= 0).astype(float)  # no more than all of the dissatisfied speak
    sorted_before, sorted_after = _sorted(before, likely), _sorted(ratios, weights)
    found = [np.interp(np.linspace(0.005, 0.995, 100), share, value) for value, share in (sorted_before, sorted_after)]
    inside = [value[(value > _RATIO_EDGES[0]) & (value < _RATIO_EDGES[-1])] for value in found]
    edges = np.union1d(_RATIO_EDGES, np.concatenate(inside))
    masses = [
        np.diff(np.interp(edges[1:-1], value, share), prepend=0.0, append=1.0)
        for value, share in (sorted_before, sorted_after)
    ]
    return _curve("response_ratio", np.exp(edges), *masses)


def _sorted(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Values in rising order, and the share of the weight up to the middle of each; specks of it are left out."""
    kept = weights.ravel() > _SPECK * weights.max()
    value, weight = values.ravel()[kept], weights.ravel()[kept]
    order = np.argsort(value)
    total = np.cumsum(weight[order])
    return value[order], (total - weight[order] / 2) / total[-1]


def _curve(quantity: str, edges: NDArray, before: NDArray, after: NDArray) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "quantity": [quantity] * before.size,
            "low": edges[:-1],
            "high": edges[1:],
            "prior": before / before.sum(),
            "posterior": after / after.sum(),
        }
    )
