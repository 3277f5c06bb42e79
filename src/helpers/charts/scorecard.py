"""Every judged rate at a glance, each against its own target."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import LABEL, layered, name_of, on_ground, titled
from helpers.colours import LIGHT
from helpers.rows import JudgedRow, rows_of
from helpers.vocabulary import METRICS, STATUS_LABEL, STATUS_SHAPE
from helpers.wording import INTERVAL, interval, plural, share


class ScoredRow(JudgedRow):
    """A verdict with its figure and its interval as multiples of the target."""

    ratio: float
    low: float
    high: float


def scorecard(verdicts: pl.DataFrame) -> list[alt.LayerChart]:
    """Every judged rate with its interval on one scale, the target being 1: one row a verdict, worst first.

    One chart, or none when nothing was judged.
    """
    rows = _with_ratio(verdicts.filter(pl.col("rate").is_not_null(), pl.col("status") != "no_data"))
    if rows.is_empty():
        return []
    cut = [pl.min_horizontal(name, pl.lit(CUT)).round(4).alias(name) for name in ("ratio", "low", "high")]
    frame = rows.select(
        *cut,
        name=pl.struct("metric", "marketplace", "fulfilment", "group", "window_days").map_elements(name_of, pl.String),
        word=pl.col("status").replace_strict(STATUS_LABEL, return_dtype=pl.String),
        zero=pl.lit(0),
    )
    status = alt.Scale(
        domain=list(STATUS_LABEL.values()),
        range=[LIGHT["good"], LIGHT["concern"], *[LIGHT["chance"]] * (len(STATUS_LABEL) - 2)],
    )
    shape = alt.Scale(domain=list(STATUS_LABEL.values()), range=["circle", "diamond", "square", "square", "square"])
    labels = "datum.value == 1 ? 'target' : datum.value + ' ×'"
    scale, axis = alt.Scale(domain=[0, CUT]), alt.Axis(values=[0, 1, 2, 3, 4], labelExpr=labels, grid=False)
    y = alt.Y("name:N", sort=None, title=None, axis=None)
    colour = alt.Color("word:N", scale=status, legend=None)
    drawn = alt.Chart(frame)
    # The name stands over its own line, so that a narrow screen has the whole width for the figures.
    layers = [
        alt.Chart(pl.DataFrame({"one": [1]})).mark_rule(strokeDash=[6, 4]).encode(x=alt.X("one:Q", scale=scale)),
        drawn.mark_rule(strokeWidth=2).encode(
            alt.X("low:Q", scale=scale, axis=axis, title=None), y, color=colour, x2="high:Q"
        ),
        drawn.mark_point(filled=True, size=90, opacity=1).encode(
            alt.X("ratio:Q", scale=scale), y, color=colour, shape=alt.Shape("word:N", scale=shape, legend=None)
        ),
        *on_ground(
            drawn.encode(alt.X("zero:Q", scale=scale), y, text="name:N"),
            LIGHT["ink"],
            align="left",
            dx=2,
            dy=-15,
            limit=LABEL,
        ),
    ]
    missed = rows.filter(status="breached").height
    title = "No judged rate misses its target."
    if missed:
        title = (
            f"{missed} of {plural(rows.height, 'judged rate')} {'misses its' if missed == 1 else 'miss their'} target."
        )
    subtitle = (
        f"Bad ones as a multiple of what the target of their rate allows, with the {INTERVAL} "
        f"(cut at {CUT} times the target)."
    )
    height, told = 50 + 42 * frame.height, _scorecard_rows(rows)
    return [titled(layered(*layers), title, subtitle, height=height, twin=told, right=("Rate", "Times its target"))]


def _with_ratio(verdicts: pl.DataFrame) -> pl.DataFrame:
    """The verdicts with `ratio`, `low` and `high`: the share of bad ones over the share the target allows.

    A target that allows none has no such multiple and is left out.
    """
    is_high = pl.col("metric").is_in([key for key, metric in METRICS.items() if metric.good_is == "high"])
    allowed = pl.col("target").cast(pl.Float64)
    allowed = pl.when(is_high).then(1 - allowed).otherwise(allowed)
    ends = {"ratio": ("rate", "rate"), "low": ("rate_low", "rate_high"), "high": ("rate_high", "rate_low")}
    bad = {
        name: pl.when(is_high).then(1 - pl.col(high)).otherwise(pl.col(low)) / allowed
        for name, (low, high) in ends.items()
    }
    return verdicts.filter(allowed > 0).with_columns(**bad)


CUT = 4  # times the target: where the scale of the scorecard ends


def _scorecard_rows(rows: pl.DataFrame) -> list[dict]:
    return [
        {
            "Of": name_of(row),
            "Rate": share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is),
            INTERVAL: interval(row["rate_low"], row["rate_high"]),
            "Times its target": f"{row['ratio']:.2f}",
            "Verdict": f"{STATUS_SHAPE[row['status']]} {STATUS_LABEL[row['status']]}",
        }
        for row in rows_of(rows, ScoredRow)
    ]
