"""Tables of an account's own feedback: the score, the silent buyers, what else is known of them, what may still go."""

from __future__ import annotations

from datetime import date

import polars as pl
from IPython.display import HTML

from helpers.rows import rows_of
from helpers.rows.feedback import DisplayedRow, HeardRow
from helpers.tables.cases import GRADES, louder
from helpers.tables.layout import DASH, folded, or_dash, period, table, words
from helpers.vocabulary import OPTIONS
from helpers.wording import (
    INTERVAL,
    capital,
    count,
    percent,
    percent_range,
    plural,
    share,
    short_day,
    target_percent,
    times,
    where,
    whole_percent,
)

LIFETIME = "since the account began"


def displayed(shown: pl.DataFrame) -> HTML:
    """The score over each window as the page writes it, from the download and from the page's own counts.

    shown   own_feedback.displayed
    """
    rows = [
        {
            "Store": row["marketplace"],
            "Counted from": "the download" if row["source"] == "download" else "the page",
            "Received": _window(row["window_days"], row["window_end"]),
            "Four or five stars": _level(row["positive"], row["positive_percent"], row["received"]),
            "Three": _level(row["neutral"], row["neutral_percent"], row["received"]),
            "One or two": _level(row["negative"], row["negative_percent"], row["received"]),
            "On the page": "at the top" if row["is_shown"] else "" if row["is_covered"] else "the download is shorter",
        }
        for row in rows_of(shown, DisplayedRow)
    ]
    nothing = "No feedback download, and no counts typed from the page."
    return table(rows, "displayed", nothing=nothing)


def _window(days: int, end: date) -> str:
    return f"{LIFETIME if days == 0 else f'{days} days'} to {short_day(end)}"


def _level(number: int | None, rounded: int | None, received: int | None) -> str:
    if number is None:
        return "not told"
    return f"{rounded} % ({count(number)} of {count(received)})" if received else count(number)


def page(compared: pl.DataFrame) -> HTML:
    """The counts typed from the page beside those of the download over the same days.

    compared   own_feedback.compared
    """
    levels = ("positive", "neutral", "negative")
    rows = [
        {
            "Store": row["marketplace"],
            "Window": LIFETIME if row["window_days"] == 0 else f"{row['window_days']} days",
            "Page of": short_day(row["taken_on"]),
            "On the page": " / ".join(count(row[level]) for level in levels),
            "In the download": " / ".join(or_dash(row[f"{level}_download"], count) for level in levels),
            "The two": row["finding"],
        }
        for row in compared.iter_rows(named=True)
    ]
    return table(rows, "page", nothing="No counts were typed from the page ([[feedback_totals]] in account.toml).")


def heard(heard: pl.DataFrame) -> HTML:
    """Who spoke and who is silent on the orders of each judged window, and where the dissatisfied share must lie.

    heard   own_feedback.heard
    """
    rows = [
        {
            "Of": where(row),
            "Orders": f"{count(row['orders'])}, {period(row['window_start'], row['window_end'])}",
            "Spoke": or_dash(row["silent"], lambda silent, n=row["orders"]: count(n - silent)),
            "Silent": or_dash(row["silent"], count),
            "One or two stars, of feedback": _of_feedback(row),
            "One or two stars, of orders": or_dash(row["negative"], lambda bad, n=row["orders"]: share(bad, n, "order"))
            if row["orders"]
            else DASH,
            "Dissatisfied": _range(row["low"], row["high"]),
            "With chance": _range(row["low_95"], row["high_95"]),
        }
        for row in rows_of(heard, HeardRow)
    ]
    return table(rows, "heard", nothing="No window of orders is judged, so no buyers can be counted.")


def _of_feedback(row: HeardRow) -> str:
    spoke = None if row["silent"] is None else row["orders"] - row["silent"]
    return share(row["negative"], spoke, "feedback") if spoke and row["negative"] is not None else DASH


def _range(low: float | None, high: float | None) -> str:
    return DASH if low is None or high is None else percent_range(low, high)


