"""What the files hold over the window of a charge, as it could be seen on the day of the letter, and how exact that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from helpers import coverage, referee, windows
from helpers.audit import Audit
from helpers.evidence.meant import Aim, Meant, Span
from helpers.sentences import say
from helpers.verdicts import bears
from helpers.vocabulary import Exactness, Metric

BACK = 180  # days in which an older window with the letter's very count is looked for


@dataclass(frozen=True)
class Counted:
    """The files' own count over one window.

    at_its_end   the numerator as it stood when the window was judged: a letter can print what it held then
    is_covered   whether they tell every day of it
    is_met       of the target; None without a target or an order
    bears        whether a figure this exact bears that word
    missing      what keeps it from being exact, in a client's words; download: what closes that
    """

    span: Span
    numerator: int
    at_its_end: int
    denominator: int
    is_covered: bool
    exactness: Exactness
    is_met: bool | None
    bears: bool
    missing: tuple[str, ...] = ()
    download: tuple[str, ...] = ()

    @property
    def is_judged(self) -> bool:
        return self.is_covered and self.denominator > 0 and self.exactness != "impossible"


@dataclass(frozen=True)
class Older:
    """An earlier window that held the letter's very count.

    judged_on    the day after what had been seen of it when it was judged
    printed_in   the marketplace's own file that prints this very count for it; None: none does
    others       how many other windows held it too
    """

    span: Span
    judged_on: date
    printed_in: str | None = None
    others: int = 0


def counted(meant: Meant, span: Span, audit: Audit) -> Counted:
    """The count of one window; of several groups where the letter names none, their sum."""
    letter = audit.day + timedelta(days=1)  # what was seen before it could be in it
    judged_on = min(span.last + timedelta(days=_lag(meant, audit) + 1), letter)
    series = meant.series(audit.daily)
    parts = [referee.over(one, span.first, span.last, letter) for one in series]
    then = sum(referee.over(one, span.first, span.last, judged_on)[0] for one in series)
    x, n = sum(part[0] for part in parts), sum(part[1] for part in parts)
    covered = bool(parts) and all(part[2] for part in parts)
    exactness, missing, download = _proof(meant, span, audit)
    is_met = _is_met(meant.aim, meant.metric, x, n)
    is_borne = covered and n > 0 and is_met is not None and _bears(is_met, exactness, meant.metric)
    return Counted(span, x, then, n, covered, exactness, is_met, is_borne, missing, download)


def _lag(meant: Meant, audit: Audit) -> int:
    """The days after which a window of this rate is judged, by the rules of the day."""
    usual = windows.of(meant.metric.key, meant.marketplace, meant.fulfilment, audit.day, audit.rules)
    return usual[0].lag_days if usual else meant.metric.lag_days


def _is_met(aim: Aim | None, metric: Metric, x: int, n: int) -> bool | None:
    return None if aim is None or n == 0 else aim.limit.is_met(metric.bad_of(x, n), n)


def _bears(is_met: bool, exactness: Exactness, metric: Metric) -> bool:
    return bears("met" if is_met else "breached", exactness, metric)


def _proof(meant: Meant, span: Span, audit: Audit) -> tuple[Exactness, tuple[str, ...], tuple[str, ...]]:
    """How exactly the files can tell the window. A window that the day's rules do not judge is proved no better than
    on the day it would have been judged, and one longer than those no better than as a bound."""
    usual = _proof_on(meant, audit)
    if usual is None:
        return "impossible", (say("charge-lacks.rate"),), ()
    exactness, missing, download = usual
    judged = _windows(meant, audit)
    if exactness != "exact" or (judged and min(judged)[0] <= span.first and span.last <= max(end for _, end in judged)):
        return exactness, missing, download
    judged_on = min(span.last + timedelta(days=_lag(meant, audit)), audit.day)
    then = _proof_on(meant, audit.on(judged_on, (meant.metric.key,)))
    reaches = not judged or span.days <= max((end - start).days + 1 for start, end in judged)
    if then is not None and then[0] == "exact" and reaches:
        return "exact", (), ()
    bound: Exactness = "upper_bound" if meant.metric.good_is == "high" else "lower_bound"
    return bound, (*missing, say("charge-lacks.window")), download


def _windows(meant: Meant, audit: Audit) -> list[tuple[date, date]]:
    """The windows the rules of the day judge."""
    same = audit.counted.filter(
        pl.col("day") == audit.day,
        pl.col("metric") == meant.metric.key,
        pl.col("marketplace") == meant.marketplace,
        pl.col("fulfilment") == meant.fulfilment,
    )
    return [(start, end) for start, end in same.select("window_start", "window_end").drop_nulls().unique().iter_rows()]


def _proof_on(meant: Meant, audit: Audit) -> tuple[Exactness, tuple[str, ...], tuple[str, ...]] | None:
    same = audit.covered.filter(
        pl.col("metric") == meant.metric.key,
        pl.col("marketplace") == meant.marketplace,
        pl.col("fulfilment") == meant.fulfilment,
    )
    if same.is_empty():
        return None
    row = same.row(0, named=True)
    exactness = row["exactness"] if row["is_told"] else "impossible"
    return exactness, tuple(row["missing"]), tuple(coverage.advice(row))


def as_printed(meant: Meant, found: Counted) -> bool:
    """Whether the letter's figure is the files' own: the very count, else the share at its printed precision."""
    charge = meant.charge
    if charge.count is not None and charge.out_of is not None:
        return charge.count in (found.numerator, found.at_its_end) and charge.out_of == found.denominator
    if charge.count is not None:
        return charge.count in (found.numerator, found.at_its_end)
    if charge.figure is None or found.denominator == 0:
        return False
    digits = len(charge.figure.partition(".")[2])
    return abs(Fraction(found.numerator, found.denominator) - Fraction(charge.figure)) * 10**digits <= Fraction(1, 2)


def older_window(meant: Meant, span: Span, audit: Audit) -> Older | None:
    """An earlier window of the same length that held the letter's very count, as it stood when it was judged: a letter can be
    of an older day, also where it prints another. One the marketplace's own file prints comes first, then the newest. Of
    several groups where the letter names none, their sum. None where the letter prints no count or no such window is known."""
    charge = meant.charge
    if charge.count is None or charge.out_of is None:
        return None
    lag = (audit.day - span.last).days if not span.is_printed else _lag(meant, audit)
    every, held = meant.series(audit.daily), []
    for back in range(1, BACK + 1):
        last = span.last - timedelta(days=back)
        first, judged_on = last - timedelta(days=span.days - 1), last + timedelta(days=lag + 1)
        parts = [referee.over(one, first, last, judged_on) for one in every]
        x, n = sum(part[0] for part in parts), sum(part[1] for part in parts)
        if parts and all(part[2] for part in parts) and (x, n) == (charge.count, charge.out_of):
            held.append(Older(Span(first, last, False), judged_on))
    printed = _printed(meant, audit)
    known = next((replace(one, printed_in=printed[one.span.last]) for one in held if one.span.last in printed), None)
    found = known or next(iter(held), None)
    return found and replace(found, others=len(held) - 1)


def _printed(meant: Meant, audit: Audit) -> dict[date, str]:
    """The last days of the windows for which a file of the marketplace prints the letter's very count, with the file."""
    same = audit.account.snapshots.filter(
        pl.col("metric") == meant.metric.key,
        pl.col("marketplace") == meant.marketplace,
        pl.col("numerator") == meant.charge.count,
        pl.col("denominator") == meant.charge.out_of,
        pl.col("window_end").is_not_null(),
    )
    return dict(same.select("window_end", "source_file").iter_rows())
