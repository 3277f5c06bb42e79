"""A made-up language in which every piece of text is marked, and what stands on a page outside the marks."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

from babel.dates import get_day_names, get_month_names
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.visitor import Visitor

from helpers import sentences

DAY, TODAY = date(2026, 10, 31), date(2026, 11, 28)
SAMPLES = ("small-good", "on-the-mend", "late-and-broken", "with-holes", "lamp-house")


class Marked(Visitor):
    def visit_TextElement(self, node):
        node.value = f"⟦{node.value}⟧"


def writing(folder):
    """How an account writes whose language is British English with every piece of a template in ⟦⟧; its table is put into
    a folder."""
    templates = FluentParser().parse(sentences.writing_now().sentences.read_text(encoding="utf-8"))
    Marked().visit(templates)
    table = folder / "en_GB.ftl"
    table.write_text(FluentSerializer().serialize(templates), encoding="utf-8")
    return replace(sentences.Writing.of("en_GB"), sentences=table)


def names(of):
    """What stands on a page as its files, its settings or the marketplace say it: no language changes it."""
    account, groups = of.account, of.verdicts.get_column("group").drop_nulls().unique()
    marks = account.snapshots.select("metric", "status_reported").unique()
    theirs = [text.replace("_", " ") for row in marks.iter_rows() for text in row if text]
    own = [
        account.name,
        *account.marketplaces,
        *account.files.get_column("path"),
        *(one.what for one in account.events),
    ]
    return sorted({*own, *groups, *theirs}, key=len, reverse=True)


def outside(text, of):
    """The words of a text that no table wrote. Months, weekdays and the last word of a list are the CLDR's, for every language."""
    rest = re.sub("⟦[^⟦⟧]*⟧", " ", text)
    for name in names(of):
        rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    months = [name for width in ("wide", "abbreviated") for name in get_month_names(width, locale="en_GB").values()]
    days = get_day_names("wide", locale="en_GB").values()
    return [word for word in re.findall(r"[^\W\d_]+", rest) if word not in {*months, *days, "and"}]


def read_aloud(markup):
    """The texts of markup that a reader sees or is read: what stands between tags, and names and descriptions in them."""
    shown = re.sub(r"<(style|script)\b.*?</\1>", "", markup, flags=re.DOTALL)
    spoken = re.findall(r'\b(?:aria-label|aria-description|alt|title)="([^"]*)"', shown)
    return [unescape(text).strip() for text in (*spoken, *re.sub("<[^>]*>", "\n", shown).split("\n")) if text.strip()]
