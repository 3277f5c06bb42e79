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
from helpers.portfolio import REASONS, LetterRow, ListedRow, NewsRow, NightRow, PortfolioRow
from helpers.rows import VerdictRow, rows_of
from helpers.tables.layout import DASH, folded, table, two_lines, words
from helpers.vocabulary import METRICS, STATUS_SHAPE, MustBe
from helpers.wording import (
    about,
    aimed,
    bound,
    capital,
    count,
    fulfilled_by,
    percent,
    plural,
    short_day,
    where,
)

SHAPE = {
    "missed_strong": "◆",
    "missed_weak": "◆",
    "will_miss": "◇",
    "alarm": "◇",
    "flagged": "▲",
    "open": "○",
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
            "Account": _linked(row["name"], row["report"], reports),
            "Why": two_lines(
                f"{SHAPE[row['reason']]} {capital(REASONS[row['reason']])}", "", SIDES.get(row["reason"], row["reason"])
            ),
            "What its report says": two_lines(row["sentence"], " ".join(row["also"])),
        }
        for row in rows_of(accounts, PortfolioRow)
    ]
    return table(rows, "calls", nothing="There is no report and no account.")


def news(news: pl.DataFrame) -> HTML:
    """What is so this month and was not in the last."""
    told = list(rows_of(news, NewsRow))
    first = [row for row in told if row["kind"] == "first_report"]
    rows = [{"Account": row["name"], "New": row["sentence"]} for row in told if row not in first]
    if first:
        rows.append({"Account": ", ".join(row["name"] for row in first), "New": first[0]["sentence"]})
    nothing = "Nothing is so this month that was not so in the last, as far as both months’ reports tell."
    whole = table(rows, "news", nothing=nothing)
    return (
        folded(whole, len(rows), f"{plural(len(rows), 'piece')} of news", always=True)
        if len(rows) > MOST_NEWS
        else whole
    )


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
            "Store": two_lines(account, f"{store}, {fulfilled_by(channel, store)}"),
            **{heads[metric]: _rate(row.get(metric), heads[metric]) for metric in metrics},
        }
        for (account, store, channel), row in told.items()
    ]
    left_out = [METRICS[metric].name for metric in METRICS if number[metric] and metric not in kept]
    whole = table(rows, "stores", nothing="No rate can be judged from these reports.")
    whole = folded(whole, len(rows), f"{plural(len(rows), 'store')} and channels")
    more = Markup("<p>Not in this table, but in the reports: {}.</p>").format(", ".join(left_out)) if left_out else ""
    return HTML(f"{whole.data}{more}")


def _badness(row: VerdictRow) -> tuple[bool, bool, float]:
    chance = row["probability_met"]
    return row["status"] == "breached", row["evidence"] == "strong", -(1.0 if chance is None else chance)


def _aim(row: VerdictRow) -> str:
    must_be: MustBe = row["must_be"]
    return aimed(must_be, row["target"])


def _head(metric: str, rows: list[VerdictRow]) -> str:
    aims = list(dict.fromkeys(map(_aim, rows)))
    return f"{METRICS[metric].label}, {aims[0] if len(aims) == 1 else 'targets differ'}"


def _rate(row: VerdictRow | None, head: str) -> Markup | str:
    if row is None:
        return ""
    aim = "" if _aim(row) in head else f", target {_aim(row)}"
    figure = f"{STATUS_SHAPE[row['status']]} {bound(row['exactness'])}{percent(row['rate'] or 0.0)}"
    return two_lines(figure, f"{count(row['numerator'])} of {count(row['denominator'])}{aim}", row["status"])


def one_list(listed: pl.DataFrame, promise: str) -> HTML:
    """The rates on the list of one day, the strongest evidence first, under what it promises (portfolio.promise)."""
    rows = [
        {
            "Account": row["name"],
            "Rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "Reported in 28 days": f"{count(row['reported'])} bad",
            "Would just reach the target": about(row["expected"]),
        }
        for row in rows_of(listed.filter("is_listed"), ListedRow)
    ]
    right = ["Reported in 28 days", "Would just reach the target"] if rows else ()
    whole = table(rows, "one-list", right=right) if rows else HTML("")
    whole = folded(whole, len(rows), f"{plural(len(rows), 'rate')} on the list")
    return HTML(f"<p>{escape(promise)}</p>{whole.data}")


def deadlines(letters: pl.DataFrame, today: date) -> HTML:
    """Letters and how long there is to answer each, the next deadline first."""
    rows = [
        {
            "Account": row["name"],
            "Letter": f"{row['case']}: {words(row['kind'])}, received {short_day(row['received_on'])}",
            "Due": short_day(row["deadline"]) if row["deadline"] else DASH,
            "Left": due(row["deadline"], today),
            "Confirmed by a person": "yes" if row["is_confirmed"] else "not yet",
        }
        for row in rows_of(letters, LetterRow)
    ]
    return table(rows, "deadlines", nothing="No letter lies in the folders that were looked at.")


def failures(failed: pl.DataFrame, kept: Mapping[tuple[str, str], str], reports: str) -> HTML:
    """Reports that failed, why, and where to look; and those no run has reached.

    kept   (account, notebook) → what was kept of it, relative to the folder of reports; where there is something
    """
    rows = [
        {
            "Account": two_lines(row["name"], row["folder"]),
            "Report": row["notebook"],
            "Why": _why(row),
            "Where to look": _where_to_look(row, kept.get((row["account"], row["notebook"])), reports),
        }
        for row in rows_of(failed, NightRow)
    ]
    return table(rows, "failures", nothing="No report of this month failed in a run that is recorded here.")


def _why(row: NightRow) -> str:
    if row["status"] == "not_reached":
        return "Not reached: the run ended before it."
    return f"{row['said'] or 'no reason was told'} (exit code {row['code']})"


def _where_to_look(row: NightRow, kept: str | None, reports: str) -> Markup | str:
    if row["status"] == "not_reached":
        return "Nowhere: the next run goes on with it."
    if kept is not None and row["code"] != UNFIT:
        return _linked("what was kept of it", kept, reports)
    return f"seller-audit check {row['folder'] or row['account']}"


def _linked(text: str, path: str | None, reports: str) -> Markup:
    if path is None:
        return Markup("{}").format(text)
    place = f"{reports}/{path}" if reports else path
    return Markup('<a href="{}">{}</a>').format(quote(place), text)
