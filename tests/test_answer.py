"""The first screen: what it leads with, and that it never promises."""

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from helpers import answer, front, marks, tallies
from helpers.answer.screen import kicker
from helpers.audit import Audit
from helpers.coverage.proof import ROWS
from helpers.frames import SCHEMAS, empty
from helpers.vocabulary import Account, Question

DAY = date(2026, 10, 31)
TOLD = {"order_id": "1", "received_on": DAY, "stars": 5, "is_negative": False, "source_file": "feedback.txt"}
ACCOUNT = Account(
    id="a",
    name="A & <b>Sons</b>",
    folder=Path("a"),
    marketplaces=("amazon.de",),
    feedback=pl.DataFrame([dict.fromkeys(SCHEMAS["feedback"]) | TOLD], schema=SCHEMAS["feedback"]),
)
COVERED = {"account": pl.String, "marketplace": pl.String, "metric": pl.String, "fulfilment": pl.String}
COVERED |= {"is_judged": pl.Boolean, "exactness": pl.String}
COVERED |= dict.fromkeys(("missing", "download", "instead"), pl.List(pl.String)) | {"rows": pl.List(ROWS)}
KEY = {"account": "a", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
KEY |= {"group": None, "window_days": 60}


def verdict(status, **said):
    row = {"account": "a", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
    row |= {"window_days": 60, "as_of": DAY, "window_end": date(2026, 10, 17), "status": status, "evidence": "weak"}
    row |= {"numerator": 2, "denominator": 150, "rate": 2 / 150, "rate_low": 0.0037, "rate_high": 0.0473}
    row |= {"target": "0.01", "must_be": "below", "headroom": 0, "orders_to_recover": 51}
    row |= {"exactness": "exact", "source": "files"}
    return dict.fromkeys(SCHEMAS["verdicts"]) | row | said


def audited(*rows, account=ACCOUNT, **parts):
    """An audit of these verdicts, with nothing before them and no gap, but for the rows given of other frames."""
    given = {name: empty(name) for name in ("gaps", "past", "movement", "record", "changes", "actions", "maturity")}
    given |= {"marketplace_marks": pl.DataFrame(schema=marks.SCHEMA)}
    given |= {"tallies": pl.DataFrame(schema=tallies.SCHEMA), "covered": pl.DataFrame(schema=COVERED)}
    given |= {
        name: pl.DataFrame([dict.fromkeys(given[name].schema) | row for row in rows], schema=given[name].schema)
        for name, rows in parts.items()
    }
    return Audit(account, DAY, DAY).given(verdicts=pl.DataFrame(list(rows), schema=SCHEMAS["verdicts"]), **given)


def marked(metric="complaints", status="AT RISK", **said):
    """What the marketplace marks, with its sentence."""
    row = {"marketplace": "amazon.de", "metric": metric, "status": status, "is_flagged": True, "is_recent": True}
    row = dict.fromkeys(marks.SCHEMA) | row | said
    return row | {"finding": marks.said(row)}


def screen(*rows, **said):
    return answer.first_screen(audited(*rows, **said))


def before(word, missed=0, blocks=12, **said):
    row = KEY | {"word": word, "block_days": 30, "blocks": blocks, "blocks_missed": missed}
    return row | {"numerator": 142, "denominator": 7_888, "exactness": "exact"} | said


def gap(**said):
    row = KEY | {"kind": "order files", "first_day": date(2026, 9, 1), "last_day": date(2026, 9, 30)}
    row |= {"why": "the order files say nothing of 1 to 30 September 2026"}
    row |= {"download": "All Orders report, by order date, 1 to 30 September 2026 (Reports > All Orders)"}
    return {name: value for name, value in (row | said).items() if name in SCHEMAS["gaps"]}


def lack(exactness, *, is_judged=True, rows=(), download=(), metric="order_defect_rate"):
    """Proof of a rate; `rows`: (file, what its rows lack, the sentence)."""
    row = {name: KEY[name] for name in ("account", "marketplace", "fulfilment")} | {"metric": metric}
    row |= {"is_judged": is_judged, "exactness": exactness, "missing": [said for _, _, said in rows]}
    told = [dict(zip(ROWS.to_schema(), one, strict=True)) for one in rows]
    return row | {"download": [*download], "instead": [], "rows": told}


# --- the sentence ------------------------------------------------------------------------------------------------


def test_a_miss_that_was_there_all_year_is_told_with_its_number_and_no_comfort():
    said = screen(verdict("breached"), past=[before("all", 12)], record=[KEY | {"is_told": True}])
    assert said.headline == (
        "The order defect rate (amazon.de, seller ships) misses its target, as in each of the 12 months before "
        "(142 of 7,888 orders)."
    )
    assert said.actions[0] == "Find and end the cause: order defect rate."


def test_what_was_missed_all_year_is_at_least_so_much_where_the_files_prove_no_more():
    said = screen(verdict("breached"), past=[before("all", 12, exactness="lower_bound")])
    assert said.headline.endswith("as in each of the 12 months before (at least 142 of 7,888 orders).")


def test_without_feedback_to_the_day_a_clear_day_is_the_earliest_for_no_list_tells_the_newest_orders():
    row = verdict("breached", clear_from=date(2026, 12, 10))
    (fact,) = screen(row).facts
    assert fact == "Met again at best, without a new bad one: the order defect rate from 10 December 2026."
    listed = Account(**vars(ACCOUNT) | {"feedback": empty("feedback")})
    (fact,) = screen(row, account=listed).facts
    assert fact.startswith("Met again at the earliest (bad ones may be missing): ")


def test_a_movement_names_the_bounds_of_both_its_counts():
    moved = {"word": "rising", "compared_with": "window_before", "numerator": 9, "denominator": 300}
    moved |= {"numerator_before": 1, "denominator_before": 300, "exactness_before": "upper_bound"}
    said = answer.changed(audited(verdict("breached", exactness="lower_bound"), movement=[KEY | moved]))
    assert said[-1].endswith("beside the window before: at most 1 of 300, then at least 9 of 300.")


def test_a_miss_that_came_before_says_how_often():
    headline = screen(verdict("breached"), past=[before("again", 3, block_days=60, blocks=5)]).headline
    assert headline.endswith("misses its target, as in 3 of the 5 periods of 60 days before.")


def test_a_weak_first_miss_says_what_the_record_explains_or_that_nothing_does():
    told = {"is_told": True, "numerator": 9, "denominator": 1_530, "chance_missed": 0.125}
    said = screen(verdict("breached"), past=[before("first")], record=[KEY | told])
    assert said.headline.endswith(
        "misses its target, and did not in the 12 months before. "
        "A shop with your record before (9 of 1,530) misses this target in 1 of 8 such windows."
    )
    said = screen(verdict("breached"), past=[before("first")], record=[KEY | {"is_told": False}])
    assert said.headline.endswith("One window of this size cannot tell chance from change.")
    assert said.actions[0] == "Look at the bad orders one by one: order defect rate."


def test_a_strong_miss_a_bound_and_the_marketplace_s_own_figure_are_not_excused():
    for given in ({"evidence": "strong"}, {"exactness": "lower_bound"}, {"source": "marketplace"}):
        headline = screen(verdict("breached", **given), record=[KEY | {"is_told": True}]).headline
        assert headline == "The order defect rate (amazon.de, seller ships) misses its target."


def test_no_first_screen_speaks_of_luck():
    for status in ("breached", "met", "too_few_orders"):
        said = screen(verdict(status))
        assert "luck" not in " ".join([said.headline, *said.actions, *said.facts])


def test_a_miss_the_files_cannot_prove_is_no_fact():
    for exactness in ("approximate", "upper_bound"):
        said = screen(verdict("breached", exactness=exactness))
        assert said.headline == (
            "The order defect rate (amazon.de, seller ships) may miss its target: the files cannot prove it."
        )
        assert said.figures[0].word == "Missed, not proved"
        assert not any("cause" in action for action in said.actions)


def test_rates_are_counted_once_whatever_their_windows_stores_and_channels():
    rows = [
        verdict("breached", metric="late_shipment_rate", window_days=10),
        verdict("breached", metric="late_shipment_rate", window_days=30),
        verdict("breached", marketplace="amazon.fr"),
        verdict("breached"),
        verdict("met", metric="cancellation_rate"),
    ]
    assert screen(*rows).headline == (
        "2 of 3 rates miss their targets: the late shipment rate and order defect rate. "
        "Windows of this size cannot tell chance from change."
    )
    assert screen(*rows[2:4]).headline.startswith("The order defect rate in amazon.fr and amazon.de misses its target.")


def test_a_met_target_is_told_of_the_rates_the_files_speak_for():
    assert screen(verdict("met")).headline == (
        "The one rate your files speak for meets its target: the order defect rate."
    )
    few = verdict("too_few_orders", metric="cancellation_rate")
    assert screen(verdict("met"), verdict("met", metric="late_shipment_rate"), few).headline == (
        "Each of the 2 rates your files speak for meets its target. "
        "There are too few orders to tell of the cancellation rate."
    )


def test_a_gap_stops_calm_and_its_days_and_its_download_come_first():
    met = verdict("met", headroom=3, metric="cancellation_rate")
    said = screen(met, verdict("no_data"), gaps=[gap()])
    assert said.headline == (
        "No rate is seen to miss its target, but the order files say nothing of 1 to 30 September 2026: that leaves the "
        "order defect rate open."
    )
    assert said.actions == (
        "Download All Orders report, by order date, 1 to 30 September 2026: the order files say nothing of "
        "1 to 30 September 2026 (for the order defect rate).",
    )


def test_rows_that_could_not_be_read_stand_on_the_first_screen_and_stop_calm():
    said = screen(
        verdict("met", headroom=3),
        covered=[lack("lower_bound", rows=[("f.txt", "unread", "3 rows of f.txt could not be read")])],
    )
    assert said.actions[0] == "Download again what was damaged: 3 rows of f.txt could not be read."
    assert not any("Nothing is urgent" in action for action in said.actions)


def test_what_no_file_tells_is_one_line_and_blocks_nothing():
    lacks = [lack("impossible", metric="late_shipment_rate"), lack("impossible", metric="valid_tracking_rate")]
    said = screen(
        verdict("met", headroom=3), covered=[*lacks, lack("impossible", metric="return_rate", is_judged=False)]
    )
    assert said.not_looked_at == ("Not looked at (no file tells): late shipment and valid tracking rates.")
    assert said.actions[0].startswith("Nothing is urgent.")


def account_files(rows):
    known = {"path": pl.String, "report": pl.String, "covers": pl.String, "reaches": pl.Date, "rows_waiting": pl.Int64}
    return pl.DataFrame([dict.fromkeys(known) | {"rows_waiting": 0} | row for row in rows], schema=known)


NO_ORDERS = {"exactness": "impossible", "download": ["All Orders report, by order date, 120 days or more (Reports)"]}


def test_nothing_is_calm_where_no_file_tells_the_rate_that_decides_and_dead_files_come_first():
    dead = [{"path": f"orders/{n}.txt"} for n in range(3)]
    account = replace(ACCOUNT, files=account_files([*dead, {"path": "vtr.csv", "report": "valid_tracking"}]))
    met = verdict("met", headroom=3, metric="valid_tracking_rate")
    said = screen(met, account=account, covered=[lack(**NO_ORDERS)])
    assert said.actions == (
        "Download again the 3 files that cannot be read, orders/0.txt and orders/1.txt the first of them.",
        "Download what is missing: All Orders report, by order date, 120 days or more.",
    )
    one = replace(ACCOUNT, files=account_files(dead[:1]))
    assert screen(met, account=one, covered=[lack(**NO_ORDERS)]).actions[0] == (
        "Download again the file that cannot be read: orders/0.txt."
    )
    told = screen(met, account=account).actions  # a note among whole files stops nothing
    assert [action[:18] for action in told] == ["Nothing is urgent."]


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 11, 6), "as of 31 October 2026"), (date(2026, 11, 7), "looked at on 7 November 2026")],
)
def test_a_page_looked_at_a_week_after_its_day_says_so(today, last):
    told = kicker("Acme", "amazon.de", DAY, today).split(" · ")
    assert (told[:3], told[-1]) == (["Acme", "amazon.de", "as of 31 October 2026"], last)


