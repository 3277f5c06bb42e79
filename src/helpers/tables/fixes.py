"""Tables of what was done and what came of it, and of what young orders will still bring."""

from __future__ import annotations

from html import escape
from itertools import groupby

import polars as pl
from IPython.display import HTML

from helpers.actions import WORDS, ActionRow, besides
from helpers.actions.words import by_age
from helpers.maturity import DecidedRow, MaturityRow
from helpers.rows import rows_of
from helpers.tables.layout import DASH, folded, table
from helpers.vocabulary import METRICS
from helpers.wording import about, count, days, fulfilled_by, plural, share, short_day, times, where, whole_percent

DECIDED = {"missed": "missed already", "met": "met, 19 in 20", "open": "open"}


def actions(actions: pl.DataFrame) -> HTML:
    """Every event with every rate it touches, a table each: before, since, what chance explains, what could have been
    seen; and once under it what else these days hold."""
    events = [list(rows_of(part, ActionRow)) for _, part in actions.group_by("on", "what", maintain_order=True)]
    if not events:
        return table(
            [], "actions", nothing="account.toml names no [[events]] up to this day: what was done is not known."
        )
    return HTML("".join(_event(rows, f"actions-{number}") for number, rows in enumerate(events, 1)))


def _event(rows: list[ActionRow], name: str) -> str:
    """One event: what was done, its rates, and once what the marketplace did on these days or does every year."""
    cells = [
        {
            "Rate": _rate(row),
            "Said": WORDS[row["word"]] + ("" if row["is_meant"] else " (not meant for it)"),
            "Bad before": _side(row["before_bad"], row["before_orders"], row["metric"]),
            "Bad since": _side(row["after_bad"], row["after_orders"], row["metric"]),
            "Counted": by_age(row) or DASH,
            "Had nothing been done": about(round(row["expected"], 1)),
            "Of the rate before, 90 % interval": _ratio(row),
            "Least fall to show, as planned": _to(row["planned"]),
            "Least fall to show, now": _to(row["smallest"]),
            "Besides": besides(row, rows) or DASH,
        }
        for row in rows
    ]
    title = f"<p><strong>{escape(short_day(rows[0]['on']))}: {escape(rows[0]['what'])}</strong></p>"
    held = list(dict.fromkeys(one for row in rows for one in row["across"]))
    note = (
        f"<p>These days hold what the marketplace did or has every year ({escape('; '.join(held))}).</p>"
        if held
        else ""
    )
    whole = folded(table(cells, name), len(cells), f"{plural(len(cells), 'rate')} before and after")
    return f"{title}{whole.data}{note}"


def maturity(maturity: pl.DataFrame) -> HTML:
    """What is visible of each judged window, what it will have in the end, and how such figures did in the past."""
    rows = [
        {
            "Rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "Visible": share(row["visible"], row["orders"], METRICS[row["metric"]].one_is) if row["orders"] else DASH,
            "Reported by now": f"about {count(round(100 * row['share']))} in 100",
            "In the end": f"about {about(round(row['expected'], 1))} ({count(row['low'])} to {count(row['high'])})",
            "Tried on the past": _tried(row),
            "Delays of your own": count(row["own_delays"]),
            "Removed later": _removed(row),
        }
        for row in rows_of(maturity, MaturityRow)
    ]
    whole = table(rows, "maturity", nothing="No judged rate of these files waits for late reports.")
    sources = list(dict.fromkeys(source for row in rows_of(maturity, MaturityRow) for source in row["sources"]))
    taken = f"<p>Beside your own delays are taken: {escape('; '.join(sources))}.</p>" if sources else ""
    return HTML(f"{whole.data}{taken}")


def decided(decided: pl.DataFrame) -> HTML:
    """The days to come whose orders are all placed already: decided except for late reports."""
    key = ("account", "marketplace", "metric", "fulfilment", "group", "window_days")
    rows = []
    for _, part in decided.group_by(*key, maintain_order=True):
        told = list(rows_of(part, DecidedRow))
        for word, run in groupby(told, key=lambda row: row["word"]):
            of = list(run)
            rows.append(
                {
                    "Rate": f"{METRICS[of[0]['metric']].label}, {where(of[0])}",
                    "Days to come": days(of[0]["day"], of[-1]["day"]),
                    "Target": DECIDED[word],
                    "Bad ones known": _from_to(of[0]["visible"], of[-1]["visible"]),
                    "With late reports, 90 %": _from_to(min(r["low"] for r in of), max(r["high"] for r in of)),
                    "Allowed": _from_to(of[0]["allowed"], of[-1]["allowed"]),
                }
            )
    return table(rows, "decided", nothing="No rate of these files has days to come whose orders are all placed.")


def _rate(row: ActionRow) -> str:
    whose = ", ".join(filter(None, [row["marketplace"], fulfilled_by(row["fulfilment"]), row["group"]]))
    return f"{METRICS[row['metric']].label}, {whose}"


def _side(bad: int, orders: int, metric: str) -> str:
    return share(bad, orders, METRICS[metric].one_is) if orders else DASH


def _ratio(row: ActionRow) -> str:
    if not row["after_orders"] or not row["before_bad"]:
        return DASH
    low, high = row["ratio_low"], row["ratio_high"]
    return f"at least {times(low)} times" if high is None else f"{times(low)} to {times(high)} times"


def _to(ratio: float | None) -> str:
    return "none" if ratio is None else f"to {count(round(100 * ratio))} in 100"


def _tried(row: MaturityRow) -> str:
    if not row["tried"]:
        return "the files do not reach back far enough"
    return (
        f"{count(row['held'])} of {plural(row['tried'], 'interval')} held; {count(row['visible_then'])} visible then, "
        f"{about(round(row['expected_then'], 1))} expected, {count(row['came'])} came"
    )


def _removed(row: MaturityRow) -> str:
    if not row["feedback_told"]:
        return DASH
    if not row["removed"]:
        return f"none told of {plural(row['feedback_told'], 'bad feedback', 'bad feedback')}"
    share_gone = whole_percent(row["removed"], row["feedback_told"])
    return f"{count(row['removed'])} of {count(row['feedback_told'])} bad feedback ({share_gone} in 100)"


def _from_to(first: int, last: int) -> str:
    return count(first) if first == last else f"{count(first)} to {count(last)}"
