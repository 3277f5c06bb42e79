"""The public feedback score beside the order-based rate: same buyers, two denominators."""

from __future__ import annotations

import polars as pl

from helpers import intervals
from helpers.vocabulary import Account
from helpers.wording import count, percent, plural


def beside(account: Account, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Bad feedback on the orders of one window, over the feedback received and over the orders placed.

    verdicts   verdicts.judge: its largest order defect rate chooses marketplace, fulfilment and window
    Returns two rows: `marketplace`, `fulfilment`, `window_start`, `window_end`, `of`, `numerator`, `denominator`, `rate`, `rate_low`, `rate_high` (90 %, Clopper-Pearson) and `text`.
    No rows when nobody left feedback on these orders, or a file holds no four or five stars (its shares would be an
    artefact of the file). Source of the two denominators: help pages G200285170 and G97692EVY8H3CZY9.
    """
    judged = verdicts.filter(pl.col("metric") == "order_defect_rate", pl.col("status") != "no_data")
    if judged.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    verdict = judged.sort("denominator", descending=True, maintain_order=True).row(0, named=True)
    partial = account.feedback.filter(pl.col("stars").max().over("source_file") < 4)
    window = account.orders.filter(
        pl.col("marketplace") == verdict["marketplace"],
        pl.col("fulfilment") == verdict["fulfilment"],
        pl.col("day").is_between(verdict["window_start"], verdict["window_end"]),
    )
    received = account.feedback.filter(~pl.col("is_struck"), pl.col("received_on") <= verdict["as_of"]).join(
        window, on="order_id", how="semi"
    )
    if received.is_empty() or partial.height:
        return pl.DataFrame(schema=_SCHEMA)
    negative = int(received.get_column("is_negative").sum())
    rows = [("feedback received", received.height, "feedback"), ("orders placed", verdict["denominator"], "order")]
    whose = tuple(verdict[name] for name in ("marketplace", "fulfilment", "window_start", "window_end"))
    counted = [whose + _row(of, negative, n, one_is) for of, n, one_is in rows]
    return pl.DataFrame(counted, schema=_SCHEMA, orient="row")


_SCHEMA = {"marketplace": pl.String, "fulfilment": pl.String, "window_start": pl.Date, "window_end": pl.Date}
_SCHEMA |= {"of": pl.String, "numerator": pl.Int64, "denominator": pl.Int64, "rate": pl.Float64}
_SCHEMA |= {"rate_low": pl.Float64, "rate_high": pl.Float64, "text": pl.String}


def _row(of: str, x: int, n: int, one_is: str) -> tuple:
    low, high = (float(end) for end in intervals.clopper_pearson(x, n))
    return of, x, n, x / n, low, high, f"{percent(x / n)}  ({count(x)} of {plural(n, one_is)})"
