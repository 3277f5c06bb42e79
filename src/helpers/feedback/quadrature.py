"""Who speaks, integrated out: the chance of feedback counts given the dissatisfied share, under a prior of any sharpness.

For each share q the integrand over the log-odds of the two propensities is smooth and falls off on every side. Its
mode and curvature are found first, and the nodes lie round them: wherever prior and counts together put the weight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

Beta = tuple[float, float]  # shape parameters: mean α/(α+β), weight α+β orders
LogNormal = tuple[float, float]  # median, and standard deviation of the logarithm

_STEPS = np.linspace(-3.4, 3.4, 21)
_NODES = np.sinh(_STEPS)  # in standard deviations: dense near the mode, and far enough for tails that fall slowly
_WEIGHTS = np.log(np.cosh(_STEPS) * (_STEPS[1] - _STEPS[0]))
_MOST_STEPS = 60


@dataclass(frozen=True)
class Speaking:
    """The integrand: counts of feedback, and what is believed of who speaks.

    positive, negative, silent   orders of each kind
    satisfied                    prior of a, the chance that a satisfied buyer speaks
    dissatisfied                 prior of b, the chance that a dissatisfied one does; or None, and then
    ratio                        prior of b/a, of which only b up to 1 is possible
    """

    positive: int
    negative: int
    silent: int
    satisfied: Beta
    dissatisfied: Beta | None
    ratio: LogNormal | None

    def nodes(self, q: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each share q a row of nodes: their log weight, of which only differences mean anything, and log b/a.

        The exponentials of a row sum to the chance of the counts given q, up to a factor that all rows share.
        """
        x, y = self._mode(q)
        _, _, (xx, yy, xy), bound = self._at(x, y, q)
        is_peak = (xx > 0) & (xx * yy > xy**2)
        xx, yy, xy = (np.where(is_peak, own, other) for own, other in zip((xx, yy, xy), bound, strict=True))
        # Cholesky: information = L·Lᵀ, and the nodes are the mode plus L⁻ᵀ·z.
        first, slope = np.sqrt(xx), xy / np.sqrt(xx)
        second = np.sqrt(yy - slope**2)
        far, near = (z.ravel() for z in np.meshgrid(_NODES, _NODES))
        at_y = y[:, None] + near / second[:, None]
        at_x = x[:, None] + (far - slope[:, None] * near / second[:, None]) / first[:, None]
        volume = np.add.outer(_WEIGHTS, _WEIGHTS).ravel() - np.log(first * second)[:, None]
        height = self._height(at_x, at_y, q[:, None])
        return height + volume, log_expit(at_y) - log_expit(at_x)

    @property
    def _exponents(self) -> tuple[float, float, float, float]:
        """Of a, 1 − a, b and 1 − b, each with the step from propensities to their log-odds."""
        alpha, beta = self.satisfied
        gamma, delta = self.dissatisfied or (0.0, 1.0)  # d log r = d log b = (1 − b) d log-odds
        return self.positive + alpha, beta, self.negative + gamma, delta

    def _height(self, x: NDArray, y: NDArray, q: NDArray) -> NDArray:
        """Log of the integrand at log-odds x of a and y of b."""
        of_a, of_rest_a, of_b, of_rest_b = self._exponents
        log_a, log_b = log_expit(x), log_expit(y)
        rest_a, rest_b = log_a - x, log_b - y
        height = of_a * log_a + of_rest_a * rest_a + of_b * log_b + of_rest_b * rest_b
        height += self.silent * np.log(q * np.exp(rest_b) + (1 - q) * np.exp(rest_a))
        height += self.negative * np.log(q) + self.positive * np.log1p(-q)
        if self.ratio is not None:
            height -= ((log_b - log_a - np.log(self.ratio[0])) / self.ratio[1]) ** 2 / 2
        return height

    def _at(self, x: NDArray, y: NDArray, q: NDArray) -> tuple[NDArray, tuple, tuple, tuple]:
        """Height, gradient, information (less the second derivatives: xx, yy, xy) and a bound on it that is positive."""
        of_a, of_rest_a, of_b, of_rest_b = self._exponents
        a, b = expit(x), expit(y)
        bad = expit(np.log(q) - np.log1p(-q) + log_expit(-y) - log_expit(-x))  # chance that a silent buyer is unhappy
        good = 1 - bad
        dx = of_a * (1 - a) - of_rest_a * a - self.silent * good * a
        dy = of_b * (1 - b) - of_rest_b * b - self.silent * bad * b
        xx = (of_a + of_rest_a + self.silent * good) * a * (1 - a)
        yy = (of_b + of_rest_b + self.silent * bad) * b * (1 - b)
        xy, bent_x, bent_y = np.zeros_like(x), 0.0, 0.0
        if self.ratio is not None:
            variance = self.ratio[1] ** 2
            off = (log_expit(y) - log_expit(x) - np.log(self.ratio[0])) / variance
            dx, dy = dx + off * (1 - a), dy - off * (1 - b)
            xx, yy = xx + (1 - a) ** 2 / variance, yy + (1 - b) ** 2 / variance
            xy = -(1 - a) * (1 - b) / variance
            bent_x, bent_y = off * a * (1 - a), -off * b * (1 - b)
        unknown = self.silent * good * bad  # who of the silent is unhappy is not seen: less information
        information = (xx - unknown * a**2 + bent_x, yy - unknown * b**2 + bent_y, xy + unknown * a * b)
        return self._height(x, y, q), (dx, dy), information, (xx + 1e-12, yy + 1e-12, xy)

    def _mode(self, q: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where the integrand is highest: Newton's steps, each halved until it climbs."""
        of_a, of_rest_a, of_b, of_rest_b = self._exponents
        x = np.log(of_a) - np.log(of_rest_a + self.silent * (1 - q))
        y = np.log(max(of_b, 0.5)) - np.log(of_rest_b + self.silent * q)
        for _ in range(_MOST_STEPS):
            height, (dx, dy), (xx, yy, xy), bound = self._at(x, y, q)
            is_peak = (xx > 0) & (xx * yy > 1.001 * xy**2)
            xx, yy, xy = (np.where(is_peak, own, other) for own, other in zip((xx, yy, xy), bound, strict=True))
            room = xx * yy - xy**2
            step_x, step_y = (yy * dx - xy * dy) / room, (xx * dy - xy * dx) / room
            scale = 1 / np.maximum(1, np.maximum(abs(step_x), abs(step_y)) / 4)
            climb = dx * step_x + dy * step_y
            if np.all(climb < 1e-9):
                break
            for _ in range(40):
                falls = self._height(x + scale * step_x, y + scale * step_y, q) < height
                if not falls.any():
                    break
                scale = np.where(falls, scale / 2, scale)
            x, y = x + scale * step_x, y + scale * step_y
        return x, y
