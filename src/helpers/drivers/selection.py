"""Which of many tests are taken for more than chance, and intervals that are still right after the choice."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Q = 0.10  # of what is called a cause, so much may be none


def adjusted(p: ArrayLike) -> NDArray[np.float64]:
    """The p of each test adjusted for all of them: those up to q are wrong in a share of q at most.

    Source: Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289.
    """
    p = np.asarray(p, float)
    if not len(p):
        return p
    order = np.argsort(p)[::-1]
    rank = np.arange(len(p), 0, -1)
    found = np.empty(len(p))
    found[order] = np.minimum(np.minimum.accumulate(p[order] * len(p) / rank), 1.0)
    return found


def level_after(selected: int, tested: int, q: float = Q) -> float:
    """The level at which intervals of those selected miss the truth in a share of q at most: 1 − q · selected / tested.

    Source: Benjamini and Yekutieli 2005, Journal of the American Statistical Association 100:71.
    """
    return 1 - q * max(selected, 1) / max(tested, 1)
