"""The tables of `seller-audit check`, as plain text and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import polars as pl

from helpers.reports.results import plain
from helpers.reports.terminal import clean
from helpers.vocabulary import METRICS, OPTIONS, Account, Question
from helpers.wording import count, fulfilled_by, short_day

WIDTH = 98
EXACTNESS = {
    "exact": "exactly",
    "lower_bound": "at least (lower bound)",
    "upper_bound": "at most (upper bound)",
    "approximate": "roughly",
    "impossible": "not at all",
}


def as_json(account: Account, coverage: pl.DataFrame) -> dict:
    """What `check --json` prints: the schema is reports/schemas/check.json."""
    rejected = account.rejected.partition_by("path", as_dict=True)
    columns = (
        "path",
        "report",
        "encoding",
        "rows_kept",
        "rows_rejected",
        "rows_waiting",
        "first_day",
        "last_day",
        "marketplaces",
        "warnings",
    )
    files = [
        {name: row[name] for name in columns}
        | {"rejected": _rows(rejected.get((row["path"],), account.rejected.clear()))}
        for row in account.files.iter_rows(named=True)
    ]
    metrics = [{"group": None, "window_days": None} | row for row in coverage.iter_rows(named=True)]
    questions = [
        {"path": one.path, "question": one.text, "answer": one.line, "metrics": list(one.metrics)}
        for one in account.questions
    ]
    return plain({"account": account.id, "files": files, "metrics": metrics, "questions": questions})


def _rows(rejected: pl.DataFrame) -> list[dict]:
    return rejected.select("line", "reason").to_dicts()


def as_text(account: Account, coverage: pl.DataFrame) -> str:
    """What `check` prints: each file, what the files can prove, what to download, what to answer."""
    parts = [f"{clean(account.name)} ({account.id})", ""]
    parts += ["FILES", *(_file(row, account) for row in account.files.iter_rows(named=True))]
    if account.files.is_empty():
        parts.append(f"  none: put the downloads into {account.folder / 'exports'}")
    parts += ["", "METRICS", *_metrics(coverage)]
    downloads = coverage.explode("download").get_column("download").drop_nulls().unique(maintain_order=True)
    if len(downloads):
        parts += ["", "WHAT TO DOWNLOAD", *(_wrapped(f"- {download}", 2) for download in downloads)]
    chosen = [
        f"{name} = {account.option(name)}" for name, one in OPTIONS.items() if account.option(name) != one.default
    ]
    if chosen:
        parts += ["", "OPTIONS OTHER THAN THE DEFAULT", *(_wrapped(line, 2) for line in chosen)]
    if account.questions:
        parts += ["", "QUESTIONS", *(_asked(question) for question in account.questions)]
        if any(question.answers for question in account.questions):
            parts.append("  To answer them, run seller-audit settle on this folder.")
    last = account.last_complete_day
    parts += ["", f"Last complete day in the files: {short_day(last) if last else 'none'}"]
    return "\n".join(parts)


def _asked(question: Question) -> str:
    said = _wrapped(clean(f"? {question.path}: {question.text}"), 2)
    return f"{said}\n{_wrapped(clean(f'in account.toml: {question.line}'), 6)}" if question.answers else said


def _file(row: dict, account: Account) -> str:
    kept, rejected = row["rows_kept"] or 0, row["rows_rejected"] or 0
    period = f", {short_day(row['first_day'])} to {short_day(row['last_day'])}" if row["first_day"] else ""
    stores = f", {clean(', '.join(row['marketplaces']))}" if row["marketplaces"] else ""
    lines = [
        f"  {clean(row['path'])}",
        _wrapped(f"{row['report'] or 'not recognised'}, {row['encoding'] or 'no text'}", 6),
    ]
    if row["report"]:
        lines.append(_wrapped(f"{count(kept)} rows kept, {count(rejected)} rejected{period}{stores}", 6))
    reasons = (
        account.rejected.filter(path=row["path"])
        .group_by("reason", maintain_order=True)
        .agg(pl.len(), pl.col("line").head(5))
    )
    for reason, number, where in reasons.iter_rows():
        at = ", ".join(str(line) for line in where if line is not None)
        lines.append(
            _wrapped(f"rejected: {count(number)} × {clean(reason)} (line {at}{' …' if number > 5 else ''})", 6)
        )
    lines += [_wrapped(f"! {clean(warning)}", 6) for warning in row["warnings"]]
    return "\n".join(lines)


def _metrics(coverage: pl.DataFrame) -> Iterable[str]:
    grouped = coverage.group_by("metric", "exactness", "missing", maintain_order=True).agg(
        where=pl.struct("marketplace", "fulfilment")
    )
    for row in grouped.iter_rows(named=True):
        where = "; ".join(f"{one['marketplace']}, {fulfilled_by(one['fulfilment'])}" for one in row["where"])
        missing = f" — {'; '.join(row['missing'])}" if row["missing"] else ""
        yield _wrapped(f"{METRICS[row['metric']].label}: {EXACTNESS[row['exactness']]} ({where}){missing}", 2)


def _wrapped(text: str, indent: int) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 4))
