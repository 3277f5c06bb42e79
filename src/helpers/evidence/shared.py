"""What the bad ones of a charge have in common, as the upper limit it is: where they stand, never why."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from helpers.audit import Audit
from helpers.drivers import DriverRow, level_name
from helpers.evidence.judging import Judged
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.wording import about, capital, share


def shared(one: Judged, audit: Audit) -> Iterator[tuple[str, str]]:
    """Each level of `Audit.drivers` that differs beyond chance, as (kind of row, sentence with counts).

    A `driver` stands in the plan. What tells carriers apart is `beside` it: a plan that names a carrier blames it.
    """
    if one.meant is None:
        return
    outcome = one.meant.metric.part_of or one.meant.metric.key
    found = audit.drivers.filter(pl.col("is_selected"), ~pl.col("is_reversed"), outcome=outcome)
    for row in rows_of(found, DriverRow):
        kind = "beside" if row["factor"] == "carrier" else "driver"
        yield kind, _said(row)


def _said(row: DriverRow) -> str:
    return say(
        "evidence-row.shared",
        factor=capital(say(f"factor.{row['factor']}")),
        level=level_name(row["factor"], row["level"]),
        share=share(row["numerator"], row["denominator"], "order"),
        rest=share(row["numerator_rest"], row["denominator_rest"], "order"),
        more=about(max(row["excess_high"], 0)),
    )
