"""In a made-up language what own feedback, what if and held money say has no word outside the table of sentences."""

from datetime import timedelta

import pytest
from marked import DAY, SAMPLES, TODAY, outside, read_aloud

from helpers import audit, money, own_feedback, scenarios, sentences, tables
from helpers.sentences import say
from helpers.vocabulary import METRICS, OPTIONS

OF_FEEDBACK = ("displayed", "page", "heard", "breakdowns", "implied", "beliefs", "lists", "proxies", "removals")
OF_FEEDBACK += ("response_rates", "influenced")
FINDINGS = ("displayed", "page", "heard", "breakdowns", "implied", "lists", "proxies", "removals", "response_by_part")
SETTINGS = {name for key, option in OPTIONS.items() for name in (key, *option.readings)}  # as account.toml has them
CURRENCIES = {"EUR", "GBP", "USD", "US"}


def alien(told, of):
    """Each text that has a word no table wrote, with its words: names of settings and of currencies stand as they are."""
    found = {}
    for text in told:
        rest = text
        for name in sorted(SETTINGS, key=len, reverse=True):
            rest = rest.replace(name, " ").replace(name.replace("_", " "), " ")
        found[text] = [word for word in outside(rest, of) if word not in CURRENCIES]
    return {text: words for text, words in found.items() if words}


def texts(screen):
    """What a first screen says."""
    of_figures = (
        one for one in screen.figures for one in (one.label, one.text, one.counts, one.interval, one.aim, one.word)
    )
    told = (screen.kicker, screen.headline, screen.others, *screen.actions, *screen.facts, screen.not_looked_at)
    return [*told, *of_figures]


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_own_feedback_says_no_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        own = own_feedback.of(of)
        told = texts(own.screen)
        told += [text for name in OF_FEEDBACK for text in read_aloud(getattr(tables, name)(getattr(own, name)).data)]
        told += [text for name in FINDINGS for text in getattr(own, name).get_column("finding").drop_nulls()]
    assert alien(told, of) == {}
    assert any("⟦" in text for text in told)


@pytest.mark.parametrize("sample", ["on-the-mend", "with-holes"])  # over, turned and met; bounds and missing days
def test_in_a_marked_language_what_if_says_no_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        outlook = scenarios.of(of)
        pulled, enough, tried = scenarios.pulled(outlook), scenarios.enough_of(outlook), scenarios.tried(outlook)
        screen = scenarios.screen(outlook, pulled)
        drawn = [
            tables.chances(scenarios.chances(outlook)),
            tables.ways_back(scenarios.ways_back(outlook)),
            tables.levers(pulled),
            tables.enough(enough),
            tables.track_record(scenarios.track_record(tried)),
            tables.relied_on(*scenarios.relied_on(tried)),
            tables.by_chance(scenarios.chance_alone(outlook)),
        ]
        told = [*texts(screen), *(text for one in drawn for text in read_aloud(one.data))]
        told += [*scenarios.ranking(outlook, pulled, enough), *outlook.told_of_scenarios, *scenarios.uncertain(outlook)]
        told += [*map(scenarios.fact, outlook.ahead), *scenarios.column(outlook).get_column("chance")]
    assert alien(told, of) == {}


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_held_money_says_no_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        told = [*read_aloud(tables.held(money.held(of.account, of.day)).data), *money.told(of.account, of.day)]
    assert alien(told, of) == {}


def test_a_table_without_a_row_says_why_in_the_language_too(samples, marked):
    of = audit.of(samples / "small-good", DAY, TODAY)
    with sentences.written(marked):
        own = own_feedback.of(of)
        empty = [getattr(tables, name)(getattr(own, name).clear()).data for name in OF_FEEDBACK]
        told = [text for page in empty for text in read_aloud(page)]
    assert len(told) >= len(OF_FEEDBACK)
    assert alien(told, of) == {}


def test_every_rate_has_a_word_for_what_it_counts_of_where_a_bad_one_is_worth_clean_ones():
    for metric in METRICS.values():
        assert say(
            "prevented-of", clean=say(f"number-of.{metric.one_is.replace(' ', '-')}", number=2), rate=metric.name
        )


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_grounds_to_ask_for_a_removal_say_no_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        stores = of.account.marketplaces
        found = [own_feedback.grounds(of.account, store, DAY - timedelta(days=90), DAY) for store in stores]
        columns = ("what", "ground", "rule", "source", "caution")
        told = [text for one in found for name in columns for text in one.get_column(name).drop_nulls()]
    assert alien(told, of) == {}
