"""What a charge means in the words of the kit: which rate, which store and channel, over which days, against which target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from helpers import windows
from helpers.audit import Audit
from helpers.cases import Charge
from helpers.targets import Target
from helpers.verdicts import Limit
from helpers.vocabulary import MERCHANT, METRICS, Metric, MustBe
from helpers.wording import aimed

SENSES: dict[str, MustBe] = {"below": "below", "not_above": "at_most", "at_least": "at_least", "above": "above"}


@dataclass(frozen=True)
class Span:
    """The days of a window. `is_printed`: the letter names them; else the rules of the day of the letter do."""

    first: date
    last: date
    is_printed: bool

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Aim:
    """The target a charge is held against, in words, and the share of bad ones it allows."""

    words: str
    limit: Limit
    is_printed: bool
    min_count: int | None = None


@dataclass(frozen=True)
class Meant:
    """A charge about a rate the files may tell.

    fulfilment, groups   whose orders; `is_channel_printed`: the letter says which channel
    spans                the windows it can mean, the longest first: several only where the letter prints none
    """

    charge: Charge
    metric: Metric
    marketplace: str
    fulfilment: str
    groups: tuple[str | None, ...]
    spans: tuple[Span, ...]
    aim: Aim | None
    is_channel_printed: bool

    def series(self, daily: pl.DataFrame) -> list[pl.DataFrame]:
        """The counts a day of each of its groups."""
        same = daily.filter(
            pl.col("metric") == self.metric.key,
            pl.col("marketplace") == self.marketplace,
            pl.col("fulfilment") == self.fulfilment,
        )
        return [same.filter(pl.col("group").eq_missing(pl.lit(group))) for group in self.groups]


def of(charge: Charge, audit: Audit, store: str) -> Meant | None:
    """What a charge means; None for one that is about no rate of the kit: a rule, a check, a rating in points."""
    metric = METRICS.get(_key(charge))
    if metric is None or metric.rows == "reported":
        return None
    channels = [one for one in audit.account.fulfilments if one in metric.fulfilments]
    fulfilment = charge.fulfilment or (channels[0] if channels else MERCHANT)
    if metric.rows in ("feedback", "traffic"):
        fulfilment = "all"
    is_printed = charge.fulfilment is not None or len(channels) <= 1 or fulfilment == "all"
    known = audit.daily.filter(pl.col("metric") == metric.key, pl.col("marketplace") == store)
    groups = known.get_column("group").unique().sort().to_list() if metric.group else [None]
    if charge.category is not None and metric.group:
        groups = [one for one in groups if one is not None and one.casefold() == charge.category.casefold()]
    spans = tuple(_spans(charge, audit, metric, store, fulfilment))
    aim = _aim(charge, audit, metric, store, fulfilment, spans)
    return Meant(charge, metric, store, fulfilment, tuple(groups), spans, aim, is_printed)


def _key(charge: Charge) -> str:
    """The rate of a subject. Old letters print the negative share of the ratings received as the score."""
    is_negative = charge.figure is None or Fraction(charge.figure) < Fraction(1, 2)
    return "negative_share" if charge.subject == "feedback_score" and is_negative else charge.subject


def _spans(charge: Charge, audit: Audit, metric: Metric, store: str, fulfilment: str) -> list[Span]:
    if charge.window_from and charge.window_to:
        return [Span(charge.window_from, charge.window_to, True)]
    if charge.window_to and charge.window_days:
        return [Span(charge.window_to - timedelta(days=charge.window_days - 1), charge.window_to, True)]
    usual = windows.of(metric.key, store, fulfilment, audit.day, audit.rules)
    if charge.window_days:
        lag = next((one.lag_days for one in usual if one.days == charge.window_days), None)
        lag = lag if lag is not None else usual[0].lag_days if usual else metric.lag_days
        usual = (windows.Window(charge.window_days, lag),)
    found = []
    for one in sorted(usual, key=lambda one: -one.days):
        last = audit.day - timedelta(days=one.lag_days)
        found.append(Span(last - timedelta(days=one.days - 1), last, False))
    return found


def _aim(
    charge: Charge, audit: Audit, metric: Metric, store: str, fulfilment: str, spans: tuple[Span, ...]
) -> Aim | None:
    """The printed target; without one the row in force on the day; None where neither judges."""
    lengths = {span.days for span in spans}
    rows = [row for row in audit.rules(metric.key, store, fulfilment, audit.day) if row.is_judged]
    same = [row for row in rows if row.window_days in lengths] or rows
    row = same[0] if same else None
    if charge.target is None:
        return None if row is None else _words(row, is_printed=False)
    is_same = row is not None and row.value is not None and Fraction(row.value) == Fraction(charge.target)
    usual: MustBe = row.must_be if is_same and row is not None else "at_least" if metric.good_is == "high" else "below"
    must_be = SENSES.get(charge.target_sense or "", usual)
    floor = row.min_count if row is not None else None
    printed = Target(metric.key, (store,), fulfilment, must_be, "the letter", "", value=charge.target, min_count=floor)
    return _words(printed, is_printed=True)


def _words(row: Target, *, is_printed: bool) -> Aim:
    words = aimed(row.must_be, row.known)
    return Aim(words, Limit.of(row), is_printed, row.min_count)
