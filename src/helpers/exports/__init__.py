"""A folder of downloads → an Account: good rows, rejected rows, questions, and what each file is.

source      files of any name, .gz and .zip opened        encoding   any encoding → UTF-8
recognise   which report, by content                      flat       delimited text → text columns
all_orders · feedback · account_health · order_defects    one reader a report
dates       which reading of 10/09/25 is right            settings   account.toml
order_keys  pseudonyms of order numbers                    personal   hashes of what was dropped about buyers

A new report is one more reader here and one line in READERS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from helpers.errors import ExportError
from helpers.exports import account_health, all_orders, encoding, feedback, order_defects, recognise, settings
from helpers.exports.order_keys import order_keys, whois
from helpers.exports.reading import Known, Reading
from helpers.exports.settings import CHECKOUT, Settings, template
from helpers.exports.source import Source, sources
from helpers.frames import SCHEMAS, empty
from helpers.vocabulary import NEGATIVE_FEEDBACK, Account

__all__ = ["CHECKOUT", "order_keys", "read", "template", "whois"]

READERS = {
    "all_orders": all_orders.read,
    "feedback": feedback.read,
    "account_health": account_health.read,
    "order_defects": order_defects.read,
}


@dataclass(frozen=True)
class _File:
    """One file on its way: what it is, its text, and what was said about it so far."""

    source: Source
    report: str | None
    text: bytes = b""
    encoding: str = ""
    remark: str = ""
    reading: Reading | None = None


def read(folder: str | Path, today: date | None = None) -> Account:
    """The account in a folder: `account.toml` and everything under `exports/`.

    today   what "in the future" is judged against; the computer's date by default
    Raises SettingsError when the folder or account.toml cannot be used, ExportError when a column named in
    account.toml is not in its file. A damaged file or row is no error: it is counted in `files` and `rejected`.
    """
    place = settings.find(folder)
    said = settings.read(place)
    today = today or date.today()  # noqa: DTZ011 - the user's own calendar decides what is in the future
    found = [_opened(source, said) for source in sources(place / "exports")] if (place / "exports").is_dir() else []
    found = _once_each(found)
    found = [_read(file, said, today, {}) if file.report == "all_orders" else file for file in found]
    items = [_named(file) for file in found if file.reading is not None and file.reading.rows.height]
    orders = all_orders.orders(pl.concat(items), said.id) if items else empty("orders")
    order_days = dict(orders.select("order_id", "day").iter_rows())
    found = [file if file.report == "all_orders" else _read(file, said, today, order_days) for file in found]
    return _account(place, said, found, orders)


def _opened(source: Source, said: Settings) -> _File:
    if source.problem:
        return _File(source, None, remark=source.problem)
    entry = said.columns_for(source.path)
    if entry and entry.encoding:
        try:
            text, name = source.content.decode(entry.encoding).encode(), entry.encoding
        except (UnicodeDecodeError, LookupError) as error:
            hint = "correct encoding under [columns] in account.toml, or take it out"
            raise ExportError(f"{source.path}: expected text in {entry.encoding}, found {error}", hint) from error
    else:
        text, name = encoding.utf8(source.content)
    report, remark = recognise.report(text)
    if entry and entry.report and text.strip():
        report, remark = entry.report, "" if entry.report in READERS else recognise.LATER
    return _File(source, report, text, name, remark)


def _once_each(found: list[_File]) -> list[_File]:
    """The same bytes under two names are read once and the copy is named. Bare headers are alike and no copies."""
    first: dict[str, str] = {}
    return [_unless_copy(file, first) for file in found]


def _unless_copy(file: _File, first: dict[str, str]) -> _File:
    if b"\n" not in file.text.strip():
        return file
    same = first.setdefault(file.source.sha256, file.source.path)
    return file if same == file.source.path else replace(file, text=b"", remark=f"the same file as {same}, read once")


def _read(file: _File, said: Settings, today: date, order_days: dict[str, date]) -> _File:
    if file.report not in READERS or not file.text.strip():
        return file
    known = Known(file.source.path, said, today, said.columns_for(file.source.path), order_days)
    return replace(file, reading=READERS[file.report](file.text, known))


def _named(file: _File) -> pl.DataFrame:
    return file.reading.rows.with_columns(source_file=pl.lit(file.source.path))


def _account(place: Path, said: Settings, found: list[_File], orders: pl.DataFrame) -> Account:
    readings = {report: _readings(found, report) for report in READERS}
    opinions, removed = feedback.together([one for one in readings["feedback"] if one.rows.height])
    snapshots = [reading.rows for reading in readings["account_health"]]
    listed = [reading.rows for reading in readings["order_defects"]]
    return Account(
        id=said.id,
        name=said.name,
        folder=place,
        marketplaces=said.marketplaces,
        fulfilments=said.fulfilment,
        own_targets=said.own_targets,
        feedback_totals=said.totals,
        options=dict(said.options),
        notebooks=said.notebooks,
        orders=orders,
        feedback=opinions,
        defects=_defects(listed, opinions),
        snapshots=pl.concat([empty("snapshots"), *snapshots]).sort("taken_on", "marketplace", "metric", "fulfilment"),
        files=_files(found, removed),
        rejected=_rejected(found),
        questions=tuple(file.reading.question for file in found if file.reading and file.reading.question),
        last_complete_day=_last_complete_day(orders, readings),
        locale=said.locale,
    )


def _readings(found: list[_File], report: str) -> list[Reading]:
    return [file.reading for file in found if file.report == report and file.reading is not None]


def _defects(listed: list[pl.DataFrame], opinions: pl.DataFrame) -> pl.DataFrame:
    """One row an order and kind, from lists and from feedback: the earliest day, and what the lists say of the order."""
    negative = opinions.filter("is_negative", ~pl.col("is_struck"))
    said = {"kind": pl.lit(NEGATIVE_FEEDBACK), "occurred_on": pl.col("received_on"), "counts": pl.lit(True)}
    said |= {"order_id": pl.col("order_id"), "source_file": pl.col("source_file")}
    from_feedback = negative.select(
        said.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMAS["defects"].items()
    )
    both = pl.concat([empty("defects"), *listed, from_feedback])
    by_rank = both.sort("order_id", "kind", pl.col("counts"), "occurred_on", descending=[False, False, True, False])
    merged = by_rank.group_by("order_id", "kind", maintain_order=True).agg(
        pl.col("order_day").drop_nulls().first(),
        pl.col("fulfilment").drop_nulls().first(),
        pl.col("occurred_on", "counts").first(),
        pl.col("outcome").drop_nulls().first(),
        pl.col("source_file", "reason").first(),
    )
    return merged.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["defects"].items())


def _files(found: list[_File], removed: list[str]) -> pl.DataFrame:
    rows = []
    for file in found:
        reading = file.reading
        remarks = [file.remark] if file.remark else []
        remarks += [text.split(": ", 1)[1] for text in removed if text.startswith(f"{file.source.path}: ")]
        rows.append(
            {
                "path": file.source.path,
                "report": (reading.report if reading else None) or file.report,
                "encoding": file.encoding or None,
                "rows_kept": (reading.rows.height if reading.kept is None else reading.kept) if reading else 0,
                "rows_rejected": len(reading.rejected) if reading else 0,
                "first_day": reading.first_day if reading else None,
                "last_day": reading.last_day if reading else None,
                "reaches": reading.reaches if reading else None,
                "marketplaces": list(reading.marketplaces) if reading else [],
                "warnings": remarks + (list(reading.warnings) if reading else []),
                "sha256": file.source.sha256 if file.source.content else None,
            }
        )
    return pl.DataFrame(rows, schema=dict(SCHEMAS["files"]))


def _rejected(found: list[_File]) -> pl.DataFrame:
    rows = [
        (file.source.path, line, reason) for file in found if file.reading for line, reason in file.reading.rejected
    ]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["rejected"]), orient="row")


def _last_complete_day(orders: pl.DataFrame, readings: dict[str, list[Reading]]) -> date | None:
    """The day before the newest change of an order; else before the newest snapshot; else the newest day of any file."""
    if orders.height:
        return orders.get_column("updated_on").max() - timedelta(days=1)
    snapshots = [reading.reaches for reading in readings["account_health"] if reading.reaches]
    others = [reading.last_day for group in readings.values() for reading in group if reading.last_day]
    return max(snapshots or others, default=None)
