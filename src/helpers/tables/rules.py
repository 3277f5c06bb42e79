"""Tables of the rules: what each rate counts, the targets in force, the open points and what they change."""

from __future__ import annotations

from datetime import date

import polars as pl
from IPython.display import HTML

from helpers.rows import CoverageRow, rows_of
from helpers.tables.layout import DASH, table, words
from helpers.targets import Rules
from helpers.vocabulary import METRICS, MUST_BE_LABEL, OPTIONS, STATUS_LABEL, Account
from helpers.wording import capital, count, target_percent, where


def definitions(coverage: pl.DataFrame) -> HTML:
    """What each rate of this report counts, in a sentence or two.

    coverage   coverage.of_metrics: the rates it names are the ones told
    """
    told = set(coverage.get_column("metric"))
    rows = [
        {"Rate": metric.label, "What it counts": metric.definition} for metric in METRICS.values() if metric.key in told
    ]
    return table(rows, "definitions")


def targets(coverage: pl.DataFrame, rules: Rules, day: date) -> HTML:
    """The targets in force on the day, with their window and who says so; what differs from the kit's table is said."""
    rows, seen = [], set()
    for key in rows_of(coverage, CoverageRow):
        for target in rules(key["metric"], key["marketplace"], key["fulfilment"], day):
            label = METRICS[target.metric].label
            said = (label, target.value, target.must_be, target.window_days, target.source)
            if said in seen or target.value is None:
                continue
            seen.add(said)
            rows.append(
                {
                    "Rate": label,
                    "Must be": f"{MUST_BE_LABEL[target.must_be]} {target_percent(target.value)}",
                    "Window": f"{target.window_days} days" if target.window_days else DASH,
                    "Since": str(target.valid_from or DASH),
                    "Source": f"{target.source} [{target.grade}]",
                    "Note": target.note or DASH,
                }
            )
    return table(rows, "targets", nothing="No target of these rates was in force.")


def open_points(account: Account, other_readings: pl.DataFrame) -> HTML:
    """The open points of the marketplace's rules, how this account settles each, and what another reading changes.

    other_readings   sensitivity.other_readings
    """
    rows = [
        {
            "Open point": capital(option.meaning),
            "Setting": words(account.option(name)),
            "What another reading changes": _effects(other_readings.filter(option=name)),
            "Name in account.toml": name,
        }
        for name, option in OPTIONS.items()
    ]
    return table(rows, "open-points")


def _effects(changed: pl.DataFrame) -> str:
    said = [
        f"{words(row['other'])}: {METRICS[row['metric']].label.lower()}, {where(row)}, "
        f"{_counts(row, 'other_')} instead of {_counts(row, '')}, {_verdict(row)}"
        for row in changed.iter_rows(named=True)
    ]
    return "; ".join(said) or "no figure of this report"


def _counts(row: dict, which: str) -> str:
    return f"{count(row[f'{which}numerator'])} of {count(row[f'{which}denominator'])}"


def _verdict(row: dict) -> str:
    if row["status"] == row["other_status"]:
        return "the same verdict"
    return f"{STATUS_LABEL[row['other_status']].lower()} instead of {STATUS_LABEL[row['status']].lower()}"
