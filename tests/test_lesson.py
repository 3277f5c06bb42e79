"""The lesson in Python: what a picture says, questions with one right answer, and the sliders of JupyterLab."""

import json
from pathlib import Path

import pytest

from helpers import lesson
from helpers.lesson import questions, scenes
from helpers.lesson.questions import Choice, Question
from helpers.wording import percent, times

VECTORS = json.loads((Path(__file__).parent / "data" / "feedback_vectors.json").read_text(encoding="utf-8"))
GUESSES = [
    questions.how_many_unhappy(),
    questions.if_more_happy_buyers_write(),
    questions.how_many_behind_few_complaints(),
    questions.how_many_good_shops_miss(),
]
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
    assert f" {3 / 20 * 0.99 / 0.01:.1f} times " in right["who-speaks"]  # 14.85, halves to even
    assert right["smallest"] == "101"  # 1 of 100 is 1 %, not under it
    assert right["to-ninety"] == "100"  # 180 of 200
    assert right["more-praise"] == "3 of 600"


def test_the_guess_about_luck_names_what_chance_gives():
    missed = 1000 * (1 - 0.995**100)  # a hundred good orders, or one bad
    assert round(missed) == 394
    assert "about 394" in questions.how_many_good_shops_miss().choices[-1].because
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
    start = {"orders": 1000, "positive": 7, "negative": 5, "ratio": 2.0, "target_of_1000": 30}
    inputs = case["inputs"]
    to = {name: inputs[name] for name in ("orders", "positive", "negative", "ratio")}
    shown = moved(scenes.counts, start, to | {"target_of_1000": round(1000 * inputs["target"])})
    expected = case["expected"]
    is_possible = expected["low"] <= expected["implied"] <= expected["high"]
    for name in ("low", "high", *(["implied"] if is_possible else [])):
        assert percent(expected[name]) in shown
    assert ("these counts rule out" in shown) != is_possible
    decides = f"more than {times(expected['breakdown_ratio'])} times"
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


def test_the_sliders_of_jupyterlab_have_the_names_and_ends_of_those_of_the_page():
    start = {"unhappy": 5, "happy_write": 5, "unhappy_write": 50, "answer": 20}
    spec = scenes.asking(**start).to_dict()
    bound = [one["bind"] | {"value": one["value"]} for one in spec["params"] if "bind" in one]
    box = lesson.moved(scenes.asking, **start)
    found = [(one.description, one.min, one.max, one.step, one.value) for one in box.children[:-1]]
    assert found == [(one["name"].strip(), one["min"], one["max"], one["step"], one["value"]) for one in bound]
