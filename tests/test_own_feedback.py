"""An account's own feedback: the score shown, the silent, the ratio that decides, what may go. Counted by hand."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from helpers import front, own_feedback, targets
from helpers.frames import SCHEMAS
from helpers.vocabulary import Account, FeedbackTotal

START, DAY = date(2026, 8, 1), date(2026, 10, 31)
END = START + timedelta(59)
STORE = "amazon.de"


def account(
    stars, *, orders=52, received=START + timedelta(20), placed=START, struck=(), bare=(), totals=(), **options
):
    """`orders` orders of one day; the first of them with these stars, those of `bare` without a text."""
    order = dict.fromkeys(SCHEMAS["orders"]) | {"account": "a", "marketplace": STORE, "fulfilment": "merchant"}
    order |= {"day": placed, "status": "shipped", "is_cancelled": False, "is_replacement": False}
    order |= {"has_cancelled_item": False, "source_file": "o"}
    blank = dict.fromkeys(SCHEMAS["feedback"]) | {"received_on": received, "source_file": "f"}
    said = [
        blank
        | {"order_id": str(n), "stars": star, "is_negative": star <= 2, "is_struck": n in struck}
        | {"comment": None if n in bare else "Arrived broken"}
        for n, star in enumerate(stars)
    ]
    negative = [
        dict.fromkeys(SCHEMAS["defects"])
        | {"order_id": str(n), "kind": "negative_feedback", "occurred_on": received, "counts": True}
        for n, star in enumerate(stars)
        if star <= 2 and n not in struck
    ]
    file = dict.fromkeys(SCHEMAS["files"]) | {"path": "f", "report": "feedback", "reaches": DAY, "covers": "feedback"}
    return Account(
        id="a",
        name="A",
        folder=Path("a"),
        marketplaces=(STORE,),
        orders=pl.DataFrame([order | {"order_id": str(n)} for n in range(orders)], schema=SCHEMAS["orders"]),
        feedback=pl.DataFrame(said, schema=SCHEMAS["feedback"]),
        defects=pl.DataFrame(negative, schema=SCHEMAS["defects"]),
        files=pl.DataFrame([file], schema=SCHEMAS["files"]),
        feedback_totals=tuple(totals),
        options=options,
    )


def judged():
    row = {"account": "a", "metric": "order_defect_rate", "marketplace": STORE, "fulfilment": "merchant"}
    row |= {"window_days": 60, "window_start": START, "window_end": END, "as_of": DAY, "status": "breached"}
    row |= {"source": "files", "target": "0.01", "must_be": "below"}
    return pl.DataFrame([dict.fromkeys(SCHEMAS["verdicts"]) | row], schema=SCHEMAS["verdicts"])


def covered(exactness="exact"):
    names = {"marketplace": [STORE], "fulfilment": ["merchant"], "metric": ["negative_feedback_rate"]}
    return pl.DataFrame(names | {"exactness": [exactness]})


def of(one, exactness="exact"):
    orders = own_feedback.orders(one, judged(), covered(exactness))
    return orders, own_feedback.heard(orders, one)


# --- the score on the page ---------------------------------------------------------------------------------------


def test_the_score_of_the_help_page_is_reproduced_with_its_rounding():
    # 1,001 of 1,020 are 98.1 %, 15 are 1.5 % (shown as 1), 4 are 0.4 % (shown as 0): help page G97692EVY8H3CZY9
    total = FeedbackTotal(DAY + timedelta(1), STORE, 365, 1001, 15, 4)
    (row,) = own_feedback.displayed(account([], totals=[total]), DAY).to_dicts()
    assert (row["positive_percent"], row["neutral_percent"], row["negative_percent"]) == (98, 1, 0)
    assert row["is_shown"]


def test_a_year_of_ten_feedback_shows_the_lifetime_score_unless_the_option_says_otherwise():
    ten, whole = [5] * 9 + [1], DAY - timedelta(364)  # the first feedback of a download that tells the whole year
    for least, is_shown in (("11", False), ("10", True)):
        year = (
            own_feedback.displayed(account(ten, received=whole, score_min=least), DAY)
            .filter(window_days=365)
            .to_dicts()[0]
        )
        assert (year["is_shown"], year["positive_percent"]) == (is_shown, 90)
        assert "the marketplace's text does not say which score is shown" in year["finding"]


def test_the_lifetime_counts_typed_from_the_page_are_the_score_where_few_came_in_a_year():
    typed = [FeedbackTotal(DAY, STORE, 365, 5, 0, 1), FeedbackTotal(DAY, STORE, 0, 80, 10, 10)]
    shown = own_feedback.displayed(account([], totals=typed), DAY).filter("is_shown").to_dicts()
    assert [(row["window_days"], row["positive_percent"]) for row in shown] == [(0, 80)]


def test_a_file_of_bad_stars_only_has_no_positive_share():
    rows = own_feedback.displayed(account([1, 2, 3]), DAY).to_dicts()
    assert {row["positive_percent"] for row in rows} == {None}
    assert "its positive share would be 0 % whatever buyers think" in rows[-1]["finding"]


@pytest.mark.parametrize(("stars", "said"), [([5] * 11 + [1], "92 % positive (11 of 12 "), ([1, 2], "2 negative")])
def test_a_download_that_begins_within_the_year_does_not_pass_for_the_whole_of_it(stars, said):
    year = own_feedback.displayed(account(stars), DAY).filter(window_days=365).to_dicts()[0]
    assert not year["is_shown"]
    assert year["finding"].startswith(f"{STORE}: {said}")
    assert year["finding"].endswith("unless no more came in the year, the page counts more.")


def test_few_feedback_in_a_short_download_do_not_say_which_score_is_shown():
    year = own_feedback.displayed(account([5, 1]), DAY).filter(window_days=365).to_dicts()[0]
    assert "lifetime" not in year["finding"]


def test_the_windows_count_by_the_day_the_feedback_came():
    shown = own_feedback.displayed(account([5, 1], received=DAY - timedelta(30)), DAY)
    assert dict(shown.select("window_days", "received").iter_rows()) == {30: 0, 90: 2, 365: 2}


def test_struck_through_feedback_is_not_in_the_score():
    year = own_feedback.displayed(account([5, 1, 1], struck=(1,)), DAY).filter(window_days=365).to_dicts()[0]
    assert (year["positive"], year["negative"]) == (1, 1)


def test_a_page_that_differs_from_the_download_says_by_how_much():
    typed = [FeedbackTotal(DAY + timedelta(1), STORE, 30, 3, 0, 1)]
    (row,) = own_feedback.compared(account([5, 5, 5, 1, 1], received=DAY - timedelta(29), totals=typed), DAY).to_dicts()
    assert (row["negative_download"], row["is_same"]) == (2, False)
    assert row["finding"].startswith("on the page 1 fewer negative than in the download")


# --- the silent --------------------------------------------------------------------------------------------------


def test_fifty_two_buyers_of_whom_three_wrote_leave_everything_between_two_and_fifty_one_open():
    (row,) = of(account([5, 1, 1]))[1].to_dicts()
    assert (row["orders"], row["positive"], row["negative"], row["silent"]) == (52, 1, 2, 49)
    assert (row["low"], row["high"]) == (pytest.approx(2 / 52), pytest.approx(51 / 52))
    assert row["low_95"] < 2 / 52
    assert row["high_95"] > 51 / 52


def test_a_file_of_bad_stars_leaves_the_silent_uncounted_and_the_least_share_told():
    (row,) = of(account([1, 2]))[1].to_dicts()
    assert (row["positive"], row["silent"], row["negative"]) == (None, None, 2)
    assert (row["low"], row["high"]) == (pytest.approx(2 / 52), 1.0)
    assert "every share of feedback, stay unknown" in row["finding"]


def test_feedback_no_file_can_prove_is_not_none():
    (row,) = of(account([5, 1, 1]), "impossible")[1].to_dicts()
    assert (row["negative"], row["low"]) == (None, None)


def test_a_buyer_whose_ninety_days_are_over_can_no_longer_write():
    for days, still_open in (("90", 0), ("120", 49)):
        # orders of 1 August are 91 days old on 31 October
        (row,) = of(account([5, 1, 1], feedback_days=days))[1].to_dicts()
        assert row["still_open"] == still_open


# --- the ratio that decides --------------------------------------------------------------------------------------


def rules_of(value):
    row = targets.Target(
        metric="order_defect_rate",
        marketplaces=("all",),
        fulfilment="merchant",
        value=value,
        must_be="below",
        source="test",
        grade="A",
    )
    return lambda metric, store, fulfilment, day: (row,) if metric == "order_defect_rate" else ()


def test_the_seed_account_is_under_ten_percent_only_if_the_unhappy_write_eighteen_times_as_readily():
    # 10 % of 52 are 5.2 unhappy, of whom 2 wrote; of 46.8 happy 1 wrote: (2 / 5.2) / (1 / 46.8) = 18
    (row,) = own_feedback.breakdowns(of(account([5, 1, 1]))[1], rules_of("0.1")).to_dicts()
    assert row["response_ratio"] == pytest.approx(18)
    assert row["truly_under"] == "depends"


def test_two_bad_of_fifty_two_are_never_under_one_percent():
    (row,) = own_feedback.breakdowns(of(account([5, 1, 1]))[1], rules_of("0.01")).to_dicts()
    assert row["truly_under"] == "never"


def test_no_published_case_is_chosen_and_louder_unhappy_buyers_mean_fewer_of_them():
    implied = own_feedback.implied(of(account([5] * 9 + [1], orders=185))[1])
    assert implied.get_column("response_ratio").is_sorted(descending=True)
    assert implied.get_column("high").is_sorted()
    assert "even" in implied.get_column("preset")


# --- what may go -------------------------------------------------------------------------------------------------


def test_without_the_negative_feedback_that_may_still_go_both_numbers_are_told():
    one = account([5, 5, 5, 1], received=DAY - timedelta(70))
    found = own_feedback.removals(one, of(one)[0], DAY)
    (row,) = found.to_dicts()  # 70 days old: too late to be taken back (60), not to be asked for (90)
    assert row["scenario"] == "asked"
    assert (row["score_positive"], row["score_received"], row["score_received_after"]) == (3, 4, 3)
    assert (row["defective"], row["defective_after"], row["orders"], row["orders_after"]) == (1, 0, 52, 52)
    assert row["finding"].endswith("No removal is promised.")


def test_stars_without_a_text_give_no_ground_to_ask_for_their_removal():
    one = account([5, 5, 1, 1, 1], bare=(2, 3), received=DAY - timedelta(70))
    (row,) = own_feedback.removals(one, of(one)[0], DAY).to_dicts()
    assert (row["scenario"], row["feedback"], row["on_window"], row["without_text"]) == ("asked", 1, 1, 2)
    assert (row["defective"], row["defective_after"]) == (3, 2)
    assert "2 more are stars without a text, which give no ground to ask." in row["finding"]
    said = "1 negative feedback with a text may still be removed, if the rules allow; 2 more without a text give no ground."
    assert said in screen(one).actions


def test_nothing_is_advised_of_feedback_that_gives_no_ground_and_the_page_says_why():
    one = account([5, 5, 1, 1], bare=(2, 3), received=DAY - timedelta(70))
    (row,) = own_feedback.removals(one, of(one)[0], DAY).to_dicts()
    assert (row["feedback"], row["without_text"], row["score_received_after"]) == (0, 2, row["score_received"])
    assert not [text for text in screen(one).actions if "removed" in text]


def test_a_buyer_can_take_back_stars_without_a_text():
    one = account([5, 1], bare=(1,), received=DAY - timedelta(10))
    found = {row["scenario"]: row["feedback"] for row in own_feedback.removals(one, of(one)[0], DAY).to_dicts()}
    assert found == {"taken_back": 1, "asked": 0}


def test_what_is_struck_through_already_is_told_as_it_would_have_been():
    one = account([5, 1], struck=(1,), received=DAY - timedelta(100))
    (row,) = own_feedback.removals(one, of(one)[0], DAY).filter(scenario="struck").to_dicts()
    assert (row["negative"], row["negative_after"], row["score_received"], row["score_received_after"]) == (1, 0, 2, 1)


def test_a_store_without_judged_orders_still_has_what_may_go_from_its_score():
    # placed long before the judged window; the last of them is 70 days old: it may be asked for, not taken back
    one = account([5, 5, 1], placed=START - timedelta(400), received=DAY - timedelta(70))
    (row,) = own_feedback.removals(one, of(one)[0], DAY).to_dicts()
    assert (row["scenario"], row["score_positive"], row["score_received"], row["score_received_after"]) == (
        "asked",
        2,
        3,
        2,
    )
    assert (row["orders"], row["on_window"], row["defective"]) == (None, None, None)
    assert "67 % positive (2 of 3 feedback), without it 100 % positive (2 of 2 feedback)" in row["finding"]


# --- the break ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("placed", "part"), [(date(2025, 5, 1), "before"), (date(2025, 7, 1), "across"), (date(2025, 8, 4), "since")]
)
def test_orders_are_told_apart_by_how_their_buyers_could_rate(placed, part):
    one = account([5, 1], placed=placed, received=placed)
    rates = own_feedback.response_rates(one, DAY)
    assert rates.select("part", "orders", "responded").rows() == [(part, 52, 2)]
    (row,) = own_feedback.response_by_part(rates, one).to_dicts()
    assert "Not to be compared across that day" in row["finding"]


def test_a_file_of_bad_stars_has_no_response_rate():
    assert own_feedback.response_rates(account([1, 2]), DAY).is_empty()


# --- the first screen --------------------------------------------------------------------------------------------


def screen(one, verdicts=None):
    orders, heard = of(one)
    breakdowns = own_feedback.breakdowns(heard, rules_of("0.1"))
    shown, removals = own_feedback.displayed(one, DAY), own_feedback.removals(one, orders, DAY)
    return own_feedback.first_screen(
        one,
        shown,
        heard,
        breakdowns,
        removals,
        own_feedback.compared(one, DAY),
        judged() if verdicts is None else verdicts,
        orders,
        DAY,
        DAY,
    )


def test_the_first_screen_tells_both_denominators_and_claims_no_more():
    said = screen(account([5, 1, 1]))
    assert said.headline.startswith("3 of 52 orders brought feedback, 2 of it one or two stars. Feedback cannot say")
    assert [figure.counts for figure in said.figures] == ["2 of 3 feedback", "2 of 52 orders", "2 to 51 of 52 orders"]


def test_asking_is_held_back_while_the_order_defect_rate_is_missed_for_it_can_raise_it():
    missed = screen(account([5, 1, 1]))
    assert missed.actions[0].startswith("Hold back asking while the order defect rate misses its target")
    met = screen(account([5, 1, 1]), judged().with_columns(status=pl.lit("met")))
    assert not any("Hold back" in action for action in met.actions)
    elsewhere = judged().with_columns(marketplace=pl.lit("amazon.fr"), source=pl.lit("marketplace"))
    both = pl.concat([judged().with_columns(status=pl.lit("met")), elsewhere])
    one = replace(account([5, 1, 1]), marketplaces=(judged()["marketplace"][0], "amazon.fr"))
    assert screen(one, both).actions[0].startswith("Hold back asking in amazon.fr while the order defect rate misses")


def test_the_first_screen_says_what_claims_add_to_feedback():
    counted = judged().with_columns(numerator=4, denominator=52, exactness=pl.lit("lower_bound"))
    assert screen(account([5, 1, 1]), counted).others == (
        "With claims and chargebacks, at least 7.69\u202f% (4 of 52 orders) had a defect."
    )
    assert screen(account([5, 1, 1])).others == ""


def test_the_first_screen_of_bad_stars_only_refuses_the_share_of_feedback():
    said = screen(account([1, 2]))
    assert next(figure.counts for figure in said.figures) == "2 of 52 orders"
    assert "the files do not say" in said.headline
    assert said.actions[0] == "Download what is missing: feedback of all stars, 365 days."


def test_the_first_screen_without_orders_says_so():
    said = screen(account([5, 1], placed=START - timedelta(400)))
    assert said.figures == ()
    assert said.headline.startswith(
        "50 % positive (1 of 2 feedback in the download). No window of these orders is judged yet"
    )


def test_the_first_screen_marks_no_target_where_none_applies_and_no_point_in_a_range():
    said = screen(account([5, 1, 1]))
    feedback, orders, truth = said.figures
    assert (feedback.target, orders.target, truth.value) == (None, 0.01, None)
    bars = front.html(said).data.split("<svg")[1:]
    assert [bar.count('class="target"') for bar in bars] == [0, 1, 1]
    assert [bar.count('class="value"') for bar in bars] == [1, 1, 0]


# --- open points -------------------------------------------------------------------------------------------------


def influenced(one):
    orders, heard = of(one)
    shown, rates = own_feedback.displayed(one, DAY), own_feedback.response_rates(one, DAY)
    found = own_feedback.influenced(one, shown, heard, own_feedback.removals(one, orders, DAY), rates)
    return set(found.get_column("option"))


def test_an_open_point_is_named_only_where_another_reading_would_change_a_figure():
    whole = DAY - timedelta(364)
    # ten in a year: which score stands at the top is open; all are too old to go; nobody can write any more
    assert influenced(account([5] * 9 + [1], received=whole)) == {"score_min", "break_date"}
    # two, one of them bad and 70 days old; orders of a day before: buyers can write, no month is told (theirs may be missing)
    young = account([5, 1], received=DAY - timedelta(70), placed=DAY - timedelta(71))
    assert influenced(young) == {"feedback_days", "feedback_removal_days"}
