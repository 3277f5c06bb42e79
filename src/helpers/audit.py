"""One account on one day: read, covered, counted, put into windows and judged. The pipeline stands here and nowhere else.

Notebooks, gallery, sensitivity and results all look at an `Audit`, so that no two of them can differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from helpers import (
    actions,
    coverage,
    drivers,
    exports,
    feedback,
    history,
    marks,
    maturity,
    metrics,
    referee,
    signals,
    tallies,
    targets,
    verdicts,
)
from helpers.sentences import write_like
from helpers.vocabulary import METRICS, Account


@dataclass(frozen=True)
class Audit:
    """Everything known of one account on one day, each part computed when first asked for and then kept.

    account   with the readings of the rules that were in force on the day
    day       the last day looked at
    today     what lay in the future when the files were read
    metrics   the rates that are counted; all by default
    Frames are those of docs/frames.md. Nothing is read again and no part changes once it is there.
    """

    account: Account
    day: date
    today: date
    metrics: tuple[str, ...] = tuple(METRICS)

    @cached_property
    def rules(self) -> targets.Rules:
        """The targets in force for this account, as its own files and its account.toml change them."""
        return targets.rules(self.account, self.day)

    @cached_property
    def proofs(self) -> list[coverage.Proved]:
        """How exactly the files can prove each rate, and what is missing (coverage.proofs)."""
        return coverage.proofs(self.account, self.day, self.metrics, self.today, self.rules)

    @cached_property
    def covered(self) -> pl.DataFrame:
        """The same as a frame (coverage.of_metrics)."""
        return coverage.table(self.proofs)

    @cached_property
    def gaps(self) -> pl.DataFrame:
        """The days judged rates need and files do not speak for: the `gaps` frame."""
        return coverage.gaps(self.proofs)

    @cached_property
    def holes(self) -> pl.DataFrame:
        """Every hole between files of one kind, older than every window too: the `holes` frame."""
        return coverage.holes(self.account, self.day)

    @cached_property
    def daily(self) -> pl.DataFrame:
        """The counts a day: the `daily` frame. A rate whose bad ones no file can tell has none: nought would be a lie."""
        untold = self.covered.filter(~pl.col("is_told"), pl.col("exactness") == "impossible")
        found = metrics.daily(self.account, self.metrics)
        return found.join(untold, on=["account", "marketplace", "metric", "fulfilment"], how="anti")

    @cached_property
    def dated(self) -> pl.DataFrame:
        """`daily` of the bad ones alone that have a day of their own: those dated by their file tell nothing of delays."""
        account = maturity.with_dated_defects(self.account)
        is_same = account.defects.height == self.account.defects.height
        return self.daily if is_same else replace(self, account=account).given(covered=self.covered).daily

    @cached_property
    def curves(self) -> dict[str, maturity.Curve]:
        """By rate, the share of its bad ones that has been reported by each age of an order (maturity.curves)."""
        return maturity.curves(self.dated, self.daily, self.day)

    @cached_property
    def watches(self) -> list[signals.Watch]:
        """The judged rates under both watches, on reports as they come in (signals.watches)."""
        return signals.watches(self.account, self.daily, self.rules, self.day)

    @cached_property
    def signals(self) -> pl.DataFrame:
        """What the watches say on the day: the `signals` frame."""
        return signals.signals(self.watches, self.covered, self.day)

    @cached_property
    def watched(self) -> pl.DataFrame:
        """What was reported on each day, beside what was due: the `watched` frame."""
        return signals.watched(self.watches)

    @cached_property
    def control(self) -> pl.DataFrame:
        """The judged rates as mature cohorts on control charts: the `control` frame."""
        return signals.control(self.daily, self.curves, self.rules, self.account.events, self.day)

    @cached_property
    def drivers(self) -> pl.DataFrame:
        """Where bad ones come from, level by level: the `drivers` frame."""
        return drivers.drivers(self.account, self.curves, self.day)

    @cached_property
    def returned(self) -> pl.DataFrame:
        """Returns and refunds by SKU and reason: the `returned` frame."""
        return drivers.returned(self.account, self.day)

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The windows counted from the files, on every day up to this one: the `trailing` frame."""
        return metrics.trailing(self.daily, self.rules, self.day, self.lumps)

    @cached_property
    def lumps(self) -> pl.DataFrame:
        """How the bad ones of each judged window come in lumps: the `lumps` frame."""
        return metrics.lumps(self.daily, self.rules, self.day)

    @cached_property
    def trailing(self) -> pl.DataFrame:
        """`counted`, and the marketplace's own figures where the files give none: the windows that are judged.

        A store's rate of the day stands there once: where the marketplace's figure judges, ours of that day does not.
        """
        own = referee.as_trailing(self.account.snapshots, self.counted, self.day)
        own = own.filter(pl.col("metric").is_in(self.metrics))
        ours = self.counted.join(own, on=["marketplace", "metric", "fulfilment", "day"], how="anti")
        return pl.concat([ours, own])

    @cached_property
    def roll_off(self) -> pl.DataFrame:
        """When each bad one leaves its window, if no new one came: the `roll_off` frame."""
        return metrics.roll_off(self.daily, self.rules, self.day)

    @cached_property
    def leaving(self) -> pl.DataFrame:
        """The days of `roll_off` on which a bad one leaves a judged rate."""
        return metrics.leaving(self.roll_off, self.verdicts)

    @cached_property
    def compared(self) -> pl.DataFrame:
        """The marketplace's own figures beside ours (referee.compare)."""
        return referee.compare(self.daily, self.account.snapshots, self.day)

    @cached_property
    def verdicts(self) -> pl.DataFrame:
        """One judged row a rate and window, worst first: the `verdicts` frame."""
        return verdicts.judge(
            self.trailing,
            self.rules,
            self.day,
            roll_off=self.roll_off,
            coverage=self.covered,
            compared=self.compared,
            lumps=self.lumps,
        )

    @cached_property
    def standing(self) -> pl.DataFrame:
        """The orders with a defect in each judged window (metrics.standing), with keys in place of order numbers."""
        return exports.with_keys(metrics.standing(self.account, self.verdicts), self.account)

    @cached_property
    def arrivals(self) -> pl.DataFrame:
        """The day on which each bad one entered its window (metrics.arrivals)."""
        return metrics.arrivals(self.daily, self.rules, self.day)

    @cached_property
    def changes(self) -> pl.DataFrame:
        """What moved each figure since the month before: the `changes` frame."""
        return metrics.changes(self.daily, self.rules, self.day, metrics.month_before(self.day))

    @cached_property
    def earlier(self) -> pl.DataFrame:
        """The windows of the year before each judged one, as they stood: the `earlier` frame."""

        def on(day: date, metrics: tuple[str, ...]) -> history.Day:
            then = self.on(day, metrics)
            return history.Day(then.rules, then.daily, then.covered)

        return history.earlier(self.verdicts, self.daily, on)

    @cached_property
    def past(self) -> pl.DataFrame:
        """Whether each target was missed before: the `past` frame."""
        return history.past(self.earlier, self.verdicts, self.lumps)

    @cached_property
    def movement(self) -> pl.DataFrame:
        """Whether each rate moved: the `movement` frame."""
        return history.movement(self.earlier, self.verdicts, self.lumps)

    @cached_property
    def record(self) -> pl.DataFrame:
        """What the record before a weak miss explains: the `record` frame."""
        return history.record(self.earlier, self.verdicts, self.lumps)

    @cached_property
    def ripening(self) -> list[maturity.Ripening]:
        """The judged rates whose bad ones are reported late, each with its curve and how nowcasts of its past did."""
        return maturity.ripenings(self.verdicts, self.daily, self.dated, self.curves, self.day)

    @cached_property
    def cohorts(self) -> pl.DataFrame:
        """Weeks of orders with the bad ones visible and those there will be: the `cohorts` frame."""
        return maturity.cohorts(self.ripening)

    @cached_property
    def maturity(self) -> pl.DataFrame:
        """What is visible of each judged window and what there will be: the `maturity` frame."""
        return maturity.maturity(self.ripening, self.verdicts, maturity.removals(self.account, self.day))

    @cached_property
    def decided(self) -> pl.DataFrame:
        """The days to come that are decided except for late reports: the `decided` frame."""
        return maturity.decided(self.ripening, self.verdicts, self.counted)

    @cached_property
    def actions(self) -> pl.DataFrame:
        """What came of each event of account.toml: the `actions` frame."""
        known = (self.verdicts, self.daily, self.dated, self.curves, self.covered, self.gaps, self.holes)
        return actions.actions(actions.Known(self.account, self.day, *known))

    @cached_property
    def beside(self) -> pl.DataFrame:
        """The same bad feedback over the feedback received and over the orders (feedback.beside)."""
        return feedback.beside(self.account, self.verdicts)

    @cached_property
    def marketplace_marks(self) -> pl.DataFrame:
        """The marketplace's own words with its figures, what it marks bad first (marks.of)."""
        return marks.of(self.account.snapshots, self.day)

    @cached_property
    def tallies(self) -> pl.DataFrame:
        """What the files count besides the judged rates (tallies.of)."""
        return tallies.of(self.account, self.day)

    def under(self, readings: dict[str, str], metrics: Iterable[str] | None = None) -> Audit:
        """The same account and day under other readings of the rules' open points, with these rates alone."""
        account = replace(self.account, options={**self.account.options, **readings})
        return replace(self, account=account, metrics=self.metrics if metrics is None else tuple(metrics))

    def on(self, day: date, metrics: Iterable[str] | None = None) -> Audit:
        """The same account on an earlier day, by the rules of that day, with these rates alone.

        Its counts are the very same while the same readings of the rules were in force.
        """
        account = targets.with_rules_of(self.account, day)
        then = replace(self, account=account, day=day, metrics=self.metrics if metrics is None else tuple(metrics))
        return then.given(daily=self.daily) if account.era == self.account.era else then

    def given(self, **parts: pl.DataFrame) -> Audit:
        """The same audit with these parts as they are given instead of computed: for figures that no account has.

        Raises TypeError for a part there is not.
        """
        made = replace(self)
        for name, part in parts.items():
            if not isinstance(getattr(Audit, name, None), cached_property):
                raise TypeError(f"expected a part of an audit, found {name!r}")
            vars(made)[name] = part
        return made


def of(account_folder: str | Path, as_of: str | date = "", today: str | date = "") -> Audit:
    """The audit of the account in a folder, and from here on numbers and days are written in that account's way.

    as_of   the last day looked at (ISO text); empty: the last complete day of the files
    today   what lies after it is in the future and rejected (ISO text); empty: the computer's date
    Raises SettingsError for a folder, an account.toml or a day that cannot be used, and ExportError when the files hold
    nothing to report on or leave open what a judged figure needs.
    """
    now = coverage.read_day("today", today) or date.today()  # noqa: DTZ011 - the user's own calendar
    account = exports.read(account_folder, now)
    write_like(account.locale)
    day = coverage.day_looked_at(account, as_of)
    found = Audit(targets.with_rules_of(account, day), day, now)
    if account.questions:
        coverage.demand_answers(found.account, found.covered, found.trailing.filter(pl.col("source") == "marketplace"))
    return found
