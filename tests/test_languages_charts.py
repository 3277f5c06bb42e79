"""In a made-up language, in which every piece of text is marked, no chart says a word outside the marks."""

import html
import re

import pytest
import vl_convert
from marked import DAY, SAMPLES, TODAY, outside

from helpers import alerts, audit, charts, feedback, portfolio, scenarios, sentences, what_if
from helpers.lesson import Shop, scenes
from helpers.reports import gallery_portfolio


def texts(chart):
    """Every text of a chart that a reader can read, but for what stands under it: that is the page's."""
    spec = chart.to_dict()
    said, stage = spec["usermeta"], spec["usermeta"].get("stage", {})
    yield from (said["title"], said["subtitle"], *said["twin"]["columns"])
    yield from (cell for row in said["twin"]["rows"] for cell in row)
    yield spec["description"].removesuffix(said.get("said", ""))
    for one in (*(bind for bind in bound(spec)), *stage.get("controls", {}).values()):
        yield from (one["name"], *one.get("labels", ()))
    yield from (row["told"] for rows in spec.get("datasets", {}).values() for row in rows if "told" in row)
    picture = vl_convert.vegalite_to_svg({name: spec[name] for name in spec if name != "title"}, vl_version="6.4")
    yield from (html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture))


def bound(spec):
    return [one["bind"] for one in spec.get("params", ()) if "bind" in one]


def unmarked(drawn, of, *theirs):
    """The texts of charts that hold a word outside the marks, with those words."""
    found = {}
    for text in dict.fromkeys(text for chart in drawn for text in texts(chart)):
        rest = text
        for name in sorted(theirs, key=len, reverse=True):
            rest = rest.replace(name, " ")
        if words := outside(rest, of):
            found[text] = words
    return found


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_no_chart_of_the_monthly_page_says_a_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        moments = [(event.on, event.what) for event in of.account.events]
        drawn = charts.moving(of.counted, of.arrivals, of.roll_off, of.verdicts, moments=moments)
        drawn += [*charts.cohorts(of.cohorts, of.maturity, of.actions), *charts.controls(of.control, most=2)]
        drawn += [*charts.denominators(of.beside), *charts.alerts(alerts.of(of), of.watched)]
        assert unmarked(drawn, of) == {}
    assert drawn


def test_in_a_marked_language_an_alarm_says_no_word_outside_the_marks(samples, marked):
    of = audit.of(samples / "on-the-mend", "2026-07-15", TODAY)
    with sentences.written(marked):
        drawn = charts.alerts(alerts.of(of), of.watched)
        assert unmarked(drawn, of) == {}
    assert drawn


def test_in_a_marked_language_no_chart_of_what_is_to_come_says_a_word_outside_the_marks(samples, marked):
    of = audit.of(samples / "on-the-mend", DAY, TODAY)
    with sentences.written(marked):
        outlook = scenarios.of(of)
        fans = what_if.fans(outlook)
        theirs = [chart.usermeta["title"] for chart in fans]  # what comes of a rate is said by scenarios
        assert unmarked([*fans, *what_if.pictures(outlook)], of, *theirs) == {}
    assert len(fans) > 1


def test_in_a_marked_language_no_chart_of_many_accounts_says_a_word_outside_the_marks(samples, marked):
    of = audit.of(samples / "lamp-house", DAY, TODAY)
    with sentences.written(marked):
        drawn = charts.funnels(portfolio.funnel(gallery_portfolio.of(of)))
        assert unmarked(drawn, of) == {}
    assert drawn


def test_in_a_marked_language_no_picture_of_the_lesson_says_a_word_outside_the_marks(samples, marked):
    of = audit.of(samples / "small-good", DAY, TODAY)
    with sentences.written(marked):
        mina = Shop(orders=600, good=40, bad=5, target_of_1000=10)
        buyers = {"happy": 48, "happy_write": 1, "unhappy": 4, "unhappy_write": 2}
        counts = {"orders": 600, "positive": 40, "negative": 5, "ratio": 2, "target_of_1000": 10}
        published = feedback.published()
        drawn = [
            *(scenes.buyers(**buyers), scenes.denominators(**buyers)),
            *(scenes.settled(mina), scenes.asked(mina, answer=20, unhappy=50)),
            *(scenes.dealt(mina, orders=50, bad_of_1000=10, seed=1), charts.directions(published)),
            scenes.year(mina, orders_a_day=10, bad_of_1000=10, seed=1),
            *(scenes.model(unhappy=4, happy_write=2, unhappy_write=90), scenes.counts(**counts)),
            *(scenes.one_look(orders=100, rate=0.01), scenes.standing(orders=100, model="as in the story")),
        ]
        theirs = [*published.get_column("title"), *published.get_column("known"), *scenes.SHOPS]
        assert unmarked(drawn, of, *theirs) == {}
