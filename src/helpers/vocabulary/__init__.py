"""The nouns of the kit: what an account is, what each metric counts, the words of a verdict.

Every other module is functions from frame to frame; the words they use are here and nowhere else.
Rules of meaning (days, windows, verdicts) are written out in `docs/contracts.md`.

words         fulfilment, kinds of defect, verdicts, senses of a target
options       the open points of the marketplace's rules
account       Account and its parts
metric        Metric: what a rate counts, and how; what a reading of an option changes of it
conditions    which orders count
rejections    which rows tell nothing, and which rejected ones lose nothing
definitions/  METRICS: every rate as one literal, a module a family; COUNTS_BAD: those that count bad ones
"""

from helpers.vocabulary.account import Account, FeedbackTotal, OwnEvent, OwnTarget, Question
from helpers.vocabulary.definitions import COUNTS_BAD, METRICS
from helpers.vocabulary.metric import Choice, Metric
from helpers.vocabulary.options import OPTIONS, Option
from helpers.vocabulary.rejections import CUT, FURTHER, LIST_MARKS, REPEATED, lost, says_nothing
from helpers.vocabulary.words import (
    A_TO_Z_CLAIM,
    AMAZON,
    CHARGEBACK,
    DEFECT_KINDS,
    FULFILMENTS,
    GOOD_SENSES,
    MERCHANT,
    NEGATIVE_FEEDBACK,
    STATUS_SHAPE,
    UNKNOWN_STORE,
    Exactness,
    MustBe,
    Status,
)

__all__ = [
    "AMAZON",
    "A_TO_Z_CLAIM",
    "CHARGEBACK",
    "COUNTS_BAD",
    "CUT",
    "DEFECT_KINDS",
    "FULFILMENTS",
    "FURTHER",
    "GOOD_SENSES",
    "LIST_MARKS",
    "MERCHANT",
    "METRICS",
    "NEGATIVE_FEEDBACK",
    "OPTIONS",
    "REPEATED",
    "STATUS_SHAPE",
    "UNKNOWN_STORE",
    "Account",
    "Choice",
    "Exactness",
    "FeedbackTotal",
    "Metric",
    "MustBe",
    "Option",
    "OwnEvent",
    "OwnTarget",
    "Question",
    "Status",
    "lost",
    "says_nothing",
]
