"""Who the made-up accounts are: one Profile each, its chances and its seed. A new sample is one more of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import polars as pl

LAST_DAY = date(2026, 10, 31)  # last complete day of the files; they are downloaded the morning after
DAYS = 400
UK, DE, FR, US = "amazon.co.uk", "amazon.de", "amazon.fr", "amazon.com"
STORE_ID = {UK: "A1F83G8C2ARO7P", DE: "A1PA6795UKMFR9", FR: "A13V1IB3VIYZZH", US: "ATVPDKIKX0DER"}
WRITES = {True: 0.04, False: 0.25}  # chance of a feedback, by whether the buyer was satisfied
CLAIMS, DISPUTES = 0.12, 0.02
THREE_STARS = 0.08  # of the feedback of a dissatisfied buyer: no defect


@dataclass(frozen=True)
class Profile:
    """One account. Rates are chances an order; `dissatisfied` is the share of buyers who were let down.

    A dissatisfied buyer writes with chance 0.25, claims with 0.12, disputes the charge with 0.02; a satisfied one
    writes with 0.04 and never a bad word. So about a third of the dissatisfied become defects: see `defect_rate`.
    """

    id: str
    name: str
    stores: Mapping[str, float]  # store → share of orders
    merchant: float  # orders a day
    amazon: float
    dissatisfied: float
    seed: int
    time_zone: str
    currency: str
    feedback_dates: str
    seller_cancels: float = 0.004
    buyer_cancels: float = 0.008
    # What follows is told only by folders that also hold the lists, settlements, returns and traffic.
    has_lists: bool = False
    ships_late: float = 0.0  # of the orders shipped
    arrives_late: float = 0.0  # of the parcels shipped in time; of those shipped late always six in ten
    untracked: Mapping[str, float] = field(default_factory=dict)  # category → share of parcels
    invoice_defects: float = 0.0  # of the business orders
    violations: tuple[tuple[str, date], ...] = ()  # policy counter, day of the violation
    fixed_on: date | None = None  # orders from this day on have the chances of `fixed`
    fixed: Mapping[str, float] = field(default_factory=dict)
    events: tuple[tuple[date, str], ...] = ()  # what the shop says it did: day, words

    @property
    def defect_rate(self) -> float:
        """The share of orders that end with a defect, once every late one has come; before the fix if there is one."""
        return defects_of(self.dissatisfied)

    @property
    def defect_rate_fixed(self) -> float:
        """The same of the orders placed since the fix."""
        return defects_of(self.fixed.get("dissatisfied", self.dissatisfied))

    def chance(self, name: str) -> pl.Expr:
        """The chance `name` of an order, by its `day`."""
        before = pl.lit(getattr(self, name))
        if self.fixed_on is None or name not in self.fixed:
            return before
        return pl.when(pl.col("day") < self.fixed_on).then(before).otherwise(pl.lit(self.fixed[name]))


def defects_of(dissatisfied: float) -> float:
    """The share of orders with a defect when this share of buyers is let down: bad feedback, claim or chargeback."""
    silent = (1 - WRITES[False] * (1 - THREE_STARS)) * (1 - CLAIMS) * (1 - DISPUTES)
    return dissatisfied * (1 - silent)


# small-good: the first seed under which a good shop has two defects in its last window. Luck does that often: among
# 185 orders at 0.48 % the chance of two or more is 0.22 (tests/test_sample.py).
# late-and-broken: the first seed from 12 on whose last windows miss every target beyond doubt while tracking, all
# categories together, looks good. on-the-mend: one whose last window still misses the target by old defects alone.
PROFILES = (
    Profile(
        "lamp-house", "Lamp House (made up)", {UK: 0.7, DE: 0.3}, 60, 25, 0.0113, 7, "Europe/London", "GBP", "%d/%m/%y"
    ),
    Profile(
        "small-good", "Small Good Shop (made up)", {US: 1.0}, 3, 0, 0.0142, 10, "America/Los_Angeles", "USD", "%m/%d/%y"
    ),
    Profile(
        "with-holes",
        "Shop with Holes (made up)",
        {DE: 0.8, FR: 0.2},
        12,
        0,
        0.02,
        11,
        "Europe/Berlin",
        "EUR",
        "%d.%m.%y",
    ),
    Profile(
        "late-and-broken",
        "Late and Broken (made up)",
        {UK: 1.0},
        25,
        0,
        0.066,
        19,
        "Europe/London",
        "GBP",
        "%d/%m/%y",
        seller_cancels=0.055,
        has_lists=True,
        ships_late=0.08,
        arrives_late=0.14,
        untracked=MappingProxyType({"Home": 0.01, "Office": 0.12}),
        invoice_defects=0.2,
        violations=(("productConditionCustomerComplaints", date(2026, 9, 14)),),
    ),
    Profile(
        "on-the-mend",
        "On the Mend (made up)",
        {DE: 1.0},
        25,
        0,
        0.066,
        18,
        "Europe/Berlin",
        "EUR",
        "%d.%m.%y",
        has_lists=True,
        ships_late=0.09,
        arrives_late=0.05,
        untracked=MappingProxyType({"Home": 0.015, "Office": 0.015}),
        fixed_on=date(2026, 9, 14),
        fixed=MappingProxyType({"dissatisfied": 0.012, "ships_late": 0.012}),
        events=((date(2026, 9, 14), "packing moved to a warehouse with evening collection"),),
    ),
)
