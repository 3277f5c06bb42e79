"""The nouns of the kit: what an account is, what each metric counts, the words of a verdict.

Every other module is functions from frame to frame; the words they use are here and nowhere else.
Rules of meaning (days, windows, verdicts) are written out in `docs/contracts.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import polars as pl

from helpers.frames import empty

MERCHANT, AMAZON = "merchant", "amazon"  # who fulfils the order
FULFILMENTS = (MERCHANT, AMAZON)

NEGATIVE_FEEDBACK, A_TO_Z_CLAIM, CHARGEBACK = "negative_feedback", "a_to_z_claim", "chargeback"
DEFECT_KINDS = (NEGATIVE_FEEDBACK, A_TO_Z_CLAIM, CHARGEBACK)

Status = Literal["met", "breached", "too_few_orders", "not_mature", "no_data"]
Exactness = Literal["exact", "lower_bound", "upper_bound", "approximate", "impossible"]
MustBe = Literal["below", "at_most", "above", "at_least", "equal", "info"]

STATUS_LABEL = MappingProxyType(
    {
        "met": "Target met",
        "breached": "Target missed",
        "too_few_orders": "Too few orders to tell",
        "not_mature": "Not yet judged",
        "no_data": "No data",
    }
)
# Marks tell the verdicts apart without colour.
STATUS_SHAPE = MappingProxyType({"met": "●", "breached": "◆", "too_few_orders": "■", "not_mature": "■", "no_data": "○"})
MUST_BE_LABEL = MappingProxyType(
    {
        "below": "under",
        "at_most": "at most",
        "above": "over",
        "at_least": "at least",
        "equal": "exactly",
        "info": "advised",
    }
)


@dataclass(frozen=True)
class OwnTarget:
    """A target the account's own `account.toml` sets: `[targets.<metric>]`."""

    metric: str
    value: str
    must_be: MustBe
    window_days: int | None = None
    valid_from: date | None = None


@dataclass(frozen=True)
class FeedbackTotal:
    """Counts typed from the Feedback Manager page: `[[feedback_totals]]`; `days` 0 is lifetime."""

    taken_on: date
    marketplace: str
    days: int
    positive: int
    neutral: int
    negative: int


