"""What one row of each frame of drivers is once it travels by itself, as in helpers.rows."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypedDict

Outcome = Literal["order_defect_rate", "claims_and_returns", "late_shipment_rate"]
Agreement = Literal["same", "against", "cannot_tell"]


class DriverRow(TypedDict):
    account: str
    outcome: Outcome
    factor: str
    level: str
    numerator: int
    denominator: int
    rate: float
    rate_shrunk: float
    shrunk_low: float
    shrunk_high: float
    numerator_rest: int
    denominator_rest: int
    design_effect: float
    ratio: float | None
    p: float
    ratio_adjusted: float | None
    adjusted_for: str | None
    p_adjusted: float | None
    told_share: float
    is_tested: bool
    q: float | None
    is_selected: bool
    is_reversed: bool
    excess: float
    excess_low: float
    excess_high: float
    level_of_interval: float
    claims_and_returns: Agreement | None
    fewest_orders: int
    levels_folded: int
    last_day: date
    is_gone: bool


class ReturnedRow(TypedDict):
    account: str
    sku: str
    reason: str
    numerator: int
    denominator: int
    returns: int
    refunded: int | None
