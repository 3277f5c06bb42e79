"""The delays an account's own files tell, and the curve of each kind of bad ones that follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from helpers.maturity.curve import Curve, Delays, curve, mixed
from helpers.metrics.windows import visible
from helpers.vocabulary import METRICS, Account


def with_dated_defects(account: Account) -> Account:
    """The account with the defects alone that have a day of their own: a mark without one is dated by its file, which
    tells when the file was taken and not when anything was reported."""
    return replace(account, defects=account.defects.filter(pl.col("is_dated").fill_null(value=True)))


def delays(dated: pl.DataFrame, day: date) -> dict[str, Delays]:
    """The delays that were known on a day, of all stores and channels together: by key of METRICS, where any is known.

    dated   the `daily` frame of the bad ones with a day of their own (Audit.dated)
    A report before its order (a damaged date) counts as made on the day of the order.
    """
    told = visible(dated, day).filter(pl.col("seen_on").is_not_null())
    told = told.select(
        "metric",
        delay=(pl.col("seen_on") - pl.col("day")).dt.total_days().clip(lower_bound=0),
        age=(pl.lit(day) - pl.col("day")).dt.total_days(),
        count="numerator",
    )
    kinds = told.partition_by("metric", as_dict=True, include_key=False)
    return {str(kind): Delays.of(*of_kind.get_columns()) for (kind,), of_kind in kinds.items()}


def curves(dated: pl.DataFrame, daily: pl.DataFrame, day: date) -> dict[str, Curve]:
    """The curve of every kind that is counted, as it was known on a day: by key of METRICS.

    dated   as in `delays`; daily   all bad ones: it weighs the kinds of the order defect rate
    A rate with parts takes theirs, in the proportion in which its bad ones will be of each.
    """
    kinds = daily.get_column("metric").unique(maintain_order=True).to_list()
    own = delays(dated, day)
    parts = {kind: curve(kind, own.get(kind, Delays.none())) for kind in kinds if not _parts(kind)}
    for kind in kinds:
        if of := _parts(kind):
            known = {part: parts.get(part) or curve(part, Delays.none()) for part in of}
            parts[kind] = mixed(kind, known, {part: _seen(daily, known[part], day) for part in of})
    return {kind: parts[kind] for kind in kinds}


def _parts(kind: str) -> list[str]:
    return [key for key, metric in METRICS.items() if metric.part_of == kind]


def _seen(daily: pl.DataFrame, one: Curve, day: date) -> tuple[float, float]:
    """Bad ones reported by a day, and the mean share of such that has been."""
    known = visible(daily, day).filter(metric=one.kind)
    orders = (
        known.filter(pl.col("seen_on").is_null()).group_by("day", maintain_order=True).agg(pl.col("denominator").sum())
    )
    age, n = (orders.select((pl.lit(day) - pl.col("day")).dt.total_days(), "denominator")).to_numpy().T
    share = float(np.average(one.share(age), weights=n)) if n.sum() else 1.0
    return float(known.get_column("numerator").sum()), share
