"""What the open points of the rules change: each verdict under every other reading of an option."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from helpers import coverage, metrics, targets, verdicts
from helpers.frames import KEY
from helpers.vocabulary import OPTIONS, Account

COUNTS = ("numerator", "denominator", "status")


def other_readings(account: Account, as_of: date) -> pl.DataFrame:
    """The verdicts an option would change: one row an option, other value and key whose counts or status differ.

    Columns: option, value, other, the key, `numerator`, `denominator`, `status`, and the same with `other_` before.
    No row for an option means that it changes no figure of this account on this day.
    """
    chosen: dict[tuple[str, ...], pl.DataFrame] = {}
    covered = coverage.of_metrics(account, as_of)
    judged = set(covered.filter("is_judged").get_column("metric"))
    parts = []
    for name in _open(account):
        option = OPTIONS[name]
        reached = tuple(key for key in metrics.reached(name) if key in judged)
        if not reached:  # no verdict waits for it; options of feedback: own_feedback.influenced
            continue
        if reached not in chosen:
            chosen[reached] = _judged(account, as_of, reached, covered)
        for other in option.values:
            if other != account.option(name):
                changed = replace(account, options={**account.options, name: other})
                said = {"option": name, "value": account.option(name), "other": other}
                # What files can prove follows from the window, which only the choice of a target row changes.
                known = coverage.of_metrics(changed, as_of) if name in targets.options("when") else covered
                parts.append(_differing(chosen[reached], _judged(changed, as_of, reached, known), said))
    return pl.concat(parts)


def _open(account: Account) -> list[str]:
    """The options that are open points of the day: not the readings of an era that is over, unless the account is in it."""
    of_an_era = targets.options("sets")
    return [name for name in OPTIONS if name not in of_an_era or account.option(name) != OPTIONS[name].default]


def _judged(account: Account, as_of: date, keys: tuple[str, ...], covered: pl.DataFrame) -> pl.DataFrame:
    rules = targets.rules(account, as_of)
    trailing = metrics.trailing(metrics.daily(account, keys), rules, as_of)
    judged = verdicts.judge(trailing, rules, as_of, coverage=covered)
    return judged.select(*KEY, *COUNTS)


def _differing(judged: pl.DataFrame, other: pl.DataFrame, said: dict[str, str]) -> pl.DataFrame:
    # Another window is another key: such verdicts are paired without it.
    key = [name for name in KEY if name != "window_days"]
    is_paired_by_window = judged.select(key).is_unique().all()
    paired = judged.join(
        other.rename({name: f"other_{name}" for name in COUNTS}),
        on=key if is_paired_by_window and other.select(key).is_unique().all() else list(KEY),
        nulls_equal=True,
    )
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"other_{name}")) for name in COUNTS)
    found = paired.filter(differs).with_columns(pl.lit(value).alias(name) for name, value in said.items())
    return found.select(*said, *KEY, *COUNTS, *(f"other_{name}" for name in COUNTS))
