"""What a reader reads, by its key: a table of sentences a language, and how numbers and days are written.

writing    how an account writes: its numbers, its days, its table of sentences
table      the sentences of one language, and what each takes
en_GB.ftl  British English

A sentence takes what its template names: whatever is missing, unknown or left over is an error, never a silent gap on a
page. A whole number chooses its plural and is written as wording.count writes it; so does a list, by how many
there are, and it is written `a, b and c`.
"""

from __future__ import annotations

from helpers.sentences.table import Reading, Saying, Table, Value, Written, table
from helpers.sentences.writing import Writing, count, separators, write_like, writing_now, written, written_like

__all__ = [
    "Reading",
    "Saying",
    "Table",
    "Value",
    "Writing",
    "Written",
    "count",
    "has",
    "language",
    "say",
    "separators",
    "table",
    "write_like",
    "writing_now",
    "written",
    "written_like",
]


def language() -> str:
    """The language that is written now, as a page says its own: `en`."""
    return table(writing_now().sentences).locale.language


def say(key: str, /, **given: Value) -> str:
    """The sentence of this key (`message` or `message.attribute`) in the language that is written now.

    Raises KeyError for an unknown key, TypeError where it is given what it does not take, or not what it needs.
    """
    return Saying(table(writing_now().sentences), given).of(key)


def has(key: str) -> bool:
    """Whether the table that is written now has a sentence of this key."""
    return key in table(writing_now().sentences).templates