def breakdowns(breakdowns: pl.DataFrame) -> HTML:
    """How much louder the unhappy must be for each window to be truly under its target.

    breakdowns   own_feedback.breakdowns
    """
    under = {"always": "whatever the silent think", "never": "not, whatever the silent think"}
    rows = [
        {
            "Of": where(row),
            "Truly under": target_percent(row["target"]),
            "Only if the unhappy speak": under.get(row["truly_under"]) or _louder(row["response_ratio"]),
            "Chance leaves": DASH
            if row["ratio_low"] is None or row["truly_under"] != "depends"
            else f"{times(row['ratio_low'])} to "
            + ("no end" if row["ratio_high"] == float("inf") else f"{times(row['ratio_high'])} times"),
        }
        for row in breakdowns.iter_rows(named=True)
    ]
    return table(rows, "breakdowns", nothing="No target is in force, or no judged orders with four and five stars.")


def _louder(ratio: float | None) -> str:
    if ratio is None:
        return "no satisfied buyer spoke: no ratio is enough"
    return f"more than {times(ratio)} times as often" if ratio else "no feedback was negative: no ratio to beat"


def implied(implied: pl.DataFrame, *, most: int = 2) -> HTML:
    """The dissatisfied share if buyers spoke as in each published case: a row a case, a column a window, no default.
    The windows of most orders, at most `most`: each further one is a column.

    implied   own_feedback.implied
    """
    rows = []
    for _, cases in implied.group_by("preset", maintain_order=True):
        first = cases.row(0, named=True)
        row = {"If buyers write as": first["title"], "Who writes more readily": louder(first["response_ratio"])}
        for one in cases.sort("orders", descending=True, maintain_order=True).head(most).iter_rows(named=True):
            row[f"Dissatisfied of {plural(one['orders'], 'order')}, {where(one)}"] = (
                "these counts rule it out" if one["low"] is None else percent_range(one["low"], one["high"])
            )
        told = {"Source": first["source"], "How it is known": GRADES[first["grade"]], "Assumed": first["assumed"]}
        rows.append(row | told)
    return table(rows, "implied", nothing="No feedback with four and five stars on the orders of a judged window.")


def beliefs(beliefs: pl.DataFrame) -> HTML:
    """What the counts teach under uniform priors, prior and posterior side by side.

    beliefs   own_feedback.beliefs
    """
    names = {"dissatisfied": "dissatisfied share of orders", "response_ratio": "unhappy over happy, times as often"}
    rows = []
    by = ("marketplace", "fulfilment", "window_days", "quantity")
    for (store, fulfilment, window_days, quantity), levels in beliefs.group_by(by, maintain_order=True):
        write = percent if quantity == "dissatisfied" else "{:.2g}".format
        at = where({"marketplace": store, "fulfilment": fulfilment, "window_days": window_days})
        row = {"Of": at, "What": names[str(quantity)]}
        for label, column in (("Before the counts", "prior"), ("After them", "posterior")):
            low, middle, high = (write(value) for value in levels.sort("level").get_column(column))
            row[label] = f"{middle} ({low} to {high})"
        rows.append(row)
    return table(rows, "beliefs", nothing="No feedback with four and five stars on the orders of a judged window.")


def lists(lists: pl.DataFrame) -> HTML:
    """About how many orders went wrong, from how much lists of bad orders overlap.

    lists   own_feedback.lists
    """
    rows = [
        {
            "Of": where(row),
            "Lists": f"{row['first']}; {row['second']}",
            "On them": f"{count(row['in_first'])} and {count(row['in_second'])}, {count(row['in_both'])} on both",
            "Went wrong": f"about {count(round(row['estimate']))}" if row["in_both"] else "cannot be said",
            "With chance": f"{count(round(row['low']))} to {count(round(row['high']))}" if row["in_both"] else DASH,
            "Of orders": f"{percent(row['rate'])}, {percent_range(row['rate_low'], row['rate_high'])}"
            if row["in_both"]
            else DASH,
        }
        for row in lists.iter_rows(named=True)
    ]
    return table(rows, "lists", nothing="Two lists of bad orders are needed, and the files hold fewer.")


