"""Over which days a rate stands: its windows, each with its lag, as they were on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from helpers.targets import Rules
from helpers.vocabulary import METRICS

MOST_AGE = 7  # days after which the marketplace's own figure is no longer the verdict of the day


class Window(NamedTuple):
    """A window of `days` days that ends `lag_days` before the day it is judged on."""

    days: int
    lag_days: int


def of(metric: str, marketplace: str, fulfilment: str, day: date, rules: Rules) -> tuple[Window, ...]:
    """The windows a metric is judged or shown over on `day`, shortest first; the one place that decides it.

    Those its target rows in force name (targets.in_force). Where they name none, those of the rate it is a part of, on
    that day; for a rate of its own those of its definition. A row that names one of the two, window or lag, leaves the
    other as it is. Empty for a rate that has neither: it is only told while a target was in force.
    """
    one = METRICS[metric]
    if one.part_of is None:
        usual = tuple(Window(days, one.lag_days) for days in one.windows)
    else:
        usual = of(one.part_of, marketplace, fulfilment, day, rules)
    usual_lag = usual[0].lag_days if usual else one.lag_days
    said = {row.window_days: row.lag_days for row in rules(metric, marketplace, fulfilment, day)}
    named = {days: usual_lag if lag is None else lag for days, lag in said.items() if days is not None}
    if named:
        return tuple(Window(days, lag) for days, lag in sorted(named.items()))
    lag = said.get(None)
    return usual if lag is None else tuple(Window(window.days, lag) for window in usual)
