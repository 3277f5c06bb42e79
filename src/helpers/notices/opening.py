"""A file or a pasted text → the messages in it as plain text, newest first: mails, HTML, quoted and forwarded threads."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from bs4 import BeautifulSoup

from helpers.exports.encoding import utf8
from helpers.notices import dates

BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "hr")
HEADER = re.compile(
    r"^\W{0,3}(from|sent|date|to|cc|subject|reply-to|von|gesendet|an|betreff)\W?: ?(.*)$", re.IGNORECASE
)
DIVIDER = re.compile(r"^={4,}$")
FORWARDED = re.compile(
    r"^[-_ ]*(?:original message|forwarded message|begin forwarded message)[-_: ]*$|^[-_]{20,}$", re.IGNORECASE
)
WROTE = re.compile(r"^\W*on .{6,160} wrote ?:\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Message:
    """One message as plain text.

    line      the line of the file it begins on
    heads     what its own headers say, by their lower-case names
    """

    text: str
    line: int = 1
    heads: tuple[tuple[str, str], ...] = ()

    def head(self, name: str) -> str:
        return dict(self.heads).get(name, "")

    @property
    def is_of_another_sender(self) -> bool:
        """Whether its header names a sender who is not the marketplace."""
        sender = self.head("from")
        return bool(sender) and not re.search(
            r"amazon|seller|selling|performance|account health|notice", sender, re.IGNORECASE
        )

    @property
    def sent_on(self) -> date | None:
        """The day its own header prints."""
        said = self.head("date") or self.head("sent")
        try:
            return parsedate_to_datetime(said).date() if said else None
        except (TypeError, ValueError):
            found = dates.days(said)
            return found[0].day if found else None


def messages(content: bytes) -> list[Message]:
    """The messages of a file, newest first; one of them at least."""
    text, heads = _text(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ").split("\n")
    oldest_first = _divided(lines)
    if len(oldest_first) > 1:
        parts = [part for lines, at in reversed(oldest_first) for part in _threaded(lines, at, ())]
    else:
        parts = _threaded(lines, 1, heads)
    return [part for part in parts if part.text.strip()] or [Message(text, 1, heads)]


def _text(content: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of a file, and the headers of a mail."""
    if re.match(rb"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3,}\r?\n", content) and re.search(
        rb"(?im)^(?:mime-version|message-id|received|content-type):", content[:20000]
    ):
        mail = email.message_from_bytes(content, policy=email.policy.default)
        heads = tuple((name, str(mail[name])) for name in ("from", "date", "subject") if mail[name])
        return _body(mail), heads
    text = utf8(content)[0].decode("utf-8", "replace").lstrip("\ufeff")
    return (_plain(text) if re.search(r"<(?:html|body|div|p|table|br)\b[^>]*>", text, re.IGNORECASE) else text), ()


def _body(mail: Any) -> str:
    """The readable part of a mail: its plain text, unless that is a stub beside HTML; a mail inside it follows."""
    plain = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
    rich = mail.get_body(("html",)) if isinstance(mail, EmailMessage) else None
    said = plain.get_content() if plain is not None else ""
    if rich is not None and len(said.split()) < 30:
        said = _plain(rich.get_content())
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload(0)
            heads = "".join(f"{name}: {inner[name]}\n" for name in ("From", "Date", "Subject") if inner[name])
            return f"{said}\n-----Original Message-----\n{heads}\n{_body(inner)}"
    return said


