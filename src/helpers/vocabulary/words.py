"""Words with one meaning everywhere: who fulfils, kinds of defect, verdicts, senses of a target."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

MERCHANT, AMAZON = "merchant", "amazon"  # who fulfils the order
FULFILMENTS = (MERCHANT, AMAZON)

NEGATIVE_FEEDBACK, A_TO_Z_CLAIM, CHARGEBACK = "negative_feedback", "a_to_z_claim", "chargeback"
UNKNOWN_STORE = "unknown"  # of a row that names none, in an account of several
DEFECT_KINDS = (NEGATIVE_FEEDBACK, A_TO_Z_CLAIM, CHARGEBACK)

Status = Literal["met", "breached", "too_few_orders", "not_mature", "no_data"]
Exactness = Literal["exact", "lower_bound", "upper_bound", "approximate", "impossible"]
MustBe = Literal["below", "at_most", "above", "at_least", "equal", "info"]
GOOD_SENSES = MappingProxyType({"low": ("below", "at_most"), "high": ("above", "at_least")})  # by the side that is good

# Marks tell the verdicts apart without colour.
STATUS_SHAPE = MappingProxyType({"met": "●", "breached": "◆", "too_few_orders": "■", "not_mature": "■", "no_data": "○"})