def test_a_store_without_an_order_needs_no_order_file_to_be_calm():
    said = screen(verdict("met", headroom=3), covered=[lack("impossible", download=[])])
    assert said.actions[0].startswith("Nothing is urgent.")


@pytest.mark.parametrize(("reaches", "is_said"), [(date(2026, 11, 7), True), (date(2026, 11, 6), False)])
def test_order_files_that_end_before_the_others_are_the_first_thing_to_do(reaches, is_said):
    files = [{"path": "orders.txt", "report": "all_orders", "covers": "orders", "reaches": DAY}]
    files.append({"path": "health.json", "report": "account_health", "reaches": reaches})
    account = replace(ACCOUNT, files=account_files(files), last_complete_day=DAY)
    (first, *_) = screen(verdict("met", headroom=3), account=account).actions
    told = "Download the orders of 1 November to 7 November 2026: the order files end on 31 October 2026, other files reach 7 November 2026."
    assert first == told if is_said else first.startswith("Nothing is urgent.")
    asked = replace(account, last_complete_day=date(2026, 11, 30))  # an earlier day was asked for
    assert screen(verdict("met", headroom=3), account=asked).actions[0].startswith("Nothing is urgent.")


def test_no_download_crowds_out_what_the_marketplace_marks():
    gaps = [gap(download=f"D{n} (where)", why=f"w{n}") for n in range(4)]
    said = screen(verdict("met"), gaps=gaps, marketplace_marks=[marked("account_status")])
    assert [action.split(":")[0] for action in said.actions] == ["Download D0", "Download D1", "Look into it"]


