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

from helpers import coverage, exports, feedback, marks, metrics, referee, tallies, targets, verdicts, wording
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
    def covered(self) -> pl.DataFrame:
        """How exactly the files can prove each rate (coverage.of_metrics)."""
        return coverage.of_metrics(self.account, self.day, self.metrics)

    @cached_property
    def daily(self) -> pl.DataFrame:
        """The counts a day: the `daily` frame."""
        return metrics.daily(self.account, self.metrics)

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The windows counted from the files, on every day up to this one: the `trailing` frame."""
        return metrics.trailing(self.daily, self.rules, self.day)

    @cached_property
    def trailing(self) -> pl.DataFrame:
        """`counted`, and the marketplace's own figures where the files give none: the windows that are judged."""
        own = referee.as_trailing(self.account.snapshots, self.counted, self.day)
        return pl.concat([self.counted, own.filter(pl.col("metric").is_in(self.metrics))])

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
    wording.write_like(account.locale)
    day = coverage.day_looked_at(account, as_of)
    found = Audit(targets.with_rules_of(account, day), day, now)
    coverage.demand_answers(found.account, found.covered)
    return found
