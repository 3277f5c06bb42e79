"""The text of one file, looked at as a reader may need it to tell what it is: header, JSON, XML; each at most once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from helpers.exports import flat

MOST_FIGURES = 30


def _whole(digits: str) -> int | None:
    """A whole number of JSON; none of more figures than any count or amount has, which would stop the whole file."""
    return int(digits) if len(digits) <= MOST_FIGURES else None


@dataclass(frozen=True)
class Content:
    """UTF-8 text (or the bytes of a Parquet file) and what it looks like at first sight."""

    text: bytes

    @cached_property
    def body(self) -> bytes:
        return self.text.strip()

    @property
    def is_empty(self) -> bool:
        return not self.body

    @property
    def is_parquet(self) -> bool:
        return self.text[:4] == b"PAR1"

    @property
    def is_json(self) -> bool:
        return self.body[:1] in (b"{", b"[")

    @property
    def is_xml(self) -> bool:
        return self.body[:1] == b"<"

    @property
    def is_flat(self) -> bool:
        return not (self.is_empty or self.is_parquet or self.is_json or self.is_xml)

    @property
    def whole(self) -> tuple[bytes, tuple[tuple[int, str], ...]]:
        """The text as far as its last whole line, and the line it ends in the middle of, as rejected."""
        return flat.whole(self.text) if self.is_flat else (self.text, ())

    @cached_property
    def json(self) -> Any:
        """What the JSON says; None when the text is none or is damaged."""
        try:
            return json.loads(self.body, parse_int=_whole) if self.is_json else None
        except (ValueError, RecursionError):
            return None

    @cached_property
    def header(self) -> frozenset[str]:
        """The trimmed column names of the first line that is not blank; empty for anything but delimited text."""
        return frozenset(flat.header(self.text)[0]) if self.is_flat else frozenset()

    def has(self, *names: str) -> bool:
        """Whether the header holds all of these columns."""
        return self.header.issuperset(names)