def test_no_page_is_calmer_than_the_marketplace():
    mark = marked("product_authenticity_customer_complaints", numerator=3)
    finding = "The marketplace marks product authenticity customer complaints on amazon.de AT RISK (3)."
    said = screen(verdict("met", headroom=3), marketplace_marks=[mark])
    assert said.headline == finding
    told = "Look into it: the marketplace marks product authenticity customer complaints AT RISK (3)."
    assert said.actions == (told,)
    (*_, last) = screen(verdict("breached"), marketplace_marks=[mark]).actions
    assert last == told
    old = screen(verdict("met", headroom=3), marketplace_marks=[mark | {"is_recent": False}])
    assert old.headline.startswith("The one rate your files speak for meets its target")
    same = screen(verdict("breached"), marketplace_marks=[mark | {"metric": "order_defect_rate"}])
    assert not any("Look into" in action for action in same.actions)


def test_a_target_that_is_met_only_as_far_as_the_files_show_is_no_all_clear():
    said = screen(verdict("met", exactness="lower_bound", headroom=3, rate_high=None))
    assert said.headline == "No rate is seen to miss its target, but the files cannot prove it for 1 of 1 rate."
    assert not any("Nothing is urgent" in action for action in said.actions)
    assert said.figures[0].text.startswith("at least ")
    assert said.figures[0].interval.startswith("at least ")


