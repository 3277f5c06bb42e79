"""Two watches on reports as they come in: against the target, and against the account's own level.

Against the target: an e-detector (Shin, Ramdas and Rinaldo 2024, New England Journal of Statistics in Data Science,
Shiryaev-Roberts form), M_t = (M_{t−1} + 1) · factor_t for each multiple L of the target, and the mean over them. The factor
of a day with x reports, m expected at the target, is L^x · e^{−(L−1) m} to the power 1/D: clustered reports tell less.
Under every rate up to the target P(alarm by day t) ≤ t / A. Against the own level: a CUSUM for a doubling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.signals.reported import EVERY, LEAST, RECENT, YEAR, Reported, exposure, known

MULTIPLES = np.array([1.25, 1.5, 2.0, 3.0, 5.0])
WATCHED = 1095  # days: three years
ALARM_AT = WATCHED / 0.05  # A = 21,900: at most 5 % of accounts within the target are ever alarmed in three years
OVER_AT = 0.01  # of what raised it: a mark ends when its statistic has fallen so far
LISTED = 90  # days a list of many accounts on one day looks back: it begins on a fixed day
RUN_LENGTH = 730  # days: ln of it is where the CUSUM of an unchanged account signals, by Lorden's bound, or later


@dataclass(frozen=True)
class Watched:
    """What both watches showed on each day.

    counts, exposure   [series, day] bad ones reported, and orders whose bad ones were due
    effect             [series, day] design effect the day was tempered by
    target             [series, day] ln M_t: alarmed while it is at least ln A
    level              [series, day] share of bad ones of the own level, nan while it is not known
    own                [series, day] CUSUM against it: signals while it is at least ln 730
    shares, is_dated   [series, age] share reported by age and [series] share with a day of its own, as last taken
    """

    counts: NDArray[np.float64]
    exposure: NDArray[np.float64]
    effect: NDArray[np.float64]
    target: NDArray[np.float64]
    level: NDArray[np.float64]
    own: NDArray[np.float64]
    shares: NDArray[np.float64]
    is_dated: NDArray[np.float64]


def watched(
    reports: Reported, allowed: ArrayLike, window: int, prior: NDArray[np.float64], *, every: int = EVERY
) -> Watched:
    """Both watches over the reports, each day by what was known before it; no day is ever counted anew.

    allowed   share of bad ones the target allows, one for all series or [series]
    window    days of the judged window · prior  [age] delays.prior, or another
    """
    allowed = np.broadcast_to(np.asarray(allowed, float), len(reports.orders))
    counts = reports.counts(len(prior))
    due, effect, level = (np.full(counts.shape, fill) for fill in (0.0, 1.0, np.nan))
    shares = np.broadcast_to(prior.cumsum() / prior.sum(), (len(counts), len(prior)))
    is_dated = np.ones(len(counts))
    for stretch in known(reports, window, prior, every):
        place = np.s_[:, stretch.start : stretch.stop]
        due[place] = exposure(reports, stretch)
        effect[place] = stretch.effect[:, None]
        level[place] = _own_level(counts[:, : stretch.start], due[:, : stretch.start], allowed)[:, None]
        shares, is_dated = stretch.shares, stretch.is_dated
    return Watched(
        counts,
        due,
        effect,
        detector(counts, due * allowed[:, None], effect),
        level,
        cusum(counts, due * level, effect),
        shares,
        is_dated,
    )


def detector(counts: ArrayLike, expected: ArrayLike, effect: ArrayLike) -> NDArray[np.float64]:
    """[series, day] ln M_t of bad ones reported, as many as were expected at the target, and the design effect.

    No part grows past what raises the alarm by itself: an account that mends is seen to, and can be alarmed again.
    """
    x, m, d = (np.asarray(each, float).T[..., None] for each in np.broadcast_arrays(counts, expected, effect))
    highest = len(MULTIPLES) * ALARM_AT
    factors = np.exp(np.minimum((x * np.log(MULTIPLES) - m * (MULTIPLES - 1)) / d, np.log(highest)))
    now = np.zeros(factors.shape[1:])
    for factor in factors:  # [day, series, multiple]: what a factor makes of the days before takes its place
        now = np.minimum((now + 1) * factor, highest, out=factor)
    with np.errstate(divide="ignore"):  # thousands due and none reported: as far under the target as can be
        return np.log(factors.mean(axis=-1)).T


def log_e_value(counts: ArrayLike, expected: ArrayLike, effect: ArrayLike, days: int = LISTED) -> NDArray[np.float64]:
    """[series] ln of the e-value against the target on the last day, from what was reported in the last `days` alone.

    The product of the daily factors of each multiple, and the mean over them: 1 or less on average under every rate up to
    the target, so that lists over many accounts can be cut by it (`helpers.portfolio`). M cannot: it is no e-value.
    Source: Ramdas, Grünwald, Vovk and Shafer 2023, Statistical Science 38:576, of a test that begins on a fixed day.
    """
    counts, expected, effect = (
        np.asarray(each, float)[:, -days:] for each in np.broadcast_arrays(counts, expected, effect)
    )
    each = (counts / effect).sum(axis=1)[:, None] * np.log(MULTIPLES)
    each -= (expected / effect).sum(axis=1)[:, None] * (MULTIPLES - 1)
    return np.logaddexp.reduce(each, axis=1) - np.log(len(MULTIPLES))


def cusum(counts: ArrayLike, expected: ArrayLike, effect: ArrayLike, ratio: float = 2.0) -> NDArray[np.float64]:
    """[series, day] S_t = max(0, S_{t−1} + (x ln ratio − (ratio − 1) m) / D): how far reports run over the own level.

    A day whose m is not known (nan) is passed over. Source: Page 1954, Biometrika 41:100, of Poisson counts.
    """
    counts, expected, effect = (np.asarray(each, float) for each in np.broadcast_arrays(counts, expected, effect))
    step = np.nan_to_num((counts * np.log(ratio) - (ratio - 1) * expected) / effect)
    found, now, highest = np.empty(counts.shape), np.zeros(len(counts)), np.log(RUN_LENGTH)
    for day in range(counts.shape[1]):
        now = found[:, day] = np.clip(now + step[:, day], 0.0, highest)
    return found


def is_marked(statistic: ArrayLike, limit: float) -> NDArray[np.bool_]:
    """[series, day] whether a mark stands: from the day on which ln M or S reached its limit until it has fallen to a
    hundredth of it, so that it does not flicker."""
    statistic = np.asarray(statistic, float)
    found, now = np.zeros(statistic.shape, bool), np.zeros(len(statistic), bool)
    for day in range(statistic.shape[1]):
        height = statistic[:, day]
        now = found[:, day] = (height >= limit - 1e-9) | (now & (height > limit + np.log(OVER_AT)))
    return found


def _own_level(counts: NDArray, due: NDArray, allowed: NDArray) -> NDArray[np.float64]:
    """[series] share of bad ones in the year before, less its last 60 days; as if half a bad one of the target's orders
    were known besides. nan where fewer than 90 days tell anything."""
    told = np.s_[:, max(counts.shape[1] - YEAR, 0) : max(counts.shape[1] - RECENT, 0)]
    x, n, days = counts[told].sum(axis=1), due[told].sum(axis=1), (due[told] > 0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        level = (x + 0.5) / (n + 0.5 / allowed)
    return np.where((days >= LEAST) & (allowed > 0), level, np.nan)
