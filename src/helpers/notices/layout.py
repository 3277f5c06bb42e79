"""A message → its units in order: sentences, list items and rows of tables, each under the heading that governs it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from helpers.notices import rules

Kind = Literal["sentence", "item", "row", "heading"]
ITEM = re.compile(r"^\s*(?:[-*•·▪‣–—]{1,2}|\(?\d{1,2}[.)]|\(?[a-h]\)|>>)\s+(?=\S)")
CELLS = re.compile(r"\t+|\s*\|\s*|(?<=\S) {2,}(?=\S)")
GREETING = re.compile(
    r"^(?:dear|hello|hi|hey|greetings|good (?:morning|afternoon|day|news))\b[^.?!]{0,40}[,.!:]?$", re.IGNORECASE
)
ENDS = re.compile(
    r"(?<![A-Z])(?<!\bNo)(?<!\bno)(?<!\be\.g)(?<!\bi\.e)(?<!\bInc)(?<!\bapprox)(?<!\b[ap]\.m)([.!?][”\"')]*)\s+(?=[A-Z“\"(0-9•])"
)
SIGN_OFF = re.compile(
    r"^(?:(?:kind |best |warm )?regards|sincerely|thanks|thank you|yours|cheers|(?:the )?(?:amazon )?(?:seller|account|selling|performance|health)[\w\s-]{0,30}(?:team|performance|services|support|health)|amazon(?:\.[a-z.]+)?|the amazon team|(?:sent|dated|written) (?:on )?(?=[^.]*\b\d{4}\b)[^.!?]{6,20}(?:by [\w. ]{2,60})?)\b[\s,.]*(?:team)?(?:[,.]? ?amazon(?:\.[a-z.]+)?)?\.?$",
    re.IGNORECASE,
)
URL = re.compile(r"<?https?://[^\s>)]+>?|\bwww\.[^\s>)]+", re.IGNORECASE)
FOOTER = re.compile(
    r"unsubscribe|all rights reserved|view (?:details|online|in browser)|sent from my|©|preferences", re.IGNORECASE
)
ROLE_WORDS = 12  # a heading is no longer


@dataclass(frozen=True)
class Unit:
    """A sentence, an item or a row.

    role    what the heading over it says: reason, do, consequence, definition, help, funds; empty under none
    lead    the sentence that introduces the list or table it stands in
    block   the number of its paragraph, list or table
    cells   of a row
    """

    text: str
    line: int
    kind: Kind
    block: int
    role: str = ""
    lead: str = ""
    cells: tuple[str, ...] = ()


def units(text: str) -> list[Unit]:
    """The units of a message, without greeting, signature and the addresses of links."""
    text = re.split(r"^-- ?$", text, maxsplit=1, flags=re.MULTILINE)[0]
    found: list[Unit] = []
    block, role, lead = 0, "", ""
    for lines in _paragraphs(text):
        block += 1
        for one in _parts(lines, block):
            if one.kind == "sentence" and (GREETING.match(one.text) or SIGN_OFF.match(one.text)):
                continue
            said = _role(one)
            if said:
                role, lead = said, ""
                found.append(replace(one, kind="heading", role=role))
                continue
            placed = replace(one, role=role, lead=lead if one.kind in ("item", "row") else "")
            found.append(placed)
            if one.kind == "sentence":
                lead = one.text
    return _with_headers(found)


def unread_end(text: str) -> bool:
    """Whether the message breaks off: its last words end no sentence, and are no signature, link, label or list."""
    text = re.split(r"^-- ?$", text, maxsplit=1, flags=re.MULTILINE)[0]
    if re.search(r"\[(?:message clipped|truncated|cut off)\]|(?:\.\.\.|…)\s*$", text, re.IGNORECASE):
        return True
    paragraphs = [lines for lines in _paragraphs(text) if not all(SIGN_OFF.match(line.strip()) for _, line in lines)]
    if not paragraphs or all(line.lstrip().startswith(">") for _, line in paragraphs[-1]):
        return False
    lines = paragraphs[-1]
    parts = _parts(lines, 0)
    last = parts[-1].text
    if re.search(r"[.!?:;)\]”\"'›»>]$", last) or SIGN_OFF.match(last) or parts[-1].kind != "sentence":
        return False
    if all(word[:1].isupper() for word in last.split()) or FOOTER.search(last) or rules.marked("link", last):
        return False
    if re.match(r"^[A-Z][\w ]{0,30}:\s*[\w,; /-]*[\dA-Z]$", last) or re.search(r"\bago$", last):
        return False
    return len(last.split()) >= 6 or (len(parts) > 1 and bool(re.search(r"[.!?:]$", parts[-2].text)))


def _paragraphs(text: str) -> list[list[tuple[int, str]]]:
    """Blocks of lines between blank ones, each line with its number."""
    found: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found[-1].append((number, URL.sub(_shown, line).rstrip()))
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def _shown(link: re.Match[str]) -> str:
    """Of a link only a Seller Central address says something: of which store the message is."""
    return found[0] if (found := re.search(r"sellercentral[\w.-]*", link[0])) else ""


def _parts(lines: list[tuple[int, str]], block: int) -> list[Unit]:
    """The sentences, items and rows of one block."""
    found: list[Unit] = []
    prose: list[tuple[int, str]] = []

    def close() -> None:
        found.extend(_sentences(prose, block))
        prose.clear()

    in_item = False
    for number, line in lines:
        bare = re.sub(r"^[\s⚠❗️!]+", "", line)
        cells = tuple(cell.strip() for cell in CELLS.split(line.strip(" \t|")) if cell.strip())
        is_item = ITEM.match(line)
        if is_item:
            close()
            found.append(Unit(_one(line[is_item.end() :]), number, "item", block))
            in_item = True
        elif len(cells) > 1 and not bare.rstrip().endswith((".", ";")):
            close()
            found.append(Unit(_one(" | ".join(cells)), number, "row", block, cells=cells))
            in_item = False
        elif in_item and line[:1] in " \t" and found:
            found[-1] = replace(found[-1], text=_one(f"{found[-1].text} {line}"))
        else:
            in_item = False
            if prose and _stands_alone(prose[-1][1]):
                close()
            prose.append((number, bare))
    close()
    return [one for one in found if one.text]


def _stands_alone(line: str) -> bool:
    """Whether a line ends its own unit: a short line without the end of a sentence, as on a dashboard or in a heading."""
    said = line.strip()
    return bool(re.search(r"[.!?:]$", said)) or (len(said) < 48 and not said.endswith((",", " –", "-")))


def _sentences(lines: list[tuple[int, str]], block: int) -> list[Unit]:
    found = []
    joined, starts = "", []
    for number, line in lines:
        starts.append((len(joined), number))
        joined += line.strip() + " "
    at = 0
    for end in [*(match.end(1) for match in ENDS.finditer(joined)), len(joined)]:
        said = _one(joined[at:end])
        line = max((number for start, number in starts if start <= at), default=0)
        if said:
            found.append(Unit(said, line, "sentence", block))
        at = end
    return found


def _one(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _role(one: Unit) -> str:
    """What a heading says of what follows: a short line or a question, with words of rules.toml; empty for others."""
    said = one.text.rstrip(" :")
    is_question = said.endswith("?")
    if one.kind == "row" or len(said.split()) > ROLE_WORDS or re.search(r"\d ?%", said):
        return ""
    if one.kind == "item" and not is_question:
        return ""
    if not is_question and (said.endswith((".", "!", ",")) or (one.text.endswith(":") and len(said.split()) > 7)):
        return ""
    found = rules.first("roles", said)
    return found.value if found else ""


def _with_headers(found: list[Unit]) -> list[Unit]:
    """Rows with what the head of their table says: its first row lends a name to the figures of the others."""
    made: list[Unit] = []
    head: Unit | None = None
    for one in found:
        if one.kind != "row":
            head = None
        elif head is None or head.block != one.block:
            head = one if not re.search(r"\d", one.text) else None
        elif len(one.cells) == len(head.cells):
            target = re.compile(r"target|goal|threshold|requirement|should|expected|limit", re.IGNORECASE)
            cells = [
                f"target {cell}" if target.search(name) and re.match(r"[\d.,]+ ?%", cell) else cell
                for name, cell in zip(head.cells, one.cells, strict=True)
            ]
            one = replace(one, text=" | ".join(cells), lead=f"{one.lead} {head.text}".strip())
        made.append(one)
    return made