def test_no_figure_is_no_all_clear():
    assert screen(verdict("no_data", numerator=0)).headline == "The files do not allow a verdict yet."
    assert screen().headline == "The files do not allow a verdict yet."
    assert screen(verdict("too_few_orders")).headline == "Too few orders to tell."
    assert screen(verdict("no_data", numerator=0), gaps=[gap()]).headline == (
        "The files do not allow a verdict yet: the order files say nothing of 1 to 30 September 2026."
    )


def test_rates_no_target_judged_on_the_day_are_no_lack_of_files():
    lacks = [lack("exact", is_judged=False), lack("impossible", metric="valid_tracking_rate")]
    said = screen(covered=lacks)
    assert said.headline == "The marketplace judged none of the rates these files can tell on this day."
    judged = [*lacks, lack("exact", metric="cancellation_rate")]
    assert screen(covered=judged).headline == "The files do not allow a verdict yet."


def test_without_a_verdict_the_counts_are_the_answer_and_each_order_is_counted_once():
    named = [
        verdict("no_data", metric="late_shipment_rate", numerator=2, denominator=0, window_days=days)
        for days in (10, 30)
    ]
    assert screen(*named).headline == (
        "The files do not allow a verdict yet. They name 2 orders not confirmed in time (amazon.de, seller ships)."
    )
    paid = {"what": "Claims paid", "where": "seller ships", "count": 3, "of": "of 12 orders", "note": ""}
    assert screen(tallies=[paid]).headline == (
        "The files do not allow a verdict yet. Claims paid: 3 of 12 orders (seller ships)."
    )


