"""Defects from every kind of file → one row an order and kind: a list of the marketplace before payments, payments
before marks in returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

import polars as pl

from helpers.frames import SCHEMAS, empty
from helpers.vocabulary import A_TO_Z_CLAIM, CHARGEBACK, NEGATIVE_FEEDBACK
from helpers.wording import plural

LISTS = ("order_defects", "a_to_z_claims")
RATES = {A_TO_Z_CLAIM: "a_to_z_claims", CHARGEBACK: "chargebacks"}
MARK = "marked in the returns file, without a day or an outcome"


def together(
    listed: pl.DataFrame,
    feedback: pl.DataFrame,
    paid: pl.DataFrame,
    returns: pl.DataFrame,
    files: pl.DataFrame,
    tells: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> pl.DataFrame:
    """One row an order and kind: the earliest day, and what the newest list says of it: the `defects` frame.

    listed    rows of defect and claims lists        feedback   the `feedback` frame, copies merged
    paid      claims and chargebacks among payments  returns    the `returns` frame
    files     the `files` frame                      tells      file with a map → rates its columns tell
    Where a list speaks for the day of an order, it is the only word on its claims and chargebacks. Marks in returns are
    used only where there are neither lists nor payments; they count from the last day of their file.
    """
    kinds = paid.group_by("kind", maintain_order=True)
    unlisted = pl.concat([empty("defects"), *(_outside(rows, _spans(files, kind, tells)) for (kind,), rows in kinds)])
    marked = _marked(returns, files) if listed.is_empty() and paid.is_empty() else empty("defects")
    both = pl.concat([listed, _from_feedback(feedback), unlisted, marked])
    # The newest list says whether it counts and what became of it; the oldest word says when it was first seen.
    reach = files.select(source_file="path", is_list=pl.col("report").is_in(LISTS), reach="reaches")
    by_rank = both.join(reach, on="source_file", how="left").sort(
        "order_id", "kind", "is_list", "reach", "counts", descending=[False, False, True, True, True], nulls_last=True
    )
    merged = by_rank.group_by("order_id", "kind", maintain_order=True).agg(
        pl.col("order_day", "fulfilment").drop_nulls().first(),
        pl.col("occurred_on").min(),
        pl.col("counts").first(),
        pl.col("is_dated").sort_by("occurred_on").first(),
        pl.col("outcome").drop_nulls().first(),
        pl.col("source_file", "reason").first(),
    )
    return merged.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["defects"].items())


def unplaced(defects: pl.DataFrame, placed: pl.DataFrame) -> dict[str, str]:
    """Of each file, the orders with a defect that are in no order file: they can be counted in no rate, so they are named."""
    if placed.is_empty():
        return {}
    lost = defects.filter("counts").join(placed, on="order_id", how="anti")
    counted_by_file = lost.group_by("source_file", maintain_order=True).agg(pl.col("order_id").n_unique())
    text = "{} with a defect not in any order file, so counted in no rate"
    return {path: text.format(plural(number, "order")) for path, number in counted_by_file.iter_rows()}


def taken_off(listed: pl.DataFrame, files: pl.DataFrame) -> dict[str, str]:
    """Of each order defect list, what an older list names and it does not, of orders of its own days: in words.

    Such a defect was taken off in the meantime, as far as the lists show; it counts all the same, for they do not say why.
    Where it lacks most of what the older one names of these days, the two are of different stores or filters: nothing is said.
    """
    lists = files.filter(report=LISTS[0]).drop_nulls(["first_day", "reaches"]).sort("reaches", "path")
    said: dict[str, str] = {}
    for older, newer in pairwise(lists.select("path", "first_day", "reaches").rows()):
        if newer[2] == older[2]:
            continue  # of one day: neither is the newer
        in_both = listed.filter(pl.col("source_file") == older[0], pl.col("order_day").is_between(newer[1], newer[2]))
        gone = in_both.join(listed.filter(source_file=newer[0]), on=["order_id", "kind"], how="anti")
        if 0 < 2 * gone.height <= in_both.height:
            what = plural(gone.height, "defect")
            said[newer[0]] = (
                f"{what} of {older[0]} no longer in this list of the same days: taken off since, still counted"
            )
    return said


def _spans(files: pl.DataFrame, kind: str, tells: Mapping[str, frozenset[str]]) -> list[tuple]:
    """The days of orders of which lists say whether they had a defect of that kind."""
    mute = [path for path, rates in tells.items() if RATES[kind] not in rates]
    lists = files.filter(pl.col("report").is_in(LISTS) & ~pl.col("path").is_in(mute))
    return [
        (first, reaches or last) for first, last, reaches in lists.select("first_day", "last_day", "reaches").rows()
    ]


def _outside(paid: pl.DataFrame, spans: list[tuple]) -> pl.DataFrame:
    """Payments for orders whose day no list speaks for; an order of an unknown day belongs to no list."""
    is_listed = pl.lit(False)
    for first, last in spans:
        if first is not None and last is not None:
            is_listed = is_listed | pl.col("order_day").is_between(first, last).fill_null(False)
    return paid.filter(~is_listed)


def _from_feedback(feedback: pl.DataFrame) -> pl.DataFrame:
    negative = feedback.filter("is_negative", ~pl.col("is_struck"))
    said = {"kind": pl.lit(NEGATIVE_FEEDBACK), "occurred_on": pl.col("received_on")}
    return _shaped(negative, said | {"is_dated": pl.lit(True)})


def _marked(returns: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """The orders a returns file marks with a claim: seen on the last day of the file, whatever became of them."""
    last = files.select(source_file="path", of_file=pl.coalesce("reaches", "last_day"))
    flagged = returns.filter("has_claim_flag").join(last, on="source_file", how="left")
    said = {"kind": pl.lit(A_TO_Z_CLAIM), "occurred_on": pl.col("of_file"), "reason": pl.lit(MARK)}
    said |= {"fulfilment": pl.col("fulfilment"), "is_dated": pl.lit(False)}
    return _shaped(flagged.unique("order_id", maintain_order=True), said).drop_nulls("occurred_on")


def _shaped(rows: pl.DataFrame, said: dict[str, pl.Expr]) -> pl.DataFrame:
    same = {"order_id": pl.col("order_id"), "source_file": pl.col("source_file"), "counts": pl.lit(True)}
    return rows.select(
        (same | said).get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["defects"].items()
    )
