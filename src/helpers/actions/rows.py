"""What one row of the `actions` frame is once it travels by itself, as in helpers.rows."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypedDict

Word = Literal["measuring", "cannot_tell", "helped", "no_change", "worse"]


class ActionRow(TypedDict):
    account: str
    marketplace: str
    metric: str
    fulfilment: str
    group: str | None
    on: date
    last: date
    what: str
    events: int
    is_meant: bool
    word: Word
    why: str | None
    age_days: int
    share: float
    before_first: date | None
    before_last: date | None
    before_bad: int
    before_orders: int
    before_effect: float
    blocks: int
    prompting_bad: int
    prompting_orders: int
    has_risen: bool
    after_first: date
    after_last: date | None
    after_bad: int
    after_orders: int
    after_effect: float
    expected: float
    ratio_low: float
    ratio_high: float | None
    p_better: float
    p_worse: float
    smallest: float | None
    planned: float | None
    tells_from: date | None
    left_out: int
    compared_with: str | None
    compared_before_bad: int | None
    compared_before_orders: int | None
    compared_after_bad: int | None
    compared_after_orders: int | None
    compared_has_fallen: bool | None
    across: list[str]
    finding: str
