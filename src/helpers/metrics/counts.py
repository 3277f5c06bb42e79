"""Account → counts a day, kept as a triangle: by the day of the order and the day its defect became visible."""

from __future__ import annotations

import polars as pl

from helpers import coverage
from helpers.frames import SCHEMAS, empty
from helpers.vocabulary import AMAZON, DEFECT_KINDS, METRICS, NEGATIVE_FEEDBACK, Account, Metric


def daily(account: Account) -> pl.DataFrame:
    """Counts a day and a key: the `daily` frame (vocabulary.SCHEMAS).

    A day the files cover has a denominator row even when nothing was sold (`seen_on` null); a day without
    one is not covered. Rows with `seen_on` hold numerators only. Rates are never stored here.
    """
    frames = {"orders": with_defects(account), "feedback": with_marketplace(account)}
    covered = {"orders": coverage.order_days(account), "feedback": coverage.feedback_days(account)}
    parts = [_daily_of(metric, frames[metric.rows], covered[metric.rows], account) for metric in METRICS.values()]
    return pl.concat([empty("daily"), *parts])


def with_defects(account: Account) -> pl.DataFrame:
    """The orders, each with `<kind>_on` (day its defect of that kind became visible, null if none),
    `defective_on` (the earliest of them) and `is_defective`. An order with several defects is one order."""
    counted = account.defects.filter("counts")
    if account.option("fba_feedback") == "not_counted":
        by_amazon = account.orders.filter(fulfilment=AMAZON).get_column("order_id")
        is_fba_feedback = (pl.col("kind") == NEGATIVE_FEEDBACK) & pl.col("order_id").is_in(by_amazon.implode())
        counted = counted.filter(~is_fba_feedback)
    seen = counted.group_by("order_id").agg(
        pl.col("occurred_on").filter(pl.col("kind") == kind).min().alias(f"{kind}_on") for kind in DEFECT_KINDS
    )
    return account.orders.join(seen, on="order_id", how="left", maintain_order="left").with_columns(
        defective_on=pl.min_horizontal(f"{kind}_on" for kind in DEFECT_KINDS),
        is_defective=pl.any_horizontal(pl.col(f"{kind}_on").is_not_null() for kind in DEFECT_KINDS),
    )


def with_marketplace(account: Account) -> pl.DataFrame:
    """The feedback, each with the marketplace of its order; the account's only one where the order is unknown,
    else `unknown`. Empty when a file holds no four or five stars: its positive share would be an artefact."""
    partial = pl.col("stars").max().over("source_file") < 4
    if account.feedback.filter(partial).height:
        return account.feedback.clear().with_columns(marketplace=pl.lit(""), fulfilment=pl.lit("all"))
    only = account.marketplaces[0] if len(account.marketplaces) == 1 else "unknown"
    stores = account.orders.select("order_id", "marketplace")
    return account.feedback.join(stores, on="order_id", how="left", maintain_order="left").with_columns(
        pl.col("marketplace").fill_null(only), fulfilment=pl.lit("all")
    )


def expressions(metric: Metric, account: Account) -> dict[str, pl.Expr]:
    """Which rows a metric counts (`denominator`) and which are bad or good (`numerator`), options applied."""
    chosen = {"denominator": metric.denominator, "numerator": metric.numerator}
    for name, values in metric.variants.items():
        chosen |= values.get(account.option(name), {})
    return chosen


def _daily_of(metric: Metric, rows: pl.DataFrame, covered: pl.Series, account: Account) -> pl.DataFrame:
    by = ["marketplace", "fulfilment", "day"]
    counted = expressions(metric, account)
    # the marker's own column may be the metric's day (feedback), so both are named before they are grouped
    rows = rows.filter(counted["denominator"], pl.col("fulfilment").is_in((*metric.fulfilments, "all"))).with_columns(
        day=pl.col(metric.day), seen_on=pl.coalesce(metric.seen_on, metric.day), is_numerator=counted["numerator"]
    )
    denominators = rows.group_by(by).agg(denominator=pl.len())
    calendar = _series(metric, rows, account).join(covered.to_frame("day"), how="cross")
    numerators = rows.filter("is_numerator").group_by([*by, "seen_on"]).agg(numerator=pl.len())
    parts = (
        calendar.join(denominators, on=by, how="left").with_columns(seen_on=pl.lit(None, pl.Date), numerator=0),
        numerators.join(calendar, on=by, how="semi").with_columns(denominator=0),
    )
    whole = pl.concat(
        [part.select(*by, "seen_on", "numerator", "denominator") for part in parts], how="vertical_relaxed"
    )
    schema = SCHEMAS["daily"]
    return (
        whole.with_columns(pl.col("denominator").fill_null(0), account=pl.lit(account.id), metric=pl.lit(metric.key))
        .with_columns(group=pl.lit(None, pl.String))
        .select(pl.col(name).cast(dtype) for name, dtype in schema.items())
        .sort("marketplace", "fulfilment", "day", "seen_on")
    )


def _series(metric: Metric, rows: pl.DataFrame, account: Account) -> pl.DataFrame:
    """Marketplace and fulfilment pairs to count: those the account names and those its files show."""
    seen = rows.select("marketplace", "fulfilment").unique()
    if metric.rows == "feedback":
        return seen.sort("marketplace")
    channels = [channel for channel in metric.fulfilments if channel in account.fulfilments]
    named = [(store, channel) for store in account.marketplaces for channel in channels]
    pairs = pl.DataFrame(named, schema=dict.fromkeys(seen.columns, pl.String), orient="row")
    return pl.concat([pairs, seen]).unique().sort("marketplace", "fulfilment")
