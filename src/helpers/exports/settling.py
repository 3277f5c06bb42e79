"""What can answer the questions of an account's files: each answer proposed with its reason, none guessed.

A question is tried out. The files are read once for each answer it can have; an answer is ruled out when what is read
then contradicts the account's other files, or the time stamp of the file itself. It is certain only when it alone is left.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import polars as pl

from helpers import exports
from helpers.exports import one_row, settings
from helpers.exports.dates import EARLIEST, TOMORROW
from helpers.rows import FileRow, rows_of
from helpers.vocabulary import Account, Question
from helpers.wording import day, plural

# reports whose rows do not tell up to which day they speak
OF_A_DAY = ("order_defects", "a_to_z_claims", "late_shipments", "valid_tracking", "on_time_delivery", "feedback")
ZIP_EPOCH = date(1980, 1, 1)  # the day an archive gives to a file whose day it does not know


@dataclass(frozen=True)
class Proposal:
    """What one key of a file's `[columns]` entry can say.

    value        what is proposed; None where several fit and nothing is likelier
    choices      the words that fit; empty for a day
    is_certain   whether no other value is possible
    also         keys that have to be said together with it
    """

    path: str
    key: str
    value: str | date | None
    choices: tuple[str, ...]
    is_certain: bool
    reason: str
    also: Mapping[str, str] = field(default_factory=dict)


def proposals(account: Account, today: date) -> list[Proposal]:
    """A proposal for everything the account's files leave open, and for each list that could speak for more days if
    account.toml said when it was downloaded."""
    asked = [one for question in account.questions for one in _answers(account, question, today)]
    waiting = {question.path for question in account.questions}
    said = settings.read(account.folder)
    for row in rows_of(account.files.filter(pl.col("report").is_in(OF_A_DAY)), FileRow):
        entry = said.columns_for(row["path"])
        if row["path"] not in waiting and (entry is None or entry.taken_on is None):
            asked += _more_days(account, row, today)
    return asked


def _answers(account: Account, question: Question, today: date) -> Iterator[Proposal]:
    """A proposal for each key the question asks for."""
    also = {key: words[0] for key, words in question.answers.items() if len(words) == 1}
    words = {key: said for key, said in question.answers.items() if len(said) > 1}
    left, ruled_out = _tried(account, question, words, today)
    for key, of_key in words.items():
        fits = tuple(word for word in of_key if word in {one[key] for one in left})
        why = [text for one, text in ruled_out if one[key] not in fits]
        reason = "; ".join(dict.fromkeys(why)) or "nothing in the files decides"
        yield Proposal(question.path, key, fits[0] if len(fits) == 1 else None, fits, len(fits) == 1, reason, also)
    if "taken_on" in question.answers:
        newest = account.files.filter(path=question.path).item(0, "last_day")
        yield _day_taken(account.folder, question.path, newest, today)


Answer = Mapping[str, str]  # key → word


def _tried(
    account: Account, question: Question, words: Mapping[str, tuple[str, ...]], today: date
) -> tuple[list[Answer], list[tuple[Answer, str]]]:
    """The answers nothing speaks against, and the others with what does. What speaks against all of them says nothing."""
    left: list[Answer] = [dict(zip(words, one, strict=True)) for one in product(*words.values())]
    if len(left) == 1 or "marketplace" in words:  # no file tells the store of one that names none
        return left, []
    read = [exports.read(account.folder, today, {question.path: {**one, **_fixed(question)}}) for one in left]
    written = written_on(account.folder, question.path)
    against = [list(_against(found, question.path, written)) for found in read]
    ruled_out: list[tuple[Answer, str]] = []
    pairs = list(zip(left, against, strict=True))
    for test in range(len(against[0])):
        if any(texts[test] == "" for _, texts in pairs):
            ruled_out += [(one, f"{_said(one)}: {texts[test]}") for one, texts in pairs if texts[test]]
            pairs = [(one, texts) for one, texts in pairs if not texts[test]]
    return [one for one, _ in pairs], ruled_out


def _fixed(question: Question) -> dict[str, str]:
    return {key: words[0] for key, words in question.answers.items() if len(words) == 1}


def _said(answer: Answer) -> str:
    return ", ".join(f'{key} = "{word}"' for key, word in answer.items())


def _against(account: Account, path: str, written: date | None) -> Iterator[str]:
    """What speaks against the way a file was read, a text for each test; empty where nothing does."""
    file = account.files.row(by_predicate=pl.col("path") == path, named=True)
    future = account.rejected.filter(pl.col("path") == path, pl.col("reason").str.contains("in the future")).height
    yield f"{plural(future, 'row')} would lie in the future" if future else ""
    newest = file["last_day"]
    if newest is not None and written is not None and newest > written + TOMORROW:
        yield f"its newest row would be of {day(newest)}, and it was written on {day(written)}"
    else:
        yield ""
    posted = account.money.filter(source_file=path).get_column("posted_at").dt.date()
    is_outside = (posted < file["first_day"] - TOMORROW) | (posted > newest + TOMORROW) if newest else posted.is_null()
    yield f"{plural(int(is_outside.sum()), 'row')} would lie outside the file's own period" if is_outside.any() else ""
    early, other = _beside_orders(account, path)
    yield f"{plural(other, 'row')} would name another day of the order than the order files" if other else ""
    yield f"{plural(early, 'row')} would be older than the order" if early else ""
    yield "; ".join(text for text in file["warnings"] if one_row.ALTHOUGH in text)


def _beside_orders(account: Account, path: str) -> tuple[int, int]:
    """Rows that lie before their order, and rows that date it otherwise than its order file; a day either way is the
    difference of two clocks. Only rows of this file, or on its orders."""
    orders = account.orders.select("order_id", placed="day", order_file="source_file")
    days = {
        "money": pl.col("posted_at").dt.date(),
        "feedback": pl.col("received_on"),
        "defects": pl.col("occurred_on"),
        "returns": pl.col("requested_on"),
        "shipments": pl.col("order_day"),
    }
    early = other = 0
    for name, of_row in days.items():
        rows = getattr(account, name).join(orders, on="order_id")
        rows = rows.filter((pl.col("source_file") == path) | (pl.col("order_file") == path))
        early += rows.filter(of_row < pl.col("placed") - TOMORROW).height if name != "shipments" else 0
        if "order_day" in rows.columns:
            other += rows.filter((pl.col("order_day") - pl.col("placed")).abs() > TOMORROW).height
    return early, other


# --- the day a file was downloaded -------------------------------------------------------------------------------


def _more_days(account: Account, row: FileRow, today: date) -> list[Proposal]:
    """The day a list was downloaded, where it makes the list speak for days the account's other files tell of."""
    found = _day_taken(account.folder, row["path"], row["last_day"], today)
    last, reaches = account.last_complete_day, row["reaches"] or EARLIEST
    is_more = isinstance(found.value, date) and found.value - TOMORROW > reaches
    return [found] if is_more and last is not None and reaches < last else []


