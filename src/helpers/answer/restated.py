"""What the last report said of its day beside what today's files say of that same day: restated, reported since, new rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version

import polars as pl

from helpers.answer.names import few, listed, name
from helpers.audit import Audit
from helpers.maturity import removals
from helpers.rows import JudgedRow, KeyRow, VerdictRow, is_judged, key_of, rows_of
from helpers.vocabulary import COUNTS_BAD, METRICS, MUST_BE_LABEL, OPTIONS
from helpers.wording import bound, count, day, percent, plural, share, target_percent

MOST_NAMED = 4  # rates in one sentence
SEMICOLON = "; "
MOST_FILES = 2  # named in one sentence
IS_MET = {"met": "met", "breached": "missed"}


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
    said = {_place(row): row for row in sent.verdicts if is_judged(row)}
    found = {_place(row): row for row in rows_of(then.verdicts, VerdictRow) if is_judged(row)}
    told = [text for place, row in said.items() if (text := _other(row, found.get(place)))]
    told += [f"the {name(row)}, not told then, {_counts(row)} now" for place, row in found.items() if place not in said]
    since = [text for row in said.values() if (text := _since(audit, row, sent.day))]
    rules = _rules(audit, said)
    if not told and not since and not rules:
        return ()
    sentences = (
        [f"Restated since the report of {day(sent.day)}: {few(told, MOST_NAMED, SEMICOLON)}.", *_why(then, sent)]
        if told
        else []
    )
    if since:
        of = "its windows" if told else f"the windows of the report of {day(sent.day)}"
        sentences.append(f"Reported since on orders of {of}: {few(since, MOST_NAMED, SEMICOLON)}.")
    return (" ".join([*sentences, *rules]),)


def _other(row: JudgedRow, now: JudgedRow | None) -> str:
    """How a figure differs from what was said of it; empty where it stands as it was printed."""
    if now is None:
        return f"the {name(row)}, {_counts(row)} then, can no longer be told"
    is_same = (row["numerator"], percent(row["rate"])) == (now["numerator"], percent(now["rate"]))
    if is_same and row["status"] == now["status"]:
        return ""
    word = IS_MET.get(now["status"])
    turned = f" and its target is {word}" if word and row["status"] != now["status"] else ""
    return f"the {name(row)} was {_counts(row)} and is {_counts(now)}{turned}"


def _counts(row: JudgedRow) -> str:
    theirs = ", the marketplace's own figure" if row["source"] == "marketplace" else ""
    return bound(row["exactness"]) + share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is) + theirs


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
        _files([path for path in new if path in sent.files], "other than before"),
        _files(gone, "no longer there"),
    ]
    said = [f"Of the downloads for those days {listed(known)}." for known in [list(filter(None, parts))] if known]
    removed = removals(then.account, sent.day).removed
    if removed and new:
        said.append(
            f"{plural(removed, 'bad feedback', 'bad feedback')} of that time was taken down as far as they show."
        )
    other = [
        option.meaning
        for key, option in OPTIONS.items()
        if key in sent.options and sent.options[key] != then.account.option(key)
    ]
    said += [f"The rules leave open {listed(other)}, which account.toml now reads another way."] if other else []
    kit = version("seller-audit-kit")
    said += [f"The kit that counts is version {kit}, then {sent.kit}."] if kit != sent.kit else []
    return said or ["Downloads, readings of the rules and version of the kit are the same: its makers should know."]


def _files(paths: Sequence[str], how: str) -> str:
    if not paths:
        return ""
    named = listed(paths) if len(paths) <= MOST_FILES else count(len(paths))
    return f"{named} {'is' if len(paths) == 1 else 'are'} {how}"


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
    return f"{plural(number, 'more bad one')} of the {name(row)}, which had {count(row['numerator'])} then"


def _rules(audit: Audit, said: Mapping[tuple, JudgedRow]) -> list[str]:
    """The targets that are no longer those of the last report."""
    found = {_place(row): row for row in rows_of(audit.verdicts, VerdictRow) if is_judged(row)}
    other = [
        f"the {name(now)} {_target(now)}, {_target(row)} then"
        for place, row in said.items()
        if (now := found.get(place)) and (row["must_be"], row["target"]) != (now["must_be"], now["target"])
    ]
    return [f"Another target is in force: {few(other, MOST_NAMED, SEMICOLON)}."] if other else []


def _target(row: JudgedRow) -> str:
    return f"{MUST_BE_LABEL[row['must_be']]} {target_percent(row['target'])}"


def _place(row: KeyRow) -> tuple:
    return tuple(key_of(row).values())
