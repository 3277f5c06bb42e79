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
from helpers.sentences import say
from helpers.vocabulary import A_TO_Z_CLAIM, AMAZON, Account

CLAIM_DAYS = 30  # to appeal a claim, from the day the money was taken
NO_GROUND = ("no_text", "none")
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
        rule = _rule(one["comment"], one["fulfilment"])
        has_ground = rule not in NO_GROUND
        until = one["received_on"] + timedelta(days=asked)
        rows.append(
            {
                "order_id": one["order_id"],
                "what": say("asked-about.feedback"),
                "on": one["received_on"],
                "stars": one["stars"],
                "has_text": one["comment"] is not None,
                "ground": say(f"ground.{rule}") if has_ground else None,
                "rule": say(f"ground-rule.{rule}"),
                "source": say("ground-source.feedback"),
                "ask_until": until if has_ground else None,
                "buyer_until": one["received_on"] + timedelta(days=taken_back),
                "caution": say("ground-caution.feedback") if has_ground else None,
            }
        )
    return rows


def _rule(comment: str | None, fulfilment: str | None) -> str:
    """Which rule may apply to a text: a key of `ground-rule`, and where it is a ground, of `ground`. Unfairness is none."""
    if comment is None:
        return "no_text"
    if OBSCENE.search(comment):
        return "obscene"
    if EMAIL.search(comment) or PHONE.search(comment):
        return "personal"
    is_delivery, is_service = bool(DELIVERY.search(comment)), bool(SERVICE.search(comment))
    is_product = bool(PRODUCT.search(comment))
    if is_delivery and not is_service and not is_product:
        return "their_delivery" if fulfilment == AMAZON else "delivery"
    if is_product and not is_delivery and not is_service:
        return "product"
    return "none"


def _claims(account: Account, marketplace: str, first: date, as_of: date) -> list[dict[str, Any]]:
    placed = account.orders.filter(marketplace=marketplace).select("order_id")
    claims = account.defects.filter("counts", pl.col("occurred_on").is_between(first, as_of), kind=A_TO_Z_CLAIM).join(
        placed, on="order_id", how="semi"
    )
    return [
        {
            "order_id": one["order_id"],
            "what": say("asked-about.claim"),
            "on": one["occurred_on"],
            "ground": say("ground.claim"),
            "rule": say("ground-rule.claim", days=CLAIM_DAYS),
            "source": say("ground-source.claim"),
            "ask_until": one["occurred_on"] + timedelta(days=CLAIM_DAYS),
            "caution": say("ground-caution.claim"),
        }
        for one in claims.iter_rows(named=True)
    ]
