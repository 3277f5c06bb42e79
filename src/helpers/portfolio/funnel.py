"""Each store's rate beside what chance does to a store exactly on target, at its size: the `funnel` frame."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from helpers.frames import SCHEMAS
from helpers.history.windows import limit_of
from helpers.portfolio.reading import Portfolio, Report
from helpers.portfolio.rows import Side
from helpers.rows import VerdictRow, is_judged, rows_of
from helpers.vocabulary import METRICS

TAIL = 0.05  # beyond each limit lies a store exactly on target so often
STEPS = 60  # of the bisection: further than a float can tell


def funnel(portfolio: Portfolio) -> pl.DataFrame:
    """One row a store, channel and judged rate of the month, exact figures alone: a bound has no one place.

    `worth` is what the orders are worth where bad ones come in lumps: orders divided by the design effect. A store is
    `over` where the exact test of the target at 5 % says so of that many orders, as the evidence of its own report does.
    """
    rows = [row for report in portfolio.now.values() for row in _of(report)]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["funnel"]), orient="row")


def _of(report: Report) -> list[dict[str, object]]:
    found = []
    for row in rows_of(report.frames["verdicts"], VerdictRow):
        allowed = float(limit_of(row).share) if is_judged(row) else 0.0
        if row["exactness"] != "exact" or not 0 < allowed < 1:
            continue
        bad = METRICS[row["metric"]].bad_of(row["numerator"], row["denominator"])
        effect = row["design_effect"] or 1.0
        worth = row["denominator"] / effect
        found.append(
            {
                **{name: row[name] for name in ("marketplace", "metric", "fulfilment", "group", "window_days")},
                "account": report.account,
                "name": report.name,
                "bad": bad,
                "orders": row["denominator"],
                "worth": worth,
                "rate": bad / row["denominator"],
                "allowed": allowed,
                "side": _side(bad / effect, worth, allowed),
            }
        )
    return found


def _side(bad: float, worth: float, allowed: float) -> Side:
    if bad > 0 and betainc(bad, worth - bad + 1, allowed) <= TAIL:
        return "over"
    return "under" if bad < worth and 1 - betainc(bad + 1, worth - bad, allowed) <= TAIL else "within"


def limits(worth: ArrayLike, allowed: float, tail: float = TAIL) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """[size] the lowest and the highest rate that the exact test does not tell from the target, by orders a store is worth.

    The limits are those rates at which a tail of the binomial law, as regularised beta functions of counts that need not be
    whole, is exactly `tail`: 0 below, and 1 above, where no count is. Source: Spiegelhalter 2005, Statistics in Medicine
    24:1185, with exact limits in place of normal ones.
    """
    worth = np.asarray(worth, float)
    low, high = np.zeros(worth.shape), worth.copy()
    under, over = [np.zeros(worth.shape), worth * allowed], [worth * allowed, worth.copy()]
    for _ in range(STEPS):
        low, high = (under[0] + under[1]) / 2, (over[0] + over[1]) / 2
        is_far_under = 1 - betainc(low + 1, np.maximum(worth - low, 1e-9), allowed) <= tail
        under = [np.where(is_far_under, low, under[0]), np.where(is_far_under, under[1], low)]
        is_far_over = betainc(np.maximum(high, 1e-9), worth - high + 1, allowed) <= tail
        over = [np.where(is_far_over, over[0], high), np.where(is_far_over, high, over[1])]
    return under[0] / worth, over[1] / worth
