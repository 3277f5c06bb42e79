"""One list on one day: the rates of all accounts whose reports of a quarter are evidence against the target, with a promise.

Alarms of many accounts cannot be put into one list: some accounts on target are always among them. The e-values of
`signals` can: of the list they make, on average at most one rate in ten keeps its target, however accounts hang together.
"""

from __future__ import annotations

import math

import polars as pl

from helpers.frames import SCHEMAS, SERIES
from helpers.portfolio.reading import Portfolio
from helpers.sentences import say
from helpers.wording import count

MOST_WRONG = 0.1  # the share of the list that keeps its target, on average at most
OF_SERIES = [name for name in SERIES if name != "account"]


def listed(portfolio: Portfolio) -> pl.DataFrame:
    """Every watched rate of the month's reports, the strongest evidence first: the `listed` frame.

    `is_listed` by the e-Benjamini-Hochberg procedure: the k rates with the largest e-values, for the largest k at which
    the k-th is at least K / (0.1 k), K being all rates watched. Rates of which the files tell at most so many bad ones
    are not among the K. Source: Wang and Ramdas 2022, Journal of the Royal Statistical Society B 84:822.
    """
    parts = [pl.DataFrame(schema=dict(SCHEMAS["listed"])).drop("is_listed")]
    for report in portfolio.now.values():
        told = report.frames["signals"].filter("is_borne", watch="target").drop_nulls("log_e_value")
        named = told.with_columns(pl.lit(report.account).alias("account"), pl.lit(report.name).alias("name"))
        parts.append(named.select("account", "name", *OF_SERIES, "reported", "expected", "log_e_value"))
    whole = pl.concat(parts).sort("log_e_value", "name", *OF_SERIES, descending=[True] + [False] * (1 + len(OF_SERIES)))
    number = cut(whole.get_column("log_e_value").to_list())
    return whole.with_columns(is_listed=pl.int_range(pl.len()) < number).select(*SCHEMAS["listed"])


def cut(log_e_values: list[float], most_wrong: float = MOST_WRONG) -> int:
    """How many of the e-values, largest first, are on the list."""
    every = len(log_e_values)
    on_list = (k for k, log_e in enumerate(log_e_values, 1) if log_e >= math.log(every / (most_wrong * k)) - 1e-12)
    return max(on_list, default=0)


def promise(whole: pl.DataFrame) -> str:
    """What the list promises, in one sentence with its counts."""
    number, every = int(whole.get_column("is_listed").sum()), whole.height
    if not every:
        return say("list-promise.unwatched")
    if not number:
        return say("list-promise.none", watched=every)
    return say("list-promise.some", listed=count(number), watched=every)
