"""What the last report said of its day beside what today's files say of that same day: restated, reported since, new rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version

import polars as pl

from helpers.answer.names import few, name, place
from helpers.audit import Audit
from helpers.maturity import removals
from helpers.rows import JudgedRow, VerdictRow, is_judged, rows_of
from helpers.sentences import say
from helpers.vocabulary import COUNTS_BAD, METRICS, OPTIONS
from helpers.wording import aimed, bound, day, percent, share

MOST_NAMED = 4  # rates in one sentence
MOST_FILES = 2  # named in one sentence


@dataclass(frozen=True)
class Sent:
    """The last report, as far as it is held against today's files.

    day       the day it looked at · kit   the version that made it
    verdicts  its rows of the `verdicts` frame · files   path → SHA-256 of each download it read
    options   open point of the rules → the reading it took
    problem   why it cannot be used, as a sentence; then nothing else of it is
    """

    day: date = date.min
    kit: str = ""
    verdicts: tuple[VerdictRow, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def restated(audit: Audit, sent: Sent | None) -> tuple[str, ...]:
    """What a reader of the last report has to know of it now, as one paragraph; nothing where its figures stand.

    Both sides are of the report's own day. What was reported since on the orders of its windows changes no figure of that
    day: it is said apart.
    """
    if sent is None:
        return ()
    if sent.problem:
        return (sent.problem,)
    then = audit.on(sent.day)
    said = {place(row): row for row in sent.verdicts if is_judged(row)}
    found = {place(row): row for row in rows_of(then.verdicts, VerdictRow) if is_judged(row)}
    told = [text for key, row in said.items() if (text := _other(row, found.get(key)))]
    told += [say("restated.new", rate=name(row), now=_counts(row)) for key, row in found.items() if key not in said]
    since = [text for row in said.values() if (text := _since(audit, row, sent.day))]
    rules = _rules(audit, said)
    if not told and not since and not rules:
        return ()
    sentences = [say("restated-since", day=day(sent.day), rates=_some(told)), *_why(then, sent)] if told else []
    if since:
        after = "restated" if told else "alone"
        sentences.append(say("reported-since", after=after, day=day(sent.day), rates=_some(since)))
    return (" ".join([*sentences, *rules]),)


def _some(said: Sequence[str]) -> str:
    return "; ".join(few(said, MOST_NAMED))


def _other(row: JudgedRow, now: JudgedRow | None) -> str:
    """How a figure differs from what was said of it; empty where it stands as it was printed."""
    if now is None:
        return say("restated.gone", rate=name(row), then=_counts(row))
    is_same = (row["numerator"], percent(row["rate"])) == (now["numerator"], percent(now["rate"]))
    if is_same and row["status"] == now["status"]:
        return ""
    turned = now["status"] if row["status"] != now["status"] else "same"
    return say("restated.other", rate=name(row), then=_counts(row), now=_counts(now), turned=turned)


def _counts(row: JudgedRow) -> str:
    said = bound(row["exactness"]) + share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)
    return ", ".join([said, *([say("of-theirs")] if row["source"] == "marketplace" else [])])


def _why(then: Audit, sent: Sent) -> list[str]:
    """What is another than it was: downloads of those days, feedback that is gone, readings, the kit."""
    files = then.account.files
    now = {path: sha for path, sha in files.select("path", "sha256").iter_rows() if sha}
    speaks = pl.col("first_day").is_null() | (pl.col("first_day") <= sent.day)
    of_then = set(files.filter(speaks).get_column("path"))
    new = [path for path, sha in now.items() if path in of_then and sha not in sent.files.values()]
    gone = [path for path, sha in sent.files.items() if path not in now and sha not in now.values()]
    parts = [
        _files([path for path in new if path not in sent.files], "new"),
        _files([path for path in new if path in sent.files], "other"),
        _files(gone, "gone"),
    ]
    said = [say("of-downloads", parts=known) for known in [list(filter(None, parts))] if known]
    removed = removals(then.account, sent.day).removed
    if removed and new:
        said.append(say("taken-down", feedback=removed))
    other = [
        option.meaning
        for key, option in OPTIONS.items()
        if key in sent.options and sent.options[key] != then.account.option(key)
    ]
    said += [say("other-readings", points=other)] if other else []
    kit = version("seller-audit-kit")
    said += [say("other-kit", now=kit, then=sent.kit)] if kit != sent.kit else []
    return said or [say("nothing-differs")]


def _files(paths: Sequence[str], how: str) -> str:
    named = "few" if len(paths) <= MOST_FILES else "many"
    return say("downloads", named=named, files=paths, number=len(paths), how=how) if paths else ""


def _since(audit: Audit, row: JudgedRow, last: date) -> str:
    """How many bad ones of the orders of a window were reported after the report's day, with what they make of it."""
    if row["metric"] not in COUNTS_BAD or row["source"] != "files":
        return ""
    of_key = [pl.col(part).eq_missing(pl.lit(row[part])) for part in ("marketplace", "metric", "fulfilment", "group")]
    late = audit.daily.filter(
        *of_key,
        pl.col("day").is_between(row["window_start"], row["window_end"]),
        (pl.col("seen_on") > last) & (pl.col("seen_on") <= audit.day),
    )
    number = int(late.get_column("numerator").sum())
    if not number:
        return ""
    return say("more-bad-then", room=number, rate=name(row), then=row["numerator"])


def _rules(audit: Audit, said: Mapping[tuple, JudgedRow]) -> list[str]:
    """The targets that are no longer those of the last report."""
    found = {place(row): row for row in rows_of(audit.verdicts, VerdictRow) if is_judged(row)}
    other = [
        say("restated.target", rate=name(now), now=_target(now), then=_target(row))
        for key, row in said.items()
        if (now := found.get(key)) and (row["must_be"], row["target"]) != (now["must_be"], now["target"])
    ]
    return [say("other-targets", rates=_some(other))] if other else []


def _target(row: JudgedRow) -> str:
    return aimed(row["must_be"], row["target"])