def _day_taken(folder: Path, path: str, newest: date | None, today: date) -> Proposal:
    """The day a file was downloaded: not before the newest day in it, not after it was last written."""
    written = written_on(folder, path)
    if written is None:
        return Proposal(path, "taken_on", None, (), False, "it has no time stamp")
    latest = min(written, today)
    if newest is not None and newest > latest:
        reason = f"its time stamp, {day(latest)}, lies before the newest day in it, {day(newest)}"
        return Proposal(path, "taken_on", None, (), False, reason)
    since = f"the newest day in it is {day(newest)}" if newest else "no day stands in it"
    reason = f"it was last written on {day(latest)}, which copying can change; {since}"
    return Proposal(path, "taken_on", latest, (), newest == latest, reason)


def written_on(folder: Path, path: str) -> date | None:
    """The day a file was last written, by its time stamp; of a packed one, by the stamp inside where that is older."""
    parts = path.split("/")
    for end in range(1, len(parts) + 1):
        file = folder / "exports" / "/".join(parts[:end])
        if file.is_file():
            own = datetime.fromtimestamp(file.stat().st_mtime).date()  # noqa: DTZ006 - the user's own calendar
            return min([own, *_stamps_inside(file, parts[-1] if end < len(parts) else None)])
    return None


def _stamps_inside(file: Path, member: str | None) -> Iterator[date]:
    """The time stamps a packed file holds of what is in it; none where it says none."""
    if member is not None and zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            found = [one for one in archive.infolist() if one.filename.replace("\\", "/").split("/")[-1] == member]
        yield from (date(*one.date_time[:3]) for one in found if date(*one.date_time[:3]) != ZIP_EPOCH)
    elif file.suffix == ".gz":
        with gzip.open(file) as packed:
            packed.peek(1)
            stamp = datetime.fromtimestamp(packed.mtime or 0, UTC).date()
        if stamp > EARLIEST:
            yield stamp
