"""What else is known of every order of a window: claims, returns, refunds, and what they say of the silent buyers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from helpers import coverage, identification
from helpers.feedback import bounds_interval
from helpers.sentences import say
from helpers.vocabulary import A_TO_Z_CLAIM, CHARGEBACK, Account
from helpers.wording import counted, percent_range, where

WINDOW = ("marketplace", "fulfilment", "window_days", "as_of", "window_start", "window_end")
SIGNS = ("is_disputed", "is_returned", "is_returned_for_fault", "is_refunded")  # told of every order, or of none
LISTS = ("is_negative", "is_disputed", "is_returned_for_fault")  # of bad orders
# Reasons of a return that lay the fault on the offer or its delivery, without the prefix of the seller's own parcels.
FAULTS = (
    "BAD_DESC",
    "DAMAGED_BY_CARRIER",
    "DAMAGED_BY_FC",
    "DEFECTIVE",
    "MISSED_ESTIMATED_DELIVERY",
    "MISSING_PARTS",
    "NEVER_ARRIVED",
    "NOT_AS_DESCRIBED",
    "QUALITY_UNACCEPTABLE",
    "SWITCHEROO",
)
REFUNDS = ("refund", "erstattung", "remboursement", "reembolso", "rimborso", "返金")  # whole types, in lower case


def with_signs(account: Account, orders: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """The orders of judged windows with what the files tell of each by the window's `as_of`.

    orders   `order_id` and WINDOW        covered   coverage.of_metrics
    Adds `is_disputed` (a claim or chargeback, whatever became of it), `is_returned` (a return request),
    `is_returned_for_fault` (for one of FAULTS), `is_refunded` (money given back without a claim). Null in every order
    of a window the files do not tell in full: until `as_of`; payments, which close every two weeks, until its end.
    """
    refunds = account.money.filter(pl.col("type").str.to_lowercase().is_in(REFUNDS))
    code = pl.col("reason").str.to_uppercase().str.replace(r"^(CR|AMZ-PG)-", "").str.replace_all("-", "_")
    seen = {
        "is_disputed": account.defects.filter(pl.col("kind").is_in([A_TO_Z_CLAIM, CHARGEBACK])).select(
            "order_id", on="occurred_on"
        ),
        "is_returned": account.returns.select("order_id", on="requested_on"),
        "is_returned_for_fault": account.returns.filter(code.is_in(FAULTS)).select("order_id", on="requested_on"),
        "is_refunded": refunds.select("order_id", on=pl.col("posted_at").dt.date()),
    }
    for name, rows in seen.items():
        first = rows.drop_nulls().group_by("order_id").agg(pl.col("on").min())
        orders = orders.join(first, on="order_id", how="left", maintain_order="left")
        orders = orders.with_columns((pl.col("on") <= pl.col("as_of")).fill_null(False).alias(name)).drop("on")
    told = orders.select(WINDOW).unique()
    known = pl.DataFrame([window | _told(account, window, covered) for window in told.iter_rows(named=True)])
    if known.is_empty():
        return orders
    joined = orders.join(known, on=WINDOW, how="left", maintain_order="left", suffix="_told")
    return joined.with_columns(pl.when(f"{name}_told").then(name).alias(name) for name in SIGNS).drop(
        f"{name}_told" for name in SIGNS
    )


def lists(orders: pl.DataFrame) -> pl.DataFrame:
    """How many orders of each window went wrong, from how much lists of bad orders overlap: one row a pair of lists.

    orders   own_feedback.orders
    Columns: WINDOW and those of identification.by_lists (Chapman 1951), `first` and `second` being names of lists.
    Every estimate is "about": it takes the lists to be independent, and is over the truth about as often as under it.
    """
    found = []
    for window, rows in _windows(orders):
        told = {name: say(f"bad-list.{name}") for name in LISTS if _is_told(rows, name)}
        if len(told) < 2:
            continue
        pairs = identification.by_lists(rows.select(pl.col(name).alias(label) for name, label in told.items()))
        for pair in pairs.iter_rows(named=True):
            named = {name: pair[name] for name in ("first", "second", "finding")}
            found.append(window | pair | {"finding": say("lists-finding", where=where(window), **named)})
    schema = {name: orders.schema[name] for name in WINDOW} | dict.fromkeys(("first", "second"), pl.String)
    schema |= dict.fromkeys(("in_first", "in_second", "in_both"), pl.Int64)
    schema |= dict.fromkeys(("estimate", "low", "high", "rate", "rate_low", "rate_high"), pl.Float64)
    return pl.DataFrame(found, schema=schema | {"finding": pl.String}, strict=False)


def proxies(orders: pl.DataFrame, *, level: float = 0.95) -> pl.DataFrame:
    """What each sign known for every order says of the silent: one row a window and sign the files tell.

    orders   own_feedback.orders
    Columns: WINDOW, `sign`, `flagged`, `orders`, `negative_flagged` of `negative` and `other_flagged` of `other` feedback
    whose order has it, `low`, `high` (chance included, cut by the worst-case bounds, each at half the error),
    `response_ratio`, `is_contradicted`, `finding`. The numbers are null where no negative or no other feedback came:
    nothing then says how often the sign errs. Method and assumption: identification.by_proxy.
    """
    rows = []
    for window, placed in _windows(orders):
        spoke = placed.drop_nulls("stars")
        is_bad = pl.col("stars") <= 2
        bad, good = spoke.filter(is_bad), spoke.filter(~is_bad)
        for name in SIGNS:
            if not _is_told(placed, name) or not placed.item(0, "tells_positive"):
                continue
            flagged = int(placed.get_column(name).sum())
            said = window | {"sign": say(f"sign.{name}"), "flagged": flagged, "orders": placed.height}
            said |= {"negative": bad.height, "negative_flagged": bad.get_column(name).sum()}
            said |= {"other": good.height, "other_flagged": good.get_column(name).sum()}
            if not bad.height or not good.height:
                rows.append(said | {"finding": _finding(said)})
                continue
            half = (1 + level) / 2
            found = identification.by_proxy(placed.select("stars", is_flagged=name), level=half)
            worst = bounds_interval(placed.height, good.height, bad.height, level=half)
            share = found.dissatisfied.interval
            low, high = max(share.low, worst.low), min(share.high, worst.high)
            is_contradicted = found.dissatisfied.is_contradicted or low > high
            low, high = worst if is_contradicted else (low, high)
            said |= {
                "low": low,
                "high": high,
                "response_ratio": found.response_ratio,
                "is_contradicted": is_contradicted,
            }
            rows.append(said | {"finding": _finding(said)})
    schema = {name: orders.schema[name] for name in WINDOW} | {"sign": pl.String}
    counts = ("flagged", "orders", "negative", "negative_flagged", "other", "other_flagged")
    schema |= dict.fromkeys(counts, pl.Int64) | dict.fromkeys(("low", "high", "response_ratio"), pl.Float64)
    return pl.DataFrame(rows, schema=schema | {"is_contradicted": pl.Boolean, "finding": pl.String})


def _finding(row: dict[str, Any]) -> str:
    is_known = row.get("low") is not None
    return say(
        "sign-finding",
        where=where(row),
        sign=row["sign"],
        flagged=row["flagged"],
        orders=counted(row["orders"], "order"),
        told="errs" if not is_known else "contradicted" if row["is_contradicted"] else "known",
        on_negative=row["negative_flagged"],
        negative=row["negative"],
        on_other=row["other_flagged"],
        other=row["other"],
        share=percent_range(row["low"], row["high"]) if is_known else "",
    )


def _windows(orders: pl.DataFrame) -> list[tuple[dict, pl.DataFrame]]:
    """Each window with the orders that count in it."""
    placed = orders.filter("is_placed").group_by(WINDOW, maintain_order=True)
    return [(dict(zip(WINDOW, key, strict=True)), rows) for key, rows in placed]


def _is_told(rows: pl.DataFrame, name: str) -> bool:
    if name == "is_negative":
        return rows.item(0, "exactness") != "impossible"
    return rows.get_column(name).null_count() == 0


def _told(account: Account, window: dict, covered: pl.DataFrame) -> dict[str, bool]:
    """Which signs the files tell for every order of a window."""
    at = {name: window[name] for name in ("marketplace", "fulfilment")}
    is_listed = covered.filter(metric="a_to_z_claims", exactness="exact", **at).height > 0
    paid = account.files.filter(covers="money")
    posted = account.money.get_column("posted_at").dt.date()
    is_paid = _tells(paid, posted, window["window_start"], window["window_end"])
    asked = account.returns.filter(fulfilment=window["fulfilment"])
    of_channel = account.files.filter(pl.col("path").is_in(asked.get_column("source_file").implode()))
    is_returned = _tells(of_channel, asked.get_column("requested_on"), window["window_start"], window["as_of"])
    returned = dict.fromkeys(("is_returned", "is_returned_for_fault"), is_returned)
    return {"is_disputed": is_listed or is_paid, **returned, "is_refunded": is_paid}


def _tells(files: pl.DataFrame, days: pl.Series, first: date, last: date) -> bool:
    """Whether files tell every day from first to last; a quiet time that is no surprise is no gap."""
    if days.is_empty():
        return False
    quiet = timedelta(days=coverage.longest_gap(days))
    reached = first - timedelta(days=1)
    spans = files.select("first_day", pl.max_horizontal("last_day", "reaches")).drop_nulls().sort("first_day")
    for start, end in spans.iter_rows():
        if start <= reached + quiet + timedelta(days=1):
            reached = max(reached, end)
    return reached + quiet >= last