# --- figures, actions, facts -------------------------------------------------------------------------------------


def test_the_first_screen_shows_each_metric_before_a_second_figure_of_one():
    cancelled = verdict("met", metric="cancellation_rate")
    labels = [figure.label for figure in screen(verdict("met"), verdict("met"), verdict("met"), cancelled).figures]
    assert [label.split(",")[0] for label in labels] == ["Order defect rate", "Cancellation rate", "Order defect rate"]


def test_missed_rates_without_a_card_are_named_in_one_line_with_their_counts():
    rates = ("order_defect_rate", "late_shipment_rate", "cancellation_rate", "invoice_defect_rate")
    said = screen(*(verdict("breached", metric=rate) for rate in rates))
    assert len(said.figures) == 3
    assert said.others == "Also missed: invoice defect (2 of 150 orders)."


def test_the_day_a_miss_clears_is_a_fact_and_not_an_action():
    said = screen(verdict("breached", clear_from=date(2026, 12, 10)))
    assert said.facts == ("Met again at best, without a new bad one: the order defect rate from 10 December 2026.",)
    assert not any("December" in action for action in said.actions)


def test_one_rate_missed_in_two_stores_clears_on_the_last_day():
    rows = [verdict("breached", clear_from=date(2026, 12, 10)), verdict("breached", clear_from=date(2026, 12, 9))]
    rows[1]["marketplace"] = "amazon.fr"
    assert screen(*rows).facts == (
        "Met again at best, without a new bad one: the order defect rate from 10 December 2026.",
    )


def test_the_clear_day_of_a_figure_seen_in_part_is_the_earliest():
    (fact,) = screen(verdict("breached", exactness="lower_bound", clear_from=date(2026, 12, 10))).facts
    assert fact == ("Met again at the earliest (bad ones may be missing): the order defect rate from 10 December 2026.")


def test_a_miss_that_does_not_clear_by_waiting_says_so():
    assert screen(verdict("breached")).facts == ("The order defect rate does not clear by waiting.",)
    assert screen(verdict("breached", source="marketplace")).facts == (
        "The order defect rate is the marketplace's own figure, which does not say when it clears.",
    )


def test_a_window_that_runs_out_of_orders_is_no_longer_judged_and_not_clear():
    assert screen(verdict("breached", unjudged_from=date(2026, 11, 6))).facts == (
        "The order defect rate is no longer judged from 6 November 2026, for too few orders are left then.",
    )


def test_room_counts_what_may_still_come_and_nothing_means_the_next_one():
    (first, *_) = screen(verdict("met", headroom=4)).actions
    assert first == (
        "Nothing is urgent. With today's orders 4 more bad ones, late reports included, would "
        "still meet the target of the order defect rate (amazon.de, seller ships)."
    )
    (first, *_) = screen(verdict("met", headroom=0)).actions
    assert "the next bad order would miss the target" in first


