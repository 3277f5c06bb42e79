"""The elements of one name in an XML text, as far as the text is whole.

Downloads of the marketplace declare no entities, and a declared one can be made to fill the memory or to name a file on
this computer: a text with a document type declaration is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

DECLARED = "it declares a document type (DOCTYPE), which no download of the marketplace does; not read"


def elements(text: bytes, name: str) -> tuple[list[tuple[int, Element]], tuple[int, str] | None]:
    """The elements called `name` with the lines they begin on, and the place and reason where reading stopped, if it did.

    Names in a namespace count by their local part. Elements before a damaged place are whole and are given.
    """
    lines = text.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines, 1):
        if "<!DOCTYPE" in line:
            return [], (number, DECLARED)
    parser = XMLPullParser(events=("start", "end"))
    found: list[tuple[int, Element]] = []
    begun: list[int] = []
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            # Text is fed as text: an encoding the file declares for the bytes it once was no longer holds.
            parser.feed(line + "\n")
            _gather(parser, name, number, begun, found)
        parser.close()
    except ParseError as error:
        left = len(re.findall(rf"<(?:\w+:)?{name}[\s/>]", "\n".join(lines))) - len(found)
        return found, (
            number,
            f"damaged XML ({error.msg.split(':')[0]}); records from here on not read: {max(left, 0)}",
        )
    return found, None


def _gather(parser: XMLPullParser, name: str, number: int, begun: list[int], found: list[tuple[int, Element]]) -> None:
    # Of the two events asked for, each comes with its element.
    for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
        if local(element) != name:
            continue
        if event == "start":
            begun.append(number)
        else:
            found.append((begun.pop(), element))


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def text_of(element: Element, name: str) -> str | None:
    """The text of the first child of a name, without blanks around it; None where there is none."""
    return (element.findtext(f"{{*}}{name}") or "").strip() or None
