"""Text from a file or a kernel, made harmless before a terminal sees it."""

from __future__ import annotations

import re

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def clean(text: str) -> str:
    """The text with control and direction signs written out, so that a terminal acts on none of them."""
    return "".join(sign if sign.isprintable() or sign == "\n" else _written(sign) for sign in text)


def plain(text: str) -> str:
    """A kernel's error text: the colours it adds taken out, the rest made harmless."""
    return clean(COLOUR.sub("", text)).strip()


def _written(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
