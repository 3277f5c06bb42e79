"""The tables of `seller-audit check`, as plain text and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import polars as pl

from helpers.answer import stores_differ
from helpers.audit import Audit
from helpers.coverage import advice
from helpers.reports import next_month
from helpers.reports.results import plain
from helpers.reports.terminal import clean
from helpers.vocabulary import METRICS, OPTIONS, Account, Question
from helpers.wording import THIN, count, days, fulfilled_by, plural, short_day

WIDTH = 98
EXACTNESS = {
    "exact": "exactly",
    "lower_bound": "at least (lower bound)",
    "upper_bound": "at most (upper bound)",
    "approximate": "roughly",
    "impossible": "not at all",
}


def as_json(audit: Audit) -> dict:
    """What `check --json` prints: the schema is reports/schemas/check.json."""
    account = audit.account
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
        | {"columns_tell": list(account.columns_tell.get(row["path"], ()))}
        for row in account.files.iter_rows(named=True)
    ]
    metrics = [
        {"group": None, "window_days": None} | row | {"download": advice(row)}
        for row in audit.covered.iter_rows(named=True)
    ]
    metrics = [{name: said for name, said in row.items() if name not in ("instead", "rows")} for row in metrics]
    gaps, holes = audit.gaps.drop("account").to_dicts(), older(audit).to_dicts()
    questions = [
        {"path": one.path, "question": one.text, "answer": one.line, "metrics": list(one.metrics)}
        for one in account.questions
    ]
    said = {"files": files, "metrics": metrics, "gaps": gaps, "older_holes": holes, "questions": questions}
    said |= {"unused_entries": list(account.unused_entries)}
    return plain({"account": account.id} | said)


def older(audit: Audit) -> pl.DataFrame:
    """The holes no judged window needs a day of: they matter to a trend alone."""
    needed = audit.gaps.select("kind", a="first_day", b="last_day").unique()
    same = audit.holes.join(needed, on="kind").filter(
        pl.col("first_day") <= pl.col("b"), pl.col("last_day") >= pl.col("a")
    )
    return audit.holes.join(same, on=audit.holes.columns, how="anti", nulls_equal=True)


def _rows(rejected: pl.DataFrame) -> list[dict]:
    return rejected.select("line", "reason").to_dicts()


def as_text(audit: Audit) -> str:
    """What `check` prints: each file, what the files can prove, gaps, what to download, what to answer."""
    account, coverage = audit.account, audit.covered
    parts = [f"{clean(account.name)} ({account.id})", ""]
    parts += ["FILES", *(_file(row, account) for row in account.files.iter_rows(named=True))]
    if account.files.is_empty():
        parts.append(f"  none: put the downloads into {account.folder / 'exports'}")
    parts += ["", "METRICS", *_metrics(coverage)]
    gaps = "GAPS (the days judged rates need; a download is asked for over all the time no file speaks for)"
    parts += ["", gaps, *_gaps(audit.gaps)] if audit.gaps.height else []
    if (holes := older(audit)).height:
        parts += ["", "OLDER HOLES (a trend shows them; no rate judged today needs these days)", *_holes(holes)]
    files, others = (
        [
            _wrapped(f"- {one}", 2)
            for one in coverage.get_column(name).explode().drop_nulls().unique(maintain_order=True)
        ]
        for name in ("download", "instead")
    )
    parts += ["", "WHAT TO DOWNLOAD", *files] if files else []
    parts += ["", "INSTEAD OF A DOWNLOAD", *others] if others else []
    marks = audit.marketplace_marks.filter("is_flagged").get_column("finding")
    told = [_wrapped(clean(f"- {mark}".replace(THIN, " ")), 2) for mark in marks]
    parts += ["", "WHAT THE MARKETPLACE MARKS", *told] if told else []
    if account.other_stores:
        parts += ["", "ACCOUNT.TOML AND THE FILES DIFFER", _wrapped(clean(f"- {stores_differ(account)}"), 2)]
    if account.unused_entries:
        parts += ["", "ENTRIES OF ACCOUNT.TOML THAT SPEAK FOR NO FILE (misspelt, or an entry before speaks for it)"]
        parts += [_wrapped(clean(f'- [columns."{glob}"]'), 2) for glob in account.unused_entries]
    chosen = [
        f"{name} = {account.option(name)}" for name, one in OPTIONS.items() if account.option(name) != one.default
    ]
    if chosen:
        parts += ["", "OPTIONS OTHER THAN THE DEFAULT", *(_wrapped(line, 2) for line in chosen)]
    if account.questions:
        parts += ["", "QUESTIONS", *(_asked(question) for question in account.questions)]
        if any(question.answers for question in account.questions):
            parts.append("  To answer them, run seller-audit settle on this folder.")
    coming = [_wrapped(f"- {one}", 2) for one in next_month.downloads(audit)]
    parts += ["", "FOR THE NEXT MONTHLY REPORT, DOWNLOAD", *coming] if coming else []
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
    lines += [_wrapped(sentence, 6) for sentence in account.columns_tell.get(row["path"], ())]
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
        where = "; ".join(
            f"{one['marketplace']}, {fulfilled_by(one['fulfilment'], one['marketplace'])}" for one in row["where"]
        )
        missing = f" — {'; '.join(row['missing'])}" if row["missing"] else ""
        how = (
            "exactly, over windows the files hold whole"
            if row["exactness"] == "exact" and missing
            else EXACTNESS[row["exactness"]]
        )
        yield _wrapped(f"{METRICS[row['metric']].label}: {how} ({where}){missing}", 2)


def _gaps(gaps: pl.DataFrame) -> Iterable[str]:
    """Each gap once, with the rates that need its days and the download that closes it."""
    same = gaps.group_by("kind", "first_day", "last_day", "why", "download", maintain_order=True)
    for row in same.agg("metric", "marketplace").iter_rows(named=True):
        rates = ", ".join(dict.fromkeys(METRICS[metric].label for metric in row["metric"]))
        stores = ", ".join(dict.fromkeys(row["marketplace"]))
        missing = days(row["first_day"], row["last_day"])
        yield _wrapped(f"{row['kind']}, {missing}: {row['why']}. Needed by: {rates} ({clean(stores)})", 2)
        yield _wrapped(f"download: {row['download']}", 6)


def _holes(holes: pl.DataFrame) -> Iterable[str]:
    for row in holes.iter_rows(named=True):
        store = f" of {clean(row['marketplace'])}" if row["marketplace"] else ""
        length = plural((row["last_day"] - row["first_day"]).days + 1, "day")
        yield _wrapped(f"{row['kind']}{store}, {days(row['first_day'], row['last_day'])} ({length})", 2)
        yield _wrapped(f"download: {row['download']}", 6)


def _wrapped(text: str, indent: int) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 4))
