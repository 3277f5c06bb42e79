"""The truth → the feedback download and the order-defect list."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from helpers.sample.profiles import LAST_DAY, Profile

FEEDBACK = {
    "en": "Date Rating Comments Your_Response Order_ID Rater_Email",
    "de": "Datum Bewertung Kommentar Ihre_Antwort Transaktionsnummer E-Mail_des_Bewertenden",
}
COMMENTS = {1: "Arrived broken", 2: "Not what I ordered", 3: "Works, but late", 4: "Good", 5: "Fast and well packed"}


def feedback_file(truth: pl.DataFrame, profile: Profile, language: str = "en", *, days: int = 365) -> str:
    """A feedback download, newest first, one line a feedback received by the last day."""
    header = "\t".join(name.replace("_", " ") for name in FEEDBACK[language].split(" "))
    since = LAST_DAY - timedelta(days=days - 1)
    received = truth.filter(pl.col("feedback_on").is_between(since, LAST_DAY)).sort(
        "feedback_on", "order_id", descending=True
    )
    lines = [
        f"{day.strftime(profile.feedback_dates)}\t{stars}\t{COMMENTS[stars]}\t\t{order}\trater{n:05d}@marketplace.amazon.example.com"
        for n, (day, stars, order) in enumerate(received.select("feedback_on", "stars", "order_id").iter_rows())
    ]
    return "\n".join([header, *lines]) + "\n"


def defects_by(truth: pl.DataFrame, day: date) -> pl.DataFrame:
    """The orders with a defect seen by `day`, with a flag a kind: what the marketplace would list."""
    negative = (pl.col("stars") <= 2) & (pl.col("feedback_on") <= day)
    flags = truth.with_columns(
        negative=negative.fill_null(False),
        claim=(pl.col("claim_on") <= day).fill_null(False),
        chargeback=(pl.col("chargeback_on") <= day).fill_null(False),
    )
    return flags.filter(pl.any_horizontal("negative", "claim", "chargeback"))


def defect_list(truth: pl.DataFrame, day: date) -> str:
    """The order-defect download of the window judged on `day`: one line an order, an X for each kind."""
    window = pl.col("day").is_between(day - timedelta(days=73), day - timedelta(days=14))
    rows = defects_by(truth, day).filter(window).sort("day", "order_id")
    lines = ["Order Date,Order ID,Fulfilled By,Negative Feedback,A-to-z Guarantee Claim,Chargeback"]
    for row in rows.iter_rows(named=True):
        marks = ",".join("X" if row[kind] else "" for kind in ("negative", "claim", "chargeback"))
        channel = "Amazon" if row["fulfilment"] == "amazon" else "Seller"
        lines.append(f"{row['day']:%d/%m/%Y},{row['order_id']},{channel},{marks}")
    return "\n".join(lines) + "\n"
