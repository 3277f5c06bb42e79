"""The pictures of the lesson that are played, in a real browser: what they say is what Python says, at every end of each control."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from test_lesson import MINA
from test_lesson_page import guess, lesson_page  # noqa: F401

from helpers import lesson
from helpers.lesson import beforehand, scenes
from helpers.reports import lesson as page_of
from helpers.reports import pdf

expect = pytest.importorskip("playwright.sync_api").expect
DEALT = json.loads((Path(__file__).parent / "data" / "dealing_vectors.json").read_text(encoding="utf-8"))
SET = """(input, value) => {
  input.value = value;
  for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
}"""


@pytest.fixture(scope="module")
def played(lesson_page, browser):  # noqa: F811
    """The page without motion, every guess made: a picture is played at once."""
    context = browser.new_context(offline=True, reduced_motion="reduce", viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.goto(lesson_page.as_uri())
    page.wait_for_function("document.querySelectorAll('[data-stage] .drawn[hidden]').length === 0", timeout=30_000)
    guess(page)
    yield page
    context.close()


def stage(page, kind):
    return page.locator(f"figure[data-stage={kind}]")


def set_to(page, kind, **values):
    """Move the controls of a picture, in the order in which they stand in it."""
    controls = list(json.loads(stage(page, kind).locator("script").text_content())["controls"])
    for name, value in values.items():
        stage(page, kind).locator(".control input, .control select").nth(controls.index(name)).evaluate(SET, value)


def shop_is(page, shop):
    for name, value in zip(("orders", "good", "bad", "target"), (shop.orders, shop.good, shop.bad), strict=False):
        page.locator(f".your-shop input[name={name}]").evaluate(SET, value)
    page.locator(".your-shop input[name=target]").evaluate(SET, shop.target_of_1000 / 10)


def said(page, kind):
    return stage(page, kind).locator(".drawn > .said").text_content()


@pytest.mark.parametrize("case", DEALT["numbers"], ids=lambda case: str(case["seed"]))
def test_a_seed_gives_the_page_its_numbers(played, case):
    found = played.evaluate("(seed) => [0, 1, 2, 3].map(window.lesson.numbers(seed))", case["seed"])
    assert found == case["first"]


@pytest.mark.parametrize("case", DEALT["shops"], ids=lambda case: str(case["inputs"]))
def test_the_page_deals_the_orders_that_python_deals(played, case):
    dealt = played.evaluate("(inputs) => window.lesson.shopOf(...inputs)", case["inputs"])
    assert [at for at, is_bad in enumerate(dealt) if is_bad] == case["bad"]


@pytest.mark.parametrize("case", DEALT["years"], ids=lambda case: str(case["inputs"]))
def test_the_page_deals_the_days_that_python_deals(played, case):
    seed, number, volume, bad, target = case["inputs"]
    data = json.loads(stage(played, "year").locator("script").text_content())
    laws = [data["laws"][str(volume)][str(share)] for share in (bad, 1000 - bad)]
    windows = played.evaluate(
        "([seed, number, laws]) => window.lesson.yearOf(seed, number, laws)", [seed, number, laws]
    )
    assert [one for one, _ in windows] == [sum(case["bad"][end - 60 : end]) for end in range(60, 425)]
    missed = played.evaluate(
        "([all, t]) => all.filter(([b, n]) => window.lesson.isMissed(b, n, t)).length", [windows, target]
    )
    assert missed == case["missed"]


@pytest.mark.parametrize(
    "values", [(50, 1, 2, 2), (0, 0, 0, 0), (58, 58, 20, 20), (5, 0, 1, 0), (1, 1, 0, 0), (58, 0, 0, 0), (0, 0, 20, 7)]
)
def test_marks_that_move_say_what_python_says(played, values):
    to = dict(zip(("happy", "happy_write", "unhappy", "unhappy_write"), values, strict=True))
    order = ("happy", "unhappy", "happy_write", "unhappy_write")  # a writer needs a buyer first
    set_to(played, "buyers", **{name: to[name] for name in order})
    assert said(played, "buyers") == scenes.denominators(**to).usermeta["said"]
    marks = stage(played, "buyers").locator(".mark:not(.gone)")
    assert marks.count() == values[0] + values[2]


def test_no_slider_lets_more_buyers_write_than_there_are(played):
    set_to(played, "buyers", happy=58, happy_write=58)
    set_to(played, "buyers", happy=10)
    writers = stage(played, "buyers").get_by_label("Happy ones who write", exact=True)
    assert (writers.get_attribute("max"), writers.input_value()) == ("10", "10")
    set_to(played, "buyers", happy_write=40)
    assert writers.input_value() == "10"


def test_the_same_marks_move_from_those_who_wrote_to_all_who_bought(played):
    set_to(played, "buyers", happy=50, unhappy=2)
    set_to(played, "buyers", happy_write=1, unhappy_write=2)
    figure = stage(played, "buyers")
    figure.locator(".mark").evaluate_all("all => all.forEach((one, at) => { one.id = `buyer-${at}` })")
    seen = {}
    for name, rate, away in [("Of those who wrote", "2 of 3", 49), ("Of all who bought", "2 of 52", 0)]:
        figure.get_by_role("button", name=name).click()
        assert figure.locator(".big").text_content() == rate
        assert figure.locator(".mark.away:not(.gone)").count() == away
        assert figure.get_by_role("button", name=name).get_attribute("aria-pressed") == "true"
        seen[name] = figure.locator(".mark:not(.gone)").evaluate_all(
            "all => all.map((one) => [one.id, one.style.transform])"
        )
    one, other = seen.values()
    assert [name for name, _ in one] == [name for name, _ in other]
    assert sum(place != other_place for (_, place), (_, other_place) in zip(one, other, strict=True)) >= 49
    assert figure.locator(".mark").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"


@pytest.mark.parametrize(
    ("target", "orders", "bad_of_1000", "seed"),
    [(10, 100, 5, 33), (10, 1, 2, 0), (10, 1000, 30, 9999), (25, 600, 20, 7), (1, 10, 30, 1), (999, 100, 30, 2)],
)
def test_a_thousand_dealt_shops_say_what_python_says(played, target, orders, bad_of_1000, seed):
    shop = lesson.Shop(orders=max(orders, 52), good=1, bad=2, target_of_1000=target)
    shop_is(played, shop)
    set_to(played, "shop", orders=orders, bad_of_1000=bad_of_1000, seed=seed)
    figure = stage(played, "shop")
    figure.get_by_role("button", name="Deal 1,000 shops").click()
    to = {"orders": orders, "bad_of_1000": bad_of_1000, "seed": seed}
    assert said(played, "shop") == scenes.dealt(shop, **to).usermeta["said"]
    assert figure.locator(".mark").count() == orders


def test_dealing_again_is_another_shop_and_the_same_seed_the_same_shops(played):
    shop_is(played, MINA)
    figure, heard = stage(played, "shop"), []
    for seed in (33, 34, 33):
        set_to(played, "shop", orders=100, bad_of_1000=5, seed=seed)
        assert said(played, "shop") == "Nothing is dealt yet. Guess first: how many bad ones?"
        for name in ("Deal 100 orders", "Deal again", "Deal again"):
            figure.get_by_role("button", name=name).click()
        heard.append(said(played, "shop"))
    assert heard[0] == heard[2] != heard[1].replace("34", "33")
    assert heard[0].startswith("Shop 3 of seed 33: ")
    assert "3 shops dealt, all alike: " in heard[0]


@pytest.mark.parametrize(
    ("target", "orders_a_day", "bad_of_1000", "seed"),
    [(10, 10, 5, 33), (10, 1, 2, 0), (10, 200, 30, 9999), (25, 50, 20, 7), (999, 2, 30, 3)],
)
def test_a_thousand_dealt_years_say_what_python_says(played, target, orders_a_day, bad_of_1000, seed):
    shop = lesson.Shop(orders=52, good=1, bad=2, target_of_1000=target)
    shop_is(played, shop)
    set_to(played, "year", orders_a_day=orders_a_day, bad_of_1000=bad_of_1000, seed=seed)
    stage(played, "year").get_by_role("button", name="Deal 1,000 years").click()
    to = {"orders_a_day": orders_a_day, "bad_of_1000": bad_of_1000, "seed": seed}
    assert said(played, "year") == scenes.year(shop, **to).usermeta["said"]


SHOPS = [
    (52, 1, 2, 10),
    (600, 20, 3, 10),
    (1, 0, 0, 1),
    (1, 1, 0, 999),
    (1_000_000, 0, 1, 1),
    (100, 99, 0, 15),
    (7, 0, 7, 40),
]


@pytest.mark.parametrize("numbers", SHOPS, ids=str)
def test_your_shop_goes_through_every_picture_after_it(played, numbers):
    shop = lesson.Shop(*numbers)
    shop_is(played, shop)
    assert said(played, "settled") == scenes.settled(shop).usermeta["said"]
    for answer, unhappy in [(0, 0), (20, 4), (100, 100), (33, 7)]:
        set_to(played, "asked", answer=answer, unhappy=unhappy)
        assert said(played, "asked") == scenes.asked(shop, answer=answer, unhappy=unhappy).usermeta["said"]
    dealt = min(shop.orders, 1000)
    button = f"Deal {dealt:,} order{'s' if dealt > 1 else ''}"
    assert stage(played, "shop").get_by_role("button", name=button, exact=True).count() == 1
    told = played.locator(".your-shop [role=status]").inner_text()
    assert (f"Dealt by chance: 1,000 orders, the most there are, not {shop.orders:,}" in told) == (shop.orders > 1000)
    assert "your counts cannot tell it" in told
    assert int(stage(played, "year").get_by_label("Orders a day, about").input_value()) == beforehand.volume_of(
        shop.orders
    )


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("bad", 60, "52 orders cannot have 61 feedback: nothing is changed yet."),
        ("orders", 0, "“Orders in 60 days” takes a whole number from 1 to 1,000,000: nothing is changed yet."),
        ("good", -1, "“Good feedback on them (4 and 5 stars)” takes a whole number from 0"),
        ("good", 1.5, "“Good feedback on them (4 and 5 stars)” takes a whole number from 0"),
        ("target", 100, "takes a number from 0.1 to 99.9"),
        ("target", "0,0", "takes a number from 0.1 to 99.9"),
        ("orders", "", "“Orders in 60 days” takes a whole number"),
    ],
)
def test_a_shop_that_cannot_be_changes_nothing(played, name, value, why):
    shop_is(played, MINA)
    before = said(played, "settled")
    played.locator(f".your-shop input[name={name}]").evaluate(SET, value)
    assert why in played.locator(".your-shop [role=status]").inner_text()
    assert played.locator(f".your-shop input[name={name}]").get_attribute("aria-invalid") == "true"
    assert said(played, "settled") == before
    shop_is(played, MINA)
    assert played.locator(".your-shop [aria-invalid=true]").count() == 0


def test_a_show_of_hands_is_kept_and_compared_with_the_answer_and_with_the_end(lesson_page, look):  # noqa: F811
    page, *_ = look(lesson_page)

    def raised(name, *hands):
        question = page.locator(f"#{name}")
        question.get_by_text("Ask the class").click()
        for at, number in enumerate(hands):
            question.locator(".hands input").nth(at).fill(str(number))
        return question.locator(".raised")

    told = raised("guess-unhappy", 3, 14, 3)
    assert told.inner_text() == "20 hands. Choose an answer above to compare."
    page.locator("#guess-unhappy .choice summary").first.click()
    expect(told).to_have_text("3 of 20 chose “Nobody can tell from this”, which holds.")
    page.reload()
    assert page.locator("#guess-unhappy .hands input").nth(1).input_value() == "14"
    now = raised("guess-unhappy-again", 1, 0, 18)
    assert (
        now.inner_text() == "18 of 19 chose “Nobody can tell from this”, which holds. Before the lesson it was 3 of 20."
    )


def test_what_is_half_typed_is_no_shop_and_what_is_typed_stays(lesson_page, look):  # noqa: F811
    page, *_ = look(lesson_page)
    field = page.locator(".your-shop input[name=orders]")
    before = said(page, "settled")
    field.fill("6")
    field.press_sequentially("00")
    assert said(page, "settled") == before
    field.press("Tab")
    assert said(page, "settled").startswith("Of 600 buyers")
    page.locator(".your-shop input[name=target]").fill("2,5")
    page.locator(".your-shop input[name=target]").press("Tab")
    assert "“under 2.5" in said(page, "settled")
    page.reload()
    page.wait_for_function("document.querySelectorAll('[data-stage] .drawn[hidden]').length === 0", timeout=30_000)
    assert said(page, "settled").startswith("Of 600 buyers")
    page.get_by_role("button", name="Back to Mina’s shop").click()
    assert said(page, "settled") == before


def test_the_printed_page_is_the_handout_with_the_shop_that_was_typed_and_without_answers(lesson_page, browser):  # noqa: F811
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(lesson_page.as_uri())
    page.wait_for_function("document.querySelectorAll('[data-stage] .drawn[hidden]').length === 0", timeout=30_000)
    guess(page)
    shop_is(page, lesson.Shop(600, 20, 3, 10))
    handout = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    context.close()
    text = " ".join(" ".join(one.extract_text() for one in handout.pages).split())
    assert len(handout.pages) == 4
    answers = (" 2 of 52 buyers were", "Computed:", "table", "______", "press", "Deal", "Back to")
    assert not [one for one in answers if one in text]
    assert "Your shop, in 60 days: 600 orders, 20 good and 3 bad feedback, 577 silent" in text


def test_a_thousand_shops_dealt_once_more_are_those_of_the_next_seed(played):
    shop_is(played, MINA)
    for kind, name in [("shop", "Deal 1,000 shops"), ("year", "Deal 1,000 years")]:
        set_to(played, kind, seed=9998)
        heard = []
        for _ in range(3):
            stage(played, kind).get_by_role("button", name=name).click()
            heard.append(said(played, kind))
        assert [one.split(":")[0].split()[-1] for one in heard] == ["9998", "9999", "0"]


def test_the_rate_that_is_shown_is_said_first(played):
    figure = stage(played, "buyers")
    for name, first in [("Of all who bought", "Among all "), ("Of those who wrote", "Among the ")]:
        figure.get_by_role("button", name=name).click()
        assert said(played, "buyers").startswith(first)


@pytest.mark.parametrize("hands", ["1.5", "-1", "1000"])
def test_hands_are_whole_and_at_most_999(lesson_page, look, hands):  # noqa: F811
    page, *_ = look(lesson_page)
    page.locator("#guess-unhappy").get_by_text("Ask the class").click()
    field = page.locator("#guess-unhappy .hands input").first
    field.fill("7")
    field.fill(hands)
    assert page.locator("#guess-unhappy .hands .raised").inner_text().startswith("7 hands")
    field.press("Tab")
    assert field.input_value() == "7"


def test_the_first_question_asked_again_remembers_the_first_guess(lesson_page, look):  # noqa: F811
    page, *_ = look(lesson_page)
    page.locator("#guess-unhappy .choice summary").nth(1).click()
    page.locator("#guess-unhappy-again .choice summary").nth(2).click()
    expect(page.locator("#guess-unhappy-again .own")).to_have_text(
        "At the beginning you chose “About 35, two in three”."
    )


def test_no_words_of_a_picture_touch_on_a_telephone(lesson_page, look):  # noqa: F811
    page, *_ = look(lesson_page, width=360)
    page.emulate_media(reduced_motion="reduce")
    guess(page)
    shop_is(page, lesson.Shop(1_000_000, 250_000, 15_000, 10))
    stage(page, "shop").get_by_role("button", name="Deal 1,000 shops").click()
    for kind in ("settled", "shop", "asked"):
        boxes = [one.bounding_box() for one in stage(page, kind).locator("svg.stage text:not(.halo)").all()]
        boxes = [one for one in boxes if one and one["width"]]
        assert all(one["x"] >= 0 and one["x"] + one["width"] <= 360 for one in boxes)
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                is_beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
                assert is_beside or abs(one["y"] - other["y"]) > 10, (kind, one, other)


def test_orders_fall_one_after_the_other_and_the_sentence_waits_for_them(lesson_page, look):  # noqa: F811
    page, *_ = look(lesson_page)
    guess(page)
    figure = stage(page, "shop")
    figure.get_by_role("button", name="Deal 100 orders").click()
    assert figure.locator(".mark").last.evaluate("one => one.getAnimations().length") >= 1
    assert said(page, "shop").startswith("Nothing is dealt yet.")
    expect(figure.locator(".drawn > .said")).to_contain_text("Shop 1 of seed 33: ")
    figure.get_by_role("button", name="Deal 1,000 shops").click()
    expect(figure.locator(".drawn > .said")).to_contain_text("1,000 shops dealt", timeout=30_000)


def test_words_have_the_colour_and_the_sign_of_their_marks(played):
    for meaning, sign in [("happy", "■"), ("unhappy", "◆"), ("silent", "□")]:
        word = stage(played, "settled").locator(f".drawn > .said .word.{meaning}")
        assert word.text_content().startswith(sign)
    colour = "one => getComputedStyle(one).color"
    mark = stage(played, "buyers").locator(".mark.unhappy").first.evaluate("one => getComputedStyle(one).fill")
    assert played.locator(".prose .word.unhappy").first.evaluate(colour) == mark


def test_the_printed_lesson_is_a_handout_of_four_pages_and_its_answers_a_sheet_of_their_own(tmp_path):
    if pdf.browser() is None:
        pytest.skip("no browser prints here")
    made = {path.name: path for path in page_of.make(tmp_path, as_pdf=True)}
    handout, answers = (PdfReader(made[f"01-feedback-bias{end}.pdf"]) for end in ("", "-answers"))
    assert (len(handout.pages), len(answers.pages)) == (4, 1)
    text = " ".join(" ".join(page.extract_text() for page in handout.pages).split())
    assert not [one for one in ("Right.", "Not quite", "For the trainer", "hands", "No bad order left") if one in text]
    assert not [one for one in (" 2 of 52 buyers were", "Computed:", "press", "Deal ") if one in text]
    assert "feedback. My target: under ______" in text
    assert "Which of these is allowed?" in text
    assert "No bad order left" in " ".join(answers.pages[0].extract_text().split())
