"""Tables of the rules: what each rate counts, the targets in force, the open points and what they change."""

from __future__ import annotations

from datetime import date
from html import escape

import polars as pl
from IPython.display import HTML

from helpers.rows import CoverageRow, rows_of
from helpers.sentences import say
from helpers.tables.layout import DASH, table, words
from helpers.targets import Rules
from helpers.vocabulary import METRICS, OPTIONS, Account
from helpers.wording import aimed, capital, count, plural, where


def definitions(coverage: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """What each rate this report tells counts, in a sentence or two; its parts are told with the whole.

    coverage   coverage.of_metrics: the rates the files tell · verdicts   those that are judged, by the marketplace's figure too
    """
    told = set(coverage.filter(pl.col("exactness") != "impossible").get_column("metric")) | set(verdicts["metric"])
    rows = [
        {"Rate": metric.label, "What it counts": metric.definition}
        for metric in METRICS.values()
        if metric.key in told and metric.part_of not in told
    ]
    return table(rows, "definitions")


EVIDENCE = {
    "Strong": "A shop exactly on its target would look like this in at most 1 report in 20. A strong miss also holds when its "
    "worst day counts as a single bad order. Bad orders that come together, as in a carrier's bad week, count as fewer than "
    "they are. The bar beside a rate leaves out 5 % on either side.",
    "Weak": "Not that all is well, and not that the verdict is wrong: these orders alone cannot tell.",
    "Chance that the true rate meets the target": "It starts from a fixed guess: before the first order it takes it that two "
    "shops in three are on target. It is printed once the orders weigh as much as that guess, which is 50 orders at a target "
    "of 1 %, 20 at 2.5 %, and more where bad orders come together.",
    "A promise for one report": "Of shops just inside their target about 1 in 6 is called a strong miss at least once in "
    "twelve monthly reports.",
}


def evidence_words() -> HTML:
    """What the words beside a verdict mean, in plain words; the shares are measured in benchmarks/EVIDENCE.md."""
    return table([{"Word": word, "What it means": meaning} for word, meaning in EVIDENCE.items()], "evidence-words")


def targets(coverage: pl.DataFrame, rules: Rules, day: date) -> HTML:
    """The targets in force on the day, with their window and who says so; what differs from the kit's table is said.

    Advice is no target: it stands only beside a rate that is told.
    """
    rows, seen = [], set()
    for key in rows_of(coverage, CoverageRow):
        for target in rules(key["metric"], key["marketplace"], key["fulfilment"], day):
            label = METRICS[target.metric].label
            said = (label, target.value, target.must_be, target.window_days, target.source)
            is_mere_advice = target.must_be == "info" and key["exactness"] == "impossible"
            if said in seen or target.value is None or is_mere_advice:
                continue
            seen.add(said)
            rows.append(
                {
                    "Rate": label,
                    "Must be": aimed(target.must_be, target.value),
                    "Window": f"{target.window_days} days" if target.window_days else DASH,
                    "Since": str(target.valid_from or DASH),
                    "Source": f"{target.source} [{target.grade}]",
                    "Note": target.note or DASH,
                }
            )
    return table(rows, "targets", nothing="No target of these rates was in force.")


def open_points(account: Account, other_readings: pl.DataFrame) -> HTML:
    """The open points of the marketplace's rules that touch this account: how it settles each, and what another reading
    changes. Those that change no figure and stand as they come share one line.

    other_readings   sensitivity.other_readings
    """
    touched = set(other_readings.get_column("option"))
    shown = {key: one for key, one in OPTIONS.items() if key in touched or account.option(key) != one.default}
    rows = [
        {
            "Open point": capital(option.meaning),
            "Setting": words(account.option(name)),
            "What another reading changes": _effects(other_readings.filter(option=name)),
            "Name in account.toml": name,
        }
        for name, option in shown.items()
    ]
    rest = len(OPTIONS) - len(rows)
    whole = table(rows, "open-points", nothing="No other reading changes a figure of this report.")
    said = f"Another reading of the other {plural(rest, 'open point')} changes no figure of this report."
    return HTML(f"{whole.data}<p>{escape(said)}</p>") if rest and rows else whole


def _effects(changed: pl.DataFrame) -> str:
    """What each other reading changes, rate by rate; of verdicts only those that turn."""
    said = []
    for (other,), part in changed.group_by("other", maintain_order=True):
        rows = part.to_dicts()
        figures = [f"{METRICS[row['metric']].name}, {where(row)}, {_turned(row)}" for row in rows]
        stay = "" if any(row["status"] != row["other_status"] for row in rows) else "; every verdict stays"
        said.append(f"{words(str(other))}: {'; '.join(figures)}{stay}")
    return ". ".join(said) or "no figure of this report"


def _turned(row: dict) -> str:
    counts = f"{_counts(row, 'other_')} instead of {_counts(row, '')}"
    if row["status"] == row["other_status"]:
        return counts
    other, usual = (say(f"status.{row[name]}").lower() for name in ("other_status", "status"))
    return f"{counts}, {other} instead of {usual}"


def _counts(row: dict, which: str) -> str:
    return f"{count(row[f'{which}numerator'])} of {count(row[f'{which}denominator'])}"
