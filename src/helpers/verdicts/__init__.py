"""Trailing windows and targets → one judged row a metric, with its sentence.

limits     a target as the share of bad ones it allows      judging   windows → the `verdicts` frame
findings   the sentence of a verdict                        evidence  strong or weak, and how likely the target is met
recovery   the way back from a missed target
"""

from helpers.verdicts.evidence import chance_bound, standing_ends
from helpers.verdicts.findings import is_of_all
from helpers.verdicts.judging import judge
from helpers.verdicts.limits import Limit, bears, is_on_target, status, untold
from helpers.verdicts.recovery import by_waiting, orders_to_recover_sustained, usual

__all__ = [
    "Limit",
    "bears",
    "by_waiting",
    "chance_bound",
    "is_of_all",
    "is_on_target",
    "judge",
    "orders_to_recover_sustained",
    "standing_ends",
    "status",
    "untold",
    "usual",
]
