"""The share of bad ones reported by each age of an order, of many series at once, as it was known on a past day.

The estimator of maturity.curve, which also says how sure it is and stands where one curve is read: here every series has
its own on every stretch of days.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.maturity import priors


def prior(kinds: Iterable[str]) -> NDArray[np.float64]:
    """[age] so many bad ones reported at each age of their order, as if known before the account's own.

    kinds   keys of METRICS whose delays are mixed evenly: the parts of the order defect rate that carry a day, or one rate
    """
    each = [priors.of(kind) for kind in kinds]
    return np.mean([one.masses * one.worth for one in each], axis=0)


def shares(delays: ArrayLike, waited: ArrayLike, prior: ArrayLike) -> NDArray[np.float64]:
    """[series, age] share reported by each age.

    delays   [series, age] bad ones known so far by the age of their order when they were reported
    waited   [series, age] the same bad ones by the age their order has now; older ones may be left out
    prior    [age] further bad ones whose orders waited long enough
    """
    delays, waited, prior = (np.asarray(each, float) for each in (delays, waited, prior))
    now = delays + prior
    at_risk = delays.cumsum(axis=-1) - (waited.cumsum(axis=-1) - waited) + prior.cumsum(axis=-1)
    hazard = np.divide(now, at_risk, out=np.zeros_like(now), where=at_risk > 0)
    after = np.minimum(1 - hazard[..., ::-1], 1.0).cumprod(axis=-1)[..., ::-1]
    return np.concatenate([after[..., 1:], np.ones((*after.shape[:-1], 1))], axis=-1)
