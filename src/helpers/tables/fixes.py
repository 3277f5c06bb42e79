"""Tables of what was done and what came of it, and of what young orders will still bring."""

from __future__ import annotations

from html import escape
from itertools import groupby

import polars as pl
from IPython.display import HTML

from helpers.actions import ActionRow, besides
from helpers.actions.words import by_age
from helpers.maturity import DecidedRow, MaturityRow
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.tables.layout import DASH, folded, table
from helpers.vocabulary import METRICS
from helpers.wording import about, count, days, fulfilled_by, share, short_day, times, where, whole_percent


def actions(actions: pl.DataFrame) -> HTML:
    """Every event with every rate it touches, a table each: before, since, what chance explains, what could have been
    seen; and once under it what else these days hold."""
    events = [list(rows_of(part, ActionRow)) for _, part in actions.group_by("on", "what", maintain_order=True)]
    if not events:
        return table([], "actions", nothing=say("no-actions"))
    return HTML("".join(_event(rows, f"actions-{number}") for number, rows in enumerate(events, 1)))


def _event(rows: list[ActionRow], name: str) -> str:
    """One event: what was done, its rates, and once what the marketplace did on these days or does every year."""
    cells = [
        {
            "rate": _rate(row),
            "said": say("fix-said", word=say(f"fix-word.{row['word']}"), meant="yes" if row["is_meant"] else "no"),
            "before": _side(row["before_bad"], row["before_orders"], row["metric"]),
            "after": _side(row["after_bad"], row["after_orders"], row["metric"]),
            "counted": by_age(row) or DASH,
            "expected": about(round(row["expected"], 1)),
            "ratio": _ratio(row),
            "planned": _to(row["planned"]),
            "smallest": _to(row["smallest"]),
            "besides": besides(row, rows) or DASH,
        }
        for row in rows
    ]
    title = f"<p><strong>{escape(short_day(rows[0]['on']))}: {escape(rows[0]['what'])}</strong></p>"
    held = list(dict.fromkeys(one for row in rows for one in row["across"]))
    note = f"<p>{escape(say('actions-across', events='; '.join(held)))}</p>" if held else ""
    whole = folded(table(cells, name, family="actions"), len(cells), say("actions", number=len(cells)))
    return f"{title}{whole.data}{note}"


def maturity(maturity: pl.DataFrame) -> HTML:
    """What is visible of each judged window, what it will have in the end, and how such figures did in the past."""
    rows = [
        {
            "rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "visible": share(row["visible"], row["orders"], METRICS[row["metric"]].one_is) if row["orders"] else DASH,
            "share": say("share-of-100", side="about", part=round(100 * row["share"])),
            "in_the_end": say(
                "in-the-end", expected=about(round(row["expected"], 1)), low=row["low"], high=row["high"]
            ),
            "tried": _tried(row),
            "own_delays": count(row["own_delays"]),
            "removed": _removed(row),
        }
        for row in rows_of(maturity, MaturityRow)
    ]
    whole = table(rows, "maturity", nothing=say("no-maturity"))
    sources = list(dict.fromkeys(source for row in rows_of(maturity, MaturityRow) for source in row["sources"]))
    taken = f"<p>{escape(say('delays-taken', sources='; '.join(sources)))}</p>" if sources else ""
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
                    "rate": f"{METRICS[of[0]['metric']].label}, {where(of[0])}",
                    "days": days(of[0]["day"], of[-1]["day"]),
                    "target": say(f"decided.{word}"),
                    "known": _from_to(of[0]["visible"], of[-1]["visible"]),
                    "late": _from_to(min(r["low"] for r in of), max(r["high"] for r in of)),
                    "allowed": _from_to(of[0]["allowed"], of[-1]["allowed"]),
                }
            )
    return table(rows, "decided", nothing=say("no-decided"))


def _rate(row: ActionRow) -> str:
    whose = ", ".join(filter(None, [row["marketplace"], fulfilled_by(row["fulfilment"]), row["group"]]))
    return f"{METRICS[row['metric']].label}, {whose}"


def _side(bad: int, orders: int, metric: str) -> str:
    return share(bad, orders, METRICS[metric].one_is) if orders else DASH


def _ratio(row: ActionRow) -> str:
    if not row["after_orders"] or not row["before_bad"]:
        return DASH
    low, high = row["ratio_low"], row["ratio_high"]
    return (
        say("ratio-ends.at_least", low=times(low))
        if high is None
        else say("ratio-ends.range", low=times(low), high=times(high))
    )


def _to(ratio: float | None) -> str:
    return say("least-fall.none") if ratio is None else say("least-fall.to", part=round(100 * ratio))


def _tried(row: MaturityRow) -> str:
    if not row["tried"]:
        return say("not-tried")
    return say(
        "tried",
        held=row["held"],
        tried=row["tried"],
        visible=row["visible_then"],
        expected=about(round(row["expected_then"], 1)),
        came=row["came"],
    )


def _removed(row: MaturityRow) -> str:
    if not row["feedback_told"]:
        return DASH
    share_gone = whole_percent(row["removed"], row["feedback_told"])
    return say("removed-later", removed=row["removed"], told=row["feedback_told"], share=share_gone)


def _from_to(first: int, last: int) -> str:
    return count(first) if first == last else say("days", first=count(first), last=count(last))
