"""What happened in order, and what to watch afterwards: the timeline and the watch list of a case."""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers import scenarios
from helpers.evidence import Evidence
from helpers.notices.telling import in_words
from helpers.scenarios import Ahead, Outlook
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import aimed, odds

TIMELINE = {"day": pl.Date, "what": pl.String, "said": pl.String, "source": pl.String}
WATCH = {
    "rate": pl.String,
    "marketplace": pl.String,
    "channel": pl.String,
    "group": pl.String,
    "window_days": pl.Int64,
    "window_end": pl.Date,
    "bad": pl.Int64,
    "of": pl.Int64,
    "target": pl.String,
    "status": pl.String,
    "headroom": pl.Int64,
    "met_from_at_best": pl.Date,
    "chance_30": pl.String,
}
OF_WINDOW = ("metric", "marketplace", "fulfilment", "group", "window_days")
WEEKLY = {"metric": pl.String, "marketplace": pl.String, "fulfilment": pl.String, "group": pl.String, "window_days": pl.Int64,
    "week": pl.Int64, "missed_by": pl.String, "met_on": pl.String}  # fmt: skip
WATCHED = 91  # days an outlook for this must reach: thirteen weeks


def timeline(evidence: Evidence) -> pl.DataFrame:
    """Letters, orders with their defects, what was done and handed in, by day: TIMELINE."""
    said = evidence.case.said
    rows = [(said.received_on, "letter", f"{in_words(said.kind)} ({in_words(said.tone)})", said.letter)]
    rows += [
        (one.sent_on, "letter", f"{in_words(one.kind or 'message')} ({in_words(one.tone or 'not read')})", said.letter)
        for one in evidence.reading.earlier
        if one.sent_on is not None
    ]
    rows += [(one.on, "handed in", one.file, f"sent/{one.file}") for one in said.sent]
    rows += [(one.on, "done", one.text, "case.toml, stated by the seller") for one in said.done]
    rows += [(one.by, "to do", one.text, "case.toml, stated by the seller") for one in said.steps]
    rows += [] if said.deadline is None else [(said.deadline, "deadline", "the answer is due", said.letter)]
    rows += [(one.on, "event", one.what, "account.toml, stated by the seller") for one in evidence.audit.account.events]
    for name, table in evidence.tables.items():
        for order, seen, outcome in table.select("order_id", "seen_on", "outcome").iter_rows():
            rows.append((seen, "defect", f"{order}: {outcome or 'counted'}", name))
    return pl.DataFrame(rows, schema=TIMELINE, orient="row").sort("day", "what", "said", nulls_last=True)


def watch(outlook: Outlook) -> pl.DataFrame:
    """The figures to look at each day: WATCH.

    headroom    how many more bad ones would still meet the target
    chance_30   the chance of a missed day within 30 days, in words, new bad ones coming as lately; null: not looked ahead of
    """
    columns = scenarios.column(outlook)
    chances = {tuple(row[name] for name in OF_WINDOW): row["chance"] for row in columns.iter_rows(named=True)}
    rows = [
        {
            "rate": METRICS[row["metric"]].label,
            "marketplace": row["marketplace"],
            "channel": row["fulfilment"],
            "group": row["group"],
            "window_days": row["window_days"],
            "window_end": row["window_end"],
            "bad": METRICS[row["metric"]].bad_of(row["numerator"], row["denominator"]),
            "of": row["denominator"],
            "target": aimed(row["must_be"], row["target"]),
            "status": row["status"],
            "headroom": row["headroom"],
            "met_from_at_best": row["clear_from"],
            "chance_30": chances.get(tuple(row[name] for name in OF_WINDOW)),
        }
        for row in outlook.audit.verdicts.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=WATCH)


def weeks(outlook: Outlook) -> pl.DataFrame:
    """What is to come of each judged rate, week by week after the day looked at: WEEKS.

    leaves       bad ones that leave the window in the week
    missed_by    the chance of at least one missed day up to the end of the week, new bad ones coming as lately
    met_on       of a missed rate, the chance that its target is met on the last day of the week
    """
    audit = outlook.audit
    gone = audit.leaving.with_columns(week=((pl.col("day") - pl.lit(audit.day)).dt.total_days() + 6) // 7)
    gone = gone.group_by(*OF_WINDOW, "week").agg(leaves=pl.col("leaves").sum())
    weekly = pl.DataFrame([row for one in outlook.ahead for row in _weekly(one)], schema=WEEKLY, orient="row")
    found = weekly.join(gone, on=[*OF_WINDOW, "week"], how="full", coalesce=True, nulls_equal=True)
    label = pl.col("metric").replace_strict({key: one.label for key, one in METRICS.items()})
    return (
        found.filter(pl.col("week") <= WATCHED // 7)
        .select(
            label.alias("rate"),
            "marketplace",
            pl.col("fulfilment").alias("channel"),
            "group",
            "window_days",
            week_to=pl.lit(audit.day) + pl.duration(days=pl.col("week") * 7),
            leaves=pl.col("leaves").fill_null(0),
            missed_by="missed_by",
            met_on="met_on",
        )
        .sort("rate", "marketplace", "channel", "group", "window_days", "week_to")
    )


def _weekly(one: Ahead) -> list[tuple]:
    row = one.known.verdict
    key = (row["metric"], row["marketplace"], row["fulfilment"], row["group"], row["window_days"])
    return [
        (
            *key,
            week,
            "already over" if one.is_over else odds(one.by_day[7 * week - 1]),
            odds(one.met_on(7 * week)) if one.is_over else None,
        )
        for week in range(1, WATCHED // 7 + 1)
    ]


def due(deadline: date | None, today: date) -> str:
    """How long is left, in words for a list of cases."""
    if deadline is None:
        return say("due.unknown")
    left = (deadline - today).days
    return say("due.left", left=left) if left >= 0 else say("due.over", days=-left)
