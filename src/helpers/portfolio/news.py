"""What is so this month and was not in the last, account by account: the `news` frame, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from helpers.frames import SCHEMAS
from helpers.portfolio.reading import Portfolio, Report
from helpers.portfolio.reasons import figure, is_borne, marks
from helpers.portfolio.rows import NewsKind
from helpers.rows import GapRow, VerdictRow, is_judged, key_of, rows_of
from helpers.sentences import say
from helpers.wording import capital, count, days


def news(portfolio: Portfolio) -> pl.DataFrame:
    """A row each piece of news, in the order of the kinds: missed first. Both months must tell a rate: where last month's
    report had no verdict on it, a miss is of this month and not called new.
    """
    rows = []
    for account in dict.fromkeys([*portfolio.now, *portfolio.before]):
        now, before = portfolio.now.get(account), portfolio.before.get(account)
        name = (now or before or portfolio.now[account]).name
        rows += [{"account": account, "name": name, "kind": kind, "sentence": said} for kind, said in _of(now, before)]
    order = {kind: place for place, kind in enumerate(KINDS)}
    rows.sort(key=lambda row: (order[row["kind"]], row["name"].casefold()))
    return pl.DataFrame(rows, schema=dict(SCHEMAS["news"]), orient="row")


KINDS: tuple[NewsKind, ...] = ("missed", "stronger", "flagged", "gap", "no_report", "met_again", "first_report")


def _of(now: Report | None, before: Report | None) -> Iterator[tuple[NewsKind, str]]:
    if now is None:
        yield "no_report", say("month-news.no_report")
        return
    if before is None:
        yield "first_report", say("month-news.first_report")
        return
    yield from _of_verdicts(now, before)
    marked = {key for key, _ in marks(before)}
    for key, text in marks(now):
        if key not in marked:
            yield "flagged", text
    gaps, were = (_gaps(one) for one in (now, before))
    for kind, text in gaps.items():
        if kind not in were:
            yield "gap", capital(say("month-news.gap", gap=text))


def _of_verdicts(now: Report, before: Report) -> Iterator[tuple[NewsKind, str]]:
    """Rates that miss their target now and met it, or the other way round; and misses whose evidence has become strong."""
    then = {tuple(key_of(row).values()): row for row in rows_of(before.frames["verdicts"], VerdictRow)}
    for row in rows_of(now.frames["verdicts"], VerdictRow):
        was = then.get(tuple(key_of(row).values()))
        if was is None or not (is_judged(row) and is_judged(was) and is_borne(row)):
            continue
        misses, missed = row["status"] == "breached", was["status"] == "breached"
        then_was = say("part", part=was["numerator"], of=count(was["denominator"]))
        figures = {"figure": figure(row), "before": then_was}
        if misses and not missed:
            yield "missed", say("month-news.missed", **figures)
        elif misses and row["evidence"] == "strong" and was["evidence"] != "strong":
            yield "stronger", say("month-news.stronger", **figures)
        elif missed and row["status"] == "met":
            yield "met_again", say("month-news.met_again", **figures)


def _gaps(report: Report) -> dict[tuple[str, str], str]:
    """(kind of file, store) → the days that are missing, with how many rates wait for them."""
    said = {}
    for row in rows_of(report.frames["gaps"], GapRow):
        waiting = report.frames["gaps"].filter(kind=row["kind"], marketplace=row["marketplace"])
        said[(row["kind"], row["marketplace"])] = say(
            "files-of-days-for",
            files=row["kind"],
            days=days(row["first_day"], row["last_day"]),
            store=row["marketplace"],
            number=waiting.get_column("metric").n_unique(),
        )
    return said
