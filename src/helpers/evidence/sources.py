"""Where a row of evidence is from: the files behind a count, the words of the letter behind a charge."""

from __future__ import annotations

import polars as pl

from helpers.audit import Audit
from helpers.cases import Charge
from helpers.evidence.judging import Judged
from helpers.notices import Charge as Read
from helpers.notices import Reading
from helpers.sentences import say
from helpers.vocabulary import Metric

_ORDERS = ("all_orders", "orders_api", "orders", "fulfilled_shipments")
_DEFECTS = ("order_defects", "a_to_z_claims", "feedback", "settlement", "transactions")
FILES_OF = {  # of the facts a rate counts, the reports that tell them
    "orders": (*_ORDERS, *_DEFECTS),
    "lateness": ("all_orders", "orders_api", "late_shipments", "unshipped", "shipments"),
    "packages": ("valid_tracking", "on_time_delivery", "shipments"),
    "feedback": ("feedback",),
}


def files_behind(one: Judged, audit: Audit, *, of_older: bool = False) -> str:
    """The files a count rests on, by their names; `of_older`: those of the older window that held the letter's count."""
    if one.meant is None or not one.counted:
        return say("evidence-from.no_file")
    span, kinds = one.counted[0].span, _kinds(one.meant.metric)
    printed = None
    if of_older and one.older is not None:
        span, printed = one.older.span, one.older.printed_in
    same = audit.account.files.filter(
        pl.col("report").is_in(kinds),
        pl.col("rows_kept") > 0,
        pl.col("last_day").fill_null(span.last) >= span.first,
        pl.col("first_day").fill_null(span.first) <= audit.day,
    )
    names = [f"exports/{path}" for path in dict.fromkeys([*filter(None, [printed]), *same.get_column("path")])]
    return ", ".join(names) or say("evidence-from.theirs")


def _kinds(metric: Metric) -> tuple[str, ...]:
    """The reports that tell a rate: of orders without a defect in it, the order files alone."""
    is_defects = "order_defect_rate" in (metric.key, metric.part_of)
    return _ORDERS if metric.rows == "orders" and not is_defects else FILES_OF.get(metric.rows, ())


def letter_words(charge: Charge, reading: Reading) -> tuple[str, int] | None:
    """The words of the letter a charge rests on, and their line; None where only a person saw it."""

    def is_same(one: Read) -> bool:
        printed = None if one.figure is None else format(one.figure, "f")
        return (one.subject, printed, one.category) == (charge.subject, charge.figure, charge.category)

    for one in (*reading.charges, *(old for earlier in reading.earlier for old in earlier.charges)):
        if is_same(one) and one.words:
            return one.words[0].text, one.words[0].line
    return None
