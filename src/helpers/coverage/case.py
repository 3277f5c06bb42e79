"""One metric over the windows judged on one day, and what a rule of proof answers about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from helpers.coverage.runs import Run
from helpers.sentences import say
from helpers.targets import marketplaces
from helpers.vocabulary import Account, Exactness, Metric
from helpers.wording import days as days_in_words


@dataclass(frozen=True)
class Kind:
    """A kind of file: what a client calls such files, and what to ask for to get one.

    download · period · where   the name of the download, what is usually asked for, and where it is found; no download:
                                none of that kind can be had
    """

    name: str
    download: str
    period: str = ""
    where: str = ""

    @property
    def files(self) -> str:
        """Such files within a sentence, in the plural."""
        return say(f"files.{self.name}")

    def asking(self, run: Run | None = None) -> str | None:
        """The download in words: for the usual period, or for these days. None where there is none."""
        period = days_in_words(*run) if run else self.period
        where = f" ({self.where})" if self.where else ""
        return f"{', '.join(filter(None, [self.download, period]))}{where}" if self.download else None


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        name: Kind(name, *said)
        for name, said in {
            "all_orders": (
                "All Orders report, by order date",
                "120 days or more",
                "Reports > Fulfilment > All Orders",
            ),
            "feedback": ("Feedback file", "365 days", "Performance > Feedback > Download"),
            "order_defects": (
                "Order defect list",
                "",
                "Account Health > Order Defect Rate > Download report",
            ),
            "late_shipments": (
                "Late shipment list",
                "",
                "Account Health > Late Shipment Rate > Download report",
            ),
            "unshipped": (
                "Late shipment list",
                "",
                "Account Health > Late Shipment Rate > Download report",
            ),
            "valid_tracking": (
                "Valid tracking list with every package",
                "",
                "Account Health > Valid Tracking Rate > Download report",
            ),
            "on_time_delivery": (
                "On-time delivery list with every order",
                "",
                "Account Health > On-Time Delivery Rate > Download",
            ),
            "money": ("Transaction file (CSV)", "", "Payments"),
            "returns": ("Returns report", "60 days", "Reports > Return Reports"),
            "traffic": (
                "Sales and Traffic report by day",
                "",
                "JSON, from an authorised application",
            ),
            "account_health": (
                "Account health report",
                "",
                "V2, JSON, from an authorised application",
            ),
        }.items()
    }
)
DOWNLOAD: Mapping[str, str] = MappingProxyType(
    {name: asked for name, kind in KINDS.items() if (asked := kind.asking())}
    | {"buyer_requested": "All Orders report with the column is-buyer-requested-cancellation added"}
)
OUTSIDE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "all_orders": ("own orders export", "120 days or more"),
        "feedback": ("own list of reviews or feedback", "365 days"),
        "late_shipments": (
            "own orders export with the last moment to ship and the moment of shipping of each order",
            "",
        ),
        "unshipped": ("own orders export with the last moment to ship and the moment of shipping of each order", ""),
        "valid_tracking": ("own list of packages that says of each whether its tracking was valid", ""),
        "on_time_delivery": ("own orders export with the promised and the actual day of each delivery", ""),
        "cancelled": ("own orders export with a column that says which orders were cancelled", ""),
        "buyer_requested": ("own orders export with a column that says which cancellations the buyer asked for", ""),
    }
)
INSTEAD = "instead of a download: "
TAKEN_ON = f"{INSTEAD}if a list is newer than its newest line, say so; seller-audit settle asks when it was taken"


def is_download(advice: str) -> bool:
    """Whether an advice asks for a file; else it is the analyst's, and no client's."""
    return not advice.startswith(INSTEAD)


def kind_of(name: str, store: str) -> Kind:
    """A kind of file in a store's own words: what only the marketplace has, a shop outside it cannot give."""
    if store in marketplaces():
        return KINDS[name]
    download, period = OUTSIDE.get(name, ("", ""))
    own = "shipped" if name == "late_shipments" else name
    return Kind(own, f"{store}'s {download}" if download else "", period)


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

    def asking(self, kind: str, run: Run | None = None) -> str | None:
        """The download of a kind of file in the store's own words (Kind.asking)."""
        return kind_of(kind, self.store).asking(run)

    def with_column(self, what: str) -> str:
        """The download that also tells `what`, in the store's own words: a key of DOWNLOAD and of OUTSIDE."""
        return DOWNLOAD[what] if self.store in marketplaces() else f"{self.store}'s {OUTSIDE[what][0]}"

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
