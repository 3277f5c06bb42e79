"""What an account's feedback implies of its silent buyers: the ratio that decides each target, the range under each
published case of who speaks, and a Bayesian reading. None of them is the truth about this account; no case is chosen.
"""

from __future__ import annotations

from math import inf
from typing import Any

import polars as pl

from helpers.feedback import PRESETS, breakdown_interval, breakdown_ratio, implied_interval, posterior
from helpers.feedback.arguments import confidence
from helpers.own_feedback.signs import WINDOW
from helpers.sentences import Written, say
from helpers.targets import Rules
from helpers.wording import counted, percent_range, times, where

# Whose targets are read as targets on dissatisfied buyers.
OF_ORDERS = ("order_defect_rate", "negative_feedback_rate")
EVEN = ("even", "neither", 1.0, "illustration")  # reading feedback at face value is an assumption like any other


def breakdowns(heard: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """How much louder the unhappy must be for each window to be truly under each target in force: one row a target.

    heard   own_feedback.heard; windows whose files hold no four or five stars are left out: who was satisfied is unknown
    Columns: WINDOW, `metric`, `target`, `response_ratio` (null: no ratio is large enough), `ratio_low`, `ratio_high`
    (chance included), `truly_under` (always, depends, never), `finding`. feedback.breakdown_ratio.
    """
    rows = []
    for window, counts in _whole(heard):
        key = (window["marketplace"], window["fulfilment"], window["as_of"])
        found = [target for metric in OF_ORDERS for target in rules(metric, *key) if target.is_judged]
        for target in {t.limit: t for t in found if 0 < t.limit < 1}.values():
            said = breakdown_ratio(*counts, target.limit)
            ratio_low, ratio_high = breakdown_interval(*counts[1:], target.limit) if sum(counts[1:]) else (None, None)
            found_at = say("breakdown-at", where=where(window), finding=said.finding)
            rows.append(
                window
                | {"metric": target.metric, "target": target.value, "truly_under": said.truly_under}
                | {"response_ratio": None if said.ratio is None else float(said.ratio)}
                | {"ratio_low": ratio_low, "ratio_high": ratio_high}
                | {"finding": " ".join([found_at, *_chance(said.truly_under, ratio_low, ratio_high)])}
            )
    numbers = dict.fromkeys(("response_ratio", "ratio_low", "ratio_high"), pl.Float64)
    schema = _schema(heard) | {"metric": pl.String, "target": pl.String, "truly_under": pl.String}
    return pl.DataFrame(rows, schema=schema | numbers | {"finding": pl.String})


def _chance(under: str, low: float | None, high: float | None) -> list[str]:
    if under != "depends" or low is None or high is None:
        return []
    if high == inf:
        return [say("breakdown-chance", high="endless", low=times(low))]
    return [say("breakdown-chance", high="known", low=times(low), most=times(high))]


def implied(heard: pl.DataFrame, *, level: float = 0.95) -> pl.DataFrame:
    """The dissatisfied share of each window if its buyers spoke as in each published case: one row a window and case.

    heard   own_feedback.heard; windows without feedback or without four and five stars are left out
    Columns: WINDOW, `orders`, `preset`, `title`, `louder`, `response_ratio`, `low`, `high` (chance and worst-case bounds
    included; null where these counts contradict the ratio beyond chance), `source`, `grade`, `assumed`, `finding`.
    The rows stand side by side, from the loudest dissatisfied buyers to the quietest: no row is this account's. Raises
    ValueError for a level that is not between 0 and 1.
    """
    confidence(level)
    cases = _cases()
    rows = []
    for window, (orders, others, negative) in _whole(heard):
        for case in cases if others + negative else []:
            ratio = case["response_ratio"]
            try:
                low, high = implied_interval(others, negative, ratio, orders=orders, level=level)
            except ValueError:  # the counts refuse the ratio, which is the finding
                low = high = None
            finding = _finding(window, case, orders, low, high)
            rows.append(window | case | {"orders": orders, "low": low, "high": high, "finding": finding})
    words = dict.fromkeys(("preset", "title", "louder", "source", "grade", "assumed", "finding"), pl.String)
    numbers = {"orders": pl.Int64} | dict.fromkeys(("response_ratio", "low", "high"), pl.Float64)
    return pl.DataFrame(rows, schema=_schema(heard) | words | numbers)


def _cases() -> list[dict[str, Any]]:
    """Every published case with what is said of it, from the loudest dissatisfied buyers to the quietest."""
    published = [(one.key, one.louder, float(one.response.response_ratio), one.grade) for one in PRESETS.values()]
    columns, said = ("preset", "louder", "response_ratio", "grade"), ("title", "source", "assumed")
    cases = [
        dict(zip(columns, case, strict=True)) | {of: say(f"preset-{of}.{case[0]}") for of in said}
        for case in (EVEN, *published)
    ]
    return sorted(cases, key=lambda case: -case["response_ratio"])


def beliefs(heard: pl.DataFrame) -> pl.DataFrame:
    """What the counts of each window teach under uniform priors: quantiles of prior and posterior side by side.

    Columns: WINDOW, `quantity` (dissatisfied, response_ratio), `level` (0.05, 0.5, 0.95), `prior`, `posterior`. The
    posterior does not narrow to a point however many orders come: feedback.posterior.
    """
    parts = [
        posterior(*counts).quantiles().select(*(pl.lit(value).alias(name) for name, value in window.items()), pl.all())
        for window, counts in _whole(heard)
    ]
    schema = {"quantity": pl.String, "level": pl.Float64, "prior": pl.Float64, "posterior": pl.Float64}
    return pl.concat([pl.DataFrame(schema=_schema(heard) | schema), *parts], how="vertical_relaxed")


def _whole(heard: pl.DataFrame) -> list[tuple[dict[str, Any], tuple[int, int, int]]]:
    """Each window with its orders, its feedback of three to five stars, and its negative feedback."""
    told = heard.filter(pl.col("orders") > 0).drop_nulls(["positive", "negative"])
    return [
        ({name: row[name] for name in WINDOW}, (row["orders"], row["positive"] + row["neutral"], row["negative"]))
        for row in told.iter_rows(named=True)
    ]


def _schema(heard: pl.DataFrame) -> dict:
    return {name: heard.schema[name] for name in WINDOW}


def _finding(window: dict, case: dict, orders: int, low: float | None, high: float | None) -> str:
    ratio = times(case["response_ratio"])
    given = {"where": where(window), "ratio": Written(case["response_ratio"], ratio), "title": case["title"]}
    if low is None or high is None:
        return say("implied-ruled-out", **given)
    return say("implied", share=percent_range(low, high), orders=counted(orders, "order"), **given)
