"""The lesson in Python: what a picture says, questions with one right answer, and the sliders of JupyterLab."""

import json
from functools import partial
from math import comb
from pathlib import Path

import numpy as np
import pytest

from helpers import charts, feedback, lesson
from helpers.feedback import sentences
from helpers.feedback.sentences import about_times
from helpers.lesson import questions, scenes
from helpers.lesson.questions import Choice, Question
from helpers.wording import percent

VECTORS = json.loads((Path(__file__).parent / "data" / "feedback_vectors.json").read_text(encoding="utf-8"))
GUESSES = [
    questions.how_many_unhappy(),
    questions.if_more_happy_buyers_write(),
    questions.how_many_behind_few_complaints(),
    questions.how_many_good_shops_miss(),
    questions.how_many_years_over(),
]
MINA = lesson.Shop(orders=52, good=1, bad=2, target_of_1000=10)
HUNDREDTHS = {
    "unhappy": "dissatisfied",
    "happy_write": "propensity_satisfied",
    "unhappy_write": "propensity_dissatisfied",
}


def of_hundred(inputs):
    """The sliders' values for a vector's model."""
    return {slider: 100 * inputs[name] for slider, name in HUNDREDTHS.items()}


def each(group, most_orders=2000):
    """The vectors of a group that the sliders of a class can be moved to; the page's test takes the others too."""
    cases = [case for case in VECTORS[group] if case["inputs"].get("orders", 0) <= most_orders]
    return pytest.mark.parametrize("case", cases, ids=[str(list(case["inputs"].values())) for case in cases])


@pytest.fixture
def moved(capsys):
    """A function that moves the sliders of a scene and gives what JupyterLab then shows in words."""

    def said(scene, start, to):
        box = lesson.moved(scene, **start)
        controls = dict(zip(start, box.children[:-1], strict=True))
        for name, value in to.items():
            capsys.readouterr()  # only what the last move shows is asked for
            controls[name].value = value
        return " ".join(capsys.readouterr().out.split("\n"))

    return said


def test_the_story_is_two_of_three_and_two_of_fifty_two():
    chart = scenes.denominators(happy=50, happy_write=1, unhappy=2, unhappy_write=2)
    said = chart.usermeta["said"].replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "33.3 % positive (1 of 3), 66.7 % negative (2 of 3)" in said
    assert said.endswith("3.85 % negative (2 of 52).")
    assert [row[1:] for row in chart.usermeta["twin"]["rows"]] == [["2", "3"], ["2", "52"]]


def test_no_more_buyers_write_than_there_are():
    said = scenes.buyers(happy=3, happy_write=9, unhappy=1, unhappy_write=9).usermeta["said"]
    assert said.startswith("Among the 4 who wrote")


def test_more_feedback_than_orders_is_said_not_computed():
    said = scenes.counts(orders=10, positive=9, negative=2, ratio=2, target_of_1000=10).usermeta["said"]
    assert said == "More feedback than orders: that cannot be."


def test_a_shop_that_silence_may_excuse_is_not_shown_as_one_without_excuse():
    with pytest.raises(ValueError, match="expected negative feedback on 10 of 1,000 orders or more, found 5 of 600"):
        scenes.no_excuse(orders=600, positive=30, negative=5, ratio=15, target_of_1000=10)


@pytest.mark.parametrize("question", questions.exercises(), ids=lambda question: question.name)
def test_an_exercise_has_one_right_answer_and_a_reason_for_each(question):
    assert [choice.is_right for choice in question.choices].count(True) == 1
    assert all(choice.because for choice in question.choices)
    assert len({choice.text for choice in question.choices}) == len(question.choices)


def test_right_answers_are_those_worked_out_by_hand():
    right = {one.name: next(c.text for c in one.choices if c.is_right) for one in questions.exercises()}
    assert right["what-is-sure"] == f"Between 3 and {600 - 20} of 600"
    # 3 / 20 · 99 = 14.85, and Clopper and Pearson's 90 % of 3 of 23 is 0.0365 to 0.3036: 3.75 to 43.2
    assert right["who-speaks"] == "When the unhappy write about 15 times (4 to 43) as often as the happy, or more"
    assert right["smallest"] == "101"  # 1 of 100 is 1 %, not under it
    assert right["to-ninety"] == "100"  # 180 of 200
    assert right["more-praise"] == "3 of 600"


