"""A language is one more table: in a made-up one, in which every piece of text is marked, no first screen says a word of
its own."""

from datetime import date

import pytest
from marked import DAY, SAMPLES, TODAY, outside

from helpers import answer, audit, sentences, wording


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
