"""A language is one more table: in a made-up one, in which every piece of text is marked, no first screen says a word of
its own."""

import re
from dataclasses import replace
from datetime import date

import pytest
from babel.dates import get_month_names
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.visitor import Visitor

from helpers import answer, audit, sentences, wording
from helpers.coverage.case import DOWNLOAD

DAY, TODAY = date(2026, 10, 31), date(2026, 11, 28)
SAMPLES = ("small-good", "on-the-mend", "late-and-broken", "with-holes", "lamp-house")


class Marked(Visitor):
    def visit_TextElement(self, node):
        node.value = f"⟦{node.value}⟧"


@pytest.fixture
def marked(tmp_path):
    """How an account writes whose language is British English with every piece of a template in ⟦⟧."""
    templates = FluentParser().parse(sentences.writing_now().sentences.read_text(encoding="utf-8"))
    Marked().visit(templates)
    table = tmp_path / "en_GB.ftl"
    table.write_text(FluentSerializer().serialize(templates), encoding="utf-8")
    return replace(sentences.Writing.of("en_GB"), sentences=table)


def names(of):
    """What stands on a page as its files, its settings or the marketplace say it: no language changes it."""
    account, groups = of.account, of.verdicts.get_column("group").drop_nulls().unique()
    marks = account.snapshots.select("metric", "status_reported").unique()
    theirs = [text.replace("_", " ") for row in marks.iter_rows() for text in row if text]
    downloads = [text.split(" (")[0] for text in DOWNLOAD.values()]
    own = [
        account.name,
        *account.marketplaces,
        *account.files.get_column("path"),
        *(one.what for one in account.events),
    ]
    return sorted({*own, *groups, *theirs, *downloads}, key=len, reverse=True)


def outside(text, of):
    """The words of a text that no table wrote. Months and the last word of a list are the CLDR's, for every language."""
    rest = re.sub("⟦[^⟦⟧]*⟧", " ", text)
    for name in names(of):
        rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    months = [name for width in ("wide", "abbreviated") for name in get_month_names(width, locale="en_GB").values()]
    return [word for word in re.findall(r"[^\W\d_]+", rest) if word not in {*months, "and"}]


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_no_first_screen_says_a_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        screen = answer.first_screen(of)
        figures = [text for one in screen.figures for text in (one.label, one.text, one.counts, one.aim, one.word)]
        told = [screen.kicker, screen.headline, screen.others, *screen.actions, *screen.facts, screen.not_looked_at]
        told += figures
    assert {text: outside(text, of) for text in told if outside(text, of)} == {}
    assert "⟦" in screen.headline


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_the_table_of_rates_says_no_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        rates = [text for rate in answer.rates(of) for text in vars(rate).values() if isinstance(text, str)]
        told = [text for text in (*rates, *answer.changed(of)) if text not in ("met", "breached", "too_few_orders")]
    assert {text: outside(text, of) for text in told if outside(text, of)} == {}


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_verdicts_and_what_came_of_actions_say_no_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        told = [*of.verdicts.get_column("finding"), *answer.acted(of), *of.actions.get_column("finding")]
    assert {text: outside(text, of) for text in told if outside(text, of)} == {}


def test_a_table_beside_the_others_is_taken_by_every_locale_it_is_nearest_to_with_its_months_and_its_plurals(tmp_path):
    for name in ("en_GB.ftl", "de.ftl", "fr_CA.ftl"):
        text = "rates = { $number ->\n    [one] { $number } Quote\n   *[other] { $number } Quoten\n  }\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    with sentences.written(sentences.Writing.of("de_AT", tmp_path)):
        assert sentences.say("rates", number=1) == "1 Quote"
        assert wording.day(date(2026, 3, 31)) == "31. März 2026"
    nearest = {locale: sentences.Writing.of(locale, tmp_path).sentences.name for locale in ("de_CH", "en_US", "fr_FR")}
    assert nearest == {"de_CH": "de.ftl", "en_US": "en_GB.ftl", "fr_FR": "en_GB.ftl"}


def test_a_language_that_has_no_table_is_written_in_british_english_and_numbers_its_own_way():
    german = sentences.Writing.of("de_DE")
    assert german.sentences.name == "en_GB.ftl"
    with sentences.written(german):
        assert sentences.say("too-few-orders") == "Too few orders to tell."
        assert sentences.say("rates", number=1380) == "1.380 rates"
