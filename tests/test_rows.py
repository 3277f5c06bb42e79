"""A row that travels by itself has the columns of its frame, with its types, and is null where the page says so."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from helpers import (
    actions,
    coverage,
    drivers,
    history,
    marks,
    maturity,
    own_feedback,
    portfolio,
    referee,
    rows,
    scenarios,
    signals,
)
from helpers.frames import MOMENT, SCHEMAS, empty, first_day, last_day, span
from helpers.rows import ComparedRow, CoverageRow, JudgedRow, VerdictRow
from helpers.rows.feedback import DisplayedRow, HeardRow

PAGE = Path(__file__).parent.parent / "docs" / "frames.md"
DAY = date(2026, 3, 31)
ROWS = {
    "projection": scenarios.ProjectionRow,
    "trailing": rows.TrailingRow,
    "changes": rows.ChangeRow,
    "roll_off": rows.RollOffRow,
    "verdicts": rows.VerdictRow,
    "lumps": rows.LumpsRow,
    "earlier": history.EarlierRow,
    "past": history.PastRow,
    "movement": history.MovementRow,
    "record": history.RecordRow,
    "cohorts": maturity.CohortRow,
    "maturity": maturity.MaturityRow,
    "decided": maturity.DecidedRow,
    "actions": actions.ActionRow,
    "signals": signals.SignalRow,
    "watched": signals.WatchedRow,
    "control": signals.ControlRow,
    "alerts": signals.AlertRow,
    "drivers": drivers.DriverRow,
    "returned": drivers.ReturnedRow,
    "files": rows.FileRow,
    "gaps": rows.GapRow,
    "holes": rows.HoleRow,
    "snapshots": marks.SnapshotRow,
    "portfolio": portfolio.PortfolioRow,
    "night": portfolio.NightRow,
    "news": portfolio.NewsRow,
    "listed": portfolio.ListedRow,
    "funnel": portfolio.FunnelRow,
    "letters": portfolio.LetterRow,
}
WRITTEN = {
    pl.Int32: "int",
    pl.Int64: "int",
    pl.Float64: "float",
    pl.Boolean: "bool",
    pl.Date: "date",
    MOMENT: "datetime",
}
WORDS = (
    "Status",
    "Evidence",
    "Exactness",
    "MustBe",
    "Past",
    "Movement",
    "ComparedWith",
    "Word",
    "Direction",
    "Decided",
    "WatchName",
    "ChartName",
    "AlertKind",
    "Outcome",
    "Agreement",
    "Reason",
    "NewsKind",
    "Side",
    "Told",
)


def types(row):
    """Column → its type as it is written, without the mark of a column that narrower rows fill."""
    said = {name: getattr(type_, "__forward_arg__", type_) for name, type_ in row.__annotations__.items()}
    return {name: re.sub(r"^ReadOnly\[(.+)\]$", r"\1", type_) for name, type_ in said.items()}


def columns(frame):
    """Column → what the page says of its range; `as in x` is looked up there."""
    body = re.search(rf"^## `{frame}`\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[1]
    cells = {name: rest for name, rest in re.findall(r"^\| `(\w+)` \|.*\|([^|]*)\|$", body, re.MULTILINE)}
    elsewhere = {name: re.search(r"as in `(\w+)`", rest) for name, rest in cells.items()}
    return {name: columns(found[1])[name] if (found := elsewhere[name]) else rest for name, rest in cells.items()}


@pytest.mark.parametrize("frame", ROWS)
def test_a_row_has_the_columns_of_its_frame_in_their_order(frame):
    assert list(types(ROWS[frame])) == list(SCHEMAS[frame])


@pytest.mark.parametrize("frame", ROWS)
def test_a_row_has_the_types_of_its_frame(frame):
    whole = {name: type_.removesuffix(" | None") for name, type_ in types(ROWS[frame]).items()}
    text = {name: "str" if whole[name] in WORDS else whole[name] for name in whole}
    assert text == {
        name: "list[str]" if isinstance(dtype, pl.List) else WRITTEN.get(dtype, "str")
        for name, dtype in SCHEMAS[frame].items()
    }


@pytest.mark.parametrize("frame", ROWS)
def test_a_row_may_be_null_where_the_page_of_frames_says_so_and_nowhere_else(frame):
    may_be_null = [name for name, type_ in types(ROWS[frame]).items() if type_.endswith("| None")]
    assert may_be_null == [name for name, said in columns(frame).items() if "null" in said]


def test_what_a_verdict_that_was_reached_fills_is_null_only_where_none_was():
    filled = {name for name, type_ in types(JudgedRow).items() if type_ != types(VerdictRow)[name]}
    assert filled == {"rate", "is_on_target", "headroom"}
    assert not [name for name in filled if "None" in types(JudgedRow)[name]]


def test_rows_of_coverage_and_of_the_comparison_have_the_columns_of_what_is_made(read):
    assert list(types(CoverageRow)) == coverage.of_metrics(read(), DAY).columns
    assert set(types(ComparedRow)) == set(referee.compare(empty("daily"), empty("snapshots"), DAY).columns)


def test_rows_of_own_feedback_have_the_columns_of_what_is_made(read):
    account = read()
    assert set(types(DisplayedRow)) == set(own_feedback.displayed(account, DAY).columns)
    orders = own_feedback.orders(account, empty("verdicts"), coverage.of_metrics(account, DAY))
    assert list(types(HeardRow)) == own_feedback.heard(orders, account).columns


def test_the_days_of_a_column_without_one_have_neither_end():
    days = empty("daily").get_column("day")
    assert (first_day(days), last_day(days)) == (None, None)
    with pytest.raises(ValueError, match="expected a column with a day in it, found none"):
        span(days)


def test_the_ends_of_days_pass_over_what_is_null():
    days = pl.Series([None, date(2026, 3, 2), date(2026, 2, 27)], dtype=pl.Date)
    assert (first_day(days), last_day(days)) == span(days) == (date(2026, 2, 27), date(2026, 3, 2))
