"""What one row of each frame of history is once it travels by itself, as in helpers.rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from helpers.rows import KeyRow
from helpers.vocabulary import Exactness, MustBe

if TYPE_CHECKING:
    from typing_extensions import ReadOnly

Past = Literal["first", "again", "all", "none", "before", "not_known"]  # whether a target was missed in the year before
Movement = Literal["rising", "falling", "about_the_same", "cannot_be_told"]
ComparedWith = Literal["window_before", "year_before"]


class EarlierRow(KeyRow):
    day: date
    window_start: date
    window_end: date
    block: int
    numerator: int
    denominator: int
    squares_days: int
    squares_weeks: int
    is_known: bool
    is_alike: bool
    exactness: Exactness
    target: ReadOnly[str | None]
    must_be: ReadOnly[MustBe | None]


class JudgedEarlierRow(EarlierRow):
    """An earlier window that a target judged on its own day."""

    target: ReadOnly[str]
    must_be: ReadOnly[MustBe]


class PastRow(KeyRow):
    word: Past
    block_days: int | None
    blocks: int
    blocks_missed: int
    blocks_undecided: int
    blocks_not_known: int
    windows: int
    windows_missed: int
    chance_missed: float | None
    numerator: int
    denominator: int
    exactness: Exactness


class MovementRow(KeyRow):
    word: Movement
    compared_with: ComparedWith | None
    numerator: int
    denominator: int
    numerator_before: int | None
    denominator_before: int | None
    exactness_before: Exactness | None
    p_before: float | None
    p_before_holm: float | None
    numerator_year: int | None
    denominator_year: int | None
    exactness_year: Exactness | None
    p_year: float | None
    p_year_holm: float | None


class RecordRow(KeyRow):
    days: int
    numerator: int
    denominator: int
    exactness: Exactness
    posterior_met: ReadOnly[float | None]
    p_worse: ReadOnly[float | None]
    chance_missed: ReadOnly[float | None]
    is_told: bool


class ToldRecordRow(RecordRow):
    """A record that explains the miss after it."""

    posterior_met: ReadOnly[float]
    p_worse: ReadOnly[float]
    chance_missed: ReadOnly[float]
