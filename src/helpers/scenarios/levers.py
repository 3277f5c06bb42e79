"""What an account can change, as values; and what it may not, with the rule that forbids it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from helpers.errors import SettingsError
from helpers.sentences import say
from helpers.vocabulary import AMAZON, METRICS

ORDER_DEFECTS = ("order_defect_rate", "negative_feedback_rate", "a_to_z_claims", "chargebacks")
SHIPPING = ("late_shipment_rate", "on_time_delivery_rate")
PARCELS = ("valid_tracking_rate", "on_time_delivery_rate", "order_defect_rate")


@dataclass(frozen=True)
class Kind:
    """A kind of lever.

    metrics   the rates it moves unless the scenario names others; empty: all
    of_part   it takes away bad ones of this part of the order defect rate alone
    takes_orders   good orders go with the bad ones
    by_seller      it changes what the seller does with a parcel: nothing of orders the marketplace ships
    needs     what an entry of scenarios.toml must say of it; with a cause named, `share` and `orders` come from the files
    """

    metrics: tuple[str, ...] = ()
    of_part: str | None = None
    takes_orders: bool = False
    by_seller: bool = False
    needs: tuple[str, ...] = ("share",)


KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        "fewer_bad": Kind(),
        "volume": Kind(needs=("orders",)),
        "removals_won": Kind(("order_defect_rate", "negative_feedback_rate"), needs=("removed",)),
        "claims_answered": Kind(("order_defect_rate", "a_to_z_claims"), "a_to_z_claims"),
        "ask_everyone": Kind(("order_defect_rate", "negative_feedback_rate"), "negative_feedback_rate"),
        "handling_time": Kind(SHIPPING, by_seller=True),
        "carrier": Kind(PARCELS, by_seller=True),
        "pause_offer": Kind(takes_orders=True, needs=("share", "orders")),
        "marketplace_fulfilment": Kind(takes_orders=True, by_seller=True, needs=("share", "orders")),
    }
)
MANIPULATION = "manipulation can end selling rights for good and cost the balance (amazon.it help GYRKB5RU3FS5TURN)"
FORBIDDEN: MappingProxyType[str, str] = MappingProxyType(
    {
        "ask_happy_buyers": "feedback may not be asked of contented buyers alone (help page G201972160)",
        "pay_for_feedback": f"no money or gifts for feedback (help page G201972160); {MANIPULATION}",
        "pressure_buyers": "nobody may ask that feedback be changed or taken down (help page G201972160)",
        "sham_orders": f"orders made to move a rate are manipulation; {MANIPULATION}",
    }
)
YARDSTICKS = ("quarter", "half", "more_orders", "offer")  # of the kit's own scenarios, those that name no action
WITH_CAUSE = ("fewer_bad", "carrier", "handling_time", "pause_offer", "marketplace_fulfilment")  # what can name a cause


class Cause(NamedTuple):
    """A level of a factor, as the `drivers` frame names both."""

    factor: str
    level: str


@dataclass(frozen=True)
class Spread:
    """A share that is known as well as an interval says: what is likely, and the ends of the interval of a level."""

    low: float
    likely: float
    high: float
    level: float

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Its value where a share u of all lies below: two halves of a normal law, cut to shares of something."""
        likely = min(max(self.likely, self.low), self.high)
        z = ndtri(u) / ndtri((1 + self.level) / 2)
        return np.clip(likely + z * np.where(z < 0, likely - self.low, self.high - likely), 0, 1)


@dataclass(frozen=True)
class Part:
    """What a cause is of one rate.

    of_orders   of the orders lately
    of_bad      of the bad ones: they go when its orders go
    beyond      of the bad ones, those beyond the rate of the rest: more cannot go where its orders stay
    """

    of_orders: float
    of_bad: Spread
    beyond: Spread


@dataclass(frozen=True)
class Cost:
    """What a lever costs: once, and a month. currency  None where nothing says which."""

    once: Decimal = Decimal(0)
    monthly: Decimal = Decimal(0)
    currency: str | None = None

    def within(self, days: int) -> Decimal:
        """Of so many days, months of 30."""
        return self.once + self.monthly * days / 30


