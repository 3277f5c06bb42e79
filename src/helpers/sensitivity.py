"""What the open points of the rules change: each verdict under every other reading of an option."""

from __future__ import annotations

import polars as pl

from helpers import metrics, targets
from helpers.audit import Audit
from helpers.frames import KEY, empty
from helpers.vocabulary import OPTIONS, Account

COUNTS = ("numerator", "denominator", "status")
# Of a verdict's parts those that no count and no status waits for: what is to come, and what others count.
NOT_LOOKED_AT = {"roll_off": empty("roll_off"), "compared": pl.DataFrame()}


def other_readings(audit: Audit) -> pl.DataFrame:
    """The verdicts an option would change: one row an option, other value and key whose counts or status differ.

    Columns: option, value, other, the key, `numerator`, `denominator`, `status`, and the same with `other_` before.
    No row for an option means that it changes no figure of this account on this day.
    """
    account, none = audit.account, _judged(audit, ())
    parts = [_differing(none, none, dict.fromkeys(("option", "value", "other"), ""))]
    judged = set(audit.covered.filter("is_judged").get_column("metric"))
    for name in _open(account):
        reached = tuple(key for key in metrics.reached(name) if key in judged)
        if not reached:  # no verdict waits for it; options of feedback: own_feedback.influenced
            continue
        chosen = _judged(audit, reached)
        for other in OPTIONS[name].values:
            if other != account.option(name):
                said = {"option": name, "value": account.option(name), "other": other}
                read = audit.under({name: other}, reached).given(**NOT_LOOKED_AT)
                parts.append(_differing(chosen, _judged(read, reached), said))
    return pl.concat(parts)


def _open(account: Account) -> list[str]:
    """The options that are open points of the day: not the readings of an era that is over, unless the account is in it."""
    of_an_era = targets.options("sets")
    return [name for name in OPTIONS if name not in of_an_era or account.option(name) != OPTIONS[name].default]


def _judged(audit: Audit, rates: tuple[str, ...]) -> pl.DataFrame:
    """What is counted here of these rates: the marketplace's own figures are the same under every reading."""
    return audit.verdicts.filter(pl.col("metric").is_in(rates), source="files").select(*KEY, *COUNTS)


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
