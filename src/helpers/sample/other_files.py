"""The truth → the feedback download, the order-defect list and the marketplace's own figures."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import polars as pl

from helpers.sample.truth import DE, FR, LAST_DAY, UK, US, Profile

STORE_ID = {UK: "A1F83G8C2ARO7P", DE: "A1PA6795UKMFR9", FR: "A13V1IB3VIYZZH", US: "ATVPDKIKX0DER"}
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


def account_health(truth: pl.DataFrame, profile: Profile) -> str:
    """The marketplace's own figures of the morning after the last day, consistent with the other files."""
    placed = truth.filter(~pl.col("is_replacement"), ~pl.col("is_other_shop"))
    blocks = []
    for store in profile.stores:
        here = placed.filter(pl.col("marketplace") == store)
        channels = (("mfn", "merchant"), ("afn", "amazon"))
        rates = {key: _defect_block(here.filter(pl.col("fulfilment") == name), key) for key, name in channels}
        week = pl.col("day").is_between(LAST_DAY - timedelta(days=6), LAST_DAY)
        recent = here.filter(week, pl.col("fulfilment") == "merchant")
        by_seller = (pl.col("state") == "cancelled_by_seller") & (pl.col("settled_at") < _end_of(LAST_DAY, profile))
        cancelled = recent.filter(by_seller).height
        window = _window(LAST_DAY - timedelta(days=6), LAST_DAY)
        cancellations = (
            window
            | {"orderCount": recent.height, "cancellationCount": cancelled}
            | _judged(cancelled, recent.height, 0.025)
        )
        blocks.append(
            {
                "marketplaceId": STORE_ID[store],
                "orderDefectRate": rates,
                "preFulfillmentCancellationRate": cancellations,
            }
        )
    statuses = [{"marketplaceId": STORE_ID[store], "status": "NORMAL"} for store in profile.stores]
    return json.dumps({"accountStatuses": statuses, "performanceMetrics": blocks}, indent=1) + "\n"


def _end_of(day: date, profile: Profile) -> pl.Expr:
    midnight = datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - the zone is put on next
    return pl.lit(midnight).dt.replace_time_zone(profile.time_zone).dt.convert_time_zone("UTC")


def _defect_block(orders: pl.DataFrame, key: str) -> dict:
    start, end = LAST_DAY - timedelta(days=73), LAST_DAY - timedelta(days=14)
    inside = pl.col("day").is_between(start, end)
    base = orders.filter(inside, pl.col("state") == "shipped")
    bad = defects_by(base, LAST_DAY)
    parts = {"claims": "claim", "chargebacks": "chargeback", "negativeFeedback": "negative"}
    counts = {name: {"count": int(bad.get_column(flag).sum()), "status": "NONE"} for name, flag in parts.items()}
    judged = _judged(bad.height, base.height, 0.01)
    whole = {"orderCount": base.height, "orderWithDefects": {"count": bad.height, "status": judged["status"]}}
    return _window(start, end) | whole | counts | {"fulfillmentType": key} | judged


def _window(start: date, end: date) -> dict:
    return {"reportingDateRange": {"reportingDateFrom": f"{start}T00:00:00Z", "reportingDateTo": f"{end}T23:59:59Z"}}


def _judged(x: int, n: int, target: float) -> dict:
    status = "NONE" if n == 0 else "GOOD" if x / n < target else "BAD"
    rate = round(x / n, 8) if n else 0
    return {"status": status, "rate": rate, "targetValue": target, "targetCondition": "LESS_THAN"}
