"""Tables besides the rates: the defects of a window one by one, and counts that no target judges."""

from __future__ import annotations

import polars as pl
from IPython.display import HTML

from helpers.tables.layout import DASH, folded, period, table
from helpers.wording import count, plural, short_day, where


def standing(defects: pl.DataFrame, *, most: int = 60) -> HTML:
    """The orders with a defect in each judged window, the first to leave first, at most `most`.

    defects   metrics.standing with `order_key` instead of `order_id`
    """
    rows = [
        {
            "Order": row["order_key"],
            "Of": where(row),
            "Defect": ", ".join(row["kinds"]),
            "Placed": short_day(row["order_day"]),
            "Seen": short_day(row["seen_on"]),
            "Leaves": short_day(row["leaves_on"]),
        }
        for row in defects.sort("leaves_on", maintain_order=True).head(most).iter_rows(named=True)
    ]
    whole = table(rows, "standing", nothing="No defect stands in any judged window.")
    return folded(whole, len(rows), f"{plural(len(rows), 'order')} with a defect, one by one")


def tallies(tallies: pl.DataFrame) -> HTML:
    """Counts that no target judges: of what, over which days, and what each cannot say."""
    rows = [
        {
            "What": row["what"],
            "Where": row["where"],
            "Count": f"{count(row['count'])} {row['of'] or ''}".strip(),
            "Days": period(row["first_day"], row["last_day"]) if row["first_day"] else DASH,
            "What it cannot say": row["note"],
        }
        for row in tallies.iter_rows(named=True)
    ]
    nothing = "No file with payments, returns, traffic, open orders or policy counters."
    return table(rows, "tallies", nothing=nothing)
