"""The day a report looks at, and the questions it cannot go without an answer to."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from helpers.errors import ExportError, SettingsError
from helpers.rows import FileRow, rows_of
from helpers.vocabulary import Account, Question
from helpers.wording import plural

MOST_NAMED = 3  # files, where none can be used
JUDGED = {"order_defect_rate", "cancellation_rate", "late_shipment_rate"}  # what a report cannot do without


def read_day(where: str, said: str | date) -> date | None:
    """The day a parameter says, None when it is empty. Raises SettingsError, naming `where`, for anything else."""
    if isinstance(said, date) or not said:
        return said or None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        try:
            return date.fromisoformat(said)
        except ValueError:
            pass  # 2026-02-30: falls through to the same message as any other text
    raise SettingsError(f"{where}: expected a day such as 2026-03-31, found {said!r}", "write it as YYYY-MM-DD")


def day_looked_at(account: Account, as_of: str | date = "") -> date:
    """The day a report looks at: `as_of` (ISO), or the last complete day of the files when it is empty.

    Raises SettingsError when `as_of` is no date, ExportError when it is empty and no file has a day in it.
    """
    day = read_day("as_of", as_of)
    if day is not None:
        if account.last_complete_day is None:
            raise _nothing(account)
        first, last = account.files.select(pl.col("first_day").min(), pl.col("last_day").max()).row(0)
        if first is not None and day < first:
            hint = "take a later day, or put older downloads into exports/"
            text = f"{account.folder}: expected files that reach back to {day}, found files of {first} to {last}"
            raise ExportError(text, hint)
        return day
    if account.last_complete_day is None:
        raise _nothing(account)
    return account.last_complete_day


def _nothing(account: Account) -> ExportError:
    """Why no day can be told: the question that keeps files from being read, else that there is nothing to read."""
    if account.questions:
        return _open(account, account.questions[0])
    expected, look = "expected at least one file with a dated row", f"run: seller-audit check {account.folder}"
    if account.files.is_empty():
        hint = f"put the downloads into {account.folder / 'exports'}, then {look}"
        return ExportError(f"{account.folder}: {expected}, found no file", hint)
    why = {
        row["path"]: next(iter(row["warnings"]), "no row in it has a day") for row in rows_of(account.files, FileRow)
    }
    named = [f"{path} ({text})" for path, text in why.items()]
    more = f" and {plural(len(named) - MOST_NAMED, 'more file')}" if len(named) > MOST_NAMED else ""
    hint = f"mend what is said of each file, or download it again; to see all, {look}"
    return ExportError(f"{account.folder}: {expected}, found {'; '.join(named[:MOST_NAMED])}{more}", hint)


def demand_answers(account: Account, coverage: pl.DataFrame, theirs: pl.DataFrame) -> None:
    """Stop when a question is open that a judged figure waits for.

    coverage   of_metrics. A figure that other files prove exactly does not wait, and neither does one of nothing, which
               no download would help
    theirs     the figures the marketplace's own files judge: they do not wait either
    Raises ExportError with the question.
    """
    is_advised = pl.sum_horizontal(pl.col("download", "instead").list.len()) > 0
    is_of_nothing = (pl.col("exactness") == "impossible") & ~is_advised
    key = ["marketplace", "metric", "fulfilment"]
    waiting = coverage.join(theirs, on=key, how="anti")
    exact = set(coverage.get_column("metric")) - set(waiting.get_column("metric"))
    of_metric = waiting.group_by("metric").agg(((pl.col("exactness") == "exact") | is_of_nothing).all())
    exact |= set(of_metric.filter("exactness").get_column("metric"))
    for question in account.questions:
        if set(question.metrics) & JUDGED - exact:
            raise _open(account, question)


def _open(account: Account, question: Question) -> ExportError:
    how = "to answer it, run: seller-audit settle" if question.answers else "then run: seller-audit check"
    return ExportError(f"{question.path}: {question.text}", f"{how} {account.folder}")
