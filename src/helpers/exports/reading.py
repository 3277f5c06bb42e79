"""What reading one file gives, and what a reader may know besides the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from helpers.exports.settings import ColumnMap, Settings
from helpers.frames import first_day, last_day
from helpers.vocabulary import Question
from helpers.wording import count

ORDER_ID = r"^(?:\d{3}|S\d{2})-\d{7}-\d{7}$"  # S..: goods shipped for another shop


@dataclass(frozen=True)
class Known:
    """What a reader may use besides the file's own text.

    columns   the entry of [columns] in account.toml whose glob matches the file, if any
    order_days   order_id → day, from the order files (empty while those are being read)
    """

    path: str
    settings: Settings
    today: date
    columns: ColumnMap | None = None
    order_days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One file's good rows, its rejected rows as (line, reason), and what is odd about it.

    rows     the frame the report gives (recognise.REPORTS says which); `also` the further frames, by name
    reaches  the last day the file can speak for
    covers   what the file tells in full from its first day to its last, such as "orders"; None: nothing in full
    rows_are of a list: only bad orders, or every one that was judged
    """

    rows: pl.DataFrame
    rejected: tuple[tuple[int | None, str], ...] = ()
    also: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    kept: int | None = None  # counted in the file's own rows where these are not the rows of `rows`
    first_day: date | None = None
    last_day: date | None = None
    reaches: date | None = None
    covers: str | None = None
    rows_are: str | None = None
    marketplaces: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    question: Question | None = None
    report: str | None = None  # a closer name than the one it was recognised by

    @property
    def rows_kept(self) -> int:
        """How many of the file's own rows were good."""
        return self.rows.height if self.kept is None else self.kept


def days(rows: pl.DataFrame, column: str) -> tuple[date | None, date | None]:
    """The first and last day of a column; None twice when there is no row."""
    return first_day(rows.get_column(column)), last_day(rows.get_column(column))


def counted(number: int, text: str) -> tuple[str, ...]:
    """A warning with its count at the end, or no warning at all when the count is nought."""
    return (f"{text}: {count(number)}",) if number else ()


def dates_question(path: str, example: str, left: list[str], metrics: tuple[str, ...], said: str = "") -> Question:
    """What to ask where a file's dates have several readings: `left`, in other words `said`."""
    text = f"dates such as {example} can be read as {said or ' or '.join(left)}; nothing in the file decides. "
    text += f'Say which in account.toml: [columns."{path}"] dates = "{left[0]}"'
    return Question(path, text, metrics)
