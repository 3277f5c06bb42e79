"""The text of a notice → its reading: kind and tone, what is charged, what is asked for, by when. Rules, no guesses.

opening     a file or a pasted text → messages, newest first          layout   a message → sentences, items, rows
rules       rules.toml: every rule with its example                   dates · numbers   days, shares, counts, periods
parting     a sentence → its parts, one for each rate                 happened  what was done, what is withdrawn
clauses     the words about one subject                               own_figures   the account's figures among them
charges     what is held against the seller, what is only mentioned   periods  deadlines, and what other periods are
origin      language, marketplace, day                                demands  what is asked for, whether money is kept
message     one message → its reading                                 reading  the nouns, and the reading as JSON
words       the vocabulary: kinds, tones, scopes, subjects            telling  a charge and a deadline in words

Each value of a reading has the words it rests on and how sure it is. A person confirms it before anything is built on it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.errors import SettingsError
from helpers.notices import message, opening, rules
from helpers.notices.reading import Charge, Deadline, OtherPeriod, Reading, Words, as_json
from helpers.notices.words import ASKED, KINDS, SCOPES, SUBJECTS, TONES

__all__ = [
    "ASKED", "KINDS", "SCOPES", "SUBJECTS", "TONES", "Charge", "Deadline", "OtherPeriod", "Reading", "Words", "as_json",
    "of_file", "read",
]  # fmt: skip

FEW = 60  # words of a note above a forwarded letter


def read(content: bytes) -> Reading:
    """The reading of the newest message, with the older ones under `earlier`, oldest first. Never raises."""
    parts = opening.messages(content)
    readings = [(message.read(part), len(part.text.split()), part) for part in parts]
    kept = [
        reading
        for reading, words, part in readings
        if len(readings) == 1
        or not (words < FEW and (reading.kind is None or rules.marked("remark", part.text)) and not reading.charges)
    ] or [readings[0][0]]
    newest, *older = kept
    return replace(newest, earlier=tuple(reversed(older)))


def of_file(path: Path) -> Reading:
    """The reading of a file. Raises SettingsError when it cannot be opened."""
    try:
        return read(path.read_bytes())
    except OSError as error:
        hint = "name a text, a mail (.eml) or a saved page with the notice"
        raise SettingsError(f"{path}: expected a notice that can be opened, found {error.strerror}", hint) from error