def test_open_questions_and_missing_downloads_are_things_to_do_without_the_analyst_s_words():
    hint = '[columns."feedback.txt"] dates = "d/m" or "m/d"?'
    files = account_files([{"path": "feedback.txt", "report": "feedback", "rows_waiting": 3}])
    asked = Account(**vars(ACCOUNT) | {"questions": (Question("feedback.txt", hint, ()),), "files": files})
    lacks = [lack("lower_bound", download=["Order defect list (Account Health)"])]
    lacks.append(lack("impossible", metric="return_rate", is_judged=False, download=["What no target judges"]))
    actions = screen(verdict("met"), account=asked, covered=lacks).actions
    assert actions == (
        "feedback.txt waits for an answer before being used.",
        "Download what is missing: Order defect list.",
    )


def test_the_first_screen_has_at_most_three_figures_and_one_hundred_and_twenty_words():
    said = screen(*[verdict("breached", clear_from=date(2026, 12, 10))] * 6)
    page = re.sub("<style>.*?</style>", "", front.html(said).data, flags=re.DOTALL)
    text = html.unescape(re.sub("<[^>]*>", " ", page)).replace("\N{NARROW NO-BREAK SPACE}", "")
    assert len(said.figures) == 3
    assert len(re.findall(r"\w[\w.,%-]*", text)) <= 120


def test_names_from_a_settings_file_reach_the_page_as_text():
    page = front.html(screen(verdict("breached"))).data
    assert "A &amp; &lt;b&gt;Sons&lt;/b&gt;" in page
    assert "<b>" not in page


def test_nothing_on_the_first_screen_promises_reinstatement():
    said = screen(verdict("breached", clear_from=date(2026, 12, 10)), verdict("met"))
    text = " ".join([said.headline, *said.actions, *said.facts]).lower()
    assert not any(word in text for word in ("reinstat", "guarantee", "will be", "safe"))


def test_of_many_missed_rates_the_worst_is_named_and_the_others_counted():
    names = ("late_shipment_rate", "order_defect_rate", "cancellation_rate", "valid_tracking_rate")
    rows = [verdict("breached", metric=name, evidence="strong") for name in names]
    assert screen(*rows).actions[0] == "Find and end the cause: late shipment rate first, then 3 more."
    assert screen(*rows[:2]).actions[0] == "Find and end the cause: late shipment and order defect rates."


def test_a_card_says_that_a_figure_is_the_marketplace_s_own():
    (theirs,) = screen(verdict("met", source="marketplace")).figures
    assert theirs.label == "Order defect rate, marketplace's own"
    assert screen(verdict("met")).figures[0].label == "Order defect rate"


def test_feedback_that_cannot_be_read_is_named_where_other_files_prove_the_rates():
    files = pl.DataFrame([{"path": "feedback.txt", "report": "feedback", "rows_waiting": 0}])
    row = dict.fromkeys(SCHEMAS["rejected"]) | {"path": "feedback.txt", "reason": "stars that are no number"}
    bad = pl.DataFrame([row, row | {"day": date(2025, 1, 1)}], schema=SCHEMAS["rejected"])
    damaged = Account(**vars(ACCOUNT) | {"files": files, "rejected": bad})
    said = verdict("met", window_start=date(2026, 8, 19))
    assert screen(said, account=damaged).not_looked_at == (
        "1 row of feedback.txt could not be read; no judged rate rests on it."
    )
    counted = lack("approximate", rows=[("feedback.txt", "unread", "1 row of feedback.txt could not be read")])
    assert screen(said, account=damaged, covered=[counted]).not_looked_at == ""


# --- what changed ------------------------------------------------------------------------------------------------


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


def sentences(*rows, status="met", **parts):
    verdicts = [verdict(status) | {key: row[key] for key in KEY} for row in rows]
    audit = audited(*verdicts, changes=list(rows), **parts)
    return [one.replace("\N{NARROW NO-BREAK SPACE}", " ") for one in answer.changed(audit)]


def test_a_movement_is_told_with_both_counts_and_its_three_causes():
    assert sentences(change((2, 500), (6, 560), 5, 1)) == [
        "The order defect rate (amazon.de, seller ships) rose from 0.40 % (2 of 500 orders) on 30 September to "
        "1.07 % (6 of 560 orders): 5 new, 1 left with its window, 60 more orders in the window."
    ]
    assert sentences(change((2, 500), (0, 499), 0, 2)) == [
        "The order defect rate (amazon.de, seller ships) fell from 0.40 % (2 of 500 orders) on 30 September to "
        "0.00 % (0 of 499 orders): none new, 2 left with their window, 1 fewer order in the window."
    ]


