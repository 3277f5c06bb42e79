"""Account → counts a day, kept as a triangle: by the day of the order and the day its defect became visible."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from helpers import coverage
from helpers.frames import SCHEMAS, empty
from helpers.metrics.facts import FACTS
from helpers.vocabulary import METRICS, Account, Metric

BY = ["marketplace", "fulfilment", "group", "day"]


def daily(account: Account, metrics: Iterable[str] = METRICS) -> pl.DataFrame:
    """Counts a day and a key: the `daily` frame (frames.SCHEMAS).

    metrics   which to count; all by default
    A day the files cover has a denominator row even when nothing was sold (`seen_on` null); a day without
    one is not covered. Rows with `seen_on` hold numerators only. Rates are never stored here.
    """
    counted = [METRICS[key] for key in metrics if METRICS[key].rows in FACTS]
    kinds = {metric.rows for metric in counted}
    facts = {rows: FACTS[rows](account) for rows in kinds}
    days = {rows: coverage.DAYS[rows](account) for rows in kinds}
    parts = [
        _daily_of(metric, facts[metric.rows], days[metric.rows], account)
        for metric in counted
        if metric.rows == "orders" or facts[metric.rows].height  # an order file without orders still tells its days
    ]
    return pl.concat([empty("daily"), *parts])


def expressions(metric: Metric, account: Account) -> dict[str, pl.Expr | str]:
    """Which rows a metric counts (`denominator`), which of them are bad or good (`numerator`), and the column of their
    `day`, with the account's options applied."""
    chosen = {"denominator": metric.denominator, "numerator": metric.numerator, "day": metric.day}
    for name, values in metric.variants.items():
        chosen |= values.get(account.option(name), {})
    return chosen


def _daily_of(metric: Metric, facts: pl.DataFrame, days: pl.Series, account: Account) -> pl.DataFrame:
    said = expressions(metric, account)
    rows = facts.filter(said["denominator"], pl.col("fulfilment").is_in((*metric.fulfilments, "all"))).select(
        "marketplace",
        "fulfilment",
        group=pl.col(metric.group) if metric.group else pl.lit(None, pl.String),
        day=pl.col(said["day"]),
        seen_on=pl.coalesce(metric.seen_on, said["day"]),
        weight=metric.weight.cast(pl.Int64),
        numerator=_times_weight(said["numerator"], metric.weight, facts),
    )
    denominators = rows.group_by(BY).agg(denominator=pl.col("weight").sum())
    series = _series(metric, rows, account)
    calendar = series.join(days.to_frame("day"), how="cross")
    numerators = rows.filter(pl.col("numerator") > 0).group_by([*BY, "seen_on"]).agg(pl.col("numerator").sum())
    parts = (
        calendar.join(denominators, on=BY, how="left", nulls_equal=True).with_columns(
            seen_on=pl.lit(None, pl.Date), numerator=0
        ),
        # Without any covered day the bad ones are still known: how many, but not of how many.
        (numerators.join(calendar, on=BY, how="semi", nulls_equal=True) if len(days) else numerators).with_columns(
            denominator=0
        ),
    )
    whole = pl.concat(
        [part.select(*BY, "seen_on", "numerator", "denominator") for part in parts], how="vertical_relaxed"
    )
    return (
        whole.with_columns(pl.col("denominator").fill_null(0), account=pl.lit(account.id), metric=pl.lit(metric.key))
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["daily"].items())
        .sort("marketplace", "fulfilment", "group", "day", "seen_on")
    )


def _times_weight(numerator: pl.Expr, weight: pl.Expr, facts: pl.DataFrame) -> pl.Expr:
    """What a row adds to the numerator: its weight where the numerator is a yes or no, else the number itself."""
    is_yes_or_no = facts.clear().select(numerator.alias("it")).schema["it"] == pl.Boolean
    return (weight * numerator.fill_null(False) if is_yes_or_no else numerator).cast(pl.Int64)


def _series(metric: Metric, rows: pl.DataFrame, account: Account) -> pl.DataFrame:
    """What is counted apart: the marketplaces and fulfilments the account names, and those its files show."""
    seen = rows.select("marketplace", "fulfilment", "group").unique()
    if metric.rows not in ("orders", "lateness"):
        return seen.sort("marketplace", "fulfilment", "group")
    channels = [channel for channel in metric.fulfilments if channel in account.fulfilments]
    named = [(store, channel, None) for store in account.marketplaces for channel in channels]
    pairs = pl.DataFrame(named, schema=dict.fromkeys(seen.columns, pl.String), orient="row")
    return pl.concat([pairs, seen]).unique().sort("marketplace", "fulfilment")
