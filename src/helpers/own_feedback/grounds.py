"""Which feedback and claims may still be asked about: the ground that may apply, its rule and source, and the clock.

Suggestions only: a ground is read off a few words of a text, and each can be wrong. No removal is promised. The text itself
stands in no table: look it up by its order number.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import polars as pl

from helpers.exports.personal import EMAIL, PHONE
from helpers.metrics import facts
from helpers.vocabulary import A_TO_Z_CLAIM, AMAZON, Account

SOURCE = "help page 20231"
CLAIM_SOURCE = "help page G202041210"
CLAIM_DAYS = 30  # to appeal a claim, from the day the money was taken
CAN_BE_WRONG = "a suggestion from a few words; read the text, it can be wrong"
OBSCENE = re.compile(r"\b(?:fuck\w*|shit\w*|bastard\w*|asshole\w*|bitch\w*)\b", re.IGNORECASE)
DELIVERY = re.compile(
    r"\b(?:deliver\w*|arriv\w*|courier|parcel|package|late|delay\w*|lost|never came|lieferung|geliefert|paket|versp\w+)\b",
    re.IGNORECASE,
)
SERVICE = re.compile(r"\b(?:seller|service|answer\w*|repl\w+|refund\w*|return\w*|shop|verk\w+ufer)\b", re.IGNORECASE)
PRODUCT = re.compile(
    r"\b(?:product|item|quality|broke\w*|colou?r|size|material|works?|broken|defective|produkt|artikel|qualit\w+)\b",
    re.IGNORECASE,
)
COLUMNS = {
    "order_id": pl.String,
    "what": pl.String,
    "on": pl.Date,
    "stars": pl.Int64,
    "has_text": pl.Boolean,
    "ground": pl.String,
    "rule": pl.String,
    "source": pl.String,
    "ask_until": pl.Date,
    "buyer_until": pl.Date,
    "caution": pl.String,
}


def grounds(account: Account, marketplace: str, first: date, as_of: date) -> pl.DataFrame:
    """One row a negative feedback and claim on orders since `first`, seen by `as_of`, while one of its clocks still runs: COLUMNS, the first to end first.

    ground        what may apply, in words; null: none is seen (stars without a text have no textual ground)
    ask_until     the last day on which the seller can ask; buyer_until: on which the buyer can take it back. Both periods
                  are told by third parties
    """
    rows = [*_feedback(account, marketplace, first, as_of), *_claims(account, marketplace, first, as_of)]
    frame = pl.DataFrame(rows, schema=COLUMNS).filter(pl.max_horizontal("ask_until", "buyer_until") >= as_of)
    return frame.sort("ask_until", "on", "order_id", nulls_last=True)


def _feedback(account: Account, marketplace: str, first: date, as_of: date) -> list[dict[str, Any]]:
    asked = int(account.option("feedback_removal_days"))
    taken_back = int(account.option("feedback_withdraw_days"))
    said = facts.received(account).filter(
        "is_negative", ~pl.col("is_struck"), pl.col("received_on").is_between(first, as_of), marketplace=marketplace
    )
    rows = []
    for one in said.iter_rows(named=True):
        ground, rule = _ground(one["comment"], one["fulfilment"])
        until = one["received_on"] + timedelta(days=asked)
        rows.append(
            {
                "order_id": one["order_id"],
                "what": "negative feedback",
                "on": one["received_on"],
                "stars": one["stars"],
                "has_text": one["comment"] is not None,
                "ground": ground,
                "rule": rule,
                "source": SOURCE,
                "ask_until": until if ground is not None else None,
                "buyer_until": one["received_on"] + timedelta(days=taken_back),
                "caution": CAN_BE_WRONG if ground is not None else None,
            }
        )
    return rows


def _ground(comment: str | None, fulfilment: str | None) -> tuple[str | None, str]:
    """The ground that may apply to a text, and the rule behind it. Unfairness is none."""
    if comment is None:
        return None, "stars without a text have no textual ground; only their buyer can take them back"
    if OBSCENE.search(comment):
        return "obscene language", "feedback with obscene language is taken down"
    if EMAIL.search(comment) or PHONE.search(comment):
        return "personal data", "feedback with somebody's personal data is taken down"
    is_delivery, is_service = bool(DELIVERY.search(comment)), bool(SERVICE.search(comment))
    is_product = bool(PRODUCT.search(comment))
    if is_delivery and not is_service and not is_product:
        if fulfilment == AMAZON:
            return (
                "delivery by the marketplace alone",
                "a text about nothing but a delivery of the marketplace is struck through",
            )
        return (
            "delay or loss alone, if the label was bought from the marketplace and sent in time",
            "a text about nothing but delay or loss is struck through where a label of the marketplace was used in time",
        )
    if is_product and not is_delivery and not is_service:
        return (
            "product review from end to end",
            "a text that is a product review from end to end is taken down; a mixed one stays",
        )
    return None, "no ground is seen; that a text is unfair is none"


def _claims(account: Account, marketplace: str, first: date, as_of: date) -> list[dict[str, Any]]:
    placed = account.orders.filter(marketplace=marketplace).select("order_id")
    claims = account.defects.filter("counts", pl.col("occurred_on").is_between(first, as_of), kind=A_TO_Z_CLAIM).join(
        placed, on="order_id", how="semi"
    )
    return [
        {
            "order_id": one["order_id"],
            "what": "A-to-z claim",
            "on": one["occurred_on"],
            "ground": "proof of delivery, a refused parcel, or a protected label, where there is one",
            "rule": "a claim can be appealed once, with proof, within 30 days from the day the money was taken",
            "source": CLAIM_SOURCE,
            "ask_until": one["occurred_on"] + timedelta(days=CLAIM_DAYS),
            "caution": "the day the money was taken may differ from this one: look it up",
        }
        for one in claims.iter_rows(named=True)
    ]
