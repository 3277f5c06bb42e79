"""Tables of what was judged: the scorecard, its parts, what changed, what leaves, the marketplace's own figures."""

from __future__ import annotations

from datetime import date
from html import escape

import polars as pl
from IPython.display import HTML

from helpers import metrics
from helpers.referee import SAME
from helpers.rows import ChangeRow, ComparedRow, RollOffRow, TrailingRow, rows_of
from helpers.tables.layout import DASH, folded, period, table
from helpers.verdicts import standing_ends
from helpers.vocabulary import COUNTS_BAD, METRICS, Exactness
from helpers.wording import (
    INTERVAL,
    bound,
    count,
    interval,
    percent,
    plural,
    share,
    short_day,
    signed,
    where,
    whole_percent,
)


class ProvedRow(TrailingRow):
    """A window with how exactly the files can prove it."""

    exactness: Exactness


class ProvedChangeRow(ChangeRow):
    """What moved a figure, with how exactly the files can prove it."""

    exactness: Exactness


def parts(trailing: pl.DataFrame, verdicts: pl.DataFrame, coverage: pl.DataFrame) -> HTML:
    """The parts of each judged rate on the day of the verdicts; an order with two defects stands in two parts.

    A part the files cannot prove at all (coverage.of_metrics) is no figure; one they prove in part is a bound.
    """
    proved = coverage.filter(pl.col("exactness") != "impossible").select(
        "marketplace", "metric", "fulfilment", "exactness"
    )
    on_the_day = trailing.join(proved, on=["marketplace", "metric", "fulfilment"]).filter(
        pl.col("day").is_in(verdicts.get_column("as_of").unique().implode()),
        pl.col("metric").is_in([key for key, metric in METRICS.items() if metric.part_of]),
        pl.col("window_denominator") > 0,
    )
    rows = [
        {
            "Part": METRICS[row["metric"]].label,
            "Of": where(row),
            "Figure": bound(row["exactness"])
            + share(row["window_numerator"], row["window_denominator"], METRICS[row["metric"]].one_is),
            INTERVAL: interval(*standing_ends(row["exactness"], row["rate_low"], row["rate_high"])),
            "Window": f"{row['window_days']} days to {short_day(row['window_end'])}",
        }
        for row in rows_of(on_the_day.sort("marketplace", "fulfilment", maintain_order=True), ProvedRow)
    ]
    return table(rows, "parts", nothing="The files prove no part of a rate.")


def compared(compared: pl.DataFrame) -> HTML:
    """The marketplace's figure beside ours over its own window, with the gap explained; where both are the same, in a line.

    The parts of a rate stand only where they differ.
    """
    is_part = pl.col("metric").is_in([key for key, metric in METRICS.items() if metric.part_of])
    differs = pl.col("numerator").ne_missing(pl.col("numerator_reported")) & pl.col("is_covered")
    order = pl.col("metric").replace_strict({key: n for n, key in enumerate(METRICS)})
    told = list(rows_of(compared.filter(~is_part | differs).sort("marketplace", "fulfilment", order), ComparedRow))
    rows = [
        {
            "Rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "Window": period(row["window_start"], row["window_end"]),
            "Marketplace": _both(row["rate_reported"], row["numerator_reported"], row["denominator_reported"]),
            "These files": _both(row["rate"], row["numerator"], row["denominator"]),
            "Why they differ": row["explanation"],
        }
        for row in told
        if row["explanation"] != SAME
    ]
    same = [
        f"{METRICS[row['metric']].name} ({where(row)}) {_both(None, row['numerator'], row['denominator'])}"
        for row in told
        if row["explanation"] == SAME
    ]
    if not same:
        return table(rows, "compared", nothing="No account-health file: there is nothing to compare with.")
    alike = f"<p>{escape(SAME.removesuffix('.'))}: {escape('; '.join(same))}.</p>"
    return HTML(f"{table(rows, 'compared').data if rows else ''}{alike}")


def _both(rate: float | None, x: int | None, n: int | None) -> str:
    if rate is None:
        return f"{count(x)} of {count(n)}" if x is not None and n is not None else DASH
    return f"{percent(rate)} ({count(x)} of {count(n)})" if x is not None and n is not None else percent(rate)


def changes(changes: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """What moved each judged figure since the day before, in orders: new, rolled off, volume; of a rate of good ones the
    counts alone."""
    key = ("marketplace", "metric", "fulfilment", "group", "window_days")
    judged = ~pl.col("status").is_in(["no_data", "not_mature"])
    told = verdicts.filter(judged, pl.col("source") == "files").select(*key, "exactness")
    told = told.join(changes.filter("is_covered"), on=key, nulls_equal=True, maintain_order="left")
    rows = [_change(row, is_bad=row["metric"] in COUNTS_BAD) for row in rows_of(told, ProvedChangeRow)]
    nothing = "The files do not hold the whole of the earlier window, so no change is told."
    return table(rows, "changes", right=list(rows[0])[1:] if rows else (), nothing=nothing)


def _change(row: ProvedChangeRow, *, is_bad: bool) -> dict[str, str]:
    at_least = bound(row["exactness"])
    return {
        "Rate": f"{METRICS[row['metric']].label}, {where(row)}",
        f"On {short_day(row['day_before'])}": at_least + _of(row["numerator_before"], row["denominator_before"]),
        "New": signed(row["new_defects"]) if is_bad else DASH,
        "Rolled off": signed(-row["rolled_off"]) if is_bad else DASH,
        "Orders in the window": signed(row["order_change"]),
        f"On {short_day(row['day'])}": at_least + _of(row["numerator"], row["denominator"]),
    }


def roll_off(roll_off: pl.DataFrame, verdicts: pl.DataFrame, *, most: int = 40) -> HTML:
    """The days on which defects leave and the order defect rate after each, at most `most` days."""
    judged = verdicts.filter(pl.col("status").is_in(["breached", "met", "too_few_orders"]))
    leaving = metrics.leaving(roll_off, judged.filter(metric="order_defect_rate"))
    rows = [
        {
            "Day": short_day(row["day"]),
            "Rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "Leaves": count(row["leaves"]),
            "After it": share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)
            if row["denominator"]
            else DASH,
        }
        for row in rows_of(leaving.sort("day", maintain_order=True).head(most), RollOffRow)
    ]
    nothing = "No defect stands in any window."
    whole = table(rows, "roll-off", right=("Leaves",), nothing=nothing)
    return folded(whole, len(rows), f"{plural(len(rows), 'day')} on which a defect leaves")


def _of(x: int, n: int) -> str:
    return f"{count(x)} of {count(n)}"


def score(trailing: pl.DataFrame, as_of: date) -> HTML:
    """The public feedback score over its windows, by the day the feedback was received."""
    of_score = trailing.filter(metric="feedback_score", day=as_of).filter(pl.col("window_denominator") > 0)
    rows = [
        {
            "Store": row["marketplace"],
            "Feedback received in": f"{row['window_days']} days to {short_day(row['window_end'])}",
            "Four or five stars": share(row["window_numerator"], row["window_denominator"], "feedback"),
            INTERVAL: interval(row["rate_low"], row["rate_high"]),
            "Shown as": f"{whole_percent(row['window_numerator'], row['window_denominator'])} %"
            + ("" if row["is_covered"] else " (the file is shorter)"),
        }
        for row in rows_of(of_score, TrailingRow)
    ]
    nothing = "No feedback file with four and five stars: a positive share would be an artefact of the file."
    return table(rows, "score", nothing=nothing)
