"""Tables of what was read and by which rules: files, rejected rows, coverage."""

from __future__ import annotations

from html import escape

import polars as pl
from IPython.display import HTML

from helpers.coverage import advice
from helpers.rows import FileRow, rows_of
from helpers.tables.layout import DASH, folded, period, table, words
from helpers.vocabulary import METRICS, Account
from helpers.wording import count, plural, where


def files(account: Account) -> HTML:
    """What was read, one row a kind of report; files with a remark, and every single file, stand behind disclosures."""
    kinds = account.files.group_by(pl.col("report").fill_null("not recognised"), maintain_order=True).agg(
        files=pl.len(),
        kept=pl.col("rows_kept").sum(),
        rejected=pl.col("rows_rejected").sum(),
        first=pl.col("first_day").min(),
        last=pl.col("last_day").max(),
    )
    rows = [
        {
            "Recognised as": words(row["report"]),
            "Files": count(row["files"]),
            "Rows kept": count(row["kept"]),
            "Rejected": count(row["rejected"]),
            "Period": period(row["first"], row["last"]),
        }
        for row in kinds.iter_rows(named=True)
    ]
    summary = table(rows, "kinds", right=("Files", "Rows kept", "Rejected"), nothing="There is no file in exports/.")
    told = list(rows_of(account.files, FileRow))
    odd = [{"File": row["path"], "Remarks": "; ".join(row["warnings"])} for row in told if row["warnings"]]
    more = (
        [folded(table(odd, "remarks"), len(odd), f"What is odd about {plural(len(odd), 'file')}", always=True)]
        if odd
        else []
    )
    more.append(folded(_each_file(told), len(told), "Every file", always=True, is_proof=False))
    return HTML("".join(f"{part.data}" for part in (summary, *more)))


def _each_file(files: list[FileRow]) -> HTML:
    rows = [
        {
            "File": row["path"],
            "Recognised as": words(row["report"] or "not recognised"),
            "Rows kept": count(row["rows_kept"] or 0),
            "Rejected": count(row["rows_rejected"] or 0),
            "Period": period(row["first_day"], row["last_day"]),
        }
        for row in files
    ]
    return table(rows, "files", right=("Rows kept", "Rejected"))


def rejected(account: Account) -> HTML:
    """Rejected rows by file and reason, with the first line numbers."""
    grouped = account.rejected.group_by("path", "reason", maintain_order=True).agg(
        rows=pl.len(), lines=pl.col("line").drop_nulls().head(5)
    )
    rows = [
        {
            "File": row["path"],
            "Reason": row["reason"],
            "Rows": count(row["rows"]),
            "First lines": ", ".join(str(line) for line in row["lines"]) or DASH,
        }
        for row in grouped.iter_rows(named=True)
    ]
    return table(rows, "rejected", right=("Rows",), nothing="No row was rejected.")


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
            "Rate": METRICS[row["metric"]].label,
            "Of": "; ".join(row["of"]),
            "Can be computed": _EXACTNESS[row["exactness"]],
            "What is missing": "; ".join(row["missing"]) or DASH,
            "Download that closes the gap": "; ".join(advice(row)) or DASH,
        }
        for row in grouped.iter_rows(named=True)
    ]
    rest = f" No download holds the orders of: {', '.join(METRICS[metric].name for metric in never)}." if never else ""
    if not rows:
        return table([], "coverage", nothing=f"Every rate can be computed exactly from these files.{rest}")
    whole = table(rows, "coverage")
    return HTML(f"{whole.data}<p>{escape(rest.strip())}</p>") if rest else whole


_EXACTNESS = {
    "lower_bound": "at least",
    "upper_bound": "at most",
    "approximate": "roughly",
    "impossible": "not at all",
}
