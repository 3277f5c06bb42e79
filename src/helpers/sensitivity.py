"""What the open points of the rules change: each verdict under every other reading of an option."""

from __future__ import annotations

import polars as pl

from helpers.audit import Audit
from helpers.frames import KEY
from helpers.vocabulary import METRICS, OPTIONS, Account

OF_AN_ERA = ("lsr_late",)  # what the rules said then, and not an open point of today's
COUNTS = ("numerator", "denominator", "status")
IN_FACTS = {  # options applied while the facts are put together, and the metrics they reach
    "claims_rule": ("order_defect_rate",),
    "claims_withdrawn": ("order_defect_rate",),
    "fba_feedback": ("order_defect_rate",),
    "odr_window_before_2021": ("order_defect_rate",),
    "clock": ("order_defect_rate", "cancellation_rate", "late_shipment_rate"),
}


def other_readings(audit: Audit) -> pl.DataFrame:
    """The verdicts an option would change: one row an option, other value and key whose counts or status differ.

    Columns: option, value, other, the key, `numerator`, `denominator`, `status`, and the same with `other_` before.
    No row for an option means that it changes no figure of this account on this day.
    """
    account, parts = audit.account, []
    for name in _open(account):
        reached = _reached(name)
        if not reached:  # an option of feedback: no verdict waits for it (own_feedback.influenced)
            continue
        chosen = _judged(audit, reached)
        for other in OPTIONS[name].values:
            if other != account.option(name):
                said = {"option": name, "value": account.option(name), "other": other}
                parts.append(_differing(chosen, _judged(audit.under({name: other}, reached), reached), said))
    return pl.concat(parts)


def _open(account: Account) -> list[str]:
    """The options that are open points of the day: not the readings of an era that is over, unless the account is in it."""
    return [name for name in OPTIONS if name not in OF_AN_ERA or account.option(name) != OPTIONS[name].default]


def _reached(option: str) -> tuple[str, ...]:
    """The metrics an option can change, the parts of a rate left to the rate itself."""
    varied = (key for key, metric in METRICS.items() if option in metric.variants and metric.part_of is None)
    return (*varied, *IN_FACTS.get(option, ()))


def _judged(audit: Audit, metrics: tuple[str, ...]) -> pl.DataFrame:
    """What is counted here of these rates: the marketplace's own figures are the same under every reading."""
    return audit.verdicts.filter(pl.col("metric").is_in(metrics), source="files").select(*KEY, *COUNTS)


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
