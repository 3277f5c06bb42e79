"""What has to be downloaded before the rates can be told: anew, what closes a gap, what is missing altogether."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import polars as pl

from helpers.answer.names import named, rates
from helpers.audit import Audit
from helpers.frames import first_day, last_day
from helpers.rows import GapRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import CUT
from helpers.wording import day, days

MOST_FILES = 2  # named in one sentence
BEHIND = 7  # days that order files may end before the others: downloads of one evening differ by less
DECIDES = "order_defect_rate"


def first(audit: Audit) -> list[str]:
    """What comes before every cause: files that cannot be read or end in the middle of a line, order files that end before
    the others, questions, gaps, rows that could not be read."""
    # what waits for an answer can be the very file a gap asks for
    return [
        *_dead(audit),
        *_cut(audit),
        *_behind(audit),
        *_to_answer(audit),
        *of_gaps(audit).values(),
        *_unread(audit),
    ]


def last(audit: Audit) -> list[str]:
    """What would make a bound exact, and the order files without which nothing tells the rate that decides; what serves most
    rates first."""
    is_bound = pl.col("is_judged") & ~pl.col("exactness").is_in(["exact", "impossible"])
    asked = audit.covered.filter(is_bound | _untold()).explode("download").drop_nulls("download")
    wanted = asked.group_by("download", maintain_order=True).len().sort("len", descending=True, maintain_order=True)
    names = dict.fromkeys(short(download) for download in wanted.get_column("download"))
    gaps = of_gaps(audit)
    return [
        say("download-missing", download=name)
        for name in names
        if not any(gap.startswith(name.split(",")[0]) for gap in gaps)
    ]


def is_told(audit: Audit) -> bool:
    """Whether no store lacks the files that tell the rate that decides: without it nothing is calm."""
    return audit.covered.filter(_untold()).is_empty()


def of_gaps(audit: Audit) -> dict[str, str]:
    """The downloads that close gaps, each once: its name → what is said of it, with the days and the rates that wait."""
    said: dict[str, tuple[str, list[GapRow]]] = {}
    for gap in rows_of(audit.gaps, GapRow):
        said.setdefault(short(gap["download"] or gap["kind"]), (gap["why"], []))[1].append(gap)
    return {
        download: say("download-for", download=download, why=why, rates=named(rates(gaps)))
        for download, (why, gaps) in said.items()
    }


def short(download: str) -> str:
    """A download without where it is found: that stands in the table of what the files can prove."""
    return download.split(" (")[0]


def _untold() -> pl.Expr:
    """The rate that decides where a download is missing to tell it; a store without an order needs none."""
    is_untold = pl.col("is_judged") & (pl.col("exactness") == "impossible") & (pl.col("download").list.len() > 0)
    return (pl.col("metric") == DECIDES) & is_untold


def _dead(audit: Audit) -> list[str]:
    """The files that are no download anybody can read, where a rate waits for some file; else they are notes and the like,
    which stand in the appendix."""
    files = audit.account.files
    if files.is_empty() or (is_told(audit) and audit.gaps.is_empty()):
        return []
    dead = files.filter(pl.col("report").is_null()).get_column("path").sort().to_list()
    return [say("download-dead", files=len(dead), named=dead[:MOST_FILES])] if dead else []


def _cut(audit: Audit) -> list[str]:
    """The files that end in the middle of a line, for more is lost than that line: where a judged window reaches into their days,
    or a gap may lie behind the cut."""
    files = audit.account.rejected.filter(reason=CUT).select("path").unique(maintain_order=True)
    if files.is_empty():
        return []
    if audit.gaps.is_empty():
        first = first_day(audit.verdicts.get_column("window_start"))
        ends = files.join(audit.account.files.select("path", "last_day"), on="path", maintain_order="left")
        files = ends.filter(pl.lit(first is None) | pl.col("last_day").is_null() | (pl.col("last_day") >= first))
    named = [say("cut-file", file=path) for path in files.get_column("path")]
    return [say("download-again", rows=named)] if named else []


def _behind(audit: Audit) -> list[str]:
    """That order files end days before the other files: what those tell of the days between is not judged.

    Not where an earlier day was asked for: the files go on after it.
    """
    files, ends = audit.account.files, audit.account.last_complete_day
    if files.is_empty() or ends is None or audit.day != ends or files.filter(covers="orders").is_empty():
        return []
    others = last_day(files.filter(pl.col("covers").ne_missing("orders")).get_column("reaches"))
    if others is None or others - ends < timedelta(days=BEHIND):
        return []
    return [say("download-orders", days=days(ends + timedelta(days=1), others), ends=day(ends), others=day(others))]


def _unread(audit: Audit) -> list[str]:
    """The rows that could have told something of a judged rate and could not be read, or tell too little."""
    rows = audit.covered.filter("is_judged").get_column("rows").explode().drop_nulls().unique(maintain_order=True)
    cut = set(audit.account.rejected.filter(reason=CUT).get_column("path"))  # said by themselves
    unread = [row["said"] for row in rows if row["lack"] == "unread" and row["file"] not in cut]
    # what other files prove all the same, and what asks for nothing but a whole file
    damaged = [path for path in _asking(audit) if path not in _waiting(audit)]
    told = {row["file"] for row in rows if row["lack"] == "unread"}
    unread += [say("most-rows", file=path) for path in damaged if path not in told]
    unsaid = [row["said"] for row in rows if row["lack"] != "unread"]
    said = [say("download-again", rows=unread)] if unread else []
    return said + ([say("look-into-rows", rows=unsaid)] if unsaid else [])


def _to_answer(audit: Audit) -> Iterable[str]:
    """The files that wait for an answer; the question itself is the analyst's (`seller-audit check`)."""
    paths = [path for path in _asking(audit) if path in _waiting(audit)]
    return [say("answer-first", files=paths)] if paths else []


def _asking(audit: Audit) -> list[str]:
    """The files with a question that is of the whole file: single rows are told as such."""
    return list(dict.fromkeys(one.path for one in audit.account.questions if not one.is_of_rows))


def _waiting(audit: Audit) -> set[str]:
    """The files of which an answer would bring rows into use."""
    files = audit.account.files
    return set(files.filter(pl.col("rows_waiting") > 0).get_column("path"))
