"""Tables of the rules: what each rate counts, the targets in force, the open points and what they change."""

from __future__ import annotations

from datetime import date
from html import escape

import polars as pl
from IPython.display import HTML

from helpers.rows import CoverageRow, rows_of
from helpers.sentences import has, say
from helpers.tables.layout import DASH, table
from helpers.targets import Rules
from helpers.vocabulary import METRICS, OPTIONS, Account
from helpers.wording import aimed, capital, count, where


def definitions(coverage: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """What each rate this report tells counts, in a sentence or two; its parts are told with the whole.

    coverage   coverage.of_metrics: the rates the files tell · verdicts   those that are judged, by the marketplace's figure too
    """
    told = set(coverage.filter(pl.col("exactness") != "impossible").get_column("metric")) | set(verdicts["metric"])
    rows = [
        {"rate": metric.label, "counts": metric.definition}
        for metric in METRICS.values()
        if metric.key in told and metric.part_of not in told
    ]
    return table(rows, "definitions")


WORDS = ("strong", "weak", "truly_met", "one_report")


def evidence_words() -> HTML:
    """What the words beside a verdict mean, in plain words; the shares are measured in benchmarks/EVIDENCE.md."""
    rows = [{"word": say(f"evidence-word.{word}"), "meaning": say(f"evidence-means.{word}")} for word in WORDS]
    return table(rows, "evidence-words")


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
                    "rate": label,
                    "must_be": aimed(target.must_be, target.value),
                    "window": say("window", days=target.window_days) if target.window_days else DASH,
                    "since": str(target.valid_from or DASH),
                    "source": f"{target.source} [{_or_itself(f'grade.{target.grade}', target.grade)}]",
                    "note": target.note or DASH,
                }
            )
    return table(rows, "targets", nothing=say("no-targets"))


def open_points(account: Account, other_readings: pl.DataFrame) -> HTML:
    """The open points of the marketplace's rules that touch this account: how it settles each, and what another reading
    changes. Those that change no figure and stand as they come share one line.

    other_readings   sensitivity.other_readings
    """
    touched = set(other_readings.get_column("option"))
    shown = {key: one for key, one in OPTIONS.items() if key in touched or account.option(key) != one.default}
    rows = [
        {
            "open_point": capital(option.meaning),
            "setting": reading(account.option(name)),
            "effects": _effects(other_readings.filter(option=name)),
            "setting_name": name,
        }
        for name, option in shown.items()
    ]
    rest = len(OPTIONS) - len(rows)
    whole = table(rows, "open-points", nothing=say("no-effects"))
    said = say("other-open-points", points=rest)
    return HTML(f"{whole.data}<p>{escape(said)}</p>") if rest and rows else whole


def _or_itself(key: str, value: str) -> str:
    """The word of a value; the value itself where it is a number, a day or a letter, which have none."""
    return say(key) if has(key) else value


def reading(value: str) -> str:
    """A reading of an open point, in the words of a page."""
    return _or_itself(f"reading.{value}", value)


def _effects(changed: pl.DataFrame) -> str:
    """What each other reading changes, rate by rate; of verdicts only those that turn."""
    said = []
    for (other,), part in changed.group_by("other", maintain_order=True):
        rows = part.to_dicts()
        figures = [", ".join([METRICS[row["metric"]].name, where(row), *_turned(row)]) for row in rows]
        turns = any(row["status"] != row["other_status"] for row in rows)
        given = {"reading": reading(other), "figures": "; ".join(figures)}
        said.append(say("effect", **given, verdicts="turn" if turns else "stay"))
    return ". ".join(said) or say("no-effect")


def _turned(row: dict) -> list[str]:
    said = [(_counts(row, "other_"), _counts(row, ""))]
    if row["status"] != row["other_status"]:
        said.append((say(f"status-within.{row['other_status']}"), say(f"status-within.{row['status']}")))
    return [say("instead-of", other=other, usual=usual) for other, usual in said]


def _counts(row: dict, which: str) -> str:
    return say("part", part=row[f"{which}numerator"], of=count(row[f"{which}denominator"]))