@dataclass(frozen=True)
class Question:
    """What a file leaves open and only a person can answer; `metrics` are the ones that wait for it."""

    path: str
    text: str
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """One seller's account: who it is, what its files say, and what they do not.

    `last_complete_day` is the last store-local day the files can speak for (docs/contracts.md section 9);
    None when no file has a day in it.
    """

    id: str
    name: str
    folder: Path
    marketplaces: tuple[str, ...]
    fulfilments: tuple[str, ...] = FULFILMENTS
    own_targets: tuple[OwnTarget, ...] = ()
    feedback_totals: tuple[FeedbackTotal, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    notebooks: tuple[str, ...] = ()
    orders: pl.DataFrame = field(default_factory=lambda: empty("orders"))
    feedback: pl.DataFrame = field(default_factory=lambda: empty("feedback"))
    defects: pl.DataFrame = field(default_factory=lambda: empty("defects"))
    snapshots: pl.DataFrame = field(default_factory=lambda: empty("snapshots"))
    files: pl.DataFrame = field(default_factory=lambda: empty("files"))
    rejected: pl.DataFrame = field(default_factory=lambda: empty("rejected"))
    questions: tuple[Question, ...] = ()
    last_complete_day: date | None = None
    locale: str = "en_GB"

    def option(self, name: str) -> str:
        """The account's choice on an open point of the rules, else the default."""
        return self.options.get(name, OPTIONS[name].default)


@dataclass(frozen=True)
class Option:
    """An open point of the marketplace's rules: its values, the first being the default, and what it means."""

    values: tuple[str, ...]
    meaning: str

    @property
    def default(self) -> str:
        return self.values[0]


OPTIONS: Mapping[str, Option] = MappingProxyType(
    {
        "odr_denominator": Option(
            ("not_cancelled", "with_cancelled"),
            "whether cancelled and pending orders count as orders in the order defect rate",
        ),
        "cr_denominator": Option(
            ("with_pending", "without_pending"),
            "whether pending orders count as orders in the cancellation rate",
        ),
        "cr_items": Option(
            ("not_counted", "counted"),
            "whether a shipped order with one cancelled item counts as cancelled",
        ),
        "fba_feedback": Option(
            ("counted", "not_counted"),
            "whether 1-2 star feedback on an order fulfilled by Amazon counts as a defect",
        ),
    }
)

# --- metrics ---------------------------------------------------------------------------------------

IS_OURS = ~pl.col("marketplace").str.starts_with("non-amazon")
IS_ORDER = IS_OURS & ~pl.col("is_replacement")
# An order with a defect that counts stays in the denominator, even one cancelled later.
IS_PLACED = IS_ORDER & (~pl.col("is_cancelled") & (pl.col("status") != "pending") | pl.col("is_defective"))
IS_SELLER_CANCELLED = pl.col("is_cancelled") & ~pl.col("is_buyer_requested").fill_null(False)


@dataclass(frozen=True)
class Metric:
    """What one rate counts. A new metric is one more of these in METRICS, and its target in targets.toml.

    rows          the frame it counts, "orders" or "feedback"
    denominator   which rows count at all
    numerator     which of those are the ones the metric is named after
    day           column that puts a row in a window
    seen_on       column with the day on which the platform could first see the numerator's fact
    windows       trailing days shown when no target row names a window
    variants      option → value → the expressions that value replaces ("denominator" or "numerator")
    good_is       whether a low or a high rate is good
    """

    key: str
    label: str
    one_is: str
    numerator_is: str
    rows: Literal["orders", "feedback"]
    denominator: pl.Expr
    numerator: pl.Expr
    day: str
    seen_on: str
    windows: tuple[int, ...]
    lag_days: int
    fulfilments: tuple[str, ...]
    good_is: Literal["low", "high"] = "low"
    part_of: str | None = None
    variants: Mapping[str, Mapping[str, Mapping[str, pl.Expr]]] = field(default_factory=dict)
    definition: str = ""


def _order_defect_part(key: str, label: str, kind: str, numerator_is: str, definition: str) -> Metric:
    """One of the three kinds of defect, over the same orders as the order defect rate."""
    return Metric(
        key=key,
        label=label,
        one_is="order",
        numerator_is=numerator_is,
        rows="orders",
        denominator=IS_PLACED,
        numerator=pl.col(f"{kind}_on").is_not_null(),
        day="day",
        seen_on=f"{kind}_on",
        windows=(60,),
        lag_days=14,
        fulfilments=FULFILMENTS,
        part_of="order_defect_rate",
        variants={"odr_denominator": {"with_cancelled": {"denominator": IS_ORDER}}},
        definition=definition,
    )


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.key: metric
        for metric in (
            Metric(
                key="order_defect_rate",
                label="Order defect rate",
                one_is="order",
                numerator_is="with a defect",
                rows="orders",
                denominator=IS_PLACED,
                numerator=pl.col("is_defective"),
                day="day",
                seen_on="defective_on",
                windows=(60,),
                lag_days=14,
                fulfilments=FULFILMENTS,
                variants={"odr_denominator": {"with_cancelled": {"denominator": IS_ORDER}}},
                definition=(
                    "Orders with at least one of: feedback of one or two stars, an A-to-z claim that counts, a "
                    "service chargeback; divided by all orders. An order with three defects counts once. "
                    "An order belongs to the day it was placed, whenever the defect came."
                ),
            ),
            _order_defect_part(
                "negative_feedback_rate",
                "Negative feedback",
                NEGATIVE_FEEDBACK,
                "with one or two stars",
                "Orders rated one or two stars, divided by all orders (three stars never count).",
            ),
            _order_defect_part(
                "a_to_z_claims",
                "A-to-z claims",
                A_TO_Z_CLAIM,
                "with a claim that counts",
                "Orders with an A-to-z claim that counts, divided by all orders. A refused claim does not count.",
            ),
            _order_defect_part(
                "chargebacks",
                "Chargebacks",
                CHARGEBACK,
                "with a chargeback",
                "Orders with a card dispute about service, divided by all orders.",
            ),
            Metric(
                key="cancellation_rate",
                label="Cancellation rate",
                one_is="order",
                numerator_is="cancelled by the seller",
                rows="orders",
                denominator=IS_ORDER,
                numerator=IS_SELLER_CANCELLED,
                day="day",
                seen_on="updated_on",
                windows=(7,),
                lag_days=0,
                fulfilments=(MERCHANT,),
                variants={
                    "cr_denominator": {"without_pending": {"denominator": IS_ORDER & (pl.col("status") != "pending")}},
                    "cr_items": {"counted": {"numerator": IS_SELLER_CANCELLED | pl.col("has_cancelled_item")}},
                },
                definition=(
                    "Orders the seller cancelled before shipping, divided by all orders the seller fulfils. "
                    "A cancellation the buyer asked for through the marketplace does not count."
                ),
            ),
            Metric(
                key="feedback_score",
                label="Public feedback score",
                one_is="feedback",
                numerator_is="with four or five stars",
                rows="feedback",
                denominator=~pl.col("is_struck"),
                numerator=pl.col("stars") >= 4,
                day="received_on",
                seen_on="received_on",
                windows=(30, 90, 365),
                lag_days=0,
                fulfilments=("all",),
                good_is="high",
                definition=(
                    "Feedback of four or five stars, divided by feedback received; by the day it was received. "
                    "Buyers who stay silent are in neither number."
                ),
            ),
        )
    }
)
