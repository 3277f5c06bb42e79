"""What is taken of delays before an account's own are looked at: how many days after the order a bad one is reported.

The marketplace says "on average, several weeks" and no more. Each prior is as firm as so many delays of the account's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

OLDEST = 180  # days after the order: what is reported later is in no window and no count any more


@dataclass(frozen=True)
class Prior:
    """A log-normal law of delays.

    median   days        spread   standard deviation of the logarithm
    worth    so many delays of the account's own weigh as much
    source   where it comes from: a key of the templates `prior`
    """

    median: float
    spread: float
    worth: float
    source: str

    @property
    def masses(self) -> NDArray[np.float64]:
        """[age] the chance of each delay, 0 to OLDEST days; they add up to 1."""
        ends = np.arange(OLDEST + 1) + 0.5
        upto = ndtr((np.log(ends) - log(self.median)) / self.spread)
        upto /= upto[-1]
        return np.diff(upto, prepend=0.0)


PRIORS: Mapping[str, Prior] = MappingProxyType(
    {
        # Half of the low reviews of real orders (Olist, Brazil, 2016 to 2018) came within 20 days, 99 in 100 within 53.
        "negative_feedback_rate": Prior(20, 0.42, 20, "real_orders"),
        # A buyer may claim up to 90 days past the last estimated delivery day (help page 27951).
        "a_to_z_claims": Prior(30, 0.6, 10, "not_published"),
        "chargebacks": Prior(45, 0.6, 10, "not_published"),
    }
)
AT_ONCE = Prior(1, 1.0, 5, "at_once")  # lateness, cancellations, parcels


def of(kind: str) -> Prior:
    """The prior of a kind of bad one: a key of METRICS. What is no defect is known within days."""
    return PRIORS.get(kind, AT_ONCE)