def _plain(page: str) -> str:
    """The text of a page: a line a block, a tab between cells, list items marked; links leave their words alone."""
    soup = BeautifulSoup(page, "html.parser")
    for gone in soup(["script", "style", "head", "title", "img"]):
        gone.decompose()
    for link in soup("a", href=True):
        host = re.match(r"https?://(sellercentral[\w.-]*)", str(link["href"]))
        if host and host[1] not in link.get_text():
            link.append(f" ({host[1]})")
    for text in soup.find_all(string=True):
        text.replace_with(re.sub(r"\s+", " ", text))
    for item in soup(["li"]):
        item.insert(0, "- ")
    for cell in soup(["td", "th"]):
        if cell.find_next_sibling(["td", "th"]) is not None:
            cell.append("\t")
    for block in soup(list(BLOCKS)):
        space = "\n" if block.name in ("br", "li", "tr") else "\n\n"
        if block.name != "tr" or block.find_previous_sibling("tr") is None:
            block.insert_before("\n")  # the rows of a table follow each other: one block
        block.insert_after(space)
    lines = [re.sub(r"[ ]*\t[ ]*", "\t", re.sub(r" +", " ", line)).strip(" ") for line in soup.get_text().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _divided(lines: list[str]) -> list[tuple[list[str], int]]:
    parts: list[tuple[list[str], int]] = [([], 1)]
    for number, line in enumerate(lines, 1):
        if DIVIDER.match(line.strip()):
            parts.append(([], number + 1))
        else:
            parts[-1][0].append(line)
    return [part for part in parts if any(line.strip() for line in part[0])]


def _threaded(lines: list[str], at: int, heads: tuple[tuple[str, str], ...]) -> list[Message]:
    """The newest message of these lines and what it quotes or forwards, newest first."""
    lines, own = _unquoted(lines), heads
    start = 0
    for number, line in enumerate(lines):
        said = f"{line} {lines[number + 1]}" if number + 1 < len(lines) else line
        is_wrote = bool(WROTE.match(line)) or (bool(WROTE.match(said)) and not WROTE.match(lines[number + 1]))
        opens = is_wrote or FORWARDED.match(line.strip()) or (number > 0 and _heads(lines[number:])[1] >= 2)
        if opens and (number > start or not any(one.strip() for one in lines[:number])):
            skip = number + (2 if is_wrote and not WROTE.match(line) else 0 if _heads(lines[number:])[1] >= 2 else 1)
            if not is_wrote and not any(one.strip() for one in lines[:number]):
                return _threaded(lines[skip:], at + skip, heads)
            when = re.search(r"on (.{6,160}?) wrote", said, re.IGNORECASE) if is_wrote else None
            found = (("date", _before_name(when[1])), ("from", _name(when[1]))) if when else ()
            inner = _threaded(lines[skip:], at + skip, found)
            return [Message("\n".join(lines[start:number]), at + start, own), *inner]
        if number == start and _heads(lines)[1] >= 2:
            taken, count = _heads(lines)
            own, start = own + taken, count
    return [Message("\n".join(lines[start:]), at + start, own)]


def _before_name(said: str) -> str:
    """The day of `Mon, 3 March 2025 at 09:12, Seller Performance <…>`."""
    return re.split(r" at \d|, \d{1,2}:\d\d|<", said)[0]


def _name(said: str) -> str:
    """Who wrote, of the same line."""
    return re.sub(r"^.*(?:\b\d{1,2}:\d\d(?: ?[AP]M)?|\b\d{4}),? *", "", said)


def _heads(lines: list[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """The headers that begin these lines, and how many lines they are; only From, Sent or Date make a block of them."""
    found: list[tuple[str, str]] = []
    for line in lines:
        match = HEADER.match(line.strip())
        if match is None:
            break
        found.append((match[1].lower(), match[2].strip(" *")))
    names = {name for name, _ in found}
    return (tuple(found), len(found)) if names & {"from", "sent", "date", "von", "gesendet"} else ((), 0)


def _unquoted(lines: list[str]) -> list[str]:
    """Lines that are nearly all quoted lose one mark of quoting; else the lines as they are."""
    filled = [line for line in lines if line.strip()]
    quoted = sum(line.lstrip().startswith(">") for line in filled)
    if not filled or quoted < 0.8 * len(filled):
        return lines
    return _unquoted([re.sub(r"^\s*> ?", "", line) for line in lines])
