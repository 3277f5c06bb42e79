"""What the lists of the Account Health page have in common: order numbers, what a line stands for, the day of the file.

Nobody promises the headers of these downloads. A list without a column map is read only when its own words leave no
doubt: known headers, and every line marked as a bad one. Otherwise the reader asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import polars as pl

from helpers.exports import dates, flat, mapped, one_row
from helpers.exports.described import LIST as KEYS
from helpers.exports.described import Described
from helpers.exports.items import FULFILMENT
from helpers.exports.mapped import Table
from helpers.exports.reading import ORDER_ID, Known, Reading, counted, dates_question
from helpers.frames import MOMENT, SCHEMAS, first_day, last_day
from helpers.vocabulary import MERCHANT, Question
from helpers.wording import short_day

NO_CHANNEL = "a channel that no rule maps, of an order in no order file"
ORDER_SYNONYMS = {
    "order_id": ("order id", "order-id", "order number", "amazon order id", "amazon-order-id", "bestellnummer"),
    "order_day": ("order date", "order-date", "bestelldatum", "purchase date"),
}


@dataclass(frozen=True)
class List:
    """One list of the page: its report name, the frame it gives, its headers, and the metrics that wait for it.

    one_row_is   what a line of it can stand for, the likelier first
    also         columns a map can name besides those with known headers
    words        column → what it can hold          marks   the columns of marks
    tells        rate → the groups of columns that tell its bad ones, of each group one
    """

    report: str
    gives: str
    one_row_is: tuple[str, str]
    synonyms: Mapping[str, tuple[str, ...]]
    metrics: tuple[str, ...]
    also: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    tells: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    @property
    def described(self) -> Described:
        """What account.toml may say of such a list."""
        columns = tuple(dict.fromkeys((*self.synonyms, *self.also)))
        return Described(KEYS, columns, self.words, self.marks, (("order_id",),), self.tells)


def opened(text: bytes, known: Known, one: List, written: Sequence[str]) -> tuple[Table, tuple, Question | None]:
    """The list's lines that can be used; the others, as rejected; and a question when its days are ambiguous.

    written   the columns that hold days, the one that decides first
    """
    table = mapped.table(text, known, one.synonyms)
    one_row.check(table, known, one.report, one.one_row_is, has_units="units" in one.synonyms)
    if table.entry.last_line_is_total:
        is_total = ~table.rows.get_column("order_id").str.contains(ORDER_ID)
        table = replace(table, rows=table.rows.filter(~(is_total & (pl.int_range(pl.len()) == pl.len() - 1))))
    whole = table
    is_named = mapped.text(table, "order_id").str.contains(ORDER_ID)
    is_over = table.rows.get_column(flat.LINE).is_in(table.over)
    cut = table.rows.filter(~is_named).get_column(flat.LINE)
    rejected = tuple((line, "no order number (cut line?)") for line in cut)
    rejected += tuple(
        (line, "more fields than columns") for line in table.rows.filter(is_named & is_over).get_column(flat.LINE)
    )
    table, unusable = one_row.usable(replace(table, rows=table.rows.filter(is_named & ~is_over)))
    rejected += unusable
    writes = _writes(table, known, one, written)
    if isinstance(writes, Question):
        return table, rejected, writes
    days = _days(replace(whole, writes=writes), written, known.today)
    return replace(table, writes=writes, days=days), rejected, None


def _days(table: Table, written: Sequence[str], today: date) -> Mapping[int, date]:
    """The day each line speaks of: of its promise where the list has one, for that is the rate's own, else of its order.

    A line with more or fewer fields than columns is not to be trusted with one, and neither is a day to come.
    """
    promised = [name for name in written if name.startswith("promised") and table.has(name)]
    told = [mapped.day(table, name) for name in promised or written if table.has(name)]
    lines = table.rows.select(flat.LINE, day=pl.coalesce(*told) if told else pl.lit(None, pl.Date))
    is_uneven = pl.col(flat.LINE).is_in([*table.early, *table.over])
    return dict(lines.filter(pl.col("day") <= today, ~is_uneven).iter_rows())


def _writes(table: Table, known: Known, one: List, written: Sequence[str]) -> str | Question:
    """How the list writes its days: as account.toml says, else the one reading that fits."""
    if table.entry.dates:
        return table.writes
    name = next((name for name in written if table.has(name)), None)
    texts = mapped.text(table, name).to_list() if name else []
    placed = [known.order_days.get(order) if name == "order_day" else None for order in table.rows["order_id"]]
    said = [(text, day) for text, day in zip(texts, placed, strict=False) if text]
    # The day of an order is known from the order files, so a reading is right when it says the same day.
    agreeing = [
        reading
        for reading in dates.READINGS
        if any(day for _, day in said) and all(day is None or dates.parsed(text, reading) == day for text, day in said)
    ]
    left = agreeing or dates.possible([text for text, _ in said], known.today)
    if len({tuple(dates.parsed(text, reading) for text, _ in said) for reading in left}) <= 1:
        return left[0] if left else "iso"
    return dates_question(known, [text for text, _ in said], left, one.metrics)


def asked(table: Table, known: Known, one: List, is_bad: pl.Series) -> Question | None:
    """What a line stands for is certain when account.toml says it, or when every line is marked as a bad one.

    A line with an odd mark decides nothing beside others, nor alone; where all of several are odd, that may be the list's
    own way of writing.
    """
    said = table.entry
    is_told = said.one_row_is is not None and said.rows_are is not None
    is_by_synonym = not (said.columns or said.one_row_is or said.rows_are)
    is_bad = is_bad.fill_null(False)
    is_odd = ~is_bad & pl.select(pl.any_horizontal(False, *(odd(table, name) for name in one.marks))).to_series()
    is_own_way = is_odd.all() and is_odd.len() > 1
    if is_told or (is_by_synonym and (is_bad | is_odd).all() and not is_own_way):
        return None
    units = " or ".join(f"{'an' if word == 'order' else 'a'} {word}" for word in one.one_row_is)
    text = f"does a line stand for {units}, and are only bad ones listed?"
    answers = {"report": (one.report,), "one_row_is": one.one_row_is, "rows_are": ("defective_only", "all_judged")}
    open_ones = {key: words for key, words in answers.items() if getattr(said, key) is None}
    return Question(known.path, text, one.metrics, open_ones)


def day_of_file(known: Known, days: pl.Series) -> date | None:
    """The last day the file can speak for: the day before `taken_on`, as for a snapshot; else the newest day in it."""
    taken_on = known.taken_on
    return taken_on - timedelta(days=1) if taken_on else last_day(days)


def shipments(table: Table, known: Known, one: List, rejected: tuple, said: pl.DataFrame) -> Reading:
    """The reading of a list of shipments. A fact without a deadline of its own is known from the day of the file.

    said   what the list's own reader made out, line by line: columns of the `shipments` frame
    """
    schema = SCHEMAS["shipments"]
    lines = said.with_columns(
        mapped.text(table, "order_id").alias("order_id"),
        mapped.day(table, "order_day").alias("order_day"),
        mapped.number(table, "units").alias("units"),
        *(mapped.text(table, name).replace("", None).alias(name) for name in ("carrier", "tracking_id", "category")),
        table.rows.get_column(flat.LINE),
        pl.lit(MERCHANT).alias("fulfilment"),
    )
    lines = lines.with_columns(pl.lit(None, schema[name]).alias(name) for name in schema if name not in lines.columns)
    is_future = (pl.col("order_day") > known.latest).fill_null(False)
    future = [(line, "order date in the future") for line in lines.filter(is_future).get_column(flat.LINE)]
    lines = lines.filter(~is_future)
    deadline = pl.coalesce("ship_by", "promised_by")
    local = [pl.col(name).dt.convert_time_zone(table.zone).dt.date() for name in schema if schema[name] == MOMENT]
    days = pl.concat([lines.select(day=day).to_series() for day in (*local, pl.col("order_day"))])
    of_file = day_of_file(known, days.filter(days <= known.today))
    is_undated = deadline.is_null() | pl.col("is_valid").is_not_null()
    lines = lines.with_columns(
        known_on=pl.when(is_undated).then(pl.lit(of_file, pl.Date)),
        judged=pl.coalesce("order_day", deadline.dt.convert_time_zone(table.zone).dt.date()),
    )
    # A delivery can be promised for a day to come: the file does not speak for that day yet.
    past = lines.filter(pl.col("judged") <= known.today).get_column("judged")
    is_unread = lines.get_column("order_day").null_count() - int((mapped.text(table, "order_day") == "").sum())
    damaged = pl.col("tracking_id").str.contains(one_row.DAMAGED)
    return Reading(
        rows=lines.select(pl.col(name).cast(dtype) for name, dtype in schema.items()),
        rejected=tuple(sorted([*rejected, *future])),
        rejected_on=table.days,
        first_day=first_day(past),
        last_day=last_day(past),
        reaches=of_file,
        covers=one.report,
        rows_are=table.entry.rows_are or "defective_only",
        warnings=table.remarks
        + counted(is_unread, "order dates not readable, left empty")
        + counted(lines.filter(damaged).height, "tracking numbers damaged by a spreadsheet (5.8E+13)")
        + one_row.contradictions(lines, table.entry.one_row_is),
    )


def defects(table: Table, known: Known, one: List, rejected: tuple, said: pl.DataFrame) -> Reading:
    """The reading of a list of defects. One without a day of its own counts from the day of the file.

    said   `line`, `fault` (why a line cannot be used, null for a good one) and columns of the `defects` frame
    """
    in_future = pl.max_horizontal("order_day", "occurred_on") > known.latest
    said = said.with_columns(fault=pl.when(in_future).then(pl.lit("date in the future")).otherwise("fault"))
    bad = said.filter(pl.col("fault").is_not_null()).unique(flat.LINE, maintain_order=True)
    good = said.filter(pl.col("fault").is_null())
    own_days = pl.concat([good.get_column("order_day"), good.get_column("occurred_on")])
    of_file = day_of_file(known, own_days)
    found = good.drop_nulls("kind")  # a line that marks no kind tells of no defect
    undated = found.get_column("occurred_on").null_count()
    remark = f"counted from {short_day(of_file)}, the day of the file" if of_file else "not used"
    unread = int((mapped.text(table, "order_day") != "").sum()) - said.unique(flat.LINE).get_column("order_day").count()
    dated = found.with_columns(
        pl.col("occurred_on").fill_null(pl.lit(of_file, pl.Date)), is_dated=pl.col("occurred_on").is_not_null()
    ).drop_nulls("occurred_on")
    return Reading(
        rows=dated.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["defects"].items()),
        rejected=tuple(sorted([*rejected, *bad.select(flat.LINE, "fault").iter_rows()])),
        rejected_on=table.days,
        kept=good.get_column(flat.LINE).n_unique(),
        first_day=first_day(own_days),
        last_day=last_day(own_days),
        reaches=of_file,
        covers=one.report,
        rows_are=table.entry.rows_are or "defective_only",
        warnings=counted(undated, f"defects without a date of their own, {remark}")
        + counted(unread, "order dates not readable, left empty")
        + table.remarks
        + one_row.contradictions(found, table.entry.one_row_is),
    )


def whose_channel_is_unknown(table: Table, known: Known) -> pl.Series:
    """Which lines name a channel that no rule maps, of an order whose channel no order file tells."""
    named = mapped.text(table, "fulfilment") != ""
    told = pl.Series([order in known.order_days for order in table.rows.get_column("order_id")], dtype=pl.Boolean)
    return named & mapped.word(table, "fulfilment", FULFILMENT).is_null() & ~told


def odd(table: Table, name: str) -> pl.Series:
    """Which cells of a column of marks hold something, and no mark that is known."""
    return mapped.flag(table, name).is_null() & (mapped.text(table, name) != "")


def by_default(table: Table, said: pl.Series, columns: Sequence[str]) -> pl.Series:
    """What a list says by listing: where it has none of the columns that could tell, a list of bad ones says bad."""
    is_bad_by_listing = table.entry.rows_are == "defective_only" and not any(table.has(name) for name in columns)
    return said.fill_null(True) if is_bad_by_listing else said


def mark(table: Table, name: str) -> pl.Series:
    """A column of marks as mapped.flag reads it, less the blanks that say nothing: those of a list of bad ones only, and
    of a column without one filled cell. Where account.toml says that a blank is no mark, it is one."""
    said = mapped.flag(table, name)
    if not table.has(name) or "" in table.entry.marks.not_set:
        return said
    is_blank = mapped.text(table, name) == ""
    return said.set(is_blank, None) if table.entry.rows_are == "defective_only" or is_blank.all() else said
