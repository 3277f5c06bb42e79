"""An account's rates as disjoint, mature cohorts on a control chart: the `control` frame. For the eye, never an alert."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers import metrics
from helpers.frames import SCHEMAS, SERIES, span
from helpers.maturity import Curve
from helpers.signals import limits, rules
from helpers.targets import Rules
from helpers.vocabulary import METRICS, OwnEvent

RIPE = 0.95  # share of the bad ones reported from which on orders are mature
LENGTHS = (7, 14, 28)  # days of a cohort: the shortest that brings a bad one each time
MOST = 60  # cohorts of a chart
FEWEST = 12  # under so many points limits are on trial
FEWEST_GAPS = 5  # bad ones a chart of rare events needs


def control(
    daily: pl.DataFrame, curves: Mapping[str, Curve], rules: Rules, events: Sequence[OwnEvent], day: date
) -> pl.DataFrame:
    """Every judged rate as cohorts of whole weeks: the `control` frame, oldest first within a rate.

    daily    the `daily` frame · curves  by rate, the share of bad ones reported by age (Audit.curves)
    events   of account.toml: one with `rebase` begins a new phase, with limits of its own, and nothing else does
    Only orders old enough that 95 % of their bad ones have been reported, in cohorts whose days the files all tell: young
    ones would always look better. Where cohorts of four weeks bring less than one bad one each, the orders between two bad
    ones stand in their place.
    """
    known = metrics.visible(daily, day)
    rows: list[dict[str, object]] = []
    for values, part in known.group_by(*SERIES, maintain_order=True):
        key = dict(zip(SERIES, values, strict=True))
        metric = METRICS[key["metric"]]
        is_judged = any(row.is_judged for row in rules(metric.key, key["marketplace"], key["fulfilment"], day))
        if metric.part_of or not is_judged or part.get_column("denominator").sum() == 0:
            continue
        age = curves[metric.key].age_of(RIPE) if metric.key in curves else 0
        begins = [one.on for one in events if one.rebase and _touches(one, key)]
        rows += [
            key | row for row in _charted(part, begins, day - timedelta(days=age), of_good=metric.good_is == "high")
        ]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["control"]), orient="row")


def _touches(event: OwnEvent, key: Mapping[str, str | None]) -> bool:
    said = {"metric": event.metric, "marketplace": event.marketplace, "fulfilment": event.fulfilment}
    return all(value is None or key[name] == value for name, value in said.items())


def _charted(part: pl.DataFrame, begins: list[date], last: date, *, of_good: bool) -> Iterator[dict[str, object]]:
    first, _ = span(part.get_column("day"))
    days = (last - first).days + 1
    if days < LENGTHS[0]:
        return
    orders, bad, told = np.zeros(days), np.zeros(days), np.zeros(days, bool)
    calendar = part.filter(pl.col("seen_on").is_null(), pl.col("day") <= last)
    at = (calendar.get_column("day") - first).dt.total_days().to_numpy()
    orders[at], told[at] = calendar.get_column("denominator").to_numpy(), True
    seen = part.filter(pl.col("seen_on").is_not_null(), pl.col("day") <= last)
    np.add.at(bad, (seen.get_column("day") - first).dt.total_days().to_numpy(), seen.get_column("numerator").to_numpy())
    if of_good:
        bad = np.maximum(orders - bad, 0)
    ends = [*sorted(one for one in set(begins) if first < one <= last), last + timedelta(days=1)]
    start = first
    for phase, end in enumerate(ends, 1):
        inside = slice((start - first).days, (end - first).days)
        yield from _phase(phase, start, orders[inside], bad[inside], told[inside])
        start = end


def _phase(
    phase: int, start: date, orders: NDArray[np.float64], bad: NDArray[np.float64], told: NDArray[np.bool_]
) -> Iterator[dict[str, object]]:
    """One stretch with limits of its own."""
    if told.sum() == 0 or orders.sum() == 0:
        return
    a_day = bad.sum() / told.sum()
    if a_day * LENGTHS[-1] < 1:
        yield from _rare(phase, start, orders, bad)
        return
    length = next(days for days in LENGTHS if a_day * days >= 1)
    number = len(orders) // length
    from_day = len(orders) - number * length  # whole cohorts, counted back from the youngest mature day
    n, x, held = (each[from_day:].reshape(number, length).sum(axis=1) for each in (orders, bad, told.astype(float)))
    is_in = (held == length) & (n > 0)
    is_in[: max(number - MOST, 0)] = False
    places = np.flatnonzero(is_in)
    if not len(places):
        return
    n, x = n[places], np.minimum(x[places], n[places])
    plain, (prime, spread) = limits.p(x, n), limits.p_prime(x, n)
    is_exact = n * plain.centre < limits.FEW
    fine = limits.exact(n, plain.centre)
    low, high = np.where(is_exact, fine.low, plain.low), np.where(is_exact, fine.high, plain.high)
    rate = x / n
    sigma = np.sqrt(plain.centre * (1 - plain.centre) / n) * spread
    z = np.divide(rate - plain.centre, sigma, out=np.zeros_like(rate), where=sigma > 0)
    said = rules.broken(z)
    for row, place in enumerate(places):
        begins = start + timedelta(days=int(from_day + place * length))
        yield {
            "chart": "p",
            "phase": phase,
            "first_day": begins,
            "last_day": begins + timedelta(days=length - 1),
            "numerator": int(x[row]),
            "denominator": int(n[row]),
            "value": float(rate[row]),
            "centre": plain.centre,
            "low": float(low[row]),
            "high": float(high[row]),
            "sigma_z": spread,
            "low_prime": float(prime.low[row]),
            "high_prime": float(prime.high[row]),
            "is_outside": bool(rate[row] > high[row] + 1e-12 or rate[row] < low[row] - 1e-12),
            "is_outside_prime": bool(rate[row] > prime.high[row] + 1e-12 or rate[row] < prime.low[row] - 1e-12),
            "is_exact": bool(is_exact[row]),
            "is_trial": len(places) < FEWEST,
            "rules": said[row],
        }


def _rare(
    phase: int, start: date, orders: NDArray[np.float64], bad: NDArray[np.float64]
) -> Iterator[dict[str, object]]:
    """The orders between two bad ones. Those of one day are taken one after the other, spread evenly over it."""
    days = np.flatnonzero(bad)
    before = np.concatenate([[0.0], orders.cumsum()])
    number = np.concatenate([np.arange(1, int(bad[day]) + 1) / (bad[day] + 1) for day in days] or [np.zeros(0)])
    day = np.repeat(days, bad[days].astype(int))
    moment = before[day] + number * orders[day]
    between = np.floor(np.diff(moment))
    if len(between) + 1 < FEWEST_GAPS:
        return
    found = limits.g(between)
    for row, value in enumerate(between):
        yield {
            "chart": "g",
            "phase": phase,
            "first_day": start + timedelta(days=int(day[row])),
            "last_day": start + timedelta(days=int(day[row + 1])),
            "numerator": 1,
            "denominator": int(value),
            "value": float(value),
            "centre": found.centre,
            "low": float(found.low[row]),
            "high": float(found.high[row]),
            "sigma_z": None,
            "low_prime": None,
            "high_prime": None,
            "is_outside": bool(value > found.high[row] or value < found.low[row]),
            "is_outside_prime": None,
            "is_exact": False,
            "is_trial": len(between) < FEWEST,
            "rules": [],
        }
