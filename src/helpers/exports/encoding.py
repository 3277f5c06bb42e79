"""Bytes of any encoding a marketplace was seen to use → UTF-8.

Tried in order: byte order mark; NULs in every other byte (UTF-16); strict UTF-8; CP932 where the text is Japanese;
cp1252. UTF-8 that was encoded twice is repaired on the raw text, before anything is stripped: the no-break space
inside `à` would be lost.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

TWICE = re.compile(rb"\xc3[\x82\x83]\xc2[\x80-\xbf]")
HIGH_RUN = re.compile("[\u0080-\u00ff]+")
OTHER_FIGURES = re.compile(r"(?![0-9])\d")  # of Arabic, Hindi …: they are figures in every text
JAPANESE_WORD = re.compile("[\u3040-\u30ff\u4e00-\u9fff]{4}")


def utf8(content: bytes) -> tuple[bytes, str]:
    """The same text as UTF-8 without a byte order mark, and the name of the encoding it was found in.

    A text whose lines end in carriage returns alone gets line feeds: no reader would see more than its first line.
    """
    text, name = _decoded(content)
    text = text.removeprefix(codecs.BOM_UTF8)  # a second mark: the file was joined or saved twice
    if not text.isascii():
        text = OTHER_FIGURES.sub(lambda one: str(unicodedata.decimal(one[0])), text.decode()).encode()
    return (text if b"\n" in text else text.replace(b"\r", b"\n")), name


def _decoded(content: bytes) -> tuple[bytes, str]:
    if content.startswith(codecs.BOM_UTF8):
        text, name = content[3:], "utf-8-sig"
        return (text, name) if _is_utf8(text) else (text.decode("utf-8", "replace").encode(), name)
    wide = _wide(content)
    if wide:
        return content.decode(wide, "replace").removeprefix("\ufeff").encode(), wide.lower()
    if _is_utf8(content):
        return _repaired(content.decode()) if TWICE.search(content) else (content, "utf-8")
    if _is_japanese(content):
        return content.decode("cp932").encode(), "cp932"
    if _is_damaged_utf8(content):
        return content.decode("utf-8", "replace").encode(), "utf-8 with damaged characters"
    try:
        return content.decode("cp1252").encode(), "cp1252"
    except UnicodeDecodeError:
        return content.decode("latin-1").encode(), "latin-1"


def _wide(content: bytes) -> str:
    """UTF-16 by its mark, or by NULs in the odd (little-endian) or even (big-endian) places; empty if neither."""
    if content.startswith(codecs.BOM_UTF16_LE):
        return "UTF-16-LE"
    if content.startswith(codecs.BOM_UTF16_BE):
        return "UTF-16-BE"
    start = content[:4096]
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.4 * half:
        return "UTF-16-LE"
    return "UTF-16-BE" if half and start[0::2].count(0) > 0.4 * half else ""


def _is_utf8(content: bytes) -> bool:
    try:
        codecs.utf_8_decode(content, "strict", True)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether nearly all characters beyond ASCII are whole: one cut or flipped byte must not garble every name."""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(not one.isascii() for one in text) - bad > 9 * bad


def _is_japanese(content: bytes) -> bool:
    """CP932 cannot be told from cp1252 by its bytes alone: the store or a Japanese header must say so."""
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        return False
    header = text.lstrip().split("\n", 1)[0]
    return b"amazon.co.jp" in content.lower() or JAPANESE_WORD.search(header) is not None


def _repaired(text: str) -> tuple[bytes, str]:
    """The text with what was encoded twice whole again. It is said of the file where it holds of several lines, and of
    most that have a letter beyond ASCII: one broken name says nothing of the others."""
    whole = HIGH_RUN.sub(_once, text)
    lines = [pair for pair in zip(text.split("\n"), whole.split("\n"), strict=True) if not pair[0].isascii()]
    twice = sum(before != after for before, after in lines)
    return whole.encode(), "utf-8 encoded twice" if twice > 1 and 2 * twice > len(lines) else "utf-8"


def _once(run: re.Match[str]) -> str:
    try:
        return run.group().encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return run.group()
