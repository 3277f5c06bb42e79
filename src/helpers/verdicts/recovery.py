"""The way back from a missed target: what waiting alone does, and how many orders it takes to be sure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln, gammaln

from helpers.rows import RollOffRow, TrailingRow
from helpers.verdicts.limits import Limit
from helpers.vocabulary import Metric

SURE = 0.9  # how sure `orders_to_recover_sustained` is
LONGEST_RECOVERY = 100_000  # orders; beyond this a recovery by volume is no answer


class Waiting(TypedDict):
    """What waiting alone does to a missed target; each null where it never does.

    clear_on        the first day on which the target is met
    clear_from      from this day on it is met on every day on which it is judged
    unjudged_from   from this day on the window holds no orders, or fewer than the target asks for: no verdict
    """

    clear_on: date | None
    clear_from: date | None
    unjudged_from: date | None


def by_waiting(steps: Iterable[RollOffRow], limit: Limit, metric: Metric, min_count: int | None) -> Waiting:
    """What the days to come bring if no new bad one comes.

    steps   the rows of `roll_off` of one window, in the order of their days
    """
    found: Waiting = {"clear_on": None, "clear_from": None, "unjudged_from": None}
    for step in steps:
        n = step["denominator"]
        if n < max(min_count or 0, 1):
            found["unjudged_from"] = found["unjudged_from"] or step["day"]
            continue
        found["unjudged_from"] = None
        if limit.is_met(metric.bad_of(step["numerator"], n), n):
            found["clear_on"] = found["clear_on"] or step["day"]
            found["clear_from"] = found["clear_from"] or step["day"]
        else:
            found["clear_from"] = None
    return found


def usual(windows: Iterable[TrailingRow], judged: TrailingRow, metric: Metric) -> tuple[int, int]:
    """Bad ones and orders of the judged window and of those before it that the files cover in full, none counted twice.

    windows   the rows of `trailing` of the same key
    What the account usually does: the newest window first, then each that ends before the last one taken begins.
    """
    n, first = judged["window_denominator"], judged["window_start"]
    bad = metric.bad_of(judged["window_numerator"], n)
    for row in sorted(windows, key=lambda row: row["window_end"], reverse=True):
        if row["is_covered"] and row["is_mature"] and row["window_end"] < first:
            bad += metric.bad_of(row["window_numerator"], row["window_denominator"])
            n += row["window_denominator"]
            first = row["window_end"] - timedelta(days=row["window_days"] - 1)
    return bad, n


def orders_to_recover_sustained(bad: int, n: int, record: tuple[float, float], limit: Limit) -> int | None:
    """Further orders after which the target is met with 90 % chance, and stays so for every larger number; None when
    that never happens within 100,000 orders.

    record   bad ones and orders new orders are taken to follow (`usual`), deflated where bad ones come in lumps
    The usual rate is known no better than its record tells: Beta(1/2, (1 − t)/(2t)) before it, so that the mean is
    the target t, and the further bad ones are beta-binomial. The chance is saw-toothed in the number of orders (each
    further bad one allowed is a jump), so the last dip counts, not the first success. It tends to the chance that the
    true rate is under the target: without 90 % of that no number is enough.
    """
    if not 0 < limit.share < 1:
        return None
    x, of = record
    alpha = x + 0.5
    beta = of - x + float((1 - limit.share) / (2 * limit.share))
    if betainc(alpha, beta, float(limit.share)) < SURE:
        return None
    chance = _chance_of_at_most(_allowed_more(bad, n, limit), alpha, beta)
    failing = np.flatnonzero(chance < SURE)
    if len(failing) == 0:
        return 0
    return None if failing[-1] == LONGEST_RECOVERY else int(failing[-1] + 1)


def _allowed_more(bad: int, n: int, limit: Limit) -> NDArray[np.int64]:
    """Of 0, 1, 2 … further orders the bad ones that still meet the target; below 0 where even none would."""
    a, b = limit.share.as_integer_ratio()
    whole, rest = divmod(a * n - limit.is_strict, b)  # in Python's numbers: a·n may be large
    return whole - bad + (rest + a * np.arange(LONGEST_RECOVERY + 1)) // b


def _chance_of_at_most(allowed: NDArray[np.int64], alpha: float, beta: float) -> NDArray[np.float64]:
    """P(X_k ≤ allowed[k]) for k = 0, 1, 2 … beta-binomial further ones, where `allowed` grows by at most one a step.

    By Pólya's urn: a further one is bad with chance (α + j)/(α + β + k) where j of k were, so
    P(X_{k+1} ≤ j) = P(X_k ≤ j) − P(X_k = j)·(α + j)/(α + β + k), and one more allowed adds P(X_{k+1} = j + 1).
    """
    k = np.arange(len(allowed))
    lost = _chance_of(allowed, k, alpha, beta) * (alpha + allowed) / (alpha + beta + k)
    gained = np.where(np.diff(allowed) > 0, _chance_of(allowed[1:], k[1:], alpha, beta), 0.0)
    return float(allowed[0] >= 0) + np.concatenate([[0.0], np.cumsum(gained - lost[:-1])])


def _chance_of(j: NDArray, k: NDArray, alpha: float, beta: float) -> NDArray[np.float64]:
    """P(X_k = j), beta-binomial; 0 where j is not among 0 to k."""
    is_there = (j >= 0) & (j <= k)
    j = np.where(is_there, j, 0)
    ways = gammaln(k + 1) - gammaln(j + 1) - gammaln(k - j + 1)
    return np.where(is_there, np.exp(ways + betaln(alpha + j, beta + k - j) - betaln(alpha, beta)), 0.0)
