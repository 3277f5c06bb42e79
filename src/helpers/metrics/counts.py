"""Facts → counts a day, of one account or of many at once: one pass over the rows, whatever the number of metrics."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from helpers import coverage
from helpers.frames import SERIES, empty, span
from helpers.metrics.calendar import Counts, frame, nothing, on_days, with_series
from helpers.metrics.facts import FACTS, Facts
from helpers.metrics.tally import BY, counted, readings
from helpers.vocabulary import METRICS, OPTIONS, Account, Choice, Metric

TABLES_AT_ONCE = 2


def defaults(option: str) -> str:
    """The default reading of an option: what an account that chooses nothing is counted by."""
    return OPTIONS[option].default


def daily(account: Account, metrics: Iterable[str] = METRICS) -> pl.DataFrame:
    """Counts a day and a key: the `daily` frame (frames.SCHEMAS).

    metrics   which to count; all by default
    A day the files cover has a denominator row even when nothing was sold (`seen_on` null); a day without
    one is not covered. Rows with `seen_on` hold numerators only. Rates are never stored here.
    """
    metrics = tuple(metrics)
    of_account = {"account": pl.lit(account.id)}
    kinds = [kind for kind in FACTS if any(METRICS[key].rows == kind for key in metrics)]
    facts = {kind: FACTS[kind](account) for kind in kinds}
    facts = {kind: replace(one, rows=one.rows.with_columns(**of_account)) for kind, one in facts.items()}
    names = {METRICS[key].days for key in metrics} & coverage.DAYS.keys()
    covered = {name: coverage.each(account, coverage.DAYS[name]).with_columns(**of_account) for name in names}
    pairs = [
        (account.id, store, channel) for store in account.marketplaces for channel in coverage.channels(account, store)
    ]
    named = pl.DataFrame(pairs, schema=dict.fromkeys(BY, pl.String), orient="row")
    found = count(facts, covered, metrics, named=named, option=account.option, is_held=True)
    return pl.concat([empty("daily"), *(frame(one) for one in found)])


def count(
    facts: Mapping[str, Facts],
    covered: Mapping[str, pl.DataFrame],
    metrics: Collection[str] = METRICS,
    *,
    named: pl.DataFrame | None = None,
    option: Choice = defaults,
    is_held: bool = False,
) -> list[Counts]:
    """The counts of each metric whose facts are there, of all accounts in them.

    facts     by name (metrics.facts), each with `account`; one that stands under two names is read once
    covered   by Metric.days, the days told in full: account, day, and marketplace where stores differ
    named     account, marketplace, fulfilment that are counted even when nothing was sold
    option    the readings of the rules: the same for all accounts of one call
    is_held   hold the columns looked at in memory instead of reading the rows twice: for one account
    Memory is the calendar of every account, store, fulfilment and group: call it for a block of accounts at a time.
    """

    def of_table(table: Facts) -> dict[str, Counts]:
        of_it = [METRICS[key] for key in metrics if facts.get(METRICS[key].rows) is table]
        counts = counted(table, readings(table, of_it, option), is_held=is_held) if of_it else []
        told = {}
        for metric, known in zip(of_it, counts or [None] * len(of_it), strict=True):
            days = covered[metric.days]
            # An order file without orders still tells its days; of anything else no rows mean no file.
            if known is None and metric.rows == "orders" and days.height:
                known = nothing(span(days.get_column("day"))[0])
            if known is not None:
                told[metric.key] = on_days(with_series(known, _series(metric, named)), days)
        return told

    tables = {id(one): one for one in facts.values()}.values()
    with ThreadPoolExecutor(TABLES_AT_ONCE) as pool:  # one table is read while another is counted
        found = {key: one for told in pool.map(of_table, tables) for key, one in told.items()}
    return [found[key] for key in metrics if key in found]


def _series(metric: Metric, named: pl.DataFrame | None) -> pl.DataFrame:
    """What is counted even when nothing was sold: the marketplaces and fulfilments the account names."""
    series = empty("daily").select(SERIES)
    if named is None or metric.rows not in ("orders", "lateness"):
        return series
    judged = named.filter(pl.col("fulfilment").is_in(metric.fulfilments)).with_columns(metric=pl.lit(metric.key))
    return pl.concat([series, judged], how="diagonal")
