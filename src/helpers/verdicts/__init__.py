"""Trailing windows and targets → one judged row a metric, with its sentence.

limits     a target as the share of bad ones it allows      judging   windows → the `verdicts` frame
findings   the sentence of a verdict                     evidence  strong or weak, and how likely the target is met
"""

from helpers.verdicts.evidence import standing_ends
from helpers.verdicts.findings import ON_TARGET
from helpers.verdicts.judging import judge
from helpers.verdicts.limits import Limit, bears, orders_to_recover_sustained, status

__all__ = ["ON_TARGET", "Limit", "bears", "judge", "orders_to_recover_sustained", "standing_ends", "status"]
