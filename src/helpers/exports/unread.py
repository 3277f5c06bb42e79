"""A file most of whose rows could not be read asks whether it is whole: what it told may be the smaller part."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polars as pl

from helpers.exports.reading import Reading
from helpers.vocabulary import Question, lost
from helpers.wording import count, plural

ADVICE = (
    "Download the file again; or open it in a text editor, not in a spreadsheet, and see what is odd; or take it out of "
    "exports/"
)
NO_NUMBERS = (
    "None holds a whole order number such as 202-1234567-1234567: a page or a spreadsheet that shows only its last figures "
    "is no download. Download the report itself and put it in as it comes; or map order_id to the column that holds whole "
    "numbers; or take the file out of exports/"
)


def whole_or_asking(reading: Reading, path: str, metrics: tuple[str, ...]) -> Reading:
    """The reading; with a question where more rows were lost than kept and it has none yet.

    metrics   the rates that wait for the answer
    """
    reasons = [reason for _, reason in reading.rejected]
    rows = pl.DataFrame(
        {"path": [path] * len(reasons), "reason": reasons}, schema=dict.fromkeys(("path", "reason"), pl.String)
    )
    number = int(lost(rows).get_column("rows_lost").sum())
    if reading.question is not None or number <= reading.rows_kept:
        return reading
    (why, _) = Counter(reasons).most_common(1)[0]
    advice = NO_NUMBERS if reading.rows_kept == 0 and why.startswith("no order number") else ADVICE
    text = f"{count(number)} of {plural(number + reading.rows_kept, 'row')} could not be read ({why}). {advice}"
    return replace(reading, question=Question(path, text, metrics))