def test_the_guess_about_chance_names_what_chance_gives():
    missed = 1000 * (1 - 0.995**100)  # a hundred good orders, or one bad
    assert round(missed) == 394
    assert questions.how_many_good_shops_miss().choices[-1].text == "About 400"


def test_a_guess_gets_no_mark_and_an_exercise_does():
    assert not any("Right." in lesson.html(guess).data or "Not quite." in lesson.html(guess).data for guess in GUESSES)
    shown = lesson.html(*questions.exercises()).data
    assert shown.count("Right.") == len(questions.exercises())


def test_a_question_cannot_bring_markup_into_the_page():
    bad = Question("q", "<b>1</b>", (Choice("<i>2</i>", "<script>3</script>", is_right=True),))
    assert not {"<b>", "<i>", "<script>"} & set(lesson.html(bad).data.replace(">", "> ").split())
    assert "<i>" not in lesson.answers([bad]).data


@each("model")
def test_a_model_moved_in_jupyterlab_says_what_fractions_give(moved, case):
    start = {"unhappy": 3.0, "happy_write": 7, "unhappy_write": 11}
    shown = moved(scenes.model, start, of_hundred(case["inputs"]))
    for name in ("negative_of_feedback", "negative_of_orders", "positive_of_feedback"):
        assert percent(case["expected"][name]) in shown


@each("counts")
def test_counts_moved_in_jupyterlab_say_what_fractions_give(moved, case):
    inputs, expected = case["inputs"], case["expected"]
    known = {name: inputs[name] for name in ("orders", "positive", "negative")}
    target = round(1000 * inputs["target"])
    shown = moved(
        partial(scenes.counts, **known),
        {"ratio": 2.0, "target_of_1000": 30},
        {"ratio": inputs["ratio"], "target_of_1000": target},
    )
    is_possible = expected["low"] <= expected["implied"] <= expected["high"]
    for name in ("low", "high", *(["implied"] if is_possible else [])):
        assert percent(expected[name]) in shown
    assert is_possible != ("rule out" in shown or "hardly fit" in shown)
    decides = f"write about {about_times(expected['breakdown_ratio'])} times as often as the happy, or more"
    assert (decides in shown) == (expected["low"] < inputs["target"] <= expected["high"] and inputs["negative"] > 0)


def test_a_volume_moved_in_jupyterlab_says_what_the_binomial_gives(moved):
    vector = next(
        case
        for case in VECTORS["one_look"]
        if case["inputs"] == {"orders": 600, "rate": 0.005, "target": 0.01, "must_be": "below"}
    )
    shown = moved(scenes.one_look, {"orders": 100, "rate": 0.02}, {"rate": 0.005, "orders": 600})
    assert percent(vector["expected"]["probability_missed"]) in shown
    assert "at most 5 may be bad" in shown


@pytest.mark.parametrize(
    ("scene", "given", "start"),
    [
        (scenes.denominators, (), {"happy": 50, "happy_write": 1, "unhappy": 2, "unhappy_write": 2}),
        (scenes.dealt, (MINA,), {"orders": 100, "bad_of_1000": 5, "seed": 7}),
        (scenes.year, (MINA,), {"orders_a_day": 10, "bad_of_1000": 5, "seed": 7}),
        (scenes.asked, (MINA,), {"answer": 20, "unhappy": 4}),
    ],
    ids=["denominators", "dealt", "year", "asked"],
)
def test_the_controls_of_jupyterlab_are_those_of_the_page(scene, given, start):
    stage = scene(*given, **start).usermeta["stage"]["controls"]
    box = lesson.moved(scene, *given, **start)
    assert [one.description for one in box.children[:-1]] == [bind["name"] for bind in stage.values()]
    assert (
        [one.value for one in box.children[:-1]] == list(start.values()) == [bind["value"] for bind in stage.values()]
    )
    for one, bind in zip(box.children, stage.values(), strict=False):
        if bind["input"] == "range" and "at_most" not in bind:
            assert (one.min, one.max, one.step) == (bind["min"], bind["max"], bind["step"])


