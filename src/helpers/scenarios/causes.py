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
from helpers.scenarios.levers import KINDS, Cause, Lever, Part, Scenario, Spread, presets
from helpers.sentences import say
from helpers.vocabulary import FULFILMENTS
from helpers.wording import about, capital, day, fulfilled_by, share

OUTCOMES = ("order_defect_rate", "late_shipment_rate")  # the rates whose bad ones `drivers` looks into
LATELY = 90  # days whose orders say how much of those to come is of a cause


def name(cause: Cause) -> str:
    """`SKU L-3`, `carrier NORTH`, `orders of a Monday`."""
    level = fulfilled_by(cause.level) if cause.factor == "channel" and cause.level in FULFILMENTS else cause.level
    return say(f"cause.{cause.factor}", level=level)


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
            mended = say("scenario.mended", cause=name(cause))
            own[mended] = Scenario(mended, (Lever("fewer_bad", (1.0, 1.0), cause=cause),))
            if cause.factor == "sku":
                is_offer = True
                paused = say("scenario.paused", cause=name(cause))
                own[paused] = Scenario(paused, (Lever("pause_offer", (1.0, 1.0), cause=cause),))
        kept = (one for one in presets() if not (is_offer and any(lever.kind == "pause_offer" for lever in one.levers)))
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
            return [] if self.strongest or not self.audit.drivers.get_column("is_tested").any() else [say("no-cause")]
        return [sentence for cause in named for sentence in self._told(cause, scenarios, ahead)]

    def _told(self, cause: Cause, scenarios: tuple[Scenario, ...], ahead: list[Known]) -> Iterator[str]:
        rows = [row for metric in OUTCOMES if (row := self._row(cause, metric)) is not None]
        levers = [lever for one in scenarios for lever in one.levers if lever.cause == cause]
        meant = [row for row in rows if any(_is_meant(lever, row) for lever in levers)]
        if not meant:
            yield say("cause-unmoved", cause=capital(name(cause)), why="chance" if rows else "untold")
        for row in meant:
            yield _found(cause, row)
            for known in ahead:
                if known.verdict["metric"] == row["outcome"] and known.turned is not None:
                    yield say("cause-turned", day=day(known.turned))
                    break
            else:
                if row["is_gone"]:
                    yield say("cause-gone", day=day(row["last_day"]))

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


def _found(cause: Cause, row: DriverRow) -> str:
    least, likely, most = (
        about(min(max(row[end], 0), row["numerator"])) for end in ("excess_low", "excess", "excess_high")
    )
    return say(
        "cause-found",
        cause=capital(name(cause)),
        bad=share(row["numerator"], row["denominator"], "order"),
        rest=share(row["numerator_rest"], row["denominator_rest"], "order"),
        chance="beyond" if row["is_selected"] else "allows",
        total=row["numerator"] + row["numerator_rest"],
        least=least,
        likely=likely,
        most=most,
    )
