"""One metric over the windows judged on one day, and what a rule of proof answers about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from helpers.coverage.runs import Run
from helpers.vocabulary import Account, Exactness, Metric
from helpers.wording import days as days_in_words


@dataclass(frozen=True)
class Kind:
    """A kind of file: what a client calls such files, and what to ask for to get one.

    files   in the plural          download · period · where   the name of the download, what is usually asked for, and
                                   where it is found
    """

    files: str
    download: str
    period: str
    where: str

    def asking(self, run: Run | None = None) -> str:
        """The download in words: for the usual period, or for these days."""
        period = days_in_words(*run) if run else self.period
        return f"{', '.join(filter(None, [self.download, period]))} ({self.where})"


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        name: Kind(*said)
        for name, said in {
            "all_orders": (
                "order files",
                "All Orders report, by order date",
                "120 days or more",
                "Reports > Fulfilment > All Orders",
            ),
            "feedback": ("feedback files", "Feedback file", "365 days", "Performance > Feedback > Download"),
            "order_defects": (
                "order defect lists",
                "Order defect list",
                "",
                "Account Health > Order Defect Rate > Download report",
            ),
            "late_shipments": (
                "late shipment lists",
                "Late shipment list",
                "",
                "Account Health > Late Shipment Rate > Download report",
            ),
            "unshipped": (
                "snapshots of open orders",
                "Late shipment list",
                "",
                "Account Health > Late Shipment Rate > Download report",
            ),
            "valid_tracking": (
                "valid tracking lists",
                "Valid tracking list with every package",
                "",
                "Account Health > Valid Tracking Rate > Download report",
            ),
            "on_time_delivery": (
                "on-time delivery lists",
                "On-time delivery list with every order",
                "",
                "Account Health > On-Time Delivery Rate > Download",
            ),
            "money": ("payment files", "Transaction file (CSV)", "", "Payments"),
            "returns": ("returns files", "Returns report", "60 days", "Reports > Return Reports"),
            "traffic": (
                "sales and traffic files",
                "Sales and Traffic report by day",
                "",
                "JSON, from an authorised application",
            ),
            "account_health": (
                "account health files",
                "Account health report",
                "",
                "V2, JSON, from an authorised application",
            ),
        }.items()
    }
)
BUYER_REQUESTED = "All Orders report with the column is-buyer-requested-cancellation added"
DOWNLOAD: Mapping[str, str] = MappingProxyType(
    {name: kind.asking() for name, kind in KINDS.items()} | {"buyer_requested": BUYER_REQUESTED}
)
INSTEAD = "instead of a download: "
TAKEN_ON = f"{INSTEAD}if a list is newer than its newest line, say so; seller-audit settle asks when it was taken"


def is_download(advice: str) -> bool:
    """Whether an advice asks for a file; else it is the analyst's, and no client's."""
    return not advice.startswith(INSTEAD)


@dataclass(frozen=True)
class Missing:
    """One thing that keeps a rate from being exact.

    With days it is a gap: files of the `kind` speak for some days of the account and not for these, which a window
    needs. Without days the kind is not supplied, or the files can tell no more than a bound.

    why        in words; empty where the advice alone is told
    kind       a key of KINDS; None where no kind of file is short
    download   what would close it, in words; None where nothing can
    """

    why: str
    kind: str | None = None
    download: str | None = None
    first_day: date | None = None
    last_day: date | None = None


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
