"""Which open points of the marketplace's rules influenced a figure of an account's own feedback."""

from __future__ import annotations

import polars as pl

from helpers.sentences import Value, say
from helpers.vocabulary import OPTIONS, Account


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
    depends: dict[
        str, dict[str, Value] | None
    ] = {  # by option, what its sentence takes: nothing where no figure depends on it
        "score_min": {"number": near.height} if near.height else None,
        "feedback_days": {"number": open_} if open_ else None,
        "feedback_withdraw_days": {} if may_go["taken_back"] else None,
        "feedback_removal_days": {} if may_go["asked"] else None,
        "break_date": {} if rates.height else None,
    }
    rows = [
        (name, account.option(name), say(f"depends-on.{name}", **given))
        for name, given in depends.items()
        if given is not None
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("option", "value", "finding"), pl.String), orient="row")