def test_a_rise_without_a_defect_is_explained_by_the_orders():
    assert sentences(change((1, 10), (1, 6), 0, 0)) == [
        "The order defect rate (amazon.de, seller ships) rose from 10.0 % (1 of 10 orders) on 30 September to "
        "16.7 % (1 of 6 orders): none new, none left, 4 fewer orders in the window."
    ]


def test_a_rate_that_is_printed_the_same_neither_rose_nor_fell():
    (said,) = sentences(change((291, 351), (349, 421), 0, 0, metric="on_time_delivery_rate", window_days=14))
    assert "stayed, as it is printed, at the same rate: from 82.9 % (291 of 351 units)" in said


def test_what_stood_still_and_what_cannot_be_told_share_a_sentence_each():
    other = {"metric": "cancellation_rate", "window_days": 7}
    assert sentences(change((2, 500), (2, 500), 0, 0), change((0, 9), (0, 9), 0, 0, **other)) == [
        "No defect came or left in the order defect rate (amazon.de, seller ships) and cancellation rate "
        "(amazon.de, seller ships)."
    ]
    assert sentences(change((2, 500), (2, 480), 0, 0, is_covered=False)) == [
        "The files do not hold the whole earlier window of the order defect rate (amazon.de, seller ships)."
    ]


def test_nothing_is_said_of_a_rate_no_file_covers():
    assert sentences(change((0, 0), (0, 0), 0, 0), status="no_data") == []


def test_only_a_movement_beyond_chance_is_called_one():
    row = KEY | {"numerator": 1, "denominator": 300, "numerator_before": 5, "denominator_before": 300}
    row |= {"numerator_year": 30, "denominator_year": 1_500}
    said = {
        (
            "falling",
            "window_before",
        ): "The order defect rate (amazon.de, seller ships) is falling, beyond chance, beside "
        "the window before: 5 of 300, then 1 of 300.",
        ("falling", "year_before"): "The order defect rate (amazon.de, seller ships) is falling, beyond chance, beside "
        "the year before: 30 of 1,500, then 1 of 300.",
        (
            "cannot_be_told",
            "window_before",
        ): "Cannot be told apart from the window before: order defect rate (amazon.de, seller "
        "ships): 5 of 300, then 1 of 300.",
        (
            "about_the_same",
            "window_before",
        ): "About the same as in the window before: order defect rate (amazon.de, seller ships): "
        "5 of 300, then 1 of 300.",
        ("cannot_be_told", None): None,
    }
    for (word, side), sentence in said.items():
        found = answer.changed(audited(movement=[row | {"word": word, "compared_with": side}]))
        assert found == (() if sentence is None else (sentence,))


def test_a_miss_the_files_cannot_prove_is_not_among_those_that_are_missed():
    worst = [verdict("breached", metric=metric) for metric in ("cancellation_rate", "late_shipment_rate")]
    worst += [verdict("breached"), verdict("breached", metric="on_time_delivery_rate", exactness="approximate")]
    assert screen(*worst).others == (
        "May be missed too, which the files cannot prove: on-time delivery (about 2 of 150 units)."
    )


def test_what_else_the_marketplace_marks_is_counted_in_words_that_fit_the_number():
    flags = [marked(f"m{n}", numerator=1) for n in range(3)]
    met = verdict("met", exactness="exact")
    assert screen(met, marketplace_marks=flags[:2]).headline.endswith(" It marks 1 more figure bad or at risk.")
    assert screen(met, marketplace_marks=flags).headline.endswith(" It marks 2 more figures bad or at risk.")


