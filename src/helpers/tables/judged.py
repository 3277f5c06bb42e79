"""Tables of what was judged: the scorecard, its parts, what changed, what leaves, the marketplace's own figures."""

from __future__ import annotations

from datetime import date
from html import escape

import polars as pl
from IPython.display import HTML

from helpers import metrics
from helpers.rows import ChangeRow, ComparedRow, RollOffRow, TrailingRow, rows_of
from helpers.sentences import say
from helpers.tables.layout import DASH, folded, period, table
from helpers.verdicts import standing_ends
from helpers.vocabulary import COUNTS_BAD, METRICS, Exactness
from helpers.wording import (
    bound,
    count,
    interval,
    percent,
    share,
    short_day,
    signed,
    store,
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
            "part": METRICS[row["metric"]].label,
            "of": where(row),
            "figure": bound(row["exactness"])
            + share(row["window_numerator"], row["window_denominator"], METRICS[row["metric"]].one_is),
            "interval": interval(*standing_ends(row["exactness"], row["rate_low"], row["rate_high"])),
            "window": say("window-to", days=row["window_days"], day=short_day(row["window_end"])),
        }
        for row in rows_of(on_the_day.sort("marketplace", "fulfilment", maintain_order=True), ProvedRow)
    ]
    return table(rows, "parts", nothing=say("no-parts"))


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
            "rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "window": period(row["window_start"], row["window_end"]),
            "theirs": _both(row["rate_reported"], row["numerator_reported"], row["denominator_reported"]),
            "ours": _both(row["rate"], row["numerator"], row["denominator"]),
            "explanation": row["explanation"],
        }
        for row in told
        if row["explanation"] != say("both-same")
    ]
    same = [
        say(
            "both-same-rate",
            rate=METRICS[row["metric"]].name,
            of=where(row),
            counts=_both(None, row["numerator"], row["denominator"]),
        )
        for row in told
        if row["explanation"] == say("both-same")
    ]
    if not same:
        return table(rows, "compared", nothing=say("no-compared"))
    alike = f"<p>{escape(say('both-same-of', rates='; '.join(same)))}</p>"
    return HTML(f"{table(rows, 'compared').data if rows else ''}{alike}")


def _both(rate: float | None, x: int | None, n: int | None) -> str:
    if x is None or n is None:
        return DASH if rate is None else percent(rate)
    return _of(x, n) if rate is None else say("share", rate=percent(rate), part=x, of=count(n))


def changes(changes: pl.DataFrame, verdicts: pl.DataFrame) -> HTML:
    """What moved each judged figure since the day before, in orders: new, rolled off, volume; of a rate of good ones the
    counts alone."""
    key = ("marketplace", "metric", "fulfilment", "group", "window_days")
    judged = ~pl.col("status").is_in(["no_data", "not_mature"])
    told = verdicts.filter(judged, pl.col("source") == "files").select(*key, "exactness")
    told = told.join(changes.filter("is_covered"), on=key, nulls_equal=True, maintain_order="left")
    rows = [_change(row, is_bad=row["metric"] in COUNTS_BAD) for row in rows_of(told, ProvedChangeRow)]
    days = told.select("day_before", "day").head(1).to_dicts()
    heads = {code: say("on-day", day=short_day(day)) for row in days for code, day in row.items()}
    return table(rows, "changes", heads=heads, right=list(rows[0])[1:] if rows else (), nothing=say("no-changes"))


def _change(row: ProvedChangeRow, *, is_bad: bool) -> dict[str, str]:
    at_least = bound(row["exactness"])
    return {
        "rate": f"{METRICS[row['metric']].label}, {where(row)}",
        "day_before": at_least + _of(row["numerator_before"], row["denominator_before"]),
        "new": signed(row["new_defects"]) if is_bad else DASH,
        "left": signed(-row["rolled_off"]) if is_bad else DASH,
        "orders": signed(row["order_change"]),
        "day": at_least + _of(row["numerator"], row["denominator"]),
    }


def roll_off(roll_off: pl.DataFrame, verdicts: pl.DataFrame, *, most: int = 40) -> HTML:
    """The days on which defects leave and the order defect rate after each, at most `most` days."""
    judged = verdicts.filter(pl.col("status").is_in(["breached", "met", "too_few_orders"]))
    leaving = metrics.leaving(roll_off, judged.filter(metric="order_defect_rate"))
    rows = [
        {
            "day": short_day(row["day"]),
            "rate": f"{METRICS[row['metric']].label}, {where(row)}",
            "leaves": count(row["leaves"]),
            "after": share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)
            if row["denominator"]
            else DASH,
        }
        for row in rows_of(leaving.sort("day", maintain_order=True).head(most), RollOffRow)
    ]
    whole = table(rows, "roll-off", right=("leaves",), nothing=say("no-roll-off"))
    return folded(whole, len(rows), say("roll-off", days=len(rows)))


def _of(x: int, n: int) -> str:
    return say("part", part=x, of=count(n))


def score(trailing: pl.DataFrame, as_of: date) -> HTML:
    """The public feedback score over its windows, by the day the feedback was received."""
    of_score = trailing.filter(metric="feedback_score", day=as_of).filter(pl.col("window_denominator") > 0)
    rows = [
        {
            "store": store(row["marketplace"]),
            "window": say("window-to", days=row["window_days"], day=short_day(row["window_end"])),
            "good": share(row["window_numerator"], row["window_denominator"], "feedback"),
            "interval": interval(row["rate_low"], row["rate_high"]),
            "shown": say(
                "shown-as",
                share=whole_percent(row["window_numerator"], row["window_denominator"]),
                file="whole" if row["is_covered"] else "shorter",
            ),
        }
        for row in rows_of(of_score, TrailingRow)
    ]
    return table(rows, "score", nothing=say("no-feedback-score"))
