"""A letter's charges against the account's own records: numbered rows of evidence that every sentence of an answer rests on.

meant      what a charge means: rate, channel, days, target        counting  what the files hold over those days
gap        why two figures differ, and the rest                    judging   confirmed, not confirmed, partly, not to be judged
orders     the orders behind a charge, one by one                  papers    documents: there, missing, what each must show
limits     what the records do not support                         rows      the numbered rows, and the whole (`of`)
listing    the charges as a frame                                   sources   the files and the words behind a row
shared     what the bad ones of a charge have in common
"""

from helpers.evidence.gap import Reason
from helpers.evidence.judging import STATUSES, Judged, judged, label
from helpers.evidence.listing import charges
from helpers.evidence.papers import Paper
from helpers.evidence.rows import Evidence, Row, of, table

__all__ = ["STATUSES", "Evidence", "Judged", "Paper", "Reason", "Row", "charges", "judged", "label", "of", "table"]
