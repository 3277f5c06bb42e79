"""What happened in order, and what to watch afterwards: the timeline and the watch list of a case."""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers.audit import Audit
from helpers.evidence import Evidence
from helpers.notices.telling import in_words
from helpers.vocabulary import METRICS, MUST_BE_LABEL
from helpers.wording import target_percent

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
}


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


def watch(audit: Audit) -> pl.DataFrame:
    """The figures to look at each day: WATCH. `headroom` is how many more bad ones would still meet the target."""
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
            "target": f"{MUST_BE_LABEL[row['must_be']]} {target_percent(row['target'])}",
            "status": row["status"],
            "headroom": row["headroom"],
            "met_from_at_best": row["clear_from"],
        }
        for row in audit.verdicts.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=WATCH)


def leaving(audit: Audit) -> pl.DataFrame:
    """How many bad ones leave each judged window, week by week, if no new one came: rate, store, window, week, leaves."""
    weekly = audit.leaving.group_by(
        "metric",
        "marketplace",
        "fulfilment",
        "group",
        "window_days",
        pl.col("day").dt.truncate("1w").alias("week_from"),
    ).agg(leaves=pl.col("leaves").sum())
    return weekly.sort("metric", "marketplace", "fulfilment", "group", "window_days", "week_from")


def due(deadline: date | None, today: date) -> str:
    """How long is left, in words for a list of cases."""
    if deadline is None:
        return "no deadline printed"
    left = (deadline - today).days
    return f"{left} days left" if left > 1 else {1: "1 day left", 0: "due today"}.get(left, f"over since {-left} days")
