"""Tables of an account's silent buyers: who spoke, what the counts allow, what other signs say of the same orders."""

from __future__ import annotations

from math import inf
from typing import Any

import polars as pl
from IPython.display import HTML

from helpers.rows import rows_of
from helpers.rows.feedback import HeardRow
from helpers.sentences import say
from helpers.tables.cases import louder
from helpers.tables.layout import DASH, or_dash, period, table
from helpers.wording import count, counted, percent, percent_range, share, target_percent, times, where


def heard(heard: pl.DataFrame) -> HTML:
    """Who spoke and who is silent on the orders of each judged window, and where the dissatisfied share must lie.

    heard   own_feedback.heard
    """
    rows = [
        {
            "of": where(row),
            "orders": say(
                "heard-orders", orders=count(row["orders"]), days=period(row["window_start"], row["window_end"])
            ),
            "spoke": or_dash(row["silent"], lambda silent, n=row["orders"]: count(n - silent)),
            "silent": or_dash(row["silent"], count),
            "of_feedback": _of_feedback(row),
            "of_orders": or_dash(row["negative"], lambda bad, n=row["orders"]: share(bad, n, "order"))
            if row["orders"]
            else DASH,
            "dissatisfied": _range(row["low"], row["high"]),
            "with_chance": _range(row["low_95"], row["high_95"]),
        }
        for row in rows_of(heard, HeardRow)
    ]
    return table(rows, "heard", nothing=say("no-heard"))


def _of_feedback(row: HeardRow) -> str:
    spoke = None if row["silent"] is None else row["orders"] - row["silent"]
    return share(row["negative"], spoke, "feedback") if spoke and row["negative"] is not None else DASH


def _range(low: float | None, high: float | None) -> str:
    return DASH if low is None or high is None else percent_range(low, high)


def breakdowns(breakdowns: pl.DataFrame) -> HTML:
    """How much louder the unhappy must be for each window to be truly under its target.

    breakdowns   own_feedback.breakdowns
    """
    rows = [
        {
            "of": where(row),
            "truly_under": target_percent(row["target"]),
            "only_if": _only_if(row["truly_under"], row["response_ratio"]),
            "chance_leaves": DASH
            if row["ratio_low"] is None or row["truly_under"] != "depends"
            else _leaves(row["ratio_low"], row["ratio_high"]),
        }
        for row in breakdowns.iter_rows(named=True)
    ]
    return table(rows, "breakdowns", nothing=say("no-breakdowns"))


def _only_if(truly_under: str, ratio: float | None) -> str:
    if truly_under in ("always", "never"):
        return say(f"only-if.{truly_under}")
    if not ratio:
        return say("only-if.no_ratio" if ratio is None else "only-if.no_negative")
    return say("only-if.depends", ratio=times(ratio))


def _leaves(low: float, high: float) -> str:
    if high == inf:
        return say("chance-leaves", low=times(low), end="endless")
    return say("chance-leaves", low=times(low), end="known", high=times(high))


def implied(implied: pl.DataFrame, *, most: int = 2) -> HTML:
    """The dissatisfied share if buyers spoke as in each published case: a row a case, a column a window, no default.
    The windows of most orders, at most `most`: each further one is a column.

    implied   own_feedback.implied
    """
    rows, heads = [], {}
    for _, cases in implied.group_by("preset", maintain_order=True):
        first = cases.row(0, named=True)
        row = {"write_as": first["title"], "louder": louder(first["response_ratio"])}
        windows = cases.sort("orders", descending=True, maintain_order=True).head(most)
        for n, one in enumerate(windows.iter_rows(named=True)):
            heads[f"dissatisfied_{n}"] = say(
                "dissatisfied-of", orders=counted(one["orders"], "order"), where=where(one)
            )
            row[f"dissatisfied_{n}"] = (
                say("ruled-out") if one["low"] is None else percent_range(one["low"], one["high"])
            )
        rows.append(
            row | {"source": first["source"], "grade": say(f"case-grade.{first['grade']}"), "assumed": first["assumed"]}
        )
    return table(rows, "implied", heads=heads, nothing=say("no-positive"))


def beliefs(beliefs: pl.DataFrame) -> HTML:
    """What the counts teach under uniform priors, prior and posterior side by side.

    beliefs   own_feedback.beliefs
    """
    rows = []
    by = ("marketplace", "fulfilment", "window_days", "quantity")
    for (store, fulfilment, window_days, quantity), levels in beliefs.group_by(by, maintain_order=True):
        write = percent if quantity == "dissatisfied" else _two_figures
        at = where({"marketplace": store, "fulfilment": fulfilment, "window_days": window_days})
        row = {"of": at, "what": say(f"believed.{quantity}")}
        for code, column in (("before", "prior"), ("after", "posterior")):
            low, middle, high = (write(value) for value in levels.sort("level").get_column(column))
            row[code] = say("middle-and-ends", middle=middle, low=low, high=high)
        rows.append(row)
    return table(rows, "beliefs", nothing=say("no-positive"))


def _two_figures(ratio: float) -> str:
    return times(float(f"{ratio:.2g}"))


def lists(lists: pl.DataFrame) -> HTML:
    """About how many orders went wrong, from how much lists of bad orders overlap.

    lists   own_feedback.lists
    """
    rows = [
        {
            "of": where(row),
            "lists": f"{row['first']}; {row['second']}",
            "on_them": say("on-lists", first=row["in_first"], second=row["in_second"], both=row["in_both"]),
            **(
                _went_wrong(row)
                if row["in_both"]
                else {"went_wrong": say("cannot-be-said"), "with_chance": None, "of_orders": None}
            ),
        }
        for row in lists.iter_rows(named=True)
    ]
    return table(rows, "lists", nothing=say("no-lists"))


def _went_wrong(row: dict[str, Any]) -> dict[str, str]:
    return {
        "went_wrong": say("about-so-many", number=round(row["estimate"])),
        "with_chance": say("from-to", low=round(row["low"]), high=round(row["high"])),
        "of_orders": f"{percent(row['rate'])}, {percent_range(row['rate_low'], row['rate_high'])}",
    }


def proxies(proxies: pl.DataFrame) -> HTML:
    """What each sign known for every order says of the silent, and how often it errs among those who spoke.

    proxies   own_feedback.proxies
    """
    rows = [
        {
            "of": where(row),
            "sign": row["sign"],
            "on_orders": share(row["flagged"], row["orders"], "order"),
            "on_negative": say("part", part=row["negative_flagged"], of=count(row["negative"])),
            "on_other": say("part", part=row["other_flagged"], of=count(row["other"])),
            "dissatisfied": _told_by_sign(row),
        }
        for row in proxies.iter_rows(named=True)
    ]
    return table(rows, "proxies", nothing=say("no-proxies"))


def _told_by_sign(row: dict[str, Any]) -> str:
    known = _range(row["low"], row["high"])
    return say("sign-says-nothing", range=known) if row["is_contradicted"] else known