def proxies(proxies: pl.DataFrame) -> HTML:
    """What each sign known for every order says of the silent, and how often it errs among those who spoke.

    proxies   own_feedback.proxies
    """
    rows = [
        {
            "Of": where(row),
            "Sign": row["sign"],
            "On orders": share(row["flagged"], row["orders"], "order"),
            "On negative feedback": f"{count(row['negative_flagged'])} of {count(row['negative'])}",
            "On other feedback": f"{count(row['other_flagged'])} of {count(row['other'])}",
            "Dissatisfied": _range(row["low"], row["high"])
            + (" (the sign says nothing)" if row["is_contradicted"] else ""),
        }
        for row in proxies.iter_rows(named=True)
    ]
    nothing = "No file tells claims, returns or refunds of every order in a judged window."
    return table(rows, "proxies", nothing=nothing)


def removals(removals: pl.DataFrame) -> HTML:
    """Both numbers with and without the feedback that may go, or has gone.

    removals   own_feedback.removals
    """
    what = {
        "taken_back": "its buyer can still take back",
        "asked": "with a text, which the seller can still ask to have removed",
        "amazon": "on orders Amazon ships",
        "struck": "already struck through",
    }
    rows = [
        {
            "Of": where(row),
            "Negative feedback": what[row["scenario"]],
            "How many": f"{count(row['feedback'])} in the score"
            + ("" if row["on_window"] is None else f", {count(row['on_window'])} on these orders")
            + (f"; {count(row['without_text'])} more without a text" if row["without_text"] else ""),
            "Score with it": _score(row, ""),
            "Without it": _score(row, "_after"),
            "Orders with a defect": _defects(row, ""),
            "Those without it": _defects(row, "_after"),
        }
        for row in removals.iter_rows(named=True)
    ]
    return table(rows, "removals", nothing="No negative feedback in the files can still go, or has gone.")


def _score(row: dict, end: str) -> str:
    received = row[f"score_received{end}"]
    if not received:
        return DASH
    return f"{whole_percent(row['score_positive'], received)} % ({count(row['score_positive'])} of {count(received)})"


def _defects(row: dict, end: str) -> str:
    return share(row[f"defective{end}"], row[f"orders{end}"], "order") if row[f"orders{end}"] else DASH


def response_rates(rates: pl.DataFrame) -> HTML:
    """Feedback per order by the month of the order, apart before, across and since the way to rate changed.

    rates   own_feedback.response_rates
    """
    rows = [
        {
            "Month of the order": f"{row['month']:%Y-%m}",
            "Of": where(row),
            "Rated": {"before": "with a text", "across": "either way", "since": "with a text or stars alone"}[
                row["part"]
            ],
            "Brought feedback": share(row["responded"], row["orders"], "order"),
            INTERVAL: percent_range(row["rate_low"], row["rate_high"]),
            "Buyers can still write": "no" if row["is_settled"] else "yes",
        }
        for row in rates.iter_rows(named=True)
    ]
    nothing = "How many orders bring feedback needs orders, and a feedback file with four and five stars."
    whole = table(rows, "response-rates", nothing=nothing)
    return folded(whole, len(rows), f"{plural(len(rows), 'month')} of orders, one by one")


def influenced(influenced: pl.DataFrame) -> HTML:
    """The open points of the rules that influenced a figure of this section.

    influenced   own_feedback.influenced
    """
    rows = [
        {
            "Open point": capital(OPTIONS[row["option"]].meaning),
            "Setting": words(row["value"]),
            "What depends on it": row["finding"],
            "Name in account.toml": row["option"],
        }
        for row in influenced.iter_rows(named=True)
    ]
    return table(rows, "influenced", nothing="No open point influenced a figure of this section.")