def test_a_slider_of_jupyterlab_never_lets_more_write_than_there_are():
    box = lesson.moved(scenes.denominators, happy=50, happy_write=40, unhappy=2, unhappy_write=2)
    happy, writers = box.children[:2]
    assert writers.max == 50
    happy.value = 10
    assert (writers.max, writers.value) == (10, 10)


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ((10, 9, 2, 10), "expected at most as many feedback as orders, found 9 good and 2 bad on 10"),
        ((0, 0, 0, 10), "expected at most as many feedback as orders"),
        ((10, 1, 1, 0), "expected a target from 1 to 999 of 1,000 orders, found 0"),
        ((10, -1, 1, 10), "expected a whole number of good feedback from 0 to 10, found -1"),
    ],
)
def test_a_shop_that_cannot_be_is_refused(numbers, why):
    with pytest.raises(ValueError, match=why):
        lesson.Shop(*numbers)


@pytest.mark.parametrize(
    ("shop", "end"),
    [
        ((52, 1, 2, 10), "Bad feedback alone, 2 of 52, misses “under 1 %”: no silence can excuse it."),
        (
            (600, 20, 3, 10),
            "But if 3 silent buyers or more were unhappy too, the unhappy are too many for it.",
        ),  # 6 of 600 are 1 %
        ((600, 20, 5, 10), "But if 1 silent buyer or more were unhappy too, the unhappy are too many for it."),
        ((100, 99, 0, 15), "Even if every silent buyer was unhappy, it would meet “under 1.5 %”."),
    ],
)
def test_four_numbers_settle_what_whole_numbers_say(shop, end):
    said = scenes.settled(lesson.Shop(*shop)).usermeta["said"].replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert said.endswith(end)


def test_asking_everyone_is_said_on_average_and_with_its_counts():
    said = scenes.asked(MINA, answer=20, unhappy=50).usermeta["said"].replace("\N{NARROW NO-BREAK SPACE}", " ")
    # 49 silent, 9.8 answer, 4.9 of them bad: 5.9 of 12.8 good, 6.9 bad of 52 orders
    assert "33.3 % of the feedback is good (1 of 3); with everyone asked, roughly 5 in 10 (about 6 of 13)" in said
    assert "of 52 orders: 2 unasked, about 7 asked. No order became better." in said


@pytest.mark.parametrize(
    ("numbers", "unhappy", "words"),
    [
        ((52, 1, 2, 10), 4, "roughly 8 in 10 (about 10 of 13)"),  # the mean score is 80.5 %, the ratio of means 81.3 %
        ((10, 10, 0, 10), 4, "roughly all (about 10 of 10)"),
        ((10, 0, 10, 10), 4, "roughly none (about 0 of 10)"),
        ((1000, 490, 2, 10), 0, "roughly nearly all"),
    ],
)
def test_an_average_score_is_no_more_exact_than_it_is(numbers, unhappy, words):
    assert (
        words.removeprefix("roughly ")
        in scenes.asked(lesson.Shop(*numbers), answer=20, unhappy=unhappy).usermeta["said"]
    )


def test_a_picture_that_is_played_has_a_headline_that_no_control_can_make_false():
    """A headline stands still while the picture moves: it names no result, and no shop good."""
    for drawn in (
        scenes.dealt(MINA, orders=100, bad_of_1000=5, seed=33),
        scenes.year(MINA, orders_a_day=10, bad_of_1000=5, seed=33),
        scenes.asked(MINA, answer=20, unhappy=4),
        scenes.settled(MINA),
    ):
        headline = str(drawn.title.to_dict())
        assert not set("23456789") & set(headline.replace("last 60 days", ""))
        assert not [one for one in ("good shop", "equally", "moves", "more often") if one in headline]


