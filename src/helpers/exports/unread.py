"""A file most of whose rows tell nothing asks: what it told may be the smaller part, or is written in unknown words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polars as pl

from helpers.exports.mapped import UNMAPPED
from helpers.exports.reading import Reading, asking
from helpers.vocabulary import LIST_MARKS, Question, lost, says_nothing
from helpers.wording import count, plural

LEAST = 2  # one odd row is no way of writing: it is counted and named, and nobody could answer for it
AGAIN = (
    "Download the file again; or open it in a text editor, not in a spreadsheet, and see what is odd; or take it out "
    "of exports/"
)
SAYS = {
    "late_shipments": "whether the order was late",
    "valid_tracking": "whether the tracking is valid",
    "on_time_delivery": "whether the parcel came on time",
}
NO_NUMBERS = (
    "None holds a whole order number such as 202-1234567-1234567: a page or a spreadsheet that shows only its last figures "
    "is no download. Download the report itself and put it in as it comes; or map order_id to the column that holds whole "
    "numbers; or take the file out of exports/"
)


def whole_or_asking(reading: Reading, path: str, report: str | None, metrics: tuple[str, ...]) -> Reading:
    """The reading; with a question where more rows tell nothing than tell something and it has none yet.

    report    the kind of file, of whose lists a kept row without its mark tells nothing
    metrics   the rates that wait for the answer
    A list none of whose marks can be read is not used: with its rows every order in it would be in time as far as it shows.
    """
    mark = LIST_MARKS.get(report or "")
    silent = reading.rows.filter(says_nothing(mark)).height if mark else 0
    reasons = [reason for _, reason in reading.rejected]
    rows = pl.DataFrame(
        {"path": [path] * len(reasons), "reason": reasons}, schema=dict.fromkeys(("path", "reason"), pl.String)
    )
    number = int(lost(rows).get_column("rows_lost").sum())
    if reading.question is not None or number + silent < LEAST or number + silent <= reading.rows_kept - silent:
        return reading
    if silent > number:
        text = (
            f"expected lines that say {SAYS[str(report)]}, found {count(silent)} of {plural(reading.rows_kept, 'line')} "
            f"that do not. If the list marks it in words of its own, name them in account.toml (marks). Else: {AGAIN}"
        )
        question = Question(path, text, metrics)
        if silent < reading.rows_kept:  # what the other lines say still holds
            return replace(reading, question=question)
        return asking("shipments", question, reading.rows_kept, reading.rejected)
    (why, _) = Counter(reasons).most_common(1)[0]
    words = (
        "If these are words of its own, say in account.toml what they mean (values). Else: " if UNMAPPED in why else ""
    )
    advice = NO_NUMBERS if reading.rows_kept == 0 and why.startswith("no order number") else AGAIN
    text = f"{count(number)} of {plural(number + reading.rows_kept, 'row')} could not be read ({why}). {words}{advice}"
    return replace(reading, question=Question(path, text, metrics))
