"""Which open points of the marketplace's rules influenced a figure of an account's own feedback."""

from __future__ import annotations

import polars as pl

from helpers.vocabulary import OPTIONS, Account
from helpers.wording import plural


def influenced(
    account: Account, shown: pl.DataFrame, heard: pl.DataFrame, removals: pl.DataFrame, rates: pl.DataFrame
) -> pl.DataFrame:
    """One row an option that another value would change a figure of: `option`, `value`, `finding`.

    shown     own_feedback.displayed       heard   own_feedback.heard
    removals  own_feedback.removals        rates   own_feedback.response_rates
    """
    least = [int(value) for value in (*OPTIONS["score_min"].values, account.option("score_min"))]
    told = shown.filter("is_covered", window_days=365)
    near = told.filter(pl.col("received").is_between(min(least), max(least) - 1))
    open_ = int(heard.get_column("still_open").sum() or 0)
    may_go = {name: removals.filter(scenario=name).height for name in ("taken_back", "asked")}
    said = {
        "score_min": f"{plural(near.height, 'score')}: which one stands at the top depends on it"
        if near.height
        else "",
        "feedback_days": f"{plural(open_, 'silent buyer')} can still write by it" if open_ else "",
        "feedback_withdraw_days": "what buyers can still take back" if may_go["taken_back"] else "",
        "feedback_removal_days": "what the seller can still ask to have removed" if may_go["asked"] else "",
        "break_date": "where the response rates are cut" if rates.height else "",
    }
    rows = [(name, account.option(name), finding) for name, finding in said.items() if finding]
    return pl.DataFrame(rows, schema=dict.fromkeys(("option", "value", "finding"), pl.String), orient="row")
