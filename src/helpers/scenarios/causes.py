"""A cause found by `drivers` → how much of a rate it is, and so the most that a lever which names it can take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import polars as pl

from helpers.audit import Audit
from helpers.drivers import DriverRow, factors
from helpers.intervals import LEVEL
from helpers.rows import VerdictRow, rows_of
from helpers.scenarios.known import Known
from helpers.scenarios.levers import KINDS, PRESETS, Cause, Lever, Part, Scenario, Spread
from helpers.vocabulary import FULFILMENTS
from helpers.wording import about, capital, day, fulfilled_by, plural, share

OUTCOMES = ("order_defect_rate", "late_shipment_rate")  # the rates whose bad ones `drivers` looks into
LATELY = 90  # days whose orders say how much of those to come is of a cause
WORDS = {
    "sku": "SKU {}",
    "carrier": "carrier {}",
    "ship_service": "ship service {}",
    "region": "region {}",
    "weekday": "orders of a {}",
    "handling": "a handling time of {}",
    "store": "{}",
    "channel": "orders where {}",
}
NOTHING = (
    "No offer, carrier, ship service, region, weekday, handling time, store or channel has more bad ones than chance allows: "
    "no scenario is made of one."
)


def name(cause: Cause) -> str:
    """`SKU L-3`, `carrier NORTH`, `orders of a Monday`."""
    level = fulfilled_by(cause.level) if cause.factor == "channel" and cause.level in FULFILMENTS else cause.level
    return WORDS[cause.factor].format(level)


@dataclass(frozen=True)
class Causes:
    """The causes of an account, and what each is of each rate."""

    audit: Audit

    @cached_property
    def placed(self) -> pl.DataFrame:
        """Every order with its level of each factor (drivers.factors.orders)."""
        return factors.orders(self.audit.account)

    @cached_property
    def strongest(self) -> list[DriverRow]:
        """Of each rate the cause with the most bad ones beyond the rest's rate: more than chance, still sold, and contradicted
        neither by the comparison within another factor nor by claims and returns."""
        found = self.audit.drivers.filter(
            "is_selected", ~pl.col("is_reversed"), ~pl.col("is_gone"), pl.col("excess_low") > 0
        ).filter(pl.col("claims_and_returns").ne_missing(pl.lit("against")))
        ordered = found.filter(pl.col("outcome").is_in(OUTCOMES)).sort("excess", descending=True, maintain_order=True)
        return list(rows_of(ordered.unique("outcome", keep="first", maintain_order=True), DriverRow))

    def presets(self) -> tuple[Scenario, ...]:
        """Where the account names no scenarios: the strongest cause of each rate mended, an offer also paused; and the presets,
        without the made-up offer where the files show a real one."""
        own: dict[str, Scenario] = {}
        is_offer = False
        for row in self.strongest:
            cause = Cause(row["factor"], row["level"])
            mended = f"{name(cause)} as good as the rest"
            own[mended] = Scenario(mended, (Lever("fewer_bad", (1.0, 1.0), cause=cause),))
            if cause.factor == "sku":
                is_offer = True
                paused = f"{name(cause)} paused"
                own[paused] = Scenario(paused, (Lever("pause_offer", (1.0, 1.0), cause=cause),))
        kept = (one for one in PRESETS if not (is_offer and any(lever.kind == "pause_offer" for lever in one.levers)))
        return (*own.values(), *kept)

    def under(self, scenario: Scenario, known: Known) -> Scenario | None:
        """A scenario as it works on one rate: of each cause it names what that is of the rate; None where it does not move it."""
        levers = []
        for lever in scenario.levers:
            if lever.cause is None:
                levers += [lever] if lever.moves(known.verdict["metric"], known.verdict["fulfilment"]) else []
            elif (part := self.part(lever, known)) is not None:
                levers.append(replace(lever, part=part))
        return replace(scenario, levers=tuple(levers)) if levers else None

    def part(self, lever: Lever, known: Known) -> Part | None:
        """What the cause a lever names is of one rate; None where it does not move the rate: another metric, a difference within
        chance that `metrics` does not name, no order of it lately, or a rate that turned since the cause was found."""
        row = None if lever.cause is None else self._row(lever.cause, known.verdict["metric"])
        if row is None or known.turned is not None or not _is_meant(lever, row):
            return None
        if not lever.moves(known.verdict["metric"], known.verdict["fulfilment"]):
            return None
        orders = self._of_orders(known.verdict, row)
        if orders == 0:
            return None
        rest = row["numerator_rest"] / max(row["denominator_rest"], 1)
        whole = orders * row["rate_shrunk"] + (1 - orders) * rest
        if whole == 0:
            return None

        def beyond(excess: float) -> float:  # Levin 1953, with the excess an order in the place of r₁ − r₀
            return orders * min(excess, row["numerator"]) / row["denominator"] / whole

        def of_bad(rate: float) -> float:
            return orders * rate / (orders * rate + (1 - orders) * rest)

        return Part(
            orders,
            Spread(of_bad(row["shrunk_low"]), of_bad(row["rate_shrunk"]), of_bad(row["shrunk_high"]), LEVEL),
            Spread(
                beyond(row["excess_low"]), beyond(row["excess"]), beyond(row["excess_high"]), row["level_of_interval"]
            ),
        )

    def told(self, scenarios: tuple[Scenario, ...], ahead: list[Known]) -> list[str]:
        """What is known of each cause the scenarios name, and where it moves no rate, why; one sentence where the files show none
        and none is named."""
        named = _named(scenarios)
        if not named:
            return [] if self.strongest or not self.audit.drivers.get_column("is_tested").any() else [NOTHING]
        return [sentence for cause in named for sentence in self._told(cause, scenarios, ahead)]

    def _told(self, cause: Cause, scenarios: tuple[Scenario, ...], ahead: list[Known]) -> Iterator[str]:
        rows = [row for metric in OUTCOMES if (row := self._row(cause, metric)) is not None]
        levers = [lever for one in scenarios for lever in one.levers if lever.cause == cause]
        meant = [row for row in rows if any(_is_meant(lever, row) for lever in levers)]
        if not meant:
            yield f"{capital(name(cause))}: {_why_not(rows)}; no rate is moved."
        for row in meant:
            yield f"{capital(name(cause))}: {_found(row)}"
            for known in ahead:
                if known.verdict["metric"] == row["outcome"] and known.turned is not None:
                    yield (
                        f"It is not tried on a rate that has turned since {day(known.turned)}: it was found in orders before."
                    )
                    break
            else:
                if row["is_gone"]:
                    yield f"Its last order is of {day(row['last_day'])}: there is nothing of it left to change."

    def _row(self, cause: Cause, metric: str) -> DriverRow | None:
        found = self.audit.drivers.filter(outcome=metric, factor=cause.factor, level=cause.level)
        return next(rows_of(found, DriverRow), None) if metric in OUTCOMES else None

    def _of_orders(self, verdict: VerdictRow, row: DriverRow) -> float:
        """The share of the rate's orders of the last 90 days told that are of the level, among those of which the files tell it."""
        of = self.placed.filter(pl.col("store") == verdict["marketplace"], pl.col(row["factor"]).is_not_null())
        if verdict["fulfilment"] in FULFILMENTS:
            of = of.filter(channel=verdict["fulfilment"])
        of = of.filter(pl.col("day") <= verdict["as_of"], pl.col("day") > verdict["as_of"] - timedelta(days=LATELY))
        of_level = of.filter(pl.col(row["factor"]) == row["level"])
        return of_level.height / of.height if of.height else 0.0


