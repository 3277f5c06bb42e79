"""A folder of downloads → an Account: good rows, rejected rows, questions, and what each file is.

source      files of any name, .gz and .zip opened        encoding   any encoding → UTF-8
content     a file's text at first sight                  flat       delimited text → text columns
recognise   which report, by content: REPORTS             items      items of orders → one row an order
dates       which reading of 10/09/25 is right            settings (its setting_values, setting_faults) · template
order_keys  pseudonyms of order numbers                   personal   hashes of what was dropped about buyers
mapped      any headers → our columns, by a map           lists      what the lists of Account Health share
postings    rows of any money file                        money_defects  claims and chargebacks among them
posted      moments and amounts in any language           loose · xml_elements  values of JSON, records of XML
implied_count   a count the file leaves out               unknown (known_columns.toml)   columns and versions nobody saw before
cache       what was read is not read twice               defects    what every kind of file says of defects, merged
currency    of amounts: the file's word, else the account's         one_row    what a line of a list stands for
repeated    words of a file that may be said again        toml_text   what a TOML file says
unread      a file most of whose rows could not be read asks       settling · account_text   a file's questions answered

One reader a report:
all_orders · orders_api · fulfilled_shipments             orders (and their shipments)
unshipped · late_shipments · valid_tracking · on_time_delivery          shipments
feedback · order_defects · a_to_z_claims                  feedback and defects
settlement · transactions · merchant_returns · fba_returns              money and returns
sales_and_traffic · account_health · performance_v1       the marketplace's own figures
foreign · foreign_rows   orders, feedback, shipments of any other shop    described · entries   what account.toml may say

A new report is one more reader here and one line in recognise.REPORTS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from helpers.errors import ExportError
from helpers.exports import cache, currency, encoding, entries, feedback, recognise, repeated, settings, unknown, unread
from helpers.exports.content import Content
from helpers.exports.defects import taken_off, unplaced
from helpers.exports.defects import together as defects_together
from helpers.exports.items import orders, zone
from helpers.exports.money_defects import claims_and_chargebacks
from helpers.exports.order_keys import order_keys, whois, with_keys
from helpers.exports.reading import Known, Reading
from helpers.exports.recognise import REPORTS, Report
from helpers.exports.settings import Answers, Settings
from helpers.exports.source import Source, sources
from helpers.exports.template import template
from helpers.frames import SCHEMAS, last_day, span
from helpers.sentences import written_like
from helpers.vocabulary import Account

__all__ = ["order_keys", "read", "template", "whois", "with_keys"]


@dataclass(frozen=True)
class _File:
    """One file on its way: what it is, its text, and what was said about it so far."""

    source: Source
    report: str | None
    text: bytes = b""
    encoding: str = ""
    remark: str = ""
    reading: Reading | None = None


def read(folder: str | Path, today: date | None = None, answers: Answers | None = None) -> Account:
    """The account in a folder: `account.toml` and everything under `exports/`.

    today     what "in the future" is judged against; the computer's date by default
    answers   taken as if account.toml said them
    Raises SettingsError when the folder or account.toml cannot be used, ExportError when a column named in
    account.toml is not in its file. A damaged file or row is no error: it is counted in `files` and `rejected`.
    """
    place = settings.find(folder)
    said = settings.read(place).answered(answers or {})
    entries.check_all(place / settings.FILE, said)
    with written_like(said.locale):  # the remarks on its files stand in its report
        return _read_all(place, said, today or date.today())  # noqa: DTZ011 - the user's own calendar


def _read_all(place: Path, said: Settings, today: date) -> Account:
    inside = sources(place / "exports") if (place / "exports").exists() else []
    found = _once_each([_kept(source, place, said, today) or _opened(source, said) for source in inside], said)
    found = [_read_order_file(file, place, said, today) if _gives(file) == "items" else file for file in found]
    cache.drop_all_but(place, [cache.key(file.source.sha256, file.source.path, said) for file in found])
    items = currency.told(_together(found, "items"), "value", said)
    placed = orders(items, said.id)
    order_days = dict(placed.select("order_id", "day").iter_rows())
    found = [file if _gives(file) == "items" else _read(file, said, today, order_days) for file in found]
    found = [_whole_or_asking(file) for file in found]
    return _account(place, said, found, placed, currency.remarks(items, "value", said))


def _report(file: _File) -> Report | None:
    return REPORTS.get(file.report or "")


def _gives(file: _File) -> str | None:
    report = _report(file)
    return report.gives if report else None


def _kept(source: Source, place: Path, said: Settings, today: date) -> _File | None:
    """An order file whose reading was kept from an earlier time."""
    found = cache.load(place, cache.key(source.sha256, source.path, said), today)
    return found and _File(source, report=found[0], encoding=found[1], reading=found[2])


def _read_order_file(file: _File, place: Path, said: Settings, today: date) -> _File:
    if file.reading is not None:
        return file
    read = _read(file, said, today, {})
    if read.reading is not None and read.report is not None:
        key = cache.key(file.source.sha256, file.source.path, said)
        cache.save(place, key, today, read.report, read.encoding, read.reading)
    return read


def _opened(source: Source, said: Settings) -> _File:
    if source.problem:
        return _File(source, None, remark=source.problem)
    entry = said.columns_for(source.path)
    if Content(source.content).is_parquet:
        text, name = source.content, "parquet"
    elif entry and entry.encoding:
        try:
            text, name = source.content.decode(entry.encoding).encode(), entry.encoding
        except (UnicodeDecodeError, LookupError) as error:
            hint = "correct encoding under [columns] in account.toml, or take it out"
            raise ExportError(f"{source.path}: expected text in {entry.encoding}, found {error}", hint) from error
    else:
        text, name = encoding.utf8(source.content)
    report, remark = recognise.report(text)
    if entry and entry.report and text.strip():
        report, remark = entry.report, ""
    if report is None and remark and said.columns and entry is None:
        remark += "; no pattern under [columns] in account.toml matches its name"
    return _File(source, report, text, name, remark)


def _once_each(found: list[_File], said: Settings) -> list[_File]:
    """The same bytes under two names are read once and the copy is named. Bare headers are alike and no copies; neither
    are two lists that account.toml says were taken on two days: the later one says that nothing came since."""
    first: dict[tuple[str, date | None], str] = {}
    return [_unless_copy(file, said, first) for file in found]


def _unless_copy(file: _File, said: Settings, first: dict[tuple[str, date | None], str]) -> _File:
    if file.reading is None and file.encoding != "parquet" and b"\n" not in file.text.strip():
        return file
    entry = said.columns_for(file.source.path)
    # what an order stands in once is merged; packages of a second list would count twice
    taken_on = entry.taken_on if entry and _gives(file) in ("defects", "feedback") else None
    same = first.setdefault((file.source.sha256, taken_on), file.source.path)
    return (
        file
        if same == file.source.path
        else replace(file, text=b"", reading=None, remark=f"the same file as {same}, read once")
    )


def _read(file: _File, said: Settings, today: date, order_days: dict[str, date]) -> _File:
    report = _report(file)
    if report is None or not file.text.strip():
        return file
    known = Known(file.source.path, said, today, said.columns_for(file.source.path), order_days)
    told = entries.idle(said, known.path, file.report or "") + unknown.remarks(file.report, file.text)
    text, cut = Content(file.text).whole
    reading = report.read(text, known)
    reading = replace(reading, warnings=told + reading.warnings, rejected=reading.rejected + cut)
    return replace(file, reading=repeated.only(reading, said))


def _whole_or_asking(file: _File) -> _File:
    report = _report(file)
    if report is None or file.reading is None:
        return file
    return replace(file, reading=unread.whole_or_asking(file.reading, file.source.path, file.report, report.metrics))


def _together(found: list[_File], frame: str) -> pl.DataFrame:
    """The rows of one frame from every file that gives it, each with its `source_file`."""
    schema = dict(SCHEMAS[frame]) | {"source_file": pl.String}
    parts = [
        rows.with_columns(source_file=pl.lit(file.source.path)).select(
            pl.col(name).cast(dtype) for name, dtype in schema.items()
        )
        for file in found
        if file.reading is not None
        for name, rows in ((_gives(file), file.reading.rows), *file.reading.also.items())
        if name == frame
    ]
    return pl.concat([pl.DataFrame(schema=schema), *parts])


def _account(place: Path, said: Settings, found: list[_File], placed: pl.DataFrame, remarks: dict[str, str]) -> Account:
    """The account. `remarks` are those on the currencies of its order files."""
    opinions, gone, removed = feedback.together([one for one in _readings(found, "feedback") if one.rows.height])
    money, returns = currency.told(_together(found, "money"), "amount", said), _together(found, "returns")
    days = placed.select("order_id", order_day="day")
    paid = claims_and_chargebacks(money, said).drop("order_day").join(days, on="order_id", how="left")
    untold = {file.source.path: file.reading.untold for file in found if file.reading}
    told = entries.told(said, {file.source.path: file.report for file in found}, untold)
    files = _files(found, removed)
    listed = _together(found, "defects")
    defects = defects_together(listed, opinions, paid.select(list(SCHEMAS["defects"])), returns, files, told.tells)
    beside = unplaced(defects, placed), taken_off(listed, files), entries.of_other_stores(said, files)
    return Account(
        id=said.id,
        name=said.name,
        folder=place,
        marketplaces=said.marketplaces,
        fulfilments=said.fulfilment,
        own_targets=said.own_targets,
        feedback_totals=said.totals,
        events=said.own_events,
        time_zone=zone(said),
        options=dict(said.options),
        notebooks=said.notebooks,
        orders=placed,
        feedback=opinions,
        removed=gone,
        defects=defects,
        shipments=_together(found, "shipments"),
        returns=returns,
        money=money,
        traffic=_together(found, "traffic"),
        snapshots=_together(found, "snapshots").sort("taken_on", "marketplace", "metric", "fulfilment"),
        files=_with_remarks(files, *beside, remarks, currency.remarks(money, "amount", said)),
        rejected=_rejected(found),
        questions=tuple(file.reading.question for file in found if file.reading and file.reading.question),
        last_complete_day=_last_complete_day(placed, found),
        locale=said.locale,
        unused_entries=entries.unused(said, [file.source.path for file in found]),
        other_stores=entries.other_stores(said, files),
        tells=told.tells,
        columns_tell=told.sentences,
    )


def _readings(found: list[_File], frame: str) -> list[Reading]:
    return [file.reading for file in found if file.reading is not None and _gives(file) == frame]


def _with_remarks(files: pl.DataFrame, *remarks: dict[str, str]) -> pl.DataFrame:
    """The files with what was found out about them besides: each of `remarks` is file → words."""
    more = [[said[path] for said in remarks if path in said] for path in files.get_column("path")]
    return files.with_columns(pl.col("warnings").list.concat(pl.Series(more, dtype=pl.List(pl.String))))


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
                "rows_kept": reading.rows_kept if reading else 0,
                "rows_rejected": len(reading.rejected) if reading else 0,
                "rows_waiting": reading.waiting if reading else 0,
                "first_day": reading.first_day if reading else None,
                "last_day": reading.last_day if reading else None,
                "reaches": reading.reaches if reading else None,
                "covers": reading.covers if reading else None,
                "rows_are": reading.rows_are if reading else None,
                "marketplaces": list(reading.marketplaces) if reading else [],
                "warnings": remarks + (list(reading.remarks) if reading else []),
                "sha256": file.source.sha256 if file.source.content else None,
            }
        )
    return pl.DataFrame(rows, schema=dict(SCHEMAS["files"]))


def _rejected(found: list[_File]) -> pl.DataFrame:
    read = [(file.source.path, file.reading) for file in found if file.reading]
    rows = [(path, *row, one.rejected_on.get(row[0] or 0)) for path, one in read for row in one.rejected]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["rejected"]), orient="row")


def _last_complete_day(placed: pl.DataFrame, found: list[_File]) -> date | None:
    """The day before the newest change of an order; else before the newest snapshot; else the newest day of any file.

    Where no file says when an order changed, the newest purchase stands in.
    """
    if placed.height:
        changed = last_day(placed.drop_nulls("updated_at").get_column("updated_on"))
        return (changed or span(placed.get_column("day"))[1]) - timedelta(days=1)
    snapshots = [reading.reaches for reading in _readings(found, "snapshots") if reading.reaches]
    others = [file.reading.reaches or file.reading.last_day for file in found if file.reading and file.reading.last_day]
    return max(snapshots or others, default=None)
