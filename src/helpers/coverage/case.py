"""One metric over the windows judged on one day, and what a rule of proof answers about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from helpers.coverage.runs import Run
from helpers.rows import Lack
from helpers.sentences import say
from helpers.targets import marketplaces
from helpers.vocabulary import Account, Exactness, Metric
from helpers.wording import days as days_in_words

# Kinds of file, in the order in which a reader is asked for them.
KINDS = ("all_orders", "feedback", "order_defects", "late_shipments", "unshipped", "valid_tracking", "on_time_delivery")
KINDS += ("money", "returns", "traffic", "account_health")
# Of these a shop outside the marketplace has a file of its own.
OUTSIDE = ("all_orders", "feedback", "late_shipments", "unshipped", "valid_tracking", "on_time_delivery")


def files(kind: str, store: str = "") -> str:
    """Files of a kind within a sentence, in the plural, as a store calls them; the marketplace where none is named."""
    is_shipped = kind == "late_shipments" and _is_outside(store)
    return say("files.shipped" if is_shipped else f"files.{kind}")


def asking(kind: str, store: str = "", run: Run | None = None) -> str | None:
    """The download of a kind in words, in a store's own: for these days, or for the period usually asked for. None where
    there is none: what only the marketplace has, a shop outside it cannot give."""
    of_days = days_in_words(*run) if run else "usual"
    if not _is_outside(store):
        return say(f"download.{kind}", days=of_days)
    return say(f"own-file.{kind}", store=store, days=of_days) if kind in OUTSIDE else None


def _is_outside(store: str) -> bool:
    return bool(store) and store not in marketplaces()


@dataclass(frozen=True)
class Missing:
    """One thing that keeps a rate from being exact.

    With days it is a gap: files of the `kind` speak for some days of the account and not for these, which a window
    needs. Without days the kind is not supplied, or the files can tell no more than a bound.

    why        in words; empty where the advice alone is told
    kind       one of KINDS; None where no kind of file is short
    download   what would close it, in words; None where nothing can
    instead    what the analyst can do where no download helps, in words
    rows       (file, what its rows lack), where rows of a file could have told something
    """

    why: str
    kind: str | None = None
    download: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    instead: str | None = None
    rows: tuple[str, Lack] | None = None


@dataclass(frozen=True)
class Proof:
    """How exactly the files can prove a rate, and what keeps it from being exact.

    is_told   whether any file tells the rate's numerator at all: without one there is no figure of ours
    """

    exactness: Exactness
    missing: tuple[Missing, ...] = ()
    is_told: bool = True

    def but(self, *missing: Missing, exactness: Exactness = "exact") -> Proof:
        """The same proof where this is missing as well, and is in itself only so exact."""
        if not missing:
            return self
        both = tuple(dict.fromkeys((*self.missing, *missing)))
        return replace(self, exactness=combined([self.exactness, exactness]), missing=both)


def combined(found: Iterable[Exactness]) -> Exactness:
    """How exact a figure is that is only so exact in each of several respects."""
    every = set(found)
    if "impossible" in every:
        return "impossible"
    is_lower, is_upper = (bool(every & {bound, "approximate"}) for bound in ("lower_bound", "upper_bound"))
    if is_lower and is_upper:
        return "approximate"
    return "lower_bound" if is_lower else "upper_bound" if is_upper else "exact"


@dataclass(frozen=True)
class Case:
    """One metric of one store and channel, over the windows judged on the day looked at.

    windows   first and last day of each, the shortest first; the day itself where there is none
    """

    metric: Metric
    account: Account
    store: str
    fulfilment: str
    as_of: date
    windows: tuple[Run, ...]

    def asking(self, kind: str, run: Run | None = None) -> str | None:
        """The download of a kind of file in the store's own words (asking)."""
        return asking(kind, self.store, run)

    def with_column(self, what: str) -> str:
        """The download that also tells `what`, in the store's own words: `cancelled` or `buyer_requested`."""
        return say(f"own-file.{what}", store=self.store) if _is_outside(self.store) else say(f"download.{what}")

    @property
    def window_start(self) -> date:
        return min(first for first, _ in self.windows)

    @property
    def window_end(self) -> date:
        return max(last for _, last in self.windows)

    @property
    def to_day(self) -> tuple[Run, ...]:
        """The days on which the numerator can have been told: from the start of each window to the day looked at."""
        return tuple((first, self.as_of) for first, _ in self.windows)
