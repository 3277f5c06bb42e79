"""An audit and what could come of it: every judged rate drawn ahead, and every scenario of the account beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.audit import Audit
from helpers.frames import SERIES, empty
from helpers.metrics.calendar import arrays
from helpers.metrics.windows import visible
from helpers.rows import VerdictRow, rows_of
from helpers.scenarios import effects, moved, scenarios_file
from helpers.scenarios.ahead import Ahead
from helpers.scenarios.causes import Causes
from helpers.scenarios.known import Known, known
from helpers.scenarios.levers import Scenario
from helpers.sentences import say
from helpers.vocabulary import METRICS

ORDER_DEFECTS = "order_defect_rate"


@dataclass(frozen=True)
class Outlook:
    """What is to come of one account, each part computed when first asked for.

    audit   what is known · days  how far ahead
    more    whether scenarios with more bad ones than now can be drawn
    """

    audit: Audit
    days: int = 365
    more: bool = True

    @cached_property
    def ahead(self) -> list[Ahead]:
        """Every judged rate when nothing changes, worst first. Parts of a rate are not drawn apart."""
        return [Ahead.of(one, self.days, more=self.more) for one in known(self.audit)]

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """What the account could change: its scenarios.toml, else the causes its files show and the presets."""
        return self.causes.presets() if self._own is None else self._own[0]

    @cached_property
    def _own(self) -> tuple[tuple[Scenario, ...], list[str]] | None:
        """Those of scenarios.toml that are still to come, and the names of those that began long ago."""
        said = scenarios_file.read(self.audit.account)
        return None if said is None else scenarios_file.to_come(said, self.audit.day)

    @cached_property
    def causes(self) -> Causes:
        """The causes its files show, and what each is of each rate."""
        return Causes(self.audit)

    @property
    def told_of_scenarios(self) -> list[str]:
        """Where the sizes of the scenarios come from: assumptions of the kit, what is left out because it began long ago, and
        what is known of each cause (Causes.told)."""
        begun = [] if self._own is None else self._own[1]
        assumed = [say("scenarios-assumed")] if self._own is None else []
        assumed += [say("scenarios-begun", names=begun, days=scenarios_file.LONG_PAST)] if begun else []
        return [*assumed, *self.causes.told(self.scenarios, [one.known for one in self.ahead])]

    @cached_property
    def projection(self) -> pl.DataFrame:
        """The `projection` frame: every rate when nothing changes, and under each scenario that moves it."""
        every = [*self.ahead, *(one for ahead in self.ahead for one in self.changed(ahead))]
        return pl.concat([empty("projection"), *(one.projection for one in every)])

    def changed(self, ahead: Ahead) -> Iterator[Ahead]:
        """A rate under each scenario that moves it, one after the other: each holds a whole year of futures."""
        for one in self.scenarios:
            if (here := self.causes.under(one, ahead.known)) is not None:
                yield effects.under(ahead, here, self.parts)

    @cached_property
    def parts(self) -> dict[str, float]:
        """Of the bad ones of the order defect rate in the files, the share of each part; empty where none is told."""
        bad = visible(self.audit.daily, self.audit.day).filter(pl.col("numerator") > 0)
        parts = [key for key, metric in METRICS.items() if metric.part_of == ORDER_DEFECTS]
        return effects.parts_of([(key, int(bad.filter(metric=key).get_column("numerator").sum())) for key in parts])

    @cached_property
    def by_urgency(self) -> list[Ahead]:
        """The rates in the order in which they need attention: over first, then the likeliest to be within 90 days."""
        return sorted(self.ahead, key=lambda one: (not one.is_over, -float(one.by_day[min(90, self.days) - 1])))

    @property
    def deciding(self) -> Ahead | None:
        """The first of them; None where none can be looked ahead of."""
        return next(iter(self.by_urgency), None)

    @cached_property
    def moved(self) -> pl.DataFrame:
        """What sliders move of the deciding rate (scenarios.moved); empty where there is none."""
        return moved.moved(self.deciding, self.parts) if self.deciding else pl.DataFrame()

    def seen(self, known: Known) -> NDArray[np.int64]:
        """[days back, order day] bad ones of a rate that were seen by each day of its past; 0 back is the day looked at."""
        key = known.verdict
        of = visible(self.audit.daily, known.day).filter(pl.col(name).eq_missing(pl.lit(key[name])) for name in SERIES)
        size, counts = len(known.orders), arrays(of)
        day = (known.day - counts.first).days
        placed, seen = size - 1 - day + counts.placed, day - counts.seen
        found = np.zeros((size + 1, size), np.int64)
        np.add.at(found, (np.clip(seen, 0, size), placed), counts.numerator)
        found = found[::-1].cumsum(axis=0)[::-1]  # what was seen so many days ago was seen since
        return np.clip(known.orders - found, 0, None) if METRICS[key["metric"]].good_is == "high" else found

    @cached_property
    def untold(self) -> list[VerdictRow]:
        """The judged rates that are not looked ahead of: nothing of them is counted day by day."""
        looked_at = [one.known.verdict for one in self.ahead]
        return [row for row in rows_of(self.audit.verdicts, VerdictRow) if row not in looked_at]

    def any_missed(self, days: int) -> float | None:
        """The chance that at least one target met today is missed within so many days; None where none is met.

        Each rate keeps its own chances. How they go together is taken from the past: whole days of the account are drawn
        together, all rates of a day at once, and the futures of each rate are put into the order of those (Clark et al.
        2004, the Schaake shuffle).
        """
        met = [one for one in self.ahead if not one.is_over]
        if not met:
            return None
        paths = min(one.futures.paths for one in met)
        missed = np.zeros(paths, bool)
        for one, template in zip(met, _templates(met, days, paths), strict=True):
            worst = one.left[:paths, :days].min(axis=1)  # the least that is ever left
            ordered = np.sort(worst)[np.argsort(np.argsort(template))]
            is_missed = np.zeros(paths, bool)
            share = float(((one.courses.first > 0) & (one.courses.first <= days))[:paths].mean())
            is_missed[np.argsort(ordered, kind="stable")[: round(share * paths)]] = True
            missed |= is_missed
        return float(missed.mean())


def _templates(met: list[Ahead], days: int, paths: int) -> list[np.ndarray]:
    """[path] of each rate: how many bad ones fewer than usual whole days of the past, drawn together, would bring."""
    size = min(len(one.known.orders) for one in met)
    chosen = np.random.default_rng(7).integers(max(size - 365, 0), size, (paths, min(days, 60)))
    noise = np.random.default_rng(8).random(paths) * 1e-6
    return [-(one.known.bad[-size:][chosen].sum(axis=1)) + noise for one in met]


def of(audit: Audit, days: int = 365, *, more: bool = True) -> Outlook:
    """What could come of an account."""
    return Outlook(audit, days, more)
