"""Bad feedback that is told and does not stay: struck through, or missing from a newer download of its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from scipy.special import bdtr

from helpers.intervals import LEVEL
from helpers.vocabulary import Account

OF = ("negative_feedback_rate", "order_defect_rate")  # claims and chargebacks have outcomes of their own


@dataclass(frozen=True)
class Removals:
    """Of the bad feedback the files ever told, how much is gone."""

    removed: int
    told: int

    def most(self, visible: int) -> int:
        """How many of so many visible ones may still go: 95 % sure, at the share of those gone so far."""
        if not self.removed or not visible:
            return 0
        share = min(self.removed / self.told, 1.0)
        return next(k for k in range(visible + 1) if k == visible or bdtr(k, visible, share) >= (1 + LEVEL) / 2)


def removals(account: Account, day: date) -> Removals:
    """What the files tell of removals, of all stores together. None told is no proof of none: a single download shows
    only what was left on its day."""
    bad = account.feedback.filter("is_negative", pl.col("received_on") <= day)
    gone = account.removed.filter("is_negative", pl.col("received_on") <= day)
    return Removals(gone.height + int(bad.get_column("is_struck").sum()), gone.height + bad.height)