def _named(scenarios: tuple[Scenario, ...]) -> list[Cause]:
    return list(dict.fromkeys(lever.cause for one in scenarios for lever in one.levers if lever.cause is not None))


def _is_meant(lever: Lever, row: DriverRow) -> bool:
    """Whether a lever moves a rate through its cause: where the difference is beyond chance, or the rate is named; an offer that
    is paused takes its bad ones with it whatever they are due to."""
    if lever.metrics:
        return row["outcome"] in lever.metrics
    return KINDS[lever.kind].takes_orders or (row["is_selected"] and row["excess"] > 0)


def _why_not(rows: list[DriverRow]) -> str:
    if not rows:
        return "fewer than 20 orders of the last year that are old enough, or no file that tells their bad ones"
    return "not more bad ones than chance allows"


def _found(row: DriverRow) -> str:
    bad = share(row["numerator"], row["denominator"], "order")
    rest = share(row["numerator_rest"], row["denominator_rest"], "order")
    least, likely, most = (
        about(min(max(row[end], 0), row["numerator"])) for end in ("excess_low", "excess", "excess_high")
    )
    chance = "" if row["is_selected"] else ", which chance allows"
    total = plural(row["numerator"] + row["numerator_rest"], "bad one")
    return (
        f"{bad} in a year, the rest {rest}{chance}. Only what is beyond the rest’s rate can go: of {total} about "
        f"{likely}, between {least} and {most}. That is where they stand, not why."
    )