@dataclass(frozen=True)
class Lever:
    """One change.

    kind        a key of KINDS
    share       least and most of the bad ones to come that it takes away; of ask_everyone: that it adds
    orders      the change of the orders to come: -0.1 takes one in ten away
    starts      its first order day; None: the day after the one looked at
    ramp_days   until it works in full
    metrics     the rates it moves; empty: those of its kind
    removed     bad ones of today's window taken down, and the chance of each
    cost        None: not known
    cause       found by `drivers`, of which it takes away `share` · part  what that is of the rate at hand (causes.Causes)
    """

    kind: str
    share: tuple[float, float] = (0.0, 0.0)
    orders: float = 0.0
    starts: date | None = None
    ramp_days: int = 0
    metrics: tuple[str, ...] = ()
    removed: tuple[int, float] = (0, 1.0)
    cost: Cost | None = None
    cause: Cause | None = None
    part: Part | None = None

    def __post_init__(self) -> None:
        permitted(self.kind)
        low, high = self.share
        most = 1.0
        if not 0 <= low <= high <= most or not -1 <= self.orders <= 1:
            raise ValueError(f"expected shares from 0 to 1 and orders from -1 to 1, found {self.share}, {self.orders}")

    def moves(self, metric: str, fulfilment: str) -> bool:
        """Whether it changes a rate of a channel."""
        kind = KINDS[self.kind]
        metrics = self.metrics or kind.metrics
        return (not metrics or metric in metrics) and not (kind.by_seller and fulfilment == AMAZON)


@dataclass(frozen=True)
class Scenario:
    """Levers pulled together, under one name.

    is_yardstick   it says how far a rate would have to come and names no action: it stands in tables and is no thing to do
    """

    name: str
    levers: tuple[Lever, ...] = field(default=())
    is_yardstick: bool = False

    @property
    def cost(self) -> Cost | None:
        """Of all its levers, where that of each is known, in one currency."""
        costs = [lever.cost for lever in self.levers if lever.cost is not None]
        currencies = {cost.currency for cost in costs}
        if len(costs) < len(self.levers) or len(currencies) != 1:
            return None
        return Cost(
            sum((cost.once for cost in costs), Decimal(0)),
            sum((cost.monthly for cost in costs), Decimal(0)),
            currencies.pop(),
        )

    @property
    def is_limit(self) -> bool:
        """Whether it takes all that is beyond the rest’s rate of some cause: an upper limit, for few causes go whole."""
        return any(lever.cause and lever.share[1] == 1 and not KINDS[lever.kind].takes_orders for lever in self.levers)

    @property
    def size(self) -> str:
        """How much it is taken to change, where its name does not say: `if, as is assumed, 20 to 50 of 100 bad ones go with it`."""
        ranges = [lever for lever in self.levers if lever.cause is None and lever.share[0] < lever.share[1]]
        if len(ranges) != 1 or len(self.levers) != 1:
            return ""
        least, most = (round(100 * share) for share in ranges[0].share)
        kind, part = ranges[0].kind, KINDS[ranges[0].kind].of_part
        more = "asked" if kind == "ask_everyone" else "part" if part else "bad"
        return say("lever-size", least=least, most=most, more=more, part=METRICS[part].name if part else "")

    @property
    def does(self) -> str:
        """What its levers do, in words."""
        return "; ".join(dict.fromkeys(does(lever.kind) for lever in self.levers))


def does(kind: str) -> str:
    """What a lever of a kind does, in words."""
    return say(f"does.{kind}")


def permitted(kind: str) -> str:
    """The kind, when it is a lever. Raises SettingsError for what the marketplace forbids, with its rule and source."""
    if kind in FORBIDDEN:
        raise SettingsError(f"lever {kind!r}: not permitted: {FORBIDDEN[kind]}", "asking everyone alike is permitted")
    if kind not in KINDS:
        raise SettingsError(f"lever {kind!r}: expected one of {', '.join(KINDS)}")
    return kind


def presets() -> tuple[Scenario, ...]:
    """The scenarios of an account that names none."""
    named = {
        "quarter": Lever("fewer_bad", (0.25, 0.25)),
        "half": Lever("fewer_bad", (0.5, 0.5)),
        "more_orders": Lever("volume", orders=0.2),
        "removed": Lever("removals_won", removed=(1, 1.0)),
        "claims": Lever("claims_answered", (0.5, 0.5)),
        "handling_time": Lever("handling_time", (0.4, 0.7), ramp_days=14),
        "carrier": Lever("carrier", (0.2, 0.5), ramp_days=14),
        "offer": Lever("pause_offer", (1 / 3, 1 / 3), -0.1),
        "asked": Lever("ask_everyone", (0.0, 0.5)),
    }
    return tuple(Scenario(say(f"scenario.{key}"), (lever,), key in YARDSTICKS) for key, lever in named.items())