def test_the_first_guess_is_neither_confirmed_nor_refuted_before_its_two_stories():
    answers = {choice.because for choice in questions.how_many_unhappy().choices}
    assert answers == {"From this page 2 to 51 of the 52 are possible; two stories that fit follow."}
    again = [choice.because for choice in questions.how_many_unhappy_again().choices]
    assert len(set(again)) == 3
    assert all("2 " in one and "51" in one for one in again)
    assert not any("below" in one or "follow" in one for one in again)


@pytest.mark.parametrize("guess", GUESSES[2:], ids=lambda guess: guess.name)
def test_a_number_that_is_dealt_comes_from_the_deal_and_not_from_the_answer(guess):
    reasons = {choice.because for choice in guess.choices}
    assert len(reasons) == 1
    assert not [number for number in ("394", "66", "21", "20") if number in reasons.copy().pop()]


def test_the_picture_of_ebay_answers_its_question_with_its_marks():
    drawn = scenes.on_ebay()
    assert drawn.usermeta["twin"]["rows"] == [
        ["Happy, wrote", "65"],  # 78.9 of 100, of whom 0.82 report: 64.7
        ["Unhappy, wrote", "0"],  # 21.1 of 100, of whom 0.017 report badly: 0.36
        ["Happy, silent", "14"],
        ["Unhappy, silent", "21"],
    ]
    said = drawn.usermeta["said"].replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert said.startswith("Unhappy: 21.1 %, about 21 of 100. Of these 21 fewer than one reports badly (1.70 %)")


def test_what_was_made_up_is_not_drawn_among_the_markets_and_what_was_assumed_is_marked():
    drawn = charts.directions(feedback.published())
    known = {row[0]: row[-1] for row in drawn.usermeta["twin"]["rows"]}
    assert "Fifty happy buyers and two unhappy ones" not in known
    assert [name for name, how in known.items() if how == "measured"] == [
        "eBay, when buyer and seller rated each other"
    ]
    assert set(known.values()) == {"measured", "partly assumed", "assumed"}


def test_the_right_answer_to_the_safe_volume_is_one_and_holds_for_good():
    def missed(n):  # at most (n - 1) // 100 bad ones of n at a chance of 1 in 200
        return 1 - sum(comb(n, k) * 0.005**k * 0.995 ** (n - k) for k in range((n - 1) // 100 + 1))

    right = {one.name: next(c.text for c in one.choices if c.is_right) for one in questions.exercises()}
    assert right["safe"] == "501"
    assert missed(500) > 0.1
    assert max(missed(n) for n in range(501, 1200)) <= 0.1
    assert missed(401) <= 0.1  # as its answer says of smaller numbers


def test_nine_shops_of_ten_whose_ratio_is_sixty_are_not_told_that_it_is_ruled_out():
    said, draw = [], np.random.default_rng(3)
    for _ in range(400):  # 50 happy buyers who write with chance 1/60, 2 unhappy ones who always do
        positive = int(draw.binomial(50, 1 / 60))
        said.append(sentences.of_counts(52, positive, 2, 60, "0.01"))
    assert sum("rule out" in one for one in said) <= 0.05 * len(said)
    assert sum("hardly fit" in one for one in said) > 0.4 * len(said)  # what was called ruled out before


def test_equally_ready_buyers_are_not_once_as_ready():
    assert "1 times" not in sentences.of_counts(600, 20, 3, 1, "0.01")
    assert "If the unhappy write just as often as the happy: " in sentences.of_counts(600, 20, 3, 1, "0.01")


def test_the_ratio_that_decides_stands_with_its_interval():
    # 3 / 20 · 99 = 14.85; Clopper-Pearson 90 % of 3 of 23 is 0.0365153 to 0.3036377: 3.75 and 43.2
    assert (
        "about 15 times as often as the happy, or more; chance taken in, that is 4 to 43 times (90 % interval)"
        in sentences.of_counts(600, 20, 3, 15, "0.01")
    )
