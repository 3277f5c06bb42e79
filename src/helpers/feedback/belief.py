"""A Bayesian reading of feedback: what counts teach about the response ratio, and what they never can.

The counts fix u = qb and v = (1−q)a, the chances that an order brings a negative or another feedback. How u splits
into q and b is left to the prior, however many orders come: the posterior of q does not concentrate (Gustafson 2005,
Statistical Science 20:111). So prior and posterior are always returned side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, betaln, expit, xlog1py, xlogy

from helpers.feedback.silence import bounds

Beta = tuple[float, float]  # shape parameters: mean α/(α+β), weight α+β orders

_NODES = 24  # quantiles of u and of v
_EDGES = np.linspace(-14, 14, 281)  # log-odds of q
_RATIO_EDGES = np.linspace(np.log(1e-3), np.log(1e3), 121)  # log of the response ratio


@dataclass(frozen=True)
class Prior:
    """What is believed before the counts, independently: uniform each when nothing is said.

    dissatisfied              dissatisfied share of orders
    propensity_dissatisfied   chance that a dissatisfied buyer speaks
    propensity_satisfied      chance that a satisfied one does
    """

    dissatisfied: Beta = (1, 1)
    propensity_dissatisfied: Beta = (1, 1)
    propensity_satisfied: Beta = (1, 1)


@dataclass(frozen=True)
class Belief:
    """Prior and posterior side by side.

    curves    one row a cell: `quantity` (dissatisfied, response_ratio), `low`, `high` (its edges), `prior`, `posterior`
              (chance that the quantity lies in the cell; each column sums to 1 a quantity)
    """

    curves: pl.DataFrame

    def quantiles(self, *levels: float) -> pl.DataFrame:
        """One row for each quantity and level: `quantity`, `level`, `prior`, `posterior`. Default 5, 50, 95 %."""
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
    """What the counts make of the prior, by quadrature: no draws, the same every time.

    (u, v) takes quantiles of its Dirichlet(M+1, P+1, S+1) likelihood; given u and v the dissatisfied share has weight
    π(q) π_b(u/q) π_a(v/(1−q)) / (q(1−q)). Response ratios outside 1/1000 to 1000 count in the outermost cells.
    Raises ValueError for counts that cannot be.
    """
    bounds(orders, positive, negative)  # refuses what cannot be
    prior = prior or Prior()
    silent, at = orders - positive - negative, (np.arange(_NODES) + 0.5) / _NODES
    u = betaincinv(negative + 1, positive + silent + 2, at)[:, None]
    v = (1 - u) * betaincinv(positive + 1, silent + 1, at)
    centre = (_EDGES[:-1] + _EDGES[1:]) / 2
    q, rest = expit(centre), expit(-centre)
    below = betainc(*prior.dissatisfied, expit(_EDGES[1:-1]))
    before = np.diff(below, prepend=0.0, append=1.0)  # the outermost cells are open
    speaks = _density(u / q, prior.propensity_dissatisfied) / q  # u × q
    answers = _density(v[:, :, None] / rest, prior.propensity_satisfied) / rest  # u × v × q
    weight = before * speaks[:, None, :] * answers
    after = weight.sum((0, 1))
    if not after.sum():
        raise ValueError("expected a prior that allows these counts")
    ratio = np.log(u[:, :, None] / v[:, :, None]) - centre
    levels = (np.arange(300) + 0.5) / 300
    speaking = np.log(betaincinv(*prior.propensity_dissatisfied, levels))
    ratio_before = speaking[:, None] - np.log(betaincinv(*prior.propensity_satisfied, levels))
    return Belief(
        pl.concat(
            [
                _curve("dissatisfied", expit(_EDGES), before, after),
                _curve(
                    "response_ratio",
                    np.exp(_RATIO_EDGES),
                    _binned(ratio_before, np.ones_like(ratio_before)),
                    _binned(ratio, weight),
                ),
            ]
        )
    )


def _density(x: NDArray, shape: Beta) -> NDArray:
    """Beta density, 0 outside 0 to 1."""
    inside = (x > 0) & (x < 1)
    safe = np.where(inside, x, 0.5)
    alpha, beta = shape
    return np.where(inside, np.exp(xlogy(alpha - 1, safe) + xlog1py(beta - 1, -safe) - betaln(alpha, beta)), 0.0)


def _binned(values: NDArray, weights: NDArray) -> NDArray:
    """Weight of the log ratios in each cell, the outermost ones open."""
    step = _RATIO_EDGES[1] - _RATIO_EDGES[0]
    cells = np.clip((values - _RATIO_EDGES[0]) // step, 0, _RATIO_EDGES.size - 2).astype(np.int64)
    return np.bincount(cells.ravel(), weights.ravel(), _RATIO_EDGES.size - 1)


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
