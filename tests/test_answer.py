"""The first screen: what it leads with, and that it never promises."""

import html
import re
from datetime import date
from pathlib import Path

import polars as pl

from helpers import answer, front, tallies
from helpers.frames import SCHEMAS
from helpers.vocabulary import Account, Question

DAY = date(2026, 10, 31)
ACCOUNT = Account(id="a", name="A & <b>Sons</b>", folder=Path("a"), marketplaces=("amazon.de",))
NO_GAPS = pl.DataFrame(schema={"is_judged": pl.Boolean, "exactness": pl.String, "download": pl.List(pl.String)})
NO_COUNTS = pl.DataFrame(schema=tallies.SCHEMA)


def verdict(status, **said):
    row = {"account": "a", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
    row |= {"window_days": 60, "as_of": DAY, "window_end": date(2026, 10, 17), "status": status, "evidence": "weak"}
    row |= {"numerator": 2, "denominator": 150, "rate": 2 / 150, "rate_low": 0.0037, "rate_high": 0.0473}
    row |= {"target": "0.01", "must_be": "below", "headroom": 0, "orders_to_recover": 51}
    row |= {"exactness": "exact", "source": "files"}
    return dict.fromkeys(SCHEMAS["verdicts"]) | row | said


def screen(*rows, account=ACCOUNT, gaps=NO_GAPS, counts=NO_COUNTS):
    return answer.first_screen(account, pl.DataFrame(list(rows), schema=SCHEMAS["verdicts"]), gaps, counts, DAY)


def test_a_weak_breach_is_said_to_be_possibly_luck():
    headline = screen(verdict("breached")).headline
    assert headline.startswith("The order defect rate (amazon.de, seller ships) misses its target")
    assert "it can be bad luck" in headline


def test_a_strong_breach_is_not_excused():
    assert "luck" not in screen(verdict("breached", evidence="strong")).headline


def test_a_breach_seen_in_part_is_not_excused_by_luck():
    assert "luck" not in screen(verdict("breached", exactness="lower_bound")).headline


def test_a_target_that_is_met_only_as_far_as_the_files_show_is_no_all_clear():
    said = screen(verdict("met", exactness="lower_bound", headroom=3))
    assert said.headline == "No rate is seen to miss its target, but the files cannot prove it for 1 of 1 rate."
    assert not any("Nothing is urgent" in action for action in said.actions)
    assert said.figures[0].text.startswith("at least ")


def test_a_figure_that_is_at_most_so_high_proves_that_its_target_is_met():
    assert screen(verdict("met", exactness="upper_bound")).headline == "Every rate that can be judged meets its target."


def test_the_clear_day_of_a_figure_seen_in_part_is_the_earliest():
    (first, *_) = screen(verdict("breached", exactness="lower_bound", clear_on=date(2026, 12, 10))).actions
    assert "clears on 10 December 2026 at the earliest" in first


def test_the_first_screen_shows_each_metric_before_a_second_figure_of_one():
    cancelled = verdict("met", metric="cancellation_rate")
    labels = [figure.label for figure in screen(verdict("met"), verdict("met"), verdict("met"), cancelled).figures]
    assert [label.split(",")[0] for label in labels] == ["Order defect rate", "Cancellation rate", "Order defect rate"]


def test_several_breaches_are_counted():
    assert screen(verdict("breached"), verdict("breached"), verdict("met")).headline.startswith(
        "2 of 3 rates miss their targets"
    )


def test_no_figure_is_no_all_clear():
    assert screen(verdict("no_data", numerator=0)).headline == "The files do not allow a verdict yet."
    assert screen().headline == "The files do not allow a verdict yet."
    assert screen(verdict("too_few_orders")).headline == "Too few orders to tell."


def test_rates_no_target_judged_on_the_day_are_no_lack_of_files():
    gaps = [(False, "exact", []), (True, "impossible", ["Valid tracking list"])]
    gaps = pl.DataFrame(gaps, schema=NO_GAPS.schema, orient="row")
    said = screen(gaps=gaps)
    assert said.headline == "The marketplace judged none of the rates these files can tell on this day."
    judged = pl.concat([gaps, pl.DataFrame([(True, "exact", [])], schema=NO_GAPS.schema, orient="row")])
    assert screen(gaps=judged).headline == "The files do not allow a verdict yet."


def test_a_breach_names_the_day_it_clears():
    (first, *_) = screen(verdict("breached", clear_on=date(2026, 12, 10))).actions
    assert "clears on 10 December 2026" in first


def test_one_rate_missed_in_two_stores_is_one_thing_to_do_with_the_last_day():
    rows = [verdict("breached", clear_on=date(2026, 12, 10)), verdict("breached", clear_on=date(2026, 12, 9))]
    rows[1]["marketplace"] = "amazon.fr"
    assert screen(*rows).actions == ("Order defect rate: 2 breaches clear by 10 December 2026 without a new defect.",)


def test_a_breach_that_is_no_chance_is_ended_before_it_clears():
    (first, *_) = screen(verdict("breached", evidence="strong", clear_on=date(2026, 12, 10))).actions
    assert first == "Order defect rate: end the cause; it then clears by 10 December 2026 at the earliest."


def test_a_breach_that_does_not_clear_by_waiting_says_so():
    (first, *_) = screen(verdict("breached", clear_on=None)).actions
    assert "does not clear by waiting" in first


def test_the_marketplace_s_own_figure_does_not_say_when_it_clears():
    (first, *_) = screen(verdict("breached", source="marketplace")).actions
    assert first == (
        "Find the cause: the order defect rate is the marketplace's own figure, which does not say when it clears."
    )


def test_room_of_nothing_means_the_next_bad_order_counts():
    (first, *_) = screen(verdict("met", headroom=0)).actions
    assert "the next bad order would miss the target" in first


def test_open_questions_and_missing_downloads_are_things_to_do():
    asked = Account(**vars(ACCOUNT) | {"questions": (Question("feedback.txt", "day first or month first?", ()),)})
    gaps = [(True, "lower_bound", ["Order defect list"]), (False, "impossible", ["What no target judges"])]
    gaps = pl.DataFrame(gaps, schema=NO_GAPS.schema, orient="row")
    actions = screen(verdict("met"), account=asked, gaps=gaps).actions
    assert any("feedback.txt: day first or month first?" in action for action in actions)
    assert "Download what is missing: Order defect list." in actions
    assert not any("no target" in action for action in actions)


def test_without_a_verdict_the_counts_are_the_answer():
    named = verdict("no_data", numerator=4, denominator=None)
    assert screen(named).headline == (
        "The files do not allow a verdict yet. They name 4 orders with a defect (amazon.de, seller ships)."
    )
    paid = pl.DataFrame(
        [("Claims paid", "seller ships", 3, "of 12 orders", None, None, "")], NO_COUNTS.schema, orient="row"
    )
    assert screen(counts=paid).headline == (
        "The files do not allow a verdict yet. Claims paid: 3 of 12 orders (seller ships)."
    )


def test_the_first_screen_has_at_most_three_figures_and_one_hundred_and_twenty_words():
    said = screen(*[verdict("breached", clear_on=date(2026, 12, 10))] * 6)
    page = re.sub("<style>.*?</style>", "", front.html(said).data, flags=re.DOTALL)
    text = html.unescape(re.sub("<[^>]*>", " ", page)).replace("\N{NARROW NO-BREAK SPACE}", "")
    assert len(said.figures) == 3
    assert len(re.findall(r"\w[\w.,%-]*", text)) <= 120


def test_names_from_a_settings_file_reach_the_page_as_text():
    page = front.html(screen(verdict("breached"))).data
    assert "A &amp; &lt;b&gt;Sons&lt;/b&gt;" in page
    assert "<b>" not in page


def test_nothing_on_the_first_screen_promises_reinstatement():
    said = screen(verdict("breached", clear_on=date(2026, 12, 10)), verdict("met"))
    text = " ".join([said.headline, *said.actions]).lower()
    assert not any(word in text for word in ("reinstat", "guarantee", "will be", "safe"))


# --- what changed ------------------------------------------------------------------------------------------------

KEY = {"account": "a", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
KEY |= {"group": None, "window_days": 60}


def change(before, now, new, gone, **said):
    row = KEY | {
        "day_before": date(2026, 9, 30),
        "day": DAY,
        "is_covered": True,
        "new_defects": new,
        "rolled_off": gone,
    }
    row |= dict(
        zip(("numerator_before", "denominator_before", "numerator", "denominator"), (*before, *now), strict=True)
    )
    return row | {"order_change": now[1] - before[1]} | said


def sentences(*rows):
    verdicts = [verdict("met") | {key: row[key] for key in KEY} for row in rows]
    frame = pl.DataFrame(list(rows), schema=SCHEMAS["changes"])
    return [
        one.replace("\N{NARROW NO-BREAK SPACE}", " ")
        for one in answer.changed(frame, pl.DataFrame(verdicts, schema=SCHEMAS["verdicts"]))
    ]


def test_a_movement_is_told_with_both_counts_and_its_three_causes():
    assert sentences(change((2, 500), (6, 560), 5, 1)) == [
        "The order defect rate (amazon.de, seller ships) rose from 0.40 % (2 of 500 orders) on 30 September to "
        "1.07 % (6 of 560 orders): 5 new, 1 left with its window, 60 more orders in the window."
    ]
    assert sentences(change((2, 500), (0, 499), 0, 2)) == [
        "The order defect rate (amazon.de, seller ships) fell from 0.40 % (2 of 500 orders) on 30 September to "
        "0.00 % (0 of 499 orders): none new, 2 left with their window, 1 fewer order in the window."
    ]


def test_what_stood_still_and_what_cannot_be_told_share_a_sentence_each():
    other = {"metric": "cancellation_rate", "window_days": 7}
    assert sentences(change((2, 500), (2, 480), 0, 0), change((0, 9), (0, 9), 0, 0, **other)) == [
        "No defect came or left in the order defect rate (amazon.de, seller ships) and cancellation rate "
        "(amazon.de, seller ships)."
    ]
    assert sentences(change((2, 500), (2, 480), 0, 0, is_covered=False)) == [
        "The files do not hold the whole earlier window of the order defect rate (amazon.de, seller ships)."
    ]
