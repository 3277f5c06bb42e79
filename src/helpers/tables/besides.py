"""Tables besides the rates: the defects of a window one by one, and counts that no target judges."""

from __future__ import annotations

from datetime import date
from html import escape

import polars as pl
from IPython.display import HTML

from helpers.sentences import say
from helpers.tables.layout import DASH, period, table
from helpers.verdicts import standing_ends
from helpers.vocabulary import METRICS
from helpers.wording import bound, count, interval, share, short_day, where

MOST_ORDERS = 10  # shown before the appendix


def standing(defects: pl.DataFrame, *, first: int = 0, most: int = MOST_ORDERS) -> HTML:
    """The orders with a defect in each judged window, the first to leave first: `most` of them, from number `first` on.

    defects   metrics.standing with `order_key` instead of `order_id`
    """
    rows = [
        {
            "order": row["order_key"],
            "of": where(row),
            "defect": ", ".join(say(f"defect.{kind.replace(' ', '_')}") for kind in row["kinds"]),
            "placed": short_day(row["order_day"]),
            "seen": short_day(row["seen_on"]),
            "leaves": short_day(row["leaves_on"]),
        }
        for row in defects.sort("leaves_on", maintain_order=True)[first : first + most].iter_rows(named=True)
    ]
    more = defects.height - first - len(rows)
    places = {row["of"] for row in rows}
    said = [say("orders-below", orders=more)] if more > 0 else []
    if len(places) == 1:
        said.insert(0, say("all-of-them", where=places.pop()))
        rows = [{name: cell for name, cell in row.items() if name != "of"} for row in rows]
    whole = table(rows, f"standing-{first}", family="standing", nothing=say("no-standing"))
    return HTML(f"{whole.data}<p>{escape(' '.join(said))}</p>") if said else whole


def tallies(tallies: pl.DataFrame) -> HTML:
    """Counts that no target judges: of what, over which days, and what each cannot say."""
    rows = [
        {
            "what": row["what"],
            "where": row["where"],
            "count": f"{count(row['count'])} {row['of'] or ''}".strip(),
            "days": period(row["first_day"], row["last_day"]) if row["first_day"] else DASH,
            "note": row["note"],
        }
        for row in tallies.iter_rows(named=True)
    ]
    return table(rows, "tallies", nothing=say("no-tallies"))


def unjudged(trailing: pl.DataFrame, verdicts: pl.DataFrame, coverage: pl.DataFrame, as_of: date) -> HTML:
    """Rates the files give and no target judges on the day, with their counts; parts of a rate and the public score
    have tables of their own."""
    key = ("marketplace", "metric", "fulfilment")
    told = [name for name, metric in METRICS.items() if metric.part_of is None and name != "feedback_score"]
    given = trailing.filter(pl.col("metric").is_in(told), pl.col("window_denominator") > 0, day=as_of)
    proved = coverage.filter(pl.col("exactness") != "impossible").select(*key, "exactness")
    told_rows = given.join(verdicts, on=key, how="anti").join(proved, on=key, maintain_order="left")
    rows = [_windows(part.to_dicts()) for _, part in told_rows.group_by(*key, "group", maintain_order=True)]
    return table(rows, "unjudged", nothing=say("no-unjudged"))


def _windows(rows: list[dict]) -> dict[str, str]:
    """One rate with its figure in each of its windows."""
    one_is = METRICS[rows[0]["metric"]].one_is
    figures = [
        f"{bound(row['exactness'])}{share(row['window_numerator'], row['window_denominator'], one_is)}" for row in rows
    ]
    ends = [interval(*standing_ends(row["exactness"], row["rate_low"], row["rate_high"])) for row in rows]
    whose = {name: value for name, value in rows[0].items() if name != "window_days" or len(rows) == 1}
    return {
        "rate": f"{METRICS[rows[0]['metric']].label}, {where(whose)}",
        "window": "; ".join(
            say("window-to", days=row["window_days"], day=short_day(row["window_end"])) for row in rows
        ),
        "figure": "; ".join(figures),
        "interval": "; ".join(ends),
    }
