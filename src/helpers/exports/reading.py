"""What reading one file gives, and what a reader may know besides the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import polars as pl
from babel import Locale
from babel.dates import get_date_format

from helpers.exports.dates import MEANING, TOMORROW
from helpers.exports.settings import ColumnMap, Settings
from helpers.frames import empty, first_day, last_day
from helpers.targets import marketplaces
from helpers.vocabulary import METRICS, Question
from helpers.wording import count

DATE = re.compile(r"(?<!\d)\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d)")  # one that can be read in several ways
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

    @property
    def taken_on(self) -> date | None:
        """The day the file was downloaded, where account.toml says it."""
        return self.columns.taken_on if self.columns else None

    @property
    def latest(self) -> date:
        """The last day a row can be of: that of the download, else tomorrow, for in a store it can be the next day."""
        return min(self.taken_on or self.today + TOMORROW, self.today + TOMORROW)

    @property
    def marketplace(self) -> str | None:
        """The store that account.toml gives to a file that names none."""
        return self.columns.marketplace if self.columns else None

    @property
    def own_store(self) -> str | None:
        """The store of a file that names none: as account.toml says, else the account's only one; None of several."""
        only = self.settings.marketplaces[0] if len(self.settings.marketplaces) == 1 else None
        return self.marketplace or only


@dataclass(frozen=True)
class Reading:
    """One file's good rows, its rejected rows as (line, reason), and what is odd about it.

    rejected_on   line → the day a rejected row speaks of, where it can be read
    rows     the frame the report gives (recognise.REPORTS says which); `also` the further frames, by name
    reaches  the last day the file can speak for
    covers   what the file tells in full from its first day to its last, such as "orders"; None: nothing in full
    rows_are of a list: only bad orders, or every one that was judged
    untold   rates its map seems to tell, and a filled column the map leaves out speaks against
    """

    rows: pl.DataFrame
    rejected: tuple[tuple[int | None, str], ...] = ()
    rejected_on: Mapping[int, date] = field(default_factory=dict)
    waiting: int = 0  # rows that an open question holds back: neither used nor rejected
    also: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    kept: int | None = None  # counted in the file's own rows where these are not the rows of `rows`
    first_day: date | None = None
    last_day: date | None = None
    reaches: date | None = None
    covers: str | None = None
    rows_are: str | None = None
    untold: tuple[str, ...] = ()
    marketplaces: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    question: Question | None = None
    report: str | None = None  # a closer name than the one it was recognised by

    @property
    def rows_kept(self) -> int:
        """How many of the file's own rows were good."""
        return self.rows.height if self.kept is None else self.kept

    @property
    def remarks(self) -> tuple[str, ...]:
        """The warnings, and how many rows wait for an answer."""
        return (*self.warnings, *counted(self.waiting, "lines that wait for an answer"))


def days(rows: pl.DataFrame, column: str) -> tuple[date | None, date | None]:
    """The first and last day of a column; None twice when there is no row."""
    return first_day(rows.get_column(column)), last_day(rows.get_column(column))


def counted(number: int, text: str) -> tuple[str, ...]:
    """A warning with its count at the end, or no warning at all when the count is nought."""
    return (f"{text}: {count(number)}",) if number else ()


def dates_question(
    known: Known, texts: Iterable[str | None], possible: list[str], metrics: tuple[str, ...]
) -> Question:
    """What to ask where a file's dates have several readings: all that are possible, the one of the store's country
    first. The first of `texts` that is a date is shown."""
    store = known.own_store or known.settings.marketplaces[0]
    own = _order_of_parts(marketplaces()[store].country) if store in marketplaces() else ""
    left = sorted(possible, key=lambda one: one.replace("yyyy", "y").replace("iso", "y")[:1] != own)
    example = next((found[0] for text in texts if text and (found := DATE.search(text))), "these")
    means = " or ".join(f"{MEANING[one]} ({one}/y)" if one in MEANING else one for one in left)
    text = f"dates such as {example} can be read as {means}; nothing in the file decides"
    return Question(known.path, text, metrics, {"dates": tuple(left)})


@cache
def _order_of_parts(country: str) -> str:
    """What a date of a country begins with: m, d or y (Unicode CLDR)."""
    return get_date_format("short", Locale.parse(f"und_{country}")).pattern[0].lower()


def asking(gives: str, question: Question, waiting: int, rejected: Iterable[tuple[int | None, str]] = ()) -> Reading:
    """A file that waits for an answer: none of its rows is used, and only those no answer can save are rejected.

    gives   the frame the report gives
    """
    return Reading(empty(gives), tuple(rejected), waiting=waiting, question=question)


def whose_figures(rows: list[dict], taken_on: date | None, known: Known) -> Question | None:
    """What to ask of a file of the marketplace's own figures: of which store and of which day they are. None where it
    tells both.

    rows   as in the `snapshots` frame, at least `marketplace` and `metric`
    """
    texts, answers = [], {}
    if any(row["marketplace"] is None for row in rows):
        texts.append("the file does not name its store, and the account has several: of which one is it?")
        answers["marketplace"] = known.settings.marketplaces
    if rows and taken_on is None:
        texts.append("the file prints no window, so no day of its figures is known: when was it downloaded?")
        answers["taken_on"] = ()
    metrics = tuple(sorted({row["metric"] for row in rows} & set(METRICS)))
    return Question(known.path, " ".join(texts), metrics, answers) if answers else None
