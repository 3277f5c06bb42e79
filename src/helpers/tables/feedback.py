"""Tables of an account's own feedback: the score the public reads, what may still go, how many buyers write."""

from __future__ import annotations

from typing import Any

import polars as pl
from IPython.display import HTML

from helpers.rows import rows_of
from helpers.rows.feedback import DisplayedRow
from helpers.sentences import say
from helpers.tables.layout import DASH, folded, or_dash, table
from helpers.tables.rules import reading
from helpers.vocabulary import OPTIONS
from helpers.wording import capital, count, percent_range, share, short_day, where, whole_percent


def displayed(shown: pl.DataFrame) -> HTML:
    """The score over each window as the page writes it, from the download and from the page's own counts.

    shown   own_feedback.displayed
    """
    rows = [
        {
            "store": row["marketplace"],
            "counted_from": say(f"score-source.{row['source']}"),
            "received": say("score-days-to", days=row["window_days"], end=short_day(row["window_end"])),
            "positive": _level(row["positive"], row["positive_percent"], row["received"]),
            "neutral": _level(row["neutral"], row["neutral_percent"], row["received"]),
            "negative": _level(row["negative"], row["negative_percent"], row["received"]),
            "on_page": say("score-place.shown")
            if row["is_shown"]
            else ""
            if row["is_covered"]
            else say("score-place.short"),
        }
        for row in rows_of(shown, DisplayedRow)
    ]
    return table(rows, "displayed", nothing=say("no-own-score"))


def _level(number: int | None, rounded: int | None, received: int | None) -> str:
    if number is None:
        return say("not-told")
    if rounded is None or not received:
        return count(number)
    return say("score-level", percent=rounded, part=number, of=received)


def page(compared: pl.DataFrame) -> HTML:
    """The counts typed from the page beside those of the download over the same days.

    compared   own_feedback.compared
    """
    levels = ("positive", "neutral", "negative")
    rows = [
        {
            "store": row["marketplace"],
            "window": say("score-days", days=row["window_days"]),
            "page_of": short_day(row["taken_on"]),
            "on_page": " / ".join(count(row[level]) for level in levels),
            "in_download": " / ".join(or_dash(row[f"{level}_download"], count) for level in levels),
            "the_two": row["finding"],
        }
        for row in compared.iter_rows(named=True)
    ]
    return table(rows, "page", nothing=say("no-page"))


def removals(removals: pl.DataFrame) -> HTML:
    """Both numbers with and without the feedback that may go, or has gone.

    removals   own_feedback.removals
    """
    rows = [
        {
            "of": where(row),
            "feedback": say(f"removal-of.{row['scenario']}"),
            "how_many": say(
                "removal-count",
                feedback=row["feedback"],
                on_window="untold" if row["on_window"] is None else row["on_window"],
                bare=row["without_text"] or 0,
            ),
            "score": _score(row, ""),
            "score_after": _score(row, "_after"),
            "defects": _defects(row, ""),
            "defects_after": _defects(row, "_after"),
        }
        for row in removals.iter_rows(named=True)
    ]
    return table(rows, "removals", nothing=say("no-removals"))


def _score(row: dict[str, Any], end: str) -> str:
    positive, received = row["score_positive"], row[f"score_received{end}"]
    if not received:
        return DASH
    return say("score-level", percent=whole_percent(positive, received), part=positive, of=received)


def _defects(row: dict[str, Any], end: str) -> str:
    return share(row[f"defective{end}"], row[f"orders{end}"], "order") if row[f"orders{end}"] else DASH


def response_rates(rates: pl.DataFrame) -> HTML:
    """Feedback per order by the month of the order, apart before, across and since the way to rate changed.

    rates   own_feedback.response_rates
    """
    rows = [
        {
            "month": f"{row['month']:%Y-%m}",
            "of": where(row),
            "rated": say(f"rated.{row['part']}"),
            "brought": share(row["responded"], row["orders"], "order"),
            "interval": percent_range(row["rate_low"], row["rate_high"]),
            "can_write": say(f"can-write.{'no' if row['is_settled'] else 'yes'}"),
        }
        for row in rates.iter_rows(named=True)
    ]
    whole = table(rows, "response-rates", nothing=say("no-response"))
    return folded(whole, len(rows), say("response-months", months=len(rows)))


def influenced(influenced: pl.DataFrame) -> HTML:
    """The open points of the rules that influenced a figure of this section.

    influenced   own_feedback.influenced
    """
    rows = [
        {
            "open_point": capital(OPTIONS[row["option"]].meaning),
            "setting": reading(row["value"]),
            "depends": row["finding"],
            "setting_name": row["option"],
        }
        for row in influenced.iter_rows(named=True)
    ]
    return table(rows, "influenced", nothing=say("no-influenced"))
