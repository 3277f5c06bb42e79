"""Tables of many accounts: whom to call, the stores with their targets in the head, one list, deadlines, failures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from urllib.parse import quote

import polars as pl
from IPython.display import HTML
from markupsafe import Markup

from helpers.packs import due
from helpers.portfolio import LetterRow, ListedRow, NewsRow, NightRow, PortfolioRow
from helpers.portfolio.rows import Reason
from helpers.rows import VerdictRow, rows_of
from helpers.sentences import say
from helpers.tables.layout import DASH, folded, table, two_lines
from helpers.vocabulary import METRICS, STATUS_SHAPE, MustBe
from helpers.wording import (
    about,
    aimed,
    bound,
    capital,
    count,
    fulfilled_by,
    percent,
    short_day,
    where,
)

SHAPE = {
    "missed_strong": "◆",
    "missed_weak": "◆",
    "will_miss": "◇",
    "alarm": "◇",
    "flagged": "▲",
    **dict.fromkeys(("unproved", "failed", "unread", "ends_early", "open"), "○"),
    "fine": "●",
}
SIDES = {"missed_strong": "breached", "missed_weak": "breached", "fine": "met"}  # a reason in the colour of its verdict
MOST_RATES = 7  # columns of the table of stores; its first names the store
UNFIT = 3  # the exit code of files that are not fit: the question is put to them
MOST_NEWS = 40  # that stand open


def calls(accounts: pl.DataFrame, reports: str) -> HTML:
    """Every account, whom to call first; its name leads to its report.

    reports   where the reports lie, as a path from the page; empty where it lies among them
    """
    rows = [
        {
            "account": _linked(row["name"], row["report"], reports),
            "why": _called_for(row["reason"]),
            "said": two_lines(row["sentence"], " ".join(row["also"])),
        }
        for row in rows_of(accounts, PortfolioRow)
    ]
    return table(rows, "calls", nothing=say("no-calls"))


def _called_for(reason: Reason) -> Markup:
    return two_lines(f"{SHAPE[reason]} {capital(say(f'reason.{reason}'))}", "", SIDES.get(reason, reason))


def news(news: pl.DataFrame) -> HTML:
    """What is so this month and was not in the last."""
    told = list(rows_of(news, NewsRow))
    first = [row for row in told if row["kind"] == "first_report"]
    rows = [{"account": row["name"], "new": row["sentence"]} for row in told if row not in first]
    if first:
        rows.append({"account": ", ".join(row["name"] for row in first), "new": first[0]["sentence"]})
    whole = table(rows, "news", nothing=say("no-news"))
    return folded(whole, len(rows), say("news", pieces=len(rows)), always=True) if len(rows) > MOST_NEWS else whole


def stores(verdicts: Mapping[str, pl.DataFrame]) -> HTML:
    """A row a store and channel, a column a rate with its target in the head; of several windows the worst stands there.

    verdicts   by the account's name, the `verdicts` frame
    Rates that fewest stores are judged by are left out where there are over seven; a sentence names them.
    """
    told: dict[tuple[str, str, str], dict[str, VerdictRow]] = {}
    for account, frame in verdicts.items():
        for row in rows_of(frame.filter(pl.col("status").is_in(["met", "breached", "too_few_orders"])), VerdictRow):
            of_store = told.setdefault((account, row["marketplace"], row["fulfilment"]), {})
            before = of_store.get(row["metric"])
            if before is None or _badness(row) > _badness(before):
                of_store[row["metric"]] = row
    number = {metric: sum(metric in row for row in told.values()) for metric in METRICS}
    kept = sorted(filter(number.get, METRICS), key=lambda metric: -number[metric])[:MOST_RATES]
    metrics = [metric for metric in METRICS if metric in kept]
    heads = {metric: _head(metric, [row[metric] for row in told.values() if metric in row]) for metric in metrics}
    rows = [
        {
            "store": two_lines(account, f"{store}, {fulfilled_by(channel, store)}"),
            **{metric: _rate(row.get(metric), heads[metric]) for metric in metrics},
        }
        for (account, store, channel), row in told.items()
    ]
    left_out = [METRICS[metric].name for metric in METRICS if number[metric] and metric not in kept]
    whole = table(rows, "stores", heads=heads, nothing=say("no-stores"))
    whole = folded(whole, len(rows), say("stores", stores=len(rows)))
    more = Markup("<p>{}</p>").format(say("stores-left-out", rates=", ".join(left_out))) if left_out else ""
    return HTML(f"{whole.data}{more}")


def _badness(row: VerdictRow) -> tuple[bool, bool, float]:
    chance = row["probability_met"]
    return row["status"] == "breached", row["evidence"] == "strong", -(1.0 if chance is None else chance)


def _aim(row: VerdictRow) -> str:
    must_be: MustBe = row["must_be"]
    return aimed(must_be, row["target"])


def _head(metric: str, rows: list[VerdictRow]) -> str:
    aims = list(dict.fromkeys(map(_aim, rows)))
    return ", ".join([METRICS[metric].label, aims[0] if len(aims) == 1 else say("targets-differ")])


def _rate(row: VerdictRow | None, head: str) -> Markup | str:
    if row is None:
        return ""
    aim = [] if _aim(row) in head else [say("figure-aim", aim=_aim(row))]
    figure = f"{STATUS_SHAPE[row['status']]} {bound(row['exactness'])}{percent(row['rate'] or 0.0)}"
    counts = say("part", part=row["numerator"], of=count(row["denominator"]))
    return two_lines(figure, ", ".join([counts, *aim]), row["status"])


def one_list(listed: pl.DataFrame, promise: str) -> HTML:
    """The rates on the list of one day, the strongest evidence first, under what it promises (portfolio.promise)."""
    rows = [
        {
            "account": row["name"],
            "rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "reported": say("so-many-bad", bad=row["reported"]),
            "expected": about(row["expected"]),
        }
        for row in rows_of(listed.filter("is_listed"), ListedRow)
    ]
    right = ["reported", "expected"] if rows else ()
    whole = table(rows, "one-list", right=right) if rows else HTML("")
    whole = folded(whole, len(rows), say("one-list", number=len(rows)))
    return HTML(f"<p>{escape(promise)}</p>{whole.data}")


def deadlines(letters: pl.DataFrame, today: date) -> HTML:
    """Letters and how long there is to answer each, the next deadline first."""
    rows = [
        {
            "account": row["name"],
            "letter": say(
                "letter", case=row["case"], kind=say(f"letter-kind.{row['kind']}"), day=short_day(row["received_on"])
            ),
            "due": short_day(row["deadline"]) if row["deadline"] else DASH,
            "left": due(row["deadline"], today),
            "confirmed": say("letter-confirmed.yes" if row["is_confirmed"] else "letter-confirmed.no"),
        }
        for row in rows_of(letters, LetterRow)
    ]
    return table(rows, "deadlines", nothing=say("no-deadlines"))


def failures(failed: pl.DataFrame, kept: Mapping[tuple[str, str], str], reports: str) -> HTML:
    """Reports that failed, why, and where to look; and those no run has reached.

    kept   (account, notebook) → what was kept of it, relative to the folder of reports; where there is something
    """
    rows = [
        {
            "account": two_lines(row["name"], row["folder"]),
            "report": row["notebook"],
            "why": _why(row),
            "look": _where_to_look(row, kept.get((row["account"], row["notebook"])), reports),
        }
        for row in rows_of(failed, NightRow)
    ]
    return table(rows, "failures", nothing=say("no-failures"))


def _why(row: NightRow) -> str:
    if row["status"] == "not_reached":
        return say("failed.not_reached")
    return say("failed.with_code", why=row["said"] or say("failed.untold"), code=str(row["code"]))


def _where_to_look(row: NightRow, kept: str | None, reports: str) -> Markup | str:
    if row["status"] == "not_reached":
        return say("where-to-look.nowhere")
    if kept is not None and row["code"] != UNFIT:
        return _linked(say("where-to-look.kept"), kept, reports)
    return f"seller-audit check {row['folder'] or row['account']}"


def _linked(text: str, path: str | None, reports: str) -> Markup:
    if path is None:
        return Markup("{}").format(text)
    place = f"{reports}/{path}" if reports else path
    return Markup('<a href="{}">{}</a>').format(quote(place), text)
