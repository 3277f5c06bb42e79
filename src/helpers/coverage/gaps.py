"""Gaps: the days a judged window needs and files of a kind do not speak for, each with the download that closes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from helpers.coverage.case import Case, Missing, Proof, files
from helpers.coverage.days import Told
from helpers.coverage.runs import ONE, Run, missing
from helpers.sentences import say
from helpers.vocabulary import Exactness
from helpers.wording import day, days


def gaps(case: Case, kind: str, told: Told, needed: Sequence[Run]) -> tuple[Missing, ...]:
    """The gaps of a kind in the days needed; none where no file of it speaks for any day, for then it is not supplied."""
    if told.days.is_empty():
        return ()
    ends = min(first for first, _ in needed), max(last for _, last in needed)
    runs = [run for run in missing(told.known, *ends) if any(_overlap(run, one) for one in needed)]
    return tuple(gap(case, kind, run, told.days) for run in runs)


def gap(case: Case, kind: str, run: Run, told: pl.Series) -> Missing:
    """One gap in words: at the end or the beginning of the days told, or between two of them.

    The download is asked for over the whole of the time between two files, and to the day looked at.
    """
    of_kind, (first, last) = files(kind, case.store), run
    before, after = told.filter(told < first), told.filter(told > last)
    asked = (before[-1] + ONE if len(before) else first), (after[0] - ONE if len(after) else max(case.as_of, last))
    if after.is_empty():
        why = say("gap.end", files=of_kind, day=day(told[-1]))
    elif before.is_empty():
        why = say("gap.begin", files=of_kind, day=day(told[0]))
    else:
        why = say("gap.between", files=of_kind, days=days(*run))
    return Missing(why, kind, case.asking(kind, asked), first, last)


def touch_all(found: Iterable[Missing], windows: Sequence[Run]) -> bool:
    """Whether none of the windows is free of gaps."""
    runs = [(one.first_day, one.last_day) for one in found if one.first_day and one.last_day]
    return bool(runs) and all(any(_overlap(run, window) for run in runs) for window in windows)


def denied(proof: Proof, found: tuple[Missing, ...], windows: Sequence[Run], exactness: Exactness) -> Proof:
    """The proof with these gaps: a window one of them touches is not covered, so it is less exact only where all are."""
    return proof.but(*found, exactness=exactness if touch_all(found, windows) else "exact")


def _overlap(one: Run, other: Run) -> bool:
    return one[0] <= other[1] and one[1] >= other[0]
