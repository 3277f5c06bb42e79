"""What one row of each frame is: the columns every module passes on, with their types.

Rates are fractions; columns that end in `_on` and `day` are store-local days, columns that end in `_at` moments in UTC.
The columns every judged figure is known by stand in `key`, the frames of what came before in `history`,
those of young orders in `maturity`, that of what was done about it in `actions`, those of watches, control charts and
alerts in `signals`, of where bad ones come from in `drivers`, of many accounts in `portfolio`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from helpers.frames.actions import ACTIONS
from helpers.frames.ahead import AHEAD
from helpers.frames.days import first_day, last_day, span
from helpers.frames.drivers import DRIVERS
from helpers.frames.history import HISTORY
from helpers.frames.key import KEY, MOMENT, SERIES
from helpers.frames.maturity import MATURITY
from helpers.frames.portfolio import PORTFOLIO
from helpers.frames.signals import SIGNALS

__all__ = ["KEY", "MOMENT", "SCHEMAS", "SERIES", "empty", "first_day", "last_day", "span"]

SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "orders": {
            "order_id": pl.String,
            "account": pl.String,
            "marketplace": pl.String,  # lower-case store name; starts with "non-amazon" for other shops
            "fulfilment": pl.String,
            "purchased_at": MOMENT,
            "updated_at": MOMENT,
            "day": pl.Date,  # store-local day of purchase
            "updated_on": pl.Date,  # store-local day of the last change
            "status": pl.String,  # pending, unshipped, partiallyshipped, shipped, cancelled …
            "is_cancelled": pl.Boolean,
            "is_buyer_requested": pl.Boolean,  # null = the file does not say
            "has_cancelled_item": pl.Boolean,
            "is_replacement": pl.Boolean,
            "units": pl.Int64,
            "value": pl.Decimal(18, 2),
            "currency": pl.String,
            "sku": pl.String,
            "asin": pl.String,
            "ship_service": pl.String,
            "ship_country": pl.String,
            "ship_state": pl.String,
            "source_file": pl.String,
        },
        "items": {  # one row an item of an order, as one file tells it; `orders` are made of these
            "order_id": pl.String,
            "marketplace": pl.String,
            "fulfilment": pl.String,
            "purchased_at": MOMENT,
            "updated_at": MOMENT,
            "day": pl.Date,
            "updated_on": pl.Date,
            "status": pl.String,
            "item_status": pl.String,
            "is_buyer_requested": pl.Boolean,
            "is_replacement": pl.Boolean,
            "units": pl.Int64,
            "value": pl.Decimal(18, 2),
            "currency": pl.String,
            "sku": pl.String,
            "asin": pl.String,
            "ship_service": pl.String,
            "ship_country": pl.String,
            "ship_state": pl.String,
            "line": pl.Int64,
        },
        "feedback": {
            "order_id": pl.String,
            "received_on": pl.Date,
            "stars": pl.Int8,
            "comment": pl.String,
            "is_negative": pl.Boolean,
            "is_struck": pl.Boolean,
            "source_file": pl.String,
        },
        "defects": {
            "order_id": pl.String,
            "kind": pl.String,
            "order_day": pl.Date,  # from the list itself; null where only the order number is known
            "fulfilment": pl.String,
            "occurred_on": pl.Date,
            "counts": pl.Boolean,
            "outcome": pl.String,
            "source_file": pl.String,
            "reason": pl.String,
            "is_dated": pl.Boolean,  # false: a mark without a day of its own, counted from the day of its file
        },
        "shipments": {  # a package, an order line or a judged order
            "order_id": pl.String,
            "marketplace": pl.String,  # null = the file does not say
            "fulfilment": pl.String,
            "order_day": pl.Date,
            "ship_by": MOMENT,  # deadlines are the last moment in time: the end of a promised day
            "confirmed_at": MOMENT,
            "shipped_at": MOMENT,  # as the seller typed it
            "promised_by": MOMENT,
            "first_attempt_at": MOMENT,
            "delivered_at": MOMENT,
            "carrier": pl.String,
            "tracking_id": pl.String,
            "first_scan_at": MOMENT,
            "units": pl.Int64,
            "category": pl.String,
            "is_late": pl.Boolean,  # null = this row does not say
            "is_valid": pl.Boolean,  # of the tracking number
            "is_on_time": pl.Boolean,
            "known_on": pl.Date,  # from this day on, where the fact has no moment of its own: the day of its file
            "outcome": pl.String,
            "source_file": pl.String,
        },
        "returns": {  # a line of a return request
            "order_id": pl.String,
            "marketplace": pl.String,
            "requested_on": pl.Date,
            "reason": pl.String,
            "units": pl.Int64,
            "has_claim_flag": pl.Boolean,  # has neither a day nor an outcome
            "fulfilment": pl.String,
            "sku": pl.String,
            "asin": pl.String,
            "source_file": pl.String,
        },
        "money": {  # a posting
            "posted_at": MOMENT,
            "order_id": pl.String,  # null where the posting belongs to no order
            "type": pl.String,  # as the file writes it
            "kind": pl.String,  # of defect it tells of, null for most
            "description": pl.String,
            "amount": pl.Decimal(18, 2),
            "currency": pl.String,
            "fulfilment": pl.String,
            "settlement_id": pl.String,
            "marketplace": pl.String,
            "source_file": pl.String,
        },
        "traffic": {  # a day, or the first day of a week or month
            "marketplace": pl.String,
            "day": pl.Date,
            "days": pl.Int32,  # how many days the row stands for
            "orders_shipped": pl.Int64,
            "units_ordered": pl.Int64,
            "units_refunded": pl.Int64,
            "claims_granted": pl.Int64,
            "feedback_received": pl.Int64,
            "negative_feedback_received": pl.Int64,
            "source_file": pl.String,
        },
        "snapshots": {
            "taken_on": pl.Date,
            **KEY,
            "window_start": pl.Date,
            "window_end": pl.Date,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "rate_reported": pl.Float64,  # null = not measured
            "target_reported": pl.String,  # decimal text, as in targets.toml
            "must_be_reported": pl.String,
            "status_reported": pl.String,
            "source_file": pl.String,
        },
        "files": {
            "path": pl.String,  # relative to exports/
            "report": pl.String,  # what it was recognised as; null = not recognised
            "encoding": pl.String,
            "rows_kept": pl.Int64,
            "rows_rejected": pl.Int64,
            "rows_waiting": pl.Int64,  # held back by an open question: neither used nor rejected
            "first_day": pl.Date,
            "last_day": pl.Date,
            "reaches": pl.Date,  # last day the file can be said to cover
            "covers": pl.String,  # what it tells in full from its first day to its last; null = nothing in full
            "rows_are": pl.String,  # of a list: defective_only or all_judged
            "marketplaces": pl.List(pl.String),
            "warnings": pl.List(pl.String),
            "sha256": pl.String,
        },
        "rejected": {"path": pl.String, "line": pl.Int64, "reason": pl.String, "day": pl.Date},
        "daily": {
            **{name: KEY[name] for name in SERIES},
            "day": pl.Date,
            "seen_on": pl.Date,  # when the bad ones of this row became visible; null on the row of the denominator
            "numerator": pl.Int64,
            "denominator": pl.Int64,
        },
        "trailing": {
            **KEY,
            "day": pl.Date,
            "window_start": pl.Date,
            "window_end": pl.Date,
            "window_numerator": pl.Int64,
            "window_denominator": pl.Int64,
            "rate": pl.Float64,
            "rate_low": pl.Float64,
            "rate_high": pl.Float64,
            "is_mature": pl.Boolean,
            "is_covered": pl.Boolean,
            "source": pl.String,  # files: counted here; marketplace: its own figure
        },
        "lumps": {
            **KEY,
            "rho_days": pl.Float64,
            "rho_weeks": pl.Float64,
            "concentration_days": pl.Float64,
            "concentration_weeks": pl.Float64,
            "design_effect": pl.Float64,
            "bad_days": pl.Int64,
            "worst_day": pl.Int64,
            "worst_day_orders": pl.Int64,
        },
        "changes": {
            **KEY,
            "day_before": pl.Date,
            "day": pl.Date,
            "numerator_before": pl.Int64,
            "denominator_before": pl.Int64,
            "new_defects": pl.Int64,
            "rolled_off": pl.Int64,
            "order_change": pl.Int64,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "is_covered": pl.Boolean,  # whether the files hold the whole of both windows
        },
        "roll_off": {
            **KEY,
            "day": pl.Date,
            "leaves": pl.Int64,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "rate": pl.Float64,
        },
        "gaps": {
            **{name: KEY[name] for name in ("account", "marketplace", "metric", "fulfilment")},
            "kind": pl.String,  # of file, as a client calls them
            "first_day": pl.Date,
            "last_day": pl.Date,
            "why": pl.String,
            "download": pl.String,
        },
        "holes": {
            "kind": pl.String,
            "marketplace": pl.String,  # null = of every store
            "first_day": pl.Date,
            "last_day": pl.Date,
            "download": pl.String,
        },
        "verdicts": {
            **KEY,
            "as_of": pl.Date,
            "window_start": pl.Date,
            "window_end": pl.Date,
            "status": pl.String,
            "evidence": pl.String,
            "exactness": pl.String,
            "source": pl.String,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "rate": pl.Float64,
            "rate_low": pl.Float64,
            "rate_high": pl.Float64,
            "design_effect": pl.Float64,  # the interval is of counts divided by it
            "target": pl.String,
            "must_be": pl.String,
            "is_on_target": pl.Boolean,
            "probability_met": pl.Float64,
            "headroom": pl.Int64,
            "orders_to_recover": pl.Int64,
            "orders_to_recover_sustained": pl.Int64,
            "clear_on": pl.Date,
            "clear_from": pl.Date,
            "unjudged_from": pl.Date,
            "rate_reported": pl.Float64,
            "discrepancy": pl.Float64,
            "finding": pl.String,
        },
        **HISTORY,
        **MATURITY,
        **ACTIONS,
        **SIGNALS,
        **DRIVERS,
        **AHEAD,
        **PORTFOLIO,
    }
)


def empty(name: str) -> pl.DataFrame:
    """A frame of the named schema with no rows: what "no file of this kind" looks like."""
    return pl.DataFrame(schema=dict(SCHEMAS[name]))