def test_a_first_miss_names_the_short_windows_before_that_missed_too():
    row = verdict("breached", metric="cancellation_rate", window_days=7, numerator=1, denominator=18)
    key = {"metric": "cancellation_rate", "window_days": 7}
    past = before("first", block_days=28, blocks=13, windows=52, windows_missed=6) | key
    headline = screen(row, past=[past]).headline
    assert headline.startswith("The cancellation rate (amazon.de, seller ships) misses its target")
    assert "as in 6 of the 52 windows of 7 days before" in headline
    assert "did not" not in headline


def test_blocks_of_four_weeks_are_no_months():
    headline = screen(verdict("breached"), past=[before("all", 13, blocks=13, block_days=28)]).headline
    assert ", as in each of the 13 periods of 28 days before (142 of 7,888 orders)." in headline


def test_a_change_across_a_new_rule_says_by_which_rules_both_figures_are_counted():
    """Germany's on-time delivery is judged since 15 July 2026."""
    told = {"metric": "on_time_delivery_rate", "window_days": 14, "day": date(2026, 7, 31)}
    (_, said) = sentences(change((291, 351), (249, 321), 0, 0, day_before=date(2026, 6, 30), **told))
    assert said == (
        "The marketplace changed its rules for the on-time delivery rate (amazon.de, seller ships) between 30 June 2026 "
        "and 31 July 2026: both figures are counted by the new ones."
    )
    (_,) = sentences(change((291, 351), (249, 321), 0, 0, day_before=date(2026, 7, 31), **told | {"day": DAY}))


def test_of_a_bound_no_rise_and_no_fall_is_told():
    row = change((7, 2_495), (5, 2_489), 3, 5)
    bound = verdict("met", exactness="lower_bound") | {key: row[key] for key in KEY}
    (said,) = (one.replace("\N{NARROW NO-BREAK SPACE}", " ") for one in answer.changed(audited(bound, changes=[row])))
    assert said == (
        "The order defect rate (amazon.de, seller ships) was 0.28 % (7 of 2,495 orders) on 30 September and is at least "
        "0.20 % (5 of 2,489 orders). As far as the files tell: 3 new, 5 left with their window, 6 fewer orders in the "
        "window."
    )
    still = change((0, 14), (0, 14), 0, 0)
    bound = verdict("too_few_orders", exactness="upper_bound") | {key: still[key] for key in KEY}
    assert answer.changed(audited(bound, changes=[still])) == (
        "As far as the files tell, no defect came or left in the order defect rate (amazon.de, seller ships).",
    )


def test_rows_that_say_too_little_stand_on_the_first_screen_with_their_count():
    few = "64 rows of late.csv lack the mark, the day or the group a rate needs"
    odd = "49 rows of orders.txt have a store or a status that is not known"
    late = lack("lower_bound", metric="late_shipment_rate", rows=[("late.csv", "unsaid", few)])
    said = screen(verdict("met"), covered=[late, lack("approximate", rows=[("orders.txt", "unknown", odd)])])
    assert said.actions[0] == f"Look into the rows that tell too little: {few} and {odd}."
    assert not any(action.startswith("Nothing is urgent") for action in said.actions)


def test_an_action_says_once_who_marks_and_what_each_mark_is_of():
    flags = [marked("account_status"), marked("food_safety", "BAD", numerator=1)]
    (*_, last) = screen(verdict("breached"), marketplace_marks=flags).actions
    assert last == "Look into it: the marketplace calls the account AT RISK; it marks food safety BAD (1)."


def test_a_mark_of_one_of_several_stores_says_which():
    account = replace(ACCOUNT, marketplaces=("amazon.de", "amazon.fr"))
    (*_, last) = screen(verdict("breached"), account=account, marketplace_marks=[marked("account_status")]).actions
    assert last == "Look into it: the marketplace calls the account on amazon.de AT RISK."


def test_no_mark_of_the_marketplace_is_crowded_out_by_another():
    flags = [marked(f"m{n}", numerator=n) for n in range(4)]
    said = screen(verdict("breached"), gaps=[gap()], marketplace_marks=flags)
    assert said.actions[2] == (
        "Look into it: the marketplace marks m0 AT RISK (0); it marks m1 AT RISK (1); it marks m2 AT RISK (2); it marks m3 "
        "AT RISK (3)."
    )
