"""Tables of what was read and by which rules: files, rejected rows, coverage."""

from __future__ import annotations

from html import escape

import polars as pl
from IPython.display import HTML

from helpers.coverage import advice
from helpers.rows import FileRow, rows_of
from helpers.sentences import say
from helpers.tables.layout import DASH, folded, period, table
from helpers.vocabulary import METRICS, Account
from helpers.wording import count, where

ROWS = ("rows_kept", "rejected")


def files(account: Account) -> HTML:
    """What was read, one row a kind of report; files with a remark, and every single file, stand behind disclosures."""
    kinds = account.files.group_by("report", maintain_order=True).agg(
        files=pl.len(),
        kept=pl.col("rows_kept").sum(),
        rejected=pl.col("rows_rejected").sum(),
        first=pl.col("first_day").min(),
        last=pl.col("last_day").max(),
    )
    rows = [
        {
            "report": _report(row["report"]),
            "files": count(row["files"]),
            "rows_kept": count(row["kept"]),
            "rejected": count(row["rejected"]),
            "period": period(row["first"], row["last"]),
        }
        for row in kinds.iter_rows(named=True)
    ]
    summary = table(rows, "kinds", right=("files", *ROWS), nothing=say("no-files"))
    told = list(rows_of(account.files, FileRow))
    odd = [{"file": row["path"], "remarks": "; ".join(row["warnings"])} for row in told if row["warnings"]]
    more = [folded(table(odd, "remarks"), len(odd), say("remarks", files=len(odd)), always=True)] if odd else []
    more.append(folded(_each_file(told), len(told), say("every-file"), always=True, is_proof=False))
    return HTML("".join(f"{part.data}" for part in (summary, *more)))


def _report(report: str | None) -> str:
    return say(f"report.{report}" if report else "not-recognised")


def _each_file(files: list[FileRow]) -> HTML:
    rows = [
        {
            "file": row["path"],
            "report": _report(row["report"]),
            "rows_kept": count(row["rows_kept"] or 0),
            "rejected": count(row["rows_rejected"] or 0),
            "period": period(row["first_day"], row["last_day"]),
        }
        for row in files
    ]
    return table(rows, "files", right=ROWS)


def rejected(account: Account) -> HTML:
    """Rejected rows by file and reason, with the first line numbers."""
    grouped = account.rejected.group_by("path", "reason", maintain_order=True).agg(
        rows=pl.len(), lines=pl.col("line").drop_nulls().head(5)
    )
    rows = [
        {
            "file": row["path"],
            "reason": row["reason"],
            "rows": count(row["rows"]),
            "lines": ", ".join(str(line) for line in row["lines"]) or DASH,
        }
        for row in grouped.iter_rows(named=True)
    ]
    return table(rows, "rejected", right=("rows",), nothing=say("no-rejected"))


def coverage(coverage: pl.DataFrame) -> HTML:
    """The rates that cannot be computed exactly: as which bound, what is missing, which download closes the gap."""
    of = pl.struct("marketplace", "fulfilment").map_elements(where, pl.String)
    is_advised = pl.sum_horizontal(pl.col("download", "instead").list.len()) > 0
    is_supplied = (pl.col("exactness") != "impossible") | is_advised
    gaps = coverage.filter(pl.col("exactness") != "exact", is_supplied).with_columns(of=of)
    never = coverage.filter(~is_supplied).get_column("metric").unique(maintain_order=True).to_list()
    grouped = gaps.group_by("metric", "exactness", "missing", "download", "instead", maintain_order=True).agg("of")
    rows = [
        {
            "rate": METRICS[row["metric"]].label,
            "of": "; ".join(row["of"]),
            "exactness": say(f"computed.{row['exactness']}"),
            "missing": "; ".join(row["missing"]) or DASH,
            "download": "; ".join(advice(row)) or DASH,
        }
        for row in grouped.iter_rows(named=True)
    ]
    rest = [say("no-download", rates=", ".join(METRICS[metric].name for metric in never))] if never else []
    if not rows:
        return table([], "coverage", nothing=" ".join([say("no-gap"), *rest]))
    whole = table(rows, "coverage")
    return HTML(f"{whole.data}<p>{escape(rest[0])}</p>") if rest else whole
