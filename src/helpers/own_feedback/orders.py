"""The orders of each judged window and what their buyers said: who spoke, who is silent, what else is known of them."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from helpers import coverage
from helpers.feedback import bounds, bounds_interval
from helpers.metrics import facts
from helpers.own_feedback.signs import WINDOW, with_signs
from helpers.rows import rows_of
from helpers.rows.feedback import HeardRow, WindowRow, is_bounded
from helpers.sentences import say
from helpers.vocabulary import A_TO_Z_CLAIM, CHARGEBACK, METRICS, NEGATIVE_FEEDBACK, Account
from helpers.wording import BOUNDS, counted, percent, share, short_day, where

ODR = METRICS["order_defect_rate"]


def orders(account: Account, verdicts: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """The orders of every judged window of the order defect rate, one row each.

    verdicts   verdicts.judge        covered   coverage.of_metrics, which says how far feedback files reach
    Columns: WINDOW, `exactness` (of negative feedback; impossible: no file tells it), `tells_positive` (whether the
    files hold four and five stars), `order_id`, `day`, `stars` (null: silent, or not told), `is_negative` (one or two
    stars seen by `as_of`; from a defect list where there is no feedback file), `is_placed` (counts in the rate's
    denominator), `is_placed_anyway` (it would without its negative feedback), `is_defective`, `is_otherwise_defective`
    (by a claim or chargeback that counts), and the signs of `signs.with_signs`.
    Struck-through feedback is left out, and so is what came after `as_of`.
    """
    judged = verdicts.filter(
        pl.col("metric") == ODR.key, pl.col("source") == "files", ~pl.col("status").is_in(["no_data", "not_mature"])
    ).select(WINDOW)
    proof = covered.filter(metric="negative_feedback_rate").select("marketplace", "fulfilment", "exactness")
    known = facts.orders(account)
    counts = ODR.under(account.option).denominator
    others = pl.any_horizontal(pl.col(f"{kind}_on").is_not_null() for kind in (A_TO_Z_CLAIM, CHARGEBACK))
    every = known.joined()
    every = every.with_columns(
        every.with_columns(is_defective=others).select(counts.alias("is_placed_anyway")).to_series(),
        is_placed=counts,
    )
    placed = every.join(judged, on=["marketplace", "fulfilment"]).filter(
        pl.col("day").is_between("window_start", "window_end")
    )
    said = account.feedback.filter(~pl.col("is_struck")).select("order_id", "received_on", "stars")
    said = said.sort("received_on").unique("order_id", keep="last", maintain_order=True)
    placed = placed.join(said, on="order_id", how="left").join(proof, on=["marketplace", "fulfilment"], how="left")
    is_seen = pl.col("received_on") <= pl.col("as_of")
    by = {kind: pl.col(f"{kind}_on") <= pl.col("as_of") for kind in (NEGATIVE_FEEDBACK, A_TO_Z_CLAIM, CHARGEBACK)}
    listed = by[NEGATIVE_FEEDBACK] if account.feedback.is_empty() else pl.lit(False)
    whole = placed.with_columns(
        stars=pl.when(is_seen).then("stars"),
        is_negative=((is_seen & (pl.col("stars") <= 2)).fill_null(False) | listed.fill_null(False)),
        is_defective=pl.any_horizontal(by.values()).fill_null(False),
        is_otherwise_defective=(by[A_TO_Z_CLAIM] | by[CHARGEBACK]).fill_null(False),
        exactness=pl.col("exactness").fill_null("impossible"),
        tells_positive=pl.lit(not account.feedback.is_empty() and not coverage.has_only_bad_stars(account)),
    )
    return with_signs(account, whole, covered).sort(*WINDOW, "day", "order_id")


def heard(orders: pl.DataFrame, account: Account) -> pl.DataFrame:
    """Who spoke and who is silent among the orders of each judged window: one row a window.

    orders   `orders`
    Columns: WINDOW, `exactness`, `orders`, `positive`, `neutral`, `negative`, `silent`, `still_open` (silent ones whose
    buyer can still write: option `feedback_days`), `left_out` (feedback on orders outside the denominator), `low`,
    `high` (bounds of the dissatisfied share when silence says nothing), `low_95`, `high_95` (chance included),
    `finding`. What the files do not tell is null; the bounds then use only what they tell.
    """
    days = int(account.option("feedback_days"))
    parts = [_heard(rows, days) for _, rows in orders.group_by(WINDOW)]
    schema = {name: orders.schema[name] for name in WINDOW} | {"exactness": pl.String}
    numbers = ("orders", "positive", "neutral", "negative", "silent", "still_open", "left_out")
    schema |= dict.fromkeys(numbers, pl.Int64) | dict.fromkeys(("low", "high", "low_95", "high_95"), pl.Float64)
    return pl.DataFrame(parts, schema=schema | {"finding": pl.String}).sort("orders", descending=True)


def _heard(every: pl.DataFrame, days: int) -> HeardRow:
    window, rows = next(rows_of(every.select(WINDOW), WindowRow)), every.filter("is_placed")
    stars, n = rows.get_column("stars"), rows.height
    tells_positive, exactness = every.item(0, "tells_positive"), every.item(0, "exactness")
    tells_stars = tells_positive or bool(every.get_column("stars").count())
    silent_rows = rows.filter(pl.col("stars").is_null(), pl.col("day") > window["as_of"] - timedelta(days=days))
    positive = int((stars >= 4).sum()) if tells_positive else None
    neutral = int((stars == 3).sum()) if tells_stars else None
    negative = int(rows.get_column("is_negative").sum()) if exactness != "impossible" else None
    low = high = low_95 = high_95 = None
    if n and negative is not None:
        known = (n, (positive or 0) + (neutral or 0), negative)
        low, high = bounds(*known)
        low_95, high_95 = bounds_interval(*known)
    row: HeardRow = {
        **window,
        "exactness": exactness,
        "orders": n,
        "positive": positive,
        "neutral": neutral,
        "negative": negative,
        "silent": stars.null_count() if tells_positive else None,
        "still_open": silent_rows.height if tells_positive else None,
        "left_out": every.filter(~pl.col("is_placed"), pl.col("stars").is_not_null()).height,
        "low": low,
        "high": high,
        "low_95": low_95,
        "high_95": high_95,
        "finding": "",
    }
    row["finding"] = _finding(row, days)
    return row


def _finding(row: HeardRow, days: int) -> str:
    n = row["orders"]
    at = {
        "where": where(row),
        "orders": counted(n, "order"),
        "days": say("days", first=short_day(row["window_start"]), last=short_day(row["window_end"])),
    }
    if not is_bounded(row):
        return say("heard.untold", **at)
    bad = row["negative"]
    ends = {"low": percent(row["low"]), "least": bad, "high": percent(row["high"]), "most": round(row["high"] * n)}
    known = at | ends | {"bad": share(bad, n, "order")}
    if row["positive"] is None or row["silent"] is None:
        return say("heard.only_bad", **known)
    spoke = n - row["silent"]
    of_feedback = share(bad, spoke, "feedback") if spoke else ""
    said = [say("heard.told", spoke=spoke, silent=row["silent"], of_feedback=of_feedback, **known)]
    if row["still_open"]:
        said.append(say("heard-open", open=row["still_open"], wait=days))
    if row["left_out"]:
        said.append(say("heard-left-out", number=row["left_out"]))
    if row["exactness"] in BOUNDS:
        said.append(say(f"heard-known.{row['exactness']}"))
    return " ".join(said)
